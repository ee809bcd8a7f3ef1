"""The arithmetic of dailies."""

import pytest

from aiuteur.craft.review import accepted, overall, passes, rated, score, verdict
from aiuteur.film.dailies import Correction, Department, Dimension, DimensionRating, Gate, Issue, Overall, Rating, Review

TAKE = "0" * 64
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
    assert not accepted(verdict(TAKE, [], None))


@pytest.mark.parametrize(("value", "step"), [
    (1.0, Overall.ACCEPT), (0.9, Overall.ACCEPT), (0.89, Overall.ACCEPT_WITH_NOTES), (0.8, Overall.ACCEPT_WITH_NOTES),
    (0.79, Overall.REGENERATE_MINOR), (0.6, Overall.REGENERATE_MINOR), (0.59, Overall.REGENERATE_MAJOR),
    (0.35, Overall.REGENERATE_MAJOR), (0.34, Overall.FAIL), (0.0, Overall.FAIL),
])
def test_every_threshold_is_kept_from_both_sides(value: float, step: Overall) -> None:
    # Two light ratings mix to any score without a heavy FAIL among them: value = share of PASS.
    parts = [rating(Rating.PASS, value * 0.19)] if value else []
    parts += [rating(Rating.FAIL, (1 - value) * 0.19)] if value < 1 else []
    assert overall(parts) is step


def test_a_heavy_fail_allows_no_more_than_regenerate_major() -> None:
    light = [rating(Rating.PASS, 0.8), rating(Rating.FAIL, 0.19, TECHNICAL)]
    heavy = [rating(Rating.PASS, 0.8), rating(Rating.FAIL, 0.2, TECHNICAL)]
    assert overall(light) is Overall.ACCEPT_WITH_NOTES
    assert overall(heavy) is Overall.REGENERATE_MAJOR


@pytest.mark.parametrize(("least", "let_in"), [(0.7, True), (0.75, True), (0.8, False), (0.95, False)])
def test_a_take_is_let_in_by_what_its_project_asks(least: float, let_in: bool) -> None:
    found = verdict(TAKE, [], Review(ratings=(rating(Rating.MINOR_ISSUES, 0.9),)), least=least)
    assert (found.score, found.accepted, accepted(found), passes(found, least)) == (0.75, let_in, let_in, let_in)
    assert not accepted(found.model_copy(update={"accepted": None}))  # one that does not say is held to the house's 0.8


@pytest.mark.parametrize("name", ["decodes", "size", "rate", "duration", "black", "frozen", "cut", "starts"])
def test_a_measured_gate_can_fail_a_take_alone(name: str) -> None:
    found = verdict(TAKE, [gate(name)], Review(ratings=(rating(Rating.PASS, 0.9),)))
    assert (found.overall, found.score) == (Overall.FAIL, 0.0)
    assert not accepted(found)


def test_a_soft_gate_alone_fails_nothing_and_marks_technique_down() -> None:
    assert overall([rating(Rating.PASS, 0.9)], [gate("sharpness")]) is Overall.ACCEPT
    found = verdict(TAKE, [gate("sharpness")], Review(ratings=(rated(STORY, Rating.PASS), rated(TECHNICAL, Rating.PASS))))
    assert {one.dimension: one.rating for one in found.ratings}[TECHNICAL] is Rating.MINOR_ISSUES
    assert found.overall is Overall.ACCEPT_WITH_NOTES


def test_a_failed_judge_is_unknown_and_its_gates_are_kept() -> None:
    found = verdict(TAKE, [gate("sharpness", passed=True)], None, judge="eyes-1")
    assert (found.overall, found.score, found.judge) == (Overall.UNKNOWN, None, "eyes-1")
    assert [one.name for one in found.gates] == ["sharpness"]


def test_measured_faults_are_told_before_the_judges_with_their_corrections() -> None:
    judged = Review(
        ratings=(rated(STORY, Rating.MAJOR_ISSUES),),
        issues=(Issue(department=Department.COSTUME, severity="major", description="The hat is gone."),),
        corrections=(Correction(department=Department.COSTUME, text="She wears the green hat."),),
    )
    found = verdict(TAKE, [gate("flicker")], judged, judge="eyes-1", template="judge@1")
    assert [issue.department for issue in found.issues] == [Department.GAFFER, Department.COSTUME]
    assert [one.text for one in found.corrections] == ["Keep the light steady from frame to frame.", "She wears the green hat."]
    assert found.template == "judge@1"


def test_corrections_of_the_first_schema_are_read_as_technical() -> None:
    assert Correction.model_validate("Hold still.") == Correction(department=Department.TECHNICAL, text="Hold still.")


def gate(name: str, *, passed: bool = False) -> Gate:
    return Gate(name=name, value=0, bound=1, passed=passed)
