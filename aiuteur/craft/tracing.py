"""Tracing: thousands of items held against what they read, at once.

Belongs here: the fields of a world by head, and whether an item's reads are as they were. Does not belong here: what follows from
a difference (`aiuteur.craft.staleness`, `aiuteur.stages.plan`).
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.staleness import Cause
from aiuteur.craft.world import ABSENT, ORDER, Key, Selected, Trace, World

Heads = Mapping[str, Mapping[str, str]]
"""The digests of an item's fields, by what its read paths begin with."""

SHAPING: Final = frozenset({ORDER, "narrative", "scenes", "shot_list"})
"""Artifacts whose content decides which items there ought to be."""

_NO_FIELDS: Final[Mapping[str, str]] = {}
_LOOKED: Final = "looked"


@dataclass(frozen=True, slots=True)
class Looked:
    """A lane's items after a look at all of them: their fields by head, and those that are as what they read is.

    `readers` are by head the items of which some version seen until now read it, so that whoever reads a head now is among them.
    `shape` is the same object for as long as the lane ought to have the same items; whoever works those out may keep them in it.
    """

    items: Mapping[Key, Selected]
    heads: Heads
    sound: AbstractSet[Key]
    readers: dict[str, set[Key]]
    shape: dict[str, object]

    def reading(self, one: str) -> list[Key]:
        """The items that read a head."""
        return [key for key in self.readers.get(one, ()) if key in self.items and one in self.items[key].trace.reads]


def head(key: Key) -> str:
    """What every read path of an item begins with."""
    return f"{key[0]}:{key[1]}"


def heads(items: Iterable[Selected]) -> dict[str, Mapping[str, str]]:
    """The fields of these items by head."""
    return {found.trace.head: found.fields for found in items}


def unmoved(trace: Trace, now: Heads) -> bool:
    """Whether everything an item read is as it was, and what it looked for in vain is still not there."""
    for one, wanted in trace.found:
        fields = now.get(one)
        if wanted and (fields is None or not wanted.items() <= fields.items()):
            return False
    return not trace.absent or all(name not in now.get(one, _NO_FIELDS) for one, name in trace.absent)


def differing(trace: Trace, now: Heads) -> list[Cause]:
    """The read paths whose digest is another now, those that came or went among them."""
    found: list[Cause] = []
    for one, wanted in trace.found:
        fields = now.get(one, _NO_FIELDS)
        if not wanted.items() <= fields.items():
            moved = ((name, was, fields.get(name, ABSENT)) for name, was in wanted.items())
            found += [Cause(f"{one}:{name}", was, mark) for name, was, mark in moved if mark != was]
    absent = ((one, name, now.get(one, _NO_FIELDS).get(name, ABSENT)) for one, name in trace.absent)
    return found + [Cause(f"{one}:{name}", ABSENT, mark) for one, name, mark in absent if mark != ABSENT]


def look(world: World) -> Looked:
    """Hold every item against what it read; what is the very same object as at the last look is not looked at again."""
    last = world.memo.get(_LOOKED)
    found = _again(world, last) if isinstance(last, Looked) else _first(world)
    world.memo[_LOOKED] = found
    return found


def _first(world: World) -> Looked:
    now = heads(world.items.values())
    sound = {key for key, found in world.items.items() if unmoved(found.trace, now)}
    return Looked(dict(world.items), now, sound, _read_by(world.items.values(), {}), {})


def _again(world: World, last: Looked) -> Looked:
    """What is new, and what read it, is looked at; the rest is as it was."""
    items, before = world.items, last.items
    new = {key: found for key, found in items.items() if before.get(key) is not found}
    gone = before.keys() - items.keys()
    if not new and not gone:
        return last
    now = dict(last.heads)
    for key in gone:
        now.pop(head(key), None)
    now |= heads(new.values())
    reshaped = bool(gone) or any(key not in before or key.artifact in SHAPING for key in new)
    readers = _read_by(new.values(), last.readers)
    reached = {key for one in (*new, *gone) for key in readers.get(head(one), ()) if key in items}.union(new)
    sound = {key for key in reached if unmoved(items[key].trace, now)}.union(last.sound - reached - gone)
    return Looked(dict(items), now, sound, readers, {} if reshaped else last.shape)


def _read_by(items: Iterable[Selected], known: dict[str, set[Key]]) -> dict[str, set[Key]]:
    """Those known by head to have read it, and these items among them."""
    for found in items:
        for one in found.trace.reads:
            known.setdefault(one, set()).add(found.key)
    return known
