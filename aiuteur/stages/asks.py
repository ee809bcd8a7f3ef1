"""Asks: whom a unit of work calls on, how often, and what that is likely to cost.

Belongs here: from what a unit wishes for to models and prices; what is still to be listed. Does not belong here: which calls
a stage makes (`wishes`), tokens and prices (`aiuteur.craft.estimating`), whether a unit is made at all (`plan`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from aiuteur.craft.estimating import Rates
from aiuteur.craft.planning import Ask, Planned, Price
from aiuteur.craft.prices import book
from aiuteur.craft.world import Key, World
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Shot
from aiuteur.registry.outlines import Length
from aiuteur.stages.wishes import CAST, SCENE_SECONDS, SHOT_SECONDS, WISHES, Room, Sizes, Wish, film_seconds
from aiuteur.stages.work import Unit

Casting = Callable[[Role, Key, str | None], ModelCard | None]
"""Who is cast for a role on an item, or who was asked for by name; None where nobody is."""


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a plan is priced with: prices and tries, and the length of what there is."""

    rates: Rates
    sizes: Sizes


_HELPERS: Final = frozenset({Role.VOICE, Role.SOUND, Role.JUDGE})
"""Roles without which things are made all the same."""


def asks(item: Planned, world: World, casting: Casting, pricing: Pricing) -> Planned:
    """A planned unit with whom it asks, and for how much."""
    wishes = WISHES.get(item.stage)
    if wishes is None:
        return item
    found = [_ask(wish, item, casting, pricing.rates) for wish in wishes(Room(item, world, pricing.sizes))]
    return replace(item, asks=tuple(ask for ask in found if ask is not None))


def foreseen(world: World) -> list[Planned]:
    """What is sure to follow and cannot be named yet: the items of lists that are not written, counted from the film's length."""
    scenes, seconds = _unwritten(world)
    if not seconds:
        return []
    shots = seconds / SHOT_SECONDS
    counts = {"scenes": scenes, "shot_list": scenes, "looks": scenes * CAST, "prompts": shots, "frames": shots, "clips": shots}
    return [
        Planned(stage, "", (), f"about {max(1, round(count))}", "follows from what is to be written", foreseen=count)
        for stage, count in counts.items() if count
    ]


def costs(stage: str, unit: Unit, world: World, casting: Casting, pricing: Pricing) -> bool:
    """Whether making a unit may cost something."""
    remake = next((world.remakes[key] for key in unit.keys if key in world.remakes), None)
    missing = tuple(key for key in unit.keys if key not in world.items)
    return asks(Planned(stage, unit.anchor, unit.keys, "", "", missing=missing, remake=remake), world, casting, pricing).paid


def todays(world: World, sizes: Sizes | None = None) -> Pricing:
    """Prices of today, for a world with content or one whose lengths are given."""
    return Pricing(Rates(book(), datetime.now(UTC).date()), sizes or measured(world))


def measured(world: World) -> Sizes:
    """The lengths of what is in a world with content."""

    def size(key: Key) -> Length:
        found = world.items.get(key)
        if found is None:
            return Length()
        if isinstance(found.noun, Shot):
            return Length(sum(len(line.text.encode()) for line in found.noun.dialogue), len(found.noun.dialogue))
        parts = len(found.noun.scenes) if isinstance(found.noun, Script) else 1
        return Length(len(str(found.noun.document()).encode()), parts)

    return size


def _ask(wish: Wish, item: Planned, casting: Casting, rates: Rates) -> Ask | None:
    named = item.remake.model if item.remake is not None and wish.role not in _HELPERS else None
    card = casting(wish.role, item.key, named)
    if card is None and wish.role in _HELPERS:
        return None
    takes = item.remake.left if item.remake is not None else 1
    calls = rates.calls(wish.task, card).times(wish.times * item.foreseen * max(1, takes))
    price = rates.price(card, wish.usage, calls)
    if item.upstream:
        calls, price = replace(calls, low=0.0), replace(price, low=Price().low) if price is not None else None
    return Ask(wish.role, wish.task, card, calls, wish.seconds * item.foreseen * max(1, takes), price)


def _unwritten(world: World) -> tuple[float, float]:
    """Scenes and seconds of film for which no shots are listed yet."""
    scenes = world.order("scenes")
    if not scenes:
        seconds = film_seconds(world)
        return (max(1.0, seconds / SCENE_SECONDS), seconds)
    bare = [scene for scene in scenes if not world.order(scene)]
    return 0.0, len(bare) * film_seconds(world) / len(scenes)
