"""A script that comes over from another branch, and the order of its scenes, which goes with it."""

from collections.abc import Sequence
from typing import Any

import pytest

from aiuteur.craft.world import Key
from aiuteur.errors import Refused
from aiuteur.film.commands import Command, Delete, Edit, Fork, Insert, Lock, Merge, Move, Unlock
from aiuteur.film.screenplay import Script
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.events import events
from tests.registry.builders import LANE, command
from tests.registry.filmed import filmed, lane

SIDE = Lane(LANE.project, "side")
HUT = Insert(what="scene", after="scene:1", content={"slug": "INT. HUT - NIGHT", "text": "Ada dries her hair."})
LOCKED = "it has other scenes, and their order is locked here"


@pytest.fixture
def film(registry: Registry) -> Registry:
    """A film of two scenes, and a branch of it."""
    filmed(registry)
    command(registry, Fork(branch="side"))
    return registry


def took(registry: Registry, *names: str) -> dict[str, list[Any]]:
    """What a merge from the branch says it took and left."""
    answer: Any = command(registry, Merge(source="side", take=names)).answer
    return {told: [one["item"] for one in answer[told]] for told in ("taken", "left")}


def scenes(registry: Registry) -> tuple[Sequence[str], Sequence[str]]:
    """The places of the scenes as the script has them, and as their order has them."""
    world = lane(registry)
    script = world.items[Key("script")].noun
    assert isinstance(script, Script)
    places = {scene.id: f"{scene.slug.place} {scene.number}" for scene in script.scenes}
    return [*places.values()], [places[item] for item in world.order("scenes")]


@pytest.mark.parametrize(
    ("there", "shown"),
    [(Delete(items=("scene:2",)), ["RIVER 1"]), (HUT, ["RIVER 1", "HUT 1.1", "RIVER 2"])], ids=["delete", "insert"],
)
def test_a_script_that_is_taken_brings_the_order_of_scenes_into_line(film: Registry, there: Command, shown: list[str]) -> None:
    command(film, there, lane=SIDE)
    assert took(film, "script") == {"taken": ["script", "order/scenes"], "left": []}
    assert scenes(film) == (shown, shown)
    with film.transaction() as session:
        told = next(event for event in reversed(events(session, LANE)) if event.kind == "merged")
    assert told.payload["made"] == ["script", "order/scenes"]
    assert not lane(film).items[Key("order", "scenes")].pinned


def test_what_was_moved_here_stays_where_it_is_beside_a_script_that_is_taken(film: Registry) -> None:
    command(film, HUT, lane=SIDE)
    command(film, Move(item="scene:2", after=None))
    took(film, "script")
    assert scenes(film) == (["RIVER 1", "HUT 1.1", "RIVER 2"], ["RIVER 2", "RIVER 1", "HUT 1.1"])


def test_what_is_moved_there_still_comes_over_after_the_script_did(film: Registry) -> None:
    command(film, HUT, lane=SIDE)
    took(film, "script")
    command(film, Move(item="scene:2", after=None), lane=SIDE)
    took(film)
    assert scenes(film)[1] == ["RIVER 2", "RIVER 1", "HUT 1.1"]


def test_no_script_with_other_scenes_comes_over_where_their_order_is_locked(film: Registry) -> None:
    command(film, HUT, lane=SIDE)
    command(film, Edit(item="beat:1", changes={"text": "Ada flies."}), lane=SIDE)
    command(film, Lock(items=("order/scenes",)))
    with pytest.raises(Refused, match=rf"script: {LOCKED}.*unlock ferry@main order/scenes.*Nothing was merged"):
        took(film, "script")
    assert took(film) == {"taken": ["beat:1"], "left": ["script"]}
    assert scenes(film) == (["RIVER 1", "RIVER 2"], ["RIVER 1", "RIVER 2"])
    command(film, Unlock(items=("order/scenes",)))
    assert took(film)["left"] == []
    assert scenes(film)[0] == scenes(film)[1] == ["RIVER 1", "HUT 1.1", "RIVER 2"]


def test_a_script_of_the_same_scenes_comes_over_beside_a_locked_order(film: Registry) -> None:
    command(film, Edit(item="script", changes={"title": "The Ford"}), lane=SIDE)
    command(film, Lock(items=("order/scenes",)))
    assert took(film) == {"taken": ["script"], "left": []}
