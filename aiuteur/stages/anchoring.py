"""Anchoring: a fixed set of a project's takes is judged again, so that a judge who drifts is told from work that gets better.

Belongs here: choosing the set, and asking about it. Does not belong here: what the readings say (`craft.anchors`), or when
it is done (`aiuteur_dagster.jobs.anchors`).

An anchor keeps all that its judge was shown: what was asked of the take, what was measured, the take and its references. Only the
rubric's words are today's, and readings under other words are not compared. A project says how many it wants (none, unless it
does), since a judge may cost money; what is asked goes through the ledger and the budgets like everything.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import TypeAdapter, ValidationError

from aiuteur.craft.world import Blocked, Key, Reading, World
from aiuteur.digest import Json
from aiuteur.errors import AiuteurError
from aiuteur.film.dailies import Gate, Thresholds, Verdict
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Clip
from aiuteur.models.protocols import Reference
from aiuteur.models.together import together
from aiuteur.registry import anchors as kept
from aiuteur.registry.anchors import Anchor
from aiuteur.registry.database import Registry
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.rules import standards
from aiuteur.stages.reviewing import CLIP, NAME, Case, case_of, judged
from aiuteur.stages.shot_list import all_shots
from aiuteur.stages.work import Bench

_GATES: Final = TypeAdapter(tuple[Gate, ...])


@dataclass(frozen=True, slots=True)
class Anchored:
    """How many anchors a lane has, how many of them were read just now, and why others were not, in sentences."""

    anchors: int = 0
    read: int = 0
    silent: tuple[str, ...] = ()


async def read_anchors(bench: Bench, registry: Registry) -> Anchored:
    """Have every anchor of a lane's project judged once more, choosing some where there are fewer than it wants."""
    wanted, found = await asyncio.to_thread(_known, bench.world, registry)
    if not wanted:
        return Anchored()
    if bench.gate is not None and bench.gate.closed:  # whoever judges anchors is paid, and another reading can wait
        return Anchored(silent=(bench.gate.sentence,))
    missing = wanted - len(found)
    if missing > 0:
        taken = {anchor.media for anchor in found}
        for item in _candidates(bench.world, taken, missing):
            await _choose(item, bench, registry)
        _, found = await asyncio.to_thread(_known, bench.world, registry)
    said = await together(_read(anchor, bench, registry) for anchor in found[:wanted])
    return Anchored(len(said), sum(why is None for why in said), tuple(dict.fromkeys(why for why in said if why is not None)))


def _known(world: World, registry: Registry) -> tuple[int, list[Anchor]]:
    with registry.transaction() as session:
        return standards(session, world.lane).anchors, kept.anchors(session, lane_row(session, world.lane))


def _candidates(world: World, taken: set[str], count: int) -> Sequence[str]:
    """Clips that a judge has scored, evenly over the film, whatever their score: a judge may drift at either end."""
    scored = [f"{shot}/{CLIP}" for shot in all_shots(world) if _scored(world, shot) not in {None, *taken}]
    return [scored[at * len(scored) // count] for at in range(count)] if len(scored) > count else scored


def _scored(world: World, shot: str) -> str | None:
    """The digest of the clip that a shot shows, where a judge has scored it."""
    clip, review = world.items.get(Key("clips", shot)), world.items.get(Key(NAME, f"{shot}/{CLIP}"))
    if clip is None or review is None or not isinstance(clip.noun, Clip) or not isinstance(review.noun, Verdict):
        return None
    scored = review.noun.judge and review.noun.score is not None and review.noun.take == clip.noun.video.sha256
    return clip.noun.video.sha256 if scored else None


async def _choose(item: str, bench: Bench, registry: Registry) -> None:
    reading = Reading(bench.world)
    try:
        case = await case_of(item, bench, reading, Thresholds())
    except Blocked:  # what it was made from is gone: another take makes a better anchor
        return

    def keep() -> None:
        with registry.transaction() as session:
            kept.keep(session, lane_row(session, bench.world.lane), item, case.take, _document(case, reading))

    await asyncio.to_thread(keep)


async def _read(anchor: Anchor, bench: Bench, registry: Registry) -> str | None:
    """Ask about one anchor, and write down what is said; why nothing was, None where something was."""
    reading = Reading(bench.world)
    reading.basis |= cast("dict[str, str]", anchor.asked["basis"])
    try:
        found, asked = await judged(anchor.item, bench, reading, await _case(anchor, bench), None)
        asked = await bench.crew.settle(asked)
    except (ValidationError, TypeError, AiuteurError) as error:
        return str(error).splitlines()[0]
    if found.score is None:
        return f"{found.judge} rated nothing."

    def write(score: float) -> None:
        with registry.transaction() as session:
            row = lane_row(session, bench.world.lane)
            kept.reading(session, row, anchor, asked.generation_id, found.judge, found.template, score)

    await asyncio.to_thread(write, found.score)
    return None


def _document(case: Case, reading: Reading) -> dict[str, Json]:
    shown: list[Json] = [
        {"role": one.role, "sha256": one.sha256, "mime": one.mime, "width": one.width, "height": one.height}
        for one in case.references
    ]
    return {
        "task": case.task, "payload": case.payload, "gates": [gate.document() for gate in case.gates], "references": shown,
        "basis": dict(reading.basis),
    }


async def _case(anchor: Anchor, bench: Bench) -> Case:
    asked = cast("dict[str, Any]", anchor.asked)
    shown = await asyncio.gather(*(_shown(one, bench) for one in asked["references"]))
    return Case(anchor.media, asked["task"], 0.0, _GATES.validate_python(asked["gates"]), asked["payload"], tuple(shown))


async def _shown(one: dict[str, Any], bench: Bench) -> Reference:
    ref = MediaRef(sha256=one["sha256"], mime=one["mime"], size=1, width=one["width"], height=one["height"])
    return await bench.fetch(ref, one["role"])
