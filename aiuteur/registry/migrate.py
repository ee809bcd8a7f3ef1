"""Bringing a database to the schema this code needs: roles, schema, migrations, the local user.

Belongs here: everything the administrator's address is used for. Does not belong here: the app's connections (`database`).
"""

from typing import Final
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import URL, create_engine
from sqlalchemy.pool import NullPool

from aiuteur.errors import InvalidInput, Refused, Unavailable
from aiuteur.registry import addresses
from aiuteur.registry.addresses import Role

HEAD: Final = "0012"
"""The newest revision, known without importing Alembic; a test holds it equal to what Alembic finds."""

LOCAL_USER: Final = UUID("a17e0000-0000-4000-8000-000000000001")
"""The one person of a studio on one machine: the same everywhere, so that every process finds it without asking."""

_LOCK: Final = 0x41495554
"""Key of the advisory lock that lets one process at a time prepare a database."""


def prepare(admin_url: str) -> None:
    """Make roles, schema and tables, or bring them up to date; one query where they are.

    Safe to call from several processes at once. Raises `Unavailable` (no server, or a schema newer than this code),
    `InvalidInput` (an account that may not) and `Refused` (a role of ours that could bypass row-level security).
    """
    admin = addresses.parse(admin_url)
    with connect(admin) as connection:
        if _revision(connection) == HEAD:
            return
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if _revision(connection) == HEAD:
            return
        _refuse_newer(connection, admin)
        try:
            set_roles(connection, admin)
            connection.execute("CREATE SCHEMA IF NOT EXISTS aiuteur")
        except psycopg.errors.InsufficientPrivilege as error:
            raise _not_enough(admin) from error
        upgrade(admin)
        _make_local_user(connection)


def local_user(_of: object = None) -> UUID:
    """The one local user, whom `prepare` made."""
    return LOCAL_USER


def connect(admin: URL) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection as administrator, each statement its own transaction; raises `Unavailable` with a sentence."""
    try:
        return psycopg.connect(addresses.conninfo(admin), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise unreachable(admin) from error


def unreachable(url: URL) -> Unavailable:
    """The sentence for a server that is not there, without anything secret."""
    return Unavailable(
        f"Postgres at {addresses.place(url)} cannot be reached: start it, or set AIUTEUR_DATABASE_URL to a server that runs "
        "(unset, the studio starts its own)."
    )


def set_roles(connection: "psycopg.Connection[tuple[object, ...]]", admin: URL) -> None:
    """Make the roles where they are missing and set their passwords; they belong to the whole server."""
    for role in Role:
        for last in (False, False, True):
            try:
                set_role(connection, role.account, addresses.password(admin, role))
                break
            except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation, psycopg.errors.InternalError):
                if last:  # twice, another database of the same server may have been prepared at the same moment
                    raise


def set_role(connection: "psycopg.Connection[tuple[object, ...]]", account: str, secret: str) -> None:
    """Make one role, or set its password; raises `Refused` where it exists and row-level security would not bind it."""
    known = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [account]).fetchone()
    if known is not None and known[0]:
        message = f"The role {account} may bypass row-level security: take that right from it, then start again."
        raise Refused(message)
    statement = "ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}"
    connection.execute(sql.SQL(statement).format(sql.Identifier(account), sql.Literal(secret)))


def upgrade(admin: URL, revision: str = "head") -> None:
    """Run the migrations up to a revision; raises what Alembic raises."""
    _alembic(admin, "upgrade", revision)


def downgrade(admin: URL, revision: str) -> None:
    """Run the migrations down to a revision (`base` is nothing at all), data lost with the tables."""
    _alembic(admin, "downgrade", revision)


def _alembic(admin: URL, verb: str, revision: str) -> None:
    from alembic import command  # a tenth of a second that an up-to-date database does not pay
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "aiuteur.registry:migrations")
    engine = create_engine(admin, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        config.attributes["connection"] = connection
        {"upgrade": command.upgrade, "downgrade": command.downgrade}[verb](config, revision)
    engine.dispose()


def _revision(connection: "psycopg.Connection[tuple[object, ...]]") -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM aiuteur.alembic_version").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return None
    return str(row[0]) if row else None


def _refuse_newer(connection: "psycopg.Connection[tuple[object, ...]]", admin: URL) -> None:
    found = _revision(connection)
    if found is not None and found > HEAD:
        message = (
            f"The registry at {addresses.place(admin)} has schema {found}, newer than this program's {HEAD}: "
            "update aiuteur before using it."
        )
        raise Unavailable(message)


def _not_enough(admin: URL) -> InvalidInput:
    return InvalidInput(
        f"The account {admin.username} may not prepare {addresses.place(admin)}: in AIUTEUR_DATABASE_URL, name one that owns the "
        "database and may make roles (CREATEROLE)."
    )


def _make_local_user(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Row-level security binds the owner of the tables too, so the person is set before their row is made."""
    with connection.transaction():
        connection.execute("SELECT set_config('app.user_id', %s, true)", [str(LOCAL_USER)])
        connection.execute("INSERT INTO aiuteur.users (id, name) VALUES (%s, 'local') ON CONFLICT DO NOTHING", [LOCAL_USER])
