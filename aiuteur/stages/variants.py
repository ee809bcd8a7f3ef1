"""Variants: several takes of one item side by side, to choose from; measured first, and only the sound ones judged.

Belongs here: an ask for N takes. Does not belong here: takes one after the other (`takes`).

All are recorded as proposals beside what is selected: a person picks the favourite (`promote`) and may refine from it. Where
nothing is selected yet, or what is was made from something that has moved and nobody holds it, the best of them is: another take
would be made at once otherwise. Picking the best flatters it, so that the winner is judged afresh and keeps that score.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from aiuteur.craft.guidance import bare
from aiuteur.craft.review import unsound
from aiuteur.craft.world import Key, World
from aiuteur.film.remakes import Remake
from aiuteur.registry.calls import Attempt
from aiuteur.registry.drafts import Outcome
from aiuteur.stages.reviewing import NAME
from aiuteur.stages.shooting import Shooting, Take, guided, ranked, refined, reviewed, shoot, written
from aiuteur.stages.slate import Slate, Terms
from aiuteur.stages.work import Bench

_AFRESH: Final = 3
"""The judge's attempt at a winner: beyond the two that a first review may take."""


async def variants(shooting: Shooting, bench: Bench, slate: Slate, terms: Terms, remake: Remake) -> Outcome:
    """Make what is left of the takes asked for, and commit them one by one; returns what is left to commit, the winner.

    Raises the first failure after the others are committed: the ask stays open for what is missing.
    """
    rules = guided(shooting, bench.world, terms.rules)
    guidance = replace(rules, words=remake.guidance, corrections=bare(remake.corrections))
    refine = await refined(remake, bench, slate)
    known = await bench.crew.attempts(shooting.key, shooting.asking.task, shooting.reading.basis)
    made = await asyncio.gather(
        *(shoot(shooting, bench, ordinal, guidance, refine=refine, model=remake.model) for ordinal in fresh(known, remake.left)),
        return_exceptions=True,
    )
    takes = [one for one in made if isinstance(one, Take)]
    failures = [one for one in made if isinstance(one, BaseException)]
    if not takes:
        raise failures[0]
    least, beside = terms.thresholds.least(shooting.key.artifact), _stands(shooting, bench.world)
    winner = max(takes, key=lambda take: ranked(take.verdict, least) or 0.0)
    for take in takes:
        if take is not winner:
            await _record(shooting, bench, slate, terms, take, beside=beside)
    final = await _rejudged(shooting, bench, winner) if len(takes) > 1 else winner
    if failures:
        await _record(shooting, bench, slate, terms, final, beside=beside)
        raise failures[0]
    return written(shooting, bench.world, final, terms.thresholds, beside=beside)


def fresh(known: Sequence[Attempt], count: int) -> list[int]:
    """The ordinals of the next takes: first those that were asked for and of which nothing was written down, then new ones."""
    waiting = [one.ordinal for one in known if not (one.recorded or one.spent)]
    first = max((one.ordinal for one in known), default=0) + 1
    return [*waiting, *range(first, first + count)][:count]


async def _rejudged(shooting: Shooting, bench: Bench, winner: Take) -> Take:
    """The winner with a fresh review; the one it won by where the judge has none, or none was asked."""
    if winner.verdict.score is None or unsound(winner.verdict.gates):
        return winner
    again = await reviewed(shooting, bench, winner.draft, attempt=_AFRESH)
    if again.silent is not None:
        return winner
    return replace(winner, reviewed=replace(again, asked=(*winner.reviewed.asked, *again.asked)))


def _stands(shooting: Shooting, world: World) -> bool:
    """Whether what is selected stays so beside new takes: it is held, or made from what they are made from."""
    shown = world.items.get(shooting.key)
    return shown is not None and (shown.pinned or shown.locked or dict(shown.basis) == shooting.reading.basis)


async def _record(shooting: Shooting, bench: Bench, slate: Slate, terms: Terms, take: Take, *, beside: bool) -> None:
    await slate.record(written(shooting, bench.world, take, terms.thresholds, beside=beside))
    for key in (shooting.key, Key(NAME, shooting.anchor)):
        bench.crew.recorded(key)
