"""Whether a lane is given a run: the whole rule, by example."""

import dagster as dg
import pytest

from aiuteur_dagster.runs import Past, Run
from aiuteur_dagster.sensors.deciding import Verdict, decide, under_way
from tests.orchestra.watches import due, work

STATUS = dg.DagsterRunStatus


def run(status: dg.DagsterRunStatus, plan: str = "p1", world: str = "w1", *, at: float = 100.0, **more: bool) -> Run:
    return Run(f"run-{at:g}", status, plan, world, at, more.get("superseded", False), more.get("permanent", False))


def verdict(*newest: Run, queued: tuple[Run, ...] = (), changed: float | None = None, held: str | None = None) -> str:
    asked = due("a@main", changed=changed, held=held)
    return decide(asked, work("a@main"), queued, Past(newest, len(newest))).verdict


FAILED, ENDED, STOPPED = run(STATUS.FAILURE), run(STATUS.SUCCESS), run(STATUS.CANCELED)
PERSONS = run(STATUS.SUCCESS, "", "")


@pytest.mark.parametrize(
    ("newest", "changed", "expected"),
    [
        ((), None, Verdict.ASK),
        ((PERSONS,), None, Verdict.ASK),
        ((FAILED,), None, Verdict.ASK),
        ((FAILED, FAILED), None, Verdict.ASK),
        ((FAILED, FAILED, FAILED), None, Verdict.WAIT),
        ((FAILED, FAILED, FAILED), 99.0, Verdict.WAIT),
        ((FAILED, FAILED, FAILED), 101.0, Verdict.ASK),
        ((run(STATUS.FAILURE, "p0"), FAILED, FAILED, FAILED), None, Verdict.ASK),
        ((run(STATUS.FAILURE, permanent=True),), None, Verdict.WAIT),
        ((run(STATUS.FAILURE, permanent=True),), 101.0, Verdict.ASK),
        ((run(STATUS.FAILURE, "p0", permanent=True),), None, Verdict.ASK),
        ((ENDED,), None, Verdict.WAIT),
        ((ENDED,), 101.0, Verdict.ASK),
        ((run(STATUS.SUCCESS, world="w0"),), None, Verdict.ASK),
        ((run(STATUS.SUCCESS, world="w0"),) * 3, None, Verdict.WAIT),
        ((STOPPED,), None, Verdict.WAIT),
        ((STOPPED,), 101.0, Verdict.ASK),
        ((run(STATUS.CANCELED, "p0", "w0"),), None, Verdict.WAIT),
        ((run(STATUS.CANCELED, "", ""),), None, Verdict.WAIT),
        ((run(STATUS.CANCELED, superseded=True),), None, Verdict.ASK),
        ((run(STATUS.CANCELED, "p0", superseded=True), FAILED, FAILED, FAILED), None, Verdict.WAIT),
    ],
    ids=[
        "never-run", "a-persons-run", "failed-once", "failed-twice", "failed-often", "changed-before-it-failed", "changed-since",
        "another-plan-failed", "failed-for-good", "mended", "another-plan-failed-for-good", "left-as-it-was", "left-then-changed",
        "made-some-of-it", "never-done-with-it", "stopped", "stopped-then-changed", "stopped-another-plan", "stopped-a-persons",
        "called-off", "called-off-does-not-hide-failures",
    ],
)
def test_nothing_is_asked_twice_in_vain(newest: tuple[Run, ...], changed: float | None, expected: Verdict) -> None:
    assert verdict(*newest, changed=changed) == expected


def test_a_queued_run_of_this_plan_is_enough() -> None:
    waiting = run(STATUS.QUEUED)
    assert verdict(queued=(waiting,)) == Verdict.WAIT


def test_a_queued_run_of_an_older_plan_is_called_off_and_the_newer_asked_for() -> None:
    older = run(STATUS.QUEUED, "p0", "w0")
    decision = decide(due("a@main"), work("a@main"), [older], Past())
    assert (decision.verdict, decision.call_off) == (Verdict.ASK, (older.run_id,))


def test_a_queued_run_is_called_off_where_nothing_is_left_to_do() -> None:
    older = run(STATUS.QUEUED, "p0", "w0")
    decision = decide(due("a@main"), work("a@main", stages=()), [older], Past())
    assert (decision.verdict, decision.call_off, decision.sentence) == (Verdict.REST, (older.run_id,), "current")


def test_what_waits_for_a_person_is_said() -> None:
    waiting = work("a@main", stages=(), waiting=("clips cost $12.40",))
    decision = decide(due("a@main"), waiting, [], Past())
    assert (decision.verdict, decision.sentence) == (Verdict.REST, "nothing to do without a person: clips cost $12.40")


def test_a_lane_that_is_held_waits_whatever_is_planned() -> None:
    assert verdict(held="A picture is damaged.") == Verdict.WAIT


def test_failures_of_one_plan_are_counted() -> None:
    decision = decide(due("a@main"), work("a@main"), [], Past((FAILED, FAILED), 2))
    assert decision.failures == 2


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), None), ((run(STATUS.STARTED),), "a run is on it"), ((run(STATUS.QUEUED, ""),), "a run waits for it"),
        ((run(STATUS.QUEUED),), None), ((run(STATUS.QUEUED), run(STATUS.CANCELING)), "a run is on it"),
    ],
    ids=["none", "running", "a-persons-in-the-queue", "a-sensors-in-the-queue", "ending"],
)
def test_a_lane_is_left_alone_while_a_run_is_on_it(found: tuple[Run, ...], expected: str | None) -> None:
    assert under_way(found) == expected
