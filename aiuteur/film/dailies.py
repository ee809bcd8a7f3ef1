"""Dailies: what the review of a take found. A failed judge is unknown: neither nought nor a pass."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

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


class Correction(Noun):
    """What the next take's prompt should say, and the department whose work it mends."""

    department: Department
    text: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _of_words(cls, found: object) -> object:
        """Verdicts of the first schema kept the words alone; they were all of measured faults."""
        return {"department": Department.TECHNICAL, "text": found} if isinstance(found, str) else found


class RuleSuggestion(Noun):
    """A lesson for the takes to come: for the whole project, for one character or for one department, named by `about`."""

    text: str = Field(min_length=1)
    scope: Literal["project", "character", "department"] = "project"
    about: str = ""


class Review(Noun):
    """What a judge answers of one take: ratings of what it could see, what is wrong, what would mend it, at most one rule."""

    ratings: tuple[DimensionRating, ...]
    issues: tuple[Issue, ...] = ()
    corrections: tuple[Correction, ...] = ()
    suggestion: RuleSuggestion | None = None


class Gate(Noun):
    """One measured gate: the value measured, the bound it was held against, and whether it passed."""

    name: str
    value: float
    bound: float
    passed: bool


class Verdict(Noun):
    """The review of one take, by measured gates and by whoever was cast as judge.

    `take` is the media's digest, `judge` the model that rated, `template` the rubric it was asked by. `score` is in [0, 1] and
    None where unknown. `accepted` is whether the project's least score let it into the film then (None: it does not say), `again`
    that another take was to follow this one.
    """

    take: str
    judge: str
    gates: tuple[Gate, ...]
    ratings: tuple[DimensionRating, ...] = ()
    score: float | None = Field(default=None, ge=0, le=1)
    overall: Overall
    issues: tuple[Issue, ...] = ()
    corrections: tuple[Correction, ...] = ()
    template: str = ""
    suggestion: RuleSuggestion | None = None
    accepted: bool | None = None
    again: bool = False


class Thresholds(Noun):
    """What a take is held against, project by project.

    Seconds, shares of the picture or of frames, likenesses (0 to 1), ratios to the start frame, LUFS and dBTP; the defaults were
    set on accepted takes of the built-in studio and on clean clips of other looks (see the benchmark `gates`).
    """

    score: float = Field(default=0.8, ge=0, le=1, description="the least score of a take that may be in the film")
    frames: float | None = Field(default=None, ge=0, le=1, description="the least score of a frame, where it is another")
    clips: float | None = Field(default=None, ge=0, le=1, description="the least score of a clip, where it is another")
    duration: float = Field(default=0.045, ge=0, description="seconds a clip may be longer or shorter than asked")
    black: float = Field(default=0.07, ge=0, description="seconds of black that is no fade")
    frozen: float = Field(default=0.3, ge=0, description="seconds that a moving picture may halt")
    flicker: float = Field(default=0.5, ge=0, le=1, description="share of its worst second in which the light jumps")
    cut: float = Field(default=1.0, ge=0, description="strength of the hardest break between two frames")
    blown: float = Field(default=0.06, ge=0, le=1, description="share of pure white beyond the start frame's")
    crushed: float = Field(default=0.12, ge=0, le=1, description="share of pure black beyond the start frame's")
    sharpness: float = Field(default=0.85, ge=0, description="sharpness as a ratio to the start frame's")
    starts: float = Field(default=0.75, ge=0, le=1, description="likeness of the first frame to the start frame")
    ends: float = Field(default=0.65, ge=0, le=1, description="likeness of the last frame to the end frame")
    frame_blown: float = Field(default=0.5, ge=0, le=1)
    frame_crushed: float = Field(default=0.9, ge=0, le=1)
    frame_sharpness: float = Field(default=2.0, ge=0)
    frame_contrast: float = Field(default=0.025, ge=0)
    frame_off_centre: float = Field(default=0.6, ge=0, le=1)
    quietest: float = Field(default=-45.0, description="LUFS of a clip's own sound, where it has any")
    loudest: float = Field(default=-8.0)
    true_peak: float = Field(default=-0.1, description="dBTP")

    def least(self, artifact: str) -> float:
        """The least score of an accepted take, of frames or of clips."""
        found = {"frames": self.frames, "clips": self.clips}.get(artifact)
        return self.score if found is None else found
