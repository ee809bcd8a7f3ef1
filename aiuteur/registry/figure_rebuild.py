"""The nightly rebuild of figures: every row held against what it was taken from, mended where it differs, and told.

Belongs here: comparing and mending. Does not belong here: when it runs (`aiuteur_dagster`), or what a row means (`figure_rows`).

Nothing should ever differ but a cost that a provider settled late, and takes from before figures were kept.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.figures.running import Running
from aiuteur.craft.review import ACCEPTED
from aiuteur.registry.figure_rows import ADD, JUDGE, KEEP, complete, documents, points
from aiuteur.registry.tables import SERIES

_PROJECTS: Final = text("SELECT id, name FROM aiuteur.projects WHERE CAST(:only AS text) IS NULL OR name = :only ORDER BY name")
_MISSING: Final = text(ADD.format(wanted="""b.project_id = :project
    AND NOT EXISTS (SELECT 1 FROM aiuteur.figure_takes f WHERE f.take_id = v.id)"""))
_UNJUDGED: Final = text(JUDGE.format(wanted="b.project_id = :project"))
_LATE: Final = text("""
UPDATE aiuteur.figure_takes t SET cost_usd = g.cost_usd FROM aiuteur.generations g
WHERE t.project_id = :project AND g.id = t.generation_id AND g.branch_id = t.branch_id
    AND t.cost_usd IS DISTINCT FROM g.cost_usd AND t.cost_usd IS DISTINCT FROM 0
RETURNING t.shot
""")
_OPEN: Final = text("""
SELECT DISTINCT ON (t.branch_id, t.shot, t.basis) t.take_id
FROM aiuteur.figure_takes t JOIN aiuteur.versions v ON v.id = t.verdict_id
WHERE t.project_id = :project AND t.part = 'clip' AND t.accepted AND NOT EXISTS (
    SELECT 1 FROM aiuteur.figure_shots f WHERE f.branch_id = t.branch_id AND f.shot = t.shot AND f.basis = t.basis)
ORDER BY t.branch_id, t.shot, t.basis, v.created_at, t.n
""")
_RESETTLED: Final = text("""
UPDATE aiuteur.figure_shots s SET cost_usd = g.cost FROM (
    SELECT f.branch_id, f.shot, f.basis,
        CASE WHEN bool_and(g.cost_usd IS NOT NULL OR g.state <> 'COMPLETED') THEN sum(g.cost_usd) END AS cost
    FROM aiuteur.figure_shots f JOIN aiuteur.generations g ON g.branch_id = f.branch_id AND g.artifact = 'clips'
        AND g.item = f.shot AND g.basis_digest = f.basis AND g.created_at <= f.at
    WHERE f.project_id = :project GROUP BY 1, 2, 3) g
WHERE s.branch_id = g.branch_id AND s.shot = g.shot AND s.basis = g.basis AND s.cost_usd IS DISTINCT FROM g.cost
RETURNING s.shot
""")
_ROWS: Final = text("""
SELECT ordinal, attempts, score, cost_usd FROM aiuteur.figure_shots WHERE project_id = :project ORDER BY ordinal
""")
_STATES: Final = text("""
SELECT series, n, mean_x, mean_y, mxx, mxy, myy FROM aiuteur.figure_states WHERE project_id = :project ORDER BY series FOR UPDATE
""")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a rebuild found and mended: in which project, of which kind, and the shot or series."""

    project: str
    kind: str
    what: str


def rebuild(session: Session, project: str | None = None) -> list[Difference]:
    """Hold the figures of one project, or of all, against versions, verdicts and ledger; mends and returns what differs."""
    found: list[Difference] = []
    for id_, name in session.execute(_PROJECTS, {"only": project}).all():
        found += [Difference(name, kind, what) for kind, what in _rows(session, id_)]
        found += [Difference(name, "state", series) for series in _states(session, id_)]
    return found


def _rows(session: Session, project: UUID) -> list[tuple[str, str]]:
    asked = {"project": project, "accepted": ACCEPTED}
    found = [("take", str(row[0])) for row in session.execute(_MISSING, asked)]
    found += [("verdict", str(row[0])) for row in session.execute(_UNJUDGED, asked)]
    found += [("cost of a take", row[0]) for row in session.execute(_LATE, asked)]
    found += [("completion", str(take)) for (take,) in session.execute(_OPEN, asked).all() if complete(session, take, "judged")]
    return found + [("cost of a shot", row[0]) for row in session.execute(_RESETTLED, asked)]


def _states(session: Session, project: UUID) -> list[str]:
    """The series whose state is not what their rows add up to, bit by bit."""
    kept = {series: Running(*state) for series, *state in session.execute(_STATES, {"project": project})}
    fresh: dict[str, Running] = dict.fromkeys(SERIES, Running())
    for ordinal, attempts, score, cost in session.execute(_ROWS, {"project": project}):
        for name, value in points(attempts, score, None if cost is None else float(cost)).items():
            fresh[name] = fresh[name].add(value, float(ordinal))
    wrong = {name: state for name, state in fresh.items() if name in kept and kept[name] != state}
    if wrong:
        session.execute(KEEP, {"project_id": project, "rows": documents(wrong)})
    return sorted(wrong)
