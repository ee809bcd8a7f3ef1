"""Figures: what a lane has cost, how good it is and where that is going, in numbers."""

from pydantic import Field

from aiuteur.film.noun import Noun


class Curve(Noun):
    """A series over the completed shots: how many, their mean, and the slope from shot to shot with its 95 % interval.

    `claim` is "rising", "falling" or "no claim", `why` what stands behind it or in its way; `fitted` is the least squares
    slope of the running state.
    """

    n: int = Field(ge=0)
    mean: float | None = None
    fitted: float | None = None
    slope: float | None = None
    low: float | None = None
    high: float | None = None
    autocorrelation: float | None = None
    claim: str = "no claim"
    why: str = ""


class Metrics(Noun):
    """A lane in numbers: shots completed, takes made, their mean score, seconds accepted, dollars spent and a second's price.

    The curves are of its project's clips, over the shots in the order in which they were completed; `waste` is the share of the
    clips' cost that went into takes which completed no shot, and into calls in vain.
    """

    shots: int = Field(ge=0)
    completed_shots: int = Field(ge=0)
    takes: int = Field(ge=0)
    mean_score: float | None
    accepted_seconds: float = Field(ge=0)
    cost_usd: float = Field(ge=0)
    cost_per_accepted_second: float | None
    calls_made: int = Field(ge=0)
    calls_reused: int = Field(ge=0)
    waste: float | None = None
    quality: Curve = Curve(n=0)
    attempts: Curve = Curve(n=0)
    cost: Curve = Curve(n=0)


class Range(Noun):
    """A forecast number: its median, and what it lies between in half and in nine tenths of all futures."""

    median: float
    low50: float
    high50: float
    low90: float
    high90: float


class CurvePoint(Noun):
    """One completed shot on the learning curve; of a long project, the medians of as many shots as `stands_for`."""

    ordinal: float
    score: float | None
    attempts: float
    stands_for: int = 1


class Forecast(Noun):
    """What is left of a lane: shots, attempts, dollars and seconds of the wall clock; dollars None where no price is known.

    `first_pass` is the chance that a shot's first take is accepted, `stuck` how many shots are expected to spend all attempts in
    vain. `estimated_attempts` is the regression's total, made and to come, kept for comparison; `warning` names a bottleneck.
    """

    shots_left: int = Field(ge=0)
    attempts_made: int = Field(ge=0)
    attempts: Range
    cost_usd: Range | None
    seconds: Range
    first_pass: float = Field(ge=0, le=1)
    stuck: float = Field(ge=0)
    estimated_attempts: float | None
    warning: str = ""
    curve: tuple[CurvePoint, ...] = ()
