"""Traces: what a version says of itself and what it read, in the form that thousands are compared in at once.

Belongs here: one version's marks and heads, and all of a world's. Does not belong here: what follows from a difference
(`aiuteur.craft.staleness`, `aiuteur.stages.plan`).

A version never changes, so what is worked out of it once holds for as long as the process lives.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from aiuteur.craft.world import Key, Selected

_KEPT: Final = 60_000
"""Versions remembered, some 60 MB; beyond that all are forgotten and worked out anew."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One version: the digest of each of its fields by read path, and the heads (`artifact:item`) of all that it read."""

    marks: Mapping[str, str]
    reads: frozenset[str]
    fields: Mapping[str, str]
    basis: Mapping[str, str]


_TRACES: dict[UUID, Trace] = {}


def head(key: Key) -> str:
    """What every read path of an item begins with."""
    return f"{key[0]}:{key[1]}"


def trace(found: Selected) -> Trace:
    """The trace of a selected version."""
    known = _TRACES.get(found.version_id)
    if known is None or known.fields is not found.fields or known.basis is not found.basis:
        if len(_TRACES) >= _KEPT:
            _TRACES.clear()
        start = f"{head(found.key)}:"
        known = _TRACES[found.version_id] = Trace(
            {start + name: mark for name, mark in found.fields.items()},
            frozenset(path[: path.rindex(":")] for path in found.basis), found.fields, found.basis,
        )
    return known


def marks(items: Iterable[Selected]) -> dict[str, str]:
    """Every read path that these items answer for, with its digest now."""
    every: dict[str, str] = {}
    for found in items:
        every.update(trace(found).marks)
    return every


def unmoved(found: Selected, now: Mapping[str, str]) -> bool:
    """Whether everything an item read and found is as it was; one that also read an absence is not judged here: False."""
    return found.basis.items() <= now.items()
