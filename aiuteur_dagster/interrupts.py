"""Ctrl-C and SIGTERM: one way out for both, which cancels work in progress in good order.

Belongs here: who handles the two signals while work is done. Does not belong here: what is cancelled (asyncio, the studio).
"""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible() -> Generator[None]:
    """Let both signals raise `KeyboardInterrupt` in the block, the way asyncio knows it and cancels its tasks by.

    Dagster's own handler raises an error that a task takes for the result of its work, so that the others would go on to the end.
    Outside the main thread nothing changes: signals are not handled there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler), signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    del number, frame
    signal.raise_signal(signal.SIGINT)
