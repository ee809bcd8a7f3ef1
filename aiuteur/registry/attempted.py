"""What was attempted: how a project's shots have fared, which takes a person refused, and what a take to refine was made with.

Belongs here: reading it back. Does not belong here: authorising attempts (`ledger`), or forecasting by them
(`aiuteur.craft.stopping`).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.stopping import Tried
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import NotFound
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row

MOST: Final = 500
"""Shots that a project's history is told by, the latest."""

_REFUSED: Final = text("""
SELECT v.generation_id FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.artifact_id = a.id
JOIN aiuteur.rejections r ON r.version_id = v.id
WHERE a.branch_id = :branch AND a.kind = :kind AND a.item = :item AND v.generation_id IS NOT NULL
""")
_PARENT: Final = text("SELECT content, parameters FROM aiuteur.versions WHERE id = :id")
# Takes that dailies scored, grouped by what they were takes of; `accepted` as it was decided for each of them.
_TRIED: Final = text("""
SELECT CASE part WHEN 'clip' THEN 'clips' ELSE 'frames' END, count(*) FILTER (WHERE NOT accepted), bool_or(accepted)
FROM aiuteur.figure_takes WHERE project_id = :project AND score IS NOT NULL AND origin = 'generated'
GROUP BY branch_id, shot, part, basis ORDER BY max(at) DESC LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class Parent:
    """A version to refine: its content and its parameters."""

    content: Mapping[str, Json]
    parameters: Mapping[str, Json]


def refused(session: Session, lane: Lane, key: Key) -> frozenset[UUID]:
    """The generations behind the versions of an item that a person rejected; raises `NotFound`."""
    asked = {"branch": lane_row(session, lane).branch_id, "kind": key.artifact, "item": key.item}
    return frozenset(session.execute(_REFUSED, asked).scalars())


def parent(session: Session, version: UUID) -> Parent:
    """A version to refine; raises `NotFound`."""
    found = session.execute(_PARENT, {"id": version}).one_or_none()
    if found is None:
        message = f"There is no version {version} to refine: ask for the remake again, from one that `aiuteur history` shows."
        raise NotFound(message)
    return Parent(cast("Mapping[str, Json]", found[0]), cast("Mapping[str, Json]", found[1]))


def tried(session: Session, lane: Lane) -> dict[str, tuple[Tried, ...]]:
    """How the latest shots of a lane's project fared, by artifact; raises `NotFound`."""
    found: defaultdict[str, list[Tried]] = defaultdict(list)
    for kind, failed, done in session.execute(_TRIED, {"project": lane_row(session, lane).project_id, "most": MOST}):
        found[kind].append(Tried(failed, bool(done)))
    return {kind: tuple(shots) for kind, shots in found.items()}
