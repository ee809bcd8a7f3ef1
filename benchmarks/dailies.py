"""Dailies, measured: what gates find and let pass, how a film of takes is scheduled, and whose drift is whose.

Belongs here: the groups. Does not belong here: clean clips (`benchmarks.looks`), faults (`benchmarks.faults`), the loop on a real
registry (`benchmarks.loop`).
"""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from statistics import mean
from typing import Final

import numpy as np

from aiuteur.craft.anchors import Drifted, Reading, drift
from aiuteur.film.dailies import Thresholds
from aiuteur.media.gates import Asked, review_clip
from benchmarks import faults, looks
from benchmarks.faults import Size
from benchmarks.looks import Take
from benchmarks.table import Found, group
from benchmarks.virtual import simulated

CLIPS: Final = 40
CLEAN: Final = 400
SEEDS: Final = 200
SHOTS, CALLS, CAP = 60, 10, 8
_MAGNITUDES: Final[tuple[Size, ...]] = (0, 1, 2)
_BOUNDS: Final = Thresholds()


@group("gates", f"Twelve kinds of fault to see and one to hear, at three magnitudes, in {CLIPS} clips; {CLEAN} clean clips.")
def gates() -> Iterator[Found]:
    """What is found, what is falsely failed, and what measuring costs."""
    with ProcessPoolExecutor(2) as pool:
        found = {kind: pool.map(partial(_found, kind), range(CLIPS), chunksize=4) for kind in faults.GATE}
        failed = pool.map(_falsely, range(CLEAN), chunksize=8)
        hits = {kind: [one for clip in each for one in clip] for kind, each in found.items()}
        everything = [one for kind, each in hits.items() if kind != "sound" for one in each]
        yield Found("planted faults found", mean(everything), "", 0.98, least=True)
        for kind, each in hits.items():
            yield Found(f"of these {kind}", mean(each), "")
        yield Found("clean clips falsely failed", mean(failed), "", 0.02)
    yield Found("CPU of an 8 s 720p clip", _cpu(), "s", 1.2)


def planted(kind: str, take: Take, size: Size, seed: int) -> bool:
    """Whether one fault, planted in one clip, is found by a gate that ought to."""
    chance = np.random.default_rng([seed, size])
    start = faults.another(take, size) if kind == "start" else take.start
    end = faults.another(take, size) if kind == "end" else take.end
    stem = faults.tone(seed, faults.SOUND[size]) if kind == "sound" else None
    data = faults.VIDEO[kind](take, size, chance) if kind in faults.VIDEO else take.encoded()
    found = review_clip(data, _asked(take), _BOUNDS, start=start, end=end, stem=stem)
    return any(gate.name in faults.GATE[kind] and not gate.passed for gate in found)


def _found(kind: str, place: int) -> list[bool]:
    """One clip's faults of a kind, at every magnitude; the clip moves plainly and has both its frames."""
    lights, paths = looks.LIGHTS, ("push", "pull", "pan", "track", "crane", "handheld")
    airs = ("", "", "rain", "snowfall", "smoke")
    take = looks.take(
        50_000 + place, light=lights[place % len(lights)], path=paths[place % len(paths)], air=airs[place % len(airs)],
    )
    return [planted(kind, take, size, place) for size in _MAGNITUDES]


def _falsely(place: int) -> bool:
    take = looks.many(CLEAN, 77)[place]()
    return not all(gate.passed for gate in review_clip(take.encoded(), _asked(take), _BOUNDS, start=take.start, end=take.end))


def _asked(take: Take) -> Asked:
    height, width = take.frames[0].shape[:2]
    return Asked(width, height, len(take.frames) / looks.FPS, looks.FPS, take.moves, take.flickers)


def _cpu() -> float:
    """CPU seconds of a clip's gates, frames included, the least of three."""
    take = looks.take(9, path="track", size=(1280, 720), seconds=8.0)
    data, spent = take.encoded(), list[float]()
    for _ in range(3):
        started = time.process_time()
        review_clip(data, _asked(take), _BOUNDS, start=take.start, end=take.end)
        spent.append(time.process_time() - started)
    return min(spent)


@group("makespan", f"{SHOTS} shots, an even chance of acceptance, {CALLS} calls at once, by a clock of their own: {SEEDS} seeds.")
def makespan() -> Iterator[Found]:
    """How long a film of takes takes, against what no schedule can beat."""
    ratios = [_ratio(seed) for seed in range(SEEDS)]
    yield Found("makespan / max(work / calls, longest chain), mean", mean(ratios), "×", 1.25)
    yield Found("the same, 95th percentile", float(np.quantile(ratios, 0.95)), "×")


def _ratio(seed: int) -> float:
    rng = np.random.default_rng(seed)
    chains = [[float(rng.uniform(60, 180)) for _ in range(min(CAP, int(rng.geometric(0.5))))] for _ in range(SHOTS)]
    _, took = simulated(_filmed(chains))
    longest = max(sum(chain) + _REVIEW * len(chain) for chain in chains)
    return took / max(sum(map(sum, chains)) / CALLS, longest)


_REVIEW: Final = 10.0


async def _filmed(chains: list[list[float]]) -> None:
    """Every shot's takes one after the other, first come first served, as the crew asks: a call waits for its turn, a review not.

    To let the shots that are furthest along go first was tried, and is 1 % worse: while more shots are open than calls may run,
    it does not matter which of them go on, and later it hurts to have left some unbegun.
    """
    turns = asyncio.Semaphore(CALLS)

    async def shot(calls: list[float]) -> None:
        for seconds in calls:
            async with turns:
                await asyncio.sleep(seconds)
            await asyncio.sleep(_REVIEW)

    await asyncio.gather(*(shot(calls) for calls in chains))


@group("judge-drift", "A judge 0.1 kinder after 200 takes, or work 0.1 better: told apart by 50 anchor readings.")
def judge_drift() -> Iterator[Found]:
    """How often the right one is named."""
    said = {who: [_told(who, seed) for seed in range(SEEDS)] for who in (Drifted.JUDGE, Drifted.WORK, Drifted.NOBODY)}
    right = {truth: mean(one is truth for one in found) for truth, found in said.items()}
    yield Found("a kinder judge told apart from better work", right[Drifted.JUDGE], "", 0.95, least=True)
    yield Found("better work told apart from a kinder judge", right[Drifted.WORK], "", 0.95, least=True)
    yield Found("neither taken for either", right[Drifted.NOBODY], "", 0.95, least=True)


def _told(truth: Drifted, seed: int) -> Drifted:
    rng = np.random.default_rng([seed, 5])
    kinder, better = 0.1 * (truth is Drifted.JUDGE), 0.1 * (truth is Drifted.WORK)
    bases = rng.uniform(0.55, 0.85, 10)
    readings = [
        Reading(str(n % 10), 4 * n, float(bases[n % 10] + kinder * 4 * n / 200 + rng.normal(0, 0.035))) for n in range(50)
    ]
    work = [(at, float(0.7 + (kinder + better) * at / 200 + rng.normal(0, 0.06))) for at in range(200)]
    return drift(readings, work).who
