"""The slate: what a loop of takes needs to know and to write down beside the world it works in.

Belongs here: a project's standards, thresholds and rules, how its shots have fared, takes that a person refused, and
interrupts; each read once a run. Does not belong here: the loop (`aiuteur.stages.takes`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from aiuteur.craft.figures.attempts import Floats
from aiuteur.craft.stopping import learnt
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.film.dailies import RuleSuggestion, Thresholds
from aiuteur.film.rules import Rule, Standards
from aiuteur.lane import Lane
from aiuteur.registry import attempted, interrupts, media_rows
from aiuteur.registry import rules as kept
from aiuteur.registry.attempted import Parent
from aiuteur.registry.database import Registry
from aiuteur.registry.drafts import Outcome

T = TypeVar("T")
Record = Callable[[Outcome], Awaitable[None]]
"""Commits an outcome and lets the run see it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every take of a run: read in one transaction when the first asks for it."""

    standards: Standards
    thresholds: Thresholds
    rules: tuple[Rule, ...]
    beliefs: dict[str, Floats]


@dataclass(slots=True)
class Slate:
    """One run's slate for one lane; `record` commits what a loop made before it goes on."""

    registry: Registry
    lane: Lane
    record: Record
    _terms: "asyncio.Task[Terms] | None" = field(default=None, repr=False)

    async def terms(self) -> Terms:
        """What holds for every take of this run."""
        if self._terms is None:
            self._terms = asyncio.ensure_future(self._asked(self._read))
        return await self._terms

    async def refused(self, key: Key) -> frozenset[UUID]:
        """The generations whose takes of an item a person rejected."""
        return await self._asked(lambda session: attempted.refused(session, self.lane, key))

    async def parent(self, version: UUID) -> Parent:
        """A version that is to be refined: its content, and what it was made with; raises `NotFound`."""
        return await self._asked(lambda session: attempted.parent(session, version))

    async def measurements(self, sha256: str) -> Mapping[str, Json]:
        """What was measured of some media before."""
        return (await self._asked(lambda session: media_rows.measurements(session, [sha256]))).get(sha256, {})

    async def interrupt(self, kind: str, key: Key, reason: str, remedy: str, fingerprint: str) -> None:
        """Let an item wait for a person."""
        await self._asked(
            lambda session: interrupts.interrupt(
                session, self.lane, kind, reason, remedy, item=str(key), fingerprint=fingerprint,
            ),
        )

    async def suggest(self, suggestion: RuleSuggestion, key: Key) -> None:
        """Keep a judge's suggestion of a rule for a person to accept, or let it in where the project agreed to that."""
        await self._asked(lambda session: kept.suggest(session, self.lane, suggestion, str(key)))

    def _read(self, session: Session) -> Terms:
        tried = attempted.tried(session, self.lane)
        return Terms(
            kept.standards(session, self.lane), kept.thresholds(session, self.lane),
            tuple(kept.rules(session, self.lane, counting=True)),
            {artifact: learnt(tried.get(artifact, ())) for artifact in ("frames", "clips")},
        )

    async def _asked(self, what: Callable[[Session], T]) -> T:
        return await asyncio.to_thread(self._in_transaction, what)

    def _in_transaction(self, what: Callable[[Session], T]) -> T:
        with self.registry.transaction() as session:
            return what(session)
