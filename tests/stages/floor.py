"""A small film up to its prompts, an illustrator who draws one picture, and a cinematographer who is asked for faults."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from aiuteur.craft.world import ORDER, Key, World
from aiuteur.film.bible import Lighting, Period, PlaceKind, TimeOfDay, Weather
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.shots import (
    CameraAngle,
    CameraMovement,
    Cinematography,
    Order,
    Scene,
    Shot,
    ShotSize,
    ShotType,
)
from aiuteur.film.takes import Motion, Picture, Prompt
from aiuteur.media.storage import Storage
from aiuteur.models.animatic.judge import AnimaticJudge
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Made, Maker, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import versions
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft
from aiuteur.stages import clips, dailies, frames
from aiuteur.stages.run import StageReport, run_stage
from aiuteur.stages.work import Bench, Stage
from benchmarks import faults, looks
from tests.registry.builders import LANE, begun, put

SIZE = (256, 144)
SECONDS = 1.0
PICTURE = Picture(
    width=SIZE[0], height=SIZE[1], place=PlaceKind.STREET, place_name="the quay", interior=False, period=Period.CONTEMPORARY,
    time_of_day=TimeOfDay.DAY, weather=Weather.CLEAR, mood="calm", lighting=Lighting(), shot_type=ShotType.SINGLE,
    size=ShotSize.MEDIUM, angle=CameraAngle.EYE_LEVEL, lens_mm=35, seed=5,
)
STAGES: dict[str, Stage] = {"frames": frames, "clips": clips, "dailies": dailies}


@cache
def clean() -> looks.Take:
    """What every clip shows when nothing is wrong with it."""
    return looks.take(4, path="track", size=SIZE, seconds=SECONDS)


@cache
def faulty(kind: str) -> bytes:
    """The same clip with a gross fault; `` for none."""
    return faults.VIDEO[kind](clean(), 2, np.random.default_rng(1)) if kind else clean().encoded()


def marked(request: Request) -> bytes:
    """An empty box of a media file that tells takes of other seeds apart, and changes nothing that is seen."""
    return b"\x00\x00\x00\x10free" + (request.seed or 0).to_bytes(8, "big")


def prompt(seed: int) -> Prompt:
    motion = Motion(movement=CameraMovement.TRACK_LEFT, seconds=SECONDS, seed=seed)
    return Prompt(frame="Ada rows out.", picture=PICTURE, video="Ada rows out, slowly.", motion=motion)


def filmed(registry: Registry, shots: int = 2) -> None:
    """A lane with one scene of so many shots, each with its prompts."""
    begun(registry)
    ids = tuple(f"x{n}" for n in range(1, shots + 1))
    camera = Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.MEDIUM)
    scene = Scene(id="s1", number="1", slug="EXT. QUAY - DAY", location_id=None, cast=(), time_of_day=TimeOfDay.DAY, mood="calm",
                  excerpt="", end_state="")
    listed = [Shot(id=item, scene_id="s1", label=f"1{n}", cinematography=camera, lighting=Lighting(), action="Ada rows.",
                   duration=SECONDS) for n, item in enumerate(ids)]
    put(
        registry, Draft(Key(ORDER, "scenes"), Order(ids=("s1",)), {}), Draft(Key("scenes", "s1"), scene, {}),
        Draft(Key(ORDER, "s1"), Order(ids=ids), {}), *(Draft(Key("shot_list", shot.id), shot, {}) for shot in listed),
        *(Draft(Key("prompts", item), prompt(n), {}) for n, item in enumerate(ids)),
    )


@dataclass
class Player:
    """A maker that answers by a function and remembers what it was asked, and how often."""

    answer: Callable[[Request], Reply]
    card: ModelCard
    asked: list[Request] = field(default_factory=list[Request])

    async def make(self, request: Request) -> Reply:
        self.asked.append(request)
        await asyncio.sleep(0)
        return self.answer(request)


def illustrator(*faults_in_turn: str) -> Player:
    """Draws the clip's first frame; black pictures for as many first takes as are named."""
    player = Player(lambda _: Reply(), ModelCard("easel", "test", "one", replayable=True))

    def answer(request: Request) -> Reply:
        fault = faults_in_turn[len(player.asked) - 1] if len(player.asked) <= len(faults_in_turn) else ""
        shown = looks.png(np.zeros((SIZE[1], SIZE[0], 3), np.uint8)) if fault else clean().start or b""
        return Reply(media=(Made("picture", shown + marked(request), "image/png", *SIZE),), cost_usd=0.0)

    player.answer = answer
    return player


def cinematographer(faults_by_shot: Mapping[int, list[str]] | None = None, *, replayable: bool = True) -> Player:
    """Films the clean clip; for a shot (by the seed of its motion) first the takes with the faults named, one after the other."""
    left = {seed: list(kinds) for seed, kinds in (faults_by_shot or {}).items()}

    def answer(request: Request) -> Reply:
        motion = request.payload["motion"]
        waiting = left.get(int(str(motion["seed"])) if isinstance(motion, dict) else -1, [])
        data = faulty(waiting.pop(0) if waiting else "") + marked(request)
        return Reply(media=(Made("video", data, "video/mp4", *SIZE, seconds=SECONDS),), cost_usd=0.0)

    return Player(answer, ModelCard("camera", "test", "one", replayable=replayable))


def crew(registry: Registry, home: Path, makers: Mapping[Role, Maker]) -> Crew:
    return Crew(registry, Storage.open(str(home)), Cast.of(makers), LANE, worker="test")


def run(
    registry: Registry, home: Path, stage: str, camera: Maker | None = None, *, easel: Maker | None = None,
    judge: Maker | None = None,
) -> StageReport:
    """Run one stage with these makers."""
    makers: dict[Role, Maker] = {
        Role.ILLUSTRATOR: easel or illustrator(), Role.CINEMATOGRAPHER: camera or cinematographer(),
        Role.JUDGE: judge or AnimaticJudge(),
    }
    storage = Storage.open(str(home))
    bench = Bench(world(registry), crew(registry, home, makers), storage)
    return asyncio.run(run_stage(STAGES[stage], bench, registry))


def world(registry: Registry) -> World:
    with registry.transaction() as session:
        return versions.world(session, LANE)
