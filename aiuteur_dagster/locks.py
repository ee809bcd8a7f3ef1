"""Locks between processes: who makes a lane in a terminal, who serves the UI. The kernel lets go of them when the holder dies.

Belongs here: taking and asking. Does not belong here: locks on rows (`aiuteur.registry`).
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aiuteur.errors import Conflict

UP: Final = "up"
SERVING: Final = "serving"


def lane_lock(lane: str) -> str:
    """The name of a lane's lock."""
    return f"lane-{lane}"


def _path(home: Path, name: str) -> Path:
    folder = home / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.lock"


@contextmanager
def held_by_me(home: Path, name: str, otherwise: str) -> Generator[int]:
    """Hold a lock for the block, as an open file descriptor; raises `Conflict` with the sentence where another process has it."""
    descriptor = os.open(_path(home, name), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(otherwise) from None
        yield descriptor
    finally:
        os.close(descriptor)


def held(home: Path, name: str) -> bool:
    """Whether some process holds a lock."""
    try:
        with held_by_me(home, name, ""):
            return False
    except Conflict:
        return True
