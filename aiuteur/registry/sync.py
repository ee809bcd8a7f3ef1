"""Whether beats and script are in step, derived from what the script was made from and by whom.

Belongs here: the two questions. Does not belong here: staleness at large (`aiuteur.craft.staleness`), of which this is a part
with a name that writers know.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.revising import rebased
from aiuteur.craft.world import ORDER, Key
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.worlds import fields_of

_SCRIPT: Final = text("""
SELECT v.origin, v.basis FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.id = a.selected_version_id
WHERE a.branch_id = :branch AND a.kind = 'script' AND a.item = '' AND a.tombstoned_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Sync:
    """`script_follows`: no beat it was written from has moved; `beats_follow`: nobody has edited the script since.

    Both are None where there is no script or it was not written from beats.
    """

    script_follows: bool | None
    beats_follow: bool | None


def sync(session: Session, lane: Lane) -> Sync:
    """How beats and script stand to each other; raises `NotFound`."""
    branch = lane_row(session, lane).branch_id
    found = session.execute(_SCRIPT, {"branch": branch}).one_or_none()
    basis = {} if found is None else {path: mark for path, mark in found.basis.items() if _of_beats(path)}
    if found is None or not basis:
        return Sync(None, None)
    now = fields_of(session, branch, {Key(*path.split(":", 2)[:2]) for path in basis})
    return Sync(script_follows=rebased(basis, now) == basis, beats_follow=found.origin != "edited")


def _of_beats(path: str) -> bool:
    return path.startswith(("beats:", f"{ORDER}:beats:"))
