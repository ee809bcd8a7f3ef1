"""Reconciling: what becomes of a call that may have been made: sent anew, heard of after all, or decided by a person.

Belongs here: the ways out of AMBIGUOUS. Does not belong here: asking the provider (`aiuteur.models`), or who waits for what
(`interrupts`).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.errors import Conflict, NotFound
from aiuteur.lane import Lane
from aiuteur.registry import ledger
from aiuteur.registry.budgets import hold_again
from aiuteur.registry.lanes import lane_row, tell
from aiuteur.registry.leases import LEASE_SECONDS
from aiuteur.registry.states import State
from aiuteur.registry.tables import Generation

_AGAIN: Final = text("""
INSERT INTO aiuteur.generations (id, owner_id, branch_id, artifact, item, basis_digest, attempt, request_key, state, role, task,
    provider, api, model, replayable, request, reserved_usd, budget_ids, fallback, worker, lease_until)
SELECT :made, owner_id, branch_id, artifact, item, basis_digest, attempt, request_key, 'CREATED', role, task,
    provider, api, model, replayable, request, reserved_usd, '{}', fallback, :worker, now() + make_interval(secs => :seconds)
FROM aiuteur.generations WHERE id = :id
""")
_SUSPECT: Final = text("UPDATE aiuteur.generations SET lost_at = coalesce(lost_at, now()) WHERE id = :id")
_RELEASE: Final = text("UPDATE aiuteur.generations SET lease_until = now() WHERE id = :id AND worker = :worker")


def again(
    session: Session, generation_id: UUID, reason: str, *, made: UUID, worker: str, suspected: bool,
    cost_usd: Decimal | None = None, lease_seconds: float = LEASE_SECONDS,
) -> UUID:
    """End one sending of a call and book the intent of the next, `made`, under the same key; returns that.

    `suspected` where the first may have been charged all the same: its reservation stays. Raises `Conflict` where it has ended
    otherwise, `OverBudget` where the next does not fit.
    """
    ledger.fail(session, generation_id, reason, State.FAILED, cost_usd=cost_usd, suspected=suspected)
    if suspected:
        session.execute(_SUSPECT, {"id": generation_id})
    session.execute(_AGAIN, {"id": generation_id, "made": made, "worker": worker, "seconds": lease_seconds})
    hold_again(session, made)
    return made


def release(session: Session, generation_id: UUID, worker: str) -> None:
    """Let go of a call that is left as it is, so that the next to ask for it need not wait for the lease to run out."""
    session.execute(_RELEASE, {"id": generation_id, "worker": worker})


def heard(session: Session, intent: str, operation: str) -> bool:
    """Book what a webhook told of an intent whose answer was lost: its operation; False where nothing waited for that.

    Believe a webhook only as far as this: the operation is then asked after like any other.
    """
    try:
        wanted = UUID(intent)
    except ValueError:
        return False
    state = session.execute(select(Generation.state).where(Generation.id == wanted).with_for_update()).scalar_one_or_none()
    if state not in {State.SUBMITTING, State.AMBIGUOUS}:
        return False
    ledger.submitted(session, wanted, operation)
    return True


def operation_of(session: Session, generation_id: UUID) -> str | None:
    """The operation a call is known by, which a webhook may have told meanwhile."""
    return session.execute(select(Generation.operation).where(Generation.id == generation_id)).scalar_one_or_none()


def cancel_by_hand(session: Session, lane: Lane, generation_id: UUID, *, reason: str, cost_usd: Decimal | None = None) -> None:
    """A person's word that a lost call came to nothing, and what it cost; its key may then be called again, if it cost nothing.

    Raises `NotFound`, and `Conflict` where it does not wait for a person.
    """
    _waiting(session, lane, generation_id)
    ledger.fail(session, generation_id, reason, State.CANCELLED, cost_usd=cost_usd if cost_usd is not None else Decimal(0))
    _tell(session, lane, generation_id, "cancelled", reason)


def settle_by_hand(
    session: Session, lane: Lane, generation_id: UUID, *, cost_usd: Decimal, operation: str | None = None, reason: str = "",
) -> None:
    """A person's word that a lost call was made and charged.

    With its `operation` it is asked after and its answer used; without, the money is booked and the key is not called again.
    Raises `NotFound`, and `Conflict` where it does not wait for a person.
    """
    _waiting(session, lane, generation_id)
    if operation is not None:
        ledger.submitted(session, generation_id, operation)
        session.execute(_RELEASE_ANY, {"id": generation_id})
    else:
        ledger.fail(session, generation_id, reason or "charged, and its answer is lost", State.FAILED, cost_usd=cost_usd)
    _tell(session, lane, generation_id, "settled", reason)


_RELEASE_ANY: Final = text("UPDATE aiuteur.generations SET lease_until = now() WHERE id = :id")


def totals(session: Session, lane: Lane) -> Mapping[str, Decimal]:
    """Dollars of a lane: `known` costs, `reserved` for what has not ended, `suspected` for what may have been charged twice."""
    one = select(
        func.coalesce(func.sum(Generation.cost_usd), 0),
        func.coalesce(func.sum(Generation.reserved_usd).filter(
            Generation.state.in_((State.CREATED, State.SUBMITTING, State.SUBMITTED, State.RUNNING, State.AMBIGUOUS)),
        ), 0),
        func.coalesce(func.sum(Generation.reserved_usd).filter(Generation.suspected), 0),
    ).where(Generation.branch_id == lane_row(session, lane).branch_id)
    known, reserved, suspected = session.execute(one).one()
    return {"known": known or Decimal(0), "reserved": reserved or Decimal(0), "suspected": suspected or Decimal(0)}


def _waiting(session: Session, lane: Lane, generation_id: UUID) -> None:
    """Raise unless a call waits for a person: nobody is at it, and it has not ended."""
    branch = lane_row(session, lane).branch_id
    found = session.execute(
        select(Generation.state).where(Generation.id == generation_id, Generation.branch_id == branch).with_for_update(),
    ).scalar_one_or_none()
    if found is None:
        message = f"{lane} has no call {generation_id}: `aiuteur ledger {lane}` lists those that wait."
        raise NotFound(message)
    if found != State.AMBIGUOUS:
        message = f"The call {generation_id} is {found}, and waits for nobody."
        raise Conflict(message)


def _tell(session: Session, lane: Lane, generation_id: UUID, what: str, reason: str) -> None:
    payload: dict[str, Json] = {"generation": str(generation_id), "reason": reason}
    tell(session, lane_row(session, lane), f"call {what} by hand", payload)
