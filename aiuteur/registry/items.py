"""Items: the rows whose pointers say what a lane shows, held until the transaction ends, and moved.

Belongs here: holding rows, moving pointers, and the one rule by which a version is selected. Does not belong here: writing
versions (`versions`), or who may move what (`aiuteur.film.transitions`).

The rule: what a person pinned; else the best-scored unrejected version made from what the newest one was made from; else the
newest unrejected; else none.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple, Self
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.registry.lanes import LaneRow


class Held(NamedTuple):
    """An item's row, held until the transaction ends."""

    id: UUID
    kind: str
    item: str
    label: str | None
    head_n: int
    selected: UUID | None
    best: UUID | None
    pinned: bool
    locked: bool
    gone: bool

    @property
    def key(self) -> Key:
        """Which item it is."""
        return Key(self.kind, self.item)

    def pointing(self, selected: UUID | None, *, pinned: bool, scored: bool = False) -> Self:
        """The row with another version selected; it is the best where it is pinned or was chosen by its score."""
        return self._replace(selected=selected, best=selected if pinned or scored else None, pinned=pinned, gone=False)


class Choice(NamedTuple):
    """The version that the rule selects where nothing is pinned; `scored`: it is the best of several by its score."""

    version_id: UUID | None
    scored: bool


# Row by row along the index, in one order: the planner would rather read the whole branch to find one item.
_HOLD: Final = text("""
SELECT a.id, a.kind, a.item, a.label, a.head_n, a.selected_version_id, a.best_version_id, a.pinned, a.locked,
    a.tombstoned_at IS NOT NULL
FROM (SELECT * FROM jsonb_to_recordset(:rows) AS r(kind text, item text) ORDER BY kind, item) r CROSS JOIN LATERAL (
    SELECT * FROM aiuteur.artifacts t WHERE t.branch_id = :branch AND t.kind = r.kind AND t.item = r.item
    LIMIT 1 FOR NO KEY UPDATE) a
""").bindparams(bindparam("rows", type_=JSONB))
_POINT: Final = text("""
UPDATE aiuteur.artifacts a SET selected_version_id = r.selected, best_version_id = r.best, pinned = r.pinned, locked = r.locked,
    tombstoned_at = CASE WHEN r.gone THEN coalesce(a.tombstoned_at, now()) END
FROM jsonb_to_recordset(:rows) AS r(id uuid, selected uuid, best uuid, pinned boolean, locked boolean, gone boolean)
WHERE a.id = r.id
""").bindparams(bindparam("rows", type_=JSONB))
_SELECT: Final = text("""
UPDATE aiuteur.artifacts a SET selected_version_id = r.selected, best_version_id = CASE WHEN r.scored THEN r.selected END
FROM jsonb_to_recordset(:rows) AS r(id uuid, selected uuid, scored boolean) WHERE a.id = r.id
""").bindparams(bindparam("rows", type_=JSONB))
_RELABEL: Final = text("""
UPDATE aiuteur.artifacts a SET label = r.label FROM jsonb_to_recordset(:rows) AS r(kind text, item text, label text)
WHERE a.branch_id = :branch AND a.kind = r.kind AND a.item = r.item AND a.label IS DISTINCT FROM r.label
""").bindparams(bindparam("rows", type_=JSONB))
# Through forks: a fork's row goes on where its parent's versions, up to the number it was forked at, leave off.
LINES: Final = """
WITH RECURSIVE line AS (
    SELECT a.id AS of, a.id, a.parent_artifact_id, a.forked_n, a.head_n AS upto, a.head_version_id AS head
    FROM aiuteur.artifacts a WHERE a.id = ANY(:ids)
    UNION ALL
    SELECT line.of, a.id, a.parent_artifact_id, a.forked_n, least(line.upto, line.forked_n), line.head
    FROM aiuteur.artifacts a JOIN line ON a.id = line.parent_artifact_id)
"""
_CHOOSE: Final = text(LINES + """
SELECT DISTINCT ON (line.of) line.of, v.id, v.score IS NOT NULL AND v.basis = h.basis AS scored
FROM line JOIN aiuteur.versions v ON v.artifact_id = line.id AND v.n <= line.upto JOIN aiuteur.versions h ON h.id = line.head
WHERE NOT EXISTS (SELECT FROM aiuteur.rejections r WHERE r.version_id = v.id)
ORDER BY line.of, scored DESC, CASE WHEN v.score IS NOT NULL AND v.basis = h.basis THEN v.score END DESC NULLS LAST, v.n DESC
""")
_NUMBERED: Final = text(LINES + """
SELECT line.of, v.id FROM line JOIN aiuteur.versions v ON v.artifact_id = line.id AND v.n <= line.upto WHERE v.n = :n
""")


def hold(session: Session, row: LaneRow, keys: Iterable[Key]) -> dict[Key, Held]:
    """The rows of items that are there or once were, locked in one order so that two writers cannot wait for each other."""
    asked = [{"kind": key.artifact, "item": key.item} for key in keys]
    found = session.execute(_HOLD, {"branch": row.branch_id, "rows": asked})
    return {held.key: held for held in (Held(*values) for values in found)}


def point(session: Session, moved: Collection[Held]) -> None:
    """Write pointers, pins, locks and tombstones as these rows have them."""
    if moved:
        session.execute(_POINT, {"rows": [_row(held) for held in moved]})


def select_best(session: Session, chosen: Mapping[UUID, Choice]) -> None:
    """Show what was chosen for each of these rows, none of which is pinned."""
    rows = [{"id": str(row), "selected": str(choice.version_id), "scored": choice.scored} for row, choice in chosen.items()]
    if rows:
        session.execute(_SELECT, {"rows": rows})


def relabel(session: Session, row: LaneRow, labels: Mapping[Key, str]) -> None:
    """Write what people call items from now on, because their places moved."""
    rows = [{"kind": key.artifact, "item": key.item, "label": label} for key, label in labels.items()]
    session.execute(_RELABEL, {"branch": row.branch_id, "rows": rows})


def choose(session: Session, ids: Collection[UUID]) -> Mapping[UUID, Choice]:
    """What the rule selects for each of these rows were nothing pinned; the head must be written already."""
    if not ids:
        return {}
    found = {of: Choice(version, scored) for of, version, scored in session.execute(_CHOOSE, {"ids": list(ids)})}
    return {row: found.get(row, _NOTHING) for row in ids}


_NOTHING: Final = Choice(None, scored=False)


def numbered(session: Session, held: Held, n: int) -> UUID | None:
    """The version of an item that bears a number, None where none does."""
    found = session.execute(_NUMBERED, {"ids": [held.id], "n": n}).one_or_none()
    return found.id if found is not None else None


def _row(held: Held) -> dict[str, Json]:
    return {
        "id": str(held.id), "selected": str(held.selected) if held.selected else None,
        "best": str(held.best) if held.best else None, "pinned": held.pinned, "locked": held.locked, "gone": held.gone,
    }
