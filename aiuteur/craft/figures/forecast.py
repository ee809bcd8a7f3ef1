"""The forecast: attempts, dollars and time from here to the end of a film, with intervals that hold what they promise.

Belongs here: drawing futures from what is believed (`attempts`) and what attempts have cost. Does not belong here: where the
record comes from (`aiuteur.figures`), or gates and budgets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aiuteur.craft.figures.attempts import CAP, FLAT, Record, more, passing, updated
from aiuteur.craft.figures.running import Running

Floats = NDArray[np.float64]

DRAWS: Final = 4_000
_SEED: Final = 20_261_120
_CHUNK: Final = 250

USUAL_BILLS: Final = (*(1.0,) * 9, 2.0)
"""Bills over plan where nobody knows better: one attempt in ten is preceded by a call that failed and was billed."""

USUAL_TIMES: Final = (0.6, 0.8, 1.0, 1.2, 1.4)
_USUAL_WEIGHT: Final = 10.0
"""What the usual ratios count, in attempts seen."""


@dataclass(frozen=True, slots=True)
class Left:
    """A shot to come: failed attempts so far under its current basis, dollars and seconds that one attempt is planned at."""

    failures: int = 0
    cost: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Ratios:
    """Real over planned, of dollars or of seconds: one for each attempt seen, and what is usual where little was seen yet."""

    seen: Sequence[float] = ()
    usual: Sequence[float] = (1.0,)

    @property
    def weights(self) -> Floats:
        """What each of them counts, those seen first."""
        return np.concatenate([np.ones(len(self.seen)), np.full(len(self.usual), _USUAL_WEIGHT / max(1, len(self.usual)))])

    @property
    def mean(self) -> float:
        """The weighted mean."""
        return float(np.average([*self.seen, *self.usual], weights=self.weights))

    @property
    def variance(self) -> float:
        """How one attempt's ratio varies."""
        return float(np.average((np.asarray([*self.seen, *self.usual]) - self.mean) ** 2, weights=self.weights))

    def means(self, rng: np.random.Generator) -> Floats:
        """The mean in each future: the Bayesian bootstrap (Rubin 1981, Annals of Statistics 9) by its first two moments."""
        mean, variance = self.mean, self.variance / (float(self.weights.sum()) + 1)
        if mean <= 0 or variance <= 0:
            return np.full(DRAWS, mean)
        return rng.gamma(mean**2 / variance, variance / mean, DRAWS)


@dataclass(frozen=True, slots=True)
class Interval:
    """A forecast number: its median, and what it lies between in half and in nine tenths of all futures."""

    median: float
    low50: float
    high50: float
    low90: float
    high90: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is left of a film: shots, attempts, dollars, seconds of the wall clock; the chance that a first attempt passes.

    `stuck` is how many of the shots left are expected to spend all attempts in vain. `regression_attempts` is the source's own
    estimate, kept for comparison: it has no interval and knows no cap.
    """

    shots: int
    attempts: Interval
    cost_usd: Interval
    seconds: Interval
    first_pass: float
    stuck: float
    regression_attempts: float | None


def forecast(
    record: Record, left: Sequence[Left], *, belief: Floats = FLAT, cap: int = CAP, at_once: int = 1,
    bills: Ratios | None = None, times: Ratios | None = None, curve: Running | None = None,
) -> Forecast:
    """What is left of a project, from its own record and from what others have taught.

    `record` holds finished shots (and, as failures, those given up); shots under way are in `left` with their failures and enter
    the belief as censored. Dollars billed for calls that failed are in `bills`. `at_once` calls run at a time.
    """
    under_way = tuple(shot.failures for shot in left if shot.failures)
    belief = updated(belief, Record(record.accepted, (*record.failures, *under_way)))
    # The shots of a future share its project: a draw is one point of the grid, then the fate of every shot.
    rng = np.random.default_rng(_SEED)
    points = _evenly(belief, rng)
    tries, cost, spread, clocks = np.zeros(DRAWS), np.zeros(DRAWS), np.zeros(DRAWS), np.zeros((DRAWS, max(1, at_once)))
    stuck = 0.0
    for chunk in (left[at:at + _CHUNK] for at in range(0, len(left), _CHUNK)):
        drawn, lost = _fates(chunk, points, cap, rng)
        price = np.asarray([shot.cost for shot in chunk])
        tries += drawn.sum(axis=1)
        cost += drawn @ price
        spread += drawn @ price**2
        stuck += float(lost.mean(axis=0).sum())
        _schedule(clocks, drawn * np.asarray([shot.seconds for shot in chunk]))
    billed = _billed(cost, spread, bills or Ratios(usual=USUAL_BILLS), rng)
    waited = clocks.max(axis=1) * (times or Ratios(usual=USUAL_TIMES)).means(rng)
    return Forecast(
        len(left), interval(tries), interval(billed), interval(waited), passing(belief), stuck,
        None if curve is None else by_regression(curve, len(left)),
    )


def interval(drawn: Floats) -> Interval:
    """Median, half and nine tenths of some futures."""
    low90, low50, median, high50, high90 = (float(value) for value in np.quantile(drawn, (0.05, 0.25, 0.5, 0.75, 0.95)))
    return Interval(median, low50, high50, low90, high90)


def by_regression(curve: Running, left: int) -> float | None:
    """The source document's “Total Estimated Attempts” of what remains: the line of attempts, drawn on over the shots to come.

    No shot takes less than one attempt. None where there is no line yet.
    """
    if curve.slope is None:
        return None
    ahead = curve.mean_y + curve.slope * (np.arange(curve.n + 1, curve.n + left + 1) - curve.mean_x)
    return float(np.maximum(1.0, ahead).sum())


def _evenly(belief: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """Points of the grid in proportion to what is believed of them: systematic, hence steadier than chance, then shuffled."""
    steps = (np.arange(DRAWS) + rng.random()) / DRAWS
    points = np.searchsorted(np.cumsum(belief), steps).clip(0, belief.size - 1)
    rng.shuffle(points)
    return points


def _fates(
    shots: Sequence[Left], points: NDArray[np.intp], cap: int, rng: np.random.Generator,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Attempts still to come (draw, shot), and which shots end at the cap without a pass."""
    chance = rng.random((DRAWS, len(shots)))
    drawn, lost = np.zeros((DRAWS, len(shots))), np.zeros((DRAWS, len(shots)), dtype=np.bool_)
    for failures in {shot.failures for shot in shots}:
        columns = [at for at, shot in enumerate(shots) if shot.failures == failures]
        allowed = max(0, cap - failures)
        if not allowed:
            lost[:, columns] = True
            continue
        within, end = more(failures, cap)[points], _end(failures, allowed)[points]
        own = chance[:, columns]
        drawn[:, columns] = 1 + sum((own > within[:, step, None]).astype(np.float64) for step in range(allowed - 1))
        lost[:, columns] = own > end[:, None]
    return drawn, lost


def _end(failures: int, allowed: int) -> Floats:
    """The chance, at each point of the grid, that one of the allowed attempts passes."""
    return more(failures, failures + allowed + 1)[:, allowed - 1]


def _billed(cost: Floats, spread: Floats, bills: Ratios, rng: np.random.Generator) -> Floats:
    """Planned dollars as they will be billed: the ratio's mean is uncertain, and each attempt's bill varies about it."""
    mean = bills.means(rng)
    variance = bills.variance * spread / np.maximum(cost * mean, 1e-12) ** 2
    shape = 1 / np.maximum(variance, 1e-9)
    made: Floats = cost * mean * rng.standard_gamma(shape) / shape
    return made


def _schedule(clocks: Floats, lengths: Floats) -> None:
    """Hand each shot, in order, to whichever of the calls under way is done first; a shot's own attempts follow each other."""
    rows = np.arange(len(clocks))
    for shot in range(lengths.shape[1]):
        first = clocks.argmin(axis=1)
        clocks[rows, first] += lengths[:, shot]
