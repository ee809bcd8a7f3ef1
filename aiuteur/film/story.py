"""Stages 2 and 3: the treatment in three variants, and the beats that the selected one leads to."""

from enum import StrEnum

from pydantic import Field

from aiuteur.film.noun import Noun, Passage


class Turn(StrEnum):
    """What a beat does to the story."""

    SETUP = "setup"
    INCITING = "inciting"
    RISING = "rising"
    MIDPOINT = "midpoint"
    CRISIS = "crisis"
    CLIMAX = "climax"
    RESOLUTION = "resolution"


class TreatmentVariant(Noun):
    """One way to tell it: an angle, a logline, prose, and the passages of the narrative it would keep, in order."""

    angle: str
    logline: str
    prose: str
    passages: tuple[Passage, ...]


class Treatment(Noun):
    """Three variants, one of them selected by its index."""

    variants: tuple[TreatmentVariant, ...] = Field(min_length=1)
    selected: int = Field(default=0, ge=0)


class Beat(Noun):
    """One turn of the story: what happens, in the passages it cites; `seconds` is its share of the film's length."""

    id: str
    text: str
    turn: Turn
    emotion: str
    passages: tuple[Passage, ...]
    seconds: float = Field(gt=0)
