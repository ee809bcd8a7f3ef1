"""Calls asked for at once: none is left half asked where another fails, or where the run is ended.

Belongs here: waiting for all of them. Does not belong here: how many are under way at once (`aiuteur.models.routing`).
"""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def together(asked: Iterable[Awaitable[T]]) -> list[T]:
    """The answers in order, once all have come; raises the first failure when the others have come too: they may be paid for.

    `asyncio.gather` alone goes on at the first that fails or is ended; an event loop that closes then ends the others a second
    time, before they have let go of their calls.
    """
    found: list[T] = []
    for answer in await asyncio.gather(*asked, return_exceptions=True):
        if isinstance(answer, BaseException):
            raise answer
        found.append(answer)
    return found
