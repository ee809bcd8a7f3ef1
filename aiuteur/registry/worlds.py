"""Worlds: one snapshot of a lane's selected versions, with their content for the stages or without it for staleness.

Belongs here: reading what is selected, validated on the way out. Does not belong here: writing it (`versions`), the past
(`history`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, cast
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.naming import NAMED
from aiuteur.craft.staleness import Traced
from aiuteur.craft.world import ORDER, Key, Selected, World
from aiuteur.digest import Json
from aiuteur.errors import Corrupt, NotFound
from aiuteur.film.bible import PAGE
from aiuteur.film.noun import Noun
from aiuteur.film.remakes import Remake
from aiuteur.film.shots import Order
from aiuteur.film.stages import STAGES
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row

# One statement, so one snapshot: the first row is the lane itself, the others are its items.
_LANE: Final = """
WITH lane AS MATERIALIZED (
    SELECT b.id, b.seed, b.revision FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id
    WHERE p.name = :project AND b.name = :branch)
SELECT '' AS kind, lane.seed AS item, NULL AS label, false AS pinned, false AS locked, NULL::uuid AS id, lane.revision AS n,
    NULL AS digest, NULL::jsonb AS fields,
    (SELECT jsonb_object_agg(scope, next) FROM aiuteur.counters c WHERE c.branch_id = lane.id) AS basis,
    (SELECT jsonb_agg(to_jsonb(r)) FROM aiuteur.remakes r WHERE r.branch_id = lane.id AND r.closed_at IS NULL) AS content,
    false AS starred, NULL::float8 AS score FROM lane
UNION ALL
"""
_ITEMS: Final = text(_LANE + """
SELECT a.kind, a.item, a.label, a.pinned, a.locked, v.id, v.n, v.digest, v.fields, v.basis, v.content,
    EXISTS (SELECT FROM aiuteur.stars s WHERE s.version_id = v.id), v.score
FROM lane JOIN aiuteur.artifacts a ON a.branch_id = lane.id JOIN aiuteur.versions v ON v.id = a.selected_version_id
WHERE a.tombstoned_at IS NULL ORDER BY kind, item
""")
_TRACES: Final = text(_LANE + """
SELECT a.kind, a.item,
    CASE a.kind WHEN 'bible' THEN concat_ws(' ', replace(v.content->>'kind', '_', ' '), a.label) ELSE a.label END, a.pinned,
    a.locked, v.id, v.n, v.digest, v.fields, v.basis, NULL, false, NULL
FROM lane JOIN aiuteur.artifacts a ON a.branch_id = lane.id LEFT JOIN aiuteur.versions v ON v.id = a.selected_version_id
WHERE a.tombstoned_at IS NULL ORDER BY kind, item
""")
# Row by row along the index: the planner would rather read the whole branch to find one item.
_SOME: Final = text("""
SELECT a.kind, a.item, a.label, a.pinned, a.locked, v.id, v.n, v.digest, v.fields, v.basis, v.content,
    EXISTS (SELECT FROM aiuteur.stars s WHERE s.version_id = v.id), v.score
FROM jsonb_to_recordset(:rows) AS r(kind text, item text) CROSS JOIN LATERAL (
    SELECT * FROM aiuteur.artifacts t WHERE t.branch_id = :branch AND t.kind = r.kind AND t.item = r.item
        AND t.tombstoned_at IS NULL LIMIT 1) a
JOIN aiuteur.versions v ON v.id = a.selected_version_id
""").bindparams(bindparam("rows", type_=JSONB))


_LABELLED: Final = frozenset({*NAMED, "looks"})
"""Artifacts whose labels tell their items apart; what belongs to a shot is called by that shot's."""


_FIELDS: Final = text("""
SELECT a.kind, a.item, v.fields FROM jsonb_to_recordset(:rows) AS r(kind text, item text) CROSS JOIN LATERAL (
    SELECT * FROM aiuteur.artifacts t WHERE t.branch_id = :branch AND t.kind = r.kind AND t.item = r.item
        AND t.tombstoned_at IS NULL LIMIT 1) a
JOIN aiuteur.versions v ON v.id = a.selected_version_id
""").bindparams(bindparam("rows", type_=JSONB))


class _Found(NamedTuple):
    """A selected version as it is stored.

    The first of a lane's rows has its seed for `item`, its counters for `basis`, its open remakes for `content`.
    """

    kind: str
    item: str
    label: str | None
    pinned: bool
    locked: bool
    id: UUID | None
    n: int
    digest: str | None
    fields: Mapping[str, str] | None
    basis: Mapping[str, str] | None
    content: Mapping[str, Json] | None
    starred: bool
    score: float | None


@dataclass(frozen=True, slots=True)
class Traces:
    """A lane as staleness sees it: what each item is and was made from, the labels people know it by, and version numbers."""

    lane: Lane
    revision: int
    items: Mapping[Key, Traced]
    labels: Mapping[Key, str]
    numbers: Mapping[Key, int]


def world(session: Session, lane: Lane) -> World:
    """One snapshot of a lane's selected versions; raises `NotFound`, and `Corrupt` naming a document that no longer validates."""
    head, items = _fetch(session, lane, "items")
    selected = [_selected(lane, row) for row in items]
    counters = cast("dict[str, int]", head.basis or {})
    return World(lane, head.item, head.n, {found.key: found for found in selected}, counters, _remakes(head))


def digests(session: Session, lane: Lane) -> Traces:
    """The same snapshot without content, for staleness; an item with every version rejected is in it. Raises `NotFound`."""
    head, items = _fetch(session, lane, "traces")
    keys = [Key(row.kind, row.item) for row in items]
    return Traces(
        lane, head.n, {key: _traced(row) for key, row in zip(keys, items, strict=True)},
        {key: row.label for key, row in zip(keys, items, strict=True) if row.label and key.artifact in _LABELLED},
        {key: row.n for key, row in zip(keys, items, strict=True) if row.id is not None},
    )


def chosen(session: Session, lane: Lane, key: Key) -> Selected | None:
    """The selected version of one item, None where there is none; raises `NotFound` and `Corrupt`."""
    return some(session, lane, lane_row(session, lane).branch_id, [key]).get(key)


def some(session: Session, lane: Lane, branch: UUID, keys: Sequence[Key]) -> dict[Key, Selected]:
    """The selected versions of some items of a branch, of those that have one; raises `Corrupt`."""
    asked = [{"kind": key.artifact, "item": key.item} for key in dict.fromkeys(keys)]
    rows = session.execute(_SOME, {"branch": branch, "rows": asked}) if asked else ()
    return {found.key: found for found in (_selected(lane, _Found(*row)) for row in rows)}


def fields_of(session: Session, branch: UUID, keys: Collection[Key]) -> dict[Key, Mapping[str, str]]:
    """The field digests of some items of a branch as they are selected, of those that have one."""
    asked = [{"kind": key.artifact, "item": key.item} for key in keys]
    rows = session.execute(_FIELDS, {"branch": branch, "rows": asked}) if asked else ()
    return {Key(kind, item): fields for kind, item, fields in rows}


def noun_of(lane: Lane, key: Key, n: int, content: Mapping[str, Json]) -> Noun:
    """A stored document as its noun; raises `Corrupt` naming it when it no longer validates."""
    try:
        return _validated(key.artifact, content)
    except (ValidationError, KeyError) as error:
        why = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:3]) \
            if isinstance(error, ValidationError) else f"no stage is called {key.artifact}"
        message = f"{lane} {key} version {n} cannot be read ({why}): make it again, or promote another version of it."
        raise Corrupt(message) from error


def _validated(artifact: str, content: Mapping[str, Json]) -> Noun:
    if artifact == ORDER:
        return Order.model_validate(content)
    nouns = STAGES[artifact].nouns
    return nouns[0].model_validate(content) if len(nouns) == 1 else PAGE.validate_python(content)


def _fetch(session: Session, lane: Lane, what: str) -> tuple[_Found, Sequence[_Found]]:
    statement = _ITEMS if what == "items" else _TRACES
    rows = [_Found(*row) for row in session.execute(statement, {"project": lane.project, "branch": lane.branch})]
    if not rows:
        lane_row(session, lane)
        message = f"{lane} appeared a moment ago: try again."
        raise NotFound(message)
    return rows[0], rows[1:]


def _selected(lane: Lane, row: _Found) -> Selected:
    key = Key(row.kind, row.item)
    if row.id is None or row.digest is None:
        message = f"{lane} {key} is not selected"
        raise ValueError(message)
    noun = noun_of(lane, key, row.n, row.content or {})
    return Selected(key, row.id, row.n, noun, row.digest, row.fields or {}, row.basis or {}, row.pinned, row.locked,
                    row.starred, row.score)


def _remakes(head: _Found) -> dict[Key, Remake]:
    rows = cast("Sequence[Mapping[str, Json]]", head.content or ())
    return {
        Key(str(row["kind"]), str(row["item"])): Remake.model_validate({name: row[name] for name in Remake.model_fields})
        for row in rows
    }


def _traced(row: _Found) -> Traced:
    return Traced(row.digest or "", row.fields or {}, row.basis or {}, row.pinned, row.locked, rejected=row.id is None)
