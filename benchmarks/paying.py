"""What paying costs beside the paying: the ledger's share of a call, a film's wait for its makers, the use of a limit, races.

Belongs here: paid calls that all succeed, and how long they take. Does not belong here: what dies or fails (`chaos`).
"""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Final

from aiuteur.craft.world import Key
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.formats import FPS
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models import catalogue
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Ended, Made, Pending, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry.states import OPEN
from aiuteur.settings import Settings
from benchmarks.counter import Shop, by_key, shop, twice
from benchmarks.spender import CLIP, PICTURE, request
from benchmarks.table import Found, group

CALLS: Final = 60
SHOTS: Final = 60
FRAME_SECONDS, CLIP_SECONDS = 0.5, 3.0
RATE: Final = 5
PROCESSES: Final = 4
LIMITED: Final = int(os.environ.get("AIUTEUR_LIMITED", "150"))
KEYS: Final = int(os.environ.get("AIUTEUR_KEYS", "500"))
STALL: Final = float(os.environ.get("AIUTEUR_STALL", "60"))
_WORKERS: Final = 8


@dataclass(slots=True)
class Sleeping:
    """An illustrator that costs money and half a second, or a cinematographer whose operation takes three."""

    card: ModelCard
    made: Made
    seconds: float
    begun: dict[str, float] = field(default_factory=dict[str, float])

    async def make(self, request: Request) -> Reply:
        """Wait, and answer."""
        del request
        await asyncio.sleep(self.seconds)
        return Reply(media=(self.made,), cost_usd=0.03)


@dataclass(slots=True)
class Filming(Sleeping):
    """The same for long calls."""

    async def submit(self, request: Request, intent: str) -> str:
        """Begin."""
        del request
        self.begun[intent] = time.monotonic()
        return intent

    async def poll(self, operation: str) -> Pending | Reply | Ended:
        """Whether it has taken long enough."""
        if time.monotonic() - self.begun[operation] < self.seconds:
            return Pending()
        return Reply(media=(self.made,), cost_usd=0.7, operation=operation)

    async def cancel(self, operation: str) -> bool:
        """Never."""
        del operation
        return False

    async def find(self, intent: str) -> str | None:
        """Whether it was begun."""
        return intent if intent in self.begun else None


@group("spending", f"{CALLS} pictures from the services, one after the other: bare, and through crew and ledger.")
def spending() -> Iterator[Found]:
    """What crew, ledger and store add to a call of the official client."""
    with shop("spending") as place:
        settings = Settings.model_validate(place.settings())
        provider, _, name = PICTURE.partition("/")
        maker = catalogue.engage(provider, name, Role.ILLUSTRATOR, settings)
        crew = Crew(place.registry, Storage.open(place.media), Cast.of({Role.ILLUSTRATOR: maker}, settings=settings),
                    Lane.parse(place.lane("spending")), worker="benchmark")

        async def measured() -> tuple[list[float], list[float]]:
            bare: list[float] = []
            booked: list[float] = []
            for number in range(CALLS):
                started = time.perf_counter()
                await maker.make(request(PICTURE, f"bare{number}"))
                bare.append(time.perf_counter() - started)
                started = time.perf_counter()
                await crew.ask(Role.ILLUSTRATOR, request(PICTURE, f"booked{number}"), Key("frames", f"booked{number}"), {})
                booked.append(time.perf_counter() - started)
            await crew.close()
            return bare, booked

        bare, booked = asyncio.run(measured())
    yield Found("a call of the bare client", 1000 * median(bare), "ms")
    yield Found("crew and ledger beside it", 1000 * (median(booked) - median(bare)), "ms", 15)


@group("throughput", f"{SHOTS} shots: frames of {FRAME_SECONDS:g} s, clips of {CLIP_SECONDS:g} s, 16 and 8 at once.")
def throughput() -> Iterator[Found]:
    """Wall time over the critical path."""
    with shop("throughput") as place:
        for at_once in (16, 8):
            took = asyncio.run(_filmed(place, at_once))
            ideal = -(-SHOTS // at_once) * (FRAME_SECONDS + CLIP_SECONDS)
            yield Found(f"wall / critical path, {at_once} at once", took / ideal, "×", 1.10)


async def _filmed(place: Shop, at_once: int) -> float:
    """All frames, then all clips, as a film asks for them."""
    picture, video = Made("picture", _png(), "image/png", 64, 64), Made("video", _mp4(), "video/mp4", 64, 64, 1.0)
    frames = Sleeping(ModelCard("benchmark", "sync", "half-a-second"), picture, FRAME_SECONDS)
    clips = Filming(ModelCard("benchmark", "long", "three-seconds"), video, CLIP_SECONDS)
    cast = Cast.of({Role.ILLUSTRATOR: frames, Role.CINEMATOGRAPHER: clips}, at_once)
    crew = Crew(place.registry, Storage.open(place.media), cast, Lane.parse(place.lane(f"film-{at_once}")), worker="benchmark")
    started = time.monotonic()
    for role, artifact, task in ((Role.ILLUSTRATOR, "frames", "frame"), (Role.CINEMATOGRAPHER, "clips", "clip")):
        await asyncio.gather(*(
            crew.ask(role, Request(task, {"width": 64, "height": 64, "shot": number}, prompt=f"{at_once}/{number}"),
                     Key(artifact, f"s{number}"), {})
            for number in range(SHOTS)
        ))
    took = time.monotonic() - started
    await crew.close()
    return took


def _png() -> bytes:
    import cv2
    import numpy as np

    return cv2.imencode(".png", np.full((64, 64, 3), 128, np.uint8))[1].tobytes()


def _mp4() -> bytes:
    import numpy as np

    from aiuteur.media.encode import House, encode

    return encode((np.full((64, 64, 3), 128, np.uint8) for _ in range(FPS)), House(64, 64))


@group("limits", f"{LIMITED} pictures by {PROCESSES} processes under {RATE} calls a second.")
def limited() -> Iterator[Found]:
    """How often the services had to say no, and how much of the limit was used."""
    with shop("limits", limit=RATE) as place:
        lane = place.lane("limits")
        given = place.settings(limits={"openai": {"per_second": RATE}})
        shares = [[f"l{number}" for number in range(LIMITED) if number % PROCESSES == share] for share in range(PROCESSES)]
        spenders = [
            place.start(place.job(lane, keys, PICTURE, f"w{at}", locked=False, settings=given, at_once=32))
            for at, keys in enumerate(shares)
        ]
        for spender in spenders:
            spender.join()
        posts = [post["at"] for post in place.services.posts("images")]
        refused = sum(1 for row in place.booked() if "429" in row.error)
        taken = len(place.services.bill().lines)
    used = (taken - 1) / ((max(posts) - min(posts)) * RATE)
    yield Found("calls over the limit, as the services count", refused, "", 0)
    yield Found("of the limit used", used, "", 0.95, least=True)
    yield Found("calls answered", taken, "", LIMITED, least=True)


@group("race", f"Two processes ask for the same {KEYS} keys; eight, of which two are stopped for {STALL:g} s, for the same ones.")
def race() -> Iterator[Found]:
    """Calls beyond one for each key."""
    with shop("race", pace={"clip": 0.3}) as place:
        keys = [f"r{number}" for number in range(KEYS)]
        lane = place.lane("race")
        for spender in [place.start(place.job(lane, keys, PICTURE, f"w{at}", locked=False)) for at in range(2)]:
            spender.join()
        lines = [line for line in place.services.bill().lines if not line["intent"]]
        yield Found("calls, two processes", len(lines), "", KEYS)
        yield Found("keys answered", sum(row.state == "COMPLETED" for row in place.booked()), "", KEYS, least=True)
        yield from _stalled(place)


def _stalled(place: Shop) -> Iterator[Found]:
    """Eight workers after the same clips; two are stopped in the midst, longer than their leases, and go on."""
    lane, keys = place.lane("stalled"), [f"s{number}" for number in range(max(8, KEYS // 12))]
    grace = STALL + 15.0  # as the real ones do, it outlasts whoever is held up between his last look at the clock and the line
    spenders = [place.start(place.job(lane, keys, CLIP, f"e{at}", locked=False, grace=grace)) for at in range(_WORKERS)]
    time.sleep(3.0)
    stopped = [spender.pid for spender in spenders[:2] if spender.pid is not None and spender.is_alive()]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(STALL)
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)
    for spender in spenders:
        spender.join()
    rows = [row for row in place.booked() if row.long]
    yield Found("workers stopped", len(stopped), "")
    yield Found("clips accepted twice", twice(place, rows), "", 0)
    yield Found("clips not answered", sum(not any(row.state == "COMPLETED" for row in of) for of in by_key(rows).values()), "", 0)
    yield Found("left open", sum(row.state in OPEN for row in rows), "", 0)
    known = sum((row.cost for row in rows if row.cost is not None), Decimal(0))
    billed = sum((Decimal(line["usd"]) for line in place.services.bill().lines if line["intent"]), Decimal(0))
    yield Found("bill beyond known costs", float(abs(billed - known)), "$", 0)
