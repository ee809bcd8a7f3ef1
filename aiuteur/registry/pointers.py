"""Pointers: what people approve, promote, reject, pin, unpin, lock and star.

Belongs here: moving pointers among versions that exist, many items at a time. Does not belong here: new versions (`versions`),
the rule of selection (`items`), or telling of it, which whoever commanded it does (`handlers`).
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, NotFound
from aiuteur.film.transitions import check, standing
from aiuteur.registry.items import Held, choose, hold, numbered, point
from aiuteur.registry.lanes import LaneRow, person
from aiuteur.registry.tables import Artifact, Rejection, Star

Pointed: TypeAlias = Mapping[Key, UUID | None]
"""The version that each item shows after a move, None where it shows none."""


def held_for(session: Session, row: LaneRow, command: str, keys: Sequence[Key]) -> list[Held]:
    """The rows of items that a command may touch, held; raises `NotFound`, and `Refused` by the table of transitions."""
    found = hold(session, row, keys)
    begun = _begun(session, row) if any(key.artifact in {"narrative", "brief"} for key in keys) else False
    for key in keys:
        held = found.get(key)
        if held is None or (held.gone and command not in {"promote", "update_scene_asset"}):
            what = "any more" if held is not None else "on this branch"
            message = f"There is no {key} {what}: `aiuteur status` lists what there is."
            raise NotFound(message)
        now = standing(key.artifact, selected=held.selected is not None, pinned=held.pinned, locked=held.locked, begun=begun)
        check(command, called(held), now)
    return [found[key] for key in dict.fromkeys(keys)]


def called(held: Held) -> str:
    """An item in a sentence: `shot_list 7B`."""
    return f"{held.kind} {held.label or held.item}".strip()


def pin(session: Session, held: Sequence[Held]) -> Pointed:
    """Hold what is selected now."""
    return _move(session, [one.pointing(one.selected, pinned=True) for one in held])


def unpin(session: Session, held: Sequence[Held]) -> Pointed:
    """Let go of what is pinned: the rule of selection decides again."""
    return _move(session, _ruled(session, held))


def lock(session: Session, held: Sequence[Held], *, locked: bool) -> Pointed:
    """Lock items, or open them."""
    return _move(session, [one._replace(locked=locked) for one in held])


def select_none(session: Session, held: Sequence[Held]) -> Pointed:
    """Show nothing of these items until another version is made or promoted; no version is rejected for it."""
    return _move(session, [one.pointing(None, pinned=False) for one in held])


def put_forward(session: Session, held: Held, n: int) -> Pointed:
    """Select and pin one version, its rejection withdrawn; raises `NotFound`."""
    version_id = _numbered(session, held, n)
    session.execute(delete(Rejection).where(Rejection.version_id == version_id))
    return _move(session, [held.pointing(version_id, pinned=True)])


def turn_down(session: Session, row: LaneRow, held: Sequence[Held], n: int | None, reason: str) -> Pointed:
    """Reject one version of each item, the selected one where no number is given; the next best is shown where it was.

    Raises `NotFound` (no such version) and `Conflict` (nothing is selected).
    """
    versions = dict(zip((one.id for one in held), meant(session, held, n), strict=True))
    said = {"reason": reason, "owner_id": row.owner_id, "by": person(session)}
    rows = [{"version_id": versions[one.id], **said} for one in held]
    session.execute(insert(Rejection).on_conflict_do_nothing(), rows)
    hit = [one for one in held if versions[one.id] in {one.selected, one.best}]
    pointed = _move(session, _ruled(session, hit))
    return {one.key: pointed.get(one.key, one.selected) for one in held}


def star(session: Session, row: LaneRow, held: Sequence[Held], n: int | None, *, starred: bool) -> None:
    """Circle a version of each item, the selected one where no number is given, or take its star away."""
    versions = meant(session, held, n)
    if starred:
        rows = [{"version_id": version, "owner_id": row.owner_id, "by": person(session)} for version in versions]
        session.execute(insert(Star).on_conflict_do_nothing(), rows)
    else:
        session.execute(delete(Star).where(Star.version_id.in_(versions)))


def meant(session: Session, held: Sequence[Held], n: int | None) -> list[UUID]:
    """The version of each item that a person means: the one of that number, or what is selected.

    Raises `NotFound` (no such version) and `Conflict` (nothing is selected).
    """
    return [_meant(session, one, n) for one in held]


def _move(session: Session, moved: Sequence[Held]) -> Pointed:
    point(session, moved)
    return {one.key: one.selected for one in moved}


def _ruled(session: Session, held: Sequence[Held]) -> list[Held]:
    """The rows as the rule of selection has them where nothing is pinned."""
    chosen = choose(session, [one.id for one in held])
    return [one.pointing(chosen[one.id].version_id, pinned=False, scored=chosen[one.id].scored) for one in held]


def _meant(session: Session, held: Held, n: int | None) -> UUID:
    if n is not None:
        return _numbered(session, held, n)
    if held.selected is None:
        message = f"{called(held)} has nothing selected: name one of its versions."
        raise Conflict(message)
    return held.selected


def _numbered(session: Session, held: Held, n: int) -> UUID:
    version_id = numbered(session, held, n)
    if version_id is None:
        message = f"{called(held)} has no version {n}: it has 1 to {held.head_n}."
        raise NotFound(message)
    return version_id


def _begun(session: Session, row: LaneRow) -> bool:
    """Whether stage 2 exists on a branch; a screenplay enters at stage 4."""
    there = select(Artifact.id).where(
        Artifact.branch_id == row.branch_id, Artifact.kind.in_(("treatment", "script")),
        Artifact.selected_version_id.is_not(None),
    )
    return session.execute(there.limit(1)).scalar_one_or_none() is not None
