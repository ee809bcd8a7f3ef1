"""Whether a unit needs making, and why: the one question that plan, quote and run all ask."""

from aiuteur.craft.staleness import moved
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
        return "missing"
    if found.pinned or found.locked:
        return None
    paths = moved(found.basis, world.items)
    return f"stale: {', '.join(sorted(_said(path, world) for path in paths))}" if paths else None


def _said(path: str, world: World) -> str:
    artifact, item, field = path.split(":", 2)
    found: Selected | None = world.items.get(Key(artifact, item))
    name = getattr(found.noun, "name", None) or getattr(found.noun, "label", None) if found is not None else None
    return f"{artifact} {name or item}: {field.partition('.')[0]}".replace("  ", " ")
