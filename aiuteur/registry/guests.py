"""Room for others on the registry's server: a schema of their own, which the registry never looks into.

Belongs here: making that room, so that it is there furnished or not at all. Does not belong here: what a guest keeps in it
(Dagster's runs and events).
"""

from collections.abc import Callable
from typing import Final

from psycopg import Connection, sql
from sqlalchemy import URL

from aiuteur.registry import addresses, migrate

_LOCK: Final = 0x41495247
"""Key of the advisory lock that lets one process at a time furnish a room."""


def make_room(address: str, schema: str, furnish: Callable[[str], None]) -> str:
    """Make a schema and let `furnish` make a guest's tables in it, if need be; returns the room's address, as `furnish` is given.

    Safe to call from several processes at once, of which one furnishes; where it dies the next begins anew. Raises `Unavailable`
    where the server cannot be reached.
    """
    server = addresses.parse(address)
    with migrate.connect(server) as connection:
        if not _furnished(connection, schema):
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            if not _furnished(connection, schema):
                _make(connection, schema, lambda unfinished: furnish(_address(server, unfinished)))
    return _address(server, schema)


def _address(server: URL, schema: str) -> str:
    # What a guest writes is not waited for on the disk: a power cut costs the UI the last moments of a run, the registry nothing.
    options = f"-csearch_path={schema} -csynchronous_commit=off"
    room = server.set(drivername="postgresql+psycopg2").update_query_dict({"options": options})
    return room.render_as_string(hide_password=False)


def _furnished(connection: "Connection[tuple[object, ...]]", schema: str) -> bool:
    found = connection.execute("SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = %s)", [schema]).fetchone()
    return found is not None and bool(found[0])


def _make(connection: "Connection[tuple[object, ...]]", schema: str, furnish: Callable[[str], None]) -> None:
    """Furnish a room under another name, which nobody enters, and give it its own when all is there."""
    unfinished = f"{schema}_unfinished"
    names = {"schema": sql.Identifier(schema), "unfinished": sql.Identifier(unfinished)}
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {unfinished} CASCADE").format(**names))
    connection.execute(sql.SQL("CREATE SCHEMA {unfinished}").format(**names))
    furnish(unfinished)
    with connection.transaction():
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {schema}").format(**names))
        connection.execute(sql.SQL("ALTER SCHEMA {unfinished} RENAME TO {schema}").format(**names))
