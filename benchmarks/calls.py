"""What asking costs beside the asking: a stage that fans out over slow calls, and the ledger that remembers them.

Belongs here: makers that only wait, and the real asset, stage and ledger around them. Does not belong here: whole films
(`benchmarks.film`).
"""

import asyncio
import math
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

import dagster as dg
import numpy as np
from sqlalchemy import event

from aiuteur.craft.world import ORDER, Key
from aiuteur.film.bible import Lighting, Period, PlaceKind, TimeOfDay, Weather
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.shots import CameraAngle, CameraMovement, Cinematography, Order, Shot, ShotSize, ShotType
from aiuteur.film.takes import Motion, Picture, Prompt
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models.animatic.judge import AnimaticJudge
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Made, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import embedded, ledger, projects, versions
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.versions import Draft, Outcome
from aiuteur.stages.graph import STAGES
from aiuteur.stages.run import StageReport, run_stage
from aiuteur.stages.work import Bench
from aiuteur_dagster.definitions import build
from aiuteur_dagster.partitions import LANES
from benchmarks.place import Place
from benchmarks.table import Found, group

SHOTS: Final = 60
SECONDS: Final = 1.0
AT_ONCE: Final = 16
KEYS: Final = 1000
LANE: Final = Lane("benchmark")
_QUIET: Final = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_CARD: Final = ModelCard("benchmark", "sleep", "one", replayable=True)


@dataclass(frozen=True, slots=True)
class Slow:
    """An illustrator that takes a second for a small picture."""

    picture: bytes
    card: ModelCard = _CARD

    async def make(self, request: Request) -> Reply:
        """Wait, and answer."""
        del request
        await asyncio.sleep(SECONDS)
        return Reply(media=(Made("picture", self.picture, "image/png", width=64, height=64),), cost_usd=0.0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A studio of which only the illustrator is not the real thing."""

    registry: Registry
    storage: Storage
    picture: bytes

    def run(self, stage: str, lane: Lane, *, spend: bool = True, anew: bool = False) -> StageReport:
        """Run a stage as the studio does, with the slow illustrator."""
        del spend, anew
        with self.registry.transaction() as session:
            world = versions.world(session, lane)
        cast = Cast.of({Role.ILLUSTRATOR: Slow(self.picture), Role.JUDGE: AnimaticJudge()}, AT_ONCE)
        crew = Crew(self.registry, self.storage, cast, lane, worker="benchmark")
        return asyncio.run(run_stage(STAGES[stage], Bench(world, crew, self.storage), self.registry))

    def media(self, ref: MediaRef) -> bytes:
        """Stored bytes, for the contact sheet."""
        return self.storage.get(ref.sha256)


@group("fan-out", f"The asset `frames` over {SHOTS} shots whose pictures take {SECONDS:g} s each, {AT_ONCE} at once.")
def fan_out() -> Iterator[Found]:
    """The asset's time against the ideal."""
    with studio("fan-out") as (registry, storage):
        shots(registry)
        defs = build(resources={"studio": Waiting(registry, storage, png())})
        asset = next(each for each in defs.assets or [] if isinstance(each, dg.AssetsDefinition) and each.key.path == ["frames"])
        with dg.DagsterInstance.ephemeral() as instance:
            instance.add_dynamic_partitions(LANES, [str(LANE)])
            started = time.monotonic()
            result = dg.materialize(
                [asset], instance=instance, partition_key=str(LANE), resources=defs.resources, run_config=_QUIET
            )
            took = time.monotonic() - started
        if not result.success:
            message = "The asset failed."
            raise RuntimeError(message)
    ideal = math.ceil(SHOTS / AT_ONCE) * SECONDS
    yield Found("asset time / ideal", took / ideal, "×", 1.15)
    yield Found("asset time", took, "s")


@group("ledger", f"Looking up {KEYS:,} request keys, half of them known.")
def look_up() -> Iterator[Found]:
    """Queries and time of the look-up, the median of nine."""
    with studio("ledger") as (registry, _):
        keys = [f"{n:064x}" for n in range(KEYS)]
        _book(registry, keys[::2])
        asked: list[str] = []
        event.listen(registry.engine, "before_cursor_execute", lambda *call: asked.append(str(call[2])))
        took = [_looked_up(registry, keys, asked) for _ in range(9)]
    yield Found("queries", max(queries for _, queries in took), "", 1)
    yield Found("time", 1000 * median(seconds for seconds, _ in took), "ms", 30)


def _looked_up(registry: Registry, keys: list[str], asked: list[str]) -> tuple[float, int]:
    with registry.transaction() as session:
        session.connection()
        asked.clear()
        started = time.perf_counter()
        found = ledger.lookup(session, keys)
        took = time.perf_counter() - started
        queries = len(asked)
    if len(found) != KEYS // 2:
        message = f"The ledger found {len(found)} of {KEYS // 2} keys."
        raise RuntimeError(message)
    return took, queries


@contextmanager
def studio(name: str) -> Generator[tuple[Registry, Storage]]:
    """A fresh database with one project in it, and an empty store."""
    place = Place(name)
    place.fresh()
    home = place.folder / "home"
    url = embedded.start(home)
    prepare(url)
    registry = Registry.connect(url, local_user(url))
    try:
        with registry.transaction() as session:
            story = Narrative(title="Waiting", text="They waited.", format=SourceFormat.PROSE)
            projects.create_project(session, LANE, story, Brief(length_seconds=300))
        yield registry, Storage.open(str(home / "media"))
    finally:
        registry.close()
        place.leave()


def shots(registry: Registry) -> None:
    """One scene of so many shots with their prompts, as the stages before would have left them."""
    ids = [f"shot{n:08d}" for n in range(SHOTS)]
    drafts = [_draft(Key(ORDER, "scenes"), Order(ids=("scene",))), _draft(Key(ORDER, "scene"), Order(ids=tuple(ids)))]
    for at, item in enumerate(ids):
        drafts += [_draft(Key("shot_list", item), _shot(item, at)), _draft(Key("prompts", item), _prompt(at))]
    with registry.transaction() as session:
        versions.record(session, LANE, Outcome(drafts=drafts))


def _draft(key: Key, noun: Noun) -> Draft:
    return Draft(key, noun, {})


def _shot(item: str, at: int) -> Shot:
    how = Cinematography(shot_type=ShotType.MASTER, size=ShotSize.WIDE)
    label, action = f"1.{at}", "They wait."
    return Shot(id=item, scene_id="scene", label=label, cinematography=how, lighting=Lighting(), action=action, duration=5)


def _prompt(at: int) -> Prompt:
    picture = Picture(
        width=64, height=64, place=PlaceKind.ROOM, place_name="A room", interior=True, period=Period.CONTEMPORARY,
        time_of_day=TimeOfDay.DAY, weather=Weather.CLEAR, mood="calm", lighting=Lighting(), shot_type=ShotType.MASTER,
        size=ShotSize.WIDE, angle=CameraAngle.EYE_LEVEL, lens_mm=35, seed=at,
    )
    motion = Motion(movement=CameraMovement.STATIC, seconds=5, seed=at)
    return Prompt(frame=f"Frame {at}.", picture=picture, video="", motion=motion)


def png() -> bytes:
    """A small picture with something in it, so that it is neither flat nor out of focus."""
    import cv2

    return cv2.imencode(".png", np.random.default_rng(1).integers(40, 220, (64, 64, 3), np.uint8))[1].tobytes()


def _book(registry: Registry, keys: list[str]) -> None:
    """Completed generations under these keys."""
    with registry.transaction() as session:
        for key in keys:
            booked = ledger.reserve(
                session, LANE, key=Key("beats", key[-8:]), request_key=key, card=_CARD, role=Role.WRITER, task="beats",
                request={}, basis_digest=key, attempt=1, price_usd=Decimal(0), worker="benchmark",
            )
            ledger.settle(session, ledger.Completion(booked.generation_id, content={"text": "x" * 400}))
