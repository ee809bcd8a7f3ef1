"""Sums: what a lane has cost and how much was made on it, artifact by artifact.

Belongs here: adding up the ledger and the versions. Does not belong here: how good things are (`aiuteur.stages.metrics`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row

_NOTHING: Final = Decimal(0)
_SUMS: Final = text("""
WITH made AS (
    SELECT kind, count(*) FILTER (WHERE tombstoned_at IS NULL) AS items, sum(head_n - coalesce(forked_n, 0)) AS takes
    FROM aiuteur.artifacts WHERE branch_id = :branch GROUP BY kind),
called AS (
    SELECT artifact AS kind, count(*) FILTER (WHERE state = 'COMPLETED') AS calls, sum(cost_usd) AS cost,
        count(*) FILTER (WHERE state = 'COMPLETED' AND cost_usd IS NULL) AS unpriced,
        count(*) FILTER (WHERE state IN ('FAILED', 'REFUSED', 'AMBIGUOUS')) AS failed
    FROM aiuteur.generations WHERE branch_id = :branch GROUP BY artifact),
again AS (
    SELECT split_part(payload->>'item', '/', 1) AS kind, count(*) AS reused
    FROM aiuteur.events WHERE branch_id = :branch AND events.kind = 'reused' GROUP BY 1)
SELECT kind, coalesce(items, 0), coalesce(takes, 0), coalesce(calls, 0), coalesce(reused, 0), coalesce(failed, 0),
    coalesce(cost, 0), coalesce(unpriced, 0)
FROM made FULL JOIN called USING (kind) FULL JOIN again USING (kind) ORDER BY kind
""")


_COSTS: Final = text("""
SELECT artifact, item, sum(cost_usd) FROM aiuteur.generations WHERE branch_id = :branch AND cost_usd IS NOT NULL GROUP BY 1, 2
""")


@dataclass(frozen=True, slots=True)
class Sums:
    """Items there are, takes made on this lane, calls answered, reused and failed, dollars spent, calls of unknown price."""

    items: int = 0
    takes: int = 0
    calls: int = 0
    reused: int = 0
    failed: int = 0
    cost_usd: Decimal = _NOTHING
    unpriced: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.items + other.items, self.takes + other.takes, self.calls + other.calls, self.reused + other.reused,
            self.failed + other.failed, self.cost_usd + other.cost_usd, self.unpriced + other.unpriced,
        )


@dataclass(frozen=True, slots=True)
class LaneSums:
    """A lane's sums by artifact, and all together."""

    by_artifact: Mapping[str, Sums]
    total: Sums


def lane_sums(session: Session, lane: Lane) -> LaneSums:
    """What was made on a lane and what it cost, in one query; raises `NotFound`. Inherited versions are the parent's."""
    rows = session.execute(_SUMS, {"branch": lane_row(session, lane).branch_id})
    sums = {kind: Sums(items, int(takes), calls, reused, failed, cost, unpriced)
            for kind, items, takes, calls, reused, failed, cost, unpriced in rows}
    return LaneSums(sums, sum(sums.values(), Sums()))


def item_costs(session: Session, lane: Lane) -> dict[Key, Decimal]:
    """What each item of a lane has cost in dollars, in one query; raises `NotFound`."""
    rows = session.execute(_COSTS, {"branch": lane_row(session, lane).branch_id})
    return {Key(artifact, item): cost for artifact, item, cost in rows}
