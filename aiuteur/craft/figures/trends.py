"""Trends: whether a series rises or falls, said only where a sceptic would agree.

Belongs here: Theil–Sen, Mann–Kendall, their correction for autocorrelation, many series at once. Does not belong here: the least
squares line that is drawn (`running`, `fits`).

Two tests must agree, on one value a shot. Both suffer from series that remember their last value: their variance is widened by
what memory was measured, and the measure itself is corrected for being too small in short series.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST: Final = 12
"""Shots below which nothing is claimed: the tests' own approximations, and the memory of a series, cannot be trusted there."""

LEVEL: Final = 0.05
MOST: Final = 600
"""Points that are compared pair by pair; a longer series is condensed to the means of equal blocks, which tie less."""

_LONGEST_MEMORY: Final = 0.9


class Claim(StrEnum):
    """What may be said of a series."""

    RISING = "rising"
    FALLING = "falling"
    NONE = "no claim"


@dataclass(frozen=True, slots=True)
class Trend:
    """A claim with its grounds: slope for each shot with its interval, the p-value of Mann–Kendall, and lag-1 autocorrelation.

    `why` says in words what stands behind the claim or in its way. Slope and interval are None where there are too few points.
    """

    claim: Claim
    n: int
    slope: float | None
    low: float | None
    high: float | None
    p: float | None
    autocorrelation: float | None
    why: str


def trend(values: Sequence[float], *, level: float = LEVEL) -> Trend:
    """Whether a series in completion order, one value a shot, rises or falls; what is not finite is left out.

    Theil–Sen slope with the interval of Sen (1968), JASA 63, and Mann–Kendall (Kendall 1975) with ties; the variance of both is
    multiplied by (1+r)/(1-r) where the values' memory r is positive (Bayley and Hammersley 1946, J. R. Statist. Soc. Suppl. 8).
    """
    y = np.asarray([value for value in values if math.isfinite(value)], dtype=np.float64)
    if len(y) < LEAST:
        why = f"nothing is claimed below {LEAST} shots; there are {len(y)}"
        return Trend(Claim.NONE, len(y), None, None, None, None, None, why)
    points, step = condensed(y)
    slopes, score = _pairs(points)
    memory = autocorrelation(points)
    widened = 1.0 if memory <= 0 else (1 + memory) / (1 - memory)
    variance = _variance(points) * widened
    slope, low, high = _interval(slopes, math.sqrt(variance), level)
    p = _p_value(score, variance)
    claim, why = _claim(low, high, p, score, level)
    return Trend(claim, len(y), slope / step, low / step, high / step, p, memory, why)


def autocorrelation(values: Floats) -> float:
    """The lag-1 autocorrelation of what is left of a series without its line, corrected for being too small in short ones.

    The estimate r of n detrended values of an AR(1) process falls short of ρ by about (2 + 4ρ)/n (Shaman and Stine 1988,
    JASA 83): turned around, ρ = (n·r + 2)/(n - 4), kept within ±0.9.
    """
    x = np.arange(len(values), dtype=np.float64)
    x -= x.mean()
    left = values - values.mean() - x * float(x @ values) / float(x @ x)
    power = float(left @ left)
    scale = float(values @ values) + 1.0
    if power <= 1e-24 * scale:
        return 0.0
    raw = float(left[1:] @ left[:-1]) / power
    corrected = (len(values) * raw + 2) / (len(values) - 4)
    return max(-_LONGEST_MEMORY, min(_LONGEST_MEMORY, corrected))


def condensed(values: Floats) -> tuple[Floats, float]:
    """A series of at most `MOST` points, and how many of the given ones each stands for: means of blocks of equal length."""
    block = -(-len(values) // MOST)
    if block == 1:
        return values, 1.0
    whole = len(values) // block * block
    return values[len(values) - whole:].reshape(-1, block).mean(axis=1), float(block)


def together(trends: Mapping[str, Trend], *, level: float = LEVEL) -> dict[str, Trend]:
    """Many series at once: of the claims only those that survive Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57."""
    tested = sorted((found.p, name) for name, found in trends.items() if found.p is not None)
    adjusted: dict[str, float] = {}
    least = 1.0
    for place in range(len(tested), 0, -1):
        p, name = tested[place - 1]
        least = adjusted[name] = min(least, p * len(tested) / place)
    return {name: _survived(found, adjusted.get(name), len(tested), level) for name, found in trends.items()}


def _survived(found: Trend, adjusted: float | None, series: int, level: float) -> Trend:
    if adjusted is None:
        return found
    if found.claim is Claim.NONE or adjusted <= level:
        return replace(found, p=adjusted)
    return replace(found, p=adjusted, claim=Claim.NONE, why=f"it would be no wonder among {series} series")


def _pairs(points: Floats) -> tuple[Floats, float]:
    """The sorted slopes of all pairs, and Mann–Kendall's S: how many pairs rise minus how many fall."""
    first, second = _upper(len(points))
    rise = points[second] - points[first]
    return np.sort(rise / (second - first)), float(np.sign(rise).sum())


@cache
def _upper(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    return np.triu_indices(n, k=1)


def _variance(points: Floats) -> float:
    """Of S where the order is chance, with ties: [n(n-1)(2n+5) - Σ t(t-1)(2t+5)] / 18."""
    n = len(points)
    _, ties = np.unique(points, return_counts=True)
    return float(n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18


def _interval(slopes: Floats, sd: float, level: float) -> tuple[float, float, float]:
    """The median slope, and the slopes at the ranks that Mann–Kendall would not reject."""
    reach = NormalDist().inv_cdf(1 - level / 2) * sd
    count = len(slopes)
    low, high = max(0, round((count - reach) / 2) - 1), min(count - 1, round((count + reach) / 2))
    return float(np.median(slopes)), float(slopes[low]), float(slopes[high])


def _p_value(score: float, variance: float) -> float:
    """Two-sided, with the correction for continuity."""
    if variance <= 0 or abs(score) <= 1:
        return 1.0
    return math.erfc((abs(score) - 1) / math.sqrt(2 * variance))


def _claim(low: float, high: float, p: float, score: float, level: float) -> tuple[Claim, str]:
    # Counts tie so often that an end of the interval may be nought itself: that end does not speak against the slope's sign.
    away = low >= 0 < high or high <= 0 > low
    if away and p <= level:
        return (Claim.RISING if score > 0 else Claim.FALLING), "Theil–Sen and Mann–Kendall agree"
    if away or p <= level:
        return Claim.NONE, "Theil–Sen and Mann–Kendall do not agree"
    return Claim.NONE, "the slope's interval holds nought"
