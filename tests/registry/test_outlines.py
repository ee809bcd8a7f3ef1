"""Outlines: a lane without its content is planned like the lane itself, and what one fetch has seen the next does not fetch."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from aiuteur.craft.world import Key, World
from aiuteur.errors import NotFound
from aiuteur.film.shots import Shot
from aiuteur.lane import Lane
from aiuteur.registry import remakes, versions
from aiuteur.registry.database import Registry
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.outlines import Outline, Outlines
from aiuteur.registry.tables import Artifact
from aiuteur.registry.versions import Draft, Outcome
from aiuteur.stages.asks import measured
from aiuteur.stages.plan import plan
from benchmarks.lanes import fill

LANE = Lane("ferry")


@pytest.fixture
def lane(registry: Registry) -> Lane:
    fill(registry, LANE, 20)
    return LANE


def fetched(registry: Registry, outlines: Outlines) -> Outline:
    with registry.transaction() as session:
        return outlines.fetch(session, LANE)


def edit(registry: Registry, shot: str, action: str) -> None:
    key = Key("shot_list", shot)
    with registry.transaction() as session:
        found = versions.world(session, LANE).items[key]
        assert isinstance(found.noun, Shot)
        changed = found.noun.model_copy(update={"action": action})
        versions.record(session, LANE, Outcome([Draft(key, changed, found.basis, pin=True)]))


def digests(world: World) -> dict[Key, str]:
    return {key: found.digest for key, found in world.items.items()}


def same_plan(registry: Registry, outlines: Outlines) -> None:
    with registry.transaction() as session:
        world = versions.world(session, LANE)
    outline = fetched(registry, outlines)
    assert plan(outline.world) == plan(world)
    assert digests(outline.world) == digests(world)


def test_an_outline_is_planned_like_the_lane_through_edits_pins_and_asks(registry: Registry, lane: Lane) -> None:
    outlines = Outlines()
    same_plan(registry, outlines)
    edit(registry, "shot000003", "She stops rowing.")
    same_plan(registry, outlines)
    with registry.transaction() as session:
        row = lane_row(session, lane)
        remakes.ask(session, row, [Key("clips", "shot000004")])
        session.query(Artifact).filter(Artifact.kind == "frames", Artifact.item == "shot000003/start").update({"pinned": True})
        versions.record(session, lane, Outcome(gone=[Key("prompts", "shot000005")]))
    same_plan(registry, outlines)


def test_what_was_seen_is_not_fetched_again(registry: Registry, lane: Lane) -> None:
    outlines = Outlines()
    before = fetched(registry, outlines)
    asked: list[str] = []
    event.listen(registry.engine, "before_cursor_execute", lambda *call: asked.append(str(call[2])))
    again = fetched(registry, outlines)
    assert not [sql for sql in asked if "v.fields" in sql]
    assert all(again.world.items[key] is found for key, found in before.world.items.items())
    edit(registry, "shot000003", "She stops.")
    asked.clear()
    later = fetched(registry, outlines)
    assert len([sql for sql in asked if "v.fields" in sql]) == 1
    changed = [key for key, found in later.world.items.items() if before.world.items[key] is not found]
    assert changed == [Key("shot_list", "shot000003")]


def test_texts_are_as_long_as_the_lane_s(registry: Registry, lane: Lane) -> None:
    outline = fetched(registry, Outlines())
    with registry.transaction() as session:
        whole = measured(versions.world(session, lane))
    shot = Key("shot_list", "shot000002")
    assert outline.length(shot) == whole(shot)
    assert outline.length(Key("script")).parts == whole(Key("script")).parts
    assert outline.length(Key("narrative")).bytes == pytest.approx(whole(Key("narrative")).bytes, rel=0.1)
    assert outline.length(Key("clips", "shot000002")).bytes == 0


def test_a_field_that_a_plan_does_not_read_is_not_there(registry: Registry, lane: Lane) -> None:
    noun = fetched(registry, Outlines()).world.items[Key("shot_list", "shot000002")].noun
    assert isinstance(noun, Shot)
    assert noun.duration == 3
    with pytest.raises(AttributeError):
        _ = noun.action


def test_a_lane_that_is_not_there_is_named(registry: Registry, lane: Lane) -> None:
    with registry.transaction() as session, pytest.raises(NotFound, match="ferry has no branch night"):
        Outlines().fetch(session, replace(lane, branch="night"))
