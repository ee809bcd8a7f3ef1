import numpy as np
import pytest

from aiuteur.craft.figures.attempts import CAP, FLAT, A, B, Floats, Record
from aiuteur.craft.figures.forecast import USUAL_BILLS, Interval, Left, Ratios, by_regression, forecast
from aiuteur.craft.figures.running import running


def certain(a: float, b: float) -> Floats:
    """A belief in the point of the grid that is nearest."""
    made = np.zeros(A.size)
    made[np.argmin((np.log(A) - np.log(a)) ** 2 + (np.log(B) - np.log(b)) ** 2)] = 1.0
    return made


def test_the_forecast_is_that_of_a_plain_simulation() -> None:
    belief = certain(3, 3)
    at = int(belief.argmax())
    found = forecast(Record(), [Left(0, 2.0)] * 40, belief=belief, bills=Ratios())
    rng = np.random.default_rng(1)
    drawn = np.minimum(rng.geometric(rng.beta(A[at], B[at], (20_000, 40))), CAP).sum(axis=1)
    for name, share in (("low90", 0.05), ("low50", 0.25), ("median", 0.5), ("high50", 0.75), ("high90", 0.95)):
        assert getattr(found.attempts, name) == pytest.approx(np.quantile(drawn, share), rel=0.03), name
    assert found.cost_usd.median == pytest.approx(2 * found.attempts.median, rel=0.02)


def test_the_interval_holds_nine_projects_in_ten() -> None:
    rng = np.random.default_rng(8)
    held = 0
    for _ in range(60):
        a, b = [(8, 2), (3, 3), (2, 5)][int(rng.integers(3))]
        drawn = rng.geometric(rng.beta(a, b, 50))
        done = drawn[:15]
        seen = Record([int(k) for k in done if k <= CAP], [CAP] * int((done > CAP).sum()))
        found = forecast(seen, [Left()] * 35).attempts
        held += found.low90 <= np.minimum(drawn[15:], CAP).sum() <= found.high90
    assert 49 <= held <= 60


def test_a_finished_film_has_nothing_left() -> None:
    found = forecast(Record([1, 2, 1]), [])
    nothing = Interval(0, 0, 0, 0, 0)
    assert (found.shots, found.attempts, found.cost_usd, found.seconds, found.stuck) == (0, nothing, nothing, nothing, 0)


def test_nothing_known_is_a_wide_forecast_not_an_error() -> None:
    found = forecast(Record(), [Left(0, 1.0, 10.0)] * 20)
    assert found.attempts.low90 >= 20
    assert found.attempts.high90 <= 20 * CAP
    assert found.attempts.high90 > 2 * found.attempts.low90
    assert found.regression_attempts is None


def test_all_failed_so_far_is_a_dear_forecast() -> None:
    found = forecast(Record((), [CAP] * 6), [Left(0, 1.0)] * 10)
    assert found.first_pass < 0.15
    assert found.stuck > 5
    assert found.attempts.median > 50


def test_a_shot_at_its_cap_takes_no_more_attempts() -> None:
    found = forecast(Record([1, 2, 3]), [Left(CAP, 5.0, 5.0)] * 3)
    assert found.attempts.high90 == 0
    assert found.stuck == 3


def test_the_running_shot_is_nearer_its_cap() -> None:
    fresh, tired = (forecast(Record([1, 2, 1, 3, 1]), [Left(failed)]).attempts.high90 for failed in (0, CAP - 1))
    assert tired == 1
    assert fresh > 1


def test_billed_failures_are_in_the_price() -> None:
    left, seen = [Left(0, 1.0)] * 30, Record([1, 1, 2, 1, 2] * 4)
    honest = forecast(seen, left, bills=Ratios([1.0] * 40)).cost_usd
    cheated = forecast(seen, left, bills=Ratios([1.0, 2.0] * 20)).cost_usd
    assert cheated.median == pytest.approx(1.5 * honest.median, rel=0.12)
    assert cheated.high90 - cheated.low90 > honest.high90 - honest.low90
    assert forecast(seen, left, bills=Ratios((), USUAL_BILLS)).cost_usd.median > honest.median * 1.03


def test_the_mean_of_bills_is_that_of_the_bayesian_bootstrap() -> None:
    rng = np.random.default_rng(2)
    seen = rng.choice([1.0, 2.0, 3.0], 25, p=(0.8, 0.15, 0.05)).tolist()
    found = Ratios(seen, (1.0,) * 10)
    weights = rng.dirichlet(found.weights, 20_000)
    wanted = weights @ np.array([*seen, *[1.0] * 10])
    drawn = found.means(np.random.default_rng(3))
    assert drawn.mean() == pytest.approx(wanted.mean(), rel=0.01)
    assert drawn.std() == pytest.approx(wanted.std(), rel=0.1)
    assert np.quantile(drawn, (0.05, 0.95)) == pytest.approx(np.quantile(wanted, (0.05, 0.95)), rel=0.03)


def test_more_calls_at_once_take_less_time_and_no_less_than_the_longest_shot() -> None:
    left = [Left(0, 0.0, 60.0)] * 24
    alone, four, many = (forecast(Record([1, 2, 2, 1]), left, at_once=n, times=Ratios([1.0] * 50)) for n in (1, 4, 100))
    assert alone.seconds.median == pytest.approx(60 * alone.attempts.median, rel=0.15)
    assert alone.seconds.median / 4 <= four.seconds.median < alone.seconds.median / 3
    assert 60 * 0.8 <= many.seconds.low90 < four.seconds.low90


def test_the_same_record_gives_the_same_forecast() -> None:
    seen, left = Record([1, 3, 2], [4]), [Left(1, 2.5, 9.0), Left(0, 3.0, 9.0)]
    assert forecast(seen, left) == forecast(seen, left)


def test_five_thousand_shots_are_forecast_too() -> None:
    found = forecast(Record([1, 2] * 500), [Left(0, 1.0, 5.0)] * 4000, belief=FLAT, at_once=8)
    assert found.attempts.median == pytest.approx(6000, rel=0.05)
    assert found.attempts.high90 - found.attempts.low90 < 1000


def test_the_sources_own_estimate_draws_the_line_on() -> None:
    attempts = [3.0, 3.0, 2.0, 2.0, 2.0, 1.0]
    slope, intercept = np.polyfit(range(1, 7), attempts, 1)
    wanted = sum(max(1.0, intercept + slope * x) for x in range(7, 11))
    assert by_regression(running(attempts), 4) == pytest.approx(wanted)
    assert by_regression(running([2.0]), 4) is None
    assert forecast(Record(), [Left()] * 4, curve=running(attempts)).regression_attempts == pytest.approx(wanted)
