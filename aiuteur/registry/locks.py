"""Locks: one live run a lane, held by a connection and so by a process.

Belongs here: who may work on a lane. Does not belong here: locks on items, which a person sets (`versions`, `pointers`).

The server lets go of the lock when the connection ends, so a killed process holds nothing; one whose server was restarted goes on
without it, and the ledger still sees to it that nothing is paid for twice. A process pool must not be started by
`fork` while a lock is held: the children would keep the connection open. (`spawn` and `forkserver` start clean.)
"""

from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import LiteralString

import psycopg

from aiuteur.errors import Conflict
from aiuteur.lane import Lane
from aiuteur.registry import ledger
from aiuteur.registry.database import Registry
from aiuteur.registry.lanes import LANE_LOCK, archived, lane_row

_TRY: LiteralString = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_WAIT: LiteralString = "SELECT true FROM pg_advisory_lock(hashtextextended(%s, 0))"


@contextmanager
def live_run(registry: Registry, lane: Lane, wait_seconds: float = 0.0) -> Generator[None]:
    """Be the one live run of a lane, and take up what a dead one left in the ledger.

    Raises `Conflict` when another run holds the lane longer than `wait_seconds`, `Refused` (it is archived) and `NotFound`.
    """
    with registry.transaction() as session:
        row = lane_row(session, lane)
        if row.archived_at is not None:
            raise archived(session, row.branch_id)
        branch = row.branch_id
    with closing(registry.dedicated()) as connection:
        if not _take(connection, f"{LANE_LOCK}{branch}", wait_seconds):
            message = f"Another run is making {lane}: wait for it to end, or stop it, and try again."
            raise Conflict(message)
        with registry.transaction() as session:
            ledger.recover(session, lane)
        yield


def _take(connection: "psycopg.Connection[tuple[object, ...]]", name: str, wait_seconds: float) -> bool:
    if wait_seconds <= 0:
        row = connection.execute(_TRY, [name]).fetchone()
        return row is not None and row[0] is True
    connection.execute("SELECT set_config('lock_timeout', %s, false)", [str(max(1, int(wait_seconds * 1000)))])
    try:
        connection.execute(_WAIT, [name])
    except psycopg.errors.LockNotAvailable:
        return False
    return True
