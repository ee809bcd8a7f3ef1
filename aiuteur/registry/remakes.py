"""Remakes: asks to make items again, open until as many takes are recorded as were wanted.

Belongs here: opening and closing them. Does not belong here: answering one, which is part of recording a version (`versions`).
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, insert, select, text, tuple_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict
from aiuteur.registry.lanes import LaneRow, person
from aiuteur.registry.tables import Remake

_CLOSE: Final = text("""
UPDATE aiuteur.remakes m SET closed_at = now() FROM jsonb_to_recordset(:rows) AS r(kind text, item text)
WHERE m.branch_id = :branch AND m.closed_at IS NULL AND m.kind = r.kind AND m.item = r.item RETURNING m.id
""").bindparams(bindparam("rows", type_=JSONB))


def ask(
    session: Session, row: LaneRow, keys: Sequence[Key], *, force: bool = False, parents: Mapping[Key, UUID] | None = None,
    variants: int = 1, model: str | None = None, guidance: str | None = None, corrections: Sequence[str] = (),
    rules: Sequence[str] = (), attempts: int | None = None,
) -> int:
    """Ask for items to be made again; returns for how many.

    `parents` are the versions to refine, `attempts` is how often one take may be tried, None as ever.

    Raises `Conflict` where an ask for one of them is open, unless `force` puts this one in its place.
    """
    if force:
        close(session, row, keys)
    elif (waiting := _open(session, row, keys)):
        said = ", ".join(str(key) for key in waiting)
        message = f"Already asked for and not made yet: {said}. Run the lane, or ask with force to put this in its place."
        raise Conflict(message)
    more = {"variants": variants, "model": model, "guidance": guidance, "corrections": list(corrections), "rules": list(rules),
            "attempts": attempts}
    rows = [{
        "owner_id": row.owner_id, "branch_id": row.branch_id, "kind": key.artifact, "item": key.item, "by": person(session),
        "parent_version_id": (parents or {}).get(key), **more,
    } for key in keys]
    if rows:
        session.execute(insert(Remake), rows)
    return len(rows)


def close(session: Session, row: LaneRow, keys: Sequence[Key]) -> int:
    """Close what is asked of items without an answer; returns how many asks were open."""
    asked = [{"kind": key.artifact, "item": key.item} for key in keys]
    return len(session.execute(_CLOSE, {"branch": row.branch_id, "rows": asked}).all()) if asked else 0


def _open(session: Session, row: LaneRow, keys: Sequence[Key]) -> list[Key]:
    asked = select(Remake.kind, Remake.item).where(
        Remake.branch_id == row.branch_id, Remake.closed_at.is_(None),
        tuple_(Remake.kind, Remake.item).in_([(key.artifact, key.item) for key in keys]),
    )
    return [Key(kind, item) for kind, item in session.execute(asked)]
