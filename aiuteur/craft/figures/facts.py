"""What figures are made of: completed shots, attempts, sums, and what is left, as they come out of the registry or a file.

Belongs here: the shapes. Does not belong here: fetching them (`aiuteur.figures`) or what they come to (`summary`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from aiuteur.craft.anchors import Readings
from aiuteur.craft.figures.agreement import Opinions
from aiuteur.craft.figures.attempts import CAP, Record, learnt
from aiuteur.craft.figures.comparing import Sums
from aiuteur.craft.figures.effects import FirstTake
from aiuteur.craft.figures.forecast import USUAL_BILLS, USUAL_TIMES, Forecast, Left, Ratios, forecast
from aiuteur.craft.figures.running import Running


@dataclass(frozen=True, slots=True)
class ShotFigures:
    """A completed shot in numbers: its place in the order of completion, score, attempts, dollars, film seconds, whose it is.

    `score` is that of the take which completed it, `median` that of all its takes: the first is the first that was good enough.
    """

    ordinal: int
    score: float | None
    attempts: int
    cost_usd: float | None
    seconds: float
    shot: str
    model: str | None
    characters: Sequence[str] = ()
    median: float | None = None

    @property
    def quality(self) -> float | None:
        """How good the shot came out by itself: the median of its takes, or the one score there is."""
        return self.score if self.median is None else self.median


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a shot's clip: all that was billed for it, failed calls included, and how long it took."""

    shot: str
    attempt: int
    cost_usd: float | None
    waited: float | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is left of a lane, and what its own attempts and the studio's other projects say of how it will go.

    `priced` is False where nobody knows what an attempt costs: dollars are then not forecast. `cap` is how often the project
    lets a clip be tried, `whole` how many shots the lane has (None: as many as were completed and are left).
    """

    left: Sequence[Left]
    record: Record
    bills: Ratios
    times: Ratios
    past: Sequence[Record] = ()
    at_once: int = 1
    priced: bool = True
    cap: int = CAP
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """One of the studio's projects: what it has made and cost, and its series in at most 60 blocks of shots.

    A block's quality is the median of its scores, its attempts the mean.
    """

    name: str
    takes: int
    cost_usd: float
    shots: int
    quality: Sequence[float]
    attempts: Sequence[float]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything figures are made of: of one project, or of the studio where `shots` is empty and `outlook` None.

    `frames` are the attempts that each accepted frame took, in the order in which they were accepted.
    """

    name: str
    sums: Mapping[str, Sequence[Sums]]
    shots: Sequence[ShotFigures] = ()
    states: Mapping[str, Running] = field(default_factory=dict[str, Running])
    outlook: Outlook | None = None
    projects: Sequence[ProjectFacts] = ()
    frames: Sequence[float] = ()
    opinions: Sequence[Opinions] = ()
    readings: Readings | None = None
    rules: Mapping[str, Sequence[FirstTake]] = field(default_factory=dict[str, Sequence[FirstTake]])


def planned(
    left: Mapping[str, float], attempts: Sequence[Attempt], seconds: Mapping[str, float], failed: Mapping[str, int],
) -> tuple[list[Left], Ratios, Ratios, bool]:
    """The shots to come with their price, how bills and times vary about the plan, and whether a price is known at all.

    `left` is the duration of each shot to come, `seconds` that of each there is, `failed` its attempts in vain at what it is now.
    An attempt is planned at the median price and time of a second: what costs more than that (calls billed in vain) is in the
    ratios. A wait that a clock set back made negative is none.
    """
    paid = [(one.cost_usd, seconds[one.shot]) for one in attempts if one.cost_usd is not None and seconds.get(one.shot, 0) > 0]
    waits = [(one.waited, seconds[one.shot]) for one in attempts
             if one.waited is not None and one.waited >= 0 and seconds.get(one.shot, 0) > 0]
    rate, pace = (median(value / length for value, length in found) if found else 0.0 for found in (paid, waits))
    shots = [Left(failed.get(shot, 0), rate * length, pace * length) for shot, length in left.items()]
    bills = Ratios([value / (rate * length) for value, length in paid] if rate > 0 else (), (1.0,) if rate <= 0 else USUAL_BILLS)
    times = Ratios([value / (pace * length) for value, length in waits] if pace > 0 else (), USUAL_TIMES)
    return shots, bills, times, bool(paid)


def forecast_of(facts: Facts) -> Forecast | None:
    """What is left of a lane, in all its futures; None where the facts are of no lane."""
    ahead = facts.outlook
    if ahead is None:
        return None
    return forecast(
        ahead.record, ahead.left, belief=learnt(ahead.past), cap=ahead.cap, at_once=ahead.at_once, bills=ahead.bills,
        times=ahead.times, curve=facts.states.get("attempts"),
    )
