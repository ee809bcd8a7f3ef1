"""Branches: forking a lane by its pointers alone, and putting a lane away and bringing it back.

Belongs here: rows of `branches`, and the pointers that a fork copies. Does not belong here: what differs between two lanes and
how it is brought together (`merges`), or the rule by which a lane becomes a partition (the orchestra's `lanes` sensor).

A fork copies rows of `artifacts` and nothing else: no version, no medium, no call, no budget. What the stages after the fork's
have made stays in the rows as history and is not selected, so that numbers go on and a list made anew knows its items again.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from aiuteur.craft.world import ORDER
from aiuteur.digest import digest
from aiuteur.errors import Conflict, InvalidInput, Refused
from aiuteur.film.stages import GRAPH, STAGES
from aiuteur.lane import Lane
from aiuteur.registry.lanes import LANE_LOCK, LaneRow, lane_row, move_on, tell
from aiuteur.registry.tables import Branch

EVERYTHING: Final = "all"
"""In place of a stage: the fork begins with all that its parent has, the film included."""

ORDERED_BY: Final = {"beats": "beats", "scenes": "script", "bible": "bible"}
"""Which stage an order belongs to, by its item; that of a scene's shots belongs to the shot list."""

# One statement, so one snapshot of the parent; a row that is not inherited keeps its past and points at nothing.
_FORK: Final = text("""
WITH made AS (
    INSERT INTO aiuteur.branches (project_id, owner_id, name, seed, parent_branch_id, forked_at_stage, message)
    VALUES (:project, :owner, :name, :seed, :parent, :stage, :message) ON CONFLICT DO NOTHING RETURNING id),
inherited AS (
    SELECT a.*, a.tombstoned_at IS NULL AND (:everything OR CASE WHEN a.kind <> :order THEN a.kind = ANY(:kinds)
        ELSE coalesce(CAST(:orders AS jsonb) ->> a.item, 'shot_list') = ANY(:kinds) END) AS kept
    FROM aiuteur.artifacts a WHERE a.branch_id = :parent),
pointed AS (
    INSERT INTO aiuteur.artifacts (owner_id, branch_id, kind, item, label, head_n, head_version_id, best_version_id,
        selected_version_id, pinned, locked, parent_artifact_id, forked_n, forked_version_id, tombstoned_at)
    SELECT i.owner_id, made.id, i.kind, i.item, i.label, i.head_n, i.head_version_id, CASE WHEN i.kept THEN i.best_version_id END,
        CASE WHEN i.kept THEN i.selected_version_id END, i.kept AND i.pinned, i.kept AND i.locked, i.id, i.head_n,
        CASE WHEN i.tombstoned_at IS NULL THEN i.selected_version_id END,
        CASE WHEN NOT i.kept THEN coalesce(i.tombstoned_at, now()) END
    FROM inherited i, made RETURNING selected_version_id),
counted AS (
    INSERT INTO aiuteur.counters (branch_id, owner_id, scope, next)
    SELECT made.id, c.owner_id, c.scope, c.next FROM aiuteur.counters c, made WHERE c.branch_id = :parent)
SELECT made.id, (SELECT count(*) FROM pointed WHERE selected_version_id IS NOT NULL) AS items FROM made
""").bindparams(bindparam("kinds", type_=ARRAY(Text())))
_NOBODY_AT_IT: Final = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:lock, 0))")


def fork(session: Session, lane: Lane, name: str, at_stage: str = EVERYTHING, message: str = "") -> tuple[Lane, int]:
    """Begin a branch of a lane with what its stages up to one have selected; returns the new lane and how many items it has.

    The caller tells the parent of it. `at_stage` is a stage's name or number, or `all`. Raises `InvalidInput` (a bad name or
    stage), `NotFound`, `Conflict` (the name is taken), `Refused` (the lane is archived).
    """
    made = Lane(lane.project, name)
    kinds = inherited(at_stage)
    row = lane_row(session, lane)
    if row.archived_at is not None:
        sentence = f"{lane} is archived and begins no branches: `aiuteur restore {lane}` brings it back."
        raise Refused(sentence)
    found = session.execute(_FORK, {
        "project": row.project_id, "owner": row.owner_id, "name": name, "parent": row.branch_id, "message": message.strip(),
        # Another seed for the ids to come: those that both branches mint from here on are never the same.
        "seed": digest([row.seed, "branch", name]), "stage": EVERYTHING if kinds is None else kinds[-1],
        "everything": kinds is None, "kinds": list(kinds or ()), "order": ORDER, "orders": _orders(),
    }).mappings().one_or_none()
    if found is None:
        raise _taken(session, made)
    begun = LaneRow(found["id"], row.project_id, row.owner_id, "", 0, None)
    tell(session, begun, "begun", {"from": str(lane), "inherited": found["items"], "message": message.strip()})
    move_on(session, begun)
    return made, found["items"]


def inherited(at_stage: str) -> tuple[str, ...] | None:
    """The artifacts of the stages up to one, by name or number, in their order; None for `all`. Raises `InvalidInput`."""
    if at_stage == EVERYTHING:
        return None
    places = [place for place, stage in enumerate(GRAPH) if at_stage in {stage.name, str(stage.number)}]
    if not places:
        message = f"There is no stage {at_stage!r} to branch at: choose {EVERYTHING} or one of {', '.join(STAGES)}."
        raise InvalidInput(message)
    last = GRAPH[places[-1]]
    same = [place for place, stage in enumerate(GRAPH) if stage.number is not None and stage.number == last.number]
    return tuple(stage.name for stage in GRAPH[: max([*places, *same]) + 1])


def archive(session: Session, lane: Lane, reason: str = "") -> bool:
    """Put a lane away: it is read-only and leaves the partitions; False where it was already.

    Raises `NotFound`, and `Conflict` while a run is making it.
    """
    row = lane_row(session, lane)
    if row.archived_at is not None:
        return False
    if not session.execute(_NOBODY_AT_IT, {"lock": f"{LANE_LOCK}{row.branch_id}"}).scalar_one():
        message = f"A run is making {lane}: wait for it to end, or stop it, and archive the lane then."
        raise Conflict(message)
    tell(session, row, "archived", {"reason": reason} if reason else {})
    move_on(session, row)
    session.execute(update(Branch).where(Branch.id == row.branch_id).values(archived_at=func.now()))
    return True


def restore(session: Session, lane: Lane) -> bool:
    """Bring an archived lane back as it was; False where it is not archived. Raises `NotFound`."""
    row = lane_row(session, lane)
    if row.archived_at is None:
        return False
    session.execute(update(Branch).where(Branch.id == row.branch_id).values(archived_at=None))
    tell(session, row, "restored", {})
    move_on(session, row)
    return True


def line(session: Session, lane: Lane) -> list[UUID]:
    """A branch and those it was forked from, the youngest first; raises `NotFound`."""
    found = [lane_row(session, lane).branch_id]
    while (parent := session.execute(select(Branch.parent_branch_id).where(Branch.id == found[-1])).scalar_one()) is not None:
        found.append(parent)
    return found


def _orders() -> str:
    pairs = ", ".join(f'"{item}": "{stage}"' for item, stage in ORDERED_BY.items())
    return f"{{{pairs}}}"


def _taken(session: Session, lane: Lane) -> Conflict:
    archived = lane_row(session, lane).archived_at is not None
    remedy = f"`aiuteur restore {lane}` brings it back" if archived else "choose another name"
    return Conflict(f"{lane} is there already{', archived' if archived else ''}: {remedy}.")
