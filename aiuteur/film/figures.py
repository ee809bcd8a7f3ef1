"""Figures: what a lane has cost and how good it is, in numbers."""

from pydantic import Field

from aiuteur.film.noun import Noun


class Metrics(Noun):
    """A lane in numbers: shots completed, takes made, their mean score, seconds accepted, dollars spent and a second's price."""

    shots: int = Field(ge=0)
    completed_shots: int = Field(ge=0)
    takes: int = Field(ge=0)
    mean_score: float | None
    accepted_seconds: float = Field(ge=0)
    cost_usd: float = Field(ge=0)
    cost_per_accepted_second: float | None
    calls_made: int = Field(ge=0)
    calls_reused: int = Field(ge=0)
