"""Addresses of servers: one admin URL is configured, the roles' addresses follow from it.

Belongs here: rewriting URLs, deriving passwords, naming a server without its secrets. Does not belong here: connecting.

The studio connects as roles that cannot bypass row-level security. So that a person configures one URL and nothing else, a role's
password is HMAC-SHA256(admin's password, role's name): every process that knows the URL derives the same one, it is never stored
outside the server, and who learns it learns nothing of the admin's.
"""

import hashlib
import hmac
from enum import StrEnum
from typing import Final

from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from aiuteur.errors import InvalidInput

DRIVER: Final = "postgresql+psycopg"


class Role(StrEnum):
    """As whom the studio connects."""

    APP = "app"
    SERVICE = "service"
    ANALYST = "analyst"

    @property
    def account(self) -> str:
        """The name of the role in the server."""
        return f"aiuteur_{self.value}"


def parse(address: str) -> URL:
    """A server's address with its driver written out: bare `postgresql://` is read differently by different libraries."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        message = "AIUTEUR_DATABASE_URL cannot be read: write it as postgresql://user:password@host:5432/database."
        raise InvalidInput(message) from error
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        message = f"AIUTEUR_DATABASE_URL names {url.get_backend_name()!r}: the registry needs Postgres, postgresql://…"
        raise InvalidInput(message)
    return url.set(drivername=DRIVER)


def password(admin: URL, role: Role) -> str:
    """The password of a role on the admin's server."""
    return hmac.new(str(admin.password or "").encode(), role.account.encode(), hashlib.sha256).hexdigest()


def as_role(admin: URL, role: Role) -> URL:
    """The address of the same database for a role."""
    return admin.set(username=role.account, password=password(admin, role))


def place(url: URL) -> str:
    """Where a server is, for a sentence: host and port or socket folder, and database; never user or password."""
    socket = url.query.get("host")
    where = f"{url.host}:{url.port or 5432}" if url.host else str(socket or "the local socket")
    return f"{where}/{url.database or ''}"


def conninfo(url: URL) -> str:
    """The address as libpq reads it; raises `InvalidInput` for a parameter that libpq does not know."""
    parts = {"host": url.host, "port": url.port, "user": url.username, "password": url.password, "dbname": url.database}
    parts |= url.query
    try:
        return make_conninfo("", **{name: str(value) for name, value in parts.items() if value is not None})
    except ProgrammingError as error:
        message = f"AIUTEUR_DATABASE_URL has a parameter that Postgres does not know, for {place(url)}: look after its '?'."
        raise InvalidInput(message) from error
