"""Takes: a frame or clip is made, measured, judged and made again until it is accepted, out of attempts or not worth another.

Belongs here: the loop. Does not belong here: making one take (`shooting`), its review (`reviewing`), takes asked for side by side
(`variants`).

Each take is committed with its verdict before the next is asked for, so that a run that dies loses none and buys none twice: the
ledger answers the attempts that were made, and the loop goes on after them. Where it stands is in what it wrote: the verdict of a
take that another is to follow says so (`again`), and `aiuteur.stages.needs` takes that for a reason to go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from aiuteur.craft import stopping
from aiuteur.craft.figures.attempts import chance_within
from aiuteur.craft.guidance import Guidance, bare, mending
from aiuteur.craft.review import accepted
from aiuteur.craft.world import Key
from aiuteur.errors import OverBudget
from aiuteur.film.dailies import Overall, Verdict
from aiuteur.film.remakes import Remake
from aiuteur.registry.calls import Attempt
from aiuteur.registry.drafts import Outcome
from aiuteur.stages.reviewing import NAME, SILENT
from aiuteur.stages.shooting import Refine, Shooting, Take, closing, guided, refined, shoot, written
from aiuteur.stages.slate import Slate, Terms
from aiuteur.stages.variants import variants
from aiuteur.stages.work import Bench, outcome

MOST: Final = 8
"""Attempts of one loop, whatever a project allows."""

SPENT: Final = "Change the prompt (guidance), accept the take as it is, skip the shot, or allow more attempts."
UNPAID: Final = "Raise the budget or approve the spending, or accept the take as it is."


async def takes(shooting: Shooting, bench: Bench) -> Outcome:
    """Make one item; returns what is left to be committed when the loop has ended.

    Raises what the crew raises where there is no take to fall back on; every take before that is committed.
    """
    if bench.slate is None:
        take = await shoot(shooting, bench, 1, Guidance())
        return outcome([take.draft], take.asked)
    terms, remake = await bench.slate.terms(), bench.world.remakes.get(shooting.key)
    try:
        if remake is not None and remake.variants > 1:
            return await variants(shooting, bench, bench.slate, terms, remake)
        attempts = await bench.crew.attempts(shooting.key, shooting.asking.task, shooting.reading.basis)
        known = {one.ordinal: one for one in attempts}
        return await _Loop(shooting, bench, bench.slate, terms, known, remake).run()
    except Exception:
        await bench.crew.settle_left(Key(NAME, shooting.anchor))
        raise


@dataclass(slots=True)
class _Loop:
    """One item's loop: what was attempted before it, and what it has made so far."""

    shooting: Shooting
    bench: Bench
    slate: Slate
    terms: Terms
    known: Mapping[int, Attempt]
    remake: Remake | None
    failed: int = 0
    spare: list[Take] = field(default_factory=list[Take])
    refused: frozenset[UUID] = frozenset()
    refine: Refine | None = None

    async def run(self) -> Outcome:
        """Take after take, each committed, until there is reason to stop; returns what closes the loop."""
        guidance = guided(self.shooting, self.bench.world, self.terms.rules)
        self.refused = await self.slate.refused(self.shooting.key)
        if self.remake is not None:
            guidance = replace(guidance, words=self.remake.guidance, corrections=bare(self.remake.corrections))
            self.refine = await refined(self.remake, self.bench, self.slate)
        ordinals = self._ordinals()
        for place, ordinal in enumerate(ordinals):
            if self._is_out(ordinal):
                self.failed += 1
                continue
            try:
                take = await self._shoot(ordinal, guidance)
            except OverBudget as error:
                if not self.failed:
                    raise
                return await self._closed("approval", str(error), UNPAID)
            if (closing := await self._judged(take, ordinal, left=len(ordinals) - place - 1)) is not None:
                return closing
            guidance = replace(guidance, corrections=mending(take.verdict))
        return await self._closed("attempts", self._spent(), SPENT)

    async def _judged(self, take: Take, ordinal: int, left: int) -> Outcome | None:
        """What a take leads to: what closes the loop, or nothing yet, the take being committed."""
        verdict = take.verdict
        await self._learn(verdict)
        if accepted(verdict):
            return self._outcome(take, again=False)
        if verdict.overall is Overall.UNKNOWN:
            why, kind = take.reviewed.silent or "Nothing could be said of it.", "approval" if take.reviewed.unpaid else "judge"
            await self._interrupt(kind, why, SILENT)
            return self._outcome(take, again=False)
        self.failed += 1
        if (before := self.known.get(ordinal)) is not None and before.recorded:
            self.spare.append(take)  # it is in the history; committed anew only where nothing better comes
        else:
            await self._record(take)
        belief = self.terms.beliefs.get(self.shooting.key.artifact, stopping.UNKNOWN)
        if left and chance_within(belief, self.failed, left) < self.terms.standards.stop_below:
            return await self._closed("forecast", stopping.said(belief, self.failed, left), SPENT)
        return None

    def _ordinals(self) -> range:
        """The attempts that may be made: from the first, so that the ledger answers those made before; asked anew, after them."""
        standards = self.terms.standards
        allowed = standards.frames if self.shooting.key.artifact == "frames" else standards.clips
        if self.remake is None:
            return range(1, min(MOST, allowed) + 1)
        made = [ordinal for ordinal, one in self.known.items() if one.recorded or one.spent]
        first = max(made, default=0) + 1
        return range(first, first + min(MOST, self.remake.attempts or allowed))

    def _is_out(self, ordinal: int) -> bool:
        """Whether an attempt is behind us: a person refused what came of it, or it was charged and gave nothing."""
        before = self.known.get(ordinal)
        return before is not None and (before.spent or before.generation_id in self.refused)

    async def _shoot(self, ordinal: int, guidance: Guidance) -> Take:
        model = self.remake.model if self.remake is not None else None
        return await shoot(self.shooting, self.bench, ordinal, guidance, refine=self.refine, model=model)

    def _outcome(self, take: Take, *, again: bool) -> Outcome:
        return written(self.shooting, self.bench.world, take, self.terms.thresholds, again=again)

    async def _record(self, take: Take) -> None:
        await self.slate.record(self._outcome(take, again=True))
        for key in (self.shooting.key, Key(NAME, self.shooting.anchor)):
            self.bench.crew.recorded(key)

    async def _learn(self, verdict: Verdict) -> None:
        if verdict.suggestion is not None:
            await self.slate.suggest(verdict.suggestion, self.shooting.key)

    async def _closed(self, kind: str, why: str, remedy: str) -> Outcome:
        """End without an accepted take: a person is asked, and the verdict that is shown expects no other take any more."""
        await self._interrupt(kind, f"Shot {self.shooting.label}: {why}", remedy)
        key, stands = Key(NAME, self.shooting.anchor), self.bench.world.items.get(self.shooting.key)
        if self.spare and (stands is None or dict(stands.basis) != self.shooting.reading.basis):
            return self._outcome(max(self.spare, key=lambda take: take.verdict.score or 0.0), again=False)
        shown = self.bench.world.items.get(key)
        if shown is None or not isinstance(shown.noun, Verdict) or not shown.noun.again:
            return Outcome()
        return Outcome(drafts=(closing(shown),))

    async def _interrupt(self, kind: str, why: str, remedy: str) -> None:
        await self.slate.interrupt(kind, self.shooting.key, why, remedy, self.shooting.gist)

    def _spent(self) -> str:
        return f"{self.failed} takes were made and none was accepted."
