"""Lanes as rows: finding one, listing all, and moving a revision on.

Belongs here: the branch behind a lane's name. Does not belong here: making projects (`projects`),
what is on a branch (`versions`).
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, aliased

from aiuteur.digest import Json
from aiuteur.errors import NotFound, Refused
from aiuteur.lane import Lane
from aiuteur.registry.tables import Artifact, Branch, Event, Project

_USER: Final = "user_id"


LANE_LOCK: Final = "aiuteur run "
"""What a live run holds, before its branch's id: an advisory lock that ends with its connection."""


@dataclass(frozen=True, slots=True)
class LaneRow:
    """The branch behind a lane's name."""

    branch_id: UUID
    project_id: UUID
    owner_id: UUID
    seed: str
    revision: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class LaneInfo:
    """A lane in a list: when it was made, how often it changed, how many items and versions it has, and where it was forked."""

    lane: Lane
    revision: int
    created_at: datetime
    archived_at: datetime | None
    items: int
    versions: int
    parent: str | None = None
    forked_at_stage: str | None = None
    message: str = ""


def lane_row(session: Session, lane: Lane) -> LaneRow:
    """The branch of a lane; raises `NotFound` with what there is instead."""
    found = session.execute(
        select(Branch.id, Branch.project_id, Branch.owner_id, Branch.seed, Branch.revision, Branch.archived_at)
        .join(Project, Project.id == Branch.project_id)
        .where(Project.name == lane.project, Branch.name == lane.branch),
    ).one_or_none()
    if found is None:
        raise _unknown(session, lane)
    return LaneRow(*found)


def lanes(session: Session) -> list[LaneInfo]:
    """Every lane that this person owns, by name; items are those not tombstoned, versions the sum of their newest numbers."""
    parent = aliased(Branch)
    rows = session.execute(
        select(
            Project.name, Branch.name, Branch.revision, Branch.created_at, Branch.archived_at,
            func.count(Artifact.id).filter(Artifact.tombstoned_at.is_(None)), func.coalesce(func.sum(Artifact.head_n), 0),
            parent.name, Branch.forked_at_stage, Branch.message,
        )
        .join(Project, Project.id == Branch.project_id)
        .outerjoin(Artifact, Artifact.branch_id == Branch.id)
        .outerjoin(parent, parent.id == Branch.parent_branch_id)
        .group_by(Project.name, Branch.id, parent.name)
        .order_by(Project.name, Branch.name),
    )
    return [LaneInfo(Lane(project, branch), revision, created, archived, items, int(versions), forked, at, message)
            for project, branch, revision, created, archived, items, versions, forked, at, message in rows]


def person(session: Session) -> UUID | None:
    """On whose behalf a session works; None for the service."""
    found: object = session.info.get(_USER)
    return found if isinstance(found, UUID) else None


@contextmanager
def on_behalf_of(session: Session, user: UUID | None) -> Generator[None]:
    """Let a session of the service act for a person, who is named as the author of what it writes meanwhile."""
    before = session.info.get(_USER)
    session.info[_USER] = user
    try:
        yield
    finally:
        session.info[_USER] = before


def tell(session: Session, row: LaneRow, kind: str, payload: Mapping[str, Json]) -> int:
    """Write one event of a lane; returns its id."""
    return session.execute(insert(Event).returning(Event.id), {
        "owner_id": row.owner_id, "branch_id": row.branch_id, "kind": kind, "payload": payload, "by": person(session),
    }).scalar_one()


def move_on(session: Session, row: LaneRow) -> int:
    """The lane's next revision; last in a transaction, since it makes the lane's other writers wait for the commit.

    Raises `Refused` where the lane is archived: what is put away stays as it is.
    """
    moved = session.execute(
        update(Branch).where(Branch.id == row.branch_id, Branch.archived_at.is_(None))
        .values(revision=Branch.revision + 1).returning(Branch.revision),
    ).scalar_one_or_none()
    if moved is None:
        raise archived(session, row.branch_id)
    return moved


def archived(session: Session, branch_id: UUID) -> Refused:
    """What is said to whoever would change an archived lane."""
    named = select(Project.name, Branch.name).join(Branch, Branch.project_id == Project.id).where(Branch.id == branch_id)
    lane = Lane(*session.execute(named).one())
    return Refused(f"{lane} is archived, so it can only be read: `aiuteur restore {lane}` brings it back.")


def _unknown(session: Session, lane: Lane) -> NotFound:
    of_project = select(Branch.name).join(Project, Project.id == Branch.project_id).where(Project.name == lane.project)
    branches = session.execute(of_project.order_by(Branch.name)).scalars().all()
    if branches:
        return NotFound(f"Project {lane.project} has no branch {lane.branch}: it has {', '.join(branches)}.")
    return NotFound(f"There is no project {lane.project}: `aiuteur make STORY --project {lane.project}` starts one.")
