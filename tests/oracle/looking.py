"""A world's items and orders that tell a trace what is looked for in them.

Belongs here: the two collections a stage goes through. Does not belong here: nouns and their fields (`watching`).
"""

from collections.abc import ItemsView, Iterator, KeysView, Mapping
from typing import SupportsIndex, overload

from aiuteur.craft.world import Key, Selected
from tests.oracle.traces import Read, Trace


class WatchedItems(Mapping[Key, Selected]):
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


class WatchedOrder(tuple[str, ...]):  # noqa: SLOT001 - it remembers who reads it
    """The ids of a list: going through them reads them all, finding one and looking just before it reads that neighbourhood."""

    trace: Trace
    key: Key

    @classmethod
    def of(cls, ids: tuple[str, ...], trace: Trace, key: Key) -> "WatchedOrder":
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
