"""What every test may ask for: one embedded Postgres for the whole run, and a fresh registry in it for each test."""

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from aiuteur.registry import embedded
from aiuteur.registry.addresses import parse, plain
from aiuteur.registry.database import Registry, local_user, prepare

_HOME = "AIUTEUR_TEST_HOME"
_TEMPLATE = "aiuteur_template"


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        os.environ[_HOME] = tempfile.mkdtemp(prefix="aiuteur-test-", dir="/tmp")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        home = Path(os.environ.pop(_HOME))
        embedded.stop(home)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def administrator(url: str) -> Generator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection as administrator, each statement its own transaction."""
    with psycopg.connect(plain(parse(url)), autocommit=True) as connection:
        yield connection


def _beside(url: str, database: str) -> str:
    return parse(url).set(database=database).render_as_string(hide_password=False)


def _make_template(url: str) -> None:
    """A prepared database to copy; tests have nothing to lose in a crash, so the disk is not waited for."""
    with administrator(url) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            return
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
        making = f"{_TEMPLATE}_making"
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        prepare(_beside(url, making))
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(_TEMPLATE)))


@pytest.fixture(scope="session")
def postgres() -> str:
    """The admin URL of one embedded server, shared by all workers and stopped when the run ends."""
    home = Path(os.environ[_HOME])
    url = embedded.start(home)
    with (home / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_template(url)
    return url


@contextmanager
def fresh_database(server: str, template: str = _TEMPLATE) -> Generator[str]:
    """A database of its own, copied from a template and dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with administrator(server) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log").format(sql.Identifier(name), sql.Identifier(template)),
        )
        try:
            yield _beside(server, name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def database_url(postgres: str) -> Generator[str]:
    """The admin URL of a fresh, prepared database."""
    with fresh_database(postgres) as url:
        yield url


@pytest.fixture
def registry(database_url: str) -> Generator[Registry]:
    """A registry of the local user in a fresh database."""
    opened = Registry.connect(database_url, local_user(database_url))
    yield opened
    opened.close()
