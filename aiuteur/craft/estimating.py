"""Estimates: what a call will use before it is made, from the lengths of what is shown and asked for.

Belongs here: tokens from lengths, how often a take is tried, the price of an estimate. Does not belong here: the price book
(`aiuteur.craft.prices`), or which calls a unit makes (`aiuteur.stages.asks`).

A token is taken for four bytes of UTF-8, which holds for English, Russian and Chinese alike within a third. What a text call
really uses lies, by experience, between 0.6 and 2 times the estimate; pictures and seconds are counted, not estimated.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from aiuteur.craft.planning import FREE, Calls, Price
from aiuteur.craft.prices import Book, Listing, Usage, price
from aiuteur.film.crew import ModelCard

BYTES_A_TOKEN: Final = 4
OVERHEAD: Final = 1500
"""Tokens of a template and its schema."""

LEAST: Final = 0.6
MOST: Final = 2.0
"""Of an estimate of tokens."""

PICTURE_TOKENS: Final = 1600
"""Of a picture of one megapixel at medium quality, where a model is paid by them."""

PICTURE_SEEN: Final = 1100
VIDEO_SEEN: Final = 260
"""Tokens of a picture shown, and of a second of video."""

SPOKEN: Final = 25
"""Tokens of a second of speech; a second holds fifteen characters."""

CHARACTERS_A_SECOND: Final = 15

TRIES: Final[Mapping[str, Calls]] = MappingProxyType({
    "frame": Calls(1, 1.3, 3), "clip": Calls(1, 1.6, 4), "review_frame": Calls(1, 1.3, 3), "review_clip": Calls(1, 1.6, 4),
})
"""Takes until one is accepted, where the project's own history does not say; at most the attempts that are allowed."""

OTHERWISE: Final = Calls(1, 1.1, 2)
"""Any other call: an answer that does not parse is asked for once more."""

RESOLUTION: Final = "720p"
SIZE: Final = "1K"


@dataclass(frozen=True, slots=True)
class Rates:
    """What prices are worked out with: the book, the day, and how often a take is tried."""

    book: Book
    on: date
    tries: Mapping[str, Calls] = field(default_factory=lambda: TRIES)

    def calls(self, task: str, card: ModelCard | None) -> Calls:
        """How often one thing is asked for; a maker that answers the same each time is expected to be asked once."""
        tries = self.tries.get(task, OTHERWISE)
        return Calls(1, 1, tries.high) if card is not None and card.replayable else tries

    def price(self, card: ModelCard | None, usage: Usage, calls: Calls) -> Price | None:
        """What so many calls of an estimated usage cost; None where the price is unknown."""
        if card is None:
            return None
        if card.replayable and card.provider == "animatic":
            return FREE
        listing = self.book.listing(card.provider, card.name, self.on)
        if listing is None:
            return FREE if card.replayable else None
        each = [_dollars(listing, _spread(usage, listing, factor)) for factor in (LEAST, 1.0, MOST)]
        if any(one is None for one in each):
            return None
        low, expected, high = (one or Decimal(0) for one in each)
        return Price(_times(low, calls.low), _times(expected, calls.expected), _times(high, calls.high))


def tokens(shown: int) -> int:
    """Tokens of so many bytes of text."""
    return math.ceil(shown / BYTES_A_TOKEN)


def written(shown: int, out: int) -> Usage:
    """A text call that is shown so many bytes and answers with so many tokens."""
    return Usage(input=OVERHEAD + tokens(shown), output=out)


def pictured(words: int, references: int) -> Usage:
    """One picture from a prompt of so many bytes, with pictures in view."""
    return Usage(input=tokens(words), image_input=references * PICTURE_SEEN, images=1, size=SIZE)


def filmed(seconds: float) -> Usage:
    """One clip; models sell whole seconds."""
    return Usage(seconds=math.ceil(seconds), resolution=RESOLUTION)


def spoken(characters: int) -> Usage:
    """One spoken line."""
    seconds = characters / CHARACTERS_A_SECOND
    return Usage(input=tokens(characters), audio_output=math.ceil(seconds * SPOKEN), characters=characters)


def reviewed(seconds: float, pictures: int, out: int) -> Usage:
    """One review of a take, so many seconds long, with so many pictures beside it."""
    return Usage(input=OVERHEAD + math.ceil(seconds * VIDEO_SEEN), image_input=pictures * PICTURE_SEEN, output=out)


def _spread(usage: Usage, listing: Listing, factor: float) -> Usage:
    """A usage in the measures this model is paid by, its estimated tokens scaled; what is counted stays as it is."""
    rates = listing.rates or {}
    by_piece = bool(listing.image) or "image_output" not in rates
    made = 0 if by_piece else usage.images * PICTURE_TOKENS
    return replace(
        usage, input=math.ceil(usage.input * factor), output=math.ceil(usage.output * factor),
        image_input=usage.image_input if {"image_input", "input"} & set(rates) else 0,
        image_output=math.ceil(made * factor), images=usage.images if by_piece else 0,
        audio_output=math.ceil(usage.audio_output * factor) if "audio_output" in rates else 0,
        characters=usage.characters if listing.character is not None else 0,
    )


def _dollars(listing: Listing, usage: Usage) -> Decimal | None:
    found = price(listing, usage)
    return found.usd if found is not None else None


def _times(each: Decimal, calls: float) -> Decimal:
    return (each * Decimal(str(calls))).quantize(Decimal("0.000001"))
