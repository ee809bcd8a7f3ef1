"""Row-level security, tried as another person on every table, and through the pool."""

import uuid
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Executable, delete, exc, func, insert, literal, select, text, update
from sqlalchemy.orm import Session

from aiuteur.errors import Unavailable
from aiuteur.film.commands import Reject
from aiuteur.film.noun import MediaRef
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry, local_user
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.ledger import Completion, StoredMedia, settle
from aiuteur.registry.media_rows import remember
from aiuteur.registry.projects import lanes
from aiuteur.registry.tables import Base, PromptTemplate
from aiuteur.registry.versions import Outcome, record
from tests.databases import administrator, fresh_database
from tests.registry.builders import LANE, ask, begun, draft, new_user

OWNED = sorted(table.name for table in Base.metadata.tables.values() if "owner_id" in table.columns)
EVERY = sorted(table.name for table in Base.metadata.tables.values())


@dataclass(frozen=True)
class House:
    """A database with one person who has everything, another who wants it, a session that forgot who it is, and the service."""

    url: str
    owner: Registry
    stranger: Registry
    nobody: Registry
    service: Registry


@pytest.fixture(scope="module")
def house(postgres: str) -> Generator[House]:
    with fresh_database(postgres) as url:
        who: list[UUID | None] = [local_user(url), new_user(url), None]
        owner, stranger, nobody = (Registry.connect(url, user) for user in who)
        service = Registry.connect(url, role="service")
        _furnish(owner)
        yield House(url, owner, stranger, nobody, service)
        for registry in (owner, stranger, nobody, service):
            registry.close()


def _furnish(owner: Registry) -> None:
    """At least one row in every table."""
    begun(owner)
    reservation = ask(owner)
    ref = MediaRef(sha256="a" * 64, mime="image/png", size=3)
    with owner.transaction() as session:
        settle(session, Completion(reservation.generation_id, {"x": 1}, [StoredMedia("picture", ref)]))
        record(session, LANE, Outcome([draft()], counters={"beats": 1}))
        (made,) = record(session, LANE, Outcome([draft(item="b2")]))
        perform(session, LANE, Reject(items=("beats/b1",), version=1))
        row = lane_row(session, LANE)
        _fill(session, {"owner_id": row.owner_id, "branch_id": row.branch_id, "project_id": row.project_id,
                        "version_id": made.version_id, "lane": str(LANE)})
        session.execute(insert(PromptTemplate), {"name": "beats", "version": 1, "digest": "d", "body": "…", "schema": None})


def _fill(session: Session, known: Mapping[str, object]) -> None:
    """A row in each table that people and automation write of their own accord; columns that may be null stay so."""
    values: dict[str, object] = {
        **known, "key": "k", "kind": "failure", "item": "b1", "payload": {}, "state": "done", "fingerprint": "f", "up_to_usd": 1,
        "cause_event": 1, "scope": "global", "reason": "r", "remedy": "do this", "role": "writer", "models": ["animatic"],
        "take_id": known["version_id"], "shot": "s1", "part": "clip", "n": 1, "media": "m", "basis": "b", "attempt": 1,
        "origin": "generated", "at": datetime.now(UTC), "ordinal": 1, "how": "judged", "attempts": 1, "seconds": 2.0,
        "series": "quality", "accepted": True, "asked": {}, "generation_id": known["version_id"], "takes": 1, "judge": "animatic",
        "template": "judge/1", "score": 0.9, **dict.fromkeys(("mean_x", "mean_y", "mxx", "mxy", "myy"), 1.0),
    }
    for name in ("stars", "commands", "remakes", "budgets", "approvals", "invalidations", "interrupts", "run_marks", "castings",
                 "rates", "figure_takes", "figure_shots", "figure_states", "opinions", "anchors", "anchor_readings"):
        table = Base.metadata.tables[f"aiuteur.{name}"]
        row = {column.name: values[column.name] for column in table.columns if column.name in values}
        made = session.execute(insert(table).returning(*table.primary_key.columns), row).one()
        values |= {"anchor_id": made[0]} if name == "anchors" else {}
    rule = {name: known[name] for name in ("owner_id", "project_id")} | {"text": "Hats stay on.", "scope": "project"}
    session.execute(insert(Base.metadata.tables["aiuteur.rules"]), {**rule, "state": "suggested", "share": 0.5})


def _count(registry: Registry, table: str) -> int:
    with registry.transaction() as session:
        return session.execute(select(func.count()).select_from(text(f"aiuteur.{table}"))).scalar_one()


def _any_row(session: Session, table: str) -> dict[str, object]:
    columns = [column for column in Base.metadata.tables[f"aiuteur.{table}"].columns if not column.identity]
    return dict(session.execute(select(*columns).limit(1)).mappings().one())


def _try(registry: Registry, statement: Executable) -> int:
    """Rows a statement touched; 0 where the server refused it."""
    try:
        with registry.transaction() as session:
            return len(session.execute(statement).all())
    except exc.ProgrammingError as error:
        if "permission denied" not in str(error):
            raise
        return 0


@pytest.mark.parametrize("table", EVERY)
def test_security_is_on_and_forced(house: House, table: str) -> None:
    with administrator(house.url) as connection:
        row = connection.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [f"aiuteur.{table}"],
        ).fetchone()
    assert row == (True, True)


@pytest.mark.parametrize("table", OWNED)
def test_another_person_sees_nothing(house: House, table: str) -> None:
    assert _count(house.owner, table) > 0
    assert _count(house.stranger, table) == 0


@pytest.mark.parametrize("table", [*OWNED, "users"])
def test_a_session_that_forgot_who_it_is_sees_nothing(house: House, table: str) -> None:
    assert _count(house.nobody, table) == 0


@pytest.mark.parametrize("table", [*OWNED, "users"])
def test_the_service_sees_everything(house: House, table: str) -> None:
    assert _count(house.service, table) >= _count(house.owner, table) > 0


def test_people_see_themselves_only_and_templates_are_for_everybody(house: House) -> None:
    with house.stranger.transaction() as session:
        assert session.execute(text("SELECT id FROM aiuteur.users")).scalars().all() == [house.stranger.user_id]
    assert _count(house.stranger, "prompt_templates") == _count(house.nobody, "prompt_templates") == 1


@pytest.mark.parametrize("table", EVERY)
def test_another_person_can_neither_change_nor_remove_a_row(house: House, table: str) -> None:
    rows = Base.metadata.tables[f"aiuteur.{table}"]
    column = list(rows.columns)[-1].name
    before = _count(house.service, table)
    with administrator(house.url) as connection:
        changeable = [row[0] for row in connection.execute(
            "SELECT column_name FROM information_schema.column_privileges WHERE grantee = 'aiuteur_app'"
            " AND privilege_type = 'UPDATE' AND table_schema = 'aiuteur' AND table_name = %s", [table],
        )]
    for name in {column, *map(str, changeable)}:
        assert _try(house.stranger, update(rows).values({name: rows.columns[name]}).returning(literal(1))) == 0
    assert _try(house.stranger, delete(rows).returning(literal(1))) == 0
    assert _count(house.service, table) == before


@pytest.mark.parametrize("table", OWNED)
def test_nobody_can_write_a_row_in_anothers_name(house: House, table: str) -> None:
    with house.service.transaction() as session:  # a copy of a true row, so that only its owner can be what is wrong
        row = _any_row(session, table)
    assert row["owner_id"] == house.owner.user_id
    with pytest.raises(exc.ProgrammingError, match="row-level security"), house.stranger.transaction() as session:
        session.execute(insert(Base.metadata.tables[f"aiuteur.{table}"]), row)


@pytest.mark.parametrize("table", [
    "branches", "artifacts", "counters", "events", "versions", "rejections", "stars", "commands", "remakes", "budgets",
    "approvals", "invalidations", "interrupts", "run_marks", "rules",
])
def test_nobody_can_hang_a_row_of_theirs_on_anothers(house: House, table: str) -> None:
    with house.service.transaction() as session:
        row = _any_row(session, table)
    mine = {"owner_id": house.stranger.user_id, **({"id": uuid.uuid4()} if "id" in row else {})}
    fresh = {"name": "mine", "is_main": False, "item": "mine", "n": 99, "scope": "mine", "head_version_id": None,
             "best_version_id": None, "selected_version_id": None, "generation_id": None, "author_id": None, "by": None,
             "key": "mine", "forked_version_id": None}
    hung = {**row, **{name: value for name, value in fresh.items() if name in row}, **mine}
    with pytest.raises(exc.IntegrityError), house.stranger.transaction() as session:
        session.execute(insert(Base.metadata.tables[f"aiuteur.{table}"]), hung)


def test_the_app_can_neither_bypass_security_nor_rewrite_versions(house: House) -> None:
    with house.owner.transaction() as session:
        rights = session.execute(text(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, has_table_privilege('aiuteur.versions', 'UPDATE'),"
            " has_table_privilege('aiuteur.versions', 'DELETE'), has_table_privilege('aiuteur.versions', 'TRUNCATE'),"
            " has_schema_privilege('aiuteur', 'CREATE') FROM pg_roles WHERE rolname = current_user",
        )).one()
    assert not any(rights)
    for verb in ("UPDATE aiuteur.versions SET digest = ''", "DELETE FROM aiuteur.versions", "TRUNCATE aiuteur.versions CASCADE"):
        with pytest.raises(exc.ProgrammingError, match="permission denied"), house.owner.transaction() as session:
            session.execute(text(verb))


def test_everything_recorded_is_still_there_after_all_of_this(house: House) -> None:
    assert {table: _count(house.owner, table) for table in ("projects", "branches", "versions", "rejections", "media")} == {
        "projects": 1, "branches": 1, "versions": 4, "rejections": 1, "media": 1,
    }


def test_connections_shared_by_many_people_leak_nothing(house: House) -> None:
    """Eleven people and a forgetful session take turns on the connections of one pool."""
    people: list[UUID | None] = [new_user(house.url) for _ in range(11)]
    shared = Registry.connect(house.url)
    for number, user in enumerate(people):
        mine = Registry.connect(house.url, user)
        begun(mine, Lane(f"film-{number}"))
        mine.close()
    people.append(None)

    def read(turn: int) -> tuple[int, list[str]]:
        number = turn % len(people)
        view = Registry(shared.admin, shared.engine, people[number], shared.role)
        with view.transaction() as session:
            return number, [info.lane.project for info in lanes(session)]

    with ThreadPoolExecutor(8) as pool:
        for number, seen in pool.map(read, range(600)):
            assert seen == ([] if people[number] is None else [f"film-{number}"])
    shared.close()


def test_the_person_is_set_again_after_a_commit_within_a_session(house: House) -> None:
    with house.owner.transaction() as session:
        user = text("SELECT current_setting('app.user_id', true)")
        first = session.execute(user).scalar_one()
    with house.owner.transaction() as session:
        assert session.execute(user).scalar_one() == first == str(house.owner.user_id)
    with Session(house.owner.engine) as bare:
        assert bare.execute(user).scalar_one() in {None, ""}


def test_media_need_an_owner(house: House) -> None:
    with house.service.transaction() as session, pytest.raises(Exception, match="need an owner"):
        remember(session, [MediaRef(sha256="b" * 64, mime="image/png", size=1)])
    with house.owner.transaction() as session:
        assert lane_row(session, LANE).owner_id == house.owner.user_id


def test_what_a_transaction_wrote_before_it_failed_is_not_there(house: House) -> None:
    def wreck() -> None:
        with house.owner.transaction() as session:
            remember(session, [MediaRef(sha256="c" * 64, mime="image/png", size=1)])
            raise LookupError

    with pytest.raises(LookupError):
        wreck()
    assert _count(house.owner, "media") == 1


def test_a_transaction_tells_of_a_lost_connection_when_it_begins_and_works_again_later(house: House) -> None:
    """The connection was used a moment ago, so that nobody asks it whether it still works."""
    registry = Registry.connect(house.url, house.owner.user_id)
    with registry.transaction() as session:
        backend = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with administrator(house.url) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    with pytest.raises(Unavailable), registry.transaction() as session:
        session.execute(text("SELECT 1"))
    assert _count(registry, "media") == 1
    registry.close()
