"""Comparisons of providers, models, templates, kinds of shot and characters: means and shares with intervals, from sums alone.

Belongs here: what sums of takes come to. Does not belong here: adding up, which the database does (`registry.figure_sums`), or
pandas where the takes come from a file (`aiuteur.figures`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_Z: Final = 1.959964
"""The normal deviate of a 95 % interval."""

_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Sums:
    """The clip takes of one group added up; `cost` is of all its calls, those in vain included, dollars.

    `mean` and `variance` are of the scores of the `judged`; `good` is the cost of takes that completed a shot and `seconds` the
    film seconds of those; the last three are Σ cost², Σ seconds² and Σ cost·seconds over bills.
    """

    name: str
    takes: int
    judged: int
    mean: float | None
    variance: float | None
    shots: int
    attempts: float | None
    attempts_variance: float | None
    accepted: int
    cost: float
    good: float
    seconds: float
    bills: int
    cost_squares: float
    second_squares: float
    products: float


@dataclass(frozen=True, slots=True)
class Known:
    """A number with its 95 % interval; all None where nothing is known, the ends None where one value is all there is."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One group beside the others: score, attempts a completed shot, share accepted, dollars an accepted second, share wasted."""

    name: str
    takes: int
    shots: int
    cost_usd: float
    score: Known
    attempts: Known
    accepted: Known
    per_second: Known
    waste: float | None


def compared(groups: Sequence[Sums]) -> list[Compared]:
    """Every group with its intervals, the one with most takes first."""
    return sorted(map(_compared, groups), key=lambda group: (-group.takes, group.name))


def _compared(of: Sums) -> Compared:
    return Compared(
        of.name, of.takes, of.shots, of.cost, mean(of.judged, of.mean, of.variance),
        mean(of.shots, of.attempts, of.attempts_variance), share(of.accepted, of.takes), _per_second(of),
        (of.cost - of.good) / of.cost if of.cost > 0 else None,
    )


def mean(n: int, value: float | None, variance: float | None) -> Known:
    """A mean with Student's interval."""
    if n < 1 or value is None or not math.isfinite(value):
        return Known()
    if n < _FEW or variance is None or not math.isfinite(variance):
        return Known(value)
    from scipy import special

    reach = float(special.stdtrit(n - 1, 0.975)) * math.sqrt(max(0.0, variance) / n)
    return Known(value, value - reach, value + reach)


def share(hits: int, n: int) -> Known:
    """A share with the interval of Wilson (1927), JASA 22, which stays within 0 and 1."""
    if n < 1:
        return Known()
    rate, square = hits / n, _Z * _Z / n
    middle, reach = (rate + square / 2) / (1 + square), _Z / (1 + square) * math.sqrt(rate * (1 - rate) / n + square / (4 * n))
    return Known(rate, max(0.0, middle - reach), min(1.0, middle + reach))


def _per_second(of: Sums) -> Known:
    """Σ cost / Σ accepted seconds with the interval of a ratio (Cochran 1977, Sampling Techniques, 6.4): bills are its units."""
    if of.seconds <= 0:
        return Known()
    rate = of.cost / of.seconds
    if of.bills < _FEW:
        return Known(rate)
    left = of.cost_squares - 2 * rate * of.products + rate * rate * of.second_squares
    reach = _Z * math.sqrt(max(0.0, left) * of.bills / (of.bills - 1)) / of.seconds
    return Known(rate, max(0.0, rate - reach), rate + reach)
