"""Stage 2: three ways to tell the narrative, one of them selected. A screenplay needs none."""

from collections.abc import Sequence

from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.film.story import Treatment
from aiuteur.registry.versions import Outcome
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

STORY_FIELDS = ("title", "author", "text", "format", "language")
"""What a writer reads of the narrative."""

BRIEF_FIELDS = ("length_seconds", "project_type", "input_mode", "rating", "audience", "genres", "tone", "language")
"""What a writer reads of the brief: not how the film will look."""

name = "treatment"


def is_screenplay(world: World) -> bool:
    """Whether the narrative came as a screenplay, which enters at stage 4."""
    found = world.items.get(Key("narrative"))
    return found is not None and isinstance(found.noun, Narrative) and found.noun.format is not SourceFormat.PROSE


def units(world: World) -> Sequence[Unit]:
    """One unit, or none for a screenplay."""
    return () if is_screenplay(world) else (Unit("", (Key(name),)),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Ask the writer for the variants."""
    reading = Reading(bench.world)
    narrative = reading.view(Narrative, Key("narrative"), *STORY_FIELDS)
    brief = reading.view(Brief, Key("brief"), *BRIEF_FIELDS)
    payload = {"narrative": narrative.document(), "brief": brief.document()}
    asked = await Asking(Role.WRITER, name, unit.keys[0], reading, payload).by(bench.crew)
    return outcome([drafted(Key(name), Treatment.model_validate(content(asked)), reading, bench.world, asked)], asked)
