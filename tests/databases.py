"""Databases for tests: an administrator's connection, and fresh copies of a prepared template."""

import uuid
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import sql

from aiuteur.registry.addresses import conninfo, parse
from aiuteur.registry.database import prepare

TEMPLATE: Final = "aiuteur_template"


@contextmanager
def administrator(url: str) -> Generator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection as administrator, each statement its own transaction."""
    with psycopg.connect(conninfo(parse(url)), autocommit=True) as connection:
        yield connection


def beside(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return parse(url).set(database=database).render_as_string(hide_password=False)


def make_template(url: str) -> None:
    """A prepared database to copy; tests have nothing to lose in a crash, so the disk is not waited for."""
    with administrator(url) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
        making = f"{TEMPLATE}_making"
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        prepare(beside(url, making))
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(TEMPLATE)))


@contextmanager
def fresh_database(server: str, template: str = TEMPLATE) -> Generator[str]:
    """A database of its own, copied from a template and dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    with administrator(server) as connection:
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield beside(server, name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
