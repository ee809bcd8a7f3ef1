"""Stage 3: the turns of the selected treatment, each citing its passages of the narrative."""

from collections.abc import Sequence
from dataclasses import replace

from aiuteur.craft.world import ORDER, Key, Reading, World
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.crew import Role
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order
from aiuteur.film.story import Beat, Treatment
from aiuteur.registry.versions import Outcome
from aiuteur.stages.lists import Identified, as_they_were, identify, list_keys, listed, recalled
from aiuteur.stages.treatment import BRIEF_FIELDS, STORY_FIELDS, is_screenplay
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "beats"


def units(world: World) -> Sequence[Unit]:
    """One unit for the whole sheet, or none for a screenplay."""
    return () if is_screenplay(world) else (Unit("", list_keys(world, name, name)),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Ask the writer for the beats of the selected variant, and keep the identity of those that were only reworded."""
    world, reading = bench.world, Reading(bench.world)
    narrative = reading.view(Narrative, Key("narrative"), *STORY_FIELDS)
    brief = reading.view(Brief, Key("brief"), *BRIEF_FIELDS)
    treatment = reading.view(Treatment, Key("treatment"), "variants", "selected")
    payload = {
        "narrative": narrative.document(), "brief": brief.document(),
        "variant": treatment.variants[treatment.selected].document(),
    }
    old = listed(world, name, name, _words)
    previous = [{"id": item, "text": text} for item, text in old]
    asked = await Asking(Role.WRITER, name, unit.keys[0], reading, payload, previous=previous).by(bench.crew)
    written = content(asked)["beats"]
    old = old or recalled(world, name, name, _words)
    identified = identify(world, name, name, old, [str(beat["text"]) for beat in written], [beat.get("id") for beat in written])
    beats = [Beat.model_validate({**beat, "id": item}) for item, beat in zip(identified.ids, written, strict=True)]
    drafts = [drafted(Key(ORDER, name), Order(ids=identified.order), reading, world, asked)]
    drafts += [drafted(Key(name, beat.id), beat, reading, world, asked) for beat in beats]
    drafts += as_they_were(identified, reading, world)
    drafts = [replace(draft, label=_place(identified, draft.key)) for draft in drafts]
    return outcome(drafts, asked, gone=identified.gone, counters=identified.counters)


def _place(identified: Identified, key: Key) -> str | None:
    """A beat is called by its place."""
    return str(identified.order.index(key.item) + 1) if key.artifact == name else None


def _words(noun: Noun) -> str:
    """What a beat is recognised by when the sheet is rewritten."""
    return noun.text if isinstance(noun, Beat) else ""
