"""Rows of figures: a take, its verdict and a shot's completion, each written in the transaction that records what it tells of.

Belongs here: `observe`, which `versions.record` calls, and `finish`, for what a person decides. Does not belong here: reading
figures (`aiuteur.figures`), or holding the rows against their sources (`figure_rebuild`).

A shot completes once for a basis. Its ordinal in the project is given under the lock of the project's state, so that the order of
completion, and with it every slope, can be reproduced.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.figures.running import Running
from aiuteur.craft.review import ACCEPTED
from aiuteur.digest import Json
from aiuteur.registry.drafts import Recorded
from aiuteur.registry.lanes import LaneRow
from aiuteur.registry.tables import SERIES

TAKES: Final = frozenset({"clips", "frames"})
VERDICTS: Final = "dailies"

# Where versions are to become takes, `wanted` says which; the same statement serves a take just recorded and a rebuild.
ADD: Final = """
INSERT INTO aiuteur.figure_takes (take_id, owner_id, project_id, branch_id, shot, part, n, media, basis, generation_id, attempt,
    origin, provider, model, template, rules, trials, scene, shot_type, size, characters, seconds, waited, cost_usd, at)
SELECT v.id, v.owner_id, b.project_id, a.branch_id, split_part(a.item, '/', 1),
    CASE a.kind WHEN 'clips' THEN 'clip' ELSE split_part(a.item, '/', 2) END, v.n, coalesce(m.ref ->> 'sha256', ''),
    coalesce(g.basis_digest, md5(v.basis::text)), g.id, coalesce(g.attempt, 1), v.origin, v.provider, v.model, v.template,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(v.parameters -> 'rules', '[]'))), coalesce(v.parameters -> 'trials', '{{}}'),
    s.content ->> 'scene_id',
    s.content #>> '{{cinematography,shot_type}}', s.content #>> '{{cinematography,size}}',
    ARRAY(SELECT DISTINCT block ->> 'character_id' FROM jsonb_array_elements(coalesce(s.content -> 'blocking', '[]')) AS block),
    (m.ref ->> 'seconds')::float8, extract(epoch FROM g.completed_at - coalesce(g.sent_at, g.submitted_at, g.created_at))::float8,
    CASE WHEN g.id IS NULL OR g.branch_id <> a.branch_id
        OR EXISTS (SELECT 1 FROM aiuteur.figure_takes t WHERE t.generation_id = g.id) THEN 0 ELSE g.cost_usd END, v.created_at
FROM aiuteur.versions v JOIN aiuteur.artifacts a ON a.id = v.artifact_id JOIN aiuteur.branches b ON b.id = a.branch_id
CROSS JOIN LATERAL (SELECT coalesce(v.content -> 'video', v.content -> 'picture') AS ref) m
LEFT JOIN aiuteur.generations g ON g.id = v.generation_id
LEFT JOIN aiuteur.artifacts sa ON sa.branch_id = a.branch_id AND sa.kind = 'shot_list' AND sa.item = split_part(a.item, '/', 1)
LEFT JOIN aiuteur.versions s ON s.id = sa.selected_version_id
WHERE a.kind IN ('clips', 'frames') AND {wanted}
ORDER BY v.created_at, a.item, v.n ON CONFLICT DO NOTHING RETURNING take_id
"""
JUDGE: Final = """
UPDATE aiuteur.figure_takes t SET verdict_id = d.id, judge = d.judge, score = d.score, overall = d.overall,
    gates_failed = d.gates_failed, ratings = d.ratings,
    accepted = coalesce(
        d.accepted, d.score >= :accepted - 1e-9 AND d.overall NOT IN ('UNKNOWN', 'FAIL', 'REGENERATE_MAJOR'), false)
FROM (
    SELECT DISTINCT ON (k.take_id) k.take_id, v.id, v.content ->> 'judge' AS judge, (v.content ->> 'score')::float8 AS score,
        v.content ->> 'overall' AS overall,
        (SELECT count(*) FROM jsonb_array_elements(v.content -> 'gates') AS g WHERE g ->> 'passed' = 'false') AS gates_failed,
        coalesce((SELECT jsonb_object_agg(r ->> 'dimension', CASE r ->> 'rating' WHEN 'PASS' THEN 1 WHEN 'MINOR_ISSUES' THEN 0.75
            WHEN 'MAJOR_ISSUES' THEN 0.4 ELSE 0 END) FROM jsonb_array_elements(v.content -> 'ratings') AS r), '{{}}') AS ratings,
        (v.content ->> 'accepted')::boolean AS accepted
    FROM aiuteur.versions v JOIN aiuteur.artifacts a ON a.id = v.artifact_id JOIN aiuteur.branches b ON b.id = a.branch_id
    CROSS JOIN LATERAL (
        SELECT take_id FROM aiuteur.figure_takes f WHERE f.branch_id = a.branch_id AND f.shot = split_part(a.item, '/', 1)
            AND f.part = split_part(a.item, '/', 2) AND f.media = v.content ->> 'take' ORDER BY f.n DESC LIMIT 1) k
    WHERE a.kind = 'dailies' AND {wanted} ORDER BY k.take_id, v.created_at DESC, v.n DESC) d
WHERE t.take_id = d.take_id AND t.verdict_id IS DISTINCT FROM d.id RETURNING t.take_id, t.part, t.accepted
"""
_BY_ID: Final = "v.id = ANY(:ids)"
_ADD, _JUDGE = (text(statement.format(wanted=_BY_ID)) for statement in (ADD, JUDGE))
# One statement: what the shot took, and the project's states, held until the transaction ends. Whoever completes another shot of
# the project waits here for this one's place.
_EFFORT: Final = text("""
WITH held AS (
    SELECT series, n, mean_x, mean_y, mxx, mxy, myy FROM aiuteur.figure_states
    WHERE project_id = (SELECT project_id FROM aiuteur.figure_takes WHERE take_id = :take) ORDER BY series FOR UPDATE)
SELECT (SELECT jsonb_agg(held) FROM held) AS states, t.take_id, t.branch_id, t.project_id, t.owner_id, t.shot, t.basis, t.score,
    coalesce((s.content ->> 'out_point')::float8, (s.content ->> 'duration')::float8, t.seconds, 0)
        - coalesce((s.content ->> 'in_point')::float8, 0),
    greatest(coalesce(g.attempts, 0), t.attempt), CASE WHEN g.known IS FALSE THEN NULL ELSE coalesce(g.cost, 0) END
FROM aiuteur.figure_takes t
LEFT JOIN aiuteur.artifacts sa ON sa.branch_id = t.branch_id AND sa.kind = 'shot_list' AND sa.item = t.shot
LEFT JOIN aiuteur.versions s ON s.id = sa.selected_version_id
CROSS JOIN LATERAL (
    SELECT max(attempt) AS attempts, sum(cost_usd) AS cost, bool_and(cost_usd IS NOT NULL OR state <> 'COMPLETED') AS known
    FROM aiuteur.generations WHERE branch_id = t.branch_id AND artifact = 'clips' AND item = t.shot AND basis_digest = t.basis) g
WHERE t.take_id = :take
AND NOT EXISTS (SELECT 1 FROM aiuteur.figure_shots f WHERE f.branch_id = t.branch_id AND f.shot = t.shot AND f.basis = t.basis)
""")
_MOVE: Final = """
UPDATE aiuteur.figure_states s SET n = r.n, mean_x = r.mean_x, mean_y = r.mean_y, mxx = r.mxx, mxy = r.mxy, myy = r.myy
FROM jsonb_to_recordset(:rows) AS r(series text, n int, mean_x float8, mean_y float8, mxx float8, mxy float8, myy float8)
WHERE s.project_id = :project_id AND s.series = r.series
"""
KEEP: Final = text(_MOVE).bindparams(bindparam("rows", type_=JSONB))
_COMPLETE: Final = text(f"""
WITH moved AS ({_MOVE})
INSERT INTO aiuteur.figure_shots
    (branch_id, shot, basis, owner_id, project_id, ordinal, take_id, how, attempts, score, cost_usd, seconds)
VALUES (:branch_id, :shot, :basis, :owner_id, :project_id, :ordinal, :take_id, :how, :attempts, :score, :cost_usd, :seconds)
""").bindparams(bindparam("rows", type_=JSONB))  # noqa: S608 - put together from constants
_BEGIN: Final = text("""
INSERT INTO aiuteur.figure_states (project_id, series, owner_id, n, mean_x, mean_y, mxx, mxy, myy)
SELECT :project_id, series, :owner_id, 0, 0, 0, 0, 0, 0 FROM unnest(CAST(:series AS text[])) AS series ORDER BY series
ON CONFLICT DO NOTHING
""")
_SHOWN: Final = text("""
SELECT t.take_id FROM aiuteur.figure_takes t
JOIN aiuteur.artifacts a ON a.branch_id = t.branch_id AND a.kind = 'clips' AND a.item = t.shot
WHERE t.branch_id = :branch AND t.shot = :shot AND t.part = 'clip'
ORDER BY (t.take_id = a.selected_version_id) DESC, t.n DESC LIMIT 1
""")


class _Effort(NamedTuple):
    """What a shot took until a take of it was accepted; the cost is None where a call's price is not known."""

    take_id: UUID
    branch_id: UUID
    project_id: UUID
    owner_id: UUID
    shot: str
    basis: str
    score: float | None
    seconds: float
    attempts: int
    cost_usd: Decimal | None


def observe(session: Session, recorded: Sequence[Recorded]) -> None:
    """Take note of what was just recorded, in its transaction: takes, verdicts, and shots that an accepted verdict completes."""
    takes = [one.version_id for one in recorded if one.written and one.key.artifact in TAKES]
    verdicts = [one.version_id for one in recorded if one.written and one.key.artifact == VERDICTS]
    if takes:
        session.execute(_ADD, {"ids": takes})
    if not verdicts:
        return
    for take, part, accepted in session.execute(_JUDGE, {"ids": verdicts, "accepted": ACCEPTED}).all():
        if part == "clip" and accepted:
            complete(session, take, "judged")


def finish(session: Session, lane_at: LaneRow, shot: str, how: str) -> bool:
    """Complete a shot by a person's word, `how` being "accepted" or "skipped"; False where it has no take, or was completed."""
    found = session.execute(_SHOWN, {"branch": lane_at.branch_id, "shot": shot}).scalar_one_or_none()
    return found is not None and complete(session, found, how)


def complete(session: Session, take: UUID, how: str) -> bool:
    """Give the take's shot its place in the order of completion and move the project's series on; False where it has one."""
    found = session.execute(_EFFORT, {"take": take}).one_or_none()
    if found is None:
        return False
    held: list[dict[str, Any]] = found[0] or []
    effort = _Effort(*found[1:])
    if len(held) < len(SERIES):
        session.execute(_BEGIN, {"project_id": effort.project_id, "owner_id": effort.owner_id, "series": list(SERIES)})
        return complete(session, take, how)
    states = {row.pop("series"): Running(**row) for row in held}
    ordinal = states["attempts"].n + 1
    moved = {name: states[name].add(value, float(ordinal)) for name, value in points(*_measured(effort)).items()}
    session.execute(_COMPLETE, {**effort._asdict(), "ordinal": ordinal, "how": how, "rows": documents(moved)})
    return True


def points(attempts: int, score: float | None, cost: float | None) -> dict[str, float]:
    """What a completed shot adds to each series; what is unknown adds nothing."""
    known = {"attempts": float(attempts), "quality": score, "cost": cost}
    return {name: value for name, value in known.items() if value is not None and math.isfinite(value)}


def documents(states: Mapping[str, Running]) -> list[dict[str, Json]]:
    """States as rows."""
    return [{"series": name, **asdict(state)} for name, state in sorted(states.items())]


def _measured(effort: _Effort) -> tuple[int, float | None, float | None]:
    return effort.attempts, effort.score, None if effort.cost_usd is None else float(effort.cost_usd)
