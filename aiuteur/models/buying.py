"""Buying: one maker's answer to one request, from the ledger, for nothing, or for money.

Belongs here: reserve, have it made, keep it, settle what was paid for. Does not belong here: whom to ask (`routing`), the steps
of a paid call (`purchase`).
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from aiuteur.commitpoints import reach
from aiuteur.craft.world import Key
from aiuteur.errors import Ambiguous, Conflict, Refused
from aiuteur.film.crew import Role
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models import pricing, redaction
from aiuteur.models.asked import Asked, Tally
from aiuteur.models.keeping import Keeper, booked
from aiuteur.models.limits import limits
from aiuteur.models.means import Means
from aiuteur.models.moves import Call
from aiuteur.models.policy import Policy
from aiuteur.models.polling import Poller
from aiuteur.models.protocols import Maker, Reply, Request, Submitting
from aiuteur.models.purchase import Purchase
from aiuteur.models.recovery import grace
from aiuteur.models.telemetry import traced
from aiuteur.models.till import Intended, Till
from aiuteur.registry import ledger
from aiuteur.registry.calls import Completion, Reservation, StoredMedia
from aiuteur.registry.database import Registry
from aiuteur.registry.limits import Limit
from aiuteur.registry.retrying import steadily
from aiuteur.registry.states import State
from aiuteur.settings import Settings

_HELD_FIRST, _HELD_LONGEST = 0.1, 2.0
_TAKEOVERS: Final = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """One request on its way to one maker; `spare`: somebody else is cast next; `fallback`: why the one before was not it.

    `known` is what it was answered before, where that has been looked up, and counted as reused.
    """

    maker: Maker
    role: Role
    request: Request
    key: Key
    basis: str
    attempt: int
    spare: bool = False
    fallback: str | None = None
    guidance: str | None = None
    known: Reservation | None = None

    @property
    def who(self) -> str:
        """The maker, as people write it."""
        return f"{self.maker.card.provider}/{self.maker.card.name}"

    @property
    def request_key(self) -> str:
        """The key it is bought under."""
        return self.request.key(self.maker.card, self.attempt)

    @property
    def free(self) -> bool:
        """Whether a lost answer is simply asked for again, at once."""
        return self.maker.card.replayable and not isinstance(self.maker, Submitting)


class Buyer:
    """Has requests answered on a lane, on behalf of one worker."""

    def __init__(
        self, registry: Registry, storage: Storage, lane: Lane, worker: str, policy: Policy, settings: Settings | None
    ) -> None:
        self.till, self.tally = Till(registry, lane, worker), Tally()
        self._keeper, self._policy = Keeper(storage), policy
        self._settings = settings if settings is not None else Settings.model_construct(limits={})
        self._secrets = redaction.secrets(settings) if settings is not None else ()
        self._poller: Poller | None = None

    async def answer(self, ask: Ask) -> Asked:
        """The answer to a request: an earlier one, or a new one; what was paid for is settled. Raises as `Crew.ask` does."""
        if ask.known is not None:
            return await self._reused(ask, ask.known)
        intended = Intended(
            ask.key, ask.role, ask.request.task, ask.maker.card, ask.request_key, booked(ask.request, ask.guidance), ask.basis,
            ask.attempt, pricing.reserve(ask.maker.card, ask.request), ask.fallback,
        )
        under = None if ask.free else limits(ask.maker.card, self._settings)
        for _ in range(_TAKEOVERS):
            reservation, began = await self._reserve(intended, under)
            if reservation.state == "completed":
                return await self._reused(ask, reservation)
            if under is None:
                return await self._free(ask, reservation)
            reach("intended" if reservation.at is State.CREATED else "reserved")
            purchase = Purchase(self._means(), ask.maker, ask.request, reservation.generation_id, under, sent_at=began)
            with suppress(Conflict):  # others took the call up meanwhile, believing this worker dead: what they made of it counts
                return await self._paid(ask, purchase, self._call(ask, intended, reservation))
        message = f"The call for {ask.key} keeps being taken up by others: wait for their runs, or end them, and try again."
        raise Conflict(message)

    async def close(self) -> None:
        """Stop asking after operations."""
        if self._poller is not None and not self._poller.elsewhere():
            await self._poller.close()
        self._poller = None

    async def _reserve(self, intended: Intended, under: Sequence[Limit] | None) -> tuple[Reservation, float]:
        """Reserve, waiting while another worker's call for the same key is under way; also says when that was."""
        until, pause = time.monotonic() + self._policy.deadline, _HELD_FIRST
        while True:
            began = time.monotonic()
            reservation = await self.till.reserve(intended, under)
            if reservation.state != "held":
                return reservation, began
            if time.monotonic() > until:
                message = f"Another worker is making {intended.key} of {self.till.lane}: wait for it, or end it, and try again."
                raise Ambiguous(message)
            await asyncio.sleep(pause)
            pause = min(_HELD_LONGEST, pause * 1.2)

    async def _reused(self, ask: Ask, found: Reservation) -> Asked:
        """An earlier purchase's answer; what of its media is lost a replayable maker makes again, to the same bytes."""
        self.tally.reused += 1
        if ask.free and not await self._keeper.all_there(found.media):
            reply = await ask.maker.make(ask.request)
            await self._keeper.keep(ask.request, reply.media)
        return Asked(found.generation_id, ask.maker.card, found.result, tuple(found.media), found.cost_usd, None, ask.attempt)

    async def _free(self, ask: Ask, reservation: Reservation) -> Asked:
        """Make what costs nothing; its completion is committed with what is made of it."""
        reach("reserved")
        try:
            with traced(ask.maker.card, ask.request, reservation.generation_id) as trace:
                reply = await ask.maker.make(ask.request)
                trace.answered(reply, pricing.cost(ask.maker.card, reply))
            reach("made")
            media = await self._keeper.keep(ask.request, reply.media)
            reach("stored")
        except BaseException as error:
            await self._fail(reservation.generation_id, error)
            raise
        return self._given(ask, reservation.generation_id, reply, media, pricing.cost(ask.maker.card, reply))

    async def _paid(self, ask: Ask, purchase: Purchase, call: Call) -> Asked:
        """Buy it, and settle it at once; raises `Conflict` where another has brought the same call to its end meanwhile."""
        bought = await purchase.run(call)
        asked = self._given(ask, bought.generation_id, bought.reply, bought.media, bought.cost)
        await self.till.settle(_completion(asked, bought.reply))
        reach("settled")
        return asked

    def _call(self, ask: Ask, intended: Intended, reservation: Reservation) -> Call:
        found = grace(ask.maker)
        # What is known to have been charged is not sent again, however cheap it was.
        resends = reservation.resends if not reservation.cost_usd else self._policy.resends
        return Call(
            intended.request_key, reservation.at, long=isinstance(ask.maker, Submitting),
            free=ask.maker.card.replayable, price=intended.price_usd, grace=found.seconds, sure=found.sure, spare=ask.spare,
            operation=reservation.operation, sent=time.monotonic() - reservation.age, resends=resends,
        )

    def _given(
        self, ask: Ask, generation_id: UUID, reply: Reply, media: tuple[StoredMedia, ...], cost: Decimal | None
    ) -> Asked:
        self.tally.made += 1
        self.tally.cost_usd += cost or Decimal(0)
        completion = Completion(generation_id, reply.content, media, dict(reply.usage), cost, reply.operation)
        return Asked(
            generation_id, ask.maker.card, reply.content, media, cost, completion if ask.free else None, ask.attempt, bought=True,
            fallback=ask.fallback, usage=dict(reply.usage),
        )

    def _means(self) -> Means:
        if self._poller is None or self._poller.elsewhere():
            self._poller = Poller(self.till.heartbeat)
        return Means(self.till, self._poller, self._keeper.keep, pricing.cost, self._policy, self._secrets)

    async def _fail(self, generation_id: UUID, error: BaseException) -> None:
        """Book the failure of a free call."""
        state = State.CANCELLED if not isinstance(error, Exception) else State.FAILED
        state = State.REFUSED if isinstance(error, Refused) else state
        reason = redaction.redacted(str(error) or type(error).__name__, self._secrets)

        def change(session: Session) -> None:
            ledger.fail(session, generation_id, reason, state, cost_usd=Decimal(0))

        await asyncio.to_thread(steadily, self.till.registry, change)


def _completion(asked: Asked, reply: Reply) -> Completion:
    return Completion(asked.generation_id, reply.content, asked.media, dict(reply.usage), asked.cost_usd, reply.operation)
