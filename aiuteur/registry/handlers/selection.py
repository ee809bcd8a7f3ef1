"""Commands that move pointers: approve, reject, promote, pin, lock, star.

They write no versions, save one of the order of scenes where another script is shown that has others.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.film import commands as c
from aiuteur.lane import Lane
from aiuteur.registry import opinions, pointers
from aiuteur.registry.drafts import Recorded
from aiuteur.registry.handlers.handled import UNCHANGED, Handled, held_items
from aiuteur.registry.handlers.listed import follow_script
from aiuteur.registry.items import Held
from aiuteur.registry.pointers import Pointed


def approve(session: Session, lane: Lane, command: c.Approve) -> Handled:
    """Pin what is selected, accepted by a person; approving twice is telling twice, since it may say something else."""
    row, held = held_items(session, lane, command.kind, command.items)
    opinions.rateable(held, command.ratings)
    opinions.accept(session, row, held, command.ratings)
    return _told("approved", held, pointers.pin(session, held), note=command.note)


def pin(session: Session, lane: Lane, command: c.Pin) -> Handled:
    """Pin what is selected; also where an edit has pinned it already, since it is held by a person's word from then on."""
    _, held = held_items(session, lane, command.kind, command.items)
    return _told("pinned", held, pointers.pin(session, held))


def unpin(session: Session, lane: Lane, command: c.Unpin) -> Handled:
    """Let the rule of selection decide again."""
    _, held = held_items(session, lane, command.kind, command.items)
    pinned = [one for one in held if one.pinned]
    if not pinned:
        return UNCHANGED
    pointed = pointers.unpin(session, pinned)
    return _told("unpinned", pinned, pointed, follow_script(session, lane, [one.key for one in pinned]))


def lock(session: Session, lane: Lane, command: c.Lock) -> Handled:
    """Lock items."""
    _, held = held_items(session, lane, command.kind, command.items)
    open_ones = [one for one in held if not one.locked]
    return _told("locked", open_ones, pointers.lock(session, open_ones, locked=True)) if open_ones else UNCHANGED


def unlock(session: Session, lane: Lane, command: c.Unlock) -> Handled:
    """Open locked items."""
    _, held = held_items(session, lane, command.kind, command.items)
    locked = [one for one in held if one.locked]
    return _told("unlocked", locked, pointers.lock(session, locked, locked=False)) if locked else UNCHANGED


def promote(session: Session, lane: Lane, command: c.Promote) -> Handled:
    """Select and pin one version."""
    return _promoted(session, lane, command.kind, command.item, command.version)


def update_scene_asset(session: Session, lane: Lane, command: c.UpdateSceneAsset) -> Handled:
    """Select and pin one version, or none at all."""
    if command.version is not None:
        return _promoted(session, lane, command.kind, command.item, command.version)
    _, held = held_items(session, lane, command.kind, (command.item,))
    shown = [one for one in held if one.selected is not None]
    return _told("deselected", shown, pointers.select_none(session, shown)) if shown else UNCHANGED


def reject(session: Session, lane: Lane, command: c.Reject) -> Handled:
    """Reject one version of each item; the next best is selected where it was."""
    row, held = held_items(session, lane, command.kind, command.items)
    opinions.rateable(held, command.ratings)
    opinions.say(session, pointers.meant(session, held, command.version), command.ratings, accepted=False)
    pointed = pointers.turn_down(session, row, held, command.version, command.reason)
    made = follow_script(session, lane, [one.key for one in held])
    return _told("rejected", held, pointed, made, version=command.version, reason=command.reason)


def star(session: Session, lane: Lane, command: c.Star) -> Handled:
    """Circle a version."""
    row, held = held_items(session, lane, command.kind, command.items)
    pointers.star(session, row, held, command.version, starred=True)
    return Handled("starred", [one.key for one in held], details={"version": command.version})


def unstar(session: Session, lane: Lane, command: c.Unstar) -> Handled:
    """Take a star away."""
    row, held = held_items(session, lane, command.kind, command.items)
    pointers.star(session, row, held, command.version, starred=False)
    return Handled("unstarred", [one.key for one in held], details={"version": command.version})


def _promoted(session: Session, lane: Lane, kind: str, item: str, version: int) -> Handled:
    row, held = held_items(session, lane, kind, (item,))
    pointed = pointers.put_forward(session, held[0], version)
    opinions.accept(session, row, [held[0].pointing(pointed[held[0].key], pinned=True)])
    made = follow_script(session, lane, [held[0].key])
    return _told("promoted", held, pointed, made, version=version)


def _told(event: str, held: Sequence[Held], pointed: Pointed, made: Sequence[Recorded] = (), **details: Json) -> Handled:
    """What happened, and what each item shows now where that is something else."""
    shown: dict[str, Json] = {
        str(one.key): str(pointed[one.key]) if pointed[one.key] else None for one in held if pointed[one.key] != one.selected
    }
    keys = [*(one.key for one in held), *(one.key for one in made)]
    return Handled(event, keys, made, details={**details, "selected": shown}, answer={"selected": shown})
