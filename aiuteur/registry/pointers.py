"""Pointers: what a person approves, promotes or rejects.

Belongs here: moving `best` and `selected` among versions that exist. Does not belong here: new versions (`versions`).
"""

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, Refused
from aiuteur.lane import Lane
from aiuteur.registry.history import VersionRow, history, newest_unrejected, version
from aiuteur.registry.lanes import LaneRow, lane_row, move_on, person, tell
from aiuteur.registry.tables import Artifact, Rejection


def approve(session: Session, lane: Lane, key: Key) -> VersionRow:
    """Pin the version that is selected now; raises `NotFound` and `Conflict` (nothing is selected)."""
    row = _locked(session, lane, key)
    found = next((one for one in history(session, lane, key) if one.selected), None)
    if found is None:
        message = f"{lane} {key} has nothing selected to approve: promote one of its versions, or make it again."
        raise Conflict(message)
    session.execute(update(Artifact).where(*_at(row, key)).values(best_version_id=found.id, pinned=True))
    _done(session, row, "approved", key, None)
    return found


def promote(session: Session, lane: Lane, key: Key, n: int) -> VersionRow:
    """Make one version the best: selected and pinned, its rejection withdrawn. Raises `NotFound`, `Refused` (locked)."""
    row = _locked(session, lane, key)
    found = version(session, lane, key, n)
    session.execute(delete(Rejection).where(Rejection.version_id == found.id))
    session.execute(
        update(Artifact).where(*_at(row, key)).values(
            best_version_id=found.id, selected_version_id=found.id, pinned=True, tombstoned_at=None,
        ),
    )
    _done(session, row, "promoted", key, n)
    return found


def reject(session: Session, lane: Lane, key: Key, n: int, reason: str = "") -> VersionRow | None:
    """Say no to one version; returns what is selected instead, None where nothing is left. Raises `NotFound`, `Refused` (locked).

    Where the version was the best, the newest unrejected one takes its place and the pin is gone.
    """
    row = _locked(session, lane, key)
    found = version(session, lane, key, n)
    said = {"version_id": found.id, "owner_id": row.owner_id, "by": person(session), "reason": reason}
    session.execute(insert(Rejection).values(said).on_conflict_do_nothing())
    follower = newest_unrejected(session, lane, key)
    if found.selected:
        session.execute(
            update(Artifact).where(*_at(row, key)).values(
                best_version_id=None, pinned=False, selected_version_id=follower.id if follower else None,
            ),
        )
    _done(session, row, "rejected", key, n)
    return follower


def _locked(session: Session, lane: Lane, key: Key) -> LaneRow:
    """The lane, with the item's row held until the transaction ends; raises `Refused` where a person locked it."""
    row = lane_row(session, lane)
    held = session.execute(select(Artifact.locked).where(*_at(row, key)).with_for_update()).scalar_one_or_none()
    if held:
        message = f"{lane} {key} is locked: unlock it first."
        raise Refused(message)
    return row


def _at(row: LaneRow, key: Key) -> tuple[ColumnElement[bool], ...]:
    return (Artifact.branch_id == row.branch_id, Artifact.kind == key.artifact, Artifact.item == key.item)


def _done(session: Session, row: LaneRow, what: str, key: Key, n: int | None) -> None:
    tell(session, row, what, {"item": str(key), "version": n})
    move_on(session, row)
