"""Two clocks: a place in the database's time comes when it comes, however long the telling took."""

import pytest

from aiuteur.models.pacing import Clock, Due
from aiuteur.registry.limits import Place

AHEAD = 1000.0
"""Seconds by which our clock is ahead of the database's."""


def told(clock: Clock, at: float, seconds: float, there: float, back: float) -> float:
    """A place asked for at a time of the database, and how long the way there and back took; the moment it is due."""
    return clock.due(Place(seconds, at), AHEAD + at - there, AHEAD + at + back).moment


def test_the_telling_may_take_as_long_as_it_likes_once_the_clocks_are_known() -> None:
    clock = Clock()
    told(clock, 5.0, 0.0, 0.001, 0.001)
    for there, back in ((0.8, 0.0), (0.0, 0.8), (0.4, 0.1)):
        assert told(clock, 10.0, 2.0, there, back) == pytest.approx(AHEAD + 12.0, abs=0.002)


def test_what_is_known_at_first_is_as_good_as_the_first_telling() -> None:
    assert told(Clock(), 10.0, 2.0, 0.03, 0.01) == pytest.approx(AHEAD + 12.0, abs=0.02)


def test_clocks_that_drift_apart_are_looked_at_anew() -> None:
    clock = Clock()
    told(clock, 10.0, 0.0, 0.001, 0.001)
    assert clock.due(Place(1.0, 4000.0), AHEAD + 4000.499, AHEAD + 4000.501).moment == pytest.approx(AHEAD + 4001.5, abs=0.002)


def test_a_wait_that_is_no_place_among_others_counts_from_when_it_was_asked_for() -> None:
    assert Clock().due(Place(3.0), 7.0, 9.0) == Due(10.0)
