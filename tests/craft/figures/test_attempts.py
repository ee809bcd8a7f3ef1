from fractions import Fraction
from math import factorial

import numpy as np
import pytest

from aiuteur.craft.figures import attempts
from aiuteur.craft.figures.attempts import CAP, FLAT, A, B, Record, chance_within, learnt, likelihood, more, passing, updated


def beta(a: int, b: int) -> Fraction:
    return Fraction(factorial(a - 1) * factorial(b - 1), factorial(a + b - 1))


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """A grid of one point, Beta(3, 2), where every chance is a fraction."""
    monkeypatch.setattr(attempts, "A", np.array([3.0]))
    monkeypatch.setattr(attempts, "B", np.array([2.0]))
    return 3, 2


def test_the_likelihood_is_that_of_exact_fractions(whole: tuple[int, int]) -> None:
    a, b = whole
    seen = Record([1, 1, 4, 2], [3, 8, 0])
    wanted = Fraction(1)
    for k in seen.accepted:
        wanted *= beta(a + 1, b + k - 1) / beta(a, b)
    for f in seen.failures:
        wanted *= beta(a, b + f) / beta(a, b)
    assert np.exp(likelihood(seen)[0]) == pytest.approx(float(wanted), rel=1e-12)


def test_the_chances_ahead_are_those_of_exact_fractions(whole: tuple[int, int]) -> None:
    a, b = whole
    for failures in (0, 3):
        ahead = more(failures)[0]
        still = Fraction(1)
        for step in range(CAP - failures - 1):
            still *= Fraction(b + failures + step, a + b + failures + step)
            assert ahead[step] == pytest.approx(float(1 - still), rel=1e-12)
        assert ahead[CAP - failures - 1] == 1.0
    assert more(CAP)[0].tolist() == [1.0] * CAP
    own = Fraction(1) - Fraction(2 + 2, 7) * Fraction(2 + 3, 8)
    assert chance_within(np.array([1.0]), 2, 2) == pytest.approx(float(own))


def test_simulated_shots_teach_what_they_were_drawn_from() -> None:
    rng = np.random.default_rng(4)
    p = rng.beta(4, 4, 800)
    drawn = rng.geometric(p)
    seen = Record([int(k) for k in drawn if k <= CAP], [CAP] * int((drawn > CAP).sum()))
    belief = updated(FLAT, seen)
    assert belief.sum() == pytest.approx(1)
    assert passing(belief) == pytest.approx(0.5, abs=0.04)
    assert float(belief @ (A + B)) == pytest.approx(8, rel=0.6)


def test_a_running_shot_is_censored_not_counted_as_lost() -> None:
    done = Record([1] * 6 + [2] * 4)
    running = updated(FLAT, Record(done.accepted, [1, 1, 1]))
    lost = updated(FLAT, Record(done.accepted, [CAP, CAP, CAP]))
    assert passing(updated(FLAT, done)) > passing(running) > passing(lost)


def test_past_projects_are_learnt_from() -> None:
    hard = [Record([4, 6, 3, 5, 2, 7, 1, 8, 4], [8, 8]) for _ in range(6)]
    assert learnt([]) is FLAT
    assert learnt([Record()]) is FLAT
    belief = learnt(hard)
    assert belief.sum() == pytest.approx(1)
    assert passing(belief) < 0.32 < passing(FLAT)


def test_a_shot_that_keeps_failing_has_less_and_less_chance() -> None:
    belief = updated(FLAT, Record([1, 1, 2, 1, 6, 8, 1, 1], [8, 8]))
    chances = [chance_within(belief, failures, 3) for failures in range(8)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.6
    assert chances[-1] < 0.5
