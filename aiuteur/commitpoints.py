"""Commit points: the named places where a crash would matter, so that benchmarks and tests can crash there.

`AIUTEUR_CRASH_AT=name:ordinal` kills the process (SIGKILL) when it reaches that point for that time; unset, a point costs
one comparison.
"""

import os
import signal
import threading
from collections import Counter
from typing import Final

POINTS: Final = ("reserved", "made", "stored", "settled", "recorded", "joined", "delivered")
"""Every commit point, in the order a film of the built-in studio passes them."""

PAID: Final = ("intended", "reserved", "submitted", "booked submitted", "polled", "made", "stored", "settled")
"""Those of a paid call: `submitted` and `polled` of long ones, `made` of those that are answered at once."""

VARIABLE: Final = "AIUTEUR_CRASH_AT"
_name, _, _ordinal = os.environ.get(VARIABLE, "").partition(":")
_reached: Counter[str] = Counter()
_lock = threading.Lock()


def arm(name: str, ordinal: int = 1) -> None:
    """Die at a point, as the variable would have it, in a process that was started before it was known at which."""
    global _name, _ordinal
    _name, _ordinal = name, str(ordinal)


def reach(name: str) -> None:
    """Pass a commit point, or die at it where the environment says so."""
    if name != _name:
        return
    with _lock:
        _reached[name] += 1
        if _reached[name] == int(_ordinal or 1):
            os.kill(os.getpid(), signal.SIGKILL)
