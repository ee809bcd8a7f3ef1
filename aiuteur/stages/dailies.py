"""Dailies: the review of every selected take, by measured gates and the judge that is cast.

Takes are reviewed as they are made (`aiuteur.stages.takes`) and their verdicts recorded with them: this stage finds those
current. It reviews what was selected otherwise: a take a person promoted, one inherited from another branch, one made before
its judge changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from aiuteur.craft.world import Key, World
from aiuteur.registry.versions import Outcome
from aiuteur.stages import frames
from aiuteur.stages.reviewing import CLIP, NAME, SILENT, review
from aiuteur.stages.shot_list import all_shots
from aiuteur.stages.work import Bench, Unit, outcome

name: Final = NAME
_TASKS: Final = {CLIP: "review_clip"}


def units(world: World) -> Sequence[Unit]:
    """One unit for each frame take and each clip take."""
    items = [unit.anchor for unit in frames.units(world)] + [f"{shot}/{CLIP}" for shot in all_shots(world)]
    return tuple(Unit(item, (Key(name, item),)) for item in items)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Have one take reviewed; asked for again by name, its judge is asked afresh."""
    attempt = 1
    if unit.keys[0] in bench.world.remakes:
        known = bench.world.items.get(unit.keys[0])
        task = _TASKS.get(unit.anchor.rpartition("/")[2], "review_frame")
        asked = await bench.crew.attempts(unit.keys[0], task, known.basis) if known is not None else ()
        attempt += max((one.ordinal for one in asked), default=0)
    found = await review(unit.anchor, bench, bench.world, attempt)
    if found.silent is not None and bench.slate is not None:
        await bench.slate.interrupt("judge", unit.keys[0], found.silent, SILENT, found.verdict.take)
    measured = {found.verdict.take: found.measured} if found.measured else {}
    return replace(outcome([found.draft], *found.asked), measured=measured)
