"""The workroom: the processes that draw, film, mix and measure, forked from a server that has loaded the makers once.

Belongs here: the pool and its manners. Does not belong here: what is done in it.
"""

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import forkserver, resource_tracker
from typing import Final

_EVERY: Final = 1.0
_PRELOAD: Final = tuple(f"aiuteur.models.animatic.{maker}" for maker in ("illustrator", "cinematographer", "judge", "sound"))


def workroom(processes: int) -> Executor:
    """A pool of so many processes; none is started before the first piece of work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOAD))
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


def open_up() -> None:
    """Have the makers loaded beside whatever is done until the first piece of work.

    Ctrl-C is for the master: the fork server ignores it, but not before it has loaded everything.
    """
    resource_tracker.ensure_running()  # it lets signals through again, and the fork server starts it where it does not run
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(master: int) -> None:
    """A worker leaves being stopped to its master, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_mourn, args=(master,), daemon=True).start()


def _mourn(master: int) -> None:
    """End this process once its master has: the fork server, its parent, would go on waiting for somebody to serve."""
    while True:
        time.sleep(_EVERY)
        try:
            os.kill(master, 0)
        except OSError:
            os._exit(1)
