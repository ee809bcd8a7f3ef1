"""The one path that spends: who is cast for a role, and a request's way through the ledger to a maker and back.

Belongs here: casting, the reserve → make → keep sequence, limits. Does not belong here: what is asked (`aiuteur.stages`), the
ledger's states (`aiuteur.registry`), any provider's wire format.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final
from uuid import UUID

from aiuteur.commitpoints import reach
from aiuteur.craft.world import Key
from aiuteur.digest import Json, digest
from aiuteur.errors import AiuteurError, Ambiguous, Refused, Unavailable
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.noun import MediaRef
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models.arrival import arrived
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Made, Maker, Reply, Request
from aiuteur.registry import ledger
from aiuteur.registry.database import Registry
from aiuteur.registry.ledger import Completion, Reservation, StoredMedia
from aiuteur.registry.states import State
from aiuteur.registry.sums import LaneSums, lane_sums

_HELD_POLL_SECONDS: Final = 0.1
_HELD_POLLS: Final = 3000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request answered: content and stored media; `completion` is to be recorded with what is made of it, None if reused."""

    generation_id: UUID
    card: ModelCard
    content: Json
    media: tuple[StoredMedia, ...]
    cost_usd: Decimal | None
    completion: Completion | None

    @property
    def reused(self) -> bool:
        """Whether an earlier purchase answered."""
        return self.completion is None

    def first(self, role: str) -> MediaRef:
        """The reference of the reply's first medium of a role; raises `Unavailable` where the maker sent none."""
        for stored in self.media:
            if stored.role == role:
                return stored.ref
        message = f"{self.card.provider}/{self.card.name} answered without a {role}: ask again, or cast another model."
        raise Unavailable(message)


@dataclass(slots=True)
class Tally:
    """What a run of a stage asked for: calls made, calls answered by an earlier purchase, dollars."""

    made: int = 0
    reused: int = 0
    cost_usd: Decimal = field(default_factory=Decimal)


class Crew:
    """Everyone cast for a lane; asking goes through the ledger, and no more than `cast.calls` calls of a role run at once."""

    def __init__(
        self, registry: Registry, storage: Storage, cast: Cast, lane: Lane, *, worker: str,
    ) -> None:
        self._registry, self._storage, self._cast, self._lane, self._worker = registry, storage, cast, lane, worker
        self._gates: dict[Role, asyncio.Semaphore] = {role: asyncio.Semaphore(cast.calls) for role in Role}
        self._answered: dict[Key, list[Completion]] = {}
        self.tally = Tally()

    def card(self, role: Role) -> ModelCard | None:
        """The model cast for a role, None where nobody is (a studio without a voice)."""
        return self._cast.cards.get(role)

    async def ask(self, role: Role, request: Request, key: Key, basis: Mapping[str, str], attempt: int = 1) -> Asked:
        """Answer a request for an item: by the ledger where it was bought before, else by the maker cast for the role.

        The reservation is committed before the call, and the bytes are stored before this returns; the completion is committed
        by whoever records the item (or by `settle`). Raises what the maker raises, the failure booked.
        """
        maker = self._cast.maker(role)
        if not maker.card.reads_words:
            request = _without_words(request)
        async with self._gate(role):
            reservation = await self._reserve(maker.card, role, request, key, basis, attempt)
            if reservation.state == "completed":
                return await self._reused(maker, request, reservation)
            asked = await self._make(maker, request, key, reservation)
        # What was paid for is booked at once; what is free is committed with what is made of it.
        return asked if maker.card.replayable else await self.settle(asked)

    async def settle(self, asked: Asked) -> Asked:
        """Commit a completion by itself, for a purchase that is complete before any item made of it is; returns it settled."""
        if asked.completion is None:
            return asked
        await asyncio.to_thread(self._settle, asked.completion)
        reach("settled")
        self._answered = {key: [one for one in open_ if one is not asked.completion] for key, open_ in self._answered.items()}
        return replace(asked, completion=None)

    async def settle_left(self, key: Key) -> None:
        """Commit the answers for an item that could not be made of them: they were given, and are not asked for again."""
        for completion in self._answered.pop(key, []):
            await asyncio.to_thread(self._settle, completion)

    def recorded(self, key: Key) -> None:
        """Forget the answers for an item: they were committed with it."""
        self._answered.pop(key, None)

    def sums(self) -> LaneSums:
        """What the lane has cost until now."""
        with self._registry.transaction() as session:
            return lane_sums(session, self._lane)

    def _gate(self, role: Role) -> AbstractAsyncContextManager[None]:
        return self._gates[role]

    async def _reserve(
        self, card: ModelCard, role: Role, request: Request, key: Key, basis: Mapping[str, str], attempt: int
    ) -> Reservation:
        """Reserve, waiting while another worker's call for the same key is under way: one key, one call."""
        request_key = request.key(card, attempt)
        for _ in range(_HELD_POLLS):
            reservation = await asyncio.to_thread(self._reserve_once, card, role, request, key, request_key, basis, attempt)
            if reservation.state != "held":
                return reservation
            await asyncio.sleep(_HELD_POLL_SECONDS)
        message = f"Another worker is making {key} of {self._lane}: wait for its run, or end it, and try again."
        raise Ambiguous(message)

    def _reserve_once(
        self, card: ModelCard, role: Role, request: Request, key: Key, request_key: str, basis: Mapping[str, str], attempt: int
    ) -> Reservation:
        with self._registry.transaction() as session:
            return ledger.reserve(
                session, self._lane, key=key, request_key=request_key, card=card, role=role, task=request.task,
                request=_booked(request), basis_digest=digest(dict(basis)), attempt=attempt,
                price_usd=Decimal(0) if card.replayable else None, worker=self._worker,
            )

    async def _reused(self, maker: Maker, request: Request, found: Reservation) -> Asked:
        """An earlier purchase's answer; what of its media is lost a replayable maker makes again, to the same bytes."""
        self.tally.reused += 1
        if maker.card.replayable and not all([await self._storage.ahas(stored.ref.sha256) for stored in found.media]):
            reply = await maker.make(request)
            await self._keep(await asyncio.to_thread(arrived, request, reply.media))
        return Asked(found.generation_id, maker.card, found.result, tuple(found.media), found.cost_usd, None)

    async def _make(self, maker: Maker, request: Request, key: Key, reservation: Reservation) -> Asked:
        reach("reserved")
        reply = await self._replied(maker, request, reservation)
        reach("made")
        media = await self._stored(maker, request, reply, reservation)
        reach("stored")
        cost = Decimal(str(reply.cost_usd)) if reply.cost_usd is not None else (Decimal(0) if maker.card.replayable else None)
        self.tally.made += 1
        self.tally.cost_usd += cost or Decimal(0)
        completion = _completion(reservation, reply, media, cost)
        self._answered.setdefault(key, []).append(completion)
        return Asked(reservation.generation_id, maker.card, reply.content, media, cost, completion)

    async def _replied(self, maker: Maker, request: Request, reservation: Reservation) -> Reply:
        """Call the maker; a failure is booked as what it is."""
        try:
            return await maker.make(request)
        except BaseException as error:
            await asyncio.to_thread(self._fail, reservation.generation_id, error, _failed_state(maker.card, error))
            raise

    async def _stored(self, maker: Maker, request: Request, reply: Reply, reservation: Reservation) -> tuple[StoredMedia, ...]:
        """Keep what came back; where that fails, a paid answer is spent and waits for a person: it is never bought again."""
        try:
            return await self._keep(await asyncio.to_thread(arrived, request, reply.media))
        except BaseException as error:
            state = State.FAILED if maker.card.replayable else State.AMBIGUOUS
            await asyncio.to_thread(self._fail, reservation.generation_id, error, state)
            raise

    async def _keep(self, made: Sequence[Made]) -> tuple[StoredMedia, ...]:
        """Put every medium of a reply, and describe it for the ledger."""
        return tuple([await asyncio.to_thread(self._put, item) for item in made])

    def _put(self, made: Made) -> StoredMedia:
        sha256 = self._storage.put(made.data, made.mime)
        ref = MediaRef(
            sha256=sha256, mime=made.mime, size=len(made.data), width=made.width, height=made.height, seconds=made.seconds
        )
        return StoredMedia(role=made.role, ref=ref, depth=made.depth, overscan=made.overscan)

    def _settle(self, completion: Completion) -> None:
        with self._registry.transaction() as session:
            ledger.settle(session, completion)

    def _fail(self, generation_id: UUID, error: BaseException, state: State) -> None:
        """Book a failure."""
        with self._registry.transaction() as session:
            ledger.fail(session, generation_id, str(error) or type(error).__name__, state)


def _failed_state(card: ModelCard, error: BaseException) -> State:
    """What a call that gave nothing becomes: one that was cut off is ambiguous unless the maker is replayable."""
    if isinstance(error, Refused):
        return State.REFUSED
    if not isinstance(error, Exception):
        return State.CANCELLED if card.replayable else State.AMBIGUOUS
    known = isinstance(error, AiuteurError) and not isinstance(error, Ambiguous)
    return State.FAILED if card.replayable or known else State.AMBIGUOUS


def _completion(reservation: Reservation, reply: Reply, media: tuple[StoredMedia, ...], cost: Decimal | None) -> Completion:
    return Completion(
        generation_id=reservation.generation_id, content=reply.content, media=media, usage=dict(reply.usage), cost_usd=cost,
        operation=reply.operation,
    )


def _without_words(request: Request) -> Request:
    return Request(
        task=request.task, payload=request.payload, schema=request.schema, parameters=request.parameters,
        references=request.references, seed=request.seed,
    )


def _booked(request: Request) -> Json:
    """What the ledger keeps of a request: everything but the bytes and the bulk of the story, which its basis points at."""
    return {
        "task": request.task, "prompt": request.prompt, "system": request.system, "parameters": dict(request.parameters),
        "references": [[reference.role, reference.sha256] for reference in request.references], "seed": request.seed,
        "payload": digest(request.payload),
    }
