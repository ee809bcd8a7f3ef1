"""The world a stage reads: one snapshot of a lane's selected versions, and the reading that turns use into a basis.

Belongs here: the snapshot, honest reads, opaque ids. Does not belong here: how a snapshot is fetched (`aiuteur.registry`) or what
makes an item stale (`aiuteur.craft.staleness`).
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from aiuteur.errors import Refused
from aiuteur.film.noun import Noun
from aiuteur.film.remakes import Remake
from aiuteur.film.shots import Order
from aiuteur.film.stages import LANE_ITEM
from aiuteur.lane import Lane

N = TypeVar("N", bound=Noun)

ABSENT: Final = ""
"""The digest of what was looked for and not there: a basis records it, so that its later arrival is a change."""

ORDER: Final = "order"
"""The artifact that holds the order of a list: items `beats`, `scenes`, `bible`, and a scene's id for its shots."""


class Key(NamedTuple):
    """An artifact and one item of it."""

    artifact: str
    item: str = LANE_ITEM

    def path(self, field_name: str) -> str:
        """The read path of one field of this item: `artifact:item:field`."""
        return f"{self.artifact}:{self.item}:{field_name}"

    def __str__(self) -> str:
        return f"{self.artifact}/{self.item}" if self.item else self.artifact


@dataclass(frozen=True, slots=True)
class Trace:
    """What a version says of itself and what it read, in the form that thousands are compared in at once.

    A head is what every read path of an item begins with (`artifact:item`): `head` is its own, `reads` those of all that it
    read, `found` the fields it read and found by head, `absent` the head and field of each it looked for in vain.
    """

    head: str
    reads: frozenset[str]
    found: tuple[tuple[str, Mapping[str, str]], ...]
    absent: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, key: "Key", basis: Mapping[str, str]) -> "Trace":
        """The trace of an item made from these reads."""
        found: dict[str, dict[str, str]] = {}
        absent: list[tuple[str, str]] = []
        for path, mark in basis.items():
            head, _, name = path.rpartition(":")
            fields = found.setdefault(head, {})
            if mark == ABSENT:
                absent.append((head, name))
            else:
                fields[name] = mark
        return cls(f"{key[0]}:{key[1]}", frozenset(found), tuple(found.items()), tuple(absent))


@dataclass(frozen=True, slots=True)
class Selected:
    """The selected version of one item: its content, the digest of it and of each field, and what it was made from.

    `score` is what its dailies gave it when it was recorded.
    """

    key: Key
    version_id: UUID
    n: int
    noun: Noun
    digest: str
    fields: Mapping[str, str]
    basis: Mapping[str, str]
    pinned: bool = False
    locked: bool = False
    starred: bool = False
    score: float | None = None
    _trace: Trace | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def trace(self) -> Trace:
        """What it says of itself and what it read; a version never changes, so that is worked out once."""
        known = self._trace
        if known is None:
            known = Trace.of(self.key, self.basis)
            object.__setattr__(self, "_trace", known)
        return known


@dataclass(frozen=True, slots=True)
class World:
    """One snapshot of a lane; `seed` and `counters` reproduce its ids, `revision` tells whether a person moved it meanwhile.

    `remakes` are the open asks to make items again; `past` is what is not selected of its lists and yet known: what its
    parent had of those that it has not made itself, and what a person rejected. `memo` is where whoever plans the lane over and
    over keeps what it found out; it says nothing of the lane.
    """

    lane: Lane
    seed: str
    revision: int
    # Not in its repr: `asyncio.run` has the result of a task written out to set a signal handler, 0.1 s for a film of 75 shots.
    items: Mapping[Key, Selected] = field(repr=False)
    counters: Mapping[str, int] = field(default_factory=dict[str, int])
    remakes: Mapping[Key, Remake] = field(default_factory=dict[Key, Remake])
    past: Mapping[Key, Noun] = field(default_factory=dict[Key, Noun], repr=False)
    memo: dict[str, object] = field(default_factory=dict[str, object], repr=False, compare=False)

    def of(self, artifact: str) -> dict[str, Selected]:
        """Every selected item of an artifact, by item."""
        return {key.item: found for key, found in self.items.items() if key.artifact == artifact}

    def order(self, scope: str) -> tuple[str, ...]:
        """The ids of a list in order; empty where the list was never made."""
        found = self.items.get(Key(ORDER, scope))
        return found.noun.ids if found is not None and isinstance(found.noun, Order) else ()

    def mint(self, scope: str, count: int) -> tuple[str, ...]:
        """The next `count` opaque ids of a scope: reproducible from the lane's seed and the scope's counter."""
        first = self.counters.get(scope, 0)
        return tuple(mint(self.seed, scope, first + step) for step in range(count))


def mint(seed: str, scope: str, ordinal: int) -> str:
    """One opaque id of twelve lower-case letters and digits."""
    raw = hashlib.sha256(f"{seed}/{scope}/{ordinal}".encode()).digest()
    return base64.b32encode(raw)[:12].decode().lower()


class Blocked(Refused):
    """A stage cannot read what it needs: an upstream is missing, rejected or gated."""


_WRITTEN_WHOLE: Final = frozenset({"beats", "bible"})
"""Lists whose items are written with them: one that is listed and not there has no version that was not rejected."""


def _blocked(world: World, key: Key) -> Blocked:
    """Name the artifact that has to be made, not the key that was looked for; or what a list has and nobody may show."""
    if key.artifact in _WRITTEN_WHOLE and key.item in world.order(key.artifact):
        known = world.past.get(key)
        called = str(known.document().get("name") or key) if known is not None else str(key)
        return Blocked(f"{world.lane}: every version of {called} was rejected: promote one, or delete {called} from the list.")
    listed = {"beats": "beats", "scenes": "script", "bible": "bible"}
    artifact = listed.get(key.item, "shot_list") if key.artifact == ORDER else key.artifact
    item = f" {key.item}" if key.item and key.artifact != ORDER else ""
    return Blocked(f"{world.lane} has no {artifact}{item} yet: make `{artifact}` first, or the whole film.")


class Reading:
    """One item's reads of a world: every value comes with its path and digest, and together they are the basis."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.basis: dict[str, str] = {}

    def maybe(self, noun: type[N], key: Key, *fields: str) -> N | None:
        """A view of some fields of an item, None where there is no such item; both outcomes enter the basis."""
        found = self._world.items.get(key)
        if found is None:
            self.basis |= {key.path(name): ABSENT for name in fields}
            return None
        if not isinstance(found.noun, noun):
            message = f"{key} holds a {type(found.noun).__name__}, not a {noun.__name__}."
            raise TypeError(message)
        self.basis |= {key.path(name): found.fields[name] for name in fields}
        return found.noun.only(*fields)

    def view(self, noun: type[N], key: Key, *fields: str) -> N:
        """A view of some fields of an item; raises `Blocked` where there is no such item."""
        found = self.maybe(noun, key, *fields)
        if found is None:
            raise _blocked(self._world, key)
        return found

    def entry(self, noun: type[N], item: str, *fields: str) -> N | None:
        """A view of an entry of the bible that an item names; None where the bible has it no more, which the basis records.

        A shot or scene that a person holds goes on naming who has left: it is shown without them. Raises `Blocked` where the
        entry is listed and no version of it is selected.
        """
        listed = item in self._world.order("bible")
        return (self.view if listed else self.maybe)(noun, Key("bible", item), *fields)

    def part(self, key: Key, name: str, part_id: str) -> None:
        """Record the read of one element (by id) of a list field, in place of the whole field."""
        found = self._world.items.get(key)
        path = f"{name}.{part_id}"
        self.basis[key.path(path)] = found.fields.get(path, ABSENT) if found is not None else ABSENT

    def before(self, scope: str, item: str) -> str | None:
        """The id that comes before `item` in a list, None at its head; only that neighbourhood enters the basis."""
        ids = self._world.order(scope)
        if item not in ids:
            return None
        self.basis[Key(ORDER, scope).path(f"after.{item}")] = self._world.items[Key(ORDER, scope)].fields[f"after.{item}"]
        place = ids.index(item)
        return ids[place - 1] if place else None

    def order(self, scope: str) -> tuple[str, ...]:
        """The ids of a list in order, read into the basis."""
        self.view(Order, Key(ORDER, scope), "ids")
        return self._world.order(scope)
