"""What calls cost: worked examples of the providers' own pages and of those who read them, to one per cent; and the unknown."""

from datetime import date
from decimal import Decimal

import pytest

from aiuteur.craft.prices import NONE, Money, Usage, book, read
from aiuteur.errors import InvalidInput

TODAY = date(2026, 11, 20)


def usd(provider: str, model: str, usage: Usage, on: date = TODAY) -> Decimal | None:
    found = book().price(provider, model, usage, on)
    return found.usd if found is not None else None


@pytest.mark.parametrize(("provider", "model", "usage", "dollars"), [
    pytest.param("google", "gemini-3.8-flash", Usage(input=1_000_000), 0.75, id="a million words in"),
    pytest.param("google", "gemini-3.8-flash", Usage(input=12_000, output=4_000), 0.024, id="a treatment"),
    pytest.param("google", "gemini-3.1-pro-preview", Usage(input=10_000, output=2_000), 0.044, id="a dearer writer"),
    pytest.param("google", "gemini-nano-banana-2.1", Usage(images=1, size="1K"), 0.0336, id="a frame, by the piece"),
    pytest.param("google", "gemini-nano-banana-2.1", Usage(image_output=1120), 0.0336, id="the same frame, by its tokens"),
    pytest.param("google", "gemini-nano-banana-2.1", Usage(input=300, images=1, size="1K"), 0.03405, id="with its prompt"),
    pytest.param("google", "gemini-3-pro-image", Usage(images=1, size="2K"), 0.134, id="a finer frame"),
    pytest.param("google", "gemini-3-pro-image", Usage(images=1, size="4k"), 0.24, id="the finest"),
    pytest.param("google", "gemini-omni-1.1-flash", Usage(seconds=10, resolution="720p"), 1.0136, id="ten seconds"),
    pytest.param("google", "gemini-omni-1.1-flash", Usage(video_output=5792), 0.10136, id="one second, by its tokens"),
    pytest.param("google", "gemini-omni-1.2-flash", Usage(seconds=8, resolution="720p"), 0.56, id="a clip of eight seconds"),
    pytest.param("google", "veo-3.1-generate-001", Usage(seconds=8, resolution="1080p"), 3.20, id="a clip of the older model"),
    pytest.param("google", "veo-3.1-generate-001", Usage(seconds=8, resolution="4k"), 4.80, id="at its finest"),
    pytest.param("google", "gemini-3.8-flash-tts", Usage(input=200, audio_output=1_000), 0.0182, id="a spoken line"),
    pytest.param("google", "lyria-3.5", Usage(seconds=30), 0.08, id="a song, whatever its length"),
    pytest.param("openai", "gpt-6.1-terra", Usage(input=10_000, output=1_000), 0.015, id="a scene"),
    pytest.param("openai", "gpt-6.1-terra", Usage(input=2_000, cached=8_000, output=1_000), 0.0074, id="mostly from the cache"),
    pytest.param("openai", "gpt-6.1-terra", Usage(input=300_000, output=1_000), 0.6075, id="a novel in view"),
    pytest.param("openai", "gpt-6-luna", Usage(input=1_000_000, output=1_000_000), 0.60, id="the smallest"),
    pytest.param("openai", "gpt-image-2", Usage(input=100, image_input=1_000, image_output=1_056), 0.0402, id="an edited one"),
    pytest.param("animatic", "writer-1", Usage(input=10**9, images=5, seconds=60), 0, id="the built-in studio"),
])
def test_a_call_costs_what_the_source_says(provider: str, model: str, usage: Usage, dollars: float) -> None:
    found = usd(provider, model, usage)
    assert found is not None
    assert float(found) == pytest.approx(dollars, rel=0.01)


@pytest.mark.parametrize(("provider", "model", "usage"), [
    pytest.param("google", "gemini-9-flash", Usage(input=10), id="a model that is not in the book"),
    pytest.param("somebody", "gemini-3.8-flash", Usage(input=10), id="another provider's model"),
    pytest.param("google", "gemini-omni-1.2-flash", Usage(seconds=8, resolution="4K"), id="a resolution without a price"),
    pytest.param("google", "gemini-nano-banana-2.1", Usage(images=1, size="4K"), id="a size without a price"),
    pytest.param("google", "gemini-3.8-flash", Usage(input=10, image_output=10), id="a kind of token without a price"),
    pytest.param("google", "gemini-3.1-pro-preview", Usage(input=250_000), id="more than the price is known for"),
    pytest.param("google", "gemini-3.8-flash", Usage(characters=10), id="a measure without a price"),
])
def test_what_is_not_in_the_book_is_unknown(provider: str, model: str, usage: Usage) -> None:
    assert usd(provider, model, usage) is None


def test_a_price_holds_from_its_first_to_its_last_day() -> None:
    words = Usage(input=1_000_000)
    assert usd("google", "gemini-3.8-flash", words, date(2026, 12, 31)) == Decimal("0.75")
    assert usd("google", "gemini-3.8-flash", words, date(2027, 1, 1)) == Decimal("1.50")
    assert usd("google", "gemini-omni-1.2-flash", Usage(seconds=1, resolution="720p"), date(2026, 11, 4)) is None


def test_another_currency_is_no_amount_of_dollars() -> None:
    assert Money(Decimal(3), "EUR").usd is None


def test_every_price_says_where_it_was_read() -> None:
    assert all(listing.source for listing in book().listings)


def test_prices_of_one_model_do_not_hold_on_the_same_day() -> None:
    listings = book().listings
    assert not [
        (one.model, other.model) for at, one in enumerate(listings) for other in listings[at + 1:]
        if (one.provider, one.model) == (other.provider, other.model) and one.first <= other.last and other.first <= one.last
    ]


@pytest.mark.parametrize(("text", "said"), [
    ('[[price]]\nprovider = "a"\nmodel = "b"\nsource = "c"\nrate = {}\n', "a/b has rate"),
    ('[[price]]\nprovider = "a"\nmodel = "b"\nsource = "c"\nrates = { input = "cheap" }\n', "a/b cannot be read"),
    ('[[price]]\nprovider = "a"\nmodel = "b"\n', "a/b cannot be read"),
    ("[[price]\n", "is not valid TOML"),
])
def test_a_wrong_entry_is_named(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read(text, "my.toml")


@pytest.mark.parametrize("used", [
    Usage(seconds=float("nan")), Usage(seconds=float("inf")), Usage(seconds=-5.0), Usage(seconds=1e12), Usage(input=-3, output=9),
    Usage(input=5, output=10**12), Usage(output=2.5),  # pyright: ignore[reportArgumentType] - as a client may parse it
    Usage(images=1, image_output=-1),
], ids=str)
def test_what_no_call_can_have_used_is_nothing_known(used: Usage) -> None:
    assert used.document() == {}


def test_usage_survives_the_ledger() -> None:
    used = Usage(input=5, seconds=2.5, resolution="720p", audio=False)
    assert Usage.read({**used.document(), "thoughts": 12}) == used
    assert NONE.document() == {}
