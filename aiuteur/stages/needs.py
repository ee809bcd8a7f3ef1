"""Whether a unit needs making, and why: the one question that plan, quote, run and sensors all ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from aiuteur.craft.staleness import Cause, say
from aiuteur.craft.tracing import Heads, differing
from aiuteur.craft.world import ORDER, Key, Selected, World
from aiuteur.film.bible import Character, Location, Prop, Style
from aiuteur.stages.work import Unit

REVIEWED: Final = MappingProxyType({"frames": "{}", "clips": "{}/clip"})
"""The items of dailies that review an artifact's takes."""


@dataclass(frozen=True, slots=True)
class Need:
    """Why a unit is to be made: items it answers for are missing, paths they read have moved, or somebody asked for a remake.

    `again`: a take of it was not accepted, and the run that was to make another ended before.
    """

    missing: tuple[Key, ...] = ()
    causes: tuple[Cause, ...] = ()
    asked: tuple[Key, ...] = ()
    again: tuple[Key, ...] = ()
    always: bool = False

    def say(self, world: World) -> str:
        """The reason in a person's words."""
        if self.always:
            return "drawn up anew"
        if self.asked:
            return _asked(world, self.asked)
        if self.missing:
            return "there was none"
        if self.again and not self.causes:
            return "its last take was not accepted, and another is to follow"
        labels = Labels(world)
        return f"stale: {', '.join(sorted({say(cause, labels) for cause in self.causes}))}"


def needs(unit: Unit, world: World) -> str | None:
    """The reason to make a unit now, None where it may rest."""
    found = need(unit, world)
    return found.say(world) if found is not None else None


def need(unit: Unit, world: World, now: Heads | None = None) -> Need | None:
    """Why a unit is to be made now, None where it may rest.

    What is pinned or locked waits for a person, whatever moved; asked for by name, what is pinned gets a proposal beside it.
    `now` is the world's fields by head, where somebody has them at hand.
    """
    if unit.always:
        return Need(always=True)
    missing = tuple(key for key in unit.keys if key not in world.items)
    causes = tuple(cause for key in unit.keys if not held(key, world) for cause in moves(key, world, now))
    asked = tuple(key for key in unit.keys if _wanted(key, world))
    again = tuple(key for key in unit.keys if to_follow(key, world))
    return Need(missing, causes, asked, again) if missing or causes or asked or again else None


def moves(key: Key, world: World, now: Heads | None = None) -> list[Cause]:
    """The paths an item read that are another now, whoever may make it."""
    found = world.items.get(key)
    return differing(found.trace, now if now is not None else _read(found, world)) if found is not None else []


def held(key: Key, world: World) -> bool:
    """Whether automation leaves an item alone: it is pinned or locked."""
    found = world.items.get(key)
    return found is not None and (found.pinned or found.locked)


def label_of(found: Selected) -> str:
    """What people call an item: a shot's label, a scene's number, an entry's name with what it is."""
    noun = found.noun
    if isinstance(noun, Character | Location | Prop | Style):
        return f"{noun.kind} {noun.name}"
    for field in ("label", "number", "name", "title"):
        if field in noun.__dict__:
            return str(noun.__dict__[field])
    return ""


class Labels(Mapping[Key, str]):
    """What people call the items of a world, looked up when asked; a beat goes by its place in the sheet."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __getitem__(self, key: Key) -> str:
        if key.artifact == "beats":
            return str(self._world.order("beats").index(key.item) + 1) if key.item in self._world.order("beats") else key.item
        found = label_of(self._world.items[key])
        if not found:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._world.items)

    def __len__(self) -> int:
        return len(self._world.items)


def label(key: Key, labels: Labels) -> str:
    """What people call an item or a unit, by the shot or scene it belongs to where it has no name of its own; '' for a lane's."""
    first, _, rest = key.item.partition("/")
    for owner in (key, Key("shot_list", first), Key("scenes", first)):
        found = labels.get(owner, "")
        if found:
            entry = labels.get(Key("bible", rest), rest) if rest and owner != key else ""
            return f"{found} {entry}" if entry else found
    return key.item if key.artifact != ORDER else ""


def _read(found: Selected, world: World) -> Heads:
    """The fields of just those items that an item read."""
    there = ((one, world.items.get(Key(*one.split(":", 1)))) for one in found.trace.reads)
    return {one: read.fields for one, read in there if read is not None}


def _wanted(key: Key, world: World) -> bool:
    found = world.items.get(key)
    return key in world.remakes and world.remakes[key].left > 0 and not (found is not None and found.locked)


def to_follow(key: Key, world: World) -> bool:
    """Whether a take was not accepted and the loop that made it never came to its end."""
    if key.artifact not in REVIEWED or held(key, world):
        return False
    verdict = world.items.get(Key("dailies", REVIEWED[key.artifact].format(key.item)))
    return key in world.items and verdict is not None and getattr(verdict.noun, "again", False) is True


def _asked(world: World, keys: tuple[Key, ...]) -> str:
    models = ", ".join(sorted({str(world.remakes[key].model) for key in keys if world.remakes[key].model is not None}))
    return f"remake asked for, with {models}" if models else "remake asked for"
