"""Figures added up in the database: takes by what they are compared by, bills, attempts, past projects.

Belongs here: statements over the rows of figures and the ledger. Does not belong here: what the sums mean (`craft.figures`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.figures.agreement import Opinions
from aiuteur.craft.figures.attempts import Record
from aiuteur.craft.figures.comparing import Cell, Sums, by_group
from aiuteur.craft.figures.effects import FirstTake
from aiuteur.craft.figures.facts import Attempt, ProjectFacts, ShotFigures
from aiuteur.craft.figures.running import Running
from aiuteur.registry.lanes import LaneRow

_CELLS: Final = text("""
SELECT t.provider, t.model, t.template, t.shot_type, t.characters, count(*), count(t.score), avg(t.score), var_samp(t.score),
    count(s.seconds), avg(s.attempts)::float8, var_samp(s.attempts)::float8, count(*) FILTER (WHERE t.accepted),
    coalesce(sum(t.cost_usd::float8), 0), coalesce(sum(t.cost_usd::float8) FILTER (WHERE s.seconds IS NOT NULL), 0),
    coalesce(sum(s.seconds), 0), count(*), coalesce(sum(t.cost_usd::float8 * t.cost_usd::float8), 0),
    coalesce(sum(s.seconds * s.seconds), 0), coalesce(sum(t.cost_usd::float8 * s.seconds), 0)
FROM aiuteur.figure_takes t LEFT JOIN aiuteur.figure_shots s ON s.take_id = t.take_id
WHERE t.part = 'clip' AND (CAST(:project AS uuid) IS NULL OR t.project_id = :project) GROUP BY 1, 2, 3, 4, 5
""")
_IN_VAIN: Final = text("""
SELECT g.provider, g.model, NULL, k.shot_type, coalesce(k.characters, '{}'), sum(g.cost_usd)::float8, count(*),
    sum(g.cost_usd::float8 * g.cost_usd::float8)
FROM aiuteur.generations g JOIN aiuteur.branches b ON b.id = g.branch_id
LEFT JOIN LATERAL (SELECT shot_type, characters FROM aiuteur.figure_takes f
    WHERE f.branch_id = g.branch_id AND f.shot = g.item AND f.part = 'clip' ORDER BY f.n LIMIT 1) k ON true
WHERE g.state <> 'COMPLETED' AND g.cost_usd > 0 AND g.artifact = 'clips'
    AND (CAST(:project AS uuid) IS NULL OR b.project_id = :project) GROUP BY 1, 2, 4, 5
""")
_NAMES: Final = text("SELECT DISTINCT item, label FROM aiuteur.artifacts WHERE kind = 'bible' AND label IS NOT NULL")
_SHOTS: Final = text("""
SELECT s.ordinal, s.score, s.attempts, s.cost_usd::float8, s.seconds, s.shot, t.model,
    ARRAY(SELECT coalesce(a.label, c.id) FROM unnest(t.characters) AS c(id)
        LEFT JOIN aiuteur.artifacts a ON a.branch_id = t.branch_id AND a.kind = 'bible' AND a.item = c.id ORDER BY a.label, c.id),
    (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY f.score) FROM aiuteur.figure_takes f
        WHERE f.branch_id = s.branch_id AND f.shot = s.shot AND f.part = 'clip' AND f.basis = s.basis)
FROM aiuteur.figure_shots s LEFT JOIN aiuteur.figure_takes t ON t.take_id = s.take_id
WHERE s.project_id = :project ORDER BY s.ordinal
""")
_FRAMES: Final = text("""
SELECT min(attempt) FILTER (WHERE accepted)::float8 FROM aiuteur.figure_takes
WHERE project_id = :project AND part <> 'clip' GROUP BY branch_id, shot, part, basis HAVING bool_or(accepted)
ORDER BY min(at) FILTER (WHERE accepted), shot, part
""")
_STATES: Final = text("""
SELECT series, n, mean_x, mean_y, mxx, mxy, myy FROM aiuteur.figure_states WHERE project_id = :project AND n > 0
""")
_ATTEMPTS: Final = text("""
SELECT g.item, g.attempt, CASE WHEN bool_and(g.cost_usd IS NOT NULL OR g.state <> 'COMPLETED')
        THEN coalesce(sum(g.cost_usd), 0)::float8 END,
    sum(extract(epoch FROM g.completed_at - coalesce(g.sent_at, g.submitted_at, g.created_at)))::float8, max(g.created_at)
FROM aiuteur.generations g WHERE g.branch_id = :branch AND g.artifact = 'clips' AND g.state NOT IN ('CREATED', 'CANCELLED')
GROUP BY g.item, g.basis_digest, g.attempt ORDER BY max(g.created_at), g.item, g.attempt
""")
# Attempts that ended, at what the newest take of each shot was a take of; one under way is no failure yet.
_FAILED: Final = text("""
SELECT t.shot, greatest(t.attempt, max(g.attempt)) FROM (
    SELECT DISTINCT ON (shot) shot, basis, attempt, branch_id FROM aiuteur.figure_takes
    WHERE branch_id = :branch AND part = 'clip' ORDER BY shot, n DESC) t
LEFT JOIN aiuteur.generations g ON g.branch_id = t.branch_id AND g.artifact = 'clips' AND g.item = t.shot
    AND g.basis_digest = t.basis AND (g.state = 'COMPLETED' OR g.cost_usd > 0)
GROUP BY t.shot, t.attempt
""")
# For the basis that is selected now: by a verdict, or by a person's word, which a fork inherits with the take.
_ENDED: Final = text("""
SELECT a.item FROM aiuteur.artifacts a LEFT JOIN aiuteur.figure_takes t ON t.take_id = a.selected_version_id
WHERE a.branch_id = :branch AND a.kind = 'clips' AND a.tombstoned_at IS NULL AND a.selected_version_id IS NOT NULL
    AND (a.pinned OR a.locked OR t.accepted OR EXISTS (SELECT 1 FROM aiuteur.figure_shots s
        WHERE s.branch_id = t.branch_id AND s.shot = t.shot AND s.basis = t.basis AND s.how <> 'judged'))
""")
_LENGTHS: Final = text("""
SELECT a.item, coalesce((v.content ->> 'duration')::float8, 0) FROM aiuteur.artifacts a
JOIN aiuteur.versions v ON v.id = a.selected_version_id
WHERE a.branch_id = :branch AND a.kind = 'shot_list' AND a.tombstoned_at IS NULL ORDER BY a.item
""")
_PROJECTS: Final = text("""
WITH made AS (SELECT project_id, count(*) AS takes, sum(cost_usd) AS cost FROM aiuteur.figure_takes GROUP BY 1),
ended AS (SELECT project_id, count(*) AS shots FROM aiuteur.figure_shots GROUP BY 1)
SELECT p.id, p.name, coalesce(m.takes, 0), coalesce(m.cost, 0)::float8, coalesce(e.shots, 0)
FROM aiuteur.projects p LEFT JOIN made m ON m.project_id = p.id LEFT JOIN ended e ON e.project_id = p.id ORDER BY p.name
""")
_BLOCKS: Final = text("""
WITH b AS (SELECT project_id, score, attempts, ntile(60) OVER (PARTITION BY project_id ORDER BY ordinal) AS block
    FROM aiuteur.figure_shots)
SELECT project_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY score), avg(attempts)::float8
FROM b GROUP BY project_id, block ORDER BY project_id, block
""")
_RULES: Final = text("""
SELECT text, drawn, had, score FROM (
SELECT DISTINCT ON (r.text, t.shot) r.text, (t.trials ->> r.id::text)::boolean AS drawn, r.id::text = ANY(t.rules) AS had,
    t.score, t.at, t.shot
FROM aiuteur.rules r JOIN aiuteur.figure_takes t ON t.project_id = r.project_id AND t.part = 'clip' AND t.attempt = 1
WHERE r.project_id = :project AND r.state <> 'suggested' AND t.score IS NOT NULL AND (r.scope <> 'character' OR EXISTS (
    SELECT 1 FROM aiuteur.artifacts a WHERE a.branch_id = t.branch_id AND a.kind = 'bible' AND a.item = ANY(t.characters)
        AND lower(a.label) = lower(r.about)))
ORDER BY r.text, t.shot, t.trials -> r.id::text IS NULL, t.at) firsts ORDER BY text, at, shot
""")
# What a judge was asked about and had an answer to: takes that a gate failed alone no judge has seen.
_OPINIONS: Final = text("""
SELECT t.accepted, o.accepted, t.ratings, o.ratings FROM aiuteur.opinions o JOIN aiuteur.figure_takes t ON t.take_id = o.take_id
WHERE t.project_id = :project AND t.score IS NOT NULL AND t.judge <> '' ORDER BY o.at, t.take_id
""")
_RECORDS: Final = text("""
SELECT project_id, attempts, count(*) FILTER (WHERE how = 'judged'), count(*) FILTER (WHERE how <> 'judged')
FROM aiuteur.figure_shots GROUP BY project_id, attempts ORDER BY project_id, attempts
""")


def projects(session: Session) -> list[ProjectFacts]:
    """Every project of the studio, by name, with its series condensed."""
    found: dict[UUID, ProjectFacts] = {}
    for id_, name, takes, cost, ended in session.execute(_PROJECTS):
        found[id_] = ProjectFacts(name, takes, cost, ended, [], [])
    for id_, score, tries in session.execute(_BLOCKS):
        of = found[id_]
        found[id_] = replace(of, quality=[*of.quality, *([] if score is None else [score])], attempts=[*of.attempts, tries])
    return list(found.values())


def sums(session: Session, project: UUID | None = None) -> dict[str, list[Sums]]:
    """The takes of a project, or of the whole studio, added up by each of `GROUPS`, and all together under ''.

    One pass over the takes, and another over the calls that failed and were billed.
    """
    names = {str(item): str(label) for item, label in session.execute(_NAMES)}
    cells: list[Cell] = []
    for provider, model, template, kind, people, *values in session.execute(_CELLS, {"project": project}):
        cells.append(Cell(provider, model, template, kind, _people(people, names), Sums("", *values)))
    for provider, model, template, kind, people, cost, bills, squares in session.execute(_IN_VAIN, {"project": project}):
        lost = Sums("", 0, 0, None, None, 0, None, None, 0, cost, 0.0, 0.0, bills, squares, 0.0, 0.0)
        cells.append(Cell(provider, model, template, kind, _people(people, names), lost))
    return by_group(cells)


def _people(ids: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return sorted({names.get(id_, id_) for id_ in ids})


def shots(session: Session, project: UUID) -> list[ShotFigures]:
    """Every completed shot of a project, in the order of completion."""
    return [ShotFigures(*row) for row in session.execute(_SHOTS, {"project": project})]


def frames(session: Session, project: UUID) -> list[float]:
    """The attempts that each accepted frame of a project took, in the order in which they were accepted."""
    return list(session.execute(_FRAMES, {"project": project}).scalars())


def states(session: Session, project: UUID) -> dict[str, Running]:
    """The running states of a project's series."""
    return {series: Running(*state) for series, *state in session.execute(_STATES, {"project": project})}


def attempts(session: Session, lane_at: LaneRow) -> list[Attempt]:
    """Every attempt at a clip on a lane, oldest first."""
    return [Attempt(*row[:4]) for row in session.execute(_ATTEMPTS, {"branch": lane_at.branch_id})]


def failed(session: Session, lane_at: LaneRow) -> dict[str, int]:
    """How often each shot of a lane was attempted for what its newest take was made from; it counts where that was in vain."""
    return {str(shot): int(tries) for shot, tries in session.execute(_FAILED, {"branch": lane_at.branch_id})}


def ended(session: Session, lane_at: LaneRow) -> frozenset[str]:
    """The shots of a lane that are completed by the clip that is selected: accepted, or accepted or skipped by a person."""
    return frozenset(session.execute(_ENDED, {"branch": lane_at.branch_id}).scalars())


def lengths(session: Session, lane_at: LaneRow) -> dict[str, float]:
    """The seconds of every shot there is on a lane."""
    return {shot: float(seconds) for shot, seconds in session.execute(_LENGTHS, {"branch": lane_at.branch_id})}


def rule_takes(session: Session, project: UUID) -> dict[str, list[FirstTake]]:
    """The first clip take of each shot that a rule speaks to, by the rule's words, in order."""
    found: dict[str, list[FirstTake]] = {}
    for words, *take in session.execute(_RULES, {"project": project}):
        found.setdefault(words, []).append(FirstTake(*take))
    return found


def opinions(session: Session, project: UUID) -> list[Opinions]:
    """The takes of a project that a judge and a person have each said something of, in the order in which the person did."""
    return [Opinions(*row) for row in session.execute(_OPINIONS, {"project": project})]


def records(session: Session) -> dict[UUID, Record]:
    """What each of the studio's projects has shown of attempts; a shot given up, or taken as it was, is one that only failed."""
    accepted: dict[UUID, list[int]] = {}
    failures: dict[UUID, list[int]] = {}
    for id_, tries, passed, given_up in session.execute(_RECORDS):
        accepted.setdefault(id_, []).extend(_times(tries, passed))
        failures.setdefault(id_, []).extend(_times(tries, given_up))
    return {id_: Record(found, failures[id_]) for id_, found in accepted.items()}


def _times(value: int, count: int) -> Iterable[int]:
    return [value] * count
