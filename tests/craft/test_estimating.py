"""Estimates: from the best case to every retry, in the measures a model is paid by; free stays free, unknown unknown."""

from datetime import date

import pytest

from aiuteur.craft.estimating import Rates, filmed, pictured, reviewed, spoken, written
from aiuteur.craft.planning import FREE, Calls, Price
from aiuteur.craft.prices import Usage, book
from aiuteur.film.crew import ModelCard

RATES = Rates(book(), date(2026, 11, 20))
ONCE = Calls(1, 1, 1)


def card(name: str, provider: str = "google", *, replayable: bool = False) -> ModelCard:
    return ModelCard(provider, "api", name, replayable=replayable)


def dollars(price: Price | None) -> tuple[float, float, float] | None:
    return (float(price.low), float(price.expected), float(price.high)) if price is not None else None


@pytest.mark.parametrize(("model", "usage", "expected"), [
    pytest.param(card("gemini-3.8-flash"), written(40_000, 2_000), (0.0096, 0.01613, 0.03225), id="a text, by its length"),
    pytest.param(card("gemini-nano-banana-2.1"), pictured(900, 2), (0.0372, 0.0373, 0.0376), id="a picture, by the piece"),
    pytest.param(card("gpt-image-2", "openai"), pictured(900, 2), (0.0471, 0.0667, 0.1159), id="a picture, by its tokens"),
    pytest.param(card("gemini-omni-1.2-flash"), filmed(3.2), (0.28, 0.28, 0.28), id="a clip, by whole seconds"),
    pytest.param(card("gemini-3.8-flash-tts"), spoken(60), (0.001098, 0.001815, 0.00363), id="a line, by its seconds"),
    pytest.param(card("gemini-3.8-flash"), reviewed(4, 2, 500), (0.0041, 0.0055, 0.0094), id="a review, by what is shown"),
])
def test_an_estimate_is_in_the_measures_of_the_model(model: ModelCard, usage: Usage, expected: tuple[float, ...]) -> None:
    assert dollars(RATES.price(model, usage, ONCE)) == pytest.approx(expected, rel=0.05)


def test_retries_are_in_the_expected_and_the_highest_price() -> None:
    clips = RATES.calls("clip", card("gemini-omni-1.2-flash"))
    assert clips == Calls(1, 1.6, 4)
    assert dollars(RATES.price(card("gemini-omni-1.2-flash"), filmed(4), clips)) == pytest.approx((0.28, 0.448, 1.12))
    assert RATES.calls("clip", card("cinematographer-1", "animatic", replayable=True)) == Calls(1, 1, 4)


def test_the_built_in_studio_is_free_and_a_model_without_a_price_is_unknown() -> None:
    assert RATES.price(card("writer-1", "animatic", replayable=True), written(10**6, 10**6), ONCE) is FREE
    assert RATES.price(card("brand-new"), written(10, 10), ONCE) is None
    assert RATES.price(None, written(10, 10), ONCE) is None
    assert RATES.price(card("own-gpu", "comfyui", replayable=True), filmed(4), ONCE) is FREE


def test_a_token_is_four_bytes_in_any_script() -> None:
    assert written(len("Она гребла.".encode()), 0).input - written(0, 0).input == 5
