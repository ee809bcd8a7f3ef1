"""The arithmetic of dailies: from ratings and gates to a score and a verdict.

Belongs here: values, weights and thresholds of FILM.md §6. Does not belong here: measuring (`aiuteur.media.measure`) or rating
(whoever is cast as judge).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from aiuteur.craft.remedies import REMEDIES
from aiuteur.film.dailies import Correction, Dimension, DimensionRating, Gate, Issue, Overall, Rating, Review, Verdict

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

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "file": ("decodes", "size", "rate", "duration"),
    "light": ("black", "flicker", "blown", "crushed", "contrast"),
    "motion": ("frozen", "cut"),
    "focus": ("sharpness", "off_centre"),
    "likeness": ("starts", "ends"),
    "sound": ("quiet", "loud", "true_peak"),
})
"""The measured gates by family."""

ALONE: Final = frozenset({"decodes", "size", "rate", "duration", "black", "frozen", "cut", "starts"})
"""Gates that fail a take whatever else is good about it: what is wrong there cannot be cut around."""

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
    if unsound(gates):
        return Overall.FAIL
    reached = score(ratings)
    if reached is None:
        return Overall.UNKNOWN
    # Sums of weights are not exact in binary: what is a hair below a rung by rounding alone stands on it.
    found = next((step for bound, step in _LADDER if reached >= bound - 1e-9), Overall.FAIL)
    held = any(rating.rating is Rating.FAIL and rating.weight >= _HEAVY - 1e-9 for rating in ratings)
    lenient = {Overall.ACCEPT, Overall.ACCEPT_WITH_NOTES, Overall.REGENERATE_MINOR}
    return Overall.REGENERATE_MAJOR if held and found in lenient else found


def accepted(verdict: Verdict) -> bool:
    """Whether a take may be in the film, as was decided when it was reviewed; by the house's threshold where that is not told."""
    return passes(verdict) if verdict.accepted is None else verdict.accepted


def passes(verdict: Verdict, least: float = ACCEPTED) -> bool:
    """Whether a verdict lets its take into a film that asks for so much: an unknown is not a pass."""
    if verdict.score is None or verdict.overall in {Overall.UNKNOWN, Overall.FAIL, Overall.REGENERATE_MAJOR}:
        return False
    return verdict.score >= least - 1e-9


def unsound(gates: Sequence[Gate]) -> bool:
    """Whether a gate failed that fails a take alone: no judge need be asked about it."""
    return any(gate.name in ALONE and not gate.passed for gate in gates)


def verdict(
    take: str, gates: Sequence[Gate], review: Review | None, *, judge: str = "", template: str = "", least: float = ACCEPTED,
) -> Verdict:
    """What gates and a judge's review come to; `review` None is a judge that failed, or one that was not asked.

    `least` is the score that the project asks of an accepted take.

    A take that a gate failed alone scores nought. Measured faults raise issues and corrections of their own, before the
    judge's; one that does not fail the take alone marks its technical quality down, where no judge has rated it lower.
    """
    ratings = _marked_down(review.ratings if review is not None else (), gates)
    failed = [(gate.name, REMEDIES[gate.name]) for gate in gates if not gate.passed and gate.name in REMEDIES]
    final = overall(ratings, gates)
    measured = [
        Issue(department=remedy.department, severity="critical" if name in ALONE else "minor", description=remedy.wrong)
        for name, remedy in failed
    ]
    mending = [Correction(department=remedy.department, text=remedy.correction) for _, remedy in failed]
    made = Verdict(
        take=take, judge=judge, template=template, gates=tuple(gates), ratings=ratings, overall=final,
        issues=(*measured, *(review.issues if review else ())), corrections=(*mending, *(review.corrections if review else ())),
        score=0.0 if unsound(gates) else score(ratings), suggestion=review.suggestion if review else None,
    )
    return made.model_copy(update={"accepted": passes(made, least)})


def _marked_down(ratings: Sequence[DimensionRating], gates: Sequence[Gate]) -> tuple[DimensionRating, ...]:
    """The ratings, with technical quality no better than what was measured; without ratings there is nothing to mark down."""
    worst = rating_of(sum(1 for gate in gates if not gate.passed))
    return tuple(
        one.model_copy(update={"rating": worst})
        if one.dimension is Dimension.TECHNICAL_QUALITY and VALUES[worst] < VALUES[one.rating] else one
        for one in ratings
    )


def rating_of(failed: int) -> Rating:
    """The rating of a dimension of which so many measured signals are out of bounds."""
    return (Rating.PASS, Rating.MINOR_ISSUES, Rating.MAJOR_ISSUES)[min(failed, 2)]
