"""Comparisons of providers, models, templates, kinds of shot and characters: means and shares with intervals, from sums alone.

Belongs here: what sums of takes come to. Does not belong here: adding up, which the database does (`registry.figure_sums`), or
pandas where the takes come from a file (`aiuteur.figures`).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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


GROUPS: Final = ("provider", "model", "template", "shot_type", "character")
"""What takes are compared by."""

NAMELESS: Final = "(none)"


@dataclass(frozen=True, slots=True)
class Cell:
    """The takes that have all of this in common, added up: what they were made by, what kind of shot it is, and who is seen."""

    provider: str | None
    model: str | None
    template: str | None
    shot_type: str | None
    characters: Sequence[str]
    sums: Sums

    def members(self, group: str) -> Sequence[str]:
        """The names under which the cell counts in a group; '' is all together."""
        if group == "character":
            return self.characters
        return (getattr(self, group) or NAMELESS,) if group else ("",)


def by_group(cells: Iterable[Cell]) -> dict[str, list[Sums]]:
    """Cells added up by each of `GROUPS`, and all together under ''."""
    found: dict[str, dict[str, Sums]] = {group: {} for group in ("", *GROUPS)}
    for cell in cells:
        for group, members in found.items():
            for name in cell.members(group):
                known = members.get(name)
                members[name] = replace(cell.sums, name=name) if known is None else _added(known, cell.sums)
    return {group: [members[name] for name in sorted(members)] for group, members in found.items()}


def _added(one: Sums, other: Sums) -> Sums:
    mean_, variance = _pooled(one.judged, one.mean, one.variance, other.judged, other.mean, other.variance)
    attempts, spread = _pooled(
        one.shots, one.attempts, one.attempts_variance, other.shots, other.attempts, other.attempts_variance,
    )
    return Sums(
        one.name, one.takes + other.takes, one.judged + other.judged, mean_, variance, one.shots + other.shots, attempts, spread,
        one.accepted + other.accepted, one.cost + other.cost, one.good + other.good, one.seconds + other.seconds,
        one.bills + other.bills, one.cost_squares + other.cost_squares, one.second_squares + other.second_squares,
        one.products + other.products,
    )


def _pooled(
    n: int, mean_: float | None, variance: float | None, more: int, other: float | None, spread: float | None,
) -> tuple[float | None, float | None]:
    """Mean and variance of two sets together: Chan, Golub and LeVeque (1983), The American Statistician 37."""
    if not n or mean_ is None:
        return other, spread
    if not more or other is None:
        return mean_, variance
    total, apart = n + more, other - mean_
    squares = (variance or 0.0) * (n - 1) + (spread or 0.0) * (more - 1) + apart * apart * n * more / total
    return mean_ + apart * more / total, squares / (total - 1)


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
