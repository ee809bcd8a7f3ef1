import math

import numpy as np
import pytest

from aiuteur.craft.figures.trends import MOST, Claim, Floats, autocorrelation, together, trend
from tests.craft.figures.references import stats


def remembering(rho: float, n: int, runs: int, seed: int = 1) -> Floats:
    """Series of an AR(1) process of unit variance."""
    rng = np.random.default_rng(seed)
    shocks = rng.standard_normal((runs, n))
    made = shocks.copy()
    for at in range(1, n):
        made[:, at] = rho * made[:, at - 1] + math.sqrt(1 - rho * rho) * shocks[:, at]
    return made


@pytest.mark.parametrize("n", [12, 15, 40])
@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_series_without_a_trend_are_seldom_said_to_have_one(n: int, rho: float) -> None:
    claims = [trend(values).claim for values in remembering(rho, n, 600).tolist()]
    assert sum(claim is not Claim.NONE for claim in claims) / len(claims) <= 0.10


@pytest.mark.parametrize("n", [12, 15, 40, 200])
def test_attempts_that_stay_the_same_are_seldom_said_to_rise(n: int) -> None:
    rng = np.random.default_rng(n)
    claims = [trend(values).claim for values in rng.geometric(0.6, (600, n)).astype(float).tolist()]
    assert sum(claim is not Claim.NONE for claim in claims) / len(claims) <= 0.06


def test_a_trend_that_is_there_is_found_with_its_slope() -> None:
    rng = np.random.default_rng(5)
    found = trend((0.6 + 0.005 * np.arange(40) + rng.normal(0, 0.04, 40)).tolist())
    assert found.claim is Claim.RISING
    assert found.slope == pytest.approx(0.005, abs=0.002)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.005 < found.high


def independent(n: int, seed: int) -> list[float]:
    """A series whose memory is measured as none, so that nothing is widened."""
    for at in range(1000):
        values = np.random.default_rng(seed + at).normal(size=n) + 0.02 * np.arange(n)
        if autocorrelation(values) <= 0:
            return values.tolist()
    raise AssertionError


@pytest.mark.parametrize("n", [12, 33, 60])
def test_slope_interval_and_p_are_those_of_scipy(n: int) -> None:
    values = independent(n, n)
    found = trend(values)
    wanted = stats.theilslopes(values, np.arange(n), 0.95)
    assert found.slope == pytest.approx(wanted.slope)
    assert (found.low, found.high) == (pytest.approx(wanted.low_slope), pytest.approx(wanted.high_slope))
    tau = stats.kendalltau(np.arange(n), values, method="asymptotic")
    pairs = n * (n - 1) / 2
    sd = math.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    assert found.p == pytest.approx(2 * stats.norm.sf((abs(tau.statistic * pairs) - 1) / sd))


def test_ties_are_allowed_for() -> None:
    attempts = [1, 2, 1, 1, 3, 1, 2, 1, 1, 2, 1, 1, 2, 1]
    found = trend(attempts)
    assert found.claim is Claim.NONE
    assert trend([1.0] * 30).claim is Claim.NONE
    assert trend([1.0] * 30).slope == 0.0


@pytest.mark.parametrize("n", [0, 1, 2, 11])
def test_nothing_is_claimed_below_twelve_shots(n: int) -> None:
    found = trend([float(at) for at in range(n)])
    assert found.claim is Claim.NONE
    assert found.slope is None
    assert "below 12" in found.why


def test_what_a_judge_could_not_say_is_left_out() -> None:
    values = [float(at) for at in range(15)]
    broken = [*values[:5], math.nan, *values[5:], math.inf]
    assert trend(broken) == trend(values)
    assert trend(values).claim is Claim.RISING


def test_memory_is_measured_without_the_usual_shortfall() -> None:
    measured = [autocorrelation(values) for values in remembering(0.4, 40, 500)]
    assert np.mean(measured) == pytest.approx(0.4, abs=0.04)


def test_a_long_series_is_condensed_and_keeps_its_slope() -> None:
    rng = np.random.default_rng(2)
    found = trend((1e-4 * np.arange(20 * MOST) + rng.normal(size=20 * MOST)).tolist())
    assert found.slope == pytest.approx(1e-4, rel=0.15)
    assert found.claim is Claim.RISING


def test_of_many_series_without_a_trend_hardly_one_is_claimed() -> None:
    many = {str(at): trend(values) for at, values in enumerate(remembering(0.0, 20, 100, seed=9).tolist())}
    assert sum(found.claim is not Claim.NONE for found in many.values()) >= 1
    assert sum(found.claim is not Claim.NONE for found in together(many).values()) == 0
    many["real"] = trend([at + 0.1 * (at % 3) for at in range(20)])
    many["short"] = trend([1.0, 2.0])
    after = together(many)
    assert after["real"].claim is Claim.RISING
    assert after["short"] == many["short"]
    tested = [found.p for found in many.values() if found.p is not None]
    adjusted = stats.false_discovery_control(tested)
    assert after["real"].p == pytest.approx(adjusted[100])
    assert together({}) == {}
