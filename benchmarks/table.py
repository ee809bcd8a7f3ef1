"""The table of what is measured: rows, and the groups of functions that give them.

Belongs here: what a row is and how a group is declared. Does not belong here: how anything is measured (`benchmarks.meter`), or
how the table is shown (`benchmarks.report`).

A group is a generator function under `@group(name, …)`; it runs in a process of its own, so that CPU and memory are its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Row:
    """One measured value: `bound` is the most it may be (None: told for information), `holds` whether it is."""

    group: str
    name: str
    value: float
    unit: str
    bound: float | None = None
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A value as a group measured it, before it is held against its bound; `least` turns the bound around."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    least: bool = False

    def row(self, group: str) -> Row:
        """The value in the table."""
        holds = None if self.bound is None else self.value >= self.bound if self.least else self.value <= self.bound
        return Row(group, self.name, round(self.value, 4), self.unit, self.bound, holds)


Measure: TypeAlias = Callable[[], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of measurements."""

    name: str
    does: str
    measure: Measure

    def rows(self) -> Iterator[Row]:
        """Measure, row by row."""
        return (found.row(self.name) for found in self.measure())


GROUPS: Final[dict[str, Group]] = {}
"""Every group by name, in the order of declaration."""


def group(name: str, does: str) -> Callable[[Measure], Measure]:
    """Declare a group; raises `ValueError` for a name that is taken."""

    def declare(measure: Measure) -> Measure:
        if name in GROUPS:
            message = f"Two groups are called {name!r}."
            raise ValueError(message)
        GROUPS[name] = Group(name, does, measure)
        return measure

    return declare
