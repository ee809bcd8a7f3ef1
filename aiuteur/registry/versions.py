"""Versions: the one place that writes them, moves the pointers at them, and keeps every lane's revision.

Belongs here: what a stage or a person made becomes versions, in one transaction. Does not belong here: reading what is selected
(`worlds`), history (`history`), approvals and rejections (`pointers`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple
from uuid import UUID, uuid4

from psycopg import DataError
from psycopg.types.json import Jsonb
from pydantic_core import PydanticSerializationError, to_json
from rfc8785 import CanonicalizationError
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.naming import name_in
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput, Refused
from aiuteur.lane import Lane
from aiuteur.registry.database import driver
from aiuteur.registry.drafts import Draft, Origin, Outcome, Recorded
from aiuteur.registry.figure_rows import observe
from aiuteur.registry.history import VersionRow, history, version
from aiuteur.registry.items import choose, select_best
from aiuteur.registry.lanes import LaneRow, lane_row, move_on, person, told
from aiuteur.registry.ledger import settle
from aiuteur.registry.media_rows import keep_measurements, remember
from aiuteur.registry.worlds import Traces, digests, world

__all__ = [
    "Draft", "Origin", "Outcome", "Recorded", "Traces", "VersionRow",
    "digests", "history", "record", "version", "world",
]

TAKES: Final = frozenset({"frames", "clips"})
"""Artifacts whose versions are takes, of which the best-scored is shown."""

# What a draft does to its item is decided in the database, under the item's lock, for all drafts in one round trip.
_WRITE: Final = "SELECT * FROM aiuteur.write_versions(%s, %s, %s, %s) ORDER BY place"
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
    if outcome.event:
        told(session, lane_at, outcome.event, _telling(written))
    elif written.changed:
        move_on(session, lane_at)
    return written.recorded


class _Found(NamedTuple):
    """What the database says of a draft."""

    place: int
    artifact: UUID
    version_id: UUID
    n: int
    written: bool
    selected: bool
    shows: UUID | None
    moved: bool
    refused: bool


class _Done(NamedTuple):
    """What became of a draft, in the row of its item; `moved`: the lane shows something else, or knows it by another name."""

    draft: Draft
    recorded: Recorded
    artifact: UUID
    moved: bool


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
    for sha256 in sorted(outcome.measured):
        keep_measurements(session, sha256, outcome.measured[sha256])
    done = _write(session, lane_at, outcome.drafts) if outcome.drafts else []
    recorded = _rate(session, done)
    gone = _bury(session, lane_at, outcome.gone)
    if outcome.counters:
        session.execute(_COUNT, {"branch": lane_at.branch_id, "owner": lane_at.owner_id, "rows": dict(outcome.counters)})
    observe(session, recorded)
    return Written(recorded, gone, changed=bool(gone) or any(one.moved for one in done))


def _write(session: Session, lane_at: LaneRow, drafts: Sequence[Draft]) -> list[_Done]:
    """Write all drafts; raises `Refused` for an edit of a locked item and `InvalidInput` for text that cannot be stored."""
    if len({draft.key for draft in drafts}) < len(drafts):
        message = "an outcome holds one draft for each item"
        raise ValueError(message)
    try:
        marks = [draft.noun.digests() for draft in drafts]
        rows = [_row(at, draft, *marks[at]) for at, draft in enumerate(drafts)]
        asked = [lane_at.branch_id, lane_at.owner_id, person(session), Jsonb(rows, to_json)]
        found = [_Found(*row) for row in driver(session).execute(_WRITE, asked)]
    except (DataError, CanonicalizationError, PydanticSerializationError) as error:
        message = "A text holds characters that cannot be stored (a NUL or half a surrogate pair): remove them and try again."
        raise InvalidInput(message) from error
    for draft, row in zip(drafts, found, strict=True):
        if row.refused:
            message = f"{draft.key} is locked: unlock it before editing it."
            raise Refused(message)
    return [_done(draft, mark, row) for draft, (mark, _), row in zip(drafts, marks, found, strict=True)]


def _done(draft: Draft, mark: str, row: _Found) -> _Done:
    written, selected = row.written, row.selected
    recorded = Recorded(draft.key, row.version_id, row.n, mark, written=written, selected=selected, shows=row.shows)
    return _Done(draft, recorded, row.artifact, row.moved)


def _row(place: int, draft: Draft, mark: str, fields: Mapping[str, str]) -> dict[str, Json]:
    ids = {"parent_id": draft.parent_id, "generation_id": draft.generation_id, "seen": draft.seen}
    return {
        "place": place, "kind": draft.key.artifact, "item": draft.key.item, "label": name_in(draft.noun) or draft.label,
        "id": str(uuid4()), "digest": mark, "origin": draft.origin.value, "schema_version": draft.noun.schema_version,
        "content": draft.noun.document(), "fields": fields, "basis": dict(draft.basis), "guidance": draft.guidance,
        "final_prompt": draft.final_prompt, "template": draft.template, "provider": draft.provider, "model": draft.model,
        "parameters": dict(draft.parameters), "cost_usd": str(draft.cost_usd) if draft.cost_usd is not None else None,
        "score": draft.score, "pin": draft.pin, **{name: str(value) if value else None for name, value in ids.items()},
    }


def _rate(session: Session, done: Sequence[_Done]) -> tuple[Recorded, ...]:
    """Let the best-scored take be shown where a take was recorded; the pointers and the head are written already."""
    rated = {one.artifact: one.recorded for one in done if _rated(one)}
    chosen = choose(session, rated.keys())
    select_best(session, chosen)
    shown = {rated[item].key: choice.version_id for item, choice in chosen.items()}
    return tuple(
        replace(one.recorded, selected=one.recorded.version_id == shown[one.draft.key], shows=shown[one.draft.key])
        if one.draft.key in shown else one.recorded for one in done
    )


def _rated(one: _Done) -> bool:
    taken = one.draft.key.artifact in TAKES or one.draft.score is not None
    return taken and one.recorded.written and one.recorded.selected and not one.draft.pin


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
