"""Stage 1: the narrative as given, and the brief that says what film is wanted of it. Fixed once stage 2 exists on a branch."""

from enum import StrEnum
from typing import Final

from pydantic import Field

from aiuteur.film.noun import Noun

MIN_SECONDS: Final = 5
MAX_SECONDS: Final = 3 * 60 * 60


class SourceFormat(StrEnum):
    """How the person wrote it; a screenplay (Fountain, Final Draft) enters at stage 4."""

    PROSE = "prose"
    FOUNTAIN = "fountain"
    FDX = "fdx"


class ProjectType(StrEnum):
    """What kind of film."""

    NARRATIVE = "narrative"
    COMMERCIAL = "commercial"
    AUDIO_VISUAL = "audio_visual"


class InputMode(StrEnum):
    """What the writer may do with the text."""

    EXPAND = "expand"
    CONDENSE = "condense"
    AS_IS = "as_is"
    SCREENPLAY = "screenplay"


class Rating(StrEnum):
    """Content rating."""

    G = "G"
    PG = "PG"
    PG_13 = "PG-13"
    M = "M"


class Audience(StrEnum):
    """Who it is for."""

    CHILDREN = "children"
    FAMILY = "family"
    TEEN = "teen"
    ADULT = "adult"


class AspectRatio(StrEnum):
    """Width to height."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"
    CLASSIC = "4:3"
    SCOPE = "21:9"


class QualityTier(StrEnum):
    """How much may be spent on looking good."""

    DRAFT = "draft"
    STANDARD = "standard"
    PREMIUM = "premium"


class Narrative(Noun):
    """The person's text, versioned as given; `text` of a screenplay is Fountain, whatever it came as."""

    title: str = Field(min_length=1, max_length=300)
    author: str | None = None
    text: str = Field(min_length=1)
    format: SourceFormat
    language: str = "en"


class Brief(Noun):
    """What film is wanted: length in seconds, and the frame it has to fit in every other sense."""

    length_seconds: int = Field(ge=MIN_SECONDS, le=MAX_SECONDS)
    project_type: ProjectType = ProjectType.NARRATIVE
    input_mode: InputMode = InputMode.CONDENSE
    rating: Rating = Rating.PG
    audience: Audience = Audience.FAMILY
    genres: tuple[str, ...] = Field(default=(), max_length=20)
    tone: str = Field(default="", max_length=1000)
    aspect_ratio: AspectRatio = AspectRatio.WIDE
    language: str = "en"
    quality_tier: QualityTier = QualityTier.STANDARD
