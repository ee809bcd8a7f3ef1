"""Agreement of two who judge the same takes: Cohen's kappa, and where they part.

Belongs here: counting and the coefficient. Does not belong here: who judged (`aiuteur.stages.dailies`).
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

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
    found: Any = inter_rater.cohens_kappa(table)
    kappa, low, high = float(found.kappa), float(found.kappa_low), float(found.kappa_upp)
    known = math.isfinite(kappa)
    return Agreement(n, agreed, kappa if known else None, low if known else None, high if known else None, dict(confusion))
