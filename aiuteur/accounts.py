"""Accounts: what a lane's plan would cost, what it has cost, and what may be spent.

Belongs here: transactions around planning, pricing and adding up. Does not belong here: the plan (`aiuteur.stages.plan`), prices
(`aiuteur.craft.prices`), the rule of the gate (`aiuteur.craft.gating`), or what was spent on whom (the views in `figures`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from aiuteur.craft.gating import FREE, Gate
from aiuteur.craft.planning import Plan
from aiuteur.errors import Conflict
from aiuteur.film.commands import AcknowledgeInvalidation, ApproveSpend, Command, SetBudget
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import budgets, costs, invalidations
from aiuteur.registry.budgets import BudgetRow
from aiuteur.registry.costs import Costs
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.inbox import CommandResult
from aiuteur.registry.invalidations import InvalidationRow
from aiuteur.registry.outlines import Outlines
from aiuteur.settings import Settings

__all__ = ["Accounts", "BudgetRow", "Costs", "Gate", "Quoted"]

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A plan with its prices, at a revision of its lane, and whether it may be carried out."""

    lane: Lane
    revision: int
    plan: Plan
    gate: Gate

    @property
    def fingerprint(self) -> str:
        """What an approval of it refers to."""
        return self.plan.fingerprint


class Accounts:
    """The money of a studio's lanes."""

    def __init__(self, registry: Registry, storage: Storage, settings: Settings) -> None:
        self._registry, self.storage, self.settings = registry, storage, settings
        self._outlines = Outlines()

    def plan(self, lane: Lane) -> Plan:
        """What would be made on a lane now, with prices; raises `NotFound`."""
        return self.quote(lane).plan

    def quote(self, lane: Lane, change: Command | None = None, models: str | None = None, *, whole: bool = False) -> Quoted:
        """What would be made and for how much, now, or after a change that is not made.

        `models` are priced in place of who is cast, written as for `--models`; `whole` is the film as if nothing were made. The
        change is carried out in a transaction that is rolled back, so that what is told is what doing it would lead to; nothing
        is written. Raises what the command raises, `NotFound`, and `InvalidInput` for unknown models.
        """
        from aiuteur.stages.spending import priced

        with self._registry.transaction() as session:
            if change is not None:
                perform(session, lane, change)
            found = priced(session, self._outlines.fetch(session, lane), self.settings, models, whole=whole)
            if change is not None or models is not None or whole:
                session.rollback()
        return Quoted(lane, found.revision, found.plan, found.gate)

    def gate(self, lane: Lane) -> Gate:
        """Whether what costs something waits, for how many dollars' approval, and the sentence that says so."""
        from aiuteur.stages.spending import may_cost, priced

        with self._registry.transaction() as session:
            outline = self._outlines.fetch(session, lane)
            return priced(session, outline, self.settings).gate if may_cost(session, outline) else FREE

    def set_budget(self, lane: Lane, budget: SetBudget, *, key: str | None = None) -> CommandResult:
        """Make or change a budget; raises `InvalidInput`, `NotFound`."""
        return self._do(lane, budget, key)

    def approve(self, lane: Lane, up_to_usd: Decimal | None = None, *, key: str | None = None) -> CommandResult:
        """Approve what a lane's plan will cost now, with every retry unless a sum is given.

        Raises `Conflict` where nothing waits.
        """
        gate = self.quote(lane).gate
        if not gate.closed:
            message = f"Nothing on {lane} waits for approval. {gate.sentence}"
            raise Conflict(message)
        most = up_to_usd if up_to_usd is not None else (gate.up_to_usd or Decimal(0)).quantize(_CENT, "ROUND_UP")
        return self._do(lane, ApproveSpend(fingerprint=gate.fingerprint, up_to_usd=most), key)

    def budgets(self, lane: Lane) -> list[BudgetRow]:
        """Every budget over a lane as it stands, widest first; raises `NotFound`."""
        with self._registry.transaction() as session:
            return budgets.budgets(session, lane)

    def costs(self, lane: Lane) -> Costs:
        """What a lane has cost, by stage, scene, shot, provider and model; raises `NotFound`."""
        with self._registry.transaction() as session:
            return costs.costs(session, lane)

    def to_come(self, lane: Lane) -> Mapping[str, Decimal | None]:
        """What a lane's plan is expected to cost by stage, in dollars (None: unknown), what cannot be named yet included."""
        plan = self.plan(lane)
        found: dict[str, Decimal | None] = {}
        for item in (*plan.items, *plan.foreseen):
            price, before = item.price, found.get(item.stage, Decimal(0))
            found[item.stage] = before + price.expected if before is not None and price is not None else None
        return found

    def invalidations(self, lane: Lane, *, only_open: bool = False) -> list[InvalidationRow]:
        """What changes made stale, oldest first, brought up to date first; raises `NotFound`."""
        self.note_changes(lane)
        with self._registry.transaction() as session:
            return invalidations.invalidations(session, lane, only_open=only_open)

    def note_changes(self, lane: Lane) -> None:
        """Bring the log of invalidations up to date, which has to be before a run answers the changes; raises `NotFound`."""
        from aiuteur.stages.invalidating import log_invalidations

        with self._registry.transaction() as session:
            log_invalidations(session, lane, self._outlines, self.settings)

    def acknowledge(self, lane: Lane, rows: Sequence[InvalidationRow] = (), *, key: str | None = None) -> CommandResult:
        """Take note of what changes will cost, of all that are open where none is given; raises `NotFound`."""
        return self._do(lane, AcknowledgeInvalidation(ids=tuple(row.id for row in rows)), key)

    def _do(self, lane: Lane, command: Command, key: str | None) -> CommandResult:
        from aiuteur.desk import Desk

        return Desk(self._registry, self.storage, self.settings).do(lane, command, key=key)
