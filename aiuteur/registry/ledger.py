"""The ledger: every call that was meant, made, answered or lost, by request key.

Belongs here: reserving before a call, its steps, settling after it. Does not belong here: the call itself (`aiuteur.models`),
what a state may become (`states`), leases (`leases`), reading (`ledger_rows`), answering from it (`reusing`), or a person's word
on a lost call (`reconciling`).

`reserve` and the commit of its transaction come before the call, `settle` (mostly within `versions.record`) after its bytes are
stored. Whoever dies in between leaves a row in SUBMITTING: `recover` finds it when the lane is run again.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import Ambiguous, Conflict, Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.lane import Lane
from aiuteur.registry.budgets import hold
from aiuteur.registry.calls import Completion, Reservation, StoredMedia
from aiuteur.registry.lanes import LaneRow, lane_row
from aiuteur.registry.leases import LEASE_SECONDS, heartbeat, lose, recover, take_up, until
from aiuteur.registry.ledger_rows import COLUMNS, Booked, attempts, lookup, next_attempt, past
from aiuteur.registry.media_rows import remember
from aiuteur.registry.naming import name_on
from aiuteur.registry.reusing import count, reuse
from aiuteur.registry.states import UNREPEATABLE, State, before
from aiuteur.registry.tables import Generation

__all__ = [
    "LEASE_SECONDS", "Completion", "Reservation", "StoredMedia", "attempts", "fail", "heartbeat", "late", "lookup",
    "next_attempt", "recover", "reserve", "reuse", "running", "sent", "settle", "submitted",
]

_TRIES: Final = 3
_SETTLE: Final = text("""
UPDATE aiuteur.generations g SET state = 'COMPLETED', result = r.result, media = r.media, usage = r.usage, cost_usd = r.cost_usd,
    operation = coalesce(r.operation, g.operation), error = NULL, completed_at = now()
FROM jsonb_to_recordset(:rows) AS r(id uuid, result jsonb, media jsonb, usage jsonb, cost_usd numeric, operation text)
WHERE g.id = r.id AND g.state = ANY(:before) RETURNING g.id
""").bindparams(bindparam("rows", type_=JSONB))


def reserve(
    session: Session, lane: Lane, *, key: Key, request_key: str, card: ModelCard, role: Role, task: str,
    request: Json, basis_digest: str, attempt: int, price_usd: Decimal | None, worker: str,
    lease_seconds: float = LEASE_SECONDS, state: State = State.SUBMITTING, fallback: str | None = None, take: bool = False,
    generation_id: UUID | None = None,
) -> Reservation:
    """Book the intent to call, to be committed before the call is made; or say that it need not or must not be made.

    `price_usd` None is an unknown price; `state` CREATED where the call has to wait for its turn, and is `sent` later. With
    `take` a call that was left or may have been made comes into this worker's hands; without, the latter raises `Ambiguous`.
    The caller may choose the `generation_id`, and ask again under it where it does not know whether the first asking arrived.
    Raises `Refused` where the key was charged in vain, `OverBudget` where a budget has not so much left, and `NotFound`.
    """
    row, made = lane_row(session, lane), generation_id or uuid4()
    intent = insert(Generation).values(
        id=made, owner_id=row.owner_id, branch_id=row.branch_id, artifact=key.artifact, item=key.item, request_key=request_key,
        provider=card.provider, api=card.api, model=card.name, replayable=card.replayable, role=role, task=task,
        request=request, basis_digest=basis_digest, attempt=attempt, reserved_usd=price_usd, worker=worker, fallback=fallback,
        state=state, lease_until=until(lease_seconds), sent_at=func.now() if state is State.SUBMITTING else None,
    ).on_conflict_do_nothing().returning(Generation.id)
    for _ in range(_TRIES):
        if session.execute(intent).scalar_one_or_none() is not None:
            hold(session, row, made, key, price_usd)
            return Reservation(made, "new", at=state, resends=0 if card.replayable else _resends(session, row, key, request_key))
        found = _existing(session, row, request_key)
        if found is not None and found.id == made:
            return Reservation(made, "new", at=State(found.state))
        if found is not None:
            return _answer(session, row, key, found, worker if take else None)
    message = f"The call for {key} keeps being taken and given up by others: try again."
    raise Conflict(message)


def sent(session: Session, generation_id: UUID, worker: str, lease_seconds: float = LEASE_SECONDS) -> None:
    """Book that a call is about to be sent, to be committed before it is; raises `Conflict`.

    A worker that missed its turn after it had booked the sending books it again.
    """
    done = session.execute(
        update(Generation).where(
            Generation.id == generation_id, Generation.worker == worker, Generation.state.in_((State.CREATED, State.SUBMITTING)),
        ).values(state=State.SUBMITTING, sent_at=func.now(), lease_until=until(lease_seconds)).returning(Generation.id),
    ).scalar_one_or_none()
    _all_stepped(session, set() if done is not None else {generation_id}, State.SUBMITTING)


def submitted(session: Session, generation_id: UUID, operation: str) -> None:
    """Book the provider's operation id, right after it answered with one: from here on polling can be taken up by anybody.

    A webhook may have told the same a moment before: that is no conflict.
    """
    known = session.execute(select(Generation.operation).where(
        Generation.id == generation_id, Generation.state.in_((State.SUBMITTED, State.RUNNING)),
    ).with_for_update()).scalar_one_or_none()
    if known != operation:
        _step(session, generation_id, State.SUBMITTED, operation=operation, submitted_at=func.now(), lost_at=None, error=None)


def running(session: Session, generation_id: UUID) -> None:
    """Book that the provider was seen at work on it."""
    _step(session, generation_id, State.RUNNING, lost_at=None, error=None)


def settle(session: Session, *completions: Completion) -> None:
    """Book answers: result, media, usage and cost, in one statement; raises `Conflict` where a call has ended otherwise."""
    if not completions:
        return
    remember(session, [stored.ref for completion in completions for stored in completion.media])
    rows = [_settled(completion) for completion in completions]
    done = session.execute(_SETTLE, {"rows": rows, "before": list(before(State.COMPLETED))}).scalars().all()
    _all_stepped(session, {completion.generation_id for completion in completions} - set(done), State.COMPLETED)


def fail(
    session: Session, generation_id: UUID, error: str, state: State | str = State.FAILED, *, cost_usd: Decimal | None = None,
    usage: Mapping[str, Json] | None = None, suspected: bool = False,
) -> None:
    """Book the end of a call that gave nothing: FAILED, REFUSED, CANCELLED or AMBIGUOUS. Raises `Conflict`.

    `cost_usd` is what it cost all the same, None where nobody knows; `suspected` keeps its reservation, since it may have been
    charged.
    """
    after, values = State(state), dict[str, object](error=error)
    if after is State.AMBIGUOUS:
        values |= {"lost_at": func.now(), **({"cost_usd": cost_usd} if cost_usd is not None else {})}
    else:
        values |= {"completed_at": func.now(), "cost_usd": cost_usd, "suspected": suspected}
    if usage:
        values["usage"] = dict(usage)
    _step(session, generation_id, after, **values)


def late(session: Session, completion: Completion) -> bool:
    """Book the cost of an answer to a call that was given up meanwhile; False where it was known already."""
    done = session.execute(
        update(Generation).where(
            Generation.id == completion.generation_id, Generation.cost_usd.is_(None),
            Generation.state.in_((State.FAILED, State.REFUSED, State.CANCELLED)),
        ).values(cost_usd=completion.cost_usd, usage=dict(completion.usage), suspected=completion.cost_usd is None)
        .returning(Generation.id),
    ).scalar_one_or_none()
    return done is not None


def _existing(session: Session, row: LaneRow, request_key: str) -> Booked | None:
    """The row that bears the key; None when there is none any more, so that the key may be taken.

    A worker of another lane may have died with it: past its lease, and if nobody holds that lane's lock, it is treated as
    `recover` would.
    """
    wanted = (Generation.owner_id == row.owner_id, Generation.request_key == request_key, Generation.state.in_(UNREPEATABLE))
    found = session.execute(select(*COLUMNS).where(*wanted)).one_or_none()
    if found is None:
        return None
    booked = Booked(*found)
    if not booked.expired or State(booked.state) not in {State.CREATED, State.SUBMITTING}:
        return booked
    lost = lose(session, booked.id)
    if lost is None:
        return booked
    return booked._replace(state=lost) if lost is State.AMBIGUOUS else None


def _answer(session: Session, row: LaneRow, key: Key, booked: Booked, taker: str | None) -> Reservation:
    """What a request is told of the row that bears its key; a completed one is counted as reused."""
    found = booked.reservation()
    if found.state == "completed":
        count(session, row, key, [found.generation_id])
        return found
    if taker is not None and booked.expired and take_up(session, found.generation_id, taker):
        resends, _ = past(session, row.owner_id, booked.request_key)
        return replace(found, state="taken", resends=resends)
    if found.state == "ambiguous" and taker is None:
        named = name_on(session, row.branch_id, key)
        message = (
            f"The call for {named} may have been made and paid for already (generation {found.generation_id}): "
            "see the provider's records, then settle or cancel it with `aiuteur ledger`."
        )
        raise Ambiguous(message)
    return replace(found, state="held")


def _resends(session: Session, row: LaneRow, key: Key, request_key: str) -> int:
    """How often the key was sent that may have been charged; raises `Refused` where it was charged and gave nothing."""
    resends, spent = past(session, row.owner_id, request_key)
    if spent is not None:
        named = name_on(session, row.branch_id, key)
        message = f"The call for {named} was charged and gave nothing ({spent}): `aiuteur remake` asks for another attempt."
        raise Refused(message)
    return resends


def _settled(completion: Completion) -> dict[str, Json]:
    return {
        "id": str(completion.generation_id), "result": completion.content, "usage": dict(completion.usage),
        "media": [stored.document() for stored in completion.media],
        "cost_usd": str(completion.cost_usd) if completion.cost_usd is not None else None, "operation": completion.operation,
    }


def _step(session: Session, generation_id: UUID, after: State, **values: object) -> None:
    done = session.execute(
        update(Generation).where(Generation.id == generation_id, Generation.state.in_(before(after)))
        .values(state=after, **values).returning(Generation.id),
    ).scalar_one_or_none()
    _all_stepped(session, set() if done is not None else {generation_id}, after)


def _all_stepped(session: Session, left: set[UUID], after: State) -> None:
    """Say why calls could not take a step; nothing to say where all did."""
    if not left:
        return
    states = session.execute(select(Generation.id, Generation.state).where(Generation.id.in_(left))).all()
    said = ", ".join(f"{id_} is {state}" for id_, state in states) or "unknown to this person"
    message = f"Generations cannot become {after}: {said}. Somebody else settled them meanwhile."
    raise Conflict(message)
