"""The one path that spends: a request's way through the casting and the ledger to a maker and back.

Belongs here: whom to ask, in which order, how many at once, and what is settled when. Does not belong here: what is asked
(`aiuteur.stages`), one maker's answer (`buying`), a paid call's steps (`purchase`, `coordinator`), any provider's wire format.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Final

from aiuteur.commitpoints import reach
from aiuteur.craft.figures.facts import Facts
from aiuteur.craft.world import Key
from aiuteur.digest import digest
from aiuteur.errors import InvalidInput, Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models.asked import Asked, Tally
from aiuteur.models.buying import Ask, Buyer
from aiuteur.models.casting import Cast
from aiuteur.models.keeping import malformed, put_to
from aiuteur.models.means import Fruitless
from aiuteur.models.policy import PATIENT, Policy, Trouble
from aiuteur.models.protocols import Maker, Malformed, Reply, Request
from aiuteur.models.together import together
from aiuteur.registry import ledger
from aiuteur.registry.calls import Attempt, Completion
from aiuteur.registry.database import Registry
from aiuteur.registry.figure_facts import facts
from aiuteur.registry.figure_sums import ended
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.retrying import steadily
from aiuteur.registry.sums import LaneSums, lane_sums

__all__ = ["Asked", "Crew", "Tally"]

_FALLS: Final = frozenset({Trouble.REFUSED, Trouble.LIMITED, Trouble.UNREACHED})
"""What the next in the casting's chain is asked after; whatever may have been charged is not among it."""


class Crew:
    """Everyone cast for a lane; asking goes through the ledger, and no more than `cast.calls` calls of a role run at once."""

    def __init__(
        self, registry: Registry, storage: Storage, cast: Cast, lane: Lane, *, worker: str, policy: Policy = PATIENT,
    ) -> None:
        self._registry, self._cast, self._lane = registry, cast, lane
        self._gates: dict[Role, asyncio.Semaphore] = {role: asyncio.Semaphore(cast.calls) for role in Role}
        self._answered: dict[Key, list[Completion]] = {}
        self._buyer = Buyer(registry, storage, lane, worker, policy, cast.settings)
        self.tally = self._buyer.tally

    @property
    def pool(self) -> Executor | None:
        """The processes that draw and measure; None where threads do."""
        return self._cast.pool

    def card(self, role: Role, key: Key | None = None, model: str | None = None) -> ModelCard | None:
        """The model cast for a role, on an item where one is named, or asked for by name; None where nobody is (no voice)."""
        return self._cast.card(role, key, model)

    async def ask(
        self, role: Role, request: Request, key: Key, basis: Mapping[str, str], attempt: int | None = 1, *,
        model: str | None = None, guidance: str | None = None,
    ) -> Asked:
        """Answer a request for an item: by the ledger where it was bought before, else by whoever is cast for the role.

        `attempt` None asks for the next authorised attempt at the item from this basis; a number resumes that one. `model`
        overrides the casting; `guidance` is kept with the call. The reservation is committed before the call, and the bytes are
        stored before this returns; a free answer's completion is committed by whoever records the item (or by `settle`).
        Raises what the maker raises, the failure booked, and `OverBudget`.
        """
        of = digest(dict(basis))
        ordinal = attempt or await self._buyer.till.next_attempt(key, request.task, of)
        asks = self._chain(role, request, key, of, ordinal, model, guidance)
        return await self._first_of(asks if len(asks) == 1 else (await self._known(key, [asks]))[0])

    async def ask_each(self, role: Role, requests: Sequence[Request], key: Key, basis: Mapping[str, str]) -> list[Asked]:
        """Answer many requests for one item at once, each bought and settled by itself; raises as `ask` does.

        What was bought before is looked up for all of them together.
        """
        of = digest(dict(basis))

        async def settled(asks: Sequence[Ask]) -> Asked:
            return await self.settle(await self._first_of(asks))

        chains = [self._chain(role, request, key, of) for request in requests]
        return await together(map(settled, await self._known(key, chains)))

    async def attempts(self, key: Key, task: str, basis: Mapping[str, str]) -> list[Attempt]:
        """The authorised attempts at an item from one basis, in order: how each stands, and whether a version was made of it."""
        of = digest(dict(basis))
        return await asyncio.to_thread(
            steadily, self._registry, lambda session: ledger.attempts(session, self._lane, key, task, of),
        )

    async def settle(self, asked: Asked) -> Asked:
        """Commit a completion by itself, for a purchase that is complete before any item made of it is; returns it settled."""
        if asked.completion is None:
            return asked
        await self._buyer.till.settle(asked.completion)
        reach("settled")
        self._answered = {key: [one for one in open_ if one is not asked.completion] for key, open_ in self._answered.items()}
        return replace(asked, completion=None)

    async def settle_left(self, key: Key) -> None:
        """Commit the answers for an item that could not be made of them: they were given, and are not asked for again."""
        for completion in self._answered.pop(key, []):
            await self._buyer.till.settle(completion)

    def recorded(self, key: Key) -> None:
        """Forget the answers for an item: they were committed with it."""
        self._answered.pop(key, None)

    def sums(self) -> LaneSums:
        """What the lane has cost until now."""
        with self._registry.transaction() as session:
            return lane_sums(session, self._lane)

    def facts(self, left: Mapping[str, float], moved: Collection[str] = ()) -> Facts:
        """What the figures of the lane's project are made of; `left` is the seconds of each shot still to come.

        Takes of those that have `moved` since were takes of something else.
        """
        with self._registry.transaction() as session:
            return facts(session, self._lane, left, self._cast.calls, moved=moved)

    def ended(self) -> frozenset[str]:
        """The shots of the lane that their selected clip completes, by its verdict or by a person's word."""
        with self._registry.transaction() as session:
            return ended(session, lane_row(session, self._lane))

    async def close(self) -> None:
        """Stop asking after operations; those under way stay with their providers, for whoever comes next."""
        await self._buyer.close()

    def _chain(
        self, role: Role, request: Request, key: Key, basis: str, attempt: int = 1, model: str | None = None,
        guidance: str | None = None,
    ) -> list[Ask]:
        """A request to everyone who can answer it, in the order in which they are asked."""
        makers = self._cast.chain(role, key, model)
        return [Ask(maker, role, put, key, basis, attempt, guidance=guidance) for maker, put in _able(makers, request)]

    async def _known(self, key: Key, chains: Sequence[Sequence[Ask]]) -> list[Sequence[Ask]]:
        """Each whole chain; or, where somebody in it has answered this before, that one alone, with the answer."""
        if not chains:
            return []
        keys = [[ask.request_key for ask in asks] for asks in chains]
        found = await self._buyer.till.reuse(key, keys)
        answered = (
            [replace(ask, known=found[one]) for ask, one in zip(asks, own, strict=True) if one in found]
            for asks, own in zip(chains, keys, strict=True)
        )
        return [known[:1] or asks for known, asks in zip(answered, chains, strict=True)]

    async def _first_of(self, asks: Sequence[Ask]) -> Asked:
        """Ask one after the other, as long as the one before could surely not be had; the reason is kept with the next."""
        fallback: str | None = None
        for at, ask in enumerate(asks):
            spare = at + 1 < len(asks)
            try:
                return await self._asked(replace(ask, spare=spare, fallback=fallback))
            except Fruitless as vain:
                if not spare or vain.why not in _FALLS:
                    raise vain.error from None
                fallback = f"{ask.who}: {vain.error}"
        message = "A chain of models has at least one link."
        raise ValueError(message)

    async def _asked(self, ask: Ask) -> Asked:
        """One maker's answer; words that are not what was asked for are shown to it once, with what is wrong with them."""
        async with self._gates[ask.role]:
            asked = await self._buyer.answer(ask)
        wrong = malformed(asked.content)
        if wrong is not None and ask.request.repair is not None:
            message = f"{ask.who} answered twice with something else than was asked: {wrong.because}"
            raise Malformed(message, wrong.answer, Reply())
        if wrong is not None:
            return await self._asked(replace(ask, request=replace(ask.request, repair=wrong), known=None))
        if asked.completion is not None:
            self._answered.setdefault(ask.key, []).append(asked.completion)
        return asked


def _able(makers: Sequence[Maker], request: Request) -> list[tuple[Maker, Request]]:
    """Who can answer a request at all, with the request as it is put to them; raises what the last says where nobody can."""
    found: list[tuple[Maker, Request]] = []
    for maker in makers:
        try:
            found.append((maker, put_to(maker, request)))
        except (Refused, InvalidInput):
            if maker is makers[-1] and not found:
                raise
    return found
