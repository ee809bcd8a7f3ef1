"""Dailies: what the review of a take found. A failed judge is unknown: neither nought nor a pass."""

from enum import StrEnum

from pydantic import Field

from aiuteur.film.noun import Noun


class Rating(StrEnum):
    """How a take does on one dimension."""

    PASS = "PASS"  # noqa: S105 - a rating, not a word to get in by
    MINOR_ISSUES = "MINOR_ISSUES"
    MAJOR_ISSUES = "MAJOR_ISSUES"
    FAIL = "FAIL"


class Dimension(StrEnum):
    """What a take is judged on."""

    NARRATIVE_FIDELITY = "narrative_fidelity"
    CHARACTER_CONSISTENCY = "character_consistency"
    CONTINUITY = "continuity"
    TECHNICAL_QUALITY = "technical_quality"
    EMOTIONAL_AUTHENTICITY = "emotional_authenticity"
    COMPOSITION = "composition"


class Department(StrEnum):
    """Who has to mend an issue."""

    DIRECTOR = "director"
    CINEMATOGRAPHER = "cinematographer"
    GAFFER = "gaffer"
    SCRIPT_SUPERVISOR = "script_supervisor"
    COSTUME = "costume"
    SOUND = "sound"
    TECHNICAL = "technical"


class Overall(StrEnum):
    """The verdict on a take."""

    ACCEPT = "ACCEPT"
    ACCEPT_WITH_NOTES = "ACCEPT_WITH_NOTES"
    REGENERATE_MINOR = "REGENERATE_MINOR"
    REGENERATE_MAJOR = "REGENERATE_MAJOR"
    FAIL = "FAIL"
    UNKNOWN = "UNKNOWN"


class DimensionRating(Noun):
    """One dimension's rating and its weight."""

    dimension: Dimension
    rating: Rating
    weight: float = Field(gt=0, le=1)


class Issue(Noun):
    """Something wrong with a take, addressed to a department."""

    department: Department
    severity: str
    description: str


class Gate(Noun):
    """One measured gate: the value measured, the bound it was held against, and whether it passed."""

    name: str
    value: float
    bound: float
    passed: bool


class Verdict(Noun):
    """The review of one take; `score` in [0, 1], None where unknown; `judge` names who rated, `take` the media's digest."""

    take: str
    judge: str
    gates: tuple[Gate, ...]
    ratings: tuple[DimensionRating, ...] = ()
    score: float | None = Field(default=None, ge=0, le=1)
    overall: Overall
    issues: tuple[Issue, ...] = ()
    corrections: tuple[str, ...] = ()
