"""Whether figures hold what they promise: intervals cover, claims are seldom false, drift is found soon. All by simulation.

Belongs here: simulated projects and series, drawn from seeds. Does not belong here: how fast figures are (`benchmarks.figures`).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from aiuteur.craft.figures import drift, effects
from aiuteur.craft.figures.attempts import CAP, FLAT, A, B, Record, learnt
from aiuteur.craft.figures.forecast import USUAL_BILLS, Interval, Left, Ratios, forecast
from aiuteur.craft.figures.trends import Claim, trend
from aiuteur.craft.rules import treated
from benchmarks.table import Found, group

Floats = NDArray[np.float64]

SIZE: Final = float(os.environ.get("AIUTEUR_FIGURES", "1"))
"""A part of the full size, to try the benchmark with."""

PROJECTS: Final = max(24, round(1_000 * SIZE))
SERIES: Final = max(300, round(4_000 * SIZE))
RUNS: Final = max(100, round(2_000 * SIZE))
PAST: Final = 20
AT_ONCE: Final = 5
PRICE: Final = 0.4
KINDS: Final = ((8.0, 2.0), (3.0, 3.0), (2.0, 5.0), (1.0, 1.0), (50.0, 50.0), None)
"""Beta(a, b) of a shot's chance at each attempt; None is a project of two kinds of shot, 0.8 and 0.3, which no Beta describes."""

_TWO: Final = (1.63, 1.33)
"""The Beta of the same mean and variance, for whoever knows that there are such projects."""

_LONGEST: Final = 6_000
_RULE: Final = UUID(int=7)


@dataclass(frozen=True, slots=True)
class _Project:
    """What will happen in a project: attempts of each shot, whether it ends accepted, each attempt's bill, planned prices."""

    tries: NDArray[np.int64]
    passed: NDArray[np.bool_]
    bills: Sequence[Floats]
    prices: Floats


@dataclass(frozen=True, slots=True)
class _Seen:
    """A forecast beside what came: the share of projects and the widths, our own and of who knows the kinds there are."""

    progress: float
    covered: bool
    covered_half: bool
    width: float
    known_width: float


@group("forecast", f"90 % cost intervals on {PROJECTS:,} simulated projects of six kinds, at 15, 40 and 75 % of their shots.")
def forecasts() -> Iterator[Found]:
    """Coverage and width, with what {PAST} past projects teach and without."""
    for name, past in (("learnt from 20 projects", PAST), ("nothing learnt", 0)):
        seen = [one for at in range(PROJECTS) for one in _followed(at, past)]
        share = fmean(one.covered for one in seen)
        yield Found(f"covered, {name}", 100 * share, "%", 87, least=True)
        yield Found(f"covered, {name}, at most", 100 * share, "%", 93)
        yield Found(f"covered by half, {name}", 100 * fmean(one.covered_half for one in seen), "%")
        for progress in (0.15, 0.4, 0.75):
            part = [one for one in seen if one.progress == progress]
            yield Found(f"covered at {progress:.0%}, {name}", 100 * fmean(one.covered for one in part), "%")
        # "True" is who knows which six kinds of project there are, and learns from the same shots which one this is.
        ratio = median(one.width / one.known_width for one in seen)
        yield Found(f"width / the true distribution's, {name}", ratio, "", 1.1 if past else None)


@group("claims", f"False claims and drift, on {SERIES:,} series each.")
def claims() -> Iterator[Found]:
    """Trends without a trend, rules without an effect, and the control charts' run lengths."""
    for n in (12, 15, 40):
        rng = np.random.default_rng(n)
        false = fmean(trend(_remembering(rng, n, 0.4).tolist()).claim is not Claim.NONE for _ in range(SERIES))
        yield Found(f"trends claimed falsely, {n} shots, memory 0.4", 100 * false, "%", 10)
    yield Found("trends found, slope of 2.5 sd over 40 shots", 100 * _power(40), "%")
    for name, false in _rules().items():
        yield Found(f"rules claimed falsely, {name}", 100 * false, "%", 6 if name == "randomised" else None)
    known = drift.Baseline(0.0, 1.0, None)
    yield Found("drift: mean run in control, level known", fmean(_run(at, 0.0, known) for at in range(RUNS)), "", 350, least=True)
    yield Found("drift: delay at 1 sd, level known", fmean(_run(at, 1.0, known) for at in range(RUNS)), "", 11)
    for n in (30, drift.FULL_BASELINE):
        silent = [_run(at, 0.0, _estimated(at, n)) for at in range(RUNS)]
        delays = [_run(at, 1.0, _estimated(at, n)) for at in range(RUNS)]
        full = n == drift.FULL_BASELINE
        yield Found(f"drift: mean run in control, level of {n} shots", fmean(silent), "", 350, least=True)
        yield Found(f"drift: median run in control, level of {n} shots", float(median(silent)), "")
        yield Found(f"drift: delay at 1 sd, level of {n} shots", fmean(delays), "", 11 if full else None)


def _followed(at: int, past: int) -> Iterator[_Seen]:
    """One project, forecast three times while it is made, five shots at once."""
    rng = np.random.default_rng([20_261_120, at])
    project = _drawn(rng, KINDS[at % len(KINDS)], int(rng.integers(30, 100)))
    belief = learnt([_whole(_drawn(rng, KINDS[int(rng.integers(len(KINDS)))], int(rng.integers(20, 100)))) for _ in range(past)])
    for progress in (0.15, 0.4, 0.75):
        done, failures = _made(project, progress)
        left = [at for at in range(len(project.tries)) if at not in done]
        if not left:
            continue
        passed = [int(project.tries[shot]) for shot in done if project.passed[shot]]
        record = Record(passed, [int(project.tries[shot]) for shot in done if not project.passed[shot]])
        billed = [project.bills[shot][:failures.get(shot, CAP)] / project.prices[shot] for shot in (*done, *failures)]
        bills = Ratios(np.concatenate(billed).tolist(), USUAL_BILLS)
        ahead = [Left(failures.get(shot, 0), float(project.prices[shot])) for shot in left]
        came = sum(float(project.bills[shot][failures.get(shot, 0):].sum()) for shot in left)
        ours, known = (forecast(record, ahead, belief=one, bills=bills).cost_usd for one in (belief if past else FLAT, _KNOWING))
        yield _Seen(progress, ours.low90 <= came <= ours.high90, ours.low50 <= came <= ours.high50, _width(ours), _width(known))


def _drawn(rng: np.random.Generator, kind: tuple[float, float] | None, shots: int) -> _Project:
    chance = np.where(rng.random(shots) < 0.5, 0.8, 0.3) if kind is None else rng.beta(*kind, shots)
    needed = rng.geometric(np.maximum(chance, 1e-9))
    tries = np.minimum(needed, CAP)
    prices = PRICE * rng.uniform(3, 8, shots)
    lost = rng.uniform(0, 0.2)
    bills = [price * (1.0 + rng.binomial(1, lost, int(count))) for price, count in zip(prices, tries, strict=True)]
    return _Project(tries, needed <= CAP, bills, prices)


def _made(project: _Project, progress: float) -> tuple[list[int], dict[int, int]]:
    """The shots done when so much of the project is, and the failures of those under way: each turn is an attempt of each."""
    failures: dict[int, int] = {}
    done: list[int] = []
    waiting = list(range(len(project.tries)))
    while len(done) < progress * len(project.tries):
        while len(failures) < AT_ONCE and waiting:
            failures[waiting.pop(0)] = 0
        for shot in list(failures):
            failures[shot] += 1
            if failures[shot] == project.tries[shot]:
                done.append(shot)
                del failures[shot]
    return done, failures


def _whole(project: _Project) -> Record:
    return Record(project.tries[project.passed].tolist(), project.tries[~project.passed].tolist())


def _knowing() -> Floats:
    """The belief of who knows the kinds of project that there are, and not which one this is."""
    belief = np.zeros(A.size)
    for a, b in (kind or _TWO for kind in KINDS):
        belief[np.argmin((A - a) ** 2 / a**2 + (B - b) ** 2 / b**2)] += 1 / len(KINDS)
    return belief


_KNOWING: Final = _knowing()


def _width(found: Interval) -> float:
    return max(found.high90 - found.low90, 1e-9)


def _remembering(rng: np.random.Generator, n: int, rho: float) -> Floats:
    shocks = rng.standard_normal(n)
    made = shocks.copy()
    for at in range(1, n):
        made[at] = rho * made[at - 1] + (1 - rho * rho) ** 0.5 * shocks[at]
    return made


def _power(n: int) -> float:
    rng = np.random.default_rng(99)
    rise = 2.5 * np.arange(n) / n
    return fmean(trend((rng.standard_normal(n) + rise).tolist()).claim is Claim.RISING for _ in range(SERIES // 4))


def _rules() -> dict[str, float]:
    """How often a rule without effect is said to have one, adopted after a bad spell of three shots."""
    rng = np.random.default_rng(7)
    false = {"randomised": 0, "before and after": 0}
    for at in range(SERIES):
        scores = rng.beta(8, 2, 60)
        spell = next((shot for shot in range(10, 40) if scores[shot - 3:shot].mean() < 0.7), 20)
        after = [(treated(_RULE, f"{at}/{shot}", 0.5), float(scores[shot])) for shot in range(spell, 60)]
        with_rule, without = ([score for had, score in after if had is given] for given in (True, False))
        false["randomised"] += effects.randomised(with_rule, without).claim != "no claim"
        false["before and after"] += effects.observational(scores.tolist(), spell).claim != "no claim"
    return {name: count / SERIES for name, count in false.items()}


def _run(at: int, shift: float, level: drift.Baseline) -> int:
    """How many values until a chart speaks."""
    values = np.random.default_rng([3, at]).standard_normal(_LONGEST) + shift
    found = drift.watch(values.tolist(), level)
    return _LONGEST if found.at is None else found.at + 1


def _estimated(at: int, n: int) -> drift.Baseline:
    level = drift.baseline(np.random.default_rng([4, at]).standard_normal(n).tolist())
    if level is None:
        message = f"{n} normal values are no baseline"
        raise ValueError(message)
    return level
