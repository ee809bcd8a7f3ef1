"""The ledger: every call that was meant, made, answered or lost, by request key.

Belongs here: reserving before a call, settling after it, and what becomes of a dead worker's intents. Does not belong here: the
call itself (`aiuteur.models`), or what a state may become (`states`).

`reserve` and the commit of its transaction come before the call, `settle` (mostly within `versions.record`) after its bytes are
stored. Whoever dies in between leaves a row in SUBMITTING: `recover` finds it when the lane is run again.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import Ambiguous, Conflict
from aiuteur.film.crew import ModelCard, Role
from aiuteur.lane import Lane
from aiuteur.registry.calls import Completion, Reservation, StoredMedia
from aiuteur.registry.lanes import LANE_LOCK, LaneRow, lane_row, tell
from aiuteur.registry.media_rows import remember
from aiuteur.registry.states import LIVE, LOST_WITH_WORKER, UNREPEATABLE, State, before
from aiuteur.registry.tables import Generation

__all__ = [
    "Completion", "Reservation", "StoredMedia", "fail", "heartbeat", "lookup", "recover", "reserve", "settle", "submitted",
]

LEASE_SECONDS: Final = 20
"""How long a worker that holds no lane's lock is believed alive without a heartbeat, by the database's clock."""

_TRIES: Final = 3
_UNMANNED: Final = f"pg_try_advisory_xact_lock(hashtextextended('{LANE_LOCK}' || branch_id::text, 0))"


_COLUMNS: Final = (
    Generation.id, Generation.request_key, Generation.state, Generation.result, Generation.media, Generation.cost_usd,
    Generation.usage, Generation.lease_until < func.now(),
)


class _Booked(NamedTuple):
    """A row of the ledger, as far as an answer needs it."""

    id: UUID
    request_key: str
    state: str
    result: Mapping[str, object] | None
    media: Sequence[Mapping[str, object]]
    cost_usd: Decimal | None
    usage: Mapping[str, object]
    expired: bool


_LOSE: Final = """
UPDATE aiuteur.generations SET state = CASE WHEN replayable THEN 'CANCELLED' ELSE 'AMBIGUOUS' END,
    completed_at = CASE WHEN replayable THEN now() END, error = 'the worker was lost before it had an answer'
"""
_SETTLE: Final = text("""
UPDATE aiuteur.generations g SET state = 'COMPLETED', result = r.result, media = r.media, usage = r.usage, cost_usd = r.cost_usd,
    operation = coalesce(r.operation, g.operation), error = NULL, completed_at = now()
FROM jsonb_to_recordset(:rows) AS r(id uuid, result jsonb, media jsonb, usage jsonb, cost_usd numeric, operation text)
WHERE g.id = r.id AND g.state = ANY(:before) RETURNING g.id
""").bindparams(bindparam("rows", type_=JSONB))


def reserve(
    session: Session, lane: Lane, *, key: Key, request_key: str, card: ModelCard, role: Role, task: str,
    request: Json, basis_digest: str, attempt: int, price_usd: Decimal | None, worker: str,
    lease_seconds: float = LEASE_SECONDS,
) -> Reservation:
    """Book the intent to call, to be committed before the call is made; or say that it need not or must not be made.

    `price_usd` None is an unknown price. Raises `Ambiguous` where an earlier call of the same key may have happened, `NotFound`.
    """
    row = lane_row(session, lane)
    intent = insert(Generation).values(
        owner_id=row.owner_id, branch_id=row.branch_id, artifact=key.artifact, item=key.item, request_key=request_key,
        provider=card.provider, api=card.api, model=card.name, replayable=card.replayable, role=role, task=task,
        request=request, basis_digest=basis_digest, attempt=attempt, reserved_usd=price_usd, worker=worker,
        state=State.SUBMITTING, lease_until=func.now() + func.make_interval(0, 0, 0, 0, 0, 0, lease_seconds),
    ).on_conflict_do_nothing().returning(Generation.id)
    for _ in range(_TRIES):
        made = session.execute(intent).scalar_one_or_none()
        if made is not None:
            return Reservation(made, "new")
        found = _existing(session, row, request_key)
        if found is not None:
            return _answer(session, row, key, found)
    message = f"The call for {key} keeps being taken and given up by others: try again."
    raise Conflict(message)


def lookup(session: Session, request_keys: Sequence[str]) -> dict[str, Reservation]:
    """What the ledger knows of these request keys, in one query; a key that may be called is not in the answer."""
    found = session.execute(
        select(*_COLUMNS).where(Generation.request_key == func.any(list(request_keys)), Generation.state.in_(UNREPEATABLE)),
    )
    return {row.request_key: _reservation(_Booked(*row)) for row in found}


def settle(session: Session, *completions: Completion) -> None:
    """Book answers: result, media, usage and cost, in one statement; raises `Conflict` where a call has ended otherwise."""
    if not completions:
        return
    remember(session, [stored.ref for completion in completions for stored in completion.media])
    rows = [_settled(completion) for completion in completions]
    done = session.execute(_SETTLE, {"rows": rows, "before": list(before(State.COMPLETED))}).scalars().all()
    _all_stepped(session, {completion.generation_id for completion in completions} - set(done), State.COMPLETED)


def submitted(session: Session, generation_id: UUID, operation: str) -> None:
    """Book the provider's operation id, right after it answered with one: from here on polling can be taken up by anybody."""
    _step(session, generation_id, State.SUBMITTED, operation=operation, submitted_at=func.now())


def fail(session: Session, generation_id: UUID, error: str, state: State | str = State.FAILED) -> None:
    """Book the end of a call that gave nothing: FAILED, REFUSED, CANCELLED or AMBIGUOUS. Raises `Conflict`."""
    after = State(state)
    _step(session, generation_id, after, error=error, **({} if after is State.AMBIGUOUS else {"completed_at": func.now()}))


def recover(session: Session, lane: Lane) -> int:
    """Settle what dead workers left on a lane, and say how many; call it only while holding the lane's run lock.

    Replayable calls become CANCELLED, so that they are made again; others AMBIGUOUS, since they may have been paid for. Calls
    with a known operation stay: they are polled.
    """
    row = lane_row(session, lane)
    found = session.execute(
        text(f"{_LOSE} WHERE branch_id = :branch AND (state = ANY(:lost) OR replayable AND state = ANY(:live)) RETURNING id"),
        {"branch": row.branch_id, "lost": list(LOST_WITH_WORKER), "live": list(LIVE)},
    ).all()
    return len(found)


def heartbeat(session: Session, generation_ids: Iterable[UUID], lease_seconds: float = LEASE_SECONDS) -> None:
    """Keep the leases of calls that are still waited for."""
    session.execute(
        update(Generation).where(Generation.id.in_(list(generation_ids)), Generation.state.in_(LIVE))
        .values(lease_until=func.now() + func.make_interval(0, 0, 0, 0, 0, 0, lease_seconds)),
    )


def _existing(session: Session, row: LaneRow, request_key: str) -> Reservation | None:
    """The row that bears the key; None when there is none any more, so that the key may be taken.

    Another lane's worker may have died with it: past its lease, and if nobody holds that lane's lock, it is treated as
    `recover` would.
    """
    wanted = (Generation.owner_id == row.owner_id, Generation.request_key == request_key, Generation.state.in_(UNREPEATABLE))
    found = session.execute(select(*_COLUMNS).where(*wanted)).one_or_none()
    if found is None:
        return None
    booked = _Booked(*found)
    reservation = _reservation(booked)
    if reservation.state != "held" or not booked.expired:
        return reservation
    lost = session.execute(
        text(f"{_LOSE} WHERE id = :id AND lease_until < now() AND state = ANY(:lost) AND {_UNMANNED} RETURNING replayable"),
        {"id": reservation.generation_id, "lost": list(LOST_WITH_WORKER)},
    ).scalar_one_or_none()
    if lost is None:
        return reservation
    return None if lost else Reservation(reservation.generation_id, "ambiguous")


def _answer(session: Session, row: LaneRow, key: Key, found: Reservation) -> Reservation:
    """What a request is told of the row that bears its key; a completed one is counted as reused."""
    if found.state == "ambiguous":
        message = (
            f"The call for {key} may have been made and paid for already (generation {found.generation_id}): "
            "see the provider's records, then settle or cancel it."
        )
        raise Ambiguous(message)
    if found.state == "completed":
        session.execute(update(Generation).where(Generation.id == found.generation_id).values(reused=Generation.reused + 1))
        tell(session, row, "reused", {"item": str(key), "generation": str(found.generation_id)})
    return found


def _reservation(row: _Booked) -> Reservation:
    match State(row.state):
        case State.COMPLETED:
            media, usage = tuple(map(StoredMedia.read, row.media)), cast(Mapping[str, Json], row.usage)
            return Reservation(row.id, "completed", cast(Json, row.result), media, row.cost_usd, usage)
        case State.AMBIGUOUS:
            return Reservation(row.id, "ambiguous")
        case _:
            return Reservation(row.id, "held")


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
