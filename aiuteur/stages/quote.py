"""Stage 11: the quote, the plan of what is missing or stale from here on and what making it will cost.

A gate and an ordering edge: it reads no content, so its basis is empty and it is drawn up anew whenever it is asked for.
"""

from collections.abc import Sequence

from aiuteur.craft.quoting import quote
from aiuteur.craft.world import Key, Reading, World
from aiuteur.errors import Refused
from aiuteur.film.crew import Role
from aiuteur.film.takes import Prompt
from aiuteur.registry.versions import Outcome
from aiuteur.stages import clips
from aiuteur.stages.needs import needs
from aiuteur.stages.work import Bench, Unit, drafted, outcome

name = "quote"


def units(world: World) -> Sequence[Unit]:
    """One unit, which never rests: a quote is only as good as the moment it was made."""
    del world
    return (Unit("", (Key(name),), always=True),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Price the clips that are missing or stale with the model that is cast."""
    world = bench.world
    wanted = {
        clip.anchor: reason for clip in clips.units(world) if (reason := needs(clip, world)) is not None
    }
    if not wanted and unit.keys[0] in world.items:
        return Outcome()  # nothing is to be priced: the last quote stands
    seconds = {
        item: found.noun.motion.seconds for item in wanted
        if (found := world.items.get(Key("prompts", item))) is not None and isinstance(found.noun, Prompt)
    }
    card = bench.crew.card(Role.CINEMATOGRAPHER)
    if card is None:
        message = f"Nobody is cast as cinematographer for {world.lane}, so nothing can be quoted."
        raise Refused(message)
    made = quote("clips", card.provider, card.name, wanted, seconds, 0.0 if card.replayable else None)
    return outcome([drafted(unit.keys[0], made, Reading(world), world)])
