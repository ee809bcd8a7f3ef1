"""Stale lanes ask for runs: real ticks and real runs on an ephemeral instance."""

from collections.abc import Generator
from pathlib import Path

import dagster as dg
import pytest

from aiuteur.errors import Corrupt, Unavailable
from aiuteur.lane import Lane
from aiuteur_dagster import labels, locks
from aiuteur_dagster.definitions import build
from aiuteur_dagster.sensors.stale import LANES, REQUESTS, affected
from tests.orchestra.studios import FakeStudio, some_job, some_origin
from tests.orchestra.watches import FakeWatch, due, said, tick, work


@pytest.fixture
def instance() -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        opened.add_dynamic_partitions("lanes", ["a@main"])
        yield opened


def watching(*names: str) -> FakeWatch:
    return FakeWatch([due(name) for name in names], {name: work(name) for name in names})


def begun(instance: dg.DagsterInstance, status: dg.DagsterRunStatus, **tags: str) -> dg.DagsterRun:
    tags = {"dagster/partition": "a@main", **{f"aiuteur/{name}": value for name, value in tags.items()}}
    return instance.create_run_for_job(some_job(), tags=tags, status=status, remote_job_origin=some_origin())


def test_a_stale_lane_is_given_a_run_of_what_is_stale_and_all_that_depends_on_it(instance: dg.DagsterInstance) -> None:
    (request,) = tick("stale", watching("a@main"), instance).run_requests or []
    assert (request.run_key, request.partition_key) == ("a@main:p1:0", "a@main")
    assert [key.to_user_string() for key in request.asset_selection or []] == ["clips", "dailies", "film", "metrics", "forecast"]
    assert request.tags[labels.PLAN_TAG] == "p1"
    assert request.tags[labels.WHY_TAG] == "clips: stale: shot 3A: action"
    assert all(len(value) <= 63 for value in request.tags.values())


def test_what_depends_on_a_stage_is_found_all_the_way_down() -> None:
    assert affected(["dailies"]) == ["dailies", "metrics", "forecast"]
    assert affected(["looks"])[:4] == ["looks", "prompts", "frames", "quote"]
    assert "script" not in affected(["bible"])


def test_the_run_that_is_asked_for_runs_those_assets_and_their_checks_only(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    (request,) = tick("stale", watching("a@main"), instance).run_requests or []
    job = build(resources={"studio": studio}).resolve_job_def("film")
    done = job.execute_in_process(
        instance=instance, partition_key=request.partition_key, asset_selection=list(request.asset_selection or []),
        tags=dict(request.tags),
    )
    assert done.success
    assert {stage for stage, _ in studio.ran} == {"clips", "dailies", "film", "metrics", "forecast"}


def test_the_same_plan_has_the_same_run_key_until_a_run_of_the_lane_has_ended(instance: dg.DagsterInstance) -> None:
    watch = watching("a@main")
    keys = [(tick("stale", watch, instance).run_requests or [])[0].run_key for _ in range(2)]
    begun(instance, dg.DagsterRunStatus.FAILURE, plan="p1", world="w1")
    keys.append((tick("stale", watch, instance).run_requests or [])[0].run_key)
    assert keys == ["a@main:p1:0", "a@main:p1:0", "a@main:p1:1"]


def test_no_run_is_asked_for_while_one_is_on_the_lane(instance: dg.DagsterInstance) -> None:
    begun(instance, dg.DagsterRunStatus.STARTED)
    result = tick("stale", watching("a@main"), instance)
    assert said(result) == "a@main: a run is on it."


def test_no_run_is_asked_for_while_a_terminal_makes_the_lane(instance: dg.DagsterInstance) -> None:
    with locks.held_by_me(Path(instance.root_directory), locks.lane_lock("a@main"), ""):
        result = tick("stale", watching("a@main"), instance)
    assert said(result) == "a@main: a terminal makes it."


def test_a_newer_plan_takes_the_place_of_one_in_the_queue(instance: dg.DagsterInstance) -> None:
    older = begun(instance, dg.DagsterRunStatus.QUEUED, plan="p0", world="w0")
    (request,) = tick("stale", watching("a@main"), instance).run_requests or []
    after = instance.get_run_by_id(older.run_id)
    assert after is not None
    assert (after.status, request.run_key) == (dg.DagsterRunStatus.CANCELED, "a@main:p1:1")
    assert labels.SUPERSEDED_TAG in after.tags


def test_a_persons_run_in_the_queue_is_never_called_off(instance: dg.DagsterInstance) -> None:
    theirs = begun(instance, dg.DagsterRunStatus.QUEUED)
    result = tick("stale", watching("a@main"), instance)
    after = instance.get_run_by_id(theirs.run_id)
    assert after is not None
    assert (after.status, said(result)) == (dg.DagsterRunStatus.QUEUED, "a@main: a run waits for it.")


def test_a_lane_without_a_partition_is_given_one_with_its_run(instance: dg.DagsterInstance) -> None:
    result = tick("stale", watching("new@main"), instance)
    (added,) = result.dynamic_partitions_requests or []
    assert added.partition_keys == ["new@main"]
    assert [request.partition_key for request in result.run_requests or []] == ["new@main"]


def test_a_tick_asks_for_so_many_runs_and_the_next_goes_on_after_them(instance: dg.DagsterInstance) -> None:
    names = [f"p{number:03}@main" for number in range(REQUESTS + 5)]
    watch = watching(*names)
    result = tick("stale", watch, instance)
    assert [request.partition_key for request in result.run_requests or []] == names[:REQUESTS]
    assert result.cursor == names[REQUESTS - 1]
    tick("stale", watch, instance, result.cursor)
    assert watch.after == [None, Lane.parse(names[REQUESTS - 1])]
    assert REQUESTS < LANES


def test_where_each_lane_stands_is_kept(instance: dg.DagsterInstance) -> None:
    watch = watching("a@main", "b@main")
    watch.works["b@main"] = work("b@main", stages=())
    tick("stale", watch, instance)
    assert [(str(mark.lane), mark.revision, mark.empty, mark.fingerprint) for mark in watch.marks] == [
        ("a@main", 7, False, "p1"), ("b@main", 7, True, "p1"),
    ]


def test_one_lane_that_cannot_be_planned_does_not_keep_the_others(instance: dg.DagsterInstance) -> None:
    watch = watching("a@main", "b@main")
    watch.works["a@main"] = Corrupt("A document cannot be read.")
    result = tick("stale", watch, instance)
    assert [request.partition_key for request in result.run_requests or []] == ["b@main"]


def test_a_registry_that_cannot_be_read_asks_for_nothing(instance: dg.DagsterInstance) -> None:
    result = tick("stale", FakeWatch(broken=Unavailable("Postgres is not reachable.")), instance)
    assert "Postgres is not reachable." in said(result)


def test_a_long_reason_fits_a_tag(instance: dg.DagsterInstance) -> None:
    watch = watching("a@main")
    found = work("a@main")
    watch.works["a@main"] = type(found)(found.lane, 7, "p1", "w1", ("clips",), ("clips: stale: " + "shot 3A: action, " * 9,))
    (request,) = tick("stale", watch, instance).run_requests or []
    assert len(request.tags[labels.WHY_TAG]) == 63
    assert request.tags[labels.WHY_TAG].endswith("…")
