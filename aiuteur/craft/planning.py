"""Plans: what would be made, why, by whom and for how much; the shapes that quote, run, sensors and accounts share.

Belongs here: the shapes and their sums. Does not belong here: finding out what is missing or stale (`aiuteur.stages.plan`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Final

from aiuteur.craft.staleness import Cause
from aiuteur.craft.world import Key
from aiuteur.digest import Json, digest
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.remakes import Remake

_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars: at best, as expected, and with every retry that is allowed."""

    low: Decimal = _ZERO
    expected: Decimal = _ZERO
    high: Decimal = _ZERO

    def __add__(self, other: "Price") -> "Price":
        return Price(self.low + other.low, self.expected + other.expected, self.high + other.high)


FREE: Final = Price()


def total(prices: Iterable[Price | None]) -> Price | None:
    """The sum; None as soon as one is unknown."""
    added = FREE
    for one in prices:
        if one is None:
            return None
        added += one
    return added


@dataclass(frozen=True, slots=True)
class Calls:
    """How many calls: at best, as expected, at most."""

    low: float = 0.0
    expected: float = 0.0
    high: float = 0.0

    def __add__(self, other: "Calls") -> "Calls":
        return Calls(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def times(self, count: float) -> "Calls":
        """So many of each."""
        return Calls(self.low * count, self.expected * count, self.high * count)


@dataclass(frozen=True, slots=True)
class Ask:
    """Calls of one kind to one model for one unit: how many, for how many seconds of media, and the price (None: unknown)."""

    role: Role
    task: str
    card: ModelCard | None
    calls: Calls
    seconds: float
    price: Price | None

    @property
    def paid(self) -> bool:
        """Whether it may cost anything; an unknown price may."""
        return self.price is None or self.price.high > 0


@dataclass(frozen=True, slots=True)
class Planned:
    """One unit of work that would be made.

    `key` is its first item, `keys` all it would write and nobody holds; `upstream` says that it may still turn out unchanged,
    because what it read is to be made first; `lists` that it writes a list, so that what comes after it may be more or less.
    `again` that its last take was not accepted and another is to follow.
    `foreseen` counts units that cannot be named yet, since the list they will be in is not written. `waits_for` are the items
    that have to be there first and will not be before somebody gives or approves them.
    """

    stage: str
    anchor: str
    keys: tuple[Key, ...]
    label: str
    why: str
    causes: tuple[Cause, ...] = ()
    missing: tuple[Key, ...] = ()
    upstream: bool = False
    lists: bool = False
    remake: Remake | None = None
    again: bool = False
    asks: tuple[Ask, ...] = ()
    foreseen: float = 1.0
    waits_for: tuple[Key, ...] = ()

    @property
    def key(self) -> Key:
        """Its first item."""
        return self.keys[0] if self.keys else Key(self.stage, self.anchor)

    @property
    def begun(self) -> bool:
        """Whether it has a reason of its own, and not only one above it."""
        return bool(self.causes or self.missing or self.again) or self.remake is not None

    @property
    def role(self) -> Role | None:
        """Who makes it; None where nobody is asked."""
        return self.asks[0].role if self.asks else None

    @property
    def model(self) -> ModelCard | None:
        """The model cast for that; None where nobody is asked, or nobody is cast."""
        return self.asks[0].card if self.asks else None

    @property
    def calls(self) -> Calls:
        """Calls of all kinds."""
        return reduce(lambda a, b: a + b, (ask.calls for ask in self.asks), Calls())

    @property
    def seconds(self) -> float:
        """Seconds of media that are bought, once through."""
        return sum(ask.seconds for ask in self.asks)

    @property
    def price(self) -> Price | None:
        """What it would cost; None where that is unknown."""
        return total(ask.price for ask in self.asks)

    @property
    def paid(self) -> bool:
        """Whether it may cost anything."""
        return any(ask.paid for ask in self.asks)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be made on a lane now, in the order of the stages; `foreseen` what is sure to follow but has no name yet.

    `held` are stale items that a person pinned or locked: they are shown, and nothing is planned for them. `gone` are items
    that no list names any more and that a run puts away.
    """

    items: Sequence[Planned] = ()
    foreseen: Sequence[Planned] = ()
    held: Mapping[Key, str] | None = None
    gone: Sequence[Key] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to run."""
        return not self.items and not self.gone

    @property
    def definite(self) -> list[Planned]:
        """What is made in any case."""
        return [item for item in self.items if not item.upstream]

    @property
    def paid(self) -> list[Planned]:
        """What may cost something."""
        return [item for item in self.items if item.paid]

    @property
    def price(self) -> Price | None:
        """What all of it would cost, the foreseen too; None where a part of that is unknown."""
        return total(item.price for item in (*self.items, *self.foreseen))

    @property
    def known(self) -> Price:
        """What the parts with a known price would cost."""
        return total(price for item in (*self.items, *self.foreseen) if (price := item.price) is not None) or FREE

    @property
    def unpriced(self) -> list[str]:
        """The models among those asked that have no price."""
        asks = [ask for item in (*self.items, *self.foreseen) for ask in item.asks if ask.price is None]
        return sorted({f"{ask.card.provider}/{ask.card.name}" if ask.card else f"nobody as {ask.role}" for ask in asks})

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages with something to do, in order."""
        return tuple(dict.fromkeys(item.stage for item in self.items))

    @property
    def fingerprint(self) -> str:
        """Tells one plan from another: what would be made, and which paths moved. Not the price, and not the words."""
        return digest([*(_mark(item) for item in self.items), *(str(key) for key in self.gone)])


def _mark(item: Planned) -> Json:
    moved = [[cause.path, cause.now] for cause in item.causes]
    asked = [str(item.remake.id), item.remake.answered] if item.remake is not None else []
    return [item.stage, item.anchor, item.upstream, moved, [str(key) for key in item.missing], asked, item.again]
