"""The registry: connections to Postgres and transactions in which the person is set.

Belongs here: engines, pools, sessions, connection failures. Does not belong here: what is asked in a transaction
(`projects`, `versions`, `ledger`…) or the making of the schema (`migrate`).
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias, cast
from uuid import UUID

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry as PoolConnection

from aiuteur.errors import Unavailable
from aiuteur.registry import addresses, migrate
from aiuteur.registry.addresses import Role
from aiuteur.registry.migrate import local_user, prepare

__all__ = ["Driver", "Registry", "driver", "local_user", "prepare"]

Driver: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

_THREADS: Final = 20
"""Connections kept, one for each of the threads that make things at once; a few more are opened when all are taken."""

_SPARE: Final = 5
_USER: Final = "user_id"
_USED: Final = "used"
_IDLE: Final = 1.0
"""Seconds after which a connection is asked whether it still works before it is used: no server restarts faster."""


class Registry:
    """One person's view of the registry: transactions see and write this person's rows and no others."""

    def __init__(self, admin: URL, engine: Engine, user_id: UUID | None, role: Role) -> None:
        self.admin = admin
        self.engine = engine
        self.user_id = user_id
        self.role = role
        self._sessions = sessionmaker(engine, expire_on_commit=False, info={_USER: user_id})
        event.listen(self._sessions, "after_begin", _begin)

    @classmethod
    def connect(cls, admin_url: str, user_id: UUID | None = None, role: str = "app") -> "Registry":
        """Connect as a role on behalf of a person; raises `Unavailable` where the server cannot be reached.

        Without a person the app role sees nothing at all; the service role sees everything and needs none.
        """
        admin = addresses.parse(admin_url)
        engine = _engine(admin, Role(role))
        registry = cls(admin, engine, user_id, Role(role))
        registry._check()
        return registry

    @contextmanager
    def transaction(self) -> Generator[Session]:
        """A session in one transaction: committed at the end of the block, rolled back when it raises.

        Raises `Unavailable` when the server goes away or two writers got in each other's way.
        """
        try:
            with self._sessions.begin() as session:
                yield session
        except exc.TimeoutError as error:
            where = addresses.place(self.admin)
            message = f"All {_THREADS + _SPARE} connections to {where} are in use: let some work finish and try again."
            raise Unavailable(message) from error
        except (exc.DBAPIError, psycopg.Error) as error:
            failure = _unavailable(error, self.admin)
            if failure is None:
                raise
            raise failure from error

    def dedicated(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of its own outside the pool, each statement its own transaction; the caller closes it."""
        url = addresses.as_role(self.admin, self.role)
        try:
            return psycopg.connect(addresses.conninfo(url), autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            raise migrate.unreachable(self.admin) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _check(self) -> None:
        """Open the first connection; when the admin's password has changed since, the roles' passwords follow it."""
        try:
            self.engine.connect().close()
        except exc.OperationalError as error:
            if not _wrong_password(error):
                raise migrate.unreachable(self.admin) from error
            with migrate.connect(self.admin) as connection:
                migrate.set_roles(connection, self.admin)
            try:
                self.engine.connect().close()
            except exc.OperationalError as again:
                raise migrate.unreachable(self.admin) from again


def driver(session: Session) -> Driver:
    """The driver's own connection in a session's transaction: for a statement so frequent that what SQLAlchemy adds to it counts.

    What it raises is psycopg's, which `Registry.transaction` understands as well.
    """
    return cast("Driver", session.connection().connection.dbapi_connection)


def _engine(admin: URL, role: Role) -> Engine:
    engine = create_engine(
        addresses.as_role(admin, role), pool_size=_THREADS, max_overflow=_SPARE, pool_use_lifo=True, pool_timeout=30,
        connect_args={"connect_timeout": 10, "autocommit": True}, hide_parameters=True,
    )
    event.listen(engine, "checkout", _still_there)
    event.listen(engine, "checkin", _given_back)
    return engine


def _still_there(connection: "psycopg.Connection[tuple[object, ...]]", record: PoolConnection, _pool: object) -> None:
    """Ask a connection that has been idle whether its server is still there: one that was used just now need not say so again."""
    if time.monotonic() - record.info.get(_USED, 0.0) < _IDLE:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.OperationalError as error:
        raise exc.DisconnectionError from error  # the pool opens another


def _given_back(_connection: object, record: PoolConnection) -> None:
    record.info[_USED] = time.monotonic()


def _begin(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Begin, and say whose rows may be touched until the end, so that nobody inherits it with the connection.

    Both in one round trip, which is why the driver is told to begin nothing by itself.
    """
    user: UUID | None = session.info[_USER]
    driver = cast("psycopg.Connection[tuple[object, ...]]", connection.connection.dbapi_connection)
    driver.execute(b"BEGIN" if user is None else f"BEGIN; SET LOCAL app.user_id = '{user}'".encode(), prepare=False)


def _wrong_password(error: exc.OperationalError) -> bool:
    return "password authentication failed" in str(error.orig)


def _unavailable(error: exc.DBAPIError | psycopg.Error, admin: URL) -> Unavailable | None:
    """The sentence for a failure that a later call may not meet; None for any other."""
    invalidated, cause = (error.connection_invalidated, error.orig) if isinstance(error, exc.DBAPIError) else (False, error)
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    gone = invalidated or state is None or state[:2] in {"08", "53", "57"}
    if isinstance(cause, psycopg.OperationalError) and gone:
        return migrate.unreachable(admin)
    if state is not None and state[:2] == "40":
        return Unavailable(f"Two writers got in each other's way in {addresses.place(admin)}: nothing was written, try again.")
    return None
