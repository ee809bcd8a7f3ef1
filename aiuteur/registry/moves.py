"""Moves: what a draft does to its item, decided from the item's row and its selected version before anything is written.

Belongs here: whether a draft is a new version, whether it is selected or only proposed, what pins it. Does not belong here: any
statement (`versions` writes what is decided here), or which of several takes is best (`items`).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID, uuid4

from aiuteur.craft.naming import name_in
from aiuteur.digest import Json, digest
from aiuteur.errors import Refused
from aiuteur.registry.drafts import Draft, Recorded

TAKES: Final = frozenset({"frames", "clips"})
"""Artifacts whose versions are takes, of which the best-scored is shown."""


class Pointers(NamedTuple):
    """An item's row, locked until the transaction ends."""

    id: UUID
    kind: str
    item: str
    label: str | None
    head_n: int
    selected: UUID | None
    best: UUID | None
    pinned: bool
    locked: bool


class Current(NamedTuple):
    """A selected version, as far as a draft is compared with it."""

    id: UUID
    n: int
    digest: str
    basis: Mapping[str, object]


class Move(NamedTuple):
    """What a draft does to its item; `row` is the version to insert, None where nothing new is written.

    `rated`: which version is shown depends on scores, once this one is there.
    """

    draft: Draft
    done: Recorded
    pointers: Mapping[str, Json] | None
    row: Mapping[str, object] | None
    rated: bool = False


def move(draft: Draft, row: Pointers, known: Mapping[UUID, Current], people: Mapping[str, UUID | None]) -> Move:
    """What a draft does to its item; `people` are the owner and the author. Raises `Refused` for an edit of a locked item."""
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
    shows = made if selected else row.selected
    done = Recorded(draft.key, made, row.head_n + 1, mark, written=True, selected=selected, shows=shows)
    version_row = {**people, **_columns(draft, document), "id": made, "artifact_id": row.id, "n": done.n, "digest": mark}
    rated = selected and not draft.pin and (draft.key.artifact in TAKES or draft.score is not None)
    return Move(draft, done, _pointed(row, done, draft), version_row, rated)


def _unchanged(draft: Draft, row: Pointers, current: Current) -> Move:
    """The selected version says it already; a person's edit to what it is still pins it, and a number may have moved."""
    done = Recorded(draft.key, current.id, current.n, current.digest, written=False, selected=True, shows=current.id)
    label = None if row.pinned or row.locked else label_of(draft)
    if draft.pin and not (row.pinned and row.best == current.id):
        return Move(draft, done, {**_as_they_are(row), "best": str(current.id), "pinned": True, "label": label_of(draft)}, None)
    return Move(draft, done, {**_as_they_are(row), "label": label} if label not in {None, row.label} else None, None)


def _pointed(row: Pointers, done: Recorded, draft: Draft) -> dict[str, Json]:
    """An item's pointers after a new version: a proposal only moves the head, a take that is selected ends an unpinned best."""
    moved = {**_as_they_are(row), "n": done.n, "head": str(done.version_id)}
    if done.selected:
        best = str(done.version_id) if draft.pin else None
        moved |= {"selected": str(done.version_id), "best": best, "pinned": draft.pin, "label": label_of(draft)}
    return moved


def label_of(draft: Draft) -> str | None:
    """What people call the item from now on."""
    return name_in(draft.noun) or draft.label


def _as_they_are(row: Pointers) -> dict[str, Json]:
    return {
        "id": str(row.id), "n": row.head_n, "head": None, "selected": str(row.selected) if row.selected else None,
        "best": str(row.best) if row.best else None, "pinned": row.pinned, "label": None,
    }


def _columns(draft: Draft, document: Mapping[str, Json]) -> dict[str, object]:
    return {
        "origin": draft.origin.value, "parent_id": draft.parent_id, "schema_version": draft.noun.schema_version,
        "content": document, "fields": draft.noun.field_digests(), "basis": dict(draft.basis), "guidance": draft.guidance,
        "final_prompt": draft.final_prompt, "template": draft.template, "provider": draft.provider, "model": draft.model,
        "parameters": dict(draft.parameters), "cost_usd": draft.cost_usd, "generation_id": draft.generation_id,
        "score": draft.score,
    }
