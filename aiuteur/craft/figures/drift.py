"""Drift: whether a process has left the level it was accepted at, told soon, and seldom told falsely.

Belongs here: the control charts and their limits. Does not belong here: slow growth over a whole project (`trends`).

Two charts together: EWMA (Roberts 1959, Technometrics 1) for small lasting shifts, Shewhart (1931) for large sudden ones. Their
limits are joint: found by the Markov chain of Brook and Evans (1972), Biometrika 59, so that both together stay silent for 390
points on average where nothing has changed. A baseline is an estimate: limits are widened by 1 + 5/m for m points of it, which
keeps the silent runs as long as those of a known level for every m from 20 on: more than 400 points on average, and a median of
275 or more (simulated; the benchmark `claims` tells two of them).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

WEIGHT: Final = 0.15
"""λ: how much of the newest value enters the EWMA."""

EWMA_LIMIT: Final = 2.8383
"""In standard deviations of the EWMA."""

SHEWHART_LIMIT: Final = 3.75
"""In standard deviations of one value."""

LEAST_BASELINE: Final = 20
FULL_BASELINE: Final = 100
"""Points from which on a shift of one standard deviation is found within 11 points on average; below it takes longer."""

_WIDENING: Final = 5.0


class Signal(StrEnum):
    """Which chart spoke."""

    EWMA = "lasting shift"
    SHEWHART = "sudden jump"


@dataclass(frozen=True, slots=True)
class Baseline:
    """The level to hold: mean, standard deviation, and how many values they come from (None: known, not estimated)."""

    mean: float
    sd: float
    n: int | None

    @property
    def widening(self) -> float:
        """What the limits are multiplied by for the baseline being an estimate."""
        return 1.0 if self.n is None else 1.0 + _WIDENING / self.n


@dataclass(frozen=True, slots=True)
class Drift:
    """What the charts say: the first value (from 0) at which one spoke and which, up or down; None all through for silence."""

    at: int | None = None
    signal: Signal | None = None
    up: bool | None = None


def baseline(values: Sequence[float]) -> Baseline | None:
    """The level of some accepted values; None below `LEAST_BASELINE` finite ones or where they are all the same."""
    found = np.asarray([value for value in values if math.isfinite(value)], dtype=np.float64)
    if len(found) < LEAST_BASELINE or float(np.ptp(found)) == 0.0:
        return None
    return Baseline(float(found.mean()), float(found.std(ddof=1)), len(found))


def watch(values: Sequence[float], level: Baseline) -> Drift:
    """Follow values against a baseline until one of the charts speaks; what is not finite is passed over."""
    single, lasting = SHEWHART_LIMIT * level.widening, EWMA_LIMIT * level.widening * math.sqrt(WEIGHT / (2 - WEIGHT))
    moved = 0.0
    for at, value in enumerate(values):
        if not math.isfinite(value):
            continue
        z = (value - level.mean) / level.sd
        moved += WEIGHT * (z - moved)
        if abs(z) > single:
            return Drift(at, Signal.SHEWHART, z > 0)
        if abs(moved) > lasting:
            return Drift(at, Signal.EWMA, moved > 0)
    return Drift()


def unbounded(score: float) -> float:
    """A score in [0, 1] as its log odds, so that charts may take it for normal; kept 0.01 away from the ends."""
    inside = min(0.99, max(0.01, score))
    return math.log(inside / (1 - inside))
