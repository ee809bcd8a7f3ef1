"""The plan: one function decides what is missing, stale or asked for, and so what a quote prices, a run makes, a sensor asks for.

Belongs here: the walk through the stages. Does not belong here: the reason to make one unit (`needs`), whom it asks and at what
price (`asks`), staleness by digests (`aiuteur.craft.tracing`).

A unit is planned where it needs making now, or where something it read will be made before it. The second may still turn out
unchanged (early cut-off), and so may the first while all that moved is itself to be made again: both are `upstream`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiuteur.craft.planning import Plan, Planned
from aiuteur.craft.tracing import head, marks, trace, unmoved
from aiuteur.craft.world import ORDER, Key, World
from aiuteur.film.takes import FrameEnd
from aiuteur.stages.asks import Casting, Pricing, asks, foreseen
from aiuteur.stages.makers import MAKERS
from aiuteur.stages.needs import Need, held, label, moves, need
from aiuteur.stages.work import Stage, Unit

LISTS: Final = frozenset({"beats", "script", "bible", "scenes", "shot_list"})
"""Stages that decide which items others have."""

_GIVEN: Final = frozenset({"narrative", "brief"})


@dataclass(slots=True)
class _Walk:
    """A plan as it grows: `now` is every read path's digest, `dirty` the heads that may come out differently."""

    world: World
    now: Mapping[str, str]
    scene_of: Mapping[str, str]
    dirty: set[str] = field(default_factory=set[str])
    items: list[Planned] = field(default_factory=list[Planned])
    held: dict[Key, str] = field(default_factory=dict[Key, str])
    gone: list[Key] = field(default_factory=list[Key])


def plan(
    world: World, casting: Casting | None = None, pricing: Pricing | None = None, makers: Mapping[str, Stage] = MAKERS,
) -> Plan:
    """What would be made in a world now, and with a casting and prices, by whom and for how much.

    The world may be one without content (`aiuteur.registry.outlines`): only digests, orders and who continues from whom are read.
    """
    scene_of = {shot: scene for scene in world.order("scenes") for shot in world.order(scene)}
    walk = _Walk(world, marks(world.items.values()), scene_of)
    for stage, maker in makers.items():
        units = maker.units(world)
        _leave(walk, stage, units)
        walk.items += [_planned(walk, stage, unit, why) for unit, why in _touched(walk, units)]
    if casting is None or pricing is None:
        return Plan(walk.items, foreseen(world), walk.held, walk.gone)
    priced = [asks(item, world, casting, pricing) for item in [*walk.items, *foreseen(world)]]
    return Plan(priced[:len(walk.items)], priced[len(walk.items):], walk.held, walk.gone)


def _leave(walk: _Walk, stage: str, units: Sequence[Unit]) -> None:
    """Items that no unit answers for: a run tombstones them, and who read them will see it."""
    wanted = {key for unit in units for key in unit.keys}
    for key in walk.world.items:
        if key.artifact == stage and key not in wanted:
            walk.gone.append(key)
            walk.dirty.add(head(key))


def _touched(walk: _Walk, units: Sequence[Unit]) -> list[tuple[Unit, Need | None]]:
    """The units of a stage that need making, or read what will be made; looked at until none of them touches another."""
    found: dict[int, tuple[Unit, Need | None]] = {}
    again = True
    while again:
        again = False
        for at, unit in enumerate(units):
            if at in found or unit.always:
                continue
            why = _need(walk, unit)
            if why is None and not _reads_dirty(walk, unit):
                continue
            found[at] = (unit, why)
            heads = {head(key) for key in unit.keys if not held(key, walk.world)} - walk.dirty
            walk.dirty |= heads
            again = again or bool(heads)
    return [found[at] for at in sorted(found)]


def _need(walk: _Walk, unit: Unit) -> Need | None:
    """The leaf's answer; where every item is there and nothing of what it read moved, without asking it."""
    items, remakes = walk.world.items, walk.world.remakes
    for key in unit.keys:
        found = items.get(key)
        if found is None or key in remakes or not unmoved(found, walk.now):
            break
    else:
        return None
    _note_held(walk, unit)
    return need(unit, walk.world)


def _note_held(walk: _Walk, unit: Unit) -> None:
    """Stale, and a person's: shown, not planned."""
    for key in unit.keys:
        if key not in walk.held and held(key, walk.world):
            causes = tuple(moves(key, walk.world))
            if causes:
                walk.held[key] = Need(causes=causes).say(walk.world)


def _reads_dirty(walk: _Walk, unit: Unit) -> bool:
    items = walk.world.items
    return any(
        not (found.pinned or found.locked) and not walk.dirty.isdisjoint(trace(found).reads)
        for key in unit.keys if (found := items.get(key)) is not None
    )


def _planned(walk: _Walk, stage: str, unit: Unit, why: Need | None) -> Planned:
    world = walk.world
    keys = tuple(key for key in unit.keys if not held(key, world) or (why is not None and key in why.asked))
    remake = next((world.remakes[key] for key in why.asked), None) if why is not None else None
    said = "something it was made from is to be made first" if why is None else why.say(world)
    return Planned(
        stage=stage, anchor=unit.anchor, keys=keys, label=label(Key(stage, unit.anchor), world), why=said,
        causes=why.causes if why is not None else (), missing=why.missing if why is not None else (),
        upstream=not _definite(walk, stage, unit, why), lists=stage in LISTS, remake=remake,
        waits_for=_waits_for(walk, stage),
    )


def _definite(walk: _Walk, stage: str, unit: Unit, why: Need | None) -> bool:
    """Whether a unit is made whatever comes out above it: its list stays, and what moved does not move back."""
    if why is None or any(one in walk.dirty for one in _listed(walk, stage, unit)):
        return False
    if why.missing or why.asked:
        return True
    return any(cause.path[: cause.path.rindex(":")] not in walk.dirty for cause in why.causes)


def _listed(walk: _Walk, stage: str, unit: Unit) -> Iterable[str]:
    """The heads of the lists that say that there is such a unit at all."""
    first, _, rest = unit.anchor.partition("/")
    scene = walk.scene_of.get(first, first)
    if not first or scene not in walk.world.order("scenes"):
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
