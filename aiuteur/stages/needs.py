"""Whether a unit needs making, and why: the one question that plan, quote and run all ask."""

from aiuteur.craft.staleness import Cause, moved, say
from aiuteur.craft.world import Key, Selected, World
from aiuteur.stages.work import Unit


def needs(unit: Unit, world: World) -> str | None:
    """The reason to make a unit now, None where it may rest: something is missing, or a path that it read has moved.

    What is pinned or locked waits for a person, whatever moved.
    """
    if unit.always:
        return "drawn up anew"
    for key in unit.keys:
        reason = _reason(key, world)
        if reason is not None:
            return reason
    return None


def _reason(key: Key, world: World) -> str | None:
    found = world.items.get(key)
    if found is None:
        return "there was none"
    if found.pinned or found.locked:
        return None
    paths = moved(found.basis, lambda read: world.items[read].fields if read in world.items else None)
    if not paths:
        return None
    labels = {read: label_of(world.items[read]) for path in paths if (read := _read(path)) in world.items}
    return f"stale: {', '.join(sorted({say(Cause(path, '-', '-'), labels) for path in paths}))}"


def label_of(found: Selected) -> str:
    """What people call an item: a shot's label, a scene's number, an entry's name."""
    for field in ("label", "number", "name", "title"):
        value = getattr(found.noun, field, None)
        if isinstance(value, str):
            return value
    return ""


def _read(path: str) -> Key:
    artifact, item, _ = path.split(":", 2)
    return Key(artifact, item)
