"""Operations: what a provider was handed and works on, asked after, looked for and stopped.

Belongs here: one question to the provider, and the event that its answer is. Does not belong here: when it is asked (`polling`),
what follows (`coordinator`), the order of things (`purchase`).
"""

import time
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from aiuteur.errors import Ambiguous
from aiuteur.models import redaction
from aiuteur.models.means import Means
from aiuteur.models.moves import Answered, Call, Missing, Over, StopHeard, Taken, Waiting
from aiuteur.models.policy import Trouble
from aiuteur.models.protocols import Declined, Ended, Maker, Pending, Reply, Request, Submitting
from aiuteur.models.telemetry import ended


@dataclass(frozen=True, slots=True)
class Operation:
    """One call at its provider: who was handed it, what for, and the ledger's id of it."""

    means: Means
    maker: Maker
    request: Request
    id: UUID

    async def ask(self, call: Call, after: float) -> tuple[Waiting | Over | Answered, Reply | None]:
        """Ask after it in so many seconds: how it stands, and the reply where it has one; raises what `poll` does."""
        if not isinstance(self.maker, Submitting) or call.operation is None:
            message = f"{self.maker.card.name} has no operations to ask after."
            raise Ambiguous(message)
        try:
            found = await self.means.poller.ask(self.maker, call.operation, after)
        except Declined as error:
            self._told(call, Trouble.REFUSED.value)
            reason = str(redaction.told(error, self.means.secrets))
            return Over(reason, refused=True, cost=self.means.cost(self.maker.card, error.reply)), error.reply
        if isinstance(found, Pending):
            return Waiting(found.after), None
        if isinstance(found, Ended):
            self._told(call, Trouble.WASTED.value)
            cost = Decimal(0) if found.billed is False else call.price if found.billed else None
            return Over(redaction.redacted(found.reason, self.means.secrets), cost=cost), None
        self._told(call, (found, self.means.cost(self.maker.card, found)))
        return Answered(), found

    async def look(self, call: Call) -> Taken | Missing:
        """Whether a webhook told of it, or the provider knows it; one that only its webhook tells of is not asked."""
        operation = await self.means.till.told(self.id)
        if operation is None and call.sure and isinstance(self.maker, Submitting):
            operation = await self.maker.find(str(self.id))
        return Taken(operation) if operation is not None else Missing()

    async def stop(self, call: Call) -> StopHeard:
        """Ask the provider to stop it."""
        if not isinstance(self.maker, Submitting) or call.operation is None:
            return StopHeard(stopped=False)
        return StopHeard(stopped=await self.maker.cancel(call.operation))

    def _told(self, call: Call, end: tuple[Reply, Decimal | None] | str) -> None:
        ended(self.maker.card, self.request, self.id, str(call.operation), time.monotonic() - call.sent, end)
