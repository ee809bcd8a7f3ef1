"""Lineage: an item's versions with what each comes from, on this branch or another, and the names of what a lane ever had.

Belongs here: reading the past for people. Does not belong here: the past as pointers need it (`history`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import Uuid

from aiuteur.craft.world import Key
from aiuteur.lane import Lane
from aiuteur.registry.history import VersionRow, history
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.naming import labels_of, name_of, resolve

_ELSEWHERE: Final = text("""
SELECT v.id, b.name, a.kind, a.item, v.n FROM aiuteur.versions v JOIN aiuteur.artifacts a ON a.id = v.artifact_id
JOIN aiuteur.branches b ON b.id = a.branch_id WHERE v.id = ANY(:ids)
""").bindparams(bindparam("ids", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True)
class Ancestor:
    """One version of an item; `parent` is the number of the version it comes from, `source` where that is another branch's."""

    row: VersionRow
    parent: int | None
    source: str | None = None


def past(session: Session, lane: Lane, name: str) -> tuple[str, list[Ancestor]]:
    """An item as people name it, and all its versions, oldest first; raises `NotFound`, `InvalidInput`."""
    key = resolve(session, lane, name)
    rows = history(session, lane, key)[::-1]
    numbers = {row.id: row.n for row in rows}
    away = _away(session, key, [row.parent_id for row in rows if row.parent_id is not None and row.parent_id not in numbers])
    return name_of(key, labels(session, lane)), [
        Ancestor(row, numbers.get(row.parent_id) if row.parent_id else None, away.get(row.parent_id) if row.parent_id else None)
        for row in rows
    ]


def labels(session: Session, lane: Lane) -> dict[Key, str]:
    """What people call every item of a lane that has a name of its own, tombstoned ones too; raises `NotFound`."""
    return labels_of(session, [lane_row(session, lane).branch_id])


def _away(session: Session, key: Key, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Versions of other branches or items, by where they are: `night version 3`."""
    if not ids:
        return {}
    found: dict[UUID, str] = {}
    for id_, branch, kind, item, n in session.execute(_ELSEWHERE, {"ids": list(ids)}):
        found[id_] = f"{branch} version {n}" if Key(kind, item) == key else f"{branch} {Key(kind, item)} version {n}"
    return found
