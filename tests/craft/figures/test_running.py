import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiuteur.craft.figures.running import Running, running
from tests.craft.figures.references import stats

SERIES = st.lists(st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 6)), min_size=3, max_size=60)


def exact(values: list[float]) -> Fraction:
    """The slope in fractions, without any rounding."""
    n, y = len(values), [Fraction(value) for value in values]
    x = [Fraction(at) for at in range(1, n + 1)]
    mean_x, mean_y = sum(x, Fraction()) / n, sum(y, Fraction()) / n
    up = sum(((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)), Fraction())
    return up / sum(((a - mean_x) ** 2 for a in x), Fraction())


@pytest.mark.parametrize("n", [2, 3, 12, 60, 5_000, 100_000])
@pytest.mark.parametrize("offset", [0.0, 1e3])
def test_the_slope_is_that_of_scipy_to_nine_digits(n: int, offset: float) -> None:
    rng = np.random.default_rng(n)
    values = (offset + 0.01 * np.arange(n) + rng.normal(size=n)).tolist()
    found = running(values)
    wanted = stats.linregress(np.arange(1, n + 1), values)
    assert found.slope == pytest.approx(wanted.slope, rel=1e-9)
    assert found.intercept == pytest.approx(wanted.intercept, rel=1e-9)


@pytest.mark.parametrize("cuts", [(1,), (6,), (3, 4, 11), tuple(range(1, 60)), (0, 60)], ids=str)
def test_parts_merge_to_the_state_of_the_whole(cuts: tuple[int, ...]) -> None:
    rng = np.random.default_rng(7)
    values = rng.normal(0.8, 0.1, 60).tolist()
    whole = running(values)
    merged = Running()
    for start, end in zip((0, *cuts), (*cuts, 60), strict=True):
        part = Running()
        for at in range(start, end):
            part = part.add(values[at], x=float(at + 1))
        merged = merged.merge(part)
    assert merged.n == 60
    for name in ("mean_x", "mean_y", "mxx", "mxy", "myy", "slope"):
        assert getattr(merged, name) == pytest.approx(getattr(whole, name), rel=1e-9), name


def test_a_hundred_thousand_points_merged_in_ragged_parts_keep_the_slope() -> None:
    rng = np.random.default_rng(11)
    values = (0.5 + 1e-6 * np.arange(100_000) + rng.normal(0, 0.1, 100_000)).tolist()
    cuts = [0, *sorted(rng.choice(100_000, 40, replace=False).tolist()), 100_000]
    merged = Running()
    for start, end in pairwise(cuts):
        part = Running()
        for at in range(start, end):
            part = part.add(values[at], x=float(at + 1))
        merged = merged.merge(part)
    assert merged.slope == pytest.approx(stats.linregress(np.arange(1, 100_001), values).slope, rel=1e-9)


@settings(deadline=None)
@given(SERIES)
def test_the_slope_is_that_of_exact_fractions(values: list[float]) -> None:
    found, wanted = running(values).slope, exact(values)
    scale = max(map(abs, values)) or 1.0
    assert found is not None
    assert abs(Fraction(found) - wanted) <= Fraction(1, 10**11) * Fraction(scale)


def test_the_same_rows_give_the_same_bits() -> None:
    values = np.random.default_rng(3).normal(size=1000).tolist()
    state = running(values[:400])
    assert running(values[400:], state) == running(values)


def test_the_band_is_that_of_the_textbook() -> None:
    values = [0.6, 0.7, 0.65, 0.8, 0.9, 0.85]
    found, wanted = running(values), stats.linregress(range(1, 7), values)
    assert found.at(0) == pytest.approx(wanted.intercept)
    assert found.error_at(0) == pytest.approx(wanted.intercept_stderr)
    assert found.residual_sd is not None
    assert found.residual_sd / math.sqrt(found.mxx) == pytest.approx(wanted.stderr)
    assert found.variance == pytest.approx(np.var(values, ddof=1))


def test_too_few_points_have_no_line() -> None:
    assert Running().slope is None
    assert Running().at(1) is None
    assert running([1.0]).slope is None
    assert running([1.0]).variance is None
    assert running([1.0, 2.0]).error_at(1) is None
    assert Running().merge(Running()) == Running()
    assert running([1.0]).merge(Running()) == running([1.0])


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_no_point(wrong: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        running([1.0]).add(wrong)
    with pytest.raises(ValueError, match="finite"):
        running([1.0]).add(1.0, x=wrong)
