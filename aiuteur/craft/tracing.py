"""Tracing: thousands of items held against what they read, at once.

Belongs here: the fields of a world by head, and whether an item's reads are as they were. Does not belong here: what follows from
a difference (`aiuteur.craft.staleness`, `aiuteur.stages.plan`).
"""

from collections.abc import Iterable, Mapping

from aiuteur.craft.staleness import Cause
from aiuteur.craft.world import ABSENT, Key, Selected, Trace

Heads = Mapping[str, Mapping[str, str]]
"""The digests of an item's fields, by what its read paths begin with."""

_NO_FIELDS: Mapping[str, str] = {}


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
