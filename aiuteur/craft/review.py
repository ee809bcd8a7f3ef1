"""The arithmetic of dailies: from ratings and gates to a score and a verdict.

Belongs here: values, weights and thresholds of FILM.md §6. Does not belong here: measuring (`aiuteur.media.measure`) or rating
(whoever is cast as judge).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from aiuteur.film.dailies import Department, Dimension, DimensionRating, Gate, Issue, Overall, Rating, Verdict

VALUES: Final = MappingProxyType({Rating.PASS: 1.0, Rating.MINOR_ISSUES: 0.75, Rating.MAJOR_ISSUES: 0.4, Rating.FAIL: 0.0})
"""What a rating is worth."""

WEIGHTS: Final = MappingProxyType({
    Dimension.NARRATIVE_FIDELITY: 0.25,
    Dimension.CHARACTER_CONSISTENCY: 0.2,
    Dimension.CONTINUITY: 0.2,
    Dimension.TECHNICAL_QUALITY: 0.2,
    Dimension.EMOTIONAL_AUTHENTICITY: 0.15,
    Dimension.COMPOSITION: 0.15,
})
"""The house's weights; clips have no composition of their own."""

ACCEPTED: Final = 0.8
"""The default threshold: a take that scores this much is in the film."""

ALONE: Final = frozenset({"decodes", "size", "duration", "black"})
"""Gates that fail a take whatever else is good about it."""

_LADDER: Final = (
    (0.9, Overall.ACCEPT), (ACCEPTED, Overall.ACCEPT_WITH_NOTES),
    (0.6, Overall.REGENERATE_MINOR), (0.35, Overall.REGENERATE_MAJOR),
)
_HEAVY: Final = 0.2
"""A FAIL on a dimension of this weight allows no more than REGENERATE_MAJOR."""


def rated(dimension: Dimension, rating: Rating) -> DimensionRating:
    """A rating with the house's weight."""
    return DimensionRating(dimension=dimension, rating=rating, weight=WEIGHTS[dimension])


def score(ratings: Sequence[DimensionRating]) -> float | None:
    """Σ weight·value / Σ weight over what was rated, in [0, 1]; None where nothing was."""
    weights = sum(rating.weight for rating in ratings)
    return sum(rating.weight * VALUES[rating.rating] for rating in ratings) / weights if weights else None


def overall(ratings: Sequence[DimensionRating], gates: Sequence[Gate] = ()) -> Overall:
    """The verdict that ratings and gates lead to; UNKNOWN where nothing was rated and no gate failed the take alone."""
    if any(gate.name in ALONE and not gate.passed for gate in gates):
        return Overall.FAIL
    reached = score(ratings)
    if reached is None:
        return Overall.UNKNOWN
    # Sums of weights are not exact in binary: what is a hair below a rung by rounding alone stands on it.
    found = next((step for bound, step in _LADDER if reached >= bound - 1e-9), Overall.FAIL)
    held = any(rating.rating is Rating.FAIL and rating.weight >= _HEAVY - 1e-9 for rating in ratings)
    lenient = {Overall.ACCEPT, Overall.ACCEPT_WITH_NOTES, Overall.REGENERATE_MINOR}
    return Overall.REGENERATE_MAJOR if held and found in lenient else found


def accepted(verdict: Verdict, threshold: float = ACCEPTED) -> bool:
    """Whether a take may be in the film: an unknown is not a pass."""
    if verdict.score is None or verdict.overall in {Overall.UNKNOWN, Overall.FAIL, Overall.REGENERATE_MAJOR}:
        return False
    return verdict.score >= threshold - 1e-9


def rating_of(failed: int) -> Rating:
    """The rating of a dimension of which so many measured signals are out of bounds."""
    return (Rating.PASS, Rating.MINOR_ISSUES, Rating.MAJOR_ISSUES)[min(failed, 2)]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a failed gate means: who mends it, what is wrong, and what the next prompt should say."""

    department: Department
    wrong: str
    correction: str


def judged(
    take: str, judge: str, gates: Sequence[Gate], ratings: Sequence[DimensionRating], remedies: Mapping[str, Remedy],
) -> Verdict:
    """A verdict from gates and ratings; `remedies` are by the gate's name, and a failed gate without one raises no issue."""
    failed = [(gate.name, remedies[gate.name]) for gate in gates if not gate.passed and gate.name in remedies]
    issues = tuple(
        Issue(department=remedy.department, severity="critical" if name in ALONE else "minor", description=remedy.wrong)
        for name, remedy in failed
    )
    final = overall(ratings, gates)
    return Verdict(
        take=take, judge=judge, gates=tuple(gates), ratings=tuple(ratings), overall=final, issues=issues,
        score=0.0 if final is Overall.FAIL else score(ratings), corrections=tuple(remedy.correction for _, remedy in failed),
    )
