"""The gate: where a call stands, written out and with its line open, until its moment comes.

Belongs here: the waiting at the last moment, and by when a call that went is sure to have arrived. Does not belong here: which
moment it is (`aiuteur.registry.limits`, `pacing`), or what follows from being late (`purchase`, `till`).

Whoever waits first and builds afterwards is late by the building, the connecting, and whatever else the machine had to do.
"""

import asyncio
import math
import time
from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from aiuteur.models.pacing import Due

if TYPE_CHECKING:
    import httpx2

LATE: Final = 0.2
"""Seconds after its moment up to which a call may still go: whoever comes a window later must have heard of it by then."""

_QUICK: Final = 0.5
"""Seconds in which an answer says when a call arrived; a later one says how long the work took."""

_WAY: Final = 0.02
"""Seconds of an answer's time that the call may have been on its way."""

_FIRST: Final = 3

_LEAD: Final = 0.5
"""Seconds before its moment by which a call begins to open its line at the soonest, however long that took before."""


class Missed(Exception):
    """The moment has gone by, no other is to be had soon, and nothing was sent."""


@dataclass(slots=True)
class Answers:
    """How soon a model answers at the soonest, in seconds, nearly all of which it works: by so much its calls arrive before.

    The first answers, when everything is slow, do not say how soon that is. `opens` are the seconds that it took of late to
    write a call out and to open its line.
    """

    soonest: float = math.inf
    heard: int = 0
    opens: float = 0.0

    def opened(self, seconds: float) -> None:
        """A line was open so long after it was asked for; quicker ones are believed little by little."""
        self.opens = min(_LEAD, max(seconds, (self.opens + seconds) / 2))

    def arrived(self, left: float, heard: float) -> float | None:
        """By when a call that left and was answered had arrived; None where its answer does not tell."""
        took, self.heard = heard - left, self.heard + 1
        self.soonest = min(self.soonest, took)
        works = max(0.0, self.soonest - _WAY) if self.heard > _FIRST else 0.0
        return heard - works if took < _QUICK else None


@dataclass(slots=True)
class Gate:
    """One call's way out: when it is due, what is known of the model's answers, and who is told of an arrival.

    An arrival is told of where it was later than the call's place by more than `leeway` seconds. `anew` takes another place for
    who missed its moment, and waits for it with the line open.
    """

    due: Due
    answers: Answers
    leeway: float
    tell: Callable[[float], Coroutine[Any, Any, None]]
    anew: Callable[[], Coroutine[Any, Any, Due | None]] | None = None
    asked: float = field(default_factory=time.monotonic)
    left: float | None = None
    missed: bool = False
    telling: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    async def come(self) -> bool:
        """Wait for the moment; False where it has gone by."""
        await asyncio.sleep(max(0.0, self.due.goes - time.monotonic()))
        self.left = time.monotonic()
        self.missed = self.due.place is not None and self.left > self.due.goes + LATE
        if not self.missed:
            self._arrived(self.left)
        return not self.missed

    async def traced(self, event: str, info: Mapping[str, Any]) -> None:
        """What the client does, step by step; what opens a line through a proxy is a request too, and not the call."""
        step = event.partition(".")[2]
        if step == "send_request_headers.started" and self.left is None and info["request"].method != b"CONNECT":
            self.answers.opened(time.monotonic() - self.asked)
            await self._pass()
        elif step == "send_request_body.complete":
            self.left = time.monotonic()
            self._arrived(self.left)
        elif step == "receive_response_headers.complete" and self.left is not None:
            self._arrived(self.answers.arrived(self.left, time.monotonic()))

    async def _pass(self) -> None:
        """Wait for the moment, and for another where it has gone by; raises `Missed` where there is none soon."""
        while not await self.come():
            self.left = None
            due = await self.anew() if self.anew is not None else None
            if due is None:
                message = "The moment has gone by, and nothing was sent."
                raise Missed(message)
            self.due = due

    def _arrived(self, moment: float | None) -> None:
        if moment is not None and self.due.place is not None and moment - self.due.moment > self.leeway:
            self.leeway = moment - self.due.moment  # what is told once is told again only where it turns out later still
            self.telling.append(asyncio.create_task(self.tell(moment)))

    async def closed(self) -> None:
        """Wait until all is told; what cannot be told changes nothing for this call, whose own bookings say that it cannot."""
        await asyncio.gather(*self.telling, return_exceptions=True)


_STANDING: ContextVar[Gate | None] = ContextVar("standing", default=None)


@contextmanager
def standing(gate: Gate | None) -> Generator[None]:
    """Let the next request of this task stand at a gate."""
    token = _STANDING.set(gate)
    if gate is not None:
        gate.asked = time.monotonic()
    try:
        yield
    finally:
        _STANDING.reset(token)


async def stand(request: "httpx2.Request") -> None:
    """A client's hook: its request stands at the gate of whoever makes it, where there is one that was not passed yet."""
    gate = _STANDING.get()
    if gate is not None and gate.left is None:
        request.extensions["trace"] = gate.traced
