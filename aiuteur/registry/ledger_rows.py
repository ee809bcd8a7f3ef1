"""Reading the ledger: what is known of request keys, of an item's attempts, and of the calls that have not ended.

Belongs here: questions that change nothing. Does not belong here: booking (`ledger`), leases (`leases`), what a person decides
about a lost call (`reconciling`), sums (`sums`).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.lane import Lane
from aiuteur.registry.calls import Attempt, OpenCall, Reservation, StoredMedia
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.states import OPEN, UNREPEATABLE, State
from aiuteur.registry.tables import Generation

COLUMNS: Final = (
    Generation.id, Generation.request_key, Generation.state, Generation.result, Generation.media, Generation.cost_usd,
    Generation.usage, Generation.operation, Generation.lease_until <= func.now(),
    func.coalesce(func.extract("epoch", func.now() - Generation.sent_at), 0.0),
)
"""What `Booked` holds, in its order."""

_ORDINALS: Final = """
FROM aiuteur.generations g JOIN aiuteur.branches b ON b.id = g.branch_id
WHERE b.project_id = :project AND g.artifact = :artifact AND g.item = :item AND g.task = :task AND g.basis_digest = :basis
"""
_SPENT: Final = """(g.state IN ('FAILED', 'REFUSED', 'CANCELLED') AND (g.cost_usd > 0 OR g.suspected AND g.lost_at IS NULL))"""
_ATTEMPTS: Final = text(f"""
SELECT DISTINCT ON (g.attempt) g.attempt, g.state, g.id, {_SPENT} AS spent,
    EXISTS (SELECT FROM aiuteur.versions v WHERE v.generation_id = g.id) AS recorded
{_ORDINALS} ORDER BY g.attempt, g.state = 'COMPLETED' DESC, spent DESC, g.created_at DESC
""")  # noqa: S608 - constants of this module
_NEXT: Final = text(f"""
SELECT pg_advisory_xact_lock(hashtextextended('aiuteur attempt ' || :artifact || '/' || :item || '/' || :basis, 0)),
    (SELECT coalesce(max(g.attempt) FILTER (WHERE g.state IN ('COMPLETED', 'REFUSED') OR {_SPENT}), 0) {_ORDINALS}) AS last
""")
_HISTORY: Final = text(f"""
SELECT count(*) FILTER (WHERE suspected AND lost_at IS NOT NULL), coalesce(bool_or({_SPENT}), false),
    max(error) FILTER (WHERE {_SPENT})
FROM aiuteur.generations g WHERE owner_id = :owner AND request_key = :key AND state IN ('FAILED', 'REFUSED', 'CANCELLED')
""")  # noqa: S608 - constants of this module
_OPEN: Final = text("""
SELECT g.id, g.artifact, g.item, g.state, g.provider || '/' || g.model, g.operation, g.reserved_usd, g.error,
    extract(epoch FROM now() - coalesce(g.sent_at, g.created_at)), g.worker
FROM aiuteur.generations g WHERE g.branch_id = :branch AND g.state = ANY(:states) ORDER BY g.created_at
""")


class Booked(NamedTuple):
    """A row of the ledger, as far as an answer needs it."""

    id: UUID
    request_key: str
    state: str
    result: Mapping[str, object] | None
    media: Sequence[Mapping[str, object]]
    cost_usd: Decimal | None
    usage: Mapping[str, object]
    operation: str | None
    expired: bool
    age: float

    def reservation(self) -> Reservation:
        """What a request is told of it."""
        match State(self.state):
            case State.COMPLETED:
                media, usage = tuple(map(StoredMedia.read, self.media)), cast(Mapping[str, Json], self.usage)
                return Reservation(self.id, "completed", cast(Json, self.result), media, self.cost_usd, usage, State.COMPLETED)
            case at:
                state = "ambiguous" if at is State.AMBIGUOUS else "held"
                return Reservation(self.id, state, None, (), self.cost_usd, at=at, operation=self.operation, age=float(self.age))


def lookup(session: Session, request_keys: Sequence[str]) -> dict[str, Reservation]:
    """What the ledger knows of these request keys, in one query; a key that may be called is not in the answer."""
    found = session.execute(
        select(*COLUMNS).where(Generation.request_key == func.any(list(request_keys)), Generation.state.in_(UNREPEATABLE)),
    )
    return {row.request_key: row.reservation() for row in (Booked(*values) for values in found)}


def attempts(session: Session, lane: Lane, key: Key, task: str, basis_digest: str) -> list[Attempt]:
    """The authorised attempts at an item from one basis, in order, on all branches of the lane's project; raises `NotFound`."""
    asked = _asked(session, lane, key, task, basis_digest)
    return [Attempt(ordinal, State(state), id_, recorded, spent)
            for ordinal, state, id_, spent, recorded in session.execute(_ATTEMPTS, asked)]


def next_attempt(session: Session, lane: Lane, key: Key, task: str, basis_digest: str) -> int:
    """The ordinal of the next attempt: one more than the last that came to an end or was charged; others wait for the commit.

    One that never reached the provider, or was given up unpaid, is not counted: its ordinal is taken again. Raises `NotFound`.
    """
    found = session.execute(_NEXT, _asked(session, lane, key, task, basis_digest)).one()
    return int(found.last) + 1


def past(session: Session, owner_id: UUID, request_key: str) -> tuple[int, str | None]:
    """How often a key was sent that may have been charged, and why it must not be sent again where it was paid in vain."""
    resends, spent, error = session.execute(_HISTORY, {"owner": owner_id, "key": request_key}).one()
    return int(resends), (str(error) if error else "nothing came") if spent else None


def all_completed(session: Session, generation_ids: Sequence[UUID]) -> bool:
    """Whether every one of these calls is completed."""
    wanted = set(generation_ids)
    found = session.execute(select(Generation.id).where(Generation.id.in_(wanted), Generation.state == State.COMPLETED))
    return {row[0] for row in found} == wanted


def open_calls(session: Session, lane: Lane, states: Sequence[State] = OPEN) -> list[OpenCall]:
    """The calls of a lane that have not ended, oldest first; raises `NotFound`."""
    rows = session.execute(_OPEN, {"branch": lane_row(session, lane).branch_id, "states": list(states)})
    return [OpenCall(id_, str(Key(artifact, item)), State(state), model, operation, reserved, error, float(age), worker)
            for id_, artifact, item, state, model, operation, reserved, error, age, worker in rows]


def _asked(session: Session, lane: Lane, key: Key, task: str, basis_digest: str) -> dict[str, object]:
    project = lane_row(session, lane).project_id
    return {"project": project, "artifact": key.artifact, "item": key.item, "task": task, "basis": basis_digest}
