"""The poller: one for a process asks after every operation it waits for, and keeps the leases of all its calls.

Belongs here: when whom is asked after. Does not belong here: what an answer means (`coordinator`), or the providers' wire forms.

Nobody sleeps on an operation: whoever waits gets a future, and the poller's one task sleeps until the next is due. Heartbeats of
all calls go out in one statement.
"""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from aiuteur.errors import AiuteurError
from aiuteur.models.protocols import Ended, Pending, Reply, Submitting

BEAT: Final = 5.0
"""Seconds between two heartbeats: a quarter of a lease."""

Beat = Callable[[Sequence[UUID]], Awaitable[None]]
Heard = Pending | Reply | Ended


@dataclass(order=True, slots=True)
class _Due:
    at: float
    order: int
    maker: Submitting = field(compare=False)
    operation: str = field(compare=False)
    heard: "asyncio.Future[Heard]" = field(compare=False)


class Poller:
    """Asks after operations when they are due, several at once, and beats for the calls under way."""

    def __init__(self, beat: Beat) -> None:
        self._loop, self._beat, self._held = asyncio.get_running_loop(), beat, set[UUID]()
        self._due: list[_Due] = []
        self._order = itertools.count()
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._asking: set[asyncio.Task[None]] = set()

    def elsewhere(self) -> bool:
        """Whether this poller belongs to another event loop than the one that runs."""
        return self._loop is not asyncio.get_running_loop()

    def hold(self, generation_id: UUID) -> None:
        """Beat for a call from now on."""
        self._held.add(generation_id)
        self._start()

    def drop(self, generation_id: UUID) -> None:
        """Beat for it no more."""
        self._held.discard(generation_id)

    async def ask(self, maker: Submitting, operation: str, after: float) -> Heard:
        """Ask after an operation in so many seconds; raises what the maker raises."""
        loop = asyncio.get_running_loop()
        heard: asyncio.Future[Heard] = loop.create_future()
        heapq.heappush(self._due, _Due(loop.time() + after, next(self._order), maker, operation, heard))
        self._start()
        self._woken.set()
        return await heard

    async def close(self) -> None:
        """Stop asking and beating."""
        for task in (*self._tasks, *self._asking):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._asking, return_exceptions=True)
        self._tasks.clear()

    def _start(self) -> None:
        if not self._tasks:
            self._tasks = {asyncio.ensure_future(self._poll()), asyncio.ensure_future(self._live())}

    async def _poll(self) -> None:
        """Sleep until the next operation is due or a nearer one is added; ask without waiting for the answer."""
        loop = asyncio.get_running_loop()
        while True:
            self._woken.clear()
            now = loop.time()
            while self._due and self._due[0].at <= now:
                self._launch(heapq.heappop(self._due))
            wait = self._due[0].at - now if self._due else None
            try:
                await asyncio.wait_for(self._woken.wait(), wait)
            except TimeoutError:
                continue

    def _launch(self, due: _Due) -> None:
        if due.heard.done():
            return  # whoever waited has gone
        task = asyncio.ensure_future(_answer(due))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _live(self) -> None:
        """Beat for all calls; where the registry is away for longer than it is waited for, the next beat tries again."""
        while True:
            await asyncio.sleep(BEAT)
            if self._held:
                try:
                    await self._beat(sorted(self._held))
                except AiuteurError:
                    continue


async def _answer(due: _Due) -> None:
    try:
        found = await due.maker.poll(due.operation)
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to who waits
        if not due.heard.done():
            due.heard.set_exception(error)
        return
    if not due.heard.done():
        due.heard.set_result(found)
