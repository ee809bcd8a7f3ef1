"""The arithmetic of dailies."""

import pytest

from aiuteur.craft.review import accepted, judged, overall, rated, score
from aiuteur.film.dailies import Dimension, DimensionRating, Gate, Overall, Rating

TECHNICAL, STORY = Dimension.TECHNICAL_QUALITY, Dimension.NARRATIVE_FIDELITY


def rating(value: Rating, weight: float, dimension: Dimension = STORY) -> DimensionRating:
    return DimensionRating(dimension=dimension, rating=value, weight=weight)


def test_the_score_is_the_weighted_mean_of_values() -> None:
    ratings = [rating(Rating.PASS, 0.5), rating(Rating.MINOR_ISSUES, 0.3), rating(Rating.MAJOR_ISSUES, 0.2)]
    assert score(ratings) == pytest.approx(0.5 + 0.3 * 0.75 + 0.2 * 0.4)


def test_dimensions_that_were_not_rated_do_not_count() -> None:
    assert score([rated(TECHNICAL, Rating.PASS)]) == 1.0


def test_nothing_rated_is_unknown_and_unknown_is_no_pass() -> None:
    assert score([]) is None
    assert overall([]) is Overall.UNKNOWN
    assert not accepted(judged("0" * 64, "nobody", [], [], {}))


@pytest.mark.parametrize(("value", "verdict"), [
    (1.0, Overall.ACCEPT), (0.9, Overall.ACCEPT), (0.89, Overall.ACCEPT_WITH_NOTES), (0.8, Overall.ACCEPT_WITH_NOTES),
    (0.79, Overall.REGENERATE_MINOR), (0.6, Overall.REGENERATE_MINOR), (0.59, Overall.REGENERATE_MAJOR),
    (0.35, Overall.REGENERATE_MAJOR), (0.34, Overall.FAIL), (0.0, Overall.FAIL),
])
def test_every_threshold_is_kept_from_both_sides(value: float, verdict: Overall) -> None:
    # Two light ratings mix to any score without a heavy FAIL among them: value = share of PASS.
    parts = [rating(Rating.PASS, value * 0.19)] if value else []
    parts += [rating(Rating.FAIL, (1 - value) * 0.19)] if value < 1 else []
    assert overall(parts) is verdict


def test_a_heavy_fail_allows_no_more_than_regenerate_major() -> None:
    light = [rating(Rating.PASS, 0.8), rating(Rating.FAIL, 0.19, TECHNICAL)]
    heavy = [rating(Rating.PASS, 0.8), rating(Rating.FAIL, 0.2, TECHNICAL)]
    assert overall(light) is Overall.ACCEPT_WITH_NOTES
    assert overall(heavy) is Overall.REGENERATE_MAJOR


@pytest.mark.parametrize("name", ["decodes", "size", "duration", "black"])
def test_a_measured_gate_can_fail_a_take_alone(name: str) -> None:
    gate = Gate(name=name, value=0, bound=1, passed=False)
    verdict = judged("0" * 64, "judge", [gate], [rating(Rating.PASS, 0.9)], {})
    assert verdict.overall is Overall.FAIL
    assert verdict.score == 0.0
    assert not accepted(verdict)


def test_a_soft_gate_alone_fails_nothing() -> None:
    gate = Gate(name="sharpness", value=0, bound=1, passed=False)
    assert overall([rating(Rating.PASS, 0.9)], [gate]) is Overall.ACCEPT
