"""Stage 11: the quote, the plan of what is missing or stale from here on and what making it will cost.

A gate and an ordering edge: it reads no content, so its basis is empty and it is drawn up anew whenever it is asked for.
"""

from collections.abc import Sequence
from typing import Final

from aiuteur.craft.quoting import quote
from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.stages import GRAPH
from aiuteur.registry.versions import Outcome
from aiuteur.stages.asks import todays
from aiuteur.stages.plan import plan
from aiuteur.stages.work import Bench, Unit, drafted, outcome

name = "quote"
_NAMES: Final = [spec.name for spec in GRAPH]
AFTER: Final = frozenset(_NAMES[_NAMES.index(name) + 1:])
"""The stages that a quote prices."""


def units(world: World) -> Sequence[Unit]:
    """One unit, which never rests: a quote is only as good as the moment it was made."""
    del world
    return (Unit("", (Key(name),), always=True),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Price what is planned from here on with the models that are cast."""
    world = bench.world
    found = plan(world, bench.crew.card, todays(world))
    wanted = [item for item in (*found.items, *found.foreseen) if item.stage in AFTER and item.asks]
    if not wanted and unit.keys[0] in world.items:
        return Outcome()  # nothing is to be priced: the last quote stands
    made = quote(wanted, approved=bench.gate is not None and not bench.gate.closed)
    return outcome([drafted(unit.keys[0], made, Reading(world), world)])
