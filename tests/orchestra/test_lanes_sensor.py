"""Lanes become partitions and leave again, by real ticks on an ephemeral instance."""

import dagster as dg
import pytest

from aiuteur.errors import Unavailable
from aiuteur_dagster.sensors.lanes import changes, lanes_sensor
from tests.orchestra.studios import FakeStudio, lane_info, some_job

NONE: set[str] = set()


def tick(
    studio: FakeStudio, instance: dg.DagsterInstance, cursor: str | None = None,
) -> dg.SensorResult | dg.SkipReason:
    context = dg.build_sensor_context(instance=instance, resources={"studio": studio}, cursor=cursor)
    result = lanes_sensor(context)
    assert isinstance(result, dg.SensorResult | dg.SkipReason)
    if isinstance(result, dg.SensorResult):
        for request in result.dynamic_partitions_requests or []:
            if isinstance(request, dg.AddDynamicPartitionsRequest):
                instance.add_dynamic_partitions("lanes", request.partition_keys)
            else:
                for key in request.partition_keys:
                    instance.delete_dynamic_partition("lanes", key)
    return result


@pytest.mark.parametrize(
    ("registered", "partitions", "busy", "add", "drop"),
    [
        (["a@main"], [], [], {"a@main"}, NONE),
        (["a@main"], ["a@main"], [], NONE, NONE),
        (["a@main", "-b@main"], ["a@main", "b@main"], [], NONE, {"b@main"}),
        (["-b@main"], ["b@main"], ["b@main"], NONE, NONE),
        (["-b@main"], [], [], NONE, NONE),
        ([], ["elsewhere@main"], [], NONE, NONE),
    ],
    ids=["new", "known", "archived", "archived-but-busy", "archived-long-ago", "not-ours"],
)
def test_partitions_follow_the_registry(
    registered: list[str], partitions: list[str], busy: list[str], add: set[str], drop: set[str],
) -> None:
    infos = [lane_info(name.removeprefix("-"), archived=name.startswith("-")) for name in registered]
    change = changes(infos, partitions, busy)
    assert (change.add, change.drop) == (add, drop)


def test_a_new_lane_becomes_a_partition_at_the_next_tick_and_the_one_after_changes_nothing() -> None:
    studio = FakeStudio(registered=[lane_info("a@main"), lane_info("a@dark")])
    with dg.DagsterInstance.ephemeral() as instance:
        tick(studio, instance)
        assert set(instance.get_dynamic_partitions("lanes")) == {"a@main", "a@dark"}
        again = tick(studio, instance)
        assert isinstance(again, dg.SensorResult)
        assert not again.dynamic_partitions_requests


def test_a_registry_that_cannot_be_read_changes_nothing() -> None:
    studio = FakeStudio(failing={"lanes": Unavailable("Postgres is not reachable.")})
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("lanes", ["a@main"])
        skipped = tick(studio, instance)
        assert isinstance(skipped, dg.SkipReason)
        assert "Postgres is not reachable." in (skipped.skip_message or "")
        assert instance.get_dynamic_partitions("lanes") == ["a@main"]


def test_a_tick_names_the_partitions_it_adds_and_drops() -> None:
    studio = FakeStudio(registered=[lane_info("a@main"), lane_info("b@main", archived=True)])
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("lanes", ["b@main"])
        result = tick(studio, instance)
        assert isinstance(result, dg.SensorResult)
        assert result.skip_reason is not None
        assert result.skip_reason.skip_message == "Partitions added: a@main; partitions dropped: b@main."


def test_an_archived_lane_stays_while_a_run_is_on_it() -> None:
    studio = FakeStudio(registered=[lane_info("a@main", archived=True)])
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("lanes", ["a@main"])
        run = instance.create_run_for_job(some_job(), tags={"dagster/partition": "a@main"}, status=dg.DagsterRunStatus.STARTED)
        tick(studio, instance)
        assert instance.get_dynamic_partitions("lanes") == ["a@main"]
        instance.report_run_failed(run)
        tick(studio, instance)
        assert instance.get_dynamic_partitions("lanes") == []


def test_a_partition_added_by_hand_leaves_when_it_is_no_lane_twice_and_nothing_was_made_for_it() -> None:
    studio = FakeStudio(registered=[lane_info("a@main")])
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("lanes", ["a@main", "a@mian", "other@main"])
        instance.report_runless_asset_event(dg.AssetMaterialization("script", partition="other@main"))
        first = tick(studio, instance)
        assert isinstance(first, dg.SensorResult)
        assert set(instance.get_dynamic_partitions("lanes")) == {"a@main", "a@mian", "other@main"}
        tick(studio, instance, first.cursor)
        assert set(instance.get_dynamic_partitions("lanes")) == {"a@main", "other@main"}
