"""Measuring a take: by the workroom, once for the same bytes held against the same.

Belongs here: when a take is measured, and what is kept of it with its bytes. Does not belong here: measuring itself
(`aiuteur.media.gates`), or what follows from it (`aiuteur.stages.reviewing`).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from pydantic import TypeAdapter

from aiuteur.craft.world import Key
from aiuteur.digest import Json, digest
from aiuteur.film.dailies import Gate, Verdict
from aiuteur.stages.work import Bench

if TYPE_CHECKING:  # measuring loads OpenCV, which a stage that rests does not need
    from aiuteur.media.gates import Watched

DAILIES: Final = "dailies"
GATES: Final = "gates"
GROUPS: Final = "groups"
_GATES: Final = TypeAdapter(tuple[Gate, ...])


@dataclass(frozen=True, slots=True)
class Measured:
    """A take's gates, and what is to be written down with its bytes: nothing where it is there already."""

    gates: tuple[Gate, ...]
    kept: Mapping[str, Json] = field(default_factory=dict[str, Json])


async def measured(
    anchor: str, take: str, bench: Bench, against: Mapping[str, Json], measure: "Callable[[], Watched]",
) -> Measured:
    """Measure the take of this digest, unless its last review measured the same bytes `against` the same.

    `measure` is done where pictures are drawn: in a process of the workroom, or a thread.
    """
    from aiuteur.media.gates import MEASURED

    mark = digest([MEASURED, dict(against)])
    known = await _known(anchor, take, bench)
    if known.get("mark") == mark:
        return Measured(_GATES.validate_python(known["found"]))
    watched = await asyncio.get_running_loop().run_in_executor(bench.crew.pool, measure)
    found: list[Json] = [gate.document() for gate in watched.gates]
    groups: dict[str, Json] = {one: list(counts) for one, counts in watched.groups.items()}
    return Measured(watched.gates, {GATES: {"mark": mark, "found": found}, **({GROUPS: groups} if groups else {})})


async def _known(anchor: str, take: str, bench: Bench) -> Mapping[str, Json]:
    """The gates that are kept with a take's bytes; nothing is looked for where the last review was of other bytes."""
    before = bench.world.items.get(Key(DAILIES, anchor))
    if bench.slate is None or before is None or not isinstance(before.noun, Verdict) or before.noun.take != take:
        return {}
    return cast("Mapping[str, Json]", (await bench.slate.measurements(take)).get(GATES, {}))
