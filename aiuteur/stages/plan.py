"""The plan: one function decides what is missing, stale or asked for, and so what a quote prices, a run makes, a sensor asks for.

Belongs here: the walk through the stages. Does not belong here: the reason to make one unit (`needs`), whom it asks and at what
price (`asks`), staleness by digests (`aiuteur.craft.tracing`).

A unit is planned where it needs making now, or where something it read will be made before it. The second may still turn out
unchanged (early cut-off), and so may the first while all that moved is itself to be made again: both are `upstream`.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, Self, cast

from aiuteur.craft.planning import Plan, Planned
from aiuteur.craft.tracing import Looked, head, look
from aiuteur.craft.world import ORDER, Key, World
from aiuteur.film.takes import FrameEnd
from aiuteur.stages.asks import Casting, Pricing, asks, foreseen
from aiuteur.stages.makers import MAKERS
from aiuteur.stages.needs import Labels, Need, held, label, moves, need, to_follow
from aiuteur.stages.work import Stage, Unit

LISTS: Final = frozenset({"beats", "script", "bible", "scenes", "shot_list"})
"""Stages that decide which items others have."""

_GIVEN: Final = frozenset({"narrative", "brief"})


@dataclass(slots=True)
class _Walk:
    """A plan as it grows: what a look at the items found, and `dirty`, the heads that may come out differently."""

    world: World
    looked: Looked
    scene_of: Mapping[str, str]
    labels: Labels
    scenes: AbstractSet[str]
    dirty: set[str] = field(default_factory=set[str])
    items: list[Planned] = field(default_factory=list[Planned])
    held: dict[Key, str] = field(default_factory=dict[Key, str])
    gone: list[Key] = field(default_factory=list[Key])
    said: dict[Need, str] = field(default_factory=dict["Need", str])
    named: dict[str, str] = field(default_factory=dict[str, str])
    to_follow: AbstractSet[Key] = frozenset()
    whole: bool = False

    @classmethod
    def through(cls, world: World, *, whole: bool) -> Self:
        """A walk about to begin."""
        scene_of = {shot: scene for scene in world.order("scenes") for shot in world.order(scene)}
        unfinished = [key.item for key, found in world.items.items() if key[0] == "dailies" and found.noun.__dict__.get("again")]
        takes = {key for item in unfinished for key in _takes(item) if to_follow(key, world)}
        scenes = frozenset(world.order("scenes"))
        return cls(world, look(world), scene_of, Labels(world), scenes, to_follow=takes, whole=whole)


def plan(
    world: World, casting: Casting | None = None, pricing: Pricing | None = None, makers: Mapping[str, Stage] = MAKERS, *,
    whole: bool = False,
) -> Plan:
    """What would be made in a world now, and with a casting and prices, by whom and for how much.

    The world may be one without content (`aiuteur.registry.outlines`): only digests, orders and who continues from whom are read.
    `whole` plans everything, as if nothing were made but what was given and the lists: what the film would cost anew.
    """
    walk = _Walk.through(world, whole=whole)
    for stage, maker in makers.items():
        units, orphans = _listing(walk, stage, maker)
        gone = [key for key in orphans if not held(key, world)]
        walk.gone += gone
        walk.dirty.update(map(head, gone))
        walk.items += [_planned(walk, stage, unit, why) for unit, why in _touched(walk, units)]
    if casting is None or pricing is None:
        return Plan(walk.items, foreseen(world), walk.held, walk.gone)
    priced = [asks(item, world, casting, pricing) for item in [*walk.items, *foreseen(world)]]
    return Plan(priced[:len(walk.items)], priced[len(walk.items):], walk.held, walk.gone)


def _listing(walk: _Walk, stage: str, maker: Stage) -> tuple[Sequence[Unit], Sequence[Key]]:
    """The units of a stage, and the items it has that no unit answers for: those a run puts away."""
    known = cast("tuple[Sequence[Unit], Sequence[Key]] | None", walk.looked.shape.get(stage))
    if known is not None and maker is MAKERS.get(stage):
        return known
    units = maker.units(walk.world)
    wanted = {key for unit in units for key in unit.keys}
    found = walk.looked.shape[stage] = units, [key for key in walk.world.items if key[0] == stage and key not in wanted]
    return found


def _touched(walk: _Walk, units: Sequence[Unit]) -> list[tuple[Unit, Need | None]]:
    """The units of a stage that need making, or read what will be made; looked at until none of them touches another."""
    found: dict[int, tuple[Unit, Need | None]] = {}
    rest: list[tuple[int, Unit]] = []
    for at, unit in enumerate(units):
        why = _need(walk, unit)
        if why is not None:
            found[at] = (unit, why)
        elif not unit.always:
            rest.append((at, unit))
    walk.dirty |= {one for unit, _ in found.values() for one in _heads(walk, unit)}
    dirty = walk.dirty
    while dirty and rest:
        reached = [(at, unit) for at, unit in rest if _reads(walk, unit, dirty)]
        found |= {at: (unit, None) for at, unit in reached}
        rest = [(at, unit) for at, unit in rest if at not in found]
        # Only what the stage itself makes can touch another unit of it.
        dirty = {one for _, unit in reached for one in _heads(walk, unit)} - walk.dirty
        walk.dirty |= dirty
    return [found[at] for at in sorted(found)]


def _takes(review: str) -> tuple[Key, Key]:
    """What a review may be of: a clip or a frame."""
    return Key("clips", review.partition("/")[0]), Key("frames", review)


def _heads(walk: _Walk, unit: Unit) -> Iterable[str]:
    return (head(key) for key in unit.keys if not held(key, walk.world))


def _need(walk: _Walk, unit: Unit) -> Need | None:
    """The leaf's answer; where every item is there and nothing of what it read moved, without asking it."""
    sound, remakes = walk.looked.sound, walk.world.remakes
    if walk.whole:
        return None if unit.always or _GIVEN.issuperset(key.artifact for key in unit.keys) else Need(missing=unit.keys)
    for key in unit.keys:
        if key not in sound or key in remakes or key in walk.to_follow:
            break
    else:
        return None
    if unit.always:
        return None
    _note_held(walk, unit)
    return need(unit, walk.world, walk.looked.heads)


def _note_held(walk: _Walk, unit: Unit) -> None:
    """Stale, and a person's: shown, not planned."""
    for key in unit.keys:
        if held(key, walk.world) and (causes := tuple(moves(key, walk.world, walk.looked.heads))):
            walk.held[key] = Need(causes=causes).say(walk.world)


def _reads(walk: _Walk, unit: Unit, dirty: AbstractSet[str]) -> bool:
    items = walk.world.items
    for key in unit.keys:
        found = items.get(key)
        if found is not None and not found.pinned and not found.locked and not dirty.isdisjoint(found.trace.reads):
            return True
    return False


def _planned(walk: _Walk, stage: str, unit: Unit, why: Need | None) -> Planned:
    world = walk.world
    keys = tuple(key for key in unit.keys if not held(key, world) or (why is not None and key in why.asked))
    remake = next((world.remakes[key] for key in why.asked), None) if why is not None else None
    return Planned(
        stage=stage, anchor=unit.anchor, keys=keys, label=_label(walk, stage, unit.anchor), why=_said(walk, why),
        causes=why.causes if why is not None else (), missing=why.missing if why is not None else (),
        upstream=not _definite(walk, stage, unit, why), lists=stage in LISTS, remake=remake,
        again=why is not None and bool(why.again),
        waits_for=_waits_for(walk, stage),
    )


def _label(walk: _Walk, stage: str, anchor: str) -> str:
    """What people call a unit; that of a shot or scene is looked up once for all stages."""
    if anchor not in walk.named:
        walk.named[anchor] = label(Key(stage, anchor), walk.labels)
    return walk.named[anchor] if anchor else ""


def _said(walk: _Walk, why: Need | None) -> str:
    """The reason in words; the same reason is put into words once."""
    if why is None:
        return "something it was made from is to be made first"
    if why not in walk.said:
        walk.said[why] = why.say(walk.world)
    return walk.said[why]


def _definite(walk: _Walk, stage: str, unit: Unit, why: Need | None) -> bool:
    """Whether a unit is made whatever comes out above it: its list stays, and what moved does not move back."""
    if why is None or any(one in walk.dirty for one in _listed(walk, stage, unit)):
        return False
    if why.missing or why.asked or why.again:
        return True
    return any(cause.path[: cause.path.rindex(":")] not in walk.dirty for cause in why.causes)


def _listed(walk: _Walk, stage: str, unit: Unit) -> Iterable[str]:
    """The heads of the lists that say that there is such a unit at all."""
    first, _, rest = unit.anchor.partition("/")
    if stage == "bible" and first:
        yield head(Key(ORDER, stage))
    scene = walk.scene_of.get(first, first)
    if scene not in walk.scenes:
        return
    yield head(Key(ORDER, "scenes"))
    if scene != first:
        yield head(Key(ORDER, scene))
    if rest == FrameEnd.END:
        yield head(Key("shot_list", first))
    if stage == "looks":
        yield head(Key("scenes", first))


def _waits_for(walk: _Walk, stage: str) -> tuple[Key, ...]:
    """What only a person can give, and has not."""
    missing = tuple(Key(name) for name in sorted(_GIVEN) if Key(name) not in walk.world.items)
    return missing if stage not in _GIVEN or Key(stage) in missing else ()
