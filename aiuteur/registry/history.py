"""History: every version of an item, through the branches it was forked from.

Belongs here: reading old versions. Does not belong here: the snapshot a stage works on (`worlds`) or writing (`versions`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import NotFound
from aiuteur.film.noun import Noun
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.naming import name_on
from aiuteur.registry.worlds import noun_of

# A fork's row points at its parent's versions up to the number it was forked at, and so on up the line.
_LINE: Final = """
WITH RECURSIVE line AS (
    SELECT id, parent_artifact_id, forked_n, head_n AS upto, selected_version_id, best_version_id FROM aiuteur.artifacts
    WHERE branch_id = :branch AND kind = :kind AND item = :item
    UNION ALL
    SELECT a.id, a.parent_artifact_id, a.forked_n, least(line.upto, line.forked_n), line.selected_version_id, line.best_version_id
    FROM aiuteur.artifacts a JOIN line ON a.id = line.parent_artifact_id)
SELECT v.id, v.n, v.origin, v.author_id, v.parent_id, v.digest, v.fields, v.basis, v.guidance, v.final_prompt, v.template,
    v.provider, v.model, v.parameters, v.cost_usd, v.generation_id, v.created_at,
    v.id = line.selected_version_id IS TRUE AS selected, v.id = line.best_version_id IS TRUE AS best,
    r.version_id IS NOT NULL AS rejected
"""
_FROM: Final = """
FROM line JOIN aiuteur.versions v ON v.artifact_id = line.id AND v.n <= line.upto
LEFT JOIN aiuteur.rejections r ON r.version_id = v.id
"""
_ALL: Final = text(f"{_LINE} {_FROM} ORDER BY v.n DESC")
_ONE: Final = text(f"{_LINE}, v.content {_FROM} WHERE v.n = :n")
_NEWEST: Final = text(f"{_LINE} {_FROM} WHERE r.version_id IS NULL ORDER BY v.n DESC LIMIT 1")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version as history tells it; `noun` is its content where it was asked for."""

    id: UUID
    n: int
    origin: str
    author_id: UUID | None
    parent_id: UUID | None
    digest: str
    fields: Mapping[str, str]
    basis: Mapping[str, str]
    guidance: str | None
    final_prompt: str | None
    template: str | None
    provider: str | None
    model: str | None
    parameters: Mapping[str, Json]
    cost_usd: Decimal | None
    generation_id: UUID | None
    created_at: datetime
    selected: bool
    best: bool
    rejected: bool
    noun: Noun | None = None


def history(session: Session, lane: Lane, key: Key) -> list[VersionRow]:
    """Every version of an item, newest first, without content; raises `NotFound` where there never was one."""
    found = [VersionRow(*row) for row in session.execute(_ALL, _where(session, lane, key))]
    if not found:
        raise _none(lane, key)
    return found


def version(session: Session, lane: Lane, key: Key, n: int) -> VersionRow:
    """One version of an item with its content; raises `NotFound` naming the versions there are, and `Corrupt`."""
    row = session.execute(_ONE, {**_where(session, lane, key), "n": n}).one_or_none()
    if row is None:
        newest = history(session, lane, key)[0].n
        named = name_on(session, lane_row(session, lane).branch_id, key)
        message = f"{named} of {lane} has no version {n}: it has 1 to {newest}."
        raise NotFound(message)
    *columns, content = row
    return VersionRow(*columns, noun=noun_of(lane, key, n, content))


def newest_unrejected(session: Session, lane: Lane, key: Key) -> VersionRow | None:
    """The version that is shown where none is best; None where every one was rejected."""
    row = session.execute(_NEWEST, _where(session, lane, key)).one_or_none()
    return VersionRow(*row) if row is not None else None


def _where(session: Session, lane: Lane, key: Key) -> dict[str, object]:
    return {"branch": lane_row(session, lane).branch_id, "kind": key.artifact, "item": key.item}


def _none(lane: Lane, key: Key) -> NotFound:
    return NotFound(f"{lane} has no {key}: `aiuteur status {lane}` lists what it has.")
