"""Versions: the one place that writes them, moves the pointers at them, and keeps every lane's revision.

Belongs here: what a stage or a person made becomes versions, in one transaction. Does not belong here: reading what is selected
(`worlds`), history (`history`), approvals and rejections (`pointers`); their functions are named here too, for those who use all.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, exc, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.naming import name_in
from aiuteur.craft.world import Key
from aiuteur.digest import Json, digest
from aiuteur.errors import InvalidInput, Refused
from aiuteur.lane import Lane
from aiuteur.registry.drafts import Draft, Origin, Outcome, Recorded
from aiuteur.registry.history import VersionRow, history, version
from aiuteur.registry.lanes import LaneRow, lane_row, move_on, person, tell
from aiuteur.registry.ledger import settle
from aiuteur.registry.media_rows import remember
from aiuteur.registry.pointers import approve, promote, reject
from aiuteur.registry.tables import Version
from aiuteur.registry.worlds import Traces, digests, world

__all__ = [
    "Draft", "Origin", "Outcome", "Recorded", "Traces", "VersionRow",
    "approve", "digests", "history", "promote", "record", "reject", "version", "world",
]


class _Pointers(NamedTuple):
    """An item's row, locked until the transaction ends."""

    id: UUID
    kind: str
    item: str
    head_n: int
    selected: UUID | None
    best: UUID | None
    pinned: bool
    locked: bool


class _Current(NamedTuple):
    id: UUID
    n: int
    digest: str
    basis: Mapping[str, object]


class _Move(NamedTuple):
    """What a draft does to its item; `row` is the version to insert, None where nothing new is written."""

    done: Recorded
    pointers: Mapping[str, Json] | None
    row: Mapping[str, object] | None


_LOCK: Final = text("""
INSERT INTO aiuteur.artifacts AS a (branch_id, owner_id, kind, item, label)
SELECT :branch, :owner, kind, item, label
FROM jsonb_to_recordset(:rows) AS r(kind text, item text, label text) ORDER BY kind, item
ON CONFLICT (branch_id, kind, item) DO UPDATE SET label = coalesce(excluded.label, a.label), tombstoned_at = NULL
RETURNING id, kind, item, head_n, selected_version_id, best_version_id, pinned, locked
""").bindparams(bindparam("rows", type_=JSONB))
_POINT: Final = text("""
UPDATE aiuteur.artifacts a SET head_n = r.n, head_version_id = coalesce(r.head, a.head_version_id),
    selected_version_id = r.selected, best_version_id = r.best, pinned = r.pinned
FROM jsonb_to_recordset(:rows) AS r(id uuid, n int, head uuid, selected uuid, best uuid, pinned boolean) WHERE a.id = r.id
""").bindparams(bindparam("rows", type_=JSONB))
_BURY: Final = text("""
UPDATE aiuteur.artifacts a SET tombstoned_at = now() FROM jsonb_to_recordset(:rows) AS r(kind text, item text)
WHERE a.branch_id = :branch AND a.kind = r.kind AND a.item = r.item AND a.tombstoned_at IS NULL RETURNING a.id
""").bindparams(bindparam("rows", type_=JSONB))
_COUNT: Final = text("""
INSERT INTO aiuteur.counters AS c (branch_id, owner_id, scope, next)
SELECT :branch, :owner, key, value::int FROM jsonb_each_text(:rows) ORDER BY key
ON CONFLICT (branch_id, scope) DO UPDATE SET next = greatest(c.next, excluded.next)
""").bindparams(bindparam("rows", type_=JSONB))


def record(session: Session, lane: Lane, outcome: Outcome) -> tuple[Recorded, ...]:
    """Write an outcome: all of it with the transaction's commit, or nothing; returns one `Recorded` for each draft, in order.

    A generated draft that equals the selected version in content and basis is not written again; the same content from another
    basis is a new version, which is what lets staleness stop there. Raises `NotFound` (no such lane), `Refused` (an edit of a
    locked item), `Conflict` (a completion of a generation that has ended otherwise), `InvalidInput` (text that cannot be stored).
    """
    lane_at = lane_row(session, lane)
    settle(session, *outcome.completions)
    if outcome.media:
        remember(session, outcome.media)
    moves = _draft(session, lane_at, outcome.drafts) if outcome.drafts else []
    _write(session, moves)
    buried = _bury(session, lane_at, outcome.gone)
    if outcome.counters:
        session.execute(_COUNT, {"branch": lane_at.branch_id, "owner": lane_at.owner_id, "rows": dict(outcome.counters)})
    if buried or outcome.event or any(move.pointers is not None for move in moves):
        if outcome.event:
            tell(session, lane_at, outcome.event, _telling(moves, outcome.gone))
        move_on(session, lane_at)
    return tuple(move.done for move in moves)


def _draft(session: Session, lane_at: LaneRow, drafts: Sequence[Draft]) -> list[_Move]:
    rows = _lock(session, lane_at, drafts)
    current = _current(session, [row.selected for row in rows.values() if row.selected is not None])
    author = person(session)
    return [_move(draft, rows[draft.key], current, {"owner_id": lane_at.owner_id, "author_id": author}) for draft in drafts]


def _lock(session: Session, lane_at: LaneRow, drafts: Sequence[Draft]) -> dict[Key, _Pointers]:
    """The rows of the items, made where missing, locked in one order so that two writers cannot wait for each other."""
    asked = [{"kind": draft.key.artifact, "item": draft.key.item, "label": name_in(draft.noun) or draft.label}
             for draft in drafts]
    if len({draft.key for draft in drafts}) < len(drafts):
        message = "an outcome holds one draft for each item"
        raise ValueError(message)
    found = session.execute(_LOCK, {"branch": lane_at.branch_id, "owner": lane_at.owner_id, "rows": asked})
    return {Key(row.kind, row.item): row for row in (_Pointers(*values) for values in found)}


def _current(session: Session, ids: Sequence[UUID]) -> dict[UUID, _Current]:
    if not ids:
        return {}
    found = session.execute(select(Version.id, Version.n, Version.digest, Version.basis).where(Version.id.in_(ids)))
    return {row.id: row for row in (_Current(*values) for values in found)}


def _move(draft: Draft, row: _Pointers, known: Mapping[UUID, _Current], people: Mapping[str, UUID | None]) -> _Move:
    if draft.pin and row.locked:
        message = f"{draft.key} is locked: unlock it before editing it."
        raise Refused(message)
    document = draft.noun.document()
    mark = digest(document)
    current = known.get(row.selected) if row.selected is not None else None
    if current is not None and current.digest == mark and dict(current.basis) == dict(draft.basis):
        return _unchanged(draft, row, current)
    made = uuid4()
    selected = draft.pin or not (row.pinned or row.locked or (draft.seen is not None and draft.seen != row.selected))
    done = Recorded(draft.key, made, row.head_n + 1, mark, written=True, selected=selected)
    version_row = {**people, **_columns(draft, document), "id": made, "artifact_id": row.id, "n": done.n, "digest": mark}
    return _Move(done, _pointed(row, done, pin=draft.pin), version_row)


def _unchanged(draft: Draft, row: _Pointers, current: _Current) -> _Move:
    """The selected version says it already; a person's edit to what it is still pins it."""
    done = Recorded(draft.key, current.id, current.n, current.digest, written=False, selected=True)
    if not draft.pin or (row.pinned and row.best == current.id):
        return _Move(done, None, None)
    return _Move(done, {**_as_they_are(row), "best": str(current.id), "pinned": True}, None)


def _pointed(row: _Pointers, done: Recorded, *, pin: bool) -> dict[str, Json]:
    """An item's pointers after a new version: a proposal only moves the head, a take that is selected ends an unpinned best."""
    moved = {**_as_they_are(row), "n": done.n, "head": str(done.version_id)}
    if done.selected:
        moved |= {"selected": str(done.version_id), "best": str(done.version_id) if pin else None, "pinned": pin}
    return moved


def _as_they_are(row: _Pointers) -> dict[str, Json]:
    return {
        "id": str(row.id), "n": row.head_n, "head": None, "selected": str(row.selected) if row.selected else None,
        "best": str(row.best) if row.best else None, "pinned": row.pinned,
    }


def _columns(draft: Draft, document: Mapping[str, Json]) -> dict[str, object]:
    return {
        "origin": draft.origin.value, "parent_id": draft.parent_id, "schema_version": draft.noun.schema_version,
        "content": document, "fields": draft.noun.field_digests(), "basis": dict(draft.basis), "guidance": draft.guidance,
        "final_prompt": draft.final_prompt, "template": draft.template, "provider": draft.provider, "model": draft.model,
        "parameters": dict(draft.parameters), "cost_usd": draft.cost_usd, "generation_id": draft.generation_id,
    }


def _write(session: Session, moves: Sequence[_Move]) -> None:
    rows = [dict(move.row) for move in moves if move.row is not None]
    try:
        if rows:
            session.execute(insert(Version), rows)
    except exc.DataError as error:
        message = "A text holds characters that cannot be stored (a NUL or half a surrogate pair): remove them and try again."
        raise InvalidInput(message) from error
    pointers = [dict(move.pointers) for move in moves if move.pointers is not None]
    if pointers:
        session.execute(_POINT, {"rows": pointers})


def _bury(session: Session, lane_at: LaneRow, gone: Sequence[Key]) -> int:
    """Tombstone items: they leave the world, their history stays."""
    if not gone:
        return 0
    rows = [{"kind": key.artifact, "item": key.item} for key in sorted(gone)]
    return len(session.execute(_BURY, {"branch": lane_at.branch_id, "rows": rows}).all())


def _telling(moves: Sequence[_Move], gone: Sequence[Key]) -> dict[str, Json]:
    return {
        "made": [str(move.done.key) for move in moves if move.done.written],
        "proposed": [str(move.done.key) for move in moves if not move.done.selected],
        "gone": [str(key) for key in gone],
    }
