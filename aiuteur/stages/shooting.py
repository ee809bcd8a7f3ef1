"""Shooting: one take, asked for, measured and judged, and what is written down of it.

Belongs here: a single take. Does not belong here: whether another follows (`takes`), or several side by side (`variants`).
"""

from collections import ChainMap
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from aiuteur.craft.guidance import Guidance, leanings, seed
from aiuteur.craft.review import accepted
from aiuteur.craft.rules import applying, drawn
from aiuteur.craft.world import Key, Reading, Selected, World
from aiuteur.digest import Json, digest
from aiuteur.film.dailies import Overall, Thresholds, Verdict
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.remakes import Remake
from aiuteur.film.rules import Rule
from aiuteur.film.takes import Prompt
from aiuteur.models.protocols import Reference
from aiuteur.models.routing import Asked
from aiuteur.registry.drafts import Draft, Outcome
from aiuteur.stages.reviewing import NAME, Reviewed, review
from aiuteur.stages.slate import Slate
from aiuteur.stages.work import Asking, Bench, drafted, outcome

NOBODY: Final = UUID(int=0)
"""Seen by nobody: a draft made in view of it is recorded beside what is selected."""

_HAIR: Final = 0.001
_UNSEEN: Final = Reviewed(Verdict(take="", judge="", gates=(), overall=Overall.UNKNOWN), Draft(Key(NAME), Noun(), {}))
"""Before a take is looked at."""


@dataclass(frozen=True, slots=True)
class Shooting:
    """What an item's takes are asked for with.

    `asking` is the first of them, `noun` makes the content of an answer, `anchor` is the item in dailies.
    """

    shot: str
    anchor: str
    label: str
    asking: Asking
    noun: Callable[[Asked], Noun]

    @property
    def key(self) -> Key:
        """The item."""
        return self.asking.key

    @property
    def reading(self) -> Reading:
        """What its takes are made from."""
        return self.asking.reading

    @property
    def gist(self) -> str:
        """What these are takes of: the digest of their basis, by which interrupts are told apart."""
        return digest(dict(self.reading.basis))


@dataclass(frozen=True, slots=True)
class Refine:
    """A take to start from: the version, its picture, and the seed that composed it."""

    version: UUID
    shown: Reference
    composition: int | None


@dataclass(frozen=True, slots=True)
class Take:
    """One take: its call, its draft, and its review."""

    asked: Asked
    draft: Draft
    reviewed: Reviewed

    @property
    def verdict(self) -> Verdict:
        """What dailies say of it."""
        return self.reviewed.verdict


async def refined(remake: Remake, bench: Bench, slate: Slate) -> Refine | None:
    """The take that a remake starts from, None where it starts anew; raises `NotFound`."""
    if remake.parent_version_id is None:
        return None
    found = await slate.parent(remake.parent_version_id)
    shown = found.content.get("picture") or found.content.get("video")
    role = "refine" if "picture" in found.content else "refine_clip"
    composed = found.parameters.get("composition", found.parameters.get("seed"))
    reference = await bench.fetch(MediaRef.model_validate(shown), role)
    return Refine(remake.parent_version_id, reference, composed if isinstance(composed, int) else None)


async def shoot(
    shooting: Shooting, bench: Bench, attempt: int, guidance: Guidance, *, refine: Refine | None = None, model: str | None = None
) -> Take:
    """Ask for one take under an attempt's ordinal, and have it reviewed; raises what the crew raises for the take itself."""
    take = await asked_for(shooting, bench, attempt, guidance, refine=refine, model=model)
    return replace(take, reviewed=await reviewed(shooting, bench, take.draft))


async def asked_for(
    shooting: Shooting, bench: Bench, attempt: int, guidance: Guidance, *, refine: Refine | None = None, model: str | None = None
) -> Take:
    """One take as it comes, not looked at yet."""
    asking = shooting.asking
    prompt, rolled = guidance.prompt(asking.prompt), seed(asking.seed, attempt)
    composition = refine.composition if refine is not None and refine.composition is not None else rolled
    asked = await replace(
        asking, attempt=attempt, prompt=prompt, seed=rolled, model=model, guidance=guidance.said(),
        parameters={**asking.parameters, **_plain(shooting, bench, guidance, composition if refine else None, model)},
        references=(*asking.references, *([refine.shown] if refine is not None else [])),
    ).by(bench.crew)
    draft = drafted(
        shooting.key, shooting.noun(asked), shooting.reading, bench.world, asked, label=shooting.label, final_prompt=prompt,
        guidance=guidance.said(), parent_id=refine.version if refine is not None else None,
        parameters={**guidance.parameters(attempt), "seed": rolled, "composition": composition},
    )
    return Take(asked, draft, _UNSEEN)


async def reviewed(shooting: Shooting, bench: Bench, draft: Draft, attempt: int = 1) -> Reviewed:
    """A take's review, as if it were selected already."""
    shown = Selected(shooting.key, NOBODY, 0, draft.noun, digest(draft.noun.document()), draft.noun.field_digests(), draft.basis)
    world = replace(bench.world, items=ChainMap({shooting.key: shown}, dict(bench.world.items)))
    return await review(shooting.anchor, bench, world, attempt)


def written(
    shooting: Shooting, world: World, take: Take, bounds: Thresholds, *, again: bool = False, beside: bool = False
) -> Outcome:
    """What is committed of a take at once: it and its verdict, with their calls; `beside` what is selected, as a proposal."""
    key, least = Key(NAME, shooting.anchor), bounds.least(shooting.key.artifact)
    score = ranked(take.verdict, least)
    beside = beside and shooting.key in world.items
    shows = not beside and _shows(world.items.get(shooting.key), shooting.reading, score)
    draft = replace(take.draft, score=score, **({"seen": NOBODY} if beside else {"seen": _seen(world, shooting.key)}))
    verdict = replace(
        take.reviewed.draft, noun=take.verdict.model_copy(update={"again": again}),
        seen=_seen(world, key) if shows or key not in world.items else NOBODY,
    )
    measured = {take.verdict.take: take.reviewed.measured} if take.reviewed.measured else {}
    return replace(outcome([draft, verdict], take.asked, *take.reviewed.asked), measured=measured)


def closing(shown: Selected) -> Draft:
    """The verdict that is shown, once it expects no other take any more."""
    noun = shown.noun.model_copy(update={"again": False})
    return Draft(key=shown.key, noun=noun, basis=dict(shown.basis), seen=shown.version_id)


def ranked(verdict: Verdict, least: float) -> float | None:
    """The score a take is ranked by: one that is not accepted stays below every one that is, whatever its sum."""
    if verdict.score is None or accepted(verdict):
        return verdict.score
    return min(verdict.score, max(0.0, least - _HAIR))


def guided(shooting: Shooting, world: World, rules: Collection[Rule]) -> Guidance:
    """The rules that an item's takes are made under, and what was drawn of those on trial."""
    prompt = world.items.get(Key("prompts", shooting.shot))
    figures = prompt.noun.picture.figures if prompt is not None and isinstance(prompt.noun, Prompt) else ()
    of = shooting.shot, shooting.asking.task, {figure.name for figure in figures}
    return Guidance(rules=applying(rules, *of), trials=drawn(rules, *of))


def _plain(
    shooting: Shooting, bench: Bench, guidance: Guidance, composition: int | None, model: str | None
) -> dict[str, Json]:
    """What a maker who reads no words is told beside the brief: which way to lean it, and what composed the take to refine."""
    card = bench.crew.card(shooting.asking.role, shooting.key, model)
    if card is None or card.reads_words:
        return {}
    leaning = leanings(guidance.words, *(one.text for one in guidance.corrections))
    told: dict[str, Json] = {**leaning}
    return told if composition is None else {**told, "composition": composition}


def _shows(selected: Selected | None, reading: Reading, score: float | None) -> bool:
    """Whether a take of this score will be shown, by the registry's rule of selection."""
    if selected is None or (not (selected.pinned or selected.locked) and dict(selected.basis) != reading.basis):
        return True
    if selected.pinned or selected.locked:
        return False
    return selected.score is None or (score is not None and score >= selected.score)


def _seen(world: World, key: Key) -> UUID | None:
    return world.items[key].version_id if key in world.items else None
