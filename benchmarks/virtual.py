"""A clock that runs as fast as nothing happens: an event loop whose sleeps take no time, for simulating hours of calls.

Belongs here: the clock. Does not belong here: what is simulated.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Patient(selectors.DefaultSelector):
    """Waits by moving the clock on."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Whatever is ready at once; the time that would have been waited is taken as past."""
        if timeout is not None and timeout > 0:
            self.now += timeout
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    """An event loop by that clock."""

    def __init__(self) -> None:
        self._patient = _Patient()
        super().__init__(self._patient)

    def time(self) -> float:
        """Seconds since it began."""
        return self._patient.now


def simulated(work: Coroutine[Any, Any, T]) -> tuple[T, float]:
    """Run something to its end; what it gave, and how many seconds it would have taken."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        found = runner.run(work)
        return found, runner.get_loop().time()
