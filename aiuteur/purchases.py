"""Purchases: who is asked on a lane, what was asked and has not ended, and a person's word on what may have been paid for.

Belongs here: transactions around castings and the ledger's open calls. Does not belong here: prices, budgets and sums
(`aiuteur.accounts`), making calls (`aiuteur.models`).
"""

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from aiuteur.film.commands import CastModel
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models import casting
from aiuteur.models.adoption import adopt
from aiuteur.models.casting import Cast
from aiuteur.models.policy import Policy
from aiuteur.registry import ledger_rows, limits, reconciling
from aiuteur.registry.calls import OpenCall
from aiuteur.registry.castings import CastRow, castings
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.states import OPEN, State
from aiuteur.settings import Settings

__all__ = ["CastRow", "OpenCall", "Purchases"]


class Purchases:
    """The calls of a studio's lanes."""

    def __init__(self, registry: Registry, storage: Storage, settings: Settings) -> None:
        self._registry, self._storage, self._settings = registry, storage, settings

    def cast(self, lane: Lane, models: str, *, project: bool = True) -> Sequence[CastRow]:
        """Cast what was written after `--models`, for the project or the branch alone; the castings that count from now on.

        Raises `InvalidInput`, `NotFound` and `Refused` where a model cannot be cast, nothing being written.
        """
        asked = casting.parse(models)
        casting.check(asked, self._settings)
        with self._registry.transaction() as session:
            wide = [row for row in castings(session, lane) if row.item is None and row.on_branch is not project]
            known = {(row.role, row.models) for row in wide}
            for role, names in asked.items():
                if (role, names) not in known:
                    model = casting.NEXT.join(names)
                    perform(session, lane, CastModel(role=role, model=model, scope="project" if project else "branch"))
            return castings(session, lane)

    def castings(self, lane: Lane) -> Sequence[CastRow]:
        """Every casting that counts on a lane; raises `NotFound`."""
        with self._registry.transaction() as session:
            return castings(session, lane)

    def waiting(self, lane: Lane, *, everything: bool = False) -> list[OpenCall]:
        """The calls that wait for a person, oldest first; with `everything` those under way as well. Raises `NotFound`."""
        with self._registry.transaction() as session:
            return ledger_rows.open_calls(session, lane, OPEN if everything else (State.AMBIGUOUS,))

    def settle(self, lane: Lane, call: UUID, cost_usd: Decimal, *, operation: str | None = None, reason: str = "") -> None:
        """Say that a call was made and charged; with its `operation` its answer is fetched. Raises `NotFound`, `Conflict`."""
        with self._registry.transaction() as session:
            reconciling.settle_by_hand(session, lane, call, cost_usd=cost_usd, operation=operation, reason=reason)

    def cancel(self, lane: Lane, call: UUID, *, cost_usd: Decimal | None = None, reason: str = "") -> None:
        """Say that a call came to nothing, and what it cost, nothing if not said. Raises `NotFound`, `Conflict`."""
        with self._registry.transaction() as session:
            reconciling.cancel_by_hand(session, lane, call, reason=reason or "cancelled by hand", cost_usd=cost_usd)

    def heard(self, intent: str, operation: str) -> bool:
        """Take note of what a provider's webhook told: the operation of a call whose answer was lost; False where none waits."""
        with self._registry.transaction() as session:
            return reconciling.heard(session, intent, operation)

    def totals(self, lane: Lane) -> Mapping[str, Decimal]:
        """Dollars of a lane: `known`, still `reserved`, and `suspected` of having been charged twice; raises `NotFound`."""
        with self._registry.transaction() as session:
            return reconciling.totals(session, lane)

    def pace(self, lane: Lane) -> Mapping[str, tuple[float, int, str | None]]:
        """When each provider may next be asked: seconds, how often it said no in a row, and what it said; raises `NotFound`."""
        with self._registry.transaction() as session:
            return limits.pace(session, lane_row(session, lane))

    def adopt(self, worker: str) -> int:
        """Bring home what providers made for workers that are gone, on whichever lane; how many answers that were."""
        policy = Policy(resend_under=self._settings.resend_under)
        cast = Cast.of({}, settings=self._settings)
        return asyncio.run(adopt(self._registry, self._storage, cast, worker=worker, policy=policy))
