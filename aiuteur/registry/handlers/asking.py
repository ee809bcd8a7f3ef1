"""Commands that ask for items to be made again: remake, regenerate a scene.

Belongs here: which items are asked for. Does not belong here: making them (`aiuteur.stages`), or the rows that ask
(`aiuteur.registry.remakes`).
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.errors import InvalidInput, NotFound, Refused
from aiuteur.film import commands as c
from aiuteur.film.stages import STAGES
from aiuteur.film.takes import FrameEnd
from aiuteur.lane import Lane
from aiuteur.registry import remakes
from aiuteur.registry.handlers.handled import Handled, held_items
from aiuteur.registry.handlers.listed import Listed
from aiuteur.registry.items import Held, hold, numbered
from aiuteur.registry.naming import resolve
from aiuteur.registry.pointers import called


def remake(session: Session, lane: Lane, command: c.Remake) -> Handled:
    """Ask for items to be made again; refused for what nobody makes, and for what is locked."""
    row, held = held_items(session, lane, command.kind, command.items)
    for one in held:
        _made_by_somebody(one)
    parents = _parents(session, held, command.refine_from) if command.refine_from is not None else {}
    remakes.ask(
        session, row, [one.key for one in held], force=command.force, parents=parents, variants=command.variants,
        model=command.model, guidance=command.guidance,
    )
    details = {"variants": command.variants, "model": command.model, "guidance": command.guidance, "parent": command.refine_from}
    return Handled("asked", [one.key for one in held], details=details)


def regenerate_scene(session: Session, lane: Lane, command: c.RegenerateScene) -> Handled:
    """Ask for the frames and clips of a scene's shots; what is pinned only by force, what is locked never."""
    scene = resolve(session, lane, command.scene)
    if scene.artifact != "scenes":
        message = f"{command.scene} is no scene: name one, for instance scene:4."
        raise InvalidInput(message)
    listed = Listed.hold(session, lane, "regenerate_scene", "shot_list", scene.item)
    keys = [key for shot in listed.order.ids for key in _takes(shot)]
    held = [one for one in hold(session, listed.row, keys).values() if not (one.gone or one.locked)]
    wanted = [one.key for one in held if command.force or not one.pinned]
    if not wanted:
        message = f"{command.scene} has nothing to make again: {_why_not(held)}."
        raise Refused(message)
    remakes.ask(session, listed.row, wanted, force=True, guidance=command.guidance)
    return Handled("asked", wanted, details={"scene": scene.item, "guidance": command.guidance, "force": command.force})


def _takes(shot: str) -> list[Key]:
    return [Key("frames", f"{shot}/{FrameEnd.START}"), Key("frames", f"{shot}/{FrameEnd.END}"), Key("clips", shot)]


def _why_not(held: Sequence[Held]) -> str:
    if not held:
        return "none of its frames and clips is made yet, or all are locked: run the lane, or unlock them"
    return "all of its frames and clips are pinned: unpin them, or ask with force for proposals beside them"


def _made_by_somebody(held: Held) -> None:
    if held.kind not in STAGES or not STAGES[held.kind].roles:
        message = f"{called(held)} follows from what it is made of, nobody makes it: edit that, or remake a frame or clip."
        raise InvalidInput(message)


def _parents(session: Session, held: Sequence[Held], n: int) -> dict[Key, UUID]:
    """The version to refine, of each item."""
    found: dict[Key, UUID] = {}
    for one in held:
        version_id = numbered(session, one, n)
        if version_id is None:
            message = f"{called(one)} has no version {n} to refine: it has 1 to {one.head_n}."
            raise NotFound(message)
        found[one.key] = version_id
    return found
