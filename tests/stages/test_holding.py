"""What a person holds, and writers and illustrators who come by: pins and locks last, and a key image follows its entry."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from aiuteur.craft.screenplay import compose
from aiuteur.craft.world import Key, World
from aiuteur.film.commands import Edit, Lock, Move, Pin, Remake
from aiuteur.film.crew import Role
from aiuteur.film.screenplay import Script
from aiuteur.film.story import Treatment, TreatmentVariant
from aiuteur.media.storage import Storage
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Made, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import versions
from aiuteur.registry.database import Registry
from aiuteur.registry.naming import resolve
from aiuteur.registry.versions import Draft
from aiuteur.stages.graph import STAGES
from aiuteur.stages.run import StageReport, run_stage
from aiuteur.stages.work import Bench
from tests.fakes import Scripted
from tests.registry.builders import LANE, begun, command, put
from tests.registry.filmed import lane, written

BEATS = ("Ada rows out at dusk.", "Nobody waves at her.", "The river takes the ferry.")
CAST = ("Ada", "Tom")


class Room:
    """A registry, media and a crew that answers from what it is told to say."""

    def __init__(self, registry: Registry, folder: Path) -> None:
        self.registry, self.storage = registry, Storage.open(str(folder))
        self.says: dict[str, Any] = {}
        self.writer = Scripted(lambda request: Reply(content=self.says[request.task], cost_usd=0.0))
        self.illustrator = Scripted(self._draw)

    def run(self, stage: str) -> StageReport:
        with self.registry.transaction() as session:
            world = versions.world(session, LANE)
        cast = Cast.of({Role.WRITER: self.writer, Role.ILLUSTRATOR: self.illustrator}, 4)
        crew = Crew(self.registry, self.storage, cast, LANE, worker="test")
        return asyncio.run(run_stage(STAGES[stage], Bench(world, crew, self.storage), self.registry))

    def _draw(self, request: Request) -> Reply:
        shade = hashlib.sha256(str(request.payload).encode()).digest()[:3]
        png = cv2.imencode(".png", np.full((640, 640, 3), list(shade), np.uint8))[1].tobytes()
        return Reply(media=(Made("picture", png, "image/png", width=640, height=640),), cost_usd=0.0)


@pytest.fixture
def room(registry: Registry, tmp_path: Path) -> Room:
    begun(registry)
    made = Room(registry, tmp_path)
    variants = tuple(TreatmentVariant(angle=angle, logline="…", prose="…", passages=()) for angle in ("plain", "bold"))
    put(registry, Draft(Key("treatment"), Treatment(variants=variants), {}))
    put(registry, Draft(Key("script"), compose("The Ferry", None, [written("s1", "1", "Ada rows.")]), {}))
    return made


def _beats(*texts: str) -> dict[str, Any]:
    return {"beats": [{"text": text, "turn": "rising", "emotion": "calm", "passages": [], "seconds": 4} for text in texts]}


def _entries(*names: str) -> dict[str, Any]:
    style = {"kind": "style", "name": "plain"}
    return {"entries": [*({"kind": "character", "name": name} for name in names), style]}


def _texts(world: World) -> list[str]:
    return [str(world.items[Key("beats", item)].noun.document()["text"]) for item in world.order("beats")]


@pytest.mark.parametrize("hold", [Pin, Lock])
def test_a_list_made_anew_keeps_what_is_held_where_it_was(room: Room, hold: type[Pin | Lock]) -> None:
    room.says["beats"] = _beats(*BEATS)
    room.run("beats")
    held = resolve(lane(room.registry), LANE, "beat:2")
    command(room.registry, hold(items=("beat:2",)))
    command(room.registry, Edit(item="treatment", changes={"selected": 1}))
    room.says["beats"] = _beats("A quay at night.", "The river takes the ferry.")
    room.run("beats")
    world = lane(room.registry)
    assert _texts(world) == [BEATS[1], "A quay at night.", "The river takes the ferry."]
    assert resolve(world, LANE, "beat:1") == held


def test_a_list_whose_order_is_held_keeps_all_that_is_in_it_and_is_not_written_again_and_again(room: Room) -> None:
    room.says["beats"] = _beats(*BEATS)
    room.run("beats")
    command(room.registry, Move(item="beat:3", after="beat:1"))
    command(room.registry, Edit(item="treatment", changes={"selected": 1}))
    room.says["beats"] = _beats("A quay at night.")
    room.run("beats")
    world = lane(room.registry)
    assert len(world.order("beats")) == len(BEATS) == len(_texts(world))
    assert resolve(world, LANE, "beat:2").item == world.order("beats")[1]
    assert room.run("beats").made == 0


@pytest.mark.parametrize(("held", "kept", "fewer"), [
    pytest.param("scene:2", 2, True, id="a breakdown"), pytest.param("order/scenes", 2, True, id="the order"),
    pytest.param("script", 2, True, id="the script"), pytest.param("script", 2, False, id="the script, when there would be more"),
    pytest.param("scene:1", 1, True, id="another breakdown"),
])
def test_a_script_written_anew_and_the_order_of_its_scenes_stay_together(
    room: Room, held: str, kept: int, fewer: bool,
) -> None:
    room.says["beats"] = _beats(*BEATS)
    room.run("beats")
    scene = {"slug": {"int_ext": "EXT.", "place": "QUAY"}, "elements": [{"kind": "action", "text": "Fog."}], "seconds": 5}
    other = {"slug": {"int_ext": "INT.", "place": "HUT"}, "elements": [{"kind": "action", "text": "A stove hums."}], "seconds": 5}
    third = {"slug": {"int_ext": "EXT.", "place": "SEA"}, "elements": [{"kind": "action", "text": "Gulls cry."}], "seconds": 5}
    room.says["script"] = {"title": "The Ferry", "author": None, "scenes": [scene, other]}
    room.run("script")
    first, second = lane(room.registry).order("scenes")
    room.says["breakdown"] = {
        "location_id": None, "cast": [], "props": [], "time_of_day": "day", "weather": "clear", "mood": "calm", "excerpt": "",
        "end_state": "",
    }
    put(room.registry, Draft(Key("order", "bible"), lane(room.registry).items[Key("order", "scenes")].noun.model_copy(
        update={"ids": ()}), {}))
    room.run("scenes")
    command(room.registry, Lock(items=(held,)))
    command(room.registry, Edit(item="beat:1", changes={"text": "Ada sleeps."}))
    room.says["script"] = {"title": "The Ferry", "author": None, "scenes": [scene] if fewer else [scene, third, other]}
    room.run("script")
    world = lane(room.registry)
    noun = world.items[Key("script")].noun
    assert isinstance(noun, Script)
    assert world.order("scenes") == (first, second)[:kept]
    assert [(one.number, str(one.slug)) for one in noun.scenes] == [("1", "EXT. QUAY"), ("2", "INT. HUT")][:kept]
    assert room.run("script").made == 0


def test_a_changed_wardrobe_repaints_one_picture_and_asks_no_writer(room: Room) -> None:
    room.says["bible"] = _entries(*CAST)
    room.run("bible")
    assert (len(room.writer.asked), len(room.illustrator.asked)) == (1, 3)
    command(room.registry, Edit(item="bible:ada", changes={"wardrobe.headwear": "cap"}))
    before = lane(room.registry).items
    report = room.run("bible")
    world = lane(room.registry)
    ada = resolve(world, LANE, "bible:ada").item
    assert (report.made, len(room.writer.asked), len(room.illustrator.asked)) == (1, 1, 4)
    changed = {key for key, found in world.items.items() if before[key].version_id != found.version_id}
    assert changed == {Key("bible", f"{ada}/image")}
    assert room.run("bible").made == 0
    command(room.registry, Edit(item="bible:ada", changes={"voice.pitch": 40}))
    assert room.run("bible").made == 0


def test_a_pinned_picture_waits_and_gets_a_proposal_when_asked_for(room: Room) -> None:
    room.says["bible"] = _entries(*CAST)
    room.run("bible")
    command(room.registry, Pin(items=("image:ada",)))
    command(room.registry, Edit(item="bible:ada", changes={"wardrobe.headwear": "cap"}))
    assert room.run("bible").made == 0
    command(room.registry, Remake(items=("image:ada",)))
    room.run("bible")
    world = lane(room.registry)
    image = resolve(world, LANE, "image:ada")
    assert (world.items[image].n, world.remakes) == (1, {})
    with room.registry.transaction() as session:
        assert [row.n for row in versions.history(session, LANE, image)] == [2, 1]


def test_who_leaves_the_bible_takes_their_picture_along(room: Room) -> None:
    room.says["bible"] = _entries(*CAST)
    room.run("bible")
    command(room.registry, Edit(item="script:1", changes={"text": "Ada rows alone."}))
    room.says["bible"] = _entries("Ada")
    room.run("bible")
    world = lane(room.registry)
    assert sorted(str(found.noun.document()["name"]) for found in world.of("bible").values()) == ["Ada", "Ada", "plain", "plain"]
