"""Anchors: a fixed set of takes that is judged again and again, so that a judge that drifts is told from work that gets better.

Belongs here: whether it was the judge or the work. Does not belong here: control charts of any series
(`aiuteur.craft.figures.drift`).

An anchor never changes, so that what its readings do is the judge's doing. The work's scores carry both; what they rise beyond
the anchors is the work's own. Each is a least-squares slope with its t test (scipy.stats.linregress), the judge's within anchors
(fixed effects; Mundlak 1978, Econometrica 46), that of the difference by the sum of both variances (Welch 1947, Biometrika 34).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import Any, Final

LEAST: Final = 20
"""Readings below which nothing is claimed."""

SURE: Final = 0.01
"""The chance of a false claim, of each kind, that is put up with."""


class Drifted(StrEnum):
    """Who drifted."""

    NOBODY = "nobody"
    JUDGE = "the judge"
    WORK = "the work"
    BOTH = "the judge and the work"


@dataclass(frozen=True, slots=True)
class Reading:
    """An anchor's score at a moment: `at` counts takes of the project until then."""

    anchor: str
    at: int
    score: float


@dataclass(frozen=True, slots=True)
class Readings:
    """What one judge by one rubric has said of a project's anchors, and the scores it gave takes meanwhile, by ordinal."""

    judge: str
    template: str
    anchors: Sequence[Reading]
    work: Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Drift:
    """What was found: who drifted, and by how much over the span of the anchors' readings (None below `LEAST` of them)."""

    who: Drifted
    judge: float | None
    work: float | None


def drift(readings: Sequence[Reading], work: Sequence[tuple[int, float]]) -> Drift:
    """Tell the judge's drift from the work's; `work` are scores of takes by their ordinal. What is not finite is passed over."""
    known = [one for one in readings if math.isfinite(one.score)]
    takes = [(float(at), score) for at, score in work if math.isfinite(score)]
    if len(known) < LEAST:
        return Drift(Drifted.NOBODY, None, None)
    span = max(one.at for one in known) - min(one.at for one in known)
    judge = _slope(*_within(known))
    moved = judge.sure
    if len(takes) < LEAST:
        return Drift(Drifted.JUDGE if moved else Drifted.NOBODY, judge.slope * span, None)
    both = _slope(takes, 1)
    own = both if not moved else _Slope(
        both.slope - judge.slope, math.hypot(both.error, judge.error), min(both.freedom, judge.freedom),
    )
    who = {(True, True): Drifted.BOTH, (True, False): Drifted.JUDGE, (False, True): Drifted.WORK}.get((moved, own.sure))
    return Drift(who or Drifted.NOBODY, judge.slope * span, own.slope * span)


@dataclass(frozen=True, slots=True)
class _Slope:
    slope: float
    error: float
    freedom: int

    @property
    def sure(self) -> bool:
        """Whether it is none of chance's doing."""
        if not math.isfinite(self.slope) or self.slope == 0.0:
            return False
        if self.error == 0.0:
            return True
        from scipy import stats

        return 2 * float(stats.t.sf(abs(self.slope) / self.error, self.freedom)) < SURE


def _within(readings: Sequence[Reading]) -> tuple[list[tuple[float, float]], int]:
    """Each reading about its anchor's own means of time and score, and how many anchors there are.

    Anchors are good or bad, and some join late: only what one anchor does over time is its judge's doing.
    """
    by_anchor: dict[str, list[Reading]] = {}
    for reading in readings:
        by_anchor.setdefault(reading.anchor, []).append(reading)
    means = {anchor: (fmean(one.at for one in found), fmean(one.score for one in found)) for anchor, found in by_anchor.items()}
    return [(one.at - means[one.anchor][0], one.score - means[one.anchor][1]) for one in readings], len(by_anchor)


def _slope(points: Sequence[tuple[float, float]], means: int) -> _Slope:
    """Least squares, with the degrees of freedom that so many means leave; no slope where nothing varies in time."""
    freedom = len(points) - means - 1
    if freedom < 1 or len({at for at, _ in points}) < 2:  # noqa: PLR2004 - a slope takes two moments
        return _Slope(0.0, 0.0, 1)
    from scipy import stats

    found: Any = stats.linregress([at for at, _ in points], [score for _, score in points])
    return _Slope(float(found.slope), float(found.stderr) * math.sqrt((len(points) - 2) / freedom), freedom)
