"""Migrations: the migrated schema is the declared one, and every step goes up and down."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Never

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import CheckConstraint, create_engine

from aiuteur.errors import InvalidInput, Refused, Unavailable
from aiuteur.registry import migrate
from aiuteur.registry.addresses import Role, as_role, conninfo, parse, password, place
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.erasing import erase
from aiuteur.registry.lanes import lanes
from aiuteur.registry.tables import Base
from aiuteur.registry.versions import world
from tests.databases import administrator, fresh_database
from tests.registry.builders import LANE, begun, draft, put


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "schema" or name == "aiuteur"


def _not_now(*_: object) -> Never:
    pytest.fail("an up-to-date database was touched")


@pytest.fixture
def empty(postgres: str) -> Generator[str]:
    with fresh_database(postgres, "template1") as url:
        yield url


def test_the_head_known_without_alembic_is_the_one_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", "aiuteur.registry:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_the_migrated_schema_is_the_declared_one(database_url: str) -> None:
    engine = create_engine(parse(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={
            "include_schemas": True, "version_table_schema": "aiuteur", "compare_server_default": True, "compare_type": True,
            "include_name": _ours,
        })
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_check_constraints_are_the_declared_ones(database_url: str) -> None:
    declared = {str(constraint.name) for table in Base.metadata.tables.values() for constraint in table.constraints
                if isinstance(constraint, CheckConstraint)}
    with administrator(database_url) as connection:
        found = {row[0] for row in connection.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'aiuteur'::regnamespace",
        )}
    assert found == declared


def test_down_and_up_again_on_a_database_with_data(registry: Registry, database_url: str) -> None:
    begun(registry)
    put(registry, draft())
    registry.close()
    admin = parse(database_url)
    migrate.downgrade(admin, "base")
    with administrator(database_url) as connection:
        left = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'aiuteur'::regnamespace AND relkind = 'r'",
        ).fetchall()
        functions = connection.execute("SELECT 1 FROM pg_proc WHERE pronamespace = 'aiuteur'::regnamespace").fetchall()
    assert (left, functions) == ([("alembic_version",)], [])
    prepare(database_url)
    begun(registry)
    with registry.transaction() as session:
        assert world(session, LANE).revision == 1


def test_every_step_goes_down_and_up_again_by_itself(database_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", "aiuteur.registry:migrations")
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    admin = parse(database_url)
    for before in [*steps[1:], "base"]:
        migrate.downgrade(admin, before)
    for step in reversed(steps):
        migrate.upgrade(admin, step)
        migrate.downgrade(admin, "-1")
        migrate.upgrade(admin, step)
    test_the_migrated_schema_is_the_declared_one(database_url)


def test_many_first_starts_at_once_make_one_schema(empty: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(prepare, [empty] * 4))
    registry = Registry.connect(empty, local_user(empty))
    begun(registry)
    registry.close()


def test_a_prepared_database_is_left_alone_by_one_query(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "upgrade", _not_now)
    monkeypatch.setattr(migrate, "set_roles", _not_now)
    prepare(database_url)


def test_a_schema_from_the_future_is_refused(database_url: str) -> None:
    with administrator(database_url) as connection:
        connection.execute("UPDATE aiuteur.alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match="schema 9999, newer than"):
        prepare(database_url)


def test_an_admin_who_is_no_superuser_is_enough(postgres: str, empty: str) -> None:
    """As on a hosted Postgres: may make roles, owns the database, and is bound by row-level security like everybody."""
    with administrator(postgres) as connection:
        connection.execute("CREATE ROLE landlord LOGIN CREATEROLE PASSWORD 'open sesame'")
        connection.execute("""GRANT aiuteur_app, aiuteur_service, aiuteur_analyst TO landlord
            WITH ADMIN OPTION, INHERIT FALSE, SET FALSE""")
        name = sql.Identifier(parse(empty).database or "")
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO landlord").format(name))
    url = parse(empty).set(username="landlord", password="open sesame").render_as_string(hide_password=False)  # noqa: S106 - of a test
    try:
        prepare(url)
        registry = Registry.connect(url, local_user(url))
        begun(registry)
        with psycopg.connect(conninfo(parse(url))) as connection:
            assert connection.execute("SELECT count(*) FROM aiuteur.projects").fetchone() == (0,)
        with registry.transaction() as session:
            assert erase(session, LANE.project, "it is over").versions == 2
        with registry.transaction() as session:
            assert lanes(session) == []
        registry.close()
    finally:
        with administrator(empty) as connection:
            connection.execute("REASSIGN OWNED BY landlord TO postgres")
            connection.execute("DROP OWNED BY landlord")
            connection.execute("DROP ROLE landlord")


def test_an_account_that_may_not_prepare_is_told_what_it_lacks(postgres: str, empty: str) -> None:
    with administrator(postgres) as connection:
        connection.execute("CREATE ROLE lodger LOGIN")
    try:
        with pytest.raises(InvalidInput, match=r"account lodger may not prepare .*CREATEROLE"):
            prepare(parse(empty).set(username="lodger").render_as_string())
    finally:
        with administrator(postgres) as connection:
            connection.execute("DROP ROLE lodger")


def test_a_role_that_could_bypass_security_is_refused(postgres: str, database_url: str) -> None:
    with administrator(postgres) as connection:
        connection.execute("CREATE ROLE aiuteur_test BYPASSRLS")
        try:
            with pytest.raises(Refused, match="may bypass row-level security"):
                migrate.set_role(connection, "aiuteur_test", "secret")
        finally:
            connection.execute("DROP ROLE aiuteur_test")


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    url = "postgresql://anna:s3cret@127.0.0.1:1/films"
    for call in (prepare, Registry.connect):
        with pytest.raises(Unavailable, match=r"127\.0\.0\.1:1/films cannot be reached: start it") as raised:
            call(url)
        assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("url", ["mysql://host/db", "nonsense"])
def test_an_address_that_is_no_postgres_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match="AIUTEUR_DATABASE_URL"):
        prepare(url)


def test_every_url_gets_its_driver_and_roles_their_own_passwords() -> None:
    admin = parse("postgresql://anna:s3cret@db.example:6543/films")
    app, service = as_role(admin, Role.APP), as_role(admin, Role.SERVICE)
    assert (app.drivername, app.username, app.host, app.port, app.database) == (
        "postgresql+psycopg", "aiuteur_app", "db.example", 6543, "films",
    )
    assert len({app.password, service.password, "s3cret"}) == 3
    assert password(admin, Role.APP) == app.password
    assert place(admin) == "db.example:6543/films"
