"""The till: one worker's bookings in the ledger, off the event loop, and made again where the server went away meanwhile.

Belongs here: what is committed in one go, and how it is known whether a lost commit arrived. Does not belong here: what is booked
when (`coordinator`), or calls (`purchase`).
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import Conflict
from aiuteur.film.crew import ModelCard, Role
from aiuteur.lane import Lane
from aiuteur.models.gate import Answers, Gate
from aiuteur.models.limits import leeway
from aiuteur.models.moves import Booking
from aiuteur.models.pacing import Clock, Due
from aiuteur.registry import ledger, limits, reconciling
from aiuteur.registry.calls import Completion, Reservation
from aiuteur.registry.database import Registry
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.limits import Limit
from aiuteur.registry.retrying import steadily
from aiuteur.registry.states import State
from aiuteur.registry.tables import Generation

T = TypeVar("T")

AT_ONCE: Final = 0.02
"""Seconds of waiting so short that the sending is booked in the same transaction as the turn."""

_URGENT: Final = 2
"""Threads for what a moment depends on: it does not stand in line behind the bookings of calls that come later."""

_LOOKS: Final = 3


@dataclass(frozen=True, slots=True)
class Intended:
    """What a call is booked under: the item and the model it is for, the request's key and digest form, and its price."""

    key: Key
    role: Role
    task: str
    card: ModelCard
    request_key: str
    request: Json
    basis_digest: str
    attempt: int
    price_usd: Decimal | None
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Till:
    """One worker's bookings on a lane."""

    registry: Registry
    lane: Lane
    worker: str
    clock: Clock = field(default_factory=Clock, compare=False)
    answers: dict[str, Answers] = field(default_factory=dict[str, Answers], compare=False)
    urgent: Executor = field(default_factory=lambda: ThreadPoolExecutor(_URGENT, "urgent"), compare=False)

    async def reserve(self, intended: Intended, under: Sequence[Limit] | None = None) -> Reservation:
        """Book an intent, or learn that it need not be.

        A free call is sent at once. A paid one falls `under` limits: it is CREATED and has its turn later, or, where its turn is
        now, its sending is booked in the same commit.
        """
        made = uuid4()

        def change(session: Session) -> Reservation:
            found = ledger.reserve(
                session, self.lane, key=intended.key, request_key=intended.request_key, card=intended.card, role=intended.role,
                task=intended.task, request=intended.request, basis_digest=intended.basis_digest, attempt=intended.attempt,
                price_usd=intended.price_usd, worker=self.worker, state=State.CREATED if under is not None else State.SUBMITTING,
                fallback=intended.fallback, take=under is not None, generation_id=made,
            )
            if under is None or found.state != "new" or self._turned(session, made, intended.card, under, AT_ONCE) is None:
                return found
            return replace(found, at=State.SUBMITTING)

        return await self._steadily(change)

    async def reuse(self, key: Key, chains: Sequence[Sequence[str]]) -> dict[str, Reservation]:
        """Learn what was answered before of many requests for an item, and book that it is used again."""
        return await self._steadily(lambda session: ledger.reuse(session, self.lane, key, chains))

    async def turn(
        self, generation_id: UUID, card: ModelCard, under: Sequence[Limit], most: float, least: float = 0.0,
    ) -> tuple[Due | None, bool]:
        """When a call's turn comes (None: the house is full), and whether its sending is booked already.

        One that comes later than in `most` seconds is told, and not taken; none comes sooner than in `least`.
        """

        def change(session: Session) -> tuple[Due | None, bool]:
            row = lane_row(session, self.lane)
            if not self.clock.known and any(limit.every for limit in under):
                self._look(session)
            before = time.monotonic()
            place = limits.turn(session, row, card.provider, card.name, under, most, least, generation_id)
            due = self.clock.due(place, before, time.monotonic()) if place is not None else None
            if due is None or due.moment - time.monotonic() > AT_ONCE:
                return due, False
            ledger.sent(session, generation_id, self.worker)
            return self._held(session, due, under), True

        def stands(session: Session) -> tuple[Due | None, bool] | None:
            return (Due(time.monotonic()), True) if self._is(session, generation_id, State.SUBMITTING) else None

        return await self._steadily(change, stands)

    async def sent(self, generation_id: UUID, due: Due, under: Sequence[Limit]) -> Due:
        """Book that a call is about to be sent; says when it goes, which is later than it was due where others were late."""
        def change(session: Session) -> Due:
            ledger.sent(session, generation_id, self.worker)
            return self._held(session, due, under)

        def stands(session: Session) -> Due | None:
            return due if self._is(session, generation_id, State.SUBMITTING) else None

        return await self._steadily(change, stands, self.urgent)

    def heard(self, card: ModelCard) -> Answers:
        """What is known of how a model answers."""
        return self.answers.setdefault(card.name, Answers())

    def gate(
        self, card: ModelCard, due: Due, under: Sequence[Limit],
        anew: Callable[[], Coroutine[Any, Any, Due | None]] | None = None,
    ) -> Gate:
        """Where a call waits for its moment; whoever has a place a window later hears of it where it arrives late."""
        async def tell(arrived: float) -> None:
            def change(session: Session) -> None:
                limits.late(session, lane_row(session, self.lane), under, due.place or 0.0, due.there(arrived))

            await self._steadily(change, within=self.urgent)

        return Gate(due, self.heard(card), leeway(under), tell, anew)

    async def cool(self, scopes: Sequence[str], seconds: float, reason: str) -> None:
        """Leave a provider's model alone for a while."""
        def change(session: Session) -> None:
            for scope in scopes:
                limits.cool(session, lane_row(session, self.lane), scope, seconds, reason)

        await self._steadily(change)

    async def book(self, generation_id: UUID, book: Booking, usage: Mapping[str, Json]) -> UUID:
        """Commit a step; returns the call's id, a new one where it is sent again."""
        if book.again:
            return await self._again(generation_id, book)
        steps: dict[State, Callable[[Session], None]] = {
            State.SUBMITTED: lambda session: ledger.submitted(session, generation_id, str(book.operation)),
            State.RUNNING: lambda session: ledger.running(session, generation_id),
        }
        await self._step(generation_id, book.state, steps.get(book.state, lambda session: ledger.fail(
            session, generation_id, book.reason, book.state, cost_usd=book.cost, usage=usage, suspected=book.suspected,
        )))
        return generation_id

    async def settle(self, completion: Completion) -> None:
        """Commit an answer; one that comes after its call was given up is booked for what it cost, and raises `Conflict`."""
        try:
            await self._step(completion.generation_id, State.COMPLETED, lambda session: ledger.settle(session, completion))
        except Conflict:
            await self._steadily(lambda session: ledger.late(session, completion))
            raise

    async def release(self, generation_id: UUID) -> None:
        """Let go of a call that is left as it is."""
        await self._steadily(lambda session: reconciling.release(session, generation_id, self.worker))

    async def told(self, generation_id: UUID) -> str | None:
        """The operation that a webhook may have told of."""
        return await self._steadily(lambda session: reconciling.operation_of(session, generation_id))

    async def heartbeat(self, generation_ids: Sequence[UUID]) -> None:
        """Keep the leases of calls."""
        await self._steadily(lambda session: ledger.heartbeat(session, generation_ids))

    async def next_attempt(self, key: Key, task: str, basis_digest: str) -> int:
        """The ordinal of the next authorised attempt at an item."""
        return await self._steadily(lambda session: ledger.next_attempt(session, self.lane, key, task, basis_digest))

    def _held(self, session: Session, due: Due, under: Sequence[Limit]) -> Due:
        if due.place is None:
            return due
        return due.until(limits.earliest(session, lane_row(session, self.lane), under, due.place))

    def _look(self, session: Session) -> None:
        """Look at the database's clock a few times before the first place is taken by it."""
        for _ in range(_LOOKS):
            before = time.monotonic()
            self.clock.looked(limits.now(session), before, time.monotonic())

    def _turned(self, session: Session, made: UUID, card: ModelCard, under: Sequence[Limit], most: float) -> float | None:
        """Have a new call's turn now, if it is now; no place is taken otherwise."""
        if any(limit.every for limit in under):
            return None  # its place is taken when it can be waited for
        place = limits.turn(session, lane_row(session, self.lane), card.provider, card.name, under, most)
        if place is None or place.seconds > most:
            return None
        ledger.sent(session, made, self.worker)
        return place.seconds

    async def _again(self, generation_id: UUID, book: Booking) -> UUID:
        made = uuid4()

        def change(session: Session) -> UUID:
            return reconciling.again(
                session, generation_id, book.reason, made=made, worker=self.worker, suspected=book.suspected, cost_usd=book.cost,
            )

        return await self._steadily(change, lambda session: made if self._is(session, made, State.CREATED) else None)

    async def _step(self, generation_id: UUID, after: State, change: Callable[[Session], None]) -> None:
        def done(session: Session) -> bool:
            change(session)
            return True

        await self._steadily(done, lambda session: True if self._is(session, generation_id, after) else None)

    @staticmethod
    def _is(session: Session, generation_id: UUID, state: State) -> bool:
        found = session.execute(select(Generation.state).where(Generation.id == generation_id)).scalar_one_or_none()
        return found == state

    async def _steadily(
        self, change: Callable[[Session], T], stands: Callable[[Session], T | None] | None = None, within: Executor | None = None,
    ) -> T:
        """Off the event loop, and to its end even where the run is ended meanwhile: a booking is never left half known."""
        task = asyncio.get_running_loop().run_in_executor(within, steadily, self.registry, change, stands)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait({task})
            raise
