"""Watching a stage at work: every field of every noun that a unit reads while it is made, with the value it had.

Belongs here: the watching, and whether what was read has changed since. Does not belong here: any basis, any list of read paths:
the product declares those, and this is what they are held against.

Three things are no inputs: what a unit answers for itself (its own last answer keeps identity, it does not say what to make),
an id (it finds things), and a label looked up in the world at large (it names things to people; one in a view is drawn).
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Generator, ItemsView, Iterator, KeysView, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, SupportsIndex, cast, overload
from unittest import mock

from aiuteur.craft.world import Key, Selected, World
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order
from aiuteur.registry.versions import Outcome
from aiuteur.stages.reviewing import Reviewed
from aiuteur.stages.work import Bench, Stage, Unit


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """One thing read: a field of an item, an element of it by id, whether an item is there, or who stands before one."""

    what: str
    key: Key
    name: str = ""
    part: str = ""


@dataclass
class Trace:
    """What one unit read while it was made, each with a mark of the value it had."""

    own: frozenset[Key]
    marks: dict[Read, str] = field(default_factory=dict[Read, str])
    _tagged: dict[int, tuple[object, Key, str, str]] = field(default_factory=dict[int, tuple[object, Key, str, str]])
    _views: set[int] = field(default_factory=set[int])

    def tag(self, noun: Noun, key: Key, name: str = "", part: str = "") -> None:
        """Know a noun by the item it is (a part of)."""
        self._tagged[id(noun)] = (noun, key, name, part)

    def tag_view(self, noun: Noun, key: Key, name: str, part: str) -> None:
        """Know a view of some fields by the item it is a view of."""
        self.tag(noun, key, name, part)
        self._views.add(id(noun))

    def is_input(self, noun: Noun, name: str) -> bool:
        """Whether reading this field of a noun says what to make."""
        return name != "id" and (name != "label" or id(noun) in self._views)

    def where(self, noun: Noun) -> tuple[Key, str, str] | None:
        """The item a noun belongs to, None for one that was not read from the world, or that the unit answers for."""
        found = self._tagged.get(id(noun))
        return None if found is None or found[1] in self.own else found[1:]

    def note(self, read: Read, value: object) -> None:
        """Remember what was read, the first value of it."""
        if read.key not in self.own:
            self.marks.setdefault(read, _mark(value))

    def forget(self, made: frozenset[Key]) -> None:
        """Leave out what was made: it answers for these too."""
        self.own |= made
        self.marks = {read: mark for read, mark in self.marks.items() if read.key not in made}

    def changed(self, world: World) -> list[Read]:
        """What was read and is another now."""
        return sorted(read for read, mark in self.marks.items() if _now(read, world) != mark)


_WATCHED: ContextVar[Trace | None] = ContextVar("watched", default=None)


@dataclass
class WatchedStage:
    """A stage whose every making is watched: `made` in order, `traces` the last of each unit."""

    stage: Stage
    traces: dict[tuple[str, str], Trace]
    made: list[tuple[str, str]]

    @property
    def name(self) -> str:
        return self.stage.name

    def units(self, world: World) -> Sequence[Unit]:
        return self.stage.units(world)

    async def make(self, unit: Unit, bench: Bench) -> Outcome:
        if self.name == "dailies":  # the review is watched wherever it happens, here or beside the take
            return await self.stage.make(unit, bench)
        trace = Trace(frozenset(unit.keys))
        with _into(trace):
            made = await self.stage.make(unit, bench)
        _whole_lists(trace, bench.world)
        trace.forget(frozenset(draft.key for draft in made.drafts))
        self.made.append((self.name, unit.anchor))
        self.traces[self.name, unit.anchor] = trace
        return made


def watched_review(
    review: Callable[..., Awaitable[Reviewed]], traces: dict[tuple[str, str], Trace], made: list[tuple[str, str]]
) -> Callable[..., Awaitable[Reviewed]]:
    """A review that is watched by itself: what it reads, the take it is about need not have been made from."""

    async def watched(anchor: str, bench: Bench, world: World, attempt: int = 1) -> Reviewed:
        trace = Trace(frozenset({Key("dailies", anchor)}))
        with _into(trace):
            found = await review(anchor, bench, world, attempt)
        made.append(("dailies", anchor))
        traces["dailies", anchor] = trace
        return found

    return watched


@contextmanager
def _into(trace: Trace) -> Generator[None]:
    token = _WATCHED.set(trace)
    try:
        yield
    finally:
        _WATCHED.reset(token)


@contextmanager
def _unwatched() -> Generator[None]:
    """Read for the watching's own sake."""
    token = _WATCHED.set(None)
    try:
        yield
    finally:
        _WATCHED.reset(token)


@contextmanager
def watching() -> Generator[None]:
    """See every read of a noun, of a world and of an order, until the block ends."""
    with ExitStack() as stack:
        for patch in (
            mock.patch.object(Noun, "__getattribute__", _seen_field), mock.patch.object(Noun, "document", _seen_document),
            mock.patch.object(Noun, "only", _seen_view), mock.patch.object(World, "order", _seen_order),
            mock.patch.object(World, "items", _seen_items(World.items)),
            mock.patch.object(Selected, "noun", _seen_noun(Selected.noun)),
        ):
            stack.enter_context(patch)
        yield


_attribute, _document, _only, _order = Noun.__getattribute__, Noun.document, Noun.only, World.order


def _seen_field(noun: Noun, name: str) -> Any:  # noqa: ANN401 - any field of any noun
    value = _attribute(noun, name)
    trace = _WATCHED.get()
    if trace is None or name.startswith("_") or name not in type(noun).model_fields:
        return value
    found = trace.where(noun)
    if found is None:
        return value
    key, whole, part = found
    if part:
        if name != "id":
            trace.note(Read("part", key, whole, part), _plain(noun))
    elif _has_parts(value):
        for one in cast("tuple[Noun, ...]", value):
            trace.tag(one, key, name, str(_attribute(one, "id")))
    elif trace.is_input(noun, name):
        trace.note(Read("field", key, name), _plain(value))
    return value


def _seen_document(noun: Noun) -> dict[str, Any]:
    document = _document(noun)
    trace = _WATCHED.get()
    found = trace.where(noun) if trace is not None else None
    if trace is not None and found is not None:
        key, whole, part = found
        if part:
            trace.note(Read("part", key, whole, part), document)
        else:
            for name, value in document.items():
                if trace.is_input(noun, name):
                    trace.note(Read("field", key, name), value)
    return document


def _seen_view(noun: Noun, *fields: str) -> Noun:
    trace = _WATCHED.get()
    with _unwatched():
        view = _only(noun, *fields)
    found = trace.where(noun) if trace is not None else None
    if trace is not None and found is not None:
        trace.tag_view(view, *found)
    return view


def _seen_order(world: World, scope: str) -> tuple[str, ...]:
    trace = _WATCHED.get()
    with _unwatched():
        ids = _order(world, scope)
    return ids if trace is None else _WatchedOrder.of(ids, trace, Key("order", scope))


def _seen_noun(member: Any) -> property:  # noqa: ANN401 - a slot's descriptor
    def read(selected: Selected) -> Noun:
        noun = member.__get__(selected)
        trace = _WATCHED.get()
        if trace is not None:
            trace.tag(noun, selected.key)
        return noun

    return property(read, member.__set__)


def _seen_items(member: Any) -> property:  # noqa: ANN401 - a slot's descriptor
    def read(world: World) -> Mapping[Key, Selected]:
        items = member.__get__(world)
        trace = _WATCHED.get()
        return items if trace is None or isinstance(items, _WatchedItems) else _WatchedItems(items, trace)

    return property(read, member.__set__)


class _WatchedItems(Mapping[Key, Selected]):
    """The items of a world; looking whether one is there is a read too."""

    def __init__(self, items: Mapping[Key, Selected], trace: Trace) -> None:
        self._items, self._trace = items, trace
        self._copied = False

    def __getitem__(self, key: Key) -> Selected:
        if not self._copied:
            self._trace.note(Read("presence", key), key in self._items)
        return self._items[key]

    def keys(self) -> KeysView[Key]:
        """What a copy begins with; copying all of them is looking for none."""
        self._copied = True
        return super().keys()

    def items(self) -> ItemsView[Key, Selected]:
        """All of them, looking for none."""
        return self._items.items()

    def __iter__(self) -> Iterator[Key]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


class _Place(int):
    """Where an item was found in an order; one before it is its neighbour."""

    item: str
    steps: int

    @classmethod
    def of(cls, place: int, item: str, steps: int = 0) -> "_Place":
        made = cls(place)
        made.item, made.steps = item, steps
        return made

    def __sub__(self, other: int) -> "_Place":
        return _Place.of(int(self) - other, self.item, self.steps - other)


class _WatchedOrder(tuple[str, ...]):  # noqa: SLOT001 - it remembers who reads it
    """The ids of a list: going through them reads them all, finding one and looking just before it reads that neighbourhood."""

    trace: Trace
    key: Key

    @classmethod
    def of(cls, ids: tuple[str, ...], trace: Trace, key: Key) -> "_WatchedOrder":
        made = cls(ids)
        made.trace, made.key = trace, key
        return made

    def __iter__(self) -> Iterator[str]:
        self._all()
        return super().__iter__()

    @overload
    def __getitem__(self, place: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> str | tuple[str, ...]:
        if isinstance(place, _Place) and place.steps == -1:
            self.trace.note(Read("before", self.key, place.item), super().__getitem__(place))
            return super().__getitem__(place)
        self._all()
        return super().__getitem__(place)

    def index(self, item: str, *bounds: SupportsIndex) -> int:
        place = super().index(item, *bounds)
        if place == 0:
            self.trace.note(Read("before", self.key, item), "")
        return _Place.of(place, item)

    def _all(self) -> None:
        self.trace.note(Read("field", self.key, "ids"), list(super().__iter__()))


def _whole_lists(trace: Trace, world: World) -> None:
    """Reading every element of a list is reading the list: a new one would have been read too."""
    read: dict[tuple[Key, str], set[str]] = {}
    for one in trace.marks:
        if one.what == "part":
            read.setdefault((one.key, one.name), set()).add(one.part)
    for (key, name), parts in read.items():
        value = _elements(_value(world, key, name))
        if len(value) > 1 and {str(part["id"]) for part in value} == parts:
            trace.note(Read("field", key, name), value)


def _now(read: Read, world: World) -> str:
    """The mark of what would be read now."""
    if read.what == "presence":
        return _mark(read.key in world.items)
    if read.what == "before":
        ids = world.order(read.key.item)
        if read.name not in ids:
            return _mark(None)
        place = ids.index(read.name)
        return _mark(ids[place - 1] if place else "")
    value = _value(world, read.key, read.name)
    if read.what == "part":
        return _mark(next((part for part in _elements(value) if part["id"] == read.part), None))
    return _mark(value)


def _value(world: World, key: Key, name: str) -> object:
    found = world.items.get(key)
    if found is None:
        return None
    return list(found.noun.ids) if isinstance(found.noun, Order) and name == "ids" else _document(found.noun).get(name)


def _elements(value: object) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", value) if isinstance(value, list) else []


def _has_parts(value: object) -> bool:
    parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return bool(parts) and all(isinstance(part, Noun) and "id" in type(part).model_fields for part in parts)


def _plain(value: object) -> object:
    if isinstance(value, Noun):
        return _document(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in cast("tuple[object, ...]", value)]
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in cast("dict[object, object]", value).items()}
    return value


def _mark(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def remarked(trace: Trace, world: World) -> Trace:
    """The same reads with the values they would have now."""
    return Trace(trace.own, {read: _now(read, world) for read in trace.marks})
