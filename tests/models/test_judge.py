"""The built-in judge: rates what was measured, leaves unrated what needs eyes, and asks for what it cannot do without."""

import asyncio

import pytest

from aiuteur.craft.review import ALONE, accepted, verdict
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.dailies import Dimension, Gate, Overall, Rating, Review, Verdict
from aiuteur.models.animatic.cards import CARDS
from aiuteur.models.animatic.judge import AnimaticJudge
from aiuteur.models.protocols import Request


def gates(*failed: str) -> list[Gate]:
    names = ("decodes", "size", "duration", "black", "flicker", "blown", "off_centre", "contrast", "sharpness", "frozen")
    return [Gate(name=name, value=0.5, bound=1.0, passed=name not in failed) for name in names]


def ask(task: str, payload: dict[str, Json]) -> Review:
    reply = asyncio.run(AnimaticJudge().make(Request(task, payload)))
    assert reply.cost_usd == 0.0
    return Review.model_validate(reply.content)


def reviewed(task: str, *failed: str) -> Verdict:
    found = gates(*failed)
    return verdict("0" * 64, found, ask(task, {"gates": [gate.document() for gate in found]}), judge="judge-2")


def test_only_what_was_measured_is_rated() -> None:
    assert [rating.dimension for rating in reviewed("review_clip").ratings] == [Dimension.TECHNICAL_QUALITY]
    assert {rating.dimension for rating in reviewed("review_frame").ratings} == {
        Dimension.TECHNICAL_QUALITY, Dimension.COMPOSITION,
    }


def test_a_clean_take_is_accepted() -> None:
    for task in ("review_clip", "review_frame"):
        found = reviewed(task)
        assert (found.overall, found.score, found.corrections) == (Overall.ACCEPT, 1.0, ())
        assert accepted(found)


def test_one_fault_is_to_be_mended_and_two_are_worse() -> None:
    one, two = reviewed("review_clip", "flicker"), reviewed("review_clip", "flicker", "blown")
    assert (one.overall, two.overall) == (Overall.REGENERATE_MINOR, Overall.REGENERATE_MAJOR)
    assert [correction.text for correction in one.corrections] == ["Keep the light steady from frame to frame."]
    assert not accepted(one)


@pytest.mark.parametrize("name", sorted(ALONE & {gate.name for gate in gates()}))
def test_a_fault_that_cannot_be_cut_around_fails(name: str) -> None:
    found = reviewed("review_clip", name)
    assert (found.overall, found.score) == (Overall.FAIL, 0.0)
    assert found.ratings[0].rating is Rating.FAIL


def test_weight_at_the_edge_is_composition_and_no_matter_of_technique() -> None:
    ratings = {one.dimension: one.rating for one in reviewed("review_frame", "off_centre").ratings}
    assert ratings[Dimension.COMPOSITION] is Rating.MINOR_ISSUES


def test_a_request_without_gates_or_for_something_else_is_an_error_and_no_pass() -> None:
    with pytest.raises(InvalidInput, match="gates"):
        ask("review_clip", {})
    with pytest.raises(InvalidInput, match="reviews frames and clips"):
        ask("clip", {"gates": []})


def test_its_card_says_that_it_reads_no_words() -> None:
    assert not AnimaticJudge().card.reads_words
    assert AnimaticJudge().card == next(card for role, card in CARDS.items() if role == "judge")
