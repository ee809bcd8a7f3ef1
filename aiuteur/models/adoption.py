"""Adoption: calls that providers still work on and nobody asks after any more are brought to their ends by whoever lives.

Belongs here: taking up what dead workers left, whatever lane it was for. Does not belong here: leases
(`aiuteur.registry.leases`), the steps of a call (`purchase`).

An answer that is fetched so is settled in the ledger, and whoever asks for it next finds it there: providers keep what they made
for a day or two, and people start a broken film again when they come to it.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import cast as typed

from aiuteur.digest import Json
from aiuteur.errors import AiuteurError
from aiuteur.film.crew import Role
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models import pricing, redaction
from aiuteur.models.casting import Cast
from aiuteur.models.keeping import Keeper
from aiuteur.models.limits import limits
from aiuteur.models.means import Fruitless, Means
from aiuteur.models.moves import Call
from aiuteur.models.policy import PATIENT, Policy
from aiuteur.models.polling import Poller
from aiuteur.models.protocols import Request, Submitting
from aiuteur.models.purchase import Purchase
from aiuteur.models.till import Till
from aiuteur.models.together import together
from aiuteur.registry import leases
from aiuteur.registry.calls import Completion
from aiuteur.registry.database import Registry
from aiuteur.registry.leases import Orphan
from aiuteur.registry.states import State


async def adopt(
    registry: Registry, storage: Storage, cast: Cast, *, worker: str, policy: Policy = PATIENT, most: int = 50
) -> int:
    """Bring calls that nobody asks after to their ends; how many were answered. Those that cannot be stay for the next."""
    with registry.transaction() as session:
        found = leases.orphans(session, worker, most)
    if not found:
        return 0
    poller = Poller(Till(registry, Lane(found[0].project, found[0].branch), worker).heartbeat)
    try:
        ended = await together(_brought(registry, storage, cast, poller, worker, policy, one) for one in found)
    finally:
        await poller.close()
    return sum(ended)


async def _brought(
    registry: Registry, storage: Storage, cast: Cast, poller: Poller, worker: str, policy: Policy, orphan: Orphan
) -> bool:
    """One call to its end; False where its model cannot be engaged here, or nothing came of it."""
    till = Till(registry, Lane(orphan.project, orphan.branch), worker)
    with suppress(AiuteurError, Fruitless):
        maker = cast.chain(Role(orphan.role), model=f"{orphan.provider}/{orphan.model}")[0]
        if not isinstance(maker, Submitting):
            return False
        means = Means(
            till, poller, Keeper(storage).keep, pricing.cost, policy,
            redaction.secrets(cast.settings) if cast.settings is not None else (),
        )
        under = limits(maker.card, cast.settings) if cast.settings is not None else ()
        bought = await Purchase(means, maker, _request(orphan), orphan.id, under, ours=False).run(_call(orphan))
        reply = bought.reply
        await till.settle(
            Completion(bought.generation_id, reply.content, bought.media, dict(reply.usage), bought.cost, reply.operation),
        )
        return True
    return False


def _call(orphan: Orphan) -> Call:
    price = orphan.reserved_usd if isinstance(orphan.reserved_usd, Decimal) else None
    return Call(
        orphan.request_key, State(orphan.state), long=True, price=price, operation=orphan.operation,
        sent=time.monotonic() - float(orphan.age),
    )


def _request(orphan: Orphan) -> Request:
    """As much of the request as keeping its answer needs: what it was for, and the size of a clip."""
    size = typed("Mapping[str, Json]", orphan.request.get("size") or {})
    return Request(str(orphan.request["task"]), size)
