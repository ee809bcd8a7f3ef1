"""A purchase: one call brought from its intent to its answer, doing what the coordinator says and telling it what happened.

Belongs here: deeds (taking a turn, sending, keeping) and the order book-then-do. Does not belong here: what follows from what
(`coordinator`), what is asked of a provider that has taken a call (`operations`), the bookings themselves (`till`), who is asked
(`routing`).
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from aiuteur.commitpoints import reach
from aiuteur.digest import Json
from aiuteur.errors import AiuteurError, Ambiguous, Conflict, RateLimited, Refused, Unavailable
from aiuteur.models import redaction
from aiuteur.models.calling import Ready
from aiuteur.models.coordinator import begin, step
from aiuteur.models.gate import LATE, Gate, standing
from aiuteur.models.means import Bought, Fruitless, Means
from aiuteur.models.moves import Answered, Call, Do, Event, Failed, Full, Granted, Kept, Move, StopHeard, Taken
from aiuteur.models.operations import Operation
from aiuteur.models.pacing import Due
from aiuteur.models.policy import Trouble, read
from aiuteur.models.protocols import Declined, Maker, Malformed, Reply, Request, Spoiled, Submitting
from aiuteur.models.telemetry import traced
from aiuteur.registry.calls import StoredMedia
from aiuteur.registry.leases import LEASE_SECONDS
from aiuteur.registry.limits import Limit
from aiuteur.registry.states import State

_FULL_HOUSE: Final = 0.2
"""Seconds after which a full house is tried again: no place in time can be promised there."""

_BEFORE: Final = 0.1
"""Seconds before its turn at which a sending is booked: what lies between may be a crash, and would be ambiguous."""

_STOP_SECONDS: Final = 10.0
MALFORMED, BECAUSE = "malformed", "because"
"""What the ledger keeps of words that are not what was asked for: them, and what is wrong with them."""


@dataclass(slots=True)
class Purchase:
    """One call on its way; `ours` where ending the run ends the call as well, as far as that can be done."""

    means: Means
    maker: Maker
    request: Request
    generation_id: UUID
    limits: Sequence[Limit]
    reply: Reply | None = None
    media: tuple[StoredMedia, ...] = ()
    error: BaseException | None = None
    sent_at: float = 0.0
    gate: Gate | None = None
    usage: Mapping[str, Json] = field(default_factory=dict[str, Json])
    ours: bool = True

    async def run(self, call: Call) -> Bought:
        """Bring a call to its end; raises `Fruitless`, the failure booked, and `CancelledError` where the run was ended."""
        self.means.poller.hold(self.generation_id)
        try:
            move = begin(call, self.means.policy, time.monotonic())
            while True:
                event = await self._made(move)
                if move.do is Do.GIVE:
                    return self._bought()
                move = step(move.call, event, self.means.policy, time.monotonic())
        finally:
            self.means.poller.drop(self.generation_id)
            if self.gate is not None:
                await self.gate.closed()

    async def _made(self, move: Move) -> Event:
        """Book what a move says, then do it."""
        try:
            await self._booked(move)
            if move.after > 0 and move.do is not Do.POLL:
                await asyncio.sleep(move.after)
            return await self._done(move)
        except asyncio.CancelledError as ended:
            if self.ours:
                await self._stop(move.call)
            raise ended from None

    async def _booked(self, move: Move) -> None:
        if move.cool is not None:
            await self.means.till.cool([limit.scope for limit in self.limits if "/" in limit.scope], move.cool, move.reason)
        if move.book is None:
            return
        booked = await self.means.till.book(self.generation_id, move.book, self.usage)
        reach(f"booked {move.book.state.lower()}")
        if booked != self.generation_id:
            self.means.poller.drop(self.generation_id)
            self.means.poller.hold(booked)
            self.generation_id, self.usage = booked, {}

    async def _done(self, move: Move) -> Event:
        match move.do:
            case Do.TURN:
                return await self._turn(move.call)
            case Do.GIVE:
                return Kept()
            case Do.RAISE:
                await self.means.till.release(self.generation_id)
                raise Fruitless(move.why or Trouble.UNCERTAIN, self._failure(move))
            case _:
                return await self._tried(move)

    async def _tried(self, move: Move) -> Event:
        """A deed that may fail, and whose failure is an event."""
        deeds = {Do.SEND: self._send, Do.LOOK: self._look, Do.KEEP: self._keep, Do.STOP: self._halt}
        try:
            return await (self._poll(move) if move.do is Do.POLL else deeds[move.do](move.call))
        except Conflict:
            raise
        except Exception as error:  # noqa: BLE001 - every failure is booked as what it is
            if move.do is Do.SEND and self.gate is not None and self.gate.missed:
                return Full(0.0)  # nothing was sent: it would have come too near the next
            failed = self._trouble(redaction.told(error, self.means.secrets))
            return StopHeard(stopped=False) if move.do is Do.STOP else failed

    async def _turn(self, call: Call) -> Event:
        """Wait for a turn, and book the sending just before it comes; the moment itself a `Ready` maker's client waits for."""
        if isinstance(self.maker, Ready):  # so that a first call is not late for its turn
            await asyncio.to_thread(self.maker.ready)
        most = self.means.policy.patience(spare=call.spare)
        opens = self.means.till.heard(self.maker.card).opens if isinstance(self.maker, Ready) else 0.0
        found = await self._place(most, opens)
        if isinstance(found, Full):
            return found
        reach("reserved")
        self.gate = self.means.till.gate(self.maker.card, found, self.limits, lambda: self._anew(most))
        return Granted() if isinstance(self.maker, Ready) or await self.gate.come() else Full(0.0)

    async def _place(self, most: float, opens: float = 0.0) -> Due | Full:
        """A place within `most` seconds, its sending booked just before the line is opened, which takes so long."""
        till = self.means.till
        due, booked = await till.turn(self.generation_id, self.maker.card, self.limits, most, opens)
        if due is None or due.moment - time.monotonic() > most:
            return Full(due.moment - time.monotonic() if due is not None else _FULL_HOUSE)
        if not booked:
            await asyncio.sleep(max(0.0, due.moment - time.monotonic() - opens - _BEFORE))
            if due.place is not None and time.monotonic() > due.moment + LATE:
                return Full(0.0)
            due = await till.sent(self.generation_id, due, self.limits)
        self.sent_at = time.monotonic()
        return due

    async def _anew(self, most: float) -> Due | None:
        """Another place for a call whose line is open already; None where there is none soon."""
        found = await self._place(most)
        return found if isinstance(found, Due) else None

    async def _send(self, call: Call) -> Event:
        """One POST. A worker that was held up may have been given up, and books the sending again before it sends."""
        if isinstance(self.maker, Ready):  # what takes long is done before the clock is looked at, not after
            await asyncio.to_thread(self.maker.ready)
        while time.monotonic() - self.sent_at > LEASE_SECONDS / 2:
            self.sent_at = time.monotonic()
            await self.means.till.sent(self.generation_id, Due(self.sent_at), self.limits)
        card = self.maker.card
        with traced(card, self.request, self.generation_id, long=call.long) as trace, standing(self.gate):
            if call.long and isinstance(self.maker, Submitting):
                operation = await self.maker.submit(self.request, str(self.generation_id))
                trace.taken(operation)
                reach("submitted")
                return Taken(operation)
            self.reply = await self._answer()
            trace.answered(self.reply, self.means.cost(card, self.reply))
        reach("made")
        return Answered()

    async def _answer(self) -> Reply:
        """Words that are not what was asked for are an answer too: they were paid for, and are shown when it is asked again."""
        try:
            return await self.maker.make(self.request)
        except Malformed as error:
            said = redaction.told(error, self.means.secrets)
            return replace(error.reply, content={MALFORMED: error.answer, BECAUSE: str(said)})

    async def _poll(self, move: Move) -> Event:
        event, self.reply = await self._operation().ask(move.call, move.after)
        self.usage = self.reply.usage if self.reply is not None else {}
        reach("polled")
        return event

    async def _look(self, call: Call) -> Event:
        return await self._operation().look(call)

    async def _halt(self, call: Call) -> Event:
        return await self._operation().stop(call)

    def _operation(self) -> Operation:
        return Operation(self.means, self.maker, self.request, self.generation_id)

    async def _keep(self, _call: Call) -> Event:
        reply = self.reply or Reply()
        self.usage = reply.usage
        try:
            self.media = await self.means.keep(self.request, reply.media)
        except Exception as error:  # noqa: BLE001 - a store that takes nothing, or bytes that are no media
            told = redaction.told(error, self.means.secrets)
            why = Trouble.WASTED if read(told) in {Trouble.WASTED, Trouble.REFUSED} else Trouble.UNKEPT
            self.error = told
            return Failed(why, str(told), cost=self.means.cost(self.maker.card, reply))
        reach("stored")
        return Kept()

    async def _stop(self, call: Call) -> None:
        """The run was ended: cancel what can be cancelled, and book what cannot; in the little time there is."""
        move = step(call, Failed(Trouble.STOPPED, "the run was ended"), self.means.policy, time.monotonic())
        with suppress(Fruitless, AiuteurError, TimeoutError):
            async with asyncio.timeout(_STOP_SECONDS):
                while True:
                    await self._booked(move)
                    event = await self._done(move)
                    move = step(move.call, event, self.means.policy, time.monotonic())

    def _trouble(self, error: AiuteurError) -> Failed:
        """A failure as an event: what it means, how long to wait, what it cost."""
        self.error, cost = error, None
        if isinstance(error, Declined | Spoiled):
            self.reply, self.usage = error.reply, error.reply.usage
            cost = self.means.cost(self.maker.card, error.reply)
        after = error.retry_after if isinstance(error, RateLimited) else None
        return Failed(read(error), str(error), after, cost)

    def _failure(self, move: Move) -> BaseException:
        """What whoever asked is told: the maker's own failure, or, where the call may have been paid for, that."""
        if move.why is Trouble.UNKEPT and self.error is not None:
            return self.error
        if move.call.state is State.AMBIGUOUS or move.why in {Trouble.UNCERTAIN, Trouble.STOPPED}:
            message = (
                f"The call {self.generation_id} to {self.maker.card.provider}/{self.maker.card.name} may have been made and paid "
                f"for: {move.reason.rstrip('.')}. It is not repeated; `aiuteur ledger` lists it, and settles or cancels it."
            )
            return Ambiguous(message)
        kind = {Trouble.REFUSED: Refused, Trouble.WASTED: Unavailable}.get(move.why or Trouble.UNCERTAIN, Ambiguous)
        return self.error or kind(move.reason)

    def _bought(self) -> Bought:
        reply = self.reply or Reply()
        return Bought(self.generation_id, reply, self.media, self.means.cost(self.maker.card, reply))
