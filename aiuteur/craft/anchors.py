"""Anchors: a fixed set of takes that is judged again and again, so that a judge that drifts is told from work that gets better.

Belongs here: whether it was the judge or the work. Does not belong here: control charts of any series
(`aiuteur.craft.figures.drift`).

An anchor never changes, so that what its readings do is the judge's doing. The work's scores carry both; what they rise beyond
the anchors is the work's own. Each is a least-squares slope with its t test (scipy.stats.linregress), that of the difference by
the sum of both variances (Welch 1947, Biometrika 34).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
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
class Drift:
    """What was found: who drifted, and by how much over the span of the anchors' readings (None below `LEAST` of them)."""

    who: Drifted
    judge: float | None
    work: float | None


def drift(readings: Sequence[Reading], work: Sequence[tuple[int, float]]) -> Drift:
    """Tell the judge's drift from the work's; `work` are scores of takes by their ordinal. What is not finite is passed over."""
    anchors = [(at, score) for at, score in _residuals(readings) if math.isfinite(score)]
    takes = [(at, score) for at, score in work if math.isfinite(score)]
    if len(anchors) < LEAST:
        return Drift(Drifted.NOBODY, None, None)
    span = max(at for at, _ in anchors) - min(at for at, _ in anchors)
    judge = _slope(anchors)
    moved = _sure(judge.slope, judge.error, len(anchors))
    if len(takes) < LEAST:
        return Drift(Drifted.JUDGE if moved else Drifted.NOBODY, judge.slope * span, None)
    both = _slope(takes)
    own, error = both.slope - (judge.slope if moved else 0.0), math.hypot(both.error, judge.error if moved else 0.0)
    better = _sure(own, error, min(len(anchors), len(takes)))
    who = {(True, True): Drifted.BOTH, (True, False): Drifted.JUDGE, (False, True): Drifted.WORK}.get((moved, better))
    return Drift(who or Drifted.NOBODY, judge.slope * span, own * span)


@dataclass(frozen=True, slots=True)
class _Slope:
    slope: float
    error: float


def _residuals(readings: Sequence[Reading]) -> list[tuple[int, float]]:
    """Readings less their anchor's own mean: anchors are good or bad, and may be read unequally often."""
    by_anchor: dict[str, list[Reading]] = {}
    for reading in readings:
        by_anchor.setdefault(reading.anchor, []).append(reading)
    means = {anchor: sum(one.score for one in found) / len(found) for anchor, found in by_anchor.items()}
    return [(one.at, one.score - means[one.anchor]) for one in readings if len(by_anchor[one.anchor]) > 1]


def _slope(points: Sequence[tuple[int, float]]) -> _Slope:
    from scipy import stats

    found: Any = stats.linregress([at for at, _ in points], [score for _, score in points])
    return _Slope(float(found.slope), float(found.stderr))


def _sure(slope: float, error: float, n: int) -> bool:
    """Whether a slope is none of chance's doing."""
    if not math.isfinite(slope) or slope == 0.0:
        return False
    if error == 0.0:
        return True
    from scipy import stats

    return 2 * float(stats.t.sf(abs(slope) / error, n - 2)) < SURE
