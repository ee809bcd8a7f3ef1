"""Turns: how many calls of a role run at once, and who is next: another take of what is begun before the first of what is not.

Belongs here: the order of waiting. Does not belong here: what is asked (`routing`), how often a provider may be asked (`limits`).

A shot's takes come one after the other, so that the film is as long in the making as its longest chain of them: whoever is
furthest along a chain goes first, and the others in the order they came.
"""

import asyncio
import heapq
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Turns:
    """So many turns at once."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._came = 0

    @asynccontextmanager
    async def turn(self, attempt: int = 1) -> AsyncGenerator[None]:
        """Hold a turn; the higher the attempt, the sooner it comes."""
        await self._taken(attempt)
        try:
            yield
        finally:
            self._given_back()

    async def _taken(self, attempt: int) -> None:
        if self._free > 0:
            self._free -= 1
            return
        self._came += 1
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (-attempt, self._came, mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # it came at the moment it was no longer wanted
                self._given_back()
            raise

    def _given_back(self) -> None:
        while self._waiting:
            *_, first = heapq.heappop(self._waiting)
            if not first.done():
                first.set_result(None)
                return
        self._free += 1
