"""Interrupts: what waits for a person on a lane, why, and what they can do about it.

Belongs here: opening, listing and resolving them. Does not belong here: what a person's answer does to the item
(`aiuteur.registry.handlers`), or which failures are worth one (`aiuteur.watch`, `aiuteur.stages`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row, person
from aiuteur.registry.tables import Branch, Interrupt, Project

CRITICAL: Final = ""
"""The fingerprint of a failure that holds its lane back whatever is planned."""


@dataclass(frozen=True, slots=True)
class InterruptRow:
    """One interrupt: what kind, of which item (None: the lane itself), under which fingerprint; why, and the remedy."""

    id: UUID
    lane: Lane
    kind: str
    item: str | None
    fingerprint: str
    reason: str
    remedy: str
    opened_at: datetime
    resolved_at: datetime | None


def interrupt(
    session: Session, lane: Lane, kind: str, reason: str, remedy: str, *, item: str | None = None, fingerprint: str = ""
) -> bool:
    """Open an interrupt; False where the same one is open already. Raises `NotFound`."""
    row = lane_row(session, lane)
    asked = {
        "owner_id": row.owner_id, "branch_id": row.branch_id, "kind": kind, "item": item, "fingerprint": fingerprint,
        "reason": reason, "remedy": remedy,
    }
    made = session.execute(insert(Interrupt).values(asked).on_conflict_do_nothing().returning(Interrupt.id))
    return made.scalar_one_or_none() is not None


def waiting(session: Session, lane: Lane | None = None) -> list[InterruptRow]:
    """What waits for a person, oldest first: on one lane, or on all of them."""
    wanted = (
        select(
            Interrupt.id, Project.name, Branch.name, Interrupt.kind, Interrupt.item, Interrupt.fingerprint, Interrupt.reason,
            Interrupt.remedy, Interrupt.opened_at, Interrupt.resolved_at,
        )
        .join(Branch, Branch.id == Interrupt.branch_id).join(Project, Project.id == Branch.project_id)
        .where(Interrupt.resolved_at.is_(None)).order_by(Interrupt.opened_at, Interrupt.id)
    )
    if lane is not None:
        wanted = wanted.where(Interrupt.branch_id == lane_row(session, lane).branch_id)
    return [InterruptRow(row[0], Lane(row[1], row[2]), *row[3:]) for row in session.execute(wanted)]


def resolve(
    session: Session, lane: Lane, resolution: Mapping[str, Json], *, kind: str | None = None, one: UUID | None = None
) -> int:
    """Resolve what is open on a lane: one interrupt, those of a kind, or all; returns how many were open. Raises `NotFound`."""
    wanted = [Interrupt.branch_id == lane_row(session, lane).branch_id, Interrupt.resolved_at.is_(None)]
    wanted += [Interrupt.kind == kind] if kind is not None else []
    wanted += [Interrupt.id == one] if one is not None else []
    done = update(Interrupt).where(*wanted).returning(Interrupt.id)
    values = {"resolved_at": func.now(), "resolved_by": person(session), "resolution": dict(resolution)}
    return len(session.execute(done.values(values)).all())


def overcome(session: Session, lanes: Sequence[Lane]) -> int:
    """Resolve the failures of lanes that are current by now, but for critical ones; returns how many there were."""
    if not lanes:
        return 0
    names = [str(lane) for lane in lanes]
    of_these = select(Branch.id).join(Project, Project.id == Branch.project_id)
    of_these = of_these.where((Project.name + "@" + Branch.name).in_(names))
    wanted = [Interrupt.resolved_at.is_(None), Interrupt.kind == "failure", Interrupt.fingerprint != CRITICAL]
    done = update(Interrupt).where(*wanted, Interrupt.branch_id.in_(of_these)).returning(Interrupt.id)
    values = {"resolved_at": func.now(), "resolution": {"overcome": "the lane became current"}}
    return len(session.execute(done.values(values)).all())
