"""Commands that answer what waits for a person: with a changed prompt, more attempts, the take as it is, or not at all.

Belongs here: what an answer does to the item. Does not belong here: opening interrupts (`aiuteur.stages`, `aiuteur.watch`).
"""

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.guidance import mending
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import NotFound
from aiuteur.film import commands as c
from aiuteur.film.dailies import Verdict
from aiuteur.lane import Lane
from aiuteur.registry import interrupts, opinions, pointers, remakes
from aiuteur.registry.figure_rows import finish
from aiuteur.registry.handlers.handled import Handled
from aiuteur.registry.interrupts import InterruptRow
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.worlds import chosen

_TAKES: Final = {"frames": "{}", "clips": "{}/clip"}
"""The items of dailies that review an artifact's takes."""

_FORGET: Final = text("UPDATE aiuteur.run_marks SET failures = 0 WHERE branch_id = :branch")


def resolve_interrupt(session: Session, lane: Lane, command: c.ResolveInterrupt) -> Handled:
    """Resolve one interrupt: `accept` pins the take, `retry` asks for another, `skip` takes the shot for done as it is."""
    found = next((one for one in interrupts.waiting(session, lane) if one.id == command.interrupt), None)
    if found is None:
        message = f"{lane} has no open interrupt {command.interrupt}: `aiuteur interrupts {lane}` lists what waits."
        raise NotFound(message)
    key = _key(found)
    asked = _answered(session, lane, command, found, key)
    resolution: dict[str, Json] = {"action": command.action, "guidance": command.guidance, "attempts": command.attempts}
    interrupts.resolve(session, lane, resolution, one=found.id)
    return Handled("resolved", asked, details={"interrupt": str(found.id), "kind": found.kind, **resolution})


def _answered(session: Session, lane: Lane, command: c.ResolveInterrupt, found: InterruptRow, key: Key | None) -> list[Key]:
    row = lane_row(session, lane)
    if found.kind == "failure":
        session.execute(_FORGET, {"branch": row.branch_id})
    if key is None or key.artifact not in _TAKES:
        return [key] if key is not None else []
    if command.action == "skip":
        if key.artifact == "clips":
            finish(session, row, key.item, "skipped")
        return [key]
    if command.action == "accept":
        held = pointers.held_for(session, row, "approve", [key])
        opinions.accept(session, row, held)
        pointers.pin(session, held)
        return [key]
    review = Key("dailies", _TAKES[key.artifact].format(key.item))
    wanted = review if found.kind == "judge" and command.guidance is None and command.attempts is None else key
    pointers.held_for(session, row, "remake", [wanted])
    remakes.ask(
        session, row, [wanted], force=True, guidance=command.guidance, attempts=command.attempts,
        corrections=_corrections(session, lane, review) if wanted is key else (),
    )
    return [wanted]


def _corrections(session: Session, lane: Lane, review: Key) -> list[str]:
    """What the shown take's verdict would have mended, in words."""
    found = chosen(session, lane, review)
    if found is None or not isinstance(found.noun, Verdict):
        return []
    return [f"{one.department}: {one.text}" for one in mending(found.noun)]


def _key(found: InterruptRow) -> Key | None:
    if found.item is None:
        return None
    artifact, _, item = found.item.partition("/")
    return Key(artifact, item)
