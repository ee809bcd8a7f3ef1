"""Makers that answer from a script and remember what they were asked: real parts of the protocol, only their wit is missing."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aiuteur.digest import Json
from aiuteur.film.crew import ModelCard
from aiuteur.models.protocols import Made, Reply, Request


@dataclass
class Scripted:
    """Answers each request by a function of it, after `seconds`; `asked` holds every request, `at_once` the most at one time."""

    answer: Callable[[Request], Reply]
    card: ModelCard = field(default_factory=lambda: ModelCard("scripted", "test", "one", replayable=True, reads_words=False))
    seconds: float = 0.0
    asked: list[Request] = field(default_factory=list[Request])
    at_once: int = 0
    _now: int = 0

    async def make(self, request: Request) -> Reply:
        self.asked.append(request)
        self._now += 1
        self.at_once = max(self.at_once, self._now)
        try:
            await asyncio.sleep(self.seconds)
            return self.answer(request)
        finally:
            self._now -= 1


def saying(content: Mapping[str, Json]) -> Callable[[Request], Reply]:
    """The same structured answer to everything."""
    return lambda _: Reply(content=content, cost_usd=0.0)


def picturing(data: bytes = b"picture", role: str = "picture") -> Callable[[Request], Reply]:
    """The same bytes in answer to everything."""
    return lambda _: Reply(media=(Made(role, data, "image/png", width=64, height=64),), cost_usd=0.0)
