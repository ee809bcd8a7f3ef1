import pytest

from aiuteur.craft.quoting import quote

WANTED = {"a": "missing", "b": "missing", "c": "stale: character Ada: wardrobe"}
SECONDS = {"a": 4.0, "b": 6.0, "c": 8.0}


def test_a_quote_has_a_line_for_each_reason_with_its_calls_seconds_and_price() -> None:
    made = quote("clips", "google", "omni", WANTED, SECONDS, 0.10)
    assert [(line.reason, line.calls, line.seconds, line.price_usd) for line in made.lines] == [
        ("missing", 2, 10.0, 1.0), ("stale: character Ada: wardrobe", 1, 8.0, 0.8),
    ]
    assert made.total_usd == pytest.approx(1.8)
    assert not made.approved


def test_an_unknown_price_makes_the_total_unknown_and_asks_for_approval() -> None:
    made = quote("clips", "somebody", "new", WANTED, SECONDS, None)
    assert made.total_usd is None
    assert not made.approved


def test_a_free_quote_needs_no_approval() -> None:
    assert quote("clips", "animatic", "one", WANTED, SECONDS, 0.0).approved


def test_nothing_wanted_costs_nothing() -> None:
    made = quote("clips", "google", "omni", {}, {}, 0.10)
    assert (made.lines, made.total_usd, made.approved) == ((), 0.0, True)
