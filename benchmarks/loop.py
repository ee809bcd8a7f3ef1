"""The loop of takes on a real registry: sixty shots, each take accepted by the toss of a coin.

Belongs here: counting calls. Does not belong here: gates and schedules (`benchmarks.dailies`).
"""

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import update

from aiuteur.digest import Json
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.dailies import Dimension, Overall, Rating, Verdict
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Made, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import versions
from aiuteur.registry.tables import Project
from aiuteur.stages.graph import STAGES
from aiuteur.stages.run import run_stage
from aiuteur.stages.work import Bench
from benchmarks.calls import AT_ONCE, LANE, SHOTS, png, shots, studio
from benchmarks.table import Found, group

_TRIES: Final = 8


@dataclass
class _Counted:
    """A maker that keeps the key of every call, in order."""

    name: str
    answer: Callable[[Request], Reply]
    asked: list[Request] = field(default_factory=list[Request])

    @property
    def card(self) -> ModelCard:
        """Who it is."""
        return ModelCard("benchmark", "coin", self.name, replayable=True)

    async def make(self, request: Request) -> Reply:
        """Answer, after letting the others go on."""
        self.asked.append(request)
        await asyncio.sleep(0.001)
        return self.answer(request)


@group("loop", f"The frames of {SHOTS} shots, each take accepted with even chance, {_TRIES} attempts; then the same run again.")
def loop() -> Iterator[Found]:
    """Whether it comes to an end, and what it asked for that it need not have."""
    with studio("loop") as (registry, storage):
        shots(registry)
        with registry.transaction() as session:
            session.execute(update(Project).values(settings={"standards": {"frames": _TRIES, "stop_below": 0.0}}))
        easel, judge = _Counted("easel", _drawn), _Counted("judge", _tossed)

        def run() -> int:
            with registry.transaction() as session:
                world = versions.world(session, LANE)
            cast = Cast.of({Role.ILLUSTRATOR: easel, Role.JUDGE: judge}, AT_ONCE)
            crew = Crew(registry, storage, cast, LANE, worker="benchmark")
            report = asyncio.run(run_stage(STAGES["frames"], Bench(world, crew, storage), registry))
            found = [item.noun for item in report.world.of("dailies").values() if isinstance(item.noun, Verdict)]
            return sum(verdict.overall is Overall.ACCEPT for verdict in found)

        accepted, calls = run(), len(easel.asked)
        run()
        again = len(easel.asked) - calls
    yield Found("shots with an accepted take", accepted, "", SHOTS - 2, least=True)
    yield Found("calls after acceptance", _late(easel.asked), "", 0)
    yield Found("calls made twice", _twice(easel) + _twice(judge), "", 0)
    yield Found("calls of the same run again", again, "", 0)
    yield Found("calls a shot", calls / SHOTS, "")


def _drawn(request: Request) -> Reply:
    data = png() + str((request.payload, request.seed)).encode()
    return Reply(media=(Made("picture", data, "image/png", 64, 64),), cost_usd=0.0)


def _heads(data: bytes) -> bool:
    return hashlib.sha256(data).digest()[0] % 2 == 0


def _tossed(request: Request) -> Reply:
    rating = Rating.PASS if _heads(request.references[0].data) else Rating.FAIL
    ratings: list[Json] = [{"dimension": one.value, "rating": rating.value, "weight": 0.2} for one in Dimension]
    return Reply(content={"ratings": ratings}, cost_usd=0.0)


def _late(asked: list[Request]) -> int:
    """Calls for a shot one of whose takes before was accepted already."""
    done, late = defaultdict[str, bool](bool), 0
    for request in asked:
        shot = str(request.payload)
        late += done[shot]
        done[shot] |= _heads(_drawn(request).media[0].data)
    return late


def _twice(maker: _Counted) -> int:
    return sum(count - 1 for count in Counter(request.key(maker.card, 1) for request in maker.asked).values())
