"""Turns: places in time by the database's clock, caps on calls under way, and providers that are left alone."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from aiuteur.registry.database import Registry
from aiuteur.registry.lanes import LaneRow, lane_row
from aiuteur.registry.limits import Limit, cool, earliest, late, pace, turn
from aiuteur.registry.states import State
from aiuteur.registry.tables import Rate
from tests.registry.builders import LANE, ask, begun

FIVE = (Limit("lumen", every=0.2),)


@pytest.fixture
def studio(registry: Registry) -> Registry:
    begun(registry)
    return registry


def _row(registry: Registry) -> LaneRow:
    with registry.transaction() as session:
        return lane_row(session, LANE)


def _turn(registry: Registry, limits: Sequence[Limit], most: float = 60.0) -> float | None:
    row = _row(registry)
    with registry.transaction() as session:
        found = turn(session, row, "lumen", "lumen-3", limits, most)
    return found.seconds if found is not None else None


def test_places_in_time_are_apart_whoever_takes_them(studio: Registry) -> None:
    started = time.monotonic()

    def place(_: int) -> float:
        waited = time.monotonic()
        found = _turn(studio, FIVE)
        assert found is not None
        return waited - started + found

    with ThreadPoolExecutor(4) as pool:
        places = sorted(pool.map(place, range(12)))
    assert places[-1] >= 11 * 0.2 - 0.05
    assert places[-1] < 11 * 0.2 + 1.5


def test_a_burst_may_come_together_after_a_rest(studio: Registry) -> None:
    burst = (Limit("lumen", every=10.0, burst=3),)
    places = [_turn(studio, burst) for _ in range(4)]
    assert [place is not None and place < 1 for place in places] == [True, True, True, False]


def test_a_place_that_is_too_far_off_is_not_taken(studio: Registry) -> None:
    slow = (Limit("lumen", every=30.0),)
    assert _turn(studio, slow) == pytest.approx(0.0, abs=0.5)
    told = [_turn(studio, slow, most=1.0) for _ in range(3)]
    assert all(place is not None and 25 < place <= 30 for place in told)


def test_a_full_house_takes_nobody(studio: Registry) -> None:
    cap = (Limit("lumen", at_once=2), Limit("lumen/lumen-3"))
    for key in ("a", "b"):
        assert _turn(studio, cap) == 0
        ask(studio, key)
    assert _turn(studio, cap) is None
    ask(studio, "c", state=State.CREATED)
    assert _turn(studio, (Limit("lumen", at_once=3),)) == 0


def test_calls_of_the_dead_do_not_fill_the_house(studio: Registry) -> None:
    ask(studio, "a", lease_seconds=-1)
    assert _turn(studio, (Limit("lumen", at_once=1),)) == 0


def test_who_said_no_is_left_alone(studio: Registry) -> None:
    row = _row(studio)
    with studio.transaction() as session:
        cool(session, row, "lumen/lumen-3", 30.0, "429")
        assert cool(session, row, "lumen/lumen-3", 1.0, "429 again") == 2
    for limits in ((Limit("lumen"), Limit("lumen/lumen-3")), (*FIVE, Limit("lumen/lumen-3"))):
        place = _turn(studio, limits)
        assert place is not None
        assert 25 < place <= 30
    with studio.transaction() as session:
        assert pace(session, row)["lumen/lumen-3"][1:] == (2, "429 again")


def test_without_limits_nobody_waits(studio: Registry) -> None:
    assert _turn(studio, ()) == 0
    assert _turn(studio, (Limit("lumen"), Limit("lumen/lumen-3"))) == 0


def test_whoever_has_a_place_a_window_after_one_that_was_late_waits_for_it(studio: Registry) -> None:
    row, now = _row(studio), time.time()
    with studio.transaction() as session:
        turn(session, row, "lumen", "lumen-3", FIVE, 60.0)
        for place, arrived in ((now - 9.0, now - 8.5), (now, now + 0.3), (now + 0.2, now + 0.25)):
            late(session, row, FIVE, place, arrived)
        waits = [earliest(session, row, FIVE, now + after) for after in (0.9, 1.0, 1.1, 1.2, 5.0)]
        assert waits == [None, *[pytest.approx(now + 1.305, abs=1e-3)] * 4]
        late(session, row, FIVE, now + 0.4, now + 0.6)
        assert earliest(session, row, FIVE, now + 1.4) == pytest.approx(now + 1.605, abs=1e-3)


def test_what_was_late_long_ago_is_forgotten(studio: Registry) -> None:
    row, now = _row(studio), time.time()
    with studio.transaction() as session:
        turn(session, row, "lumen", "lumen-3", FIVE, 60.0)
        for ago in (9.0, 8.0, 0.0):
            late(session, row, FIVE, now - ago, now - ago + 0.1)
        assert len(session.execute(select(Rate.late).where(Rate.scope == "lumen")).scalar_one()) == 1
