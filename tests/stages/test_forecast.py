"""The forecast of a lane, from facts to the noun that is kept."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from aiuteur.craft.figures.attempts import Record
from aiuteur.craft.figures.facts import Facts, Outlook, ShotFigures
from aiuteur.craft.figures.forecast import Left, Ratios
from aiuteur.craft.figures.running import running
from aiuteur.stages.forecast import forecast_of, points
from tests.figures.invented import project


def rising(shots: int) -> list[ShotFigures]:
    """Shots that take more and more attempts."""
    return [ShotFigures(at + 1, 0.9, 1 + at // 10, 1.0, 4.0, f"s{at}", "lumen-3", ("Ada",)) for at in range(shots)]


def told(shots: Sequence[ShotFigures], left: Sequence[Left], *, priced: bool = True) -> Facts:
    tries = [shot.attempts for shot in shots]
    ahead = Outlook(left, Record(tries), Ratios(), Ratios(), priced=priced)
    return Facts("ferry", {}, shots, {"attempts": running(map(float, tries))}, ahead)


def test_a_forecast_names_what_is_left_and_what_narrows_it() -> None:
    made = forecast_of(told(rising(60), [Left(0, 2.0, 60.0)] * 10))
    assert made.shots_left == 10
    assert made.attempts_made == sum(1 + at // 10 for at in range(60))
    assert made.attempts.low90 < made.attempts.median < made.attempts.high90
    assert made.cost_usd is not None
    assert made.cost_usd.median == pytest.approx(2 * made.attempts.median, rel=0.1)
    assert made.estimated_attempts is not None
    assert made.estimated_attempts > made.attempts_made + 50
    assert made.warning.startswith("Clips take more and more attempts")


def test_no_shot_is_forecast_more_attempts_than_its_project_allows() -> None:
    facts = told([], [Left(4), *[Left()] * 9])
    assert facts.outlook is not None
    few = forecast_of(replace(facts, outlook=replace(facts.outlook, cap=4)))
    many = forecast_of(facts)
    assert few.attempts.high90 <= 9 * 4 < many.attempts.high90
    assert few.stuck > 1 > forecast_of(replace(facts, outlook=replace(facts.outlook, left=[Left()]))).stuck


def test_a_price_nobody_knows_is_not_nought() -> None:
    left = [Left()] * 3
    assert forecast_of(told(rising(3), left, priced=False)).cost_usd is None
    nothing = forecast_of(told(rising(3), [], priced=False))
    assert nothing.cost_usd is not None
    assert nothing.cost_usd.high90 == 0


def test_nothing_made_yet_is_forecast_too() -> None:
    made = forecast_of(told([], [Left()] * 5, priced=False))
    assert (made.attempts_made, made.curve, made.warning, made.estimated_attempts) == (0, (), "", None)
    assert made.attempts.low90 >= 5


def test_the_studio_as_a_whole_has_nothing_left() -> None:
    with pytest.raises(ValueError, match="no lane"):
        forecast_of(replace(project(3), outlook=None))


def test_the_curve_is_condensed_to_medians() -> None:
    found = points(rising(1000))
    assert len(found) == 200
    assert (found[0].ordinal, found[0].attempts, found[0].stands_for) == (3.0, 1.0, 5)
    assert [point.ordinal for point in points(rising(3))] == [1.0, 2.0, 3.0]
