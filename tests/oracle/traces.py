"""What was read, each with a mark of the value it had, and whether it would be read the same now.

Belongs here: reads and their marks. Does not belong here: seeing them happen (`watching`).
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Final, cast

from aiuteur.craft.world import Key, World
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order

document_of = Noun.document
"""The document of a noun, unseen by whoever watches."""


_PIXELS: Final = {"frames": "picture", "clips": "video"}
"""Where a take has what is seen."""


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """One thing read: a field of an item, an element of it by id, whether an item is there, or who stands before one."""

    what: str
    key: Key
    name: str = ""
    part: str = ""


@dataclass
class Trace:
    """What one unit read while it was made, each with a mark of the value it had; `booked`: it asked the ledger too."""

    own: frozenset[Key]
    marks: dict[Read, str] = field(default_factory=dict[Read, str])
    booked: bool = False
    _tagged: dict[int, tuple[object, Key, str, str]] = field(default_factory=dict[int, tuple[object, Key, str, str]])
    _views: dict[int, frozenset[str]] = field(default_factory=dict[int, frozenset[str]])

    def tag(self, noun: Noun, key: Key, name: str = "", part: str = "") -> None:
        """Know a noun by the item it is (a part of)."""
        self._tagged[id(noun)] = (noun, key, name, part)

    def tag_view(self, noun: Noun, key: Key, name: str, part: str, but: frozenset[str] = frozenset()) -> None:
        """Know a view or copy of some fields by the item it is of; fields it is changed in (`but`) are not the item's."""
        self.tag(noun, key, name, part)
        self._views[id(noun)] = but

    def is_input(self, noun: Noun, name: str) -> bool:
        """Whether reading this field of a noun says what to make."""
        return name != "id" and (name != "label" or id(noun) in self._views) and name not in self._views.get(id(noun), ())

    def where(self, noun: Noun) -> tuple[Key, str, str] | None:
        """The item a noun belongs to, None for one that was not read from the world, or that the unit answers for."""
        found = self._tagged.get(id(noun))
        return None if found is None or found[1] in self.own else found[1:]

    def note(self, read: Read, value: object) -> None:
        """Remember what was read, the first value of it."""
        if read.key not in self.own:
            self.marks.setdefault(read, mark_of(value))

    def forget(self, made: frozenset[Key]) -> None:
        """Leave out what was made: it answers for these too."""
        self.own |= made
        self.marks = {read: mark for read, mark in self.marks.items() if read.key not in made}

    def changed(self, world: World) -> list[Read]:
        """What was read and is another now."""
        return sorted(read for read, mark in self.marks.items() if _now(read, world) != mark)


def whole_lists(trace: Trace, world: World) -> None:
    """Reading every element of a list is reading the list: a new one would have been read too."""
    read: dict[tuple[Key, str], set[str]] = {}
    for one in trace.marks:
        if one.what == "part":
            read.setdefault((one.key, one.name), set()).add(one.part)
    for (key, name), parts in read.items():
        value = _elements(_value(world, key, name))
        if len(value) > 1 and {str(part["id"]) for part in value} == parts:
            trace.note(Read("field", key, name), value)


def asked_about(trace: Trace, world: World) -> None:
    """Asking the ledger is reading which takes the lane shows."""
    for key in world.items if trace.booked else ():
        if key.artifact in _PIXELS:
            trace.note(Read("field", key, _PIXELS[key.artifact]), _value(world, key, _PIXELS[key.artifact]))


def _now(read: Read, world: World) -> str:
    """The mark of what would be read now."""
    if read.what == "presence":
        return mark_of(read.key in world.items)
    if read.what == "before":
        ids = world.order(read.key.item)
        if read.name not in ids:
            return mark_of(None)
        place = ids.index(read.name)
        return mark_of(ids[place - 1] if place else "")
    value = _value(world, read.key, read.name)
    if read.what == "part":
        return mark_of(next((part for part in _elements(value) if part["id"] == read.part), None))
    return mark_of(value)


def _value(world: World, key: Key, name: str) -> object:
    found = world.items.get(key)
    if found is None:
        return None
    return list(found.noun.ids) if isinstance(found.noun, Order) and name == "ids" else document_of(found.noun).get(name)


def _elements(value: object) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", value) if isinstance(value, list) else []


def has_parts(value: object) -> bool:
    parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return bool(parts) and all(isinstance(part, Noun) and "id" in type(part).model_fields for part in parts)


def plain(value: object) -> object:
    if isinstance(value, Noun):
        return document_of(value)
    if isinstance(value, tuple):
        return [plain(part) for part in cast("tuple[object, ...]", value)]
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in cast("dict[object, object]", value).items()}
    return value


def mark_of(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def remarked(trace: Trace, world: World) -> Trace:
    """The same reads with the values they would have now."""
    return Trace(trace.own, {read: _now(read, world) for read in trace.marks})
