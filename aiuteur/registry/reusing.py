"""Reusing: what was bought before answers again, for one request or for many at once, and is counted.

Belongs here: finding completed answers, and booking that they served once more. Does not belong here: calls that have still to be
made, or wait for each other (`ledger`).
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.lane import Lane
from aiuteur.registry.calls import Reservation
from aiuteur.registry.lanes import LaneRow, lane_row, person
from aiuteur.registry.ledger_rows import lookup

_COUNT: Final = text("""
WITH again AS (SELECT id, count(*) AS times FROM unnest(CAST(:ids AS uuid[])) AS id GROUP BY id),
held AS (SELECT g.id, times FROM aiuteur.generations g JOIN again USING (id) ORDER BY g.id FOR UPDATE OF g),
counted AS (UPDATE aiuteur.generations g SET reused = g.reused + times FROM held WHERE g.id = held.id)
INSERT INTO aiuteur.events (owner_id, branch_id, kind, payload, by)
SELECT :owner, :branch, 'reused', jsonb_build_object('item', CAST(:item AS text), 'generation', id), CAST(:by AS uuid)
FROM unnest(CAST(:ids AS uuid[])) AS id
""")
"""Rows are locked in order: two lanes may use the same answers again at the same moment."""


def reuse(session: Session, lane: Lane, key: Key, chains: Sequence[Sequence[str]]) -> dict[str, Reservation]:
    """What of many requests for an item was answered before, by request key; in two statements, whatever their number.

    Each request is a chain of keys, of which the first that was answered is used, and counted. Raises `NotFound`.
    """
    found = lookup(session, [request_key for chain in chains for request_key in chain])
    answers = {request_key: one for request_key, one in found.items() if one.state == "completed"}
    used = [first for chain in chains if (first := next(filter(answers.__contains__, chain), None)) is not None]
    if used:
        count(session, lane_row(session, lane), key, [answers[request_key].generation_id for request_key in used])
    return {request_key: answers[request_key] for request_key in used}


def count(session: Session, row: LaneRow, key: Key, generation_ids: Sequence[UUID]) -> None:
    """Count answers as used again, once for each time that they are named, and tell of it."""
    session.execute(_COUNT, {
        "ids": list(generation_ids), "owner": row.owner_id, "branch": row.branch_id, "item": str(key), "by": person(session),
    })
