"""Anchors as rows: takes that are judged again and again, and each reading of them.

Belongs here: keeping and reading them. Does not belong here: choosing and asking (`aiuteur.stages.anchoring`), or what readings
say of a judge (`aiuteur.craft.anchors`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.anchors import Reading, Readings
from aiuteur.digest import Json
from aiuteur.registry.lanes import LaneRow

_KEPT: Final = text("SELECT id, item, media, asked FROM aiuteur.anchors WHERE project_id = :project ORDER BY at, item")
_KEEP: Final = text("""
INSERT INTO aiuteur.anchors (owner_id, project_id, branch_id, item, media, asked)
VALUES (:owner, :project, :branch, :item, :media, :asked)
ON CONFLICT DO NOTHING
""").bindparams(bindparam("asked", type_=JSONB))
_READ: Final = text("""
INSERT INTO aiuteur.anchor_readings (generation_id, owner_id, project_id, anchor_id, judge, template, score, takes)
SELECT :generation, :owner, :project, :anchor, :judge, :template, :score, count(*) FROM aiuteur.figure_takes
WHERE project_id = :project AND part = 'clip' ON CONFLICT DO NOTHING
""")
# Of one judge and rubric alone, the one that was asked last: another judge is another scale.
_READINGS: Final = text("""
WITH newest AS (SELECT judge, template FROM aiuteur.anchor_readings WHERE project_id = :project ORDER BY at DESC LIMIT 1)
SELECT r.judge, r.template, r.anchor_id::text, r.takes, r.score FROM aiuteur.anchor_readings r JOIN newest USING (judge, template)
WHERE r.project_id = :project ORDER BY r.at, r.anchor_id
""")
_WORK: Final = text("""
SELECT n, score FROM (SELECT row_number() OVER (ORDER BY at, take_id) AS n, score, judge FROM aiuteur.figure_takes
    WHERE project_id = :project AND part = 'clip') takes
WHERE judge = :judge AND score IS NOT NULL AND n BETWEEN :first AND :last ORDER BY n
""")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A take that is judged again and again: its item of dailies, its digest, and all that the judge is shown of it."""

    id: UUID
    item: str
    media: str
    asked: Mapping[str, Json]


def anchors(session: Session, lane_at: LaneRow) -> list[Anchor]:
    """The anchors of a lane's project, the oldest first."""
    return [Anchor(*row) for row in session.execute(_KEPT, {"project": lane_at.project_id})]


def keep(session: Session, lane_at: LaneRow, item: str, media: str, asked: Mapping[str, Json]) -> None:
    """Make a take an anchor; one that is one already stays as it is."""
    session.execute(_KEEP, {**_of(lane_at), "branch": lane_at.branch_id, "item": item, "media": media, "asked": dict(asked)})


def reading(
    session: Session, lane_at: LaneRow, anchor: Anchor, generation: UUID, judge: str, template: str, score: float,
) -> None:
    """Write down what a judge said of an anchor in a call, once."""
    session.execute(_READ, {
        **_of(lane_at), "anchor": anchor.id, "generation": generation, "judge": judge, "template": template, "score": score,
    })


def readings(session: Session, project: UUID) -> Readings | None:
    """What was read of a project's anchors by the judge that was asked last; None where nothing was."""
    rows = session.execute(_READINGS, {"project": project}).all()
    if not rows:
        return None
    found = tuple(Reading(anchor, at, score) for _, _, anchor, at, score in rows)
    span = {"first": min(one.at for one in found), "last": max(one.at for one in found)}
    work = session.execute(_WORK, {"project": project, "judge": rows[0][0], **span})
    return Readings(rows[0][0], rows[0][1], found, tuple((at, score) for at, score in work))


def _of(lane_at: LaneRow) -> dict[str, UUID]:
    return {"owner": lane_at.owner_id, "project": lane_at.project_id}
