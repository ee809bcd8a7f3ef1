"""The ledger: every call that was meant, made, answered or lost, by request key.

Belongs here: reserving before a call, settling after it, and what becomes of a dead worker's intents. Does not belong here: the
call itself (`aiuteur.models`), or what a state may become (`states`).

`reserve` and the commit of its transaction come before the call, `settle` (mostly within `versions.record`) after its bytes are
stored. Whoever dies in between leaves a row in SUBMITTING: `recover` finds it when the lane is run again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, NamedTuple, cast
from uuid import UUID

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import Ambiguous, Conflict
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.noun import MediaRef
from aiuteur.lane import Lane
from aiuteur.registry.lanes import LaneRow, lane_row, tell
from aiuteur.registry.media_rows import remember
from aiuteur.registry.states import LIVE, LOST_WITH_WORKER, UNREPEATABLE, State, before
from aiuteur.registry.tables import Generation

LEASE_SECONDS: Final = 300
"""How long a worker is believed alive without a heartbeat, by the database's clock."""


@dataclass(frozen=True, slots=True)
class StoredMedia:
    """Bytes of a reply once they are stored: the role they play in it, and where a layer stands."""

    role: str
    ref: MediaRef
    depth: float = 0.0
    overscan: float = 1.0

    def document(self) -> dict[str, Json]:
        """The form in the ledger."""
        return {"role": self.role, "ref": self.ref.document(), "depth": self.depth, "overscan": self.overscan}

    @classmethod
    def read(cls, found: Mapping[str, object]) -> "StoredMedia":
        """Back from the ledger."""
        depth, overscan = (cast(float, found[name]) for name in ("depth", "overscan"))
        return cls(str(found["role"]), MediaRef.model_validate(found["ref"]), depth, overscan)


@dataclass(frozen=True, slots=True)
class Reservation:
    """What the ledger says to a request: `new`, go and call; `completed`, here is the answer; `held`, another is at it.

    `ambiguous` is only ever the answer of a look-up: `reserve` raises for it.
    """

    generation_id: UUID
    state: Literal["new", "completed", "held", "ambiguous"]
    result: Json = None
    media: tuple[StoredMedia, ...] = ()
    cost_usd: Decimal | None = None
    usage: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Completion:
    """A call's answer, to be booked: the content, the stored media, and usage and cost as the provider told them."""

    generation_id: UUID
    content: Json = None
    media: Sequence[StoredMedia] = ()
    usage: Mapping[str, Json] = field(default_factory=dict[str, Json])
    cost_usd: Decimal | None = None
    operation: str | None = None


_COLUMNS: Final = (
    Generation.id, Generation.request_key, Generation.state, Generation.result, Generation.media, Generation.cost_usd,
    Generation.usage,
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
    _expire(session, row, request_key)
    made = session.execute(
        insert(Generation).values(
            owner_id=row.owner_id, branch_id=row.branch_id, artifact=key.artifact, item=key.item, request_key=request_key,
            provider=card.provider, api=card.api, model=card.name, replayable=card.replayable, role=role, task=task,
            request=request, basis_digest=basis_digest, attempt=attempt, reserved_usd=price_usd, worker=worker,
            state=State.SUBMITTING, lease_until=func.now() + func.make_interval(0, 0, 0, 0, 0, 0, lease_seconds),
        ).on_conflict_do_nothing().returning(Generation.id),
    ).scalar_one_or_none()
    if made is not None:
        return Reservation(made, "new")
    return _existing(session, row, key, request_key)


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


def _expire(session: Session, row: LaneRow, request_key: str) -> None:
    """Another lane's worker may have died with this key: past its lease it is treated as `recover` would."""
    session.execute(
        text(f"{_LOSE} WHERE owner_id = :owner AND request_key = :key AND lease_until < now() AND state = ANY(:lost)"),
        {"owner": row.owner_id, "key": request_key, "lost": list(LOST_WITH_WORKER)},
    )


def _existing(session: Session, row: LaneRow, key: Key, request_key: str) -> Reservation:
    found = session.execute(
        select(*_COLUMNS).where(
            Generation.owner_id == row.owner_id, Generation.request_key == request_key, Generation.state.in_(UNREPEATABLE),
        ),
    ).one_or_none()
    if found is None:
        message = f"The call for {key} ended just now without an answer: try again."
        raise Conflict(message)
    reservation = _reservation(_Booked(*found))
    if reservation.state == "ambiguous":
        message = (
            f"The call for {key} may have been made and paid for already (generation {reservation.generation_id}): "
            "see the provider's records, then settle or cancel it."
        )
        raise Ambiguous(message)
    if reservation.state == "completed":
        session.execute(update(Generation).where(Generation.id == reservation.generation_id).values(reused=Generation.reused + 1))
        tell(session, row, "reused", {"item": str(key), "generation": str(reservation.generation_id)})
    return reservation


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
