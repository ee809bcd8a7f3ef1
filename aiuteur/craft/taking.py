"""Taking: which items of one branch come over to another, what each becomes, and why the rest is left.

Belongs here: the decision for every item that differs. Does not belong here: the rule for one document (`aiuteur.craft.merging`),
reading two branches and writing what is decided (`aiuteur.registry.merges`).

What people decide (beats, script, bible, scenes, shots, looks, and the orders of these) is merged three ways. Takes (prompts,
frames, clips, their dailies, the film) come along only where they fit: where what they were made from is what the lane has then;
otherwise they are made again, and the ledger knows what it was paid for. A lane's own accounts (quote, figures) never come over.
The order of scenes goes with the script: where one comes over that has other scenes, the order follows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from pydantic import ValidationError

from aiuteur.craft import merging, partial
from aiuteur.craft.documents import noun_of, without_derived
from aiuteur.craft.merging import ACCOUNTS, Document, How, Pair, Settled, Stand
from aiuteur.craft.naming import IMAGE
from aiuteur.craft.world import ABSENT, ORDER, Key, Selected
from aiuteur.film.stages import STAGES

MADE: Final = frozenset({"prompts", "frames", "clips", "dailies", "film"})
FIXED: Final = frozenset({"narrative", "brief"})
_BEGUN: Final = frozenset({"treatment", "script"})
_SCRIPT: Final = Key("script")


class Why(StrEnum):
    """Why an item is left as it is."""

    CONFLICT = "conflict"
    LOCKED = "locked"
    PINNED = "pinned"
    FIXED = "fixed"
    ORDER = "order"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Wish:
    """The items to take, all that can be had where none is named; `theirs` decides conflicts and pins for the other branch."""

    named: tuple[Key, ...] | None = None
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """An item that comes over: its content, what it counts as made from, and the version it comes from."""

    key: Key
    label: str
    how: How
    document: Document
    basis: Mapping[str, str]
    pin: bool
    parent_id: UUID | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """An item that stays as it is, and why; `fields` are those in conflict."""

    key: Key
    label: str
    why: Why
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Taking:
    """What was decided."""

    takes: list[Take] = field(default_factory=list[Take])
    gone: list[tuple[Key, str]] = field(default_factory=list[tuple[Key, str]])
    left: list[Left] = field(default_factory=list[Left])


def made(key: Key) -> bool:
    """Whether an item is a take, which is made from others, and not something that people decide."""
    return key.artifact in MADE or (key.artifact == "bible" and key.item.endswith(f"/{IMAGE}"))


def decide(
    pairs: Sequence[Pair], wish: Wish, ours: Mapping[Key, Mapping[str, str]], scenes: Selected | None = None
) -> Taking:
    """Decide for every item that differs: `ours` are the field digests of all that the lane has, `scenes` its order of scenes."""
    by_key = {pair.key: pair for pair in pairs}
    brought = {key: partial.brought(key, by_key, ours) for key in wish.named or ()}
    if wish.named is not None:
        pairs = [partial.narrowed(by_key[key], parts) for key, parts in partial.wanted(brought).items()]
    decision = _Decision(wish, frozenset(wish.named or ()), {key: dict(fields) for key, fields in ours.items()}, scenes)
    for pair in sorted((pair for pair in pairs if pair.key.artifact in _RANK), key=lambda pair: _RANK[pair.key.artifact]):
        decision.item(pair)
    for pair in pairs:
        if pair.key.artifact == ORDER:
            decision.order(pair)
    decision.follow()
    told = {one.key for one in (*decision.made.takes, *decision.made.left)} | {key for key, _ in decision.made.gone}
    decision.made.left += [Left(key, "", Why.NOTHING) for key, parts in brought.items() if not told & {part for part, _ in parts}]
    return decision.made


_RANK: Final = {name: place for place, name in enumerate(STAGES)}


@dataclass(slots=True)
class _Decision:
    wish: Wish
    named: frozenset[Key]
    fields: dict[Key, dict[str, str]]
    scenes: Selected | None
    made: Taking = field(default_factory=Taking)

    def item(self, pair: Pair) -> None:
        """Decide for one item: a take comes along, what people decide is merged, a lane's own accounts stay."""
        if pair.key in self.named or not (made(pair.key) or pair.key.artifact in ACCOUNTS):
            self.settle(pair)
        elif made(pair.key):
            self.bring_along(pair)

    def settle(self, pair: Pair) -> None:
        """Merge one item three ways, or say why not."""
        settled = _settled(pair)
        if settled.how is How.CONFLICT and self.wish.theirs:
            settled = partial.theirs(pair)
        why = self._barred(pair, settled.how) or self._bound(pair.key, settled.document)
        if why is not None:
            self._leave(pair, why, settled.clashes)
        elif settled.how is How.GONE:
            self._lose(pair)
        elif settled.document is not None:
            self._take(pair, settled)

    def bring_along(self, pair: Pair) -> None:
        """Take a take that fits where ours is unchanged, is not there, or fits no more."""
        theirs, ours = pair.theirs, pair.ours
        if theirs is None or theirs.document == pair.base or not self._fits(theirs):
            return
        if ours is not None and (ours.pinned or ours.locked or (ours.document != pair.base and self._fits(ours))):
            return
        self._take(pair, Settled(How.THEIRS, theirs.document))

    def order(self, pair: Pair) -> None:
        """Bring the order of a list in line with what is taken of it, and with what was moved there."""
        base, ours, theirs = (partial.ids(document) for document in (
            pair.base, pair.ours.document if pair.ours else None, pair.theirs.document if pair.theirs else None))
        alive = {item for item in (*ours, *theirs) if self._lives(pair.key.item, item, ours)}
        found = merging.merge_order(base, ours, theirs, alive)
        if found is None:
            self._leave(pair, Why.CONFLICT, ("their order",))
            found = merging.merge_order(base, ours, [item for item in ours if item in theirs], alive) or ours
        if found == ours or not found:
            return
        if pair.ours is not None and pair.ours.locked:
            self._leave(pair, Why.LOCKED, ())
            return
        how = How.BOTH if pair.ours is not None else How.THEIRS
        self._take(pair, Settled(how, {"ids": list(found)}))

    def follow(self) -> None:
        """Bring the order of scenes in line with a script that comes over, whatever else was named or not."""
        places = {take.key: place for place, take in enumerate(self.made.takes)}
        if self.scenes is None or _SCRIPT not in places:
            return
        key, script = self.scenes.key, self.made.takes[places[_SCRIPT]].document
        unmoved = Take(key, str(key), How.BOTH, self.scenes.noun.document(), self.scenes.basis, self.scenes.pinned, None)
        take = self.made.takes.pop(places[key]) if key in places else unmoved
        take = replace(take, document=partial.following(take.document, script))
        if take != unmoved:
            self.made.takes.append(take)

    def _bound(self, key: Key, document: Document | None) -> Why | None:
        """A script with other scenes cannot be had where their order is locked."""
        if key != _SCRIPT or document is None or self.scenes is None or not self.scenes.locked:
            return None
        return None if partial.same_parts(document, self.scenes.noun.document()) else Why.ORDER

    def _lives(self, scope: str, item: str, ours: Sequence[str]) -> bool:
        """Whether an item of a list is there in the end: a scene in the script, any other among the items themselves."""
        script = self.fields.get(_SCRIPT)
        if scope == "scenes" and script is not None:
            return f"scenes.{item}" in script
        listed = Key(scope if scope in STAGES else "shot_list", item)
        return listed in self.fields or (item in ours and all(key != listed for key, _ in self.made.gone))

    def _barred(self, pair: Pair, how: How) -> Why | None:
        if how in {How.SAME, How.OURS}:
            return None
        if pair.key.artifact in FIXED and any(key.artifact in _BEGUN for key in self.fields):
            return Why.FIXED
        if pair.ours is not None and pair.ours.locked:
            return Why.LOCKED
        if how is How.CONFLICT:
            return Why.CONFLICT
        held = pair.ours is not None and pair.ours.held and not (self.named and self.wish.theirs)
        return Why.PINNED if held else None

    def _fits(self, stand: Stand) -> bool:
        """Whether all that a take was made from is what the lane has then."""
        return all(self._now(path) == was for path, was in stand.basis.items())

    def _now(self, path: str) -> str:
        artifact, item, name = path.split(":", 2)
        return self.fields.get(Key(artifact, item), {}).get(name, ABSENT)

    def _take(self, pair: Pair, settled: Settled) -> None:
        document = settled.document or {}
        try:
            noun = noun_of(pair.key.artifact, document)
        except (ValidationError, ValueError):  # two changes that are right by themselves and not together
            self._leave(pair, Why.CONFLICT, settled.taken)
            return
        theirs, ours = pair.theirs, pair.ours
        whole = settled.how is How.THEIRS and theirs is not None
        stand = theirs if whole or ours is None else ours
        pinned = (theirs is not None and theirs.pinned) or (ours is not None and ours.pinned)
        self.fields[pair.key] = noun.field_digests()
        self.made.takes.append(Take(
            pair.key, pair.label, settled.how, noun.document(), stand.basis if stand is not None else {},
            pin=pinned or pair.key in self.named or (settled.how is How.BOTH and pair.key.artifact != ORDER),
            parent_id=theirs.version_id if theirs is not None else None, fields=settled.taken,
        ))

    def _lose(self, pair: Pair) -> None:
        self.fields.pop(pair.key, None)
        self.made.gone.append((pair.key, pair.label))

    def _leave(self, pair: Pair, why: Why, fields: tuple[str, ...]) -> None:
        self.made.left.append(Left(pair.key, pair.label, why, fields))


def _settled(pair: Pair) -> Settled:
    """The rule for one item; what follows from other fields is left out of the comparing where both changed."""
    ours, theirs = (stand.document if stand is not None else None for stand in (pair.ours, pair.theirs))
    whole = made(pair.key)
    settled = merging.settle(pair.base, ours, theirs, whole=whole)
    if settled.how not in {How.CONFLICT, How.BOTH} or whole:
        return settled
    return merging.settle(*(without_derived(pair.key.artifact, side) for side in (pair.base, ours, theirs)))
