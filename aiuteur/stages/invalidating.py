"""Invalidating: what each change made stale, worked out after it and off its way, and written into the log.

Belongs here: from a change to the items it reaches. Does not belong here: the rule of scopes (`aiuteur.craft.scopes`), the rows
(`aiuteur.registry.invalidations`).
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from aiuteur.craft.planning import Plan, Planned, total
from aiuteur.craft.scopes import scope, touched_scenes
from aiuteur.craft.tracing import head
from aiuteur.craft.world import Key, World
from aiuteur.lane import Lane
from aiuteur.registry import invalidations
from aiuteur.registry.invalidations import Change, Reach
from aiuteur.registry.outlines import Outlines
from aiuteur.settings import Settings
from aiuteur.stages.spending import priced


def log_invalidations(
    session: Session, lane: Lane, outlines: Outlines, settings: Settings, since_event: int | None = None,
) -> list[Reach]:
    """Write down what the changes of a lane reached that are not in the log yet; returns that. Raises `NotFound`.

    Without `since_event` from where the log ends. A change whose readers were all made again meanwhile reaches nothing any more.
    """
    if not invalidations.unlogged(session, lane, since_event):
        return []
    invalidations.hold(session, lane)  # a run and a sensor may both have come to write the same lines
    changes = invalidations.unlogged(session, lane, since_event)
    if not changes:
        return []
    outline = outlines.fetch(session, lane)
    plan = priced(session, outline, settings).plan
    found = [(change, reach(plan, outline.world, change)) for change in changes]
    for change, reached in found:
        invalidations.log(session, lane, change, reached)
    return [reached for _, reached in found if reached is not None]


def reach(plan: Plan, world: World, change: Change) -> Reach | None:
    """What a change reaches of what is planned now; None where that is nothing."""
    affected = _affected(plan, world, change.items)
    if not affected:
        return None
    scenes = world.order("scenes")
    scene_of = {shot: scene for scene in scenes for shot in world.order(scene)}
    keys = [key for item in affected for key in item.keys or (Key(item.stage, item.anchor),)]
    begun = {head(key) for key in change.items}
    paths = {cause.path for item in affected for cause in item.causes if cause.path.rpartition(":")[0] in begun}
    return Reach(
        scope(change.items, keys, scene_of, scenes), sorted(paths), [str(key) for key in keys],
        touched_scenes(keys, scene_of, scenes), total(item.price for item in affected),
    )


def _affected(plan: Plan, world: World, changed: Sequence[Key]) -> list[Planned]:
    """The planned units that read what was changed or are about it, and those that read what these will make."""
    begun = {head(key) for key in changed}
    about = {key.item.partition("/")[0] for key in changed if key.item}
    reached = set[str]()
    found: dict[int, Planned] = {}
    for _ in range(2):  # a unit may read one that stands later in its own stage
        for at, item in enumerate(plan.items):
            if at not in found and (_begins(item, begun, about) or _reads(item, world, reached)):
                found[at] = item
                reached |= {head(key) for key in item.keys}
    return [found[at] for at in sorted(found)]


def _begins(item: Planned, begun: set[str], about: set[str]) -> bool:
    moved = any(cause.path.rpartition(":")[0] in begun for cause in item.causes)
    return moved or bool(item.missing and about.intersection(item.anchor.split("/")))


def _reads(item: Planned, world: World, reached: set[str]) -> bool:
    there = (world.items[key] for key in item.keys if key in world.items)
    return any(not reached.isdisjoint(found.trace.reads) for found in there)
