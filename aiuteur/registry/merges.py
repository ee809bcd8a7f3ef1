"""Merges: what differs between two lanes of a project, what it was when they parted, and taking some of it over.

Belongs here: reading both sides and writing what is decided, in one transaction. Does not belong here: the decision
(`aiuteur.craft.taking`), or how a difference is told (`aiuteur.craft.diffing`).

Two lanes parted where the earlier of the two forks left their common ancestor; an item that came over since parted where it did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from aiuteur.craft.documents import noun_of
from aiuteur.craft.merging import Document, How, Pair, Stand
from aiuteur.craft.taking import Take, Taking, Wish, decide
from aiuteur.craft.world import ORDER, Key
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.lane import Lane
from aiuteur.registry.branches import line
from aiuteur.registry.drafts import Draft, Origin, Outcome, Recorded
from aiuteur.registry.lanes import archived, lane_row
from aiuteur.registry.naming import labels_of, name_of, resolve
from aiuteur.registry.tables import Branch, Version
from aiuteur.registry.versions import record
from aiuteur.registry.worlds import digests, some

_PAIRS: Final = """
WITH a AS (SELECT * FROM aiuteur.artifacts WHERE branch_id = :ours AND tombstoned_at IS NULL AND selected_version_id IS NOT NULL),
b AS (SELECT * FROM aiuteur.artifacts WHERE branch_id = :theirs AND tombstoned_at IS NULL AND selected_version_id IS NOT NULL),
pairs AS (
    SELECT kind, item, a.selected_version_id AS here, b.selected_version_id AS there,
        a.pinned AS here_pinned, a.locked AS here_locked, b.pinned AS there_pinned, b.locked AS there_locked
    FROM a FULL JOIN b USING (kind, item) WHERE a.selected_version_id IS DISTINCT FROM b.selected_version_id)
SELECT kind, item, here, va.n AS here_n, va.digest AS here_digest, va.content AS here_document,
    there, vb.n AS there_n, vb.digest AS there_digest, vb.content AS there_document
"""
_WHERE: Final = """
FROM pairs LEFT JOIN aiuteur.versions va ON va.id = here LEFT JOIN aiuteur.versions vb ON vb.id = there
WHERE va.digest IS DISTINCT FROM vb.digest ORDER BY kind, item
"""
_DIFFERING: Final = text(_PAIRS + _WHERE)
# A pin that came with an edit stands for that edit; one that a person set, by a word of its own, is held.
_FULL: Final = text(_PAIRS + """, va.basis AS here_basis, vb.basis AS there_basis,
    here_pinned, here_locked, there_pinned, there_locked, here_pinned AND (va.origin NOT IN ('edited', 'merged') OR EXISTS (
        SELECT FROM aiuteur.events e WHERE e.branch_id = :ours AND e.kind IN ('approved', 'promoted', 'pinned')
            AND e.at >= va.created_at
            AND strpos(e.payload::text, '"' || concat_ws('/', pairs.kind, nullif(pairs.item, '')) || '"') > 0)
    ) AS here_held, false AS there_held
""" + _WHERE)
_HOLD: Final = text("""
SELECT a.id FROM aiuteur.artifacts a
LEFT JOIN aiuteur.artifacts b ON b.branch_id = :theirs AND b.kind = a.kind AND b.item = a.item
WHERE a.branch_id = :ours
    AND (a.selected_version_id IS DISTINCT FROM b.selected_version_id OR (a.kind, a.item) = ('order', 'scenes'))
ORDER BY a.kind, a.item FOR UPDATE OF a
""")
_AT_FORK: Final = text("""
SELECT a.kind, a.item, v.content FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.id = a.forked_version_id
WHERE a.branch_id = :child AND a.kind || '/' || a.item = ANY(:paths)
""").bindparams(bindparam("paths", type_=ARRAY(Text())))
_CAME_OVER: Final = text("""
SELECT DISTINCT ON (a.kind, a.item) a.kind, a.item, p.content
FROM aiuteur.versions v JOIN aiuteur.artifacts a ON a.id = v.artifact_id
JOIN aiuteur.versions p ON p.id = v.parent_id
JOIN aiuteur.artifacts pa ON pa.id = p.artifact_id AND (pa.kind, pa.item) = (a.kind, a.item)
WHERE v.origin = 'merged' AND (a.branch_id = :ours AND pa.branch_id = ANY(:their_line)
    OR a.branch_id = :theirs AND pa.branch_id = ANY(:our_line)) ORDER BY a.kind, a.item, v.created_at DESC
""")


_SCENES: Final = Key(ORDER, "scenes")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: the decision for every item, and the versions written."""

    taking: Taking
    made: tuple[Recorded, ...]


def differing(session: Session, ours: Lane, theirs: Lane) -> tuple[list[Pair], dict[Key, str]]:
    """Every item that two lanes of a project have selected differently, with both contents, and what people call all of them.

    Equal content is never read. Raises `NotFound`, and `InvalidInput` for lanes of two projects.
    """
    ids = _ids(session, ours, theirs)
    labels = labels_of(session, list(ids.values()))
    pairs = [_pair(row, labels) for row in session.execute(_DIFFERING, ids).mappings()]
    return pairs, {key: name_of(key, labels) for key in labels}


def merge(session: Session, lane: Lane, source: Lane, names: Sequence[str], *, theirs: bool = False, message: str = "") -> Merged:
    """Take items of another lane over, those named or all that can be had, as new versions of origin `merged`.

    Nothing is written for what is in conflict or kept by a pin or a lock: the decision names it. Raises `NotFound`,
    `InvalidInput` (two projects, the same lane, an unknown name), `Refused` (either lane is archived).
    """
    _open(session, lane, source)
    named = tuple(dict.fromkeys(_named(session, lane, source, name) for name in names)) if names else None
    ids = _ids(session, lane, source)
    session.execute(_HOLD, ids)
    labels = labels_of(session, list(ids.values()))
    rows = session.execute(_FULL, ids).mappings().all()
    pairs = [_pair(row, labels) for row in rows]
    bases = _bases(session, lane, source, [pair.key for pair in pairs])
    pairs = [replace(pair, base=bases.get(pair.key)) for pair in pairs]
    fields = {key: traced.fields for key, traced in digests(session, lane).items.items() if not traced.rejected}
    scenes = some(session, lane, ids["ours"], [_SCENES]).get(_SCENES)
    taking = decide(pairs, Wish(named, theirs), fields, scenes)
    taking.left = [replace(left, label=left.label or name_of(left.key, labels)) for left in taking.left]
    if not taking.takes and not taking.gone:
        return Merged(taking, ())
    drafts = _drafts(session, taking.takes, message)
    return Merged(taking, record(session, lane, Outcome(drafts, gone=[key for key, _ in taking.gone], event="merged")))


def _open(session: Session, lane: Lane, source: Lane) -> None:
    """Both lanes have to be open: what is put away is neither changed nor merged from."""
    if lane == source:
        message = f"{lane} cannot be merged into itself: name the branch to take from."
        raise InvalidInput(message)
    for row in (lane_row(session, lane), lane_row(session, source)):
        if row.archived_at is not None:
            raise archived(session, row.branch_id)


def _ids(session: Session, ours: Lane, theirs: Lane) -> dict[str, UUID]:
    rows = lane_row(session, ours), lane_row(session, theirs)
    if rows[0].project_id != rows[1].project_id:
        message = f"{ours} and {theirs} are of two projects and have no common past: compare branches of one project."
        raise InvalidInput(message)
    return {"ours": rows[0].branch_id, "theirs": rows[1].branch_id}


def _named(session: Session, lane: Lane, source: Lane, name: str) -> Key:
    """The item that a name means on the branch it comes from, or here where it is gone there."""
    try:
        return resolve(session, source, name)
    except NotFound as there:
        try:
            return resolve(session, lane, name)
        except NotFound:
            raise there from None


def _pair(row: RowMapping, labels: Mapping[Key, str]) -> Pair:
    key = Key(row["kind"], row["item"])
    return Pair(key, name_of(key, labels), None, _stand(row, "here"), _stand(row, "there"))


def _stand(row: RowMapping, side: str) -> Stand | None:
    if row[side] is None:
        return None
    told = {name: row[f"{side}_{name}"] for name in ("pinned", "locked", "held") if f"{side}_{name}" in row}
    basis: Mapping[str, str] = row.get(f"{side}_basis", {})
    return Stand(row[side], row[f"{side}_n"], row[f"{side}_digest"], row[f"{side}_document"], basis, **told)


def _bases(session: Session, lane: Lane, source: Lane, keys: Sequence[Key]) -> dict[Key, Document]:
    """What items were when two lanes parted; absent where they were not there."""
    ours, theirs = line(session, lane), line(session, source)
    common = next(branch for branch in ours if branch in theirs)
    children = [branches[branches.index(common) - 1] for branches in (ours, theirs) if branches[0] != common]
    child = session.execute(select(Branch.id).where(Branch.id.in_(children)).order_by(Branch.created_at).limit(1)).scalar_one()
    paths = [f"{key.artifact}/{key.item}" for key in keys]
    rows = [*session.execute(_AT_FORK, {"child": child, "paths": paths})]
    rows += session.execute(_CAME_OVER, {"ours": ours[0], "theirs": theirs[0], "our_line": ours, "their_line": theirs})
    return {Key(kind, item): cast("Document", content) for kind, item, content in rows}


def _drafts(session: Session, takes: Sequence[Take], message: str) -> list[Draft]:
    """The versions to write; one taken as it is also says how it was made."""
    whole = [take.parent_id for take in takes if take.how is How.THEIRS]
    rows = session.execute(select(Version).where(Version.id.in_([one for one in whole if one is not None]))).scalars()
    made = {row.id: row for row in rows}
    return [_draft(take, made.get(take.parent_id) if take.parent_id is not None else None, message) for take in takes]


def _draft(take: Take, source: Version | None, message: str) -> Draft:
    how: dict[str, Any] = {} if source is None else {
        "final_prompt": source.final_prompt, "template": source.template, "provider": source.provider, "model": source.model,
        "parameters": source.parameters,
    }
    guidance = message or (source.guidance if source is not None else None)
    noun = noun_of(take.key.artifact, take.document)
    return Draft(take.key, noun, take.basis, Origin.MERGED, guidance=guidance, pin=take.pin, parent_id=take.parent_id, **how)
