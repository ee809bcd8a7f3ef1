"""Castings as rows: who is cast for a role on a project, a branch, or a scene or shot of it.

Belongs here: writing them down and reading them. Does not belong here: what the names mean (`aiuteur.models.casting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.film.crew import Role
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row, person
from aiuteur.registry.tables import Casting

_PUT: Final = text("""
INSERT INTO aiuteur.castings AS c (owner_id, project_id, branch_id, item, role, models, by)
VALUES (:owner, :project, :branch, :item, :role, :models, :by)
ON CONFLICT (project_id, branch_id, item, role) DO UPDATE SET models = excluded.models, by = excluded.by, at = now()
""").bindparams(bindparam("models", type_=JSONB))
_TAKE: Final = text("""
DELETE FROM aiuteur.castings WHERE project_id = :project AND branch_id IS NOT DISTINCT FROM :branch
    AND item IS NOT DISTINCT FROM :item AND role = :role
""")


@dataclass(frozen=True, slots=True)
class CastRow:
    """One row: for this role the models in order, on the branch alone or the whole project, for one item or all."""

    role: Role
    models: tuple[str, ...]
    on_branch: bool
    item: str | None


def castings(session: Session, lane: Lane) -> tuple[CastRow, ...]:
    """Every casting that counts on a lane: its project's and its own; raises `NotFound`."""
    row = lane_row(session, lane)
    found = session.execute(
        select(Casting.role, Casting.models, Casting.branch_id, Casting.item)
        .where(Casting.project_id == row.project_id, Casting.branch_id.in_((row.branch_id,)) | Casting.branch_id.is_(None))
        .order_by(Casting.at, Casting.id),
    )
    return tuple(CastRow(Role(role), tuple(models), branch is not None, item) for role, models, branch, item in found)


def cast_models(
    session: Session, lane: Lane, role: Role, models: Sequence[str], *, project: bool = False, items: Sequence[str] = ()
) -> None:
    """Cast models for a role; none of them: whoever is cast more widely. `items` are `scene:<id>` and `shot:<id>`."""
    row = lane_row(session, lane)
    for item in items or (None,):
        asked = {
            "owner": row.owner_id, "project": row.project_id, "branch": None if project else row.branch_id, "item": item,
            "role": role.value, "models": list(models), "by": person(session),
        }
        session.execute(_PUT if models else _TAKE, asked if models else {
            name: asked[name] for name in ("project", "branch", "item", "role")
        })
