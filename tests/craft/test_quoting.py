from decimal import Decimal

import pytest

from aiuteur.craft.planning import FREE, Ask, Calls, Planned, Price
from aiuteur.craft.quoting import quote
from aiuteur.film.crew import ModelCard, Role

OMNI = ModelCard("google", "interactions", "omni")
STALE = "stale: character Ada: wardrobe"


def clip(shot: str, why: str, seconds: float, price: Price | None) -> Planned:
    ask = Ask(Role.CINEMATOGRAPHER, "clip", OMNI, Calls(1, 1.5, 4), seconds, price)
    return Planned("clips", shot, (), shot, why, asks=(ask,))


def price(expected: str) -> Price:
    return Price(Decimal(expected) / 2, Decimal(expected), Decimal(expected) * 2)


NEW = "there was none"
WANTED = [clip("a", NEW, 4, price("0.4")), clip("c", STALE, 8, price("0.8")), clip("b", NEW, 6, price("0.6"))]


def test_a_quote_has_a_line_for_each_reason_with_its_calls_seconds_and_price() -> None:
    made = quote(WANTED)
    assert [(line.reason, line.items, line.calls, line.seconds) for line in made.lines] == [
        (STALE, ("c",), 2, 8.0), (NEW, ("a", "b"), 3, 10.0),
    ]
    assert [(line.low_usd, line.price_usd, line.high_usd) for line in made.lines] == [(0.4, 0.8, 1.6), (0.5, 1.0, 2.0)]
    assert (made.low_usd, made.total_usd, made.high_usd) == pytest.approx((0.9, 1.8, 3.6))
    assert not made.approved


def test_an_unknown_price_makes_the_total_unknown_and_asks_for_approval() -> None:
    made = quote([*WANTED, clip("d", "there was none", 3, None)])
    assert (made.low_usd, made.total_usd, made.high_usd) == (None, None, None)
    assert not made.approved
    assert [line.price_usd for line in made.lines] == [0.8, None]


def test_a_free_quote_needs_no_approval() -> None:
    assert quote([clip("a", STALE, 4, FREE)]).approved


def test_nothing_wanted_costs_nothing() -> None:
    made = quote([])
    assert (made.lines, made.total_usd, made.approved) == ((), 0.0, True)
