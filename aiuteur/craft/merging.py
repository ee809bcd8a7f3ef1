"""Merging three documents: what one branch and another made of the same item since they parted, field by field.

Belongs here: the rule for one item, and for the order of a list. Does not belong here: which items are taken
(`aiuteur.craft.taking`), or finding the version that both branches come from (`aiuteur.registry.merges`).

The rule: what only they changed is taken, what only we changed stays, what both changed alike is one change, and what both
changed otherwise is a conflict that is named. Fields inside fields count by themselves, and so do the elements of a list that
bear ids.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias, cast
from uuid import UUID

from aiuteur.craft.world import Key
from aiuteur.digest import Json

Document = Mapping[str, Json]


ACCOUNTS: Final = frozenset({"quote", "metrics", "forecast"})
"""Artifacts that tell of their own lane: two branches are neither compared nor merged by them."""


class How(StrEnum):
    """What becomes of one item."""

    SAME = "same"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    GONE = "gone"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of one item: the document where it changes, the fields taken, and those in conflict."""

    how: How
    document: Document | None = None
    taken: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """What a branch has selected of an item; `held` where a person has pinned that very version, beyond having written it."""

    version_id: UUID
    n: int
    digest: str
    document: Document
    basis: Mapping[str, str]
    pinned: bool = False
    locked: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """An item that differs: what it was when the branches parted, and what each has of it; None where it is not there.

    `instead` is our document with theirs in place of all that is wanted of it, where that is not the whole of theirs.
    """

    key: Key
    label: str
    base: Document | None
    ours: Stand | None
    theirs: Stand | None
    instead: Document | None = None


class _Nothing:
    """What is not there at all, which is something else than null."""


_NOTHING: Final = _Nothing()
_Value: TypeAlias = "Json | _Nothing"


@dataclass(slots=True)
class _Tally:
    taken: list[str] = field(default_factory=list[str])
    clashes: list[str] = field(default_factory=list[str])


def settle(base: Document | None, ours: Document | None, theirs: Document | None, *, whole: bool = False) -> Settled:
    """Settle one item from what it was when the branches parted and what each has of it now; None is an item that is not there.

    A `whole` one, such as a take, is never put together from two: changed on both sides, it is a conflict.
    """
    if ours == theirs:
        return Settled(How.SAME)
    if theirs == base:
        return Settled(How.OURS)
    if ours == base:
        return Settled(How.GONE) if theirs is None else Settled(How.THEIRS, theirs, changed(ours, theirs))
    if ours is None or theirs is None:
        return Settled(How.CONFLICT, clashes=("deleted here, changed there" if ours is None else "changed here, deleted there",))
    return Settled(How.CONFLICT, clashes=changed(ours, theirs)) if whole else _both(base or {}, ours, theirs)


def changed(was: Document | None, now: Document | None) -> tuple[str, ...]:
    """The names of the fields that differ between two documents; empty where either is not there."""
    if was is None or now is None:
        return ()
    return tuple(name for name in {**was, **now} if was.get(name, _NOTHING) != now.get(name, _NOTHING))


def merge_order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], alive: Collection[str]
) -> tuple[str, ...] | None:
    """The order of a list of which `alive` are the items there are in the end; None where both moved the same items differently.

    What they added comes after the item it follows there; what only they moved moves here.
    """
    common = set(base) & set(ours) & set(theirs) & set(alive)
    was, here, there = ([item for item in ids if item in common] for ids in (base, ours, theirs))
    if here != was and there not in (was, here):
        return None
    found = there if here == was else here
    for ids in (ours, theirs):
        found = placed(found, [item for item in ids if item in alive])
    return tuple(found)


def placed(found: Sequence[str], ids: Sequence[str]) -> list[str]:
    """A list with those of another that it lacks, each after the one it follows there."""
    longer = list(found)
    for place, item in enumerate(ids):
        if item not in longer:
            before = next((other for other in reversed(ids[:place]) if other in longer), None)
            longer.insert(longer.index(before) + 1 if before is not None else 0, item)
    return longer


def _both(base: Document, ours: Document, theirs: Document) -> Settled:
    tally = _Tally()
    merged = _merge_fields(base, ours, theirs, "", tally)
    if tally.clashes:
        return Settled(How.CONFLICT, taken=tuple(tally.taken), clashes=tuple(tally.clashes))
    return Settled(How.BOTH, merged, tuple(tally.taken))


def _merge_fields(base: Document, ours: Document, theirs: Document, path: str, tally: _Tally) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name in {**ours, **theirs}:
        values = (side.get(name, _NOTHING) for side in (base, ours, theirs))
        merged = _merge(*values, path=f"{path}{name}", tally=tally)
        if not isinstance(merged, _Nothing):
            found[name] = merged
    return found


def _merge(base: _Value, ours: _Value, theirs: _Value, *, path: str, tally: _Tally) -> _Value:
    if theirs in (ours, base):
        return ours
    if ours == base:
        tally.taken.append(path)
        return theirs
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping) and not _is_medium(ours):
        inside: Document = cast("Document", base) if isinstance(base, Mapping) else {}
        return _merge_fields(inside, cast("Document", ours), cast("Document", theirs), f"{path}.", tally)
    parts = [_by_id(value) for value in (base if not isinstance(base, _Nothing) else (), ours, theirs)]
    if all(part is not None for part in parts):
        return _merge_parts(*(part or {} for part in parts), path=path, tally=tally)
    tally.clashes.append(path)
    return ours


def _merge_parts(
    base: Mapping[str, Json], ours: Mapping[str, Json], theirs: Mapping[str, Json], *, path: str, tally: _Tally
) -> list[Json]:
    """A list whose elements bear ids, element by element, in an order of both."""
    clashes = len(tally.clashes)
    found: dict[str, Json] = {}
    for item in {**ours, **theirs}:
        values = (side.get(item, _NOTHING) for side in (base, ours, theirs))
        merged = _merge(*values, path=f"{path}.{item}", tally=tally)
        if not isinstance(merged, _Nothing):
            found[item] = merged
    order = merge_order(tuple(base), tuple(ours), tuple(theirs), found)
    if order is None and len(tally.clashes) == clashes:
        tally.clashes.append(f"{path}: their order")
    return [found[item] for item in order or found]


def _by_id(value: object) -> dict[str, Json] | None:
    """The elements of a list by their ids; None for what is no list of such."""
    if not isinstance(value, list | tuple):
        return None
    parts = cast("Sequence[object]", value)
    if not all(isinstance(part, Mapping) and "id" in part for part in parts):
        return None
    return {str(part["id"]): part for part in cast("Sequence[Document]", parts)}


def _is_medium(value: Mapping[str, object]) -> bool:
    return "sha256" in value
