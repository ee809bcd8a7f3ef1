"""The plan: one function decides what is missing, stale or asked for, and so what a quote prices, a run makes, a sensor asks for.

Belongs here: the walk through the stages. Does not belong here: the reason to make one unit (`needs`), whom it asks and at what
price (`asks`), staleness by digests (`aiuteur.craft.tracing`).

A unit is planned where it needs making now, or where something it read will be made before it. The second may still turn out
unchanged (early cut-off), and so may the first while all that moved is itself to be made again: both are `upstream`.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

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


class _Listing(NamedTuple):
    """The units of a stage, where each item has its unit (of those that may rest), and the items that no unit answers for."""

    units: Sequence[Unit]
    places: Mapping[Key, int]
    orphans: Sequence[Key]


@dataclass(slots=True)
class _Walk:
    """A plan as it grows: `resting` are the items with no reason of their own, `dirty` the heads that may come out differently.

    `reached` are the items that read those and are made by a run.
    """

    world: World
    looked: Looked
    resting: set[Key]
    scene_of: Mapping[str, str]
    labels: Labels
    scenes: AbstractSet[str]
    waits_for: tuple[Key, ...]
    dirty: set[str] = field(default_factory=set[str])
    reached: set[Key] = field(default_factory=set["Key"])
    items: list[Planned] = field(default_factory=list[Planned])
    held: dict[Key, str] = field(default_factory=dict[Key, str])
    gone: list[Key] = field(default_factory=list[Key])
    said: dict[Need, str] = field(default_factory=dict["Need", str])
    named: dict[str, str] = field(default_factory=dict[str, str])
    whole: bool = False

    @classmethod
    def through(cls, world: World, *, whole: bool) -> Self:
        """A walk about to begin."""
        scene_of = {shot: scene for scene in world.order("scenes") for shot in world.order(scene)}
        unfinished = [key.item for key, found in world.items.items() if key[0] == "dailies" and found.noun.__dict__.get("again")]
        takes = {key for item in unfinished for key in _takes(item) if to_follow(key, world)}
        looked = look(world)
        missing = tuple(Key(name) for name in sorted(_GIVEN) if Key(name) not in world.items)
        resting = set(looked.sound) - takes - world.remakes.keys()
        scenes = frozenset(world.order("scenes"))
        return cls(world, looked, resting, scene_of, Labels(world), scenes, missing, whole=whole)

    def spoil(self, heads: Iterable[str]) -> set[Key]:
        """These may come out differently; returns the items that read them and that nobody holds."""
        new = set(heads) - self.dirty
        self.dirty |= new
        reached = {key for one in new for key in self.looked.reading(one)} - self.reached
        reached = {key for key in reached if not held(key, self.world)}
        self.reached |= reached
        return reached


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
        listing = _listing(walk, stage, maker)
        gone = [key for key in listing.orphans if not held(key, world)]
        walk.gone += gone
        walk.spoil(map(head, gone))
        walk.items += [_planned(walk, stage, unit, why) for unit, why in _touched(walk, listing)]
    if casting is None or pricing is None:
        return Plan(walk.items, foreseen(world), walk.held, walk.gone)
    priced = [asks(item, world, casting, pricing) for item in [*walk.items, *foreseen(world)]]
    return Plan(priced[:len(walk.items)], priced[len(walk.items):], walk.held, walk.gone)


def _listing(walk: _Walk, stage: str, maker: Stage) -> _Listing:
    """The units of a stage; worked out once for as long as the lane ought to have the same items."""
    known = walk.looked.shape.get(stage)
    if isinstance(known, _Listing) and maker is MAKERS.get(stage):
        return known
    units = maker.units(walk.world)
    wanted = {key for unit in units for key in unit.keys}
    places = {key: at for at, unit in enumerate(units) if not unit.always for key in unit.keys}
    found = _Listing(units, places, [key for key in walk.world.items if key[0] == stage and key not in wanted])
    walk.looked.shape[stage] = found
    return found


def _touched(walk: _Walk, listing: _Listing) -> list[tuple[Unit, Need | None]]:
    """The units of a stage that need making, or read what will be made; looked at until none of them touches another."""
    units, places = listing.units, listing.places
    awake = [at for at, unit in enumerate(units) if walk.whole or not walk.resting.issuperset(unit.keys)]
    found: dict[int, Need | None] = {at: why for at in awake if (why := _need(walk, units[at])) is not None}
    walk.spoil(one for at in found for one in _heads(walk, units[at]))
    reached = places.keys() & walk.reached
    while reached:
        new = {places[key] for key in reached} - found.keys()
        found |= dict.fromkeys(new)
        # Only what the stage itself makes can touch another unit of it.
        reached = places.keys() & walk.spoil(one for at in new for one in _heads(walk, units[at]))
    return [(units[at], found[at]) for at in sorted(found)]


def _takes(review: str) -> tuple[Key, Key]:
    """What a review may be of: a clip or a frame."""
    return Key("clips", review.partition("/")[0]), Key("frames", review)


def _heads(walk: _Walk, unit: Unit) -> Iterable[str]:
    return (head(key) for key in unit.keys if not held(key, walk.world))


def _need(walk: _Walk, unit: Unit) -> Need | None:
    """The leaf's answer; what is made always is no reason to begin."""
    if unit.always:
        return None
    if walk.whole:
        return None if _GIVEN.issuperset(key.artifact for key in unit.keys) else Need(missing=unit.keys)
    _note_held(walk, unit)
    return need(unit, walk.world, walk.looked.heads)


def _note_held(walk: _Walk, unit: Unit) -> None:
    """Stale, and a person's: shown, not planned."""
    for key in unit.keys:
        if held(key, walk.world) and (causes := tuple(moves(key, walk.world, walk.looked.heads))):
            walk.held[key] = Need(causes=causes).say(walk.world)


def _planned(walk: _Walk, stage: str, unit: Unit, why: Need | None) -> Planned:
    world = walk.world
    keys = tuple(key for key in unit.keys if not held(key, world) or (why is not None and key in why.asked))
    remake = next((world.remakes[key] for key in why.asked), None) if why is not None else None
    return Planned(
        stage=stage, anchor=unit.anchor, keys=keys, label=_label(walk, stage, unit.anchor), why=_said(walk, why),
        causes=why.causes if why is not None else (), missing=why.missing if why is not None else (),
        upstream=not _definite(walk, stage, unit, why), lists=stage in LISTS, remake=remake,
        again=why is not None and bool(why.again),
        waits_for=walk.waits_for if stage not in _GIVEN or Key(stage) in walk.waits_for else (),
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
