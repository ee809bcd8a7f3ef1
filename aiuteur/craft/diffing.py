"""Differences: what was added, removed, changed and moved between two branches, stage by stage and item by item.

Belongs here: comparing documents. Does not belong here: finding those that differ (`aiuteur.registry.merges`), or showing the
result (`aiuteur.exports.difference`, the terminal).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from enum import StrEnum
from typing import Final, cast

from pydantic import ValidationError

from aiuteur.craft.merging import ACCOUNTS, Document, Pair, Stand
from aiuteur.craft.world import ORDER, Key
from aiuteur.digest import Json
from aiuteur.film.noun import MediaRef
from aiuteur.film.stages import STAGES

_WORDS: Final = 60
"""A text longer than this is shown line by line."""

_LISTS: Final = frozenset({"beats", "scenes", "bible"})
_TOLD_ELSEWHERE: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "script": ("fountain", frozenset({"staging", "scenes"})), "frames": ("picture", frozenset({"layers"})),
}
"""A field that tells of others of the same item in the form that reads best, and those others."""

_NOBODY: Final[Document] = {}


class Happened(StrEnum):
    """What became of an item from the first branch to the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, by its path: what it was and is; for words the lines of a unified diff, for a picture both references."""

    name: str
    was: Json
    now: Json
    lines: tuple[str, ...] = ()
    pictures: tuple[MediaRef | None, MediaRef | None] | None = None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that differs; `was` and `now` are its version numbers on the two branches, None where it is not there."""

    key: Key
    label: str
    happened: Happened
    was: int | None
    now: int | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class StageChange:
    """All that differs in one stage."""

    stage: str
    items: tuple[ItemChange, ...]


def compare(pairs: Sequence[Pair], labels: Mapping[Key, str]) -> tuple[StageChange, ...]:
    """What differs, in the order of the stages: `pairs` are the items that do, `labels` what people call the others."""
    called = {key.item: label for key, label in labels.items()}
    found: dict[str, list[ItemChange]] = {}
    for pair in pairs:
        if pair.key.artifact in ACCOUNTS:
            continue
        changes = _moves(pair, called) if pair.key.artifact == ORDER else [_change(pair, called)]
        found.setdefault(stage_of(pair.key), []).extend(changes)
    return tuple(StageChange(stage, tuple(sorted(found[stage], key=_by_label))) for stage in STAGES if found.get(stage))


def stage_of(key: Key) -> str:
    """The stage that an item belongs to: an order belongs to that of its list."""
    if key.artifact != ORDER:
        return key.artifact
    return key.item if key.item in _LISTS else "shot_list"


def _by_label(change: ItemChange) -> tuple[list[tuple[int, str]], str]:
    """Labels as people sort them: 3A before 10A."""
    parts = re.findall(r"\d+|\D+", change.label)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts], change.happened


def _change(pair: Pair, called: Mapping[str, str]) -> ItemChange:
    was, now = (stand.n if stand is not None else None for stand in (pair.ours, pair.theirs))
    happened = Happened.ADDED if pair.ours is None else Happened.REMOVED if pair.theirs is None else Happened.CHANGED
    fields = tuple(_said(change, called) for change in _fields(pair))
    return ItemChange(pair.key, pair.label, happened, was, now, fields)


def _fields(pair: Pair) -> Iterator[FieldChange]:
    """What differs inside an item; of one that came or went only its pictures, for the eye."""
    was, now = (stand.document if stand is not None else _NOBODY for stand in (pair.ours, pair.theirs))
    best, others = _TOLD_ELSEWHERE.get(pair.key.artifact, ("", frozenset[str]()))
    covered = others if was.get(best) != now.get(best) else frozenset[str]()
    for name in {**was, **now}:
        before, after = was.get(name), now.get(name)
        pictures = _picture(before), _picture(after)
        if any(pictures) and before != after:
            yield FieldChange(name, before, after, pictures=pictures)
        elif pair.ours is not None and pair.theirs is not None and name not in covered and before != after:
            yield from _leaves(name, before, after)


def _said(change: FieldChange, called: Mapping[str, str]) -> FieldChange:
    """A change with the names of what it points at in place of ids."""
    if change.pictures is not None:
        return change
    return replace(change, was=_with_names(change.was, called), now=_with_names(change.now, called))


def _with_names(value: Json, called: Mapping[str, str]) -> Json:
    if isinstance(value, str):
        return called.get(value, value)
    return [_with_names(part, called) for part in value] if isinstance(value, list | tuple) else value


def _leaves(path: str, was: Json, now: Json) -> Iterator[FieldChange]:
    """The changes inside a value, as deep as they go: fields of fields, and elements by their id or by their place."""
    pictures = _picture(was), _picture(now)
    if any(pictures):
        yield FieldChange(path, was, now, pictures=pictures)
        return
    parts = _parts(was), _parts(now)
    if parts[0] is None or parts[1] is None:
        yield FieldChange(path, was, now, _lines(was, now))
        return
    for name in {**parts[0], **parts[1]}:
        before, after = parts[0].get(name), parts[1].get(name)
        if before != after:
            yield from _leaves(f"{path}.{name}", before, after)


def _parts(value: Json) -> Mapping[str, Json] | None:
    """What can be compared by itself inside a value; None for a leaf, which is also a list of plain values."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list | tuple) or not value or not all(isinstance(part, Mapping) for part in value):
        return None
    parts = cast("Sequence[Document]", value)
    return {str(part.get("number") or part.get("id") or place): part for place, part in enumerate(parts, 1)}


def _picture(value: Json) -> MediaRef | None:
    """A picture or a clip; layers and sounds are not looked at."""
    if not isinstance(value, Mapping) or "sha256" not in value:
        return None
    try:
        return MediaRef.model_validate(value)
    except ValidationError:
        return None


def _lines(was: Json, now: Json) -> tuple[str, ...]:
    """A unified diff of two texts, sentence by sentence where they are not in lines; empty for what is short or no text."""
    if not isinstance(was, str) or not isinstance(now, str) or max(len(was), len(now)) <= _WORDS:
        return ()
    return tuple(unified_diff(_split(was), _split(now), n=1, lineterm=""))[2:]


def _split(text: str) -> list[str]:
    return text.splitlines() if "\n" in text else re.split(r"(?<=[.!?…])\s+", text)


def _moves(pair: Pair, called: Mapping[str, str]) -> list[ItemChange]:
    """The items of a list that stand elsewhere: as few of those that both have as can be said to have moved."""
    was, now = (_ids(stand) for stand in (pair.ours, pair.theirs))
    both = [item for item in now if item in set(was)]
    stayed = _longest_rising([was.index(item) for item in both])
    artifact = stage_of(pair.key)
    moved = [item for place, item in enumerate(both) if place not in stayed]
    return [
        ItemChange(Key(artifact, item), called.get(item, item), Happened.MOVED, None, None, (
            FieldChange("place", _after(was, item, called), _after(now, item, called)),
        )) for item in moved
    ]


def _ids(stand: Stand | None) -> list[str]:
    found = stand.document.get("ids", ()) if stand is not None else ()
    return [str(item) for item in found] if isinstance(found, list | tuple) else []


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The positions of a longest rising subsequence: those that stay while the others are moved (patience sorting)."""
    tops: list[int] = []
    tails: list[int] = []
    before: list[int | None] = []
    for at, place in enumerate(places):
        pile = bisect_left(tops, place)
        before.append(tails[pile - 1] if pile else None)
        if pile == len(tops):
            tops.append(place)
            tails.append(at)
        else:
            tops[pile], tails[pile] = place, at
    found: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _after(ids: Sequence[str], item: str, called: Mapping[str, str]) -> str:
    place = ids.index(item)
    return f"after {called.get(ids[place - 1], ids[place - 1])}" if place else "first"
