"""Costs: what a lane has cost, added up by whom and for what; read from the views that analysts read.

Belongs here: reading `figures.spending` and its sums. Does not belong here: what is to come (`aiuteur.accounts`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row

_BY: Final[Mapping[str, str]] = MappingProxyType({
    "stage": "stage", "scene": "scene", "shot": "shot", "provider": "provider", "model": "provider || '/' || model",
})
_SPENT: Final = """
SELECT {what}, cost_usd, reserved_usd, calls, unpriced FROM figures.spent_by_{name}
WHERE project = :project AND branch = :branch ORDER BY 1
"""
_SECONDS: Final = text("""
SELECT accepted_seconds, cost_per_accepted_second FROM figures.accepted_seconds WHERE project = :project AND branch = :branch
""")
_WASTE: Final = text("""
SELECT coalesce(sum(wasted_usd), 0), coalesce(sum(calls_wasted), 0) FROM figures.waste
WHERE project = :project AND branch = :branch
""")


@dataclass(frozen=True, slots=True)
class Spent:
    """Dollars spent and still held, how many calls that were, and of how many nobody told the cost."""

    cost_usd: Decimal
    reserved_usd: Decimal
    calls: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What a lane has cost: all together, and by stage, scene, shot, provider and model.

    `per_accepted_second` is dollars for each second of the film that was accepted, None while there is none; `wasted_usd` went
    into `wasted_calls` whose takes nobody wanted, or that gave none.
    """

    total: Spent
    by: Mapping[str, Mapping[str, Spent]]
    accepted_seconds: float
    per_accepted_second: float | None
    wasted_usd: Decimal
    wasted_calls: int


def costs(session: Session, lane: Lane) -> Costs:
    """What a lane has cost; raises `NotFound`."""
    lane_row(session, lane)
    where = {"project": lane.project, "branch": lane.branch}
    by = {name: _spent(session, name, what, where) for name, what in _BY.items()}
    seconds, per_second = session.execute(_SECONDS, where).one()
    wasted, calls = session.execute(_WASTE, where).one()
    total = _spent(session, "lane", "branch", where).get(lane.branch, Spent(Decimal(0), Decimal(0), 0, 0))
    return Costs(total, by, float(seconds), per_second, _dollars(wasted), int(calls))


def _spent(session: Session, name: str, what: str, where: Mapping[str, str]) -> dict[str, Spent]:
    rows = session.execute(text(_SPENT.format(what=what, name=name)), where)
    return {
        str(label): Spent(_dollars(cost), _dollars(held), calls, int(unpriced))
        for label, cost, held, calls, unpriced in rows if label is not None
    }


def _dollars(added: float) -> Decimal:
    """A sum of the views, which add up floating numbers, in the millionths of a dollar that the ledger keeps."""
    return round(Decimal(str(added)), 6)
