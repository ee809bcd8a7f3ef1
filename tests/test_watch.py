"""What the watch answers, from a real registry: the same as the plan, the run and the lane itself would say."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from aiuteur.craft.gating import Gate
from aiuteur.craft.planning import Ask, Calls, Plan, Price
from aiuteur.craft.world import Key
from aiuteur.desk import Desk
from aiuteur.film.commands import Edit
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.stages import GRAPH
from aiuteur.film.watch import Due, Failed, Mark, Policy
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import branches, interrupts, invalidations, versions
from aiuteur.registry.database import Registry
from aiuteur.settings import load
from aiuteur.stages.graph import STAGES
from aiuteur.stages.plan import plan
from aiuteur.stages.standing import standing
from aiuteur.watch import Watch, state_of, work
from benchmarks.lanes import fill
from tests.registry.builders import begun, draft, put

LANE = Lane("ferry")
DARK = Lane("ferry", "dark")


@pytest.fixture
def watch(registry: Registry, database_url: str, tmp_path: Path) -> Generator[Watch]:
    begun(registry, LANE)
    service = Registry.connect(database_url, None, "service")
    settings = load(home=tmp_path)
    yield Watch(service, Storage.open(str(tmp_path)), settings)
    service.close()


def due(watch: Watch, lane: Lane = LANE) -> Due:
    return next(one for one in watch.due(10) if one.lane == lane)


def stand(watch: Watch, *, empty: bool, lane: Lane = LANE) -> None:
    work = watch.plan(due(watch, lane))
    watch.mark([Mark(lane, work.revision, empty, work.fingerprint)])


def test_what_is_asked_for_is_the_plan(registry: Registry, watch: Watch) -> None:
    with registry.transaction() as session:
        world = versions.world(session, LANE)
    work = watch.plan(due(watch))
    planned = plan(world)
    assert planned.fingerprint.startswith(work.fingerprint)
    assert (work.stages, work.units, work.revision) == (planned.stages, len(planned.items), world.revision)
    assert work.reasons[0] == "treatment: there was none"


def test_the_state_of_a_lane_is_its_content_whatever_its_revision(registry: Registry, watch: Watch) -> None:
    put(registry, draft("Ada leaves"))
    before = watch.plan(due(watch))
    put(registry, draft("Ada stays"))
    moved = watch.plan(due(watch))
    put(registry, draft("Ada leaves"))
    back = watch.plan(due(watch))
    assert before.world != moved.world
    assert (before.world, before.revision) == (back.world, back.revision - 2)
    with registry.transaction() as session:
        assert state_of(versions.world(session, LANE)) == back.world


def test_a_sweep_finds_what_was_missed_and_only_that(registry: Registry, watch: Watch) -> None:
    with registry.transaction() as session:
        branches.fork(session, LANE, "dark")
    for lane in (LANE, DARK):
        stand(watch, empty=True, lane=lane)
    assert watch.due(10) == []
    swept = watch.sweep(10.0)
    assert (swept.looked_at, swept.missed, swept.last) == (2, (DARK, LANE), None)
    assert [one.lane for one in watch.due(10)] == [DARK, LANE]
    assert watch.sweep(10.0).looked_at == 0


def test_a_sweep_stops_in_time_and_says_where(watch: Watch) -> None:
    stand(watch, empty=True)
    assert watch.sweep(-1.0).looked_at == 0


def test_the_data_versions_told_are_those_a_run_would_tell(registry: Registry, watch: Watch) -> None:
    put(registry, draft())
    (changed,) = watch.changed(10)
    with registry.transaction() as session:
        world = versions.world(session, LANE)
    ran = {stage.name: standing(stage.name, STAGES[stage.name].units(world), world) for stage in GRAPH}
    assert changed.standing == {name: ran[name] for name in changed.standing}
    assert set(changed.differing) >= {"narrative", "brief"}
    watch.reported(LANE, changed.revision, {name: one.data_version for name, one in changed.standing.items()})
    assert watch.changed(10) == []


def test_a_fork_has_everything_to_tell_and_an_edit_one_thing(registry: Registry, watch: Watch) -> None:
    with registry.transaction() as session:
        branches.fork(session, LANE, "dark")
    fork, main = watch.changed(10)
    assert (fork.lane, fork.differing) == (DARK, main.differing)


def test_a_failure_waits_for_a_person_in_place_of_the_last(registry: Registry, watch: Watch) -> None:
    for run, reason in (("r1", "It did not answer."), ("r2", "It said no.")):
        noted = watch.failed(Failed(LANE, run, "p1", "Refused", reason))
    assert noted.permanent
    with registry.transaction() as session:
        (waiting,) = interrupts.waiting(session)
        assert (waiting.kind, waiting.fingerprint, waiting.reason) == ("failure", "p1", "It said no.")
        assert "cast another model" in waiting.remedy
    assert due(watch).held is None


def test_a_failure_is_overcome_when_its_lane_is_current_and_a_critical_one_is_not(registry: Registry, watch: Watch) -> None:
    watch.failed(Failed(LANE, "r1", "p1", "Unavailable", "It did not answer."))
    stand(watch, empty=True)
    with registry.transaction() as session:
        assert interrupts.waiting(session) == []
        assert interrupts.interrupt(session, LANE, "failure", "A picture is damaged.", "Restore it.")
    watch.mark([Mark(LANE, 1, empty=True, fingerprint="")])
    with registry.transaction() as session:
        assert [one.reason for one in interrupts.waiting(session)] == ["A picture is damaged."]


@pytest.mark.parametrize(
    ("error", "permanent", "held"),
    [("Unavailable", False, False), ("Conflict", False, False), ("OverBudget", True, False), ("Corrupt", True, True),
     ("Ambiguous", True, True), ("", False, False)],
)
def test_how_grave_a_failure_is_follows_from_its_class(watch: Watch, error: str, *, permanent: bool, held: bool) -> None:
    assert watch.failed(Failed(LANE, "r1", "p1", error, "So it was.")).permanent is permanent
    assert (due(watch).held is not None) is held


def test_the_story_is_never_stale_by_itself(watch: Watch) -> None:
    work = watch.plan(due(watch))
    assert Key("narrative").artifact not in work.stages


PAID = ModelCard("lumen", "rest", "lumen-3")


def paid(planned: Plan, stage: str) -> Plan:
    """The same plan, were the makers of one stage paid."""
    ask = Ask(Role.ILLUSTRATOR, "frame", PAID, Calls(1, 1, 1), 0.0, Price(Decimal(1), Decimal(1), Decimal(2)))
    return Plan([replace(item, asks=(ask,)) if item.stage == stage else item for item in planned.items])


SHUT = Gate("Needs approval of $1.00: $1.00 expected.", closed=True)
OPEN = Gate("Within budget: $1.00.")
APPROVED = Gate("Approved: $1.00 left of it.", opened_by=UUID(int=1))


@pytest.mark.parametrize(
    ("auto", "gate", "stages", "waits"),
    [
        ("free", OPEN, {"treatment"}, "1 that costs something: this project's automation makes only what is free"),
        ("within_budget", SHUT, {"treatment"}, "1 that costs something: Needs approval of $1.00: $1.00 expected"),
        ("within_budget", OPEN, {"treatment", "script"}, None),
        ("free", APPROVED, {"treatment", "script"}, None),
    ],
    ids=["only-free", "gate-closed", "within-budget", "approved"],
)
def test_what_costs_something_is_asked_for_only_where_policy_and_gate_agree(
    registry: Registry, watch: Watch, auto: str, gate: Gate, stages: set[str], waits: str | None,
) -> None:
    with registry.transaction() as session:
        world = versions.world(session, LANE)
    planned = paid(plan(world), "script")
    kept = Plan([item for item in planned.items if item.stage in {"treatment", "script"}])
    found = work(world, kept, gate, Policy(auto))
    assert set(found.stages) == stages
    assert found.waiting == ((waits,) if waits else ())
    assert found.spends is (waits is None)


def test_what_a_change_reached_is_written_down_before_anything_answers_it(
    registry: Registry, watch: Watch, tmp_path: Path,
) -> None:
    lane = Lane("storm")
    fill(registry, lane, 2)
    desk = Desk(registry, Storage.open(str(tmp_path)), load(home=tmp_path))
    desk.do(lane, Edit(item="shot:1A", changes={"action": "They sleep."}))
    said = watch.note_invalidations(10)
    assert [sentence.partition(" reaches ")[0] for sentence in said] == ["storm@main: a change"]
    with registry.transaction() as session:
        (row,) = invalidations.invalidations(session, lane)
    assert row.scope == "local_shot"
    assert watch.note_invalidations(10) == []


def test_what_waited_and_is_permitted_is_looked_at_again(registry: Registry, watch: Watch) -> None:
    with registry.transaction() as session:
        interrupts.interrupt(session, LANE, "attempts", "Three takes failed.", "Retry.", item="frames/x/start")
    stand(watch, empty=True)
    long_ago = datetime.fromtimestamp(0, UTC)
    assert watch.permitted(long_ago, 10) == []
    with registry.transaction() as session:
        interrupts.resolve(session, LANE, {"action": "retry"}, kind="attempts")
    (found,) = watch.permitted(long_ago, 10)
    assert (found.lane, found.why) == (LANE, "attempts answered")
    assert [one.lane for one in watch.due(10)] == [LANE]
    assert watch.permitted(found.at, 10) == []
