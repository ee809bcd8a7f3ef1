"""Staleness: which items are missing, current or stale, derived from digests alone and never stored.

Belongs here: comparing what an item was made from with what is there now, and saying the difference in words. Does not belong
here: fetching digests (`aiuteur.registry.worlds`) or deciding what to make (`aiuteur.stages`).

An item is stale when a path of its basis has another digest now (a verifying trace over direct inputs), or when something it read
is itself not current: then it may still turn out unchanged, because making the upstream again may give the same content (early
cut-off), and `upstream` says so.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiuteur.craft.world import ABSENT, ORDER, Key
from aiuteur.film.stages import LANE_ITEM


class State(StrEnum):
    """How an item stands to what it was made from."""

    MISSING = "missing"
    CURRENT = "current"
    STALE = "stale"
    BLOCKED = "blocked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Traced:
    """What staleness knows of an item: the digest of its content and of each field, and the digests it was made from."""

    digest: str
    fields: Mapping[str, str]
    basis: Mapping[str, str]
    pinned: bool = False
    locked: bool = False
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """One read path whose digest moved; `ABSENT` on either side is a thing that came or went."""

    path: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How one item stands, and why; `upstream`: nothing it read has moved yet, but something it read is not current."""

    state: State
    causes: tuple[Cause, ...] = ()
    upstream: bool = False


_CURRENT: Final = Finding(State.CURRENT)
_UPSTREAM: Final = Finding(State.STALE, upstream=True)
_MISSING: Final = Finding(State.MISSING)
_BLOCKED: Final = Finding(State.BLOCKED)
_NO_FIELDS: Final[Mapping[str, str] | None] = {}

_ONE_OF: Final = {
    "beats": "beat", "bible": "", "scenes": "scene", "shot_list": "shot", "looks": "look", "prompts": "prompt of shot",
    "frames": "frame", "clips": "clip of shot", "dailies": "review of",
}
"""What one item of an artifact is called before its label; the label of a bible entry says itself what it is."""


def derive(items: Mapping[Key, Traced], expected: Collection[Key], order: Sequence[str]) -> dict[Key, Finding]:
    """How every item stands, in the order of the artifacts.

    `items` are a lane's items; `expected` those there should be, each `missing` while it is not there or has no unrejected
    version; `order` are the artifacts as the stages run. Who read what is rejected is `blocked`; what nobody expects any more
    and is still there is judged like the rest.
    """
    found = {key: _MISSING for key in expected if key not in items}
    heads = {_head(key): None if traced.rejected else traced.fields for key, traced in items.items()}
    heads |= {_head(key): None for key in found}
    readers: defaultdict[str, list[Key]] = defaultdict(list)
    for key, traced in items.items():
        found[key] = _MISSING if traced.rejected else _judge(key, traced.basis, heads, readers)
    _spread(found, [key for key, traced in items.items() if traced.rejected], readers)
    rank = {artifact: place for place, artifact in enumerate(order)}
    return {key: found[key] for key in sorted(found, key=lambda key: rank.get(key[0], -1))}


def say(cause: Cause, labels: Mapping[Key, str]) -> str:
    """A cause in a person's words: its path, and whether what it leads to came or went; labels by item."""
    return say_path(cause.path, labels) + (" (gone)" if cause.now == ABSENT else " (new)" if cause.was == ABSENT else "")


def say_path(path: str, labels: Mapping[Key, str]) -> str:
    """A read path in a person's words: "character Sue: wardrobe", "beat 7: text", "order of scenes"; labels by item."""
    head, _, name = path.rpartition(":")
    artifact, _, item = head.partition(":")
    return _order(item, labels) if artifact == ORDER else f"{_item(Key(artifact, item), labels)}: {_field(name, labels)}"


def _head(key: Key) -> str:
    """What a path of this item begins with."""
    return f"{key[0]}:{key[1]}"


def _judge(
    key: Key, basis: Mapping[str, str], heads: Mapping[str, Mapping[str, str] | None], readers: defaultdict[str, list[Key]]
) -> Finding:
    """How one item stands to what it read, looking no further; notes it as a reader of each.

    `heads` are the fields of every item by what its paths begin with, None for one that is yet to be made: it may come back as
    it was, so it is no cause of its own.
    """
    causes: list[Cause] = []
    last, fields = "", _NO_FIELDS
    for path, was in basis.items():
        head, _, name = path.rpartition(":")
        if head != last:  # the paths of one item mostly stand together
            last, fields = head, heads.get(head, _NO_FIELDS)
            readers[head].append(key)
        if fields is not None and fields.get(name, ABSENT) != was:
            causes.append(Cause(path, was, fields.get(name, ABSENT)))
    return Finding(State.STALE, tuple(causes)) if causes else _CURRENT


def _spread(found: dict[Key, Finding], rejected: list[Key], readers: Mapping[str, list[Key]]) -> None:
    """Tell the readers of everything that is not current, and their readers; a rejection upstream blocks all the way down."""
    _reach(found, readers, rejected, _BLOCKED)
    _reach(found, readers, [key for key, finding in found.items() if finding.state is not State.CURRENT], _UPSTREAM)


def _reach(found: dict[Key, Finding], readers: Mapping[str, list[Key]], sources: list[Key], becomes: Finding) -> None:
    while sources:
        for reader in readers.get(_head(sources.pop()), ()):
            if found[reader] is _CURRENT:
                found[reader] = becomes
                sources.append(reader)


def _item(key: Key, labels: Mapping[Key, str]) -> str:
    if key.item == LANE_ITEM:
        return key.artifact.replace("_", " ")
    shot, slash, rest = key.item.partition("/")
    if key.artifact == "bible" and slash:
        return f"key image of {labels.get(key, shot)}"
    label = labels.get(key) or " ".join(filter(None, (labels.get(Key("shot_list", shot), shot), rest)))
    return f"{_ONE_OF.get(key.artifact, key.artifact)} {label}".strip()


def _field(name: str, labels: Mapping[Key, str]) -> str:
    whole, _, part = name.partition(".")
    if not part:
        return whole.replace("_", " ")
    return f"{_ONE_OF.get(whole) or whole.removesuffix('s')} {labels.get(Key(whole, part), part)}"


def _order(item: str, labels: Mapping[Key, str]) -> str:
    scene = labels.get(Key("scenes", item))
    return f"order of the shots of scene {scene}" if scene else f"order of {item}"
