"""The workroom: the processes that draw, film, mix and measure, forked from a server that has loaded the makers once.

Belongs here: the pool and its manners. Does not belong here: what is done in it.
"""

import ctypes
import multiprocessing
import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PRELOAD: Final = tuple(f"aiuteur.models.animatic.{maker}" for maker in ("illustrator", "cinematographer", "judge", "sound"))


def workroom(processes: int) -> Executor:
    """A pool of so many processes; none is started before the first piece of work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOAD))
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin)


def _begin() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prctl = getattr(ctypes.CDLL(None), "prctl", None) if os.name == "posix" else None
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
