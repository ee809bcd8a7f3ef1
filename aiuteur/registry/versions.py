"""Versions: the one place that writes them, moves the pointers at them, and keeps every lane's revision.

Belongs here: what a stage or a person made becomes versions, in one transaction. Does not belong here: reading what is selected
(`worlds`), history (`history`), approvals and rejections (`pointers`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, exc, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.lane import Lane
from aiuteur.registry.drafts import Draft, Origin, Outcome, Recorded
from aiuteur.registry.figure_rows import observe
from aiuteur.registry.history import VersionRow, history, version
from aiuteur.registry.items import choose, select_best
from aiuteur.registry.lanes import LaneRow, lane_row, move_on, person, tell
from aiuteur.registry.ledger import settle
from aiuteur.registry.media_rows import remember
from aiuteur.registry.moves import Current, Move, Pointers, label_of, move
from aiuteur.registry.tables import Version
from aiuteur.registry.worlds import Traces, digests, world

__all__ = [
    "Draft", "Origin", "Outcome", "Recorded", "Traces", "VersionRow",
    "digests", "history", "record", "version", "world",
]


_LOCK: Final = text("""
INSERT INTO aiuteur.artifacts AS a (branch_id, owner_id, kind, item, label)
SELECT :branch, :owner, kind, item, label
FROM jsonb_to_recordset(:rows) AS r(kind text, item text, label text) ORDER BY kind, item
ON CONFLICT (branch_id, kind, item) DO UPDATE SET tombstoned_at = NULL
RETURNING id, kind, item, label, head_n, selected_version_id, best_version_id, pinned, locked
""").bindparams(bindparam("rows", type_=JSONB))
# An ask to make an item again is answered by the version that is recorded for it, even one that changes nothing.
_POINT: Final = text("""
WITH answered AS (
    UPDATE aiuteur.remakes m SET answered = m.answered + 1, closed_at = CASE WHEN m.answered + 1 >= m.variants THEN now() END
    FROM jsonb_to_recordset(:answers) AS k(kind text, item text)
    WHERE m.branch_id = :branch AND m.closed_at IS NULL AND m.kind = k.kind AND m.item = k.item RETURNING 1),
pointed AS (
    UPDATE aiuteur.artifacts a SET head_n = r.n, head_version_id = coalesce(r.head, a.head_version_id),
        selected_version_id = r.selected, best_version_id = r.best, pinned = r.pinned, label = coalesce(r.label, a.label)
    FROM jsonb_to_recordset(:rows) AS r(id uuid, n int, head uuid, selected uuid, best uuid, pinned boolean, label text)
    WHERE a.id = r.id RETURNING 1)
SELECT count(*) FROM (SELECT * FROM answered UNION ALL SELECT * FROM pointed) AS moved
""").bindparams(bindparam("rows", type_=JSONB), bindparam("answers", type_=JSONB))
# What a person pinned or locked stays, whoever thinks it gone; an ask for what is gone will not be answered.
_BURY: Final = text("""
WITH buried AS (
    UPDATE aiuteur.artifacts a SET tombstoned_at = now() FROM jsonb_to_recordset(:rows) AS r(kind text, item text)
    WHERE a.branch_id = :branch AND a.kind = r.kind AND a.item = r.item AND a.tombstoned_at IS NULL AND NOT (a.pinned OR a.locked)
    RETURNING a.kind, a.item),
closed AS (
    UPDATE aiuteur.remakes m SET closed_at = now() FROM buried b
    WHERE m.branch_id = :branch AND m.closed_at IS NULL AND m.kind = b.kind AND m.item = b.item)
SELECT kind, item FROM buried
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
    written = write(session, lane_at, outcome)
    if written.changed or outcome.event:
        if outcome.event:
            tell(session, lane_at, outcome.event, _telling(written))
        move_on(session, lane_at)
    return written.recorded


class Written(NamedTuple):
    """What was written of an outcome: each draft, what is gone, and whether the lane shows anything else than before."""

    recorded: tuple[Recorded, ...]
    gone: tuple[Key, ...]
    changed: bool


def write(session: Session, lane_at: LaneRow, outcome: Outcome) -> Written:
    """Write an outcome without an event and without moving the lane's revision, which the caller does; raises as `record`."""
    settle(session, *outcome.completions)
    if outcome.media:
        remember(session, outcome.media)
    moves = _draft(session, lane_at, outcome.drafts) if outcome.drafts else []
    moved = _write(session, lane_at, moves)
    recorded = _rate(session, moves)
    gone = _bury(session, lane_at, outcome.gone)
    if outcome.counters:
        session.execute(_COUNT, {"branch": lane_at.branch_id, "owner": lane_at.owner_id, "rows": dict(outcome.counters)})
    observe(session, recorded)
    return Written(recorded, gone, changed=bool(gone) or moved)


def _draft(session: Session, lane_at: LaneRow, drafts: Sequence[Draft]) -> list[Move]:
    rows = _lock(session, lane_at, drafts)
    current = _current(session, [row.selected for row in rows.values() if row.selected is not None])
    author = person(session)
    return [move(draft, rows[draft.key], current, {"owner_id": lane_at.owner_id, "author_id": author}) for draft in drafts]


def _lock(session: Session, lane_at: LaneRow, drafts: Sequence[Draft]) -> dict[Key, Pointers]:
    """The rows of the items, made where missing, locked in one order so that two writers cannot wait for each other."""
    asked = [{"kind": draft.key.artifact, "item": draft.key.item, "label": label_of(draft)} for draft in drafts]
    if len({draft.key for draft in drafts}) < len(drafts):
        message = "an outcome holds one draft for each item"
        raise ValueError(message)
    found = session.execute(_LOCK, {"branch": lane_at.branch_id, "owner": lane_at.owner_id, "rows": asked})
    return {Key(row.kind, row.item): row for row in (Pointers(*values) for values in found)}


def _current(session: Session, ids: Sequence[UUID]) -> dict[UUID, Current]:
    if not ids:
        return {}
    found = session.execute(select(Version.id, Version.n, Version.digest, Version.basis).where(Version.id.in_(ids)))
    return {row.id: row for row in (Current(*values) for values in found)}


def _write(session: Session, lane_at: LaneRow, moves: Sequence[Move]) -> bool:
    """Insert the versions, move the pointers, answer what was asked; says whether anything moved."""
    rows = [dict(move.row) for move in moves if move.row is not None]
    try:
        if rows:
            session.execute(insert(Version), rows)
    except exc.DataError as error:
        message = "A text holds characters that cannot be stored (a NUL or half a surrogate pair): remove them and try again."
        raise InvalidInput(message) from error
    pointers = [dict(move.pointers) for move in moves if move.pointers is not None]
    answers = [{"kind": move.draft.key.artifact, "item": move.draft.key.item} for move in moves if not move.draft.pin]
    if not pointers and not answers:
        return False
    asked = {"branch": lane_at.branch_id, "rows": pointers, "answers": answers}
    return session.execute(_POINT, asked).scalar_one() > 0


def _rate(session: Session, moves: Sequence[Move]) -> tuple[Recorded, ...]:
    """Let the best-scored take be shown where a take was recorded; the pointers and the head are written already."""
    rated = {UUID(str(move.pointers["id"])): move for move in moves if move.rated and move.pointers is not None}
    chosen = choose(session, rated.keys())
    select_best(session, chosen)
    by_version = {move.done.version_id: chosen[item].version_id for item, move in rated.items()}
    shown = ((move.done, by_version.get(move.done.version_id, move.done.shows)) for move in moves)
    return tuple(replace(done, selected=done.version_id == shows, shows=shows) for done, shows in shown)


def _bury(session: Session, lane_at: LaneRow, gone: Sequence[Key]) -> tuple[Key, ...]:
    """Tombstone items: they leave the world, their history stays."""
    if not gone:
        return ()
    rows = [{"kind": key.artifact, "item": key.item} for key in sorted(gone)]
    return tuple(Key(kind, item) for kind, item in session.execute(_BURY, {"branch": lane_at.branch_id, "rows": rows}))


def _telling(written: Written) -> dict[str, Json]:
    return {
        "made": [str(done.key) for done in written.recorded if done.written],
        "proposed": [str(done.key) for done in written.recorded if not done.selected],
        "gone": [str(key) for key in written.gone],
    }
