"""Prices: what a call costs by the price book, and what one is likely to cost before it is made.

Belongs here: the book, usage, the sum. Does not belong here: which model is asked (`aiuteur.models.routing`), how often an item
will be tried (`aiuteur.craft.estimating`).

The book is `aiuteur/catalogue/prices.toml`. A price that is not in it is unknown, which is None and never nought.
"""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from importlib import resources
from typing import Final, cast

from aiuteur.errors import InvalidInput

MILLION: Final = Decimal(1_000_000)
USD: Final = "USD"
TOKENS: Final = ("input", "cached", "output", "image_input", "image_output", "audio_output", "video_output")
"""The kinds of token that a price may tell apart."""

_MOST_SECONDS: Final = 3600.0
_MOST: Final = 100_000_000
"""No call films an hour, or uses so many tokens, pictures or characters."""

_KNOWN: Final = frozenset({
    "provider", "model", "rates", "image", "second", "character", "call", "above", "context", "from", "to", "currency", "source",
    "estimate",
})


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency."""

    amount: Decimal
    currency: str = USD

    @property
    def usd(self) -> Decimal | None:
        """The amount where it is in dollars; None otherwise, for there is no rate of exchange here."""
        return self.amount if self.currency == USD else None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call used, as its answer tells or as is estimated before it.

    Tokens by kind, `cached` being those of the input that came from a cache and are not in `input`; pictures with their size
    (1K, 2K, 1024x1024) and quality; seconds of video with their resolution (720p, 4K); characters of speech. What a provider
    tells in tokens is priced by tokens, what it does not by the picture or the second.
    """

    input: int = 0
    cached: int = 0
    output: int = 0
    image_input: int = 0
    image_output: int = 0
    audio_output: int = 0
    video_output: int = 0
    images: int = 0
    size: str = ""
    quality: str = ""
    seconds: float = 0.0
    resolution: str = ""
    audio: bool = True
    characters: int = 0

    @classmethod
    def read(cls, found: Mapping[str, object]) -> "Usage":
        """Usage as it stands in the ledger: the fields of this class by name; what else a provider told is left out."""
        return cls(**{name: value for name, value in found.items() if name in cls.__slots__})  # pyright: ignore[reportArgumentType] - written by `document`

    def document(self) -> dict[str, int | float | str | bool]:
        """What was used, as the ledger keeps it: nothing that is nought or the default.

        Nothing at all where a provider told what no call uses (less than nothing, an endless clip): then what it cost is unknown.
        """
        counts = (*self._tokens(), self.images, self.characters)
        if not (0 <= self.seconds <= _MOST_SECONDS and all(map(_counted, counts))):
            return {}
        return {name: value for name in self.__slots__ if (value := getattr(self, name)) != getattr(NONE, name)}

    def tokens(self) -> dict[str, int]:
        """The tokens of each kind there are any of."""
        return {kind: count for kind, count in zip(TOKENS, self._tokens(), strict=True) if count}

    def _tokens(self) -> tuple[int, ...]:
        return self.input, self.cached, self.output, self.image_input, self.image_output, self.audio_output, self.video_output


NONE: Final = Usage()
"""Nothing used."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of the book: dollars by measure, the days it holds on, and where it was read."""

    provider: str
    model: str
    source: str
    currency: str = USD
    rates: Mapping[str, Decimal] | None = None
    image: Mapping[str, Decimal] | None = None
    second: Mapping[str, Decimal] | None = None
    character: Decimal | None = None
    call: Decimal | None = None
    above: Mapping[str, Decimal] | None = None
    context: int | None = None
    first: date = date.min
    last: date = date.max
    estimate: bool = False

    def holds(self, provider: str, model: str, on: date) -> bool:
        """Whether it is the price of a model on a day; `*` stands for every model of a provider."""
        return self.provider == provider and fnmatchcase(model, self.model) and self.first <= on <= self.last


@dataclass(frozen=True, slots=True)
class Book:
    """Every price that is known."""

    listings: Sequence[Listing]

    def listing(self, provider: str, model: str, on: date) -> Listing | None:
        """The price of a model on a day, None where it is unknown."""
        return next((one for one in self.listings if one.holds(provider, model, on)), None)

    def price(self, provider: str, model: str, usage: Usage, on: date) -> Money | None:
        """What a call costs; None where the model, or one of the measures used, has no price."""
        listing = self.listing(provider, model, on)
        return price(listing, usage) if listing is not None else None


def _counted(told: object) -> bool:
    """Whether something is a number of tokens, pictures or characters: clients check nothing of what they parse."""
    return isinstance(told, int) and 0 <= told <= _MOST


def price(listing: Listing, usage: Usage) -> Money | None:
    """What a call costs at one price, exactly; None as soon as something was used that has no price."""
    tokens = usage.tokens()
    if listing.call is not None:
        return Money(listing.call, listing.currency)
    told = {"image": usage.image_output, "second": usage.video_output, "character": usage.audio_output}
    parts = [
        _tokens(listing, tokens),
        _pictures(listing, usage) if not told["image"] else Decimal(0),
        _seconds(listing, usage) if not told["second"] else Decimal(0),
        _characters(listing, usage) if not told["character"] else Decimal(0),
    ]
    total = Decimal(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return Money(total, listing.currency)


def read(text: str, where: str) -> Book:
    """A book from TOML; raises `InvalidInput` naming the entry that is wrong."""
    try:
        found = cast("Sequence[Mapping[str, object]]", tomllib.loads(text).get("price", ()))
    except tomllib.TOMLDecodeError as error:
        message = f"{where} is not valid TOML: {error}."
        raise InvalidInput(message) from error
    return Book([_listing(entry, where) for entry in found])


@functools.cache
def book() -> Book:
    """The book that comes with the studio."""
    return read(resources.files("aiuteur.catalogue").joinpath("prices.toml").read_text("utf-8"), "catalogue/prices.toml")


def _tokens(listing: Listing, tokens: Mapping[str, int]) -> Decimal | None:
    """Tokens by their rates. A cached token costs what an input token does where the book has no rate of its own for it."""
    shown = tokens.get("input", 0) + tokens.get("cached", 0)
    if listing.context is not None and shown > listing.context:
        return None
    rates = listing.rates or {}
    if listing.above is not None and shown > listing.above["tokens"]:
        rates = {**rates, **listing.above}
    total = Decimal(0)
    for kind, count in tokens.items():
        rate = rates.get(kind, rates.get("input") if kind in {"cached", "image_input"} else None)
        if rate is None:
            # A picture or a film is bought whole: the words it was asked with are in its price.
            if kind == "input" and (listing.image or listing.second):
                continue
            return None
        total += rate * count
    return total / MILLION


def _pictures(listing: Listing, usage: Usage) -> Decimal | None:
    if not usage.images:
        return Decimal(0)
    rates, size = listing.image or {}, usage.size.lower()
    rate = rates.get(f"{size}/{usage.quality}", rates.get(size))
    return rate * usage.images if rate is not None else None


def _seconds(listing: Listing, usage: Usage) -> Decimal | None:
    if not usage.seconds:
        return Decimal(0)
    rates, resolution = listing.second or {}, usage.resolution.lower()
    silent = rates.get(f"{resolution}/silent") if not usage.audio else None
    rate = silent if silent is not None else rates.get(resolution)
    return rate * Decimal(str(usage.seconds)) if rate is not None else None


def _characters(listing: Listing, usage: Usage) -> Decimal | None:
    if not usage.characters:
        return Decimal(0)
    return listing.character * usage.characters / MILLION if listing.character is not None else None


def _listing(entry: Mapping[str, object], where: str) -> Listing:
    name = f"{entry.get('provider')}/{entry.get('model')}"
    unknown = sorted(set(entry) - _KNOWN)
    if unknown:
        message = f"{where}: the price of {name} has {', '.join(unknown)}; known are {', '.join(sorted(_KNOWN))}."
        raise InvalidInput(message)
    try:
        return Listing(
            provider=str(entry["provider"]), model=str(entry["model"]), source=str(entry["source"]),
            currency=str(entry.get("currency", USD)), rates=_amounts(entry.get("rates")), image=_amounts(entry.get("image")),
            second=_amounts(entry.get("second")), character=_amount(entry.get("character")), call=_amount(entry.get("call")),
            above=_amounts(entry.get("above")), context=cast("int | None", entry.get("context")),
            first=cast("date", entry.get("from", date.min)), last=cast("date", entry.get("to", date.max)),
            estimate=bool(entry.get("estimate", False)),
        )
    except (KeyError, InvalidOperation) as error:
        message = f"{where}: the price of {name} cannot be read ({error!r})."
        raise InvalidInput(message) from error


def _amounts(found: object) -> dict[str, Decimal] | None:
    return {name.lower(): Decimal(str(value)) for name, value in cast("Mapping[str, object]", found).items()} if found else None


def _amount(found: object) -> Decimal | None:
    return Decimal(str(found)) if found is not None else None
