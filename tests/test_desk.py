"""The desk: commands happen once, wholly, by somebody, on the lane that they meant."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlalchemy import func, select

from aiuteur.craft.world import Key
from aiuteur.desk import Desk
from aiuteur.errors import Conflict, NotFound, Permanent, Refused
from aiuteur.film.commands import COMMAND, COMMANDS, CastModel, Lock, Pin, Promote, Reject, Remake
from aiuteur.film.crew import Role
from aiuteur.film.transitions import TRANSITIONS, check_lane
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import branches
from aiuteur.registry.database import Registry
from aiuteur.registry.events import events
from aiuteur.registry.handlers.table import HANDLERS
from aiuteur.registry.tables import Command, Event
from aiuteur.registry.versions import world
from aiuteur.settings import Settings
from tests.registry.builders import LANE, begun, draft, put

B1 = Key("beats", "b1")


@pytest.fixture
def desk(registry: Registry, tmp_path: Path) -> Desk:
    begun(registry)
    for text in ("one", "two", "three"):
        put(registry, draft(text))
    return Desk(registry, Storage.open(str(tmp_path)), Settings())


def _revision(registry: Registry) -> int:
    with registry.transaction() as session:
        return world(session, LANE).revision


def _count(registry: Registry, table: type[Command] | type[Event]) -> int:
    with registry.transaction() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_every_command_is_handled_and_has_its_transition() -> None:
    assert set(HANDLERS) == set(COMMANDS.values())
    assert {name for row in TRANSITIONS for name in row.commands} == set(COMMANDS)
    for kind in COMMANDS:
        with pytest.raises(Refused) if kind != "restore" else nullcontext():
            check_lane(kind, "ferry@night", archived=True)


def test_every_command_is_read_back_from_its_document() -> None:
    given = Reject(items=("shot:7B",), reason="too slow")
    assert COMMAND.validate_python(given.document()) == given


def test_the_same_key_is_answered_the_same_and_nothing_happens_twice(desk: Desk, registry: Registry) -> None:
    first = desk.do(LANE, Promote(item="beats/b1", version=1), key="a")
    told = _count(registry, Event)
    assert desk.do(LANE, Promote(item="beats/b1", version=1), key="a") == first
    assert (_count(registry, Event), _revision(registry)) == (told, first.revision)


def test_a_key_of_another_command_is_a_conflict(desk: Desk) -> None:
    desk.do(LANE, Promote(item="beats/b1", version=1), key="a")
    with pytest.raises(Conflict, match="The key 'a' was used for another command"):
        desk.do(LANE, Promote(item="beats/b1", version=2), key="a")


def test_eight_at_once_with_one_key_do_it_once(desk: Desk, registry: Registry) -> None:
    told = _count(registry, Event)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(desk.do, LANE, Pin(items=("beats/b1",)), key="once") for _ in range(8)]
        answers = [one.result() for one in asked]
    assert len(set(map(str, answers))) == 1
    assert _count(registry, Event) == told + 1


def test_of_two_who_promote_at_once_the_second_is_told_to_look(desk: Desk, registry: Registry) -> None:
    seen = _revision(registry)

    def promote(n: int) -> str:
        try:
            return desk.do(LANE, Promote(item="beats/b1", version=n), expects_revision=seen).state
        except Conflict as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(promote, (1, 2)))
    assert answers[0] == "done"
    assert answers[1] == (
        f"ferry@main was changed meanwhile (revision {seen + 1}, you saw {seen}): "
        "look at `aiuteur log ferry@main`, then say it again."
    )
    assert _revision(registry) == seen + 1


def test_what_is_refused_leaves_nothing_behind_and_may_be_tried_again(desk: Desk, registry: Registry) -> None:
    desk.do(LANE, Lock(items=("beats/b1",)))
    before = (_revision(registry), _count(registry, Command), _count(registry, Event))
    with pytest.raises(Refused):
        desk.do(LANE, Promote(item="beats/b1", version=1), key="b")
    assert (_revision(registry), _count(registry, Command), _count(registry, Event)) == before


def test_a_command_says_who_gave_it(desk: Desk, registry: Registry) -> None:
    result = desk.do(LANE, Reject(items=("beats/b1",), reason="too slow"))
    with registry.transaction() as session:
        last = events(session, LANE)[-1]
        row = session.execute(select(Command)).scalar_one()
    assert (last.kind, last.by, last.payload["reason"], last.payload["items"]) == (
        "rejected", registry.user_id, "too slow", ["beats/b1"],
    )
    assert (row.by, row.kind, row.state, row.branch_id is not None) == (registry.user_id, "reject", "done", True)
    assert result.event_id is not None


def test_an_archived_lane_takes_no_commands(desk: Desk, registry: Registry) -> None:
    with registry.transaction() as session:
        night, _ = branches.fork(session, LANE, "night")
        branches.archive(session, night)
    with pytest.raises(Refused, match="ferry@night: pin is refused, it is archived: restore it first"):
        desk.do(night, Pin(items=("beats/b1",)))


def test_the_inbox_is_drained_in_order_and_says_why_it_refuses(desk: Desk, registry: Registry) -> None:
    desk.post(LANE, Promote(item="beats/b1", version=1), key="1")
    desk.post(LANE, Promote(item="beats/b1", version=9), key="2")
    desk.post(LANE, Lock(items=("beats/b1",)), key="3")
    assert desk.post(LANE, Lock(items=("beats/b1",)), key="3") == desk.post(LANE, Lock(items=("beats/b1",)), key="3")
    done = desk.drain()
    assert [result.state for _, result in done] == ["done", "refused", "done"]
    assert "has no version 9: it has 1 to 3" in str(done[1][1].reason)
    assert desk.drain() == []
    with registry.transaction() as session:
        assert world(session, LANE).items[B1].n == 1
        assert world(session, LANE).items[B1].locked


def test_the_service_drains_in_the_name_of_who_posted(desk: Desk, registry: Registry, database_url: str, tmp_path: Path) -> None:
    desk.post(LANE, Promote(item="beats/b1", version=1))
    service = Registry.connect(database_url, role="service")
    assert len(Desk(service, Storage.open(str(tmp_path)), Settings()).drain()) == 1
    service.close()
    with registry.transaction() as session:
        assert events(session, LANE)[-1].by == registry.user_id


def test_two_who_drain_at_once_do_everything_once(desk: Desk, registry: Registry) -> None:
    for n in range(12):
        desk.post(LANE, Promote(item="beats/b1", version=n % 3 + 1))
    before = _revision(registry)
    with ThreadPoolExecutor(3) as pool:
        done = [one for asked in [pool.submit(desk.drain) for _ in range(3)] for one in asked.result()]
    assert [result.state for _, result in done] == ["done"] * 12
    assert _revision(registry) == before + 12


def test_a_lane_that_is_not_there_takes_nothing(desk: Desk) -> None:
    for give in (desk.do, desk.post):
        with pytest.raises(NotFound, match="There is no project nowhere"):
            give(Lane("nowhere"), Pin(items=("script",)))


@pytest.mark.parametrize(("model", "said"), [
    ("google/nonesuch", "There is no model google/nonesuch in the catalogue. For a writer there are: "),
    ("animatic+acme", "There is no provider 'acme'."),
])
def test_nobody_is_named_to_make_something_whom_the_catalogue_does_not_know(
    desk: Desk, registry: Registry, model: str, said: str
) -> None:
    before = _revision(registry)
    for command in (CastModel(role=Role.WRITER, model=model), Remake(items=("beats/b1",), model=model)):
        with pytest.raises(Permanent, match=re.escape(said)):
            desk.do(LANE, command)
        desk.post(LANE, command)
        ((_, refused),) = desk.drain()
        assert refused.state == "refused"
        assert said in (refused.reason or "")
    assert _revision(registry) == before
    desk.do(LANE, CastModel(role=Role.WRITER, model="google+animatic"))
    assert _revision(registry) == before + 1
