"""Events: what happened on a lane, read back.

Belongs here: the log as people read it. Does not belong here: writing an event, which whatever caused it does (`lanes.tell`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.tables import Event


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: what happened, to what, by whom (None for the studio itself), when."""

    kind: str
    payload: Mapping[str, Json]
    by: UUID | None
    at: datetime


def events(session: Session, lane: Lane) -> list[EventRow]:
    """Everything that happened on a lane, oldest first; raises `NotFound`."""
    wanted = select(Event.kind, Event.payload, Event.by, Event.at)
    rows = session.execute(wanted.where(Event.branch_id == lane_row(session, lane).branch_id).order_by(Event.id))
    return [EventRow(*row) for row in rows]
