"""Erasing a project: its words, pictures and requests go, what was counted and paid stays.

Belongs here: whether a project may be erased, and doing it. Does not belong here: the statements (migration 0011, since no role
may delete a version), the bytes (`aiuteur.housekeeping`), and what Dagster knows (`aiuteur_dagster.forgetting`).
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from aiuteur.errors import Conflict, NotFound, Refused
from aiuteur.lane import Lane
from aiuteur.registry.lanes import LANE_LOCK
from aiuteur.registry.states import OPEN
from aiuteur.registry.tables import Branch, Generation, Project

_LOCK: Final = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
_ERASE: Final = text("SELECT aiuteur.erase_project(:project, :reason)")


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure removed: versions, the digests of media that nothing else of the person shows, and their bytes in all."""

    versions: int
    media: tuple[str, ...]
    bytes: int


def lanes_of(session: Session, project: str) -> list[Lane]:
    """Every lane of a project that may be erased now.

    Raises `NotFound`, `Conflict` (a run is on one of them) and `Refused` (calls that cost may be under way).
    """
    branches = _branches(session, project)
    for branch, lane in branches.items():
        if not session.execute(_LOCK, {"name": f"{LANE_LOCK}{branch}"}).scalar_one():
            message = f"A run is making {lane}: wait for it to end, or stop it, and erase {project} then."
            raise Conflict(message)
    waiting = select(func.count()).where(
        Generation.branch_id.in_(branches), Generation.state.in_(OPEN), Generation.replayable.is_(False),
    )
    if open_calls := session.execute(waiting).scalar_one():
        message = (
            f"{open_calls} calls of {project} may have been paid for and have not ended: see `aiuteur ledger {project}`, "
            "settle or cancel them, and erase it then."
        )
        raise Refused(message)
    return list(branches.values())


def erase(session: Session, project: str, reason: str) -> Erased:
    """Erase a project of this person's, in this transaction; raises as `lanes_of` does."""
    lanes_of(session, project)
    wanted = select(Project.id).where(Project.name == project)
    gone = session.execute(_ERASE, {"project": session.execute(wanted).scalar_one(), "reason": reason}).scalar_one()
    return Erased(gone["versions"], tuple(gone["media"]), gone["bytes"])


def _branches(session: Session, project: str) -> dict[UUID, Lane]:
    rows = session.execute(
        select(Branch.id, Branch.name).join(Project, Project.id == Branch.project_id)
        .where(Project.name == project, Project.erased_at.is_(None)).order_by(Branch.name),
    ).all()
    if not rows:
        message = f"There is no project {project} to erase: `aiuteur lanes` lists what there is."
        raise NotFound(message)
    return {id_: Lane(project, name) for id_, name in rows}
