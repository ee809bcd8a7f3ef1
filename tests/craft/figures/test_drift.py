import math
from typing import Any

import numpy as np
import pytest

from aiuteur.craft.figures import drift
from aiuteur.craft.figures.drift import Baseline, Drift, Signal, baseline, unbounded, watch
from tests.craft.figures.references import stats

KNOWN = Baseline(0.0, 1.0, None)


def run_length(shift: float, states: int = 151) -> float:
    """The average run length of both charts together by the Markov chain of Brook and Evans, an independent reckoning."""
    weight, single = drift.WEIGHT, drift.SHEWHART_LIMIT
    reach = drift.EWMA_LIMIT * math.sqrt(weight / (2 - weight))
    width = 2 * reach / states
    centres = -reach + width * (np.arange(states) + 0.5)
    low = ((centres - width / 2)[None, :] - (1 - weight) * centres[:, None]) / weight
    high = ((centres + width / 2)[None, :] - (1 - weight) * centres[:, None]) / weight
    stays: Any = stats.norm.cdf(high.clip(-single, single) - shift) - stats.norm.cdf(low.clip(-single, single) - shift)
    solver: Any = np.linalg
    lengths = solver.solve(np.eye(states) - stays, np.ones(states))
    return float(lengths[states // 2])


def simulated(shift: float, runs: int, level: Baseline = KNOWN, seed: int = 0) -> list[int]:
    rng = np.random.default_rng(seed)
    lengths: list[int] = []
    for _ in range(runs):
        found = watch((rng.standard_normal(4000) + shift).tolist(), level)
        lengths.append(4000 if found.at is None else found.at + 1)
    return lengths


def test_the_limits_are_joint() -> None:
    assert run_length(0.0) >= 350
    assert run_length(0.0) == pytest.approx(390, abs=2)
    assert run_length(1.0) <= 11


def test_the_charts_behave_as_reckoned() -> None:
    assert np.mean(simulated(1.0, 500)) == pytest.approx(run_length(1.0), rel=0.1)
    assert np.mean(simulated(3.0, 500)) == pytest.approx(run_length(3.0), rel=0.1)
    assert np.mean(simulated(0.0, 60)) > 250


def test_a_jump_and_a_lasting_shift_are_told_apart() -> None:
    quiet = [0.3, -0.2, 0.1, -0.4]
    assert watch([*quiet, 5.0], KNOWN) == Drift(4, Signal.SHEWHART, up=True)
    assert watch([-1.2] * 40, KNOWN) == Drift(6, Signal.EWMA, up=False)
    assert watch(quiet * 10, KNOWN) == Drift()


def test_a_short_baseline_widens_the_limits() -> None:
    assert Baseline(0, 1, 20).widening == 1.25
    assert Baseline(0, 1, 100).widening == 1.05
    assert watch([3.8], KNOWN).at == 0
    assert watch([3.8], Baseline(0, 1, 100)).at is None


def test_a_baseline_takes_twenty_values_that_differ() -> None:
    values = np.random.default_rng(1).normal(0.8, 0.05, 120).tolist()
    found = baseline([*values, math.nan])
    assert found is not None
    wanted: Any = np
    assert found.mean == pytest.approx(wanted.mean(values))
    assert found.sd == pytest.approx(wanted.std(values, ddof=1))
    assert found.n == 120
    assert baseline(values[:19]) is None
    assert baseline([0.9] * 200) is None
    assert baseline([]) is None


def test_unknown_values_are_passed_over() -> None:
    assert watch([math.nan, math.inf, 0.0, 6.0], KNOWN).at == 3
    assert watch([], KNOWN) == Drift()


def test_scores_are_freed_of_their_bounds() -> None:
    assert unbounded(0.5) == 0.0
    assert unbounded(0.9) == pytest.approx(math.log(9))
    assert unbounded(1.0) == pytest.approx(math.log(99))
    assert unbounded(0.0) == pytest.approx(-math.log(99))
