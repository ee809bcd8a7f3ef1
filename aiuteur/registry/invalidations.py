"""Invalidations: what each change made stale, how far it reaches, what it would cost, and who took note of it.

Belongs here: the log as rows. Does not belong here: working out what a change reaches (`aiuteur.stages.invalidating`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, cast
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.planning import Price
from aiuteur.craft.scopes import Scope
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row, person

STILL: Final = (
    "asked", "starred", "unstarred", "approved", "pinned", "locked", "unlocked", "kept", "cast", "policy_set", "budget_set",
    "resumed", "spend_approved", "invalidation_acknowledged", "forked",
)
"""Commands that change nothing that is read. What a stage tells of its own makings answers changes, and is none."""

_CHANGED: Final = text("""
SELECT e.id, p.name, b.name FROM aiuteur.events e JOIN aiuteur.branches b ON b.id = e.branch_id
JOIN aiuteur.projects p ON p.id = b.project_id LEFT JOIN aiuteur.run_marks m ON m.branch_id = b.id
WHERE e.id > :after AND e.id > coalesce(m.logged_event, 0) AND e.kind <> ALL(:still)
    AND (e.payload ? 'items' OR e.kind = 'merged') AND b.archived_at IS NULL
ORDER BY e.id LIMIT :most
""")
_UNLOGGED: Final = text("""
SELECT e.id, e.kind, e.payload FROM aiuteur.events e LEFT JOIN aiuteur.run_marks m ON m.branch_id = e.branch_id
WHERE e.branch_id = :branch AND e.kind <> ALL(:still) AND (e.payload ? 'items' OR e.kind = 'merged')
    AND e.id > coalesce(CAST(:since AS bigint), m.logged_event, 0) ORDER BY e.id
""")
_HOLD: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('aiuteur/invalidations/' || :branch, 0))")
_LOG: Final = text("""
INSERT INTO aiuteur.invalidations
    (owner_id, branch_id, cause_event, scope, paths, items, scenes, cost_low_usd, cost_expected_usd, cost_high_usd)
VALUES (:owner, :branch, :event, :scope, :paths, :items, :scenes, :low, :expected, :high)
""").bindparams(bindparam("paths", type_=JSONB), bindparam("items", type_=JSONB), bindparam("scenes", type_=JSONB))
_LOGGED: Final = text("""
INSERT INTO aiuteur.run_marks AS m (branch_id, owner_id, logged_event) VALUES (:branch, :owner, :event)
ON CONFLICT (branch_id) DO UPDATE SET logged_event = greatest(m.logged_event, excluded.logged_event)
""")
_ALL: Final = text("""
SELECT id, cause_event, scope, paths, items, scenes, cost_low_usd, cost_expected_usd, cost_high_usd, at, acknowledged_by,
    acknowledged_at, acknowledged_usd
FROM aiuteur.invalidations WHERE branch_id = :branch AND (NOT :open OR acknowledged_at IS NULL) ORDER BY cause_event, id
""")
_ACKNOWLEDGE: Final = text("""
UPDATE aiuteur.invalidations SET acknowledged_by = :by, acknowledged_at = now(), acknowledged_usd = cost_expected_usd
WHERE branch_id = :branch AND acknowledged_at IS NULL AND (:every OR id = ANY(:ids)) RETURNING id
""")


@dataclass(frozen=True, slots=True)
class Change:
    """One event that changed what a film is made of."""

    event_id: int
    kind: str
    payload: Mapping[str, Json]

    @property
    def items(self) -> list[Key]:
        """What was changed."""
        named = self.payload.get("items") or self.payload.get("made") or []
        parts = [str(name).partition("/") for name in cast("Sequence[str]", named)]
        return [Key(artifact, item) for artifact, _, item in parts]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change reaches: how far, by which read paths, which items and scenes, and what making those again would cost."""

    scope: Scope
    paths: Sequence[str]
    items: Sequence[str]
    scenes: Sequence[str]
    price: Price | None


@dataclass(frozen=True, slots=True)
class InvalidationRow:
    """One line of the log."""

    id: UUID
    cause_event: int
    scope: str
    paths: Sequence[str]
    items: Sequence[str]
    scenes: Sequence[str]
    cost_low_usd: Decimal | None
    cost_expected_usd: Decimal | None
    cost_high_usd: Decimal | None
    at: datetime
    acknowledged_by: UUID | None
    acknowledged_at: datetime | None
    acknowledged_usd: Decimal | None


def changed(session: Session, after: int, most: int) -> dict[Lane, int]:
    """Lanes with changes after an event that are not in the log yet, each with its newest; at most so many changes."""
    rows = session.execute(_CHANGED, {"after": after, "most": most, "still": list(STILL)})
    return {Lane(project, branch): event for event, project, branch in rows}


def unlogged(session: Session, lane: Lane, since: int | None = None) -> list[Change]:
    """The changes of a lane that are not in the log yet, oldest first; raises `NotFound`."""
    branch = lane_row(session, lane).branch_id
    return [Change(*row) for row in session.execute(_UNLOGGED, {"branch": branch, "since": since, "still": list(STILL)})]


def hold(session: Session, lane: Lane) -> None:
    """Let nobody else write into the log of a lane until this transaction ends; raises `NotFound`."""
    session.execute(_HOLD, {"branch": str(lane_row(session, lane).branch_id)})


def log(session: Session, lane: Lane, change: Change, reach: Reach | None) -> None:
    """Write down what a change reached; nothing but that it was looked at where it reached nothing."""
    row = lane_row(session, lane)
    if reach is not None:
        low, expected, high = (reach.price.low, reach.price.expected, reach.price.high) if reach.price else (None, None, None)
        session.execute(_LOG, {
            "owner": row.owner_id, "branch": row.branch_id, "event": change.event_id, "scope": reach.scope.value,
            "paths": list(reach.paths), "items": list(reach.items), "scenes": list(reach.scenes),
            "low": low, "expected": expected, "high": high,
        })
    session.execute(_LOGGED, {"branch": row.branch_id, "owner": row.owner_id, "event": change.event_id})


def invalidations(session: Session, lane: Lane, *, only_open: bool = False) -> list[InvalidationRow]:
    """The log of a lane, oldest first, or of it what nobody took note of; raises `NotFound`."""
    branch = lane_row(session, lane).branch_id
    return [InvalidationRow(*row) for row in session.execute(_ALL, {"branch": branch, "open": only_open})]


def acknowledge(session: Session, lane: Lane, ids: Sequence[UUID]) -> list[UUID]:
    """Take note of these lines, or of all that are open where none is named; returns which."""
    row = lane_row(session, lane)
    asked = {"branch": row.branch_id, "by": person(session), "every": not ids, "ids": list(ids)}
    return list(session.execute(_ACKNOWLEDGE, asked).scalars())
