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

    `shape` is the same object for as long as the lane ought to have the same items; whoever works those out may keep them in it.
    """

    items: Mapping[Key, Selected]
    heads: Heads
    sound: AbstractSet[Key]
    shape: dict[str, object]


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
    return Looked(dict(world.items), now, sound, {})


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
    moved = {head(key) for key in (*new, *gone)}
    readers = {key for key, found in items.items() if not moved.isdisjoint(found.trace.reads)}.union(new)
    sound = {key for key in readers if unmoved(items[key].trace, now)}.union(last.sound - readers - gone)
    reshaped = bool(gone) or any(key not in before or key.artifact in SHAPING for key in new)
    return Looked(dict(items), now, sound, {} if reshaped else last.shape)
