"""Marks: how far automation has come with each lane, and which lanes are due for another look.

Belongs here: the one statement that finds the lanes of a tick, and the row a lane keeps of what was planned and reported. Does
not belong here: planning (`aiuteur.stages.plan`), or deciding whether a run is asked for (`aiuteur_dagster.sensors.stale`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.film.watch import AUTO, Due, Mark, Policy
from aiuteur.lane import Lane
from aiuteur.registry.interrupts import CRITICAL

_LANES: Final = """
FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id LEFT JOIN aiuteur.run_marks m ON m.branch_id = b.id
WHERE b.archived_at IS NULL
"""
# `changed_at` is what a person did last on the lane, or on its project where it holds for all lanes of it.
_DUE: Final = text("""
WITH due AS (
    SELECT b.id, b.project_id, p.name AS project, b.name AS branch, b.revision, p.settings,
        m.planned_revision IS DISTINCT FROM b.revision AS moved, coalesce(m.fingerprint, '') AS fingerprint
    {lanes} AND coalesce(p.settings->>'auto', :auto) <> 'off'
        AND (m.planned_revision IS DISTINCT FROM b.revision OR NOT m.plan_empty)
), turns AS (
    SELECT *, row_number() OVER (
        PARTITION BY moved ORDER BY (project, branch) > (:project, :branch) DESC, project, branch) AS turn
    FROM due)
SELECT b.project, b.branch, b.revision, b.moved, b.fingerprint, b.settings,
    EXISTS (SELECT FROM aiuteur.castings c WHERE c.project_id = b.project_id), greatest(
        (SELECT max(c.done_at) FROM aiuteur.commands c WHERE c.branch_id = b.id AND c.state = 'done'),
        (SELECT max(c.done_at) FROM aiuteur.commands c JOIN aiuteur.branches s ON s.id = c.branch_id
         WHERE s.project_id = b.project_id AND c.state = 'done'
            AND c.kind IN ('set_policy', 'set_budget', 'cast_model', 'apply_rule'))) AS changed_at,
    (SELECT i.reason FROM aiuteur.interrupts i WHERE i.branch_id = b.id AND i.kind = 'failure' AND i.fingerprint = :critical
        AND i.resolved_at IS NULL LIMIT 1) AS held
FROM turns b WHERE b.turn <= CASE WHEN b.moved THEN :most ELSE :waiting END ORDER BY b.moved DESC, b.turn
""".replace("{lanes}", _LANES))
_MARK: Final = text("""
INSERT INTO aiuteur.run_marks AS m (branch_id, owner_id, planned_revision, plan_empty, fingerprint, ended_runs, failures)
SELECT b.id, b.owner_id, r.revision, r.empty, r.fingerprint, r.ended, r.failures
FROM jsonb_to_recordset(:rows) AS r(
    project text, branch text, revision bigint, empty boolean, fingerprint text, ended int, failures int)
JOIN aiuteur.projects p ON p.name = r.project JOIN aiuteur.branches b ON b.project_id = p.id AND b.name = r.branch ORDER BY b.id
ON CONFLICT (branch_id) DO UPDATE SET planned_revision = excluded.planned_revision, plan_empty = excluded.plan_empty,
    fingerprint = excluded.fingerprint, ended_runs = excluded.ended_runs, failures = excluded.failures
""").bindparams(bindparam("rows", type_=JSONB))
_RESTING: Final = text("""
SELECT p.name, b.name, b.revision, coalesce(m.fingerprint, ''), p.settings,
    EXISTS (SELECT FROM aiuteur.castings c WHERE c.project_id = p.id) {lanes}
    AND m.planned_revision = b.revision AND m.plan_empty AND (p.name, b.name) > (:project, :branch)
ORDER BY p.name, b.name LIMIT :most
""".replace("{lanes}", _LANES))
_FORGET: Final = text("""
UPDATE aiuteur.run_marks m SET planned_revision = NULL FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id
WHERE m.branch_id = b.id AND p.name = :project AND b.name = :branch
""")
# What a person answered, or a policy that lets more be done than before, on lanes that something waited on.
_PERMITTED: Final = text("""
SELECT p.name, b.name, w.at, w.why FROM (
    SELECT i.branch_id, i.resolved_at AS at, i.kind || ' answered' AS why FROM aiuteur.interrupts i
    WHERE i.kind <> 'failure' AND i.resolved_at > :since
    UNION ALL
    SELECT i.branch_id, c.done_at, replace(c.kind, '_', ' ') FROM aiuteur.commands c
    JOIN aiuteur.branches s ON s.id = c.branch_id JOIN aiuteur.branches t ON t.project_id = s.project_id
    JOIN aiuteur.interrupts i ON i.branch_id = t.id AND i.kind <> 'failure'
    WHERE c.kind IN ('set_policy', 'set_budget', 'approve_spend', 'cast_model') AND c.state = 'done' AND c.done_at > :since
) w JOIN aiuteur.branches b ON b.id = w.branch_id JOIN aiuteur.projects p ON p.id = b.project_id
WHERE b.archived_at IS NULL ORDER BY w.at, p.name, b.name LIMIT :most
""")
_UNREPORTED: Final = text("""
SELECT p.name, b.name, b.revision, coalesce(m.reported, '{}'::jsonb) {lanes}
    AND (m.reported->>'@') IS DISTINCT FROM b.revision::text
ORDER BY (p.name, b.name) > (:project, :branch) DESC, p.name, b.name LIMIT :most
""".replace("{lanes}", _LANES))
_REPORTED: Final = text("""
INSERT INTO aiuteur.run_marks AS m (branch_id, owner_id, reported)
SELECT b.id, b.owner_id, :reported
FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id WHERE p.name = :project AND b.name = :branch
ON CONFLICT (branch_id) DO UPDATE SET reported = excluded.reported
""").bindparams(bindparam("reported", type_=JSONB))
_TURNS: Final = 4
"""Of the lanes that only wait, a tick looks at this part of what it may: they are many, and seldom something changes for them."""

_AT: Final = "@"
"""Where `reported` keeps the revision it was taken at, beside the artifacts."""


@dataclass(frozen=True, slots=True)
class Unreported:
    """A lane that moved since it was last reported; `reported` is the data version of each artifact then."""

    lane: Lane
    revision: int
    reported: Mapping[str, str]


def due(session: Session, most: int, after: Lane | None = None) -> list[Due]:
    """The lanes of a tick in one statement, beginning after a lane: those that moved, then a few of those that wait, in turn."""
    asked = {**_place(after), "most": most, "waiting": -(-most // _TURNS), "auto": AUTO, "critical": CRITICAL}
    rows = session.execute(_DUE, asked)
    return [
        Due(Lane(project, branch), revision, moved, fingerprint, Policy.of(settings), cast_apart, changed_at, held)
        for project, branch, revision, moved, fingerprint, settings, cast_apart, changed_at, held in rows
    ]


def mark(session: Session, *stood: Mark) -> None:
    """Write where automation stands with lanes, each given once."""
    rows = [{
        **_place(one.lane), "revision": one.revision, "empty": one.empty, "fingerprint": one.fingerprint,
        "ended": one.ended_runs, "failures": one.failures,
    } for one in stood]
    if rows:
        session.execute(_MARK, {"rows": rows})


def resting(session: Session, most: int, after: Lane | None = None) -> list[Due]:
    """Lanes that are believed to need nothing, by name, beginning after a lane."""
    rows = session.execute(_RESTING, {**_place(after), "most": most})
    return [
        Due(Lane(project, branch), revision, moved=False, fingerprint=fingerprint, policy=Policy.of(settings), cast=cast_apart)
        for project, branch, revision, fingerprint, settings, cast_apart in rows
    ]


def forget(session: Session, lane: Lane) -> None:
    """Have a lane planned again at the next tick, whatever its mark says."""
    session.execute(_FORGET, _place(lane))


def permitted(session: Session, since: datetime, most: int) -> list[tuple[Lane, datetime, str]]:
    """Lanes on which something waited that a person or a new policy permits since then: when, and what it was; oldest first."""
    rows = session.execute(_PERMITTED, {"since": since, "most": most})
    return [(Lane(project, branch), at, why) for project, branch, at, why in rows]


def unreported(session: Session, most: int, after: Lane | None = None) -> list[Unreported]:
    """Lanes that moved since they were last reported, in turn, beginning after a lane."""
    rows = session.execute(_UNREPORTED, {**_place(after), "most": most})
    return [Unreported(Lane(project, branch), revision, {name: value for name, value in reported.items() if name != _AT})
            for project, branch, revision, reported in rows]


def reported(session: Session, lane: Lane, revision: int, versions: Mapping[str, str]) -> None:
    """Write that Dagster has these data versions of a lane's artifacts, as of a revision."""
    document = cast("dict[str, Json]", {**versions, _AT: str(revision)})
    session.execute(_REPORTED, {**_place(lane), "reported": document})


def policy(session: Session, project: str) -> Policy:
    """What a project lets the studio do by itself; the defaults where there is no such project."""
    wanted = text("SELECT settings FROM aiuteur.projects WHERE name = :name")
    found = session.execute(wanted, {"name": project}).scalar_one_or_none()
    return Policy.of(cast("Mapping[str, object]", found or {}))


def branch_of(session: Session, lane: Lane) -> UUID | None:
    """The branch behind a lane's name, None where there is none."""
    wanted = text("""
        SELECT b.id FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id
        WHERE p.name = :project AND b.name = :branch
    """)
    return session.execute(wanted, _place(lane)).scalar_one_or_none()


def _place(lane: Lane | None) -> dict[str, object]:
    return {"project": lane.project, "branch": lane.branch} if lane is not None else {"project": "", "branch": ""}
