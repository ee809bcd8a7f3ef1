"""Room for others on the registry's server: a schema of their own, which the registry never looks into.

Belongs here: making that room. Does not belong here: what a guest keeps in it (Dagster's runs and events).
"""

from psycopg import sql
from sqlalchemy import URL

from aiuteur.registry import addresses, migrate


def make_room(address: str, schema: str) -> URL:
    """Make a schema if need be, and return the server's address; raises `Unavailable` where the server cannot be reached."""
    server = addresses.parse(address)
    with migrate.connect(server) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
    return server
