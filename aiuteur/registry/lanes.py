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

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, aliased

from aiuteur.digest import Json
from aiuteur.errors import NotFound, Refused
from aiuteur.lane import Lane
from aiuteur.registry.tables import Artifact, Branch, Project

_USER: Final = "user_id"
_LANE: Final = "lane"
_ROW: Final = text("""
SELECT b.id, b.project_id, b.owner_id, b.seed, b.revision, b.archived_at
FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id WHERE p.name = :project AND b.name = :branch
""")
_TELL: Final = text("""
INSERT INTO aiuteur.events (owner_id, branch_id, kind, payload, by) VALUES (:owner, :branch, :kind, :payload, :by) RETURNING id
""").bindparams(bindparam("payload", type_=JSONB))
_TOLD: Final = text("""
WITH told AS (
    INSERT INTO aiuteur.events (owner_id, branch_id, kind, payload, by) VALUES (:owner, :branch, :kind, :payload, :by)
    RETURNING id)
UPDATE aiuteur.branches b SET revision = b.revision + 1 FROM told WHERE b.id = :branch AND b.archived_at IS NULL
RETURNING b.revision, told.id AS event
""").bindparams(bindparam("payload", type_=JSONB))
_MOVE_ON: Final = text("""
UPDATE aiuteur.branches SET revision = revision + 1 WHERE id = :branch AND archived_at IS NULL RETURNING revision
""")


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
    known: tuple[Lane, LaneRow] | None = session.info.get(_LANE)
    if known is not None and known[0] == lane:
        return known[1]
    found = session.execute(_ROW, {"project": lane.project, "branch": lane.branch}).one_or_none()
    if found is None:
        raise _unknown(session, lane)
    return LaneRow(*found)


@contextmanager
def at_lane(session: Session, lane: Lane, row: LaneRow) -> Generator[None]:
    """Work on one lane without looking its row up again; what is told of its revision is as of the beginning."""
    session.info[_LANE] = (lane, row)
    try:
        yield
    finally:
        session.info.pop(_LANE, None)


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
        .where(Project.erased_at.is_(None))
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
    said = {"owner": row.owner_id, "branch": row.branch_id, "kind": kind, "payload": dict(payload), "by": person(session)}
    return session.execute(_TELL, said).scalar_one()


def move_on(session: Session, row: LaneRow) -> int:
    """The lane's next revision; last in a transaction, since it makes the lane's other writers wait for the commit.

    Raises `Refused` where the lane is archived: what is put away stays as it is.
    """
    moved = session.execute(_MOVE_ON, {"branch": row.branch_id}).scalar_one_or_none()
    if moved is None:
        raise archived(session, row.branch_id)
    return moved


def told(session: Session, row: LaneRow, kind: str, payload: Mapping[str, Json]) -> tuple[int, int]:
    """Write one event and move on, in one statement: the event's id and the revision; raises as `move_on`, and comes last too."""
    said = {"owner": row.owner_id, "branch": row.branch_id, "kind": kind, "payload": dict(payload), "by": person(session)}
    found = session.execute(_TOLD, said).one_or_none()
    if found is None:
        raise archived(session, row.branch_id)
    return found.event, found.revision


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
