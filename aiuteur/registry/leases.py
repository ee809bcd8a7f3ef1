"""Leases: who is at a call, by the database's clock, and what becomes of the calls of those who are gone.

Belongs here: heartbeats, taking up what a dead worker left. Does not belong here: what a call's steps are (`ledger`), or asking a
provider after a call (`aiuteur.models`).

A worker that stops beating for `LEASE_SECONDS` is believed dead. What it had not yet sent is cancelled, what it was sending may
have been paid for, and what the provider has taken is asked after by whoever comes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, text, update
from sqlalchemy.orm import Session

from aiuteur.lane import Lane
from aiuteur.registry.lanes import LANE_LOCK, lane_row
from aiuteur.registry.states import LIVE, LOST_WITH_WORKER, State
from aiuteur.registry.tables import Generation

LEASE_SECONDS: Final = 20.0
"""How long a worker is believed alive without a heartbeat."""

_UNMANNED: Final = f"pg_try_advisory_xact_lock(hashtextextended('{LANE_LOCK}' || branch_id::text, 0))"
_LOSE: Final = """
UPDATE aiuteur.generations SET lost_at = now(), error = 'the worker was lost before it had an answer',
    state = CASE WHEN replayable OR state = 'CREATED' THEN 'CANCELLED' ELSE 'AMBIGUOUS' END,
    completed_at = CASE WHEN replayable OR state = 'CREATED' THEN now() END,
    cost_usd = CASE WHEN replayable OR state = 'CREATED' THEN 0 END
"""
_RECOVER: Final = text(
    f"{_LOSE} WHERE branch_id = :branch AND (state = ANY(:lost) OR replayable AND state = ANY(:live)) RETURNING id, state"
)
_FREE: Final = text("""
UPDATE aiuteur.generations SET lease_until = least(lease_until, now())
WHERE branch_id = :branch AND state IN ('SUBMITTED', 'RUNNING', 'AMBIGUOUS')
""")
_LOSE_ONE: Final = text(
    f"{_LOSE} WHERE id = :id AND lease_until < now() AND state = ANY(:lost) AND {_UNMANNED} RETURNING id, state"
)
_TAKE: Final = text("""
UPDATE aiuteur.generations SET worker = :worker, lease_until = now() + make_interval(secs => :seconds)
WHERE id = :id AND state IN ('SUBMITTED', 'RUNNING', 'AMBIGUOUS') AND (lease_until <= now() OR worker = :worker) RETURNING id
""")
_LEFT: Final = """
FROM aiuteur.generations
WHERE state IN ('SUBMITTED', 'RUNNING') AND lease_until < now() AND NOT replayable AND operation IS NOT NULL
"""
_COUNT: Final = text(f"SELECT count(*) {_LEFT}")
_ORPHANS: Final = text(f"""
WITH left_ AS (SELECT id {_LEFT} ORDER BY lease_until LIMIT :most FOR UPDATE SKIP LOCKED)
UPDATE aiuteur.generations g SET worker = :worker, lease_until = now() + make_interval(secs => :seconds)
FROM left_, aiuteur.branches b, aiuteur.projects p
WHERE g.id = left_.id AND b.id = g.branch_id AND p.id = b.project_id
RETURNING g.id, p.name, b.name, g.artifact, g.item, g.role, g.provider, g.model, g.request_key, g.request, g.operation, g.state,
    g.reserved_usd, extract(epoch FROM now() - coalesce(g.sent_at, g.created_at))
""")  # noqa: S608 - constants of this module


class Orphan(NamedTuple):
    """A call that the provider has taken and nobody asks after any more, now in this worker's hands."""

    id: UUID
    project: str
    branch: str
    artifact: str
    item: str
    role: str
    provider: str
    model: str
    request_key: str
    request: dict[str, object]
    operation: str
    state: str
    reserved_usd: object
    age: float


def heartbeat(session: Session, generation_ids: Iterable[UUID], lease_seconds: float = LEASE_SECONDS) -> None:
    """Keep the leases of calls that are still waited for."""
    ids = list(generation_ids)
    session.execute(
        update(Generation).where(Generation.id == func.any(ids), Generation.state.in_((*LIVE, State.AMBIGUOUS)))
        .values(lease_until=until(lease_seconds)),
    )


def until(lease_seconds: float) -> ColumnElement[datetime]:
    """The end of a lease that begins now, in SQL."""
    return func.now() + func.make_interval(0, 0, 0, 0, 0, 0, lease_seconds)


def recover(session: Session, lane: Lane) -> int:
    """Settle what dead workers left on a lane, and say how many; call it only while holding the lane's run lock.

    What was never sent and what is replayable becomes CANCELLED, so that it is made again; the rest AMBIGUOUS, since it may have
    been paid for. Calls with a known operation stay, and are at once anybody's to ask after: their leases are over.
    """
    wanted = {"branch": lane_row(session, lane).branch_id, "lost": list(LOST_WITH_WORKER), "live": list(LIVE)}
    lost = len(session.execute(_RECOVER, wanted).all())
    session.execute(_FREE, {"branch": wanted["branch"]})
    return lost


def lose(session: Session, generation_id: UUID) -> State | None:
    """End a call whose worker's lease ran out, unless a live run holds its lane; the state it is in then, None if it stays."""
    found = session.execute(_LOSE_ONE, {"id": generation_id, "lost": list(LOST_WITH_WORKER)}).one_or_none()
    return State(found.state) if found is not None else None


def take_up(session: Session, generation_id: UUID, worker: str, lease_seconds: float = LEASE_SECONDS) -> bool:
    """Make a call this worker's own, if nobody else is at it: one to be asked after, or one that may have been made."""
    wanted = {"id": generation_id, "worker": worker, "seconds": lease_seconds}
    return session.execute(_TAKE, wanted).scalar_one_or_none() is not None


def left(session: Session) -> int:
    """How many calls providers work on that nobody asks after."""
    return int(session.execute(_COUNT).scalar_one())


def orphans(session: Session, worker: str, most: int = 50, lease_seconds: float = LEASE_SECONDS) -> Sequence[Orphan]:
    """Take up calls that providers work on and nobody asks after; several workers at once get different ones."""
    found = session.execute(_ORPHANS, {"worker": worker, "most": most, "seconds": lease_seconds})
    return [Orphan(*row) for row in found]
