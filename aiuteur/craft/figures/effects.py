"""Whether a rule helped: a comparison at random where it was tried so, else before and after, and said to be no more than that.

Belongs here: comparison and claim. Does not belong here: who is given a rule (`aiuteur.craft.rules`).

A rule is mostly adopted after a bad spell, which would have ended anyway: before and after then finds an effect too often. So the
shots that triggered it are left out, and the answer says "observational".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVEL: Final = 0.05
TRIGGER: Final = 3
"""Shots before a rule's adoption that are taken to have triggered it."""

LEAST: Final = 6
"""Shots on either side below which nothing is claimed."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule did to a score: the shift with its interval, the p-value, how many shots on each side, and how it was found.

    `claim` is "helped", "harmed" or "no claim"; `design` is "randomised" or "observational".
    """

    claim: str
    design: str
    shift: float | None
    low: float | None
    high: float | None
    p: float | None
    with_rule: int
    without: int


def randomised(with_rule: Sequence[float], without: Sequence[float], *, better: int = 1) -> Effect:
    """Shots drawn for a rule against those left without it, the first take of each; `better` -1 where less is better."""
    return _compared("randomised", with_rule, without, better)


def observational(values: Sequence[float], adopted: int, *, better: int = 1) -> Effect:
    """Shots in order of completion, before and after the rule's adoption at index `adopted`, the trigger window left out."""
    return _compared("observational", values[adopted:], values[:max(0, adopted - TRIGGER)], better)


class FirstTake(NamedTuple):
    """The first take of a shot that a rule speaks to: how a trial drew it (None: there was none then), had it, and its score."""

    drawn: bool | None
    had: bool
    score: float


def effect(shots: Sequence[FirstTake]) -> Effect:
    """What a rule did, from the first takes of the shots it speaks to, in order.

    Only shots that a trial drew, either way, were drawn at random: where there are enough of both they alone are compared.
    Otherwise those before the first take with the rule are, with those that had it; what was made after it was switched off is
    neither.
    """
    drawn = {way: [one.score for one in shots if one.drawn is way] for way in (True, False)}
    if min(map(len, drawn.values())) >= LEAST:
        return randomised(drawn[True], drawn[False])
    adopted = next((at for at, one in enumerate(shots) if one.had), len(shots))
    return observational([one.score for at, one in enumerate(shots) if at < adopted or one.had], adopted)


def _compared(design: str, with_rule: Sequence[float], without: Sequence[float], better: int) -> Effect:
    """Mann and Whitney (1947), with the shift of Hodges and Lehmann (1963) and the interval that turns the test around."""
    one, other = _finite(with_rule), _finite(without)
    if min(len(one), len(other)) < LEAST:
        return Effect("no claim", design, None, None, None, None, len(one), len(other))
    from scipy import special, stats

    found: Any = stats.mannwhitneyu(one, other, alternative="two-sided")
    p = float(found.pvalue)
    shifts = np.sort(np.subtract.outer(one, other).ravel())
    count = len(shifts)
    reach = float(special.ndtri(1 - LEVEL / 2)) * math.sqrt(count * (len(one) + len(other) + 1) / 12)
    low, high = max(0, round(count / 2 - reach) - 1), min(count - 1, round(count / 2 + reach))
    shift = float(np.median(shifts))
    claim = "no claim"
    if p <= LEVEL and shift != 0:
        claim = "helped" if shift * better > 0 else "harmed"
    return Effect(claim, design, shift, float(shifts[low]), float(shifts[high]), p, len(one), len(other))


def _finite(values: Sequence[float]) -> Floats:
    return np.asarray([value for value in values if math.isfinite(value)], dtype=np.float64)
