"""Retrying: a change that outlives a server's restart.

Belongs here: how long a restart is waited for, and what is done when it is not known whether a commit arrived. Does not belong
here: any change.
"""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from aiuteur.errors import Conflict, Unavailable
from aiuteur.registry.database import Registry

T = TypeVar("T")

PATIENCE: Final = 60.0
"""Seconds that a server is waited for: an embedded one is back from a crash in one or two."""

_FIRST, _LONGEST = 0.05, 2.0


def steadily(
    registry: Registry, change: Callable[[Session], T], stands: Callable[[Session], T | None] | None = None,
    patience: float = PATIENCE,
) -> T:
    """Make a change in a transaction of its own, again where the server went away; raises what the change raises.

    A commit may have arrived although its answer was lost, and the change may then find itself in its own way (`Conflict`):
    `stands` looks whether it did, and gives what the change would have given, None where it did not.
    """
    until, pause, unsure = time.monotonic() + patience, _FIRST, False
    while True:
        try:
            with registry.transaction() as session:
                return change(session)
        except Unavailable:
            if time.monotonic() > until:
                raise
            unsure = True
        except Conflict:
            found = _looked(registry, stands) if unsure and stands is not None else None
            if found is None:
                raise
            return found
        time.sleep(pause)
        pause = min(_LONGEST, pause * 2)


def _looked(registry: Registry, stands: Callable[[Session], T | None]) -> T | None:
    with registry.transaction() as session:
        return stands(session)
