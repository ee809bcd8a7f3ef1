"""Agreement of two who judge the same takes: Cohen's kappa, and where they part.

Belongs here: counting and the coefficient. Does not belong here: keeping what people say (`aiuteur.registry.opinions`).

People look at takes that a judge let pass, or that it is in doubt about: what they agree on there says little of those that
nobody looked at.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from aiuteur.craft.review import VALUES

_RATINGS: Final = MappingProxyType({value: rating.value.lower().replace("_", " ") for rating, value in VALUES.items()})
_LEAST: Final = 10
"""Takes judged by both below which the coefficient says nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's κ with its 95 % interval (None below ten takes, or where both always say the same one thing), and all pairs."""

    n: int
    agreed: float | None
    kappa: float | None
    low: float | None
    high: float | None
    confusion: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Opinions:
    """One take as its judge and a person have it: accepted or not, and the values of the ratings that each gave."""

    judge: bool
    person: bool
    judge_ratings: Mapping[str, float] = field(default_factory=dict[str, float])
    person_ratings: Mapping[str, float] = field(default_factory=dict[str, float])


def agreements(takes: Sequence[Opinions]) -> dict[str, Agreement]:
    """How far judge and people agree: on what is accepted, and on each dimension that both have rated."""
    said = {True: "accepted", False: "rejected"}
    found = {"accepted": agreement([said[one.judge] for one in takes], [said[one.person] for one in takes])} if takes else {}
    for dimension in sorted({name for one in takes for name in one.person_ratings}):
        both = [one for one in takes if dimension in one.person_ratings and dimension in one.judge_ratings]
        judge, person = ([_RATINGS[of[dimension]] for of in each] for each in (
            [one.judge_ratings for one in both], [one.person_ratings for one in both]))
        found[dimension] = agreement(judge, person)
    return found


def agreement(first: Sequence[str], second: Sequence[str]) -> Agreement:
    """How far two judges agree beyond chance: κ = (po - pe) / (1 - pe), Cohen (1960), Educ. Psychol. Meas. 20.

    The interval is by the large-sample variance of Fleiss, Cohen and Everitt (1969), Psychol. Bull. 72.
    """
    confusion = Counter(zip(first, second, strict=True))
    names = sorted({name for pair in confusion for name in pair})
    n = sum(confusion.values())
    agreed = sum(count for (one, other), count in confusion.items() if one == other) / n if n else None
    if n < _LEAST or len(names) < 2:  # noqa: PLR2004 - chance takes two answers
        return Agreement(n, agreed, None, None, None, dict(confusion))
    from statsmodels.stats import inter_rater

    table = np.asarray([[confusion[one, other] for other in names] for one in names], dtype=np.float64)
    # The variance of one who always says the same thing may come out a hair below nought.
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Any = inter_rater.cohens_kappa(table)
    of = found.kappa, found.kappa_low, found.kappa_upp
    kappa, low, high = (float(value) if math.isfinite(value) else None for value in of)
    return Agreement(n, agreed, kappa, low, high, dict(confusion))
