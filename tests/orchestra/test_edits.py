"""What changed outside Dagster becomes materializations, by real ticks on an ephemeral instance."""

from collections.abc import Generator
from types import SimpleNamespace

import dagster as dg
import pytest

from aiuteur.craft.world import ORDER, Key
from aiuteur.errors import Unavailable
from aiuteur.film.bible import KeyImage
from aiuteur.film.brief import Narrative, SourceFormat
from aiuteur.film.shots import Order
from aiuteur.film.watch import Changed
from aiuteur.lane import Lane
from aiuteur_dagster.sensors import edits
from tests.orchestra.studios import PICTURE, png, some_job, world_of
from tests.orchestra.watches import FakeWatch, said, standing, tick


@pytest.fixture
def instance() -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        opened.add_dynamic_partitions("lanes", ["a@main"])
        yield opened


def changed(name: str, *differing: str, **versions: str) -> Changed:
    return Changed(Lane.parse(name), 9, standing(**versions), differing)


def report(result: dg.SensorResult, instance: dg.DagsterInstance) -> list[tuple[str, str | None, str]]:
    """Do what the daemon does with a tick's events; what they say."""
    events = [event for event in result.asset_events if isinstance(event, dg.AssetMaterialization)]
    for event in events:
        instance.report_runless_asset_event(event)
    return [(event.asset_key.to_user_string(), event.partition, (event.tags or {})["dagster/data_version"]) for event in events]


def test_what_changed_is_materialized_with_its_data_version_and_no_run(instance: dg.DagsterInstance) -> None:
    watch = FakeWatch(changes=[changed("a@main", "script", script="v2", beats="v1")])
    result = tick("edits", watch, instance)
    assert report(result, instance) == [("script", "a@main", "v2")]
    assert not result.run_requests
    assert instance.get_runs_count() == 0
    event = instance.get_latest_materialization_event(dg.AssetKey("script"))
    assert event is not None
    assert event.asset_materialization is not None
    figures = {name: value.value for name, value in event.asset_materialization.metadata.items()}
    assert (figures["version"], figures["made"], figures["cost_usd"]) == (2, 0, 0.0)


def test_what_a_person_gave_is_shown_although_no_run_made_it(instance: dg.DagsterInstance) -> None:
    given = Narrative(title="The Lamp", text="It burned.", format=SourceFormat.PROSE)
    worlds = {"a@main": world_of(Lane.parse("a@main"), {Key("narrative"): given})}
    watch = FakeWatch(changes=[changed("a@main", "narrative", narrative="n1")], worlds=worlds)
    result = tick("edits", watch, instance)
    assert said(result) == "a@main: narrative changed outside Dagster."
    report(result, instance)
    event = instance.get_latest_materialization_event(dg.AssetKey("narrative"))
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.metadata["look"].value == "# The Lamp\n\nIt burned."


@pytest.mark.parametrize(("picture", "shows"), [(png(), True), (None, False)], ids=["stored", "lost"])
def test_pictures_that_a_branch_inherited_are_shown_where_they_are_stored(
    picture: bytes | None, shows: bool, instance: dg.DagsterInstance,
) -> None:
    keyed = KeyImage(entry_id="c1", name="Ida", picture=PICTURE)
    nouns = {Key(ORDER, "bible"): Order(ids=("c1",)), Key("bible", "c1/image"): keyed}
    worlds = {"a@main": world_of(Lane.parse("a@main"), nouns)}
    watch = FakeWatch(changes=[changed("a@main", "bible", bible="b1")], worlds=worlds, picture=picture)
    (event,) = tick("edits", watch, instance).asset_events
    assert ("data:image/jpeg;base64," in str(event.metadata.get("look"))) is shows


def test_a_picture_that_is_lost_takes_no_words_from_what_else_is_told(instance: dg.DagsterInstance) -> None:
    given = Narrative(title="The Lamp", text="It burned.", format=SourceFormat.PROSE)
    keyed = KeyImage(entry_id="c1", name="Ida", picture=PICTURE)
    nouns = {Key("narrative"): given, Key(ORDER, "bible"): Order(ids=("c1",)), Key("bible", "c1/image"): keyed}
    worlds = {"a@main": world_of(Lane.parse("a@main"), nouns)}
    watch = FakeWatch(changes=[changed("a@main", "narrative", "bible", narrative="n1", bible="b1")], worlds=worlds)
    events = tick("edits", watch, instance).asset_events
    assert {event.asset_key.to_user_string(): "look" in event.metadata for event in events} == {"narrative": True, "bible": False}


def test_a_tick_that_has_taken_long_tells_the_other_lanes_next_time(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"{name}@main" for name in "abc"]
    instance.add_dynamic_partitions("lanes", names)
    now = iter([0.0, 1.0, edits.SECONDS + 1])
    monkeypatch.setattr(edits, "time", SimpleNamespace(monotonic=lambda: next(now)))
    result = tick("edits", FakeWatch(changes=[changed(name, "script", script="v2") for name in names]), instance)
    assert [event.partition for event in result.asset_events if isinstance(event, dg.AssetMaterialization)] == ["a@main"]
    assert result.cursor == "a@main"


def test_a_tick_that_has_taken_long_says_how_many_lanes_it_leaves_to_the_next(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"{name}@main" for name in "abcd"]
    instance.add_dynamic_partitions("lanes", names)
    for name in names:
        told = dg.AssetMaterialization("script", partition=name, tags={"dagster/data_version": "v2"})
        instance.report_runless_asset_event(told)
    now = iter([0.0, 1.0, edits.SECONDS + 1])
    monkeypatch.setattr(edits, "time", SimpleNamespace(monotonic=lambda: next(now)))
    moved = [changed(name, "script", script="v2") for name in (*names, "new@main")]
    result = tick("edits", FakeWatch(changes=moved), instance)
    assert said(result) == (
        "Lanes that moved, and Dagster has what they are now: 1. Left to the next tick, since this one took long: 3. "
        "Until their run has ended or they have a partition, lanes wait: 1."
    )
    assert result.cursor == "a@main"


def test_nothing_is_taken_for_told_before_dagster_has_it(instance: dg.DagsterInstance) -> None:
    watch = FakeWatch(changes=[changed("a@main", "script", script="v2", beats="v1")])
    first = tick("edits", watch, instance)
    again = tick("edits", watch, instance)
    assert len(first.asset_events) == len(again.asset_events) == 1
    assert watch.told == {}
    report(again, instance)
    last = tick("edits", watch, instance)
    assert (list(last.asset_events), watch.told) == ([], {"a@main": {"script": "v2", "beats": "v1"}})


def test_what_a_run_told_is_not_told_again(instance: dg.DagsterInstance) -> None:
    tags = {"dagster/data_version": "v2"}
    instance.report_runless_asset_event(dg.AssetMaterialization("script", partition="a@main", tags=tags))
    watch = FakeWatch(changes=[changed("a@main", "script", script="v2")])
    assert list(tick("edits", watch, instance).asset_events) == []
    assert watch.told == {"a@main": {"script": "v2"}}


def test_a_forked_lane_is_given_what_it_inherits(instance: dg.DagsterInstance) -> None:
    instance.add_dynamic_partitions("lanes", ["a@dark"])
    watch = FakeWatch(changes=[changed("a@dark", "narrative", "script", narrative="n1", script="s1")])
    assert report(tick("edits", watch, instance), instance) == [("narrative", "a@dark", "n1"), ("script", "a@dark", "s1")]
    assert instance.get_runs_count() == 0


def test_a_lane_with_a_run_on_it_waits_until_the_run_has_told(instance: dg.DagsterInstance) -> None:
    run = instance.create_run_for_job(some_job(), tags={"dagster/partition": "a@main"}, status=dg.DagsterRunStatus.STARTED)
    watch = FakeWatch(changes=[changed("a@main", "script", script="v2")])
    result = tick("edits", watch, instance)
    assert (list(result.asset_events), watch.told) == ([], {})
    assert "lanes wait: 1." in said(result)
    instance.report_run_failed(run)
    assert len(tick("edits", watch, instance).asset_events) == 1


def test_a_lane_without_a_partition_waits_for_it(instance: dg.DagsterInstance) -> None:
    watch = FakeWatch(changes=[changed("new@main", "script", script="v1")])
    assert list(tick("edits", watch, instance).asset_events) == []


def test_a_registry_that_cannot_be_read_tells_nothing(instance: dg.DagsterInstance) -> None:
    assert "Gone." in said(tick("edits", FakeWatch(broken=Unavailable("Gone.")), instance))
