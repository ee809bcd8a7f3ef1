"""Stage 5: the bible, one entry for each character, location, prop and the style, and a key image of each."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiuteur.craft.keyimages import key_picture
from aiuteur.craft.world import ORDER, Key, Reading, World
from aiuteur.film.bible import ENTRY, Character, Entry, Location, Prop, Style
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.crew import Role
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Order
from aiuteur.registry.versions import Outcome
from aiuteur.stages.lists import Identified, identify, list_keys
from aiuteur.stages.treatment import BRIEF_FIELDS, STORY_FIELDS
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "bible"


def units(world: World) -> Sequence[Unit]:
    """One unit for the whole bible: who is in it is one decision."""
    return (Unit("", list_keys(world, name, name)),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Ask the writer for the entries and the illustrator for their key images, each bought by itself."""
    world, reading = bench.world, Reading(bench.world)
    narrative = reading.view(Narrative, Key("narrative"), *STORY_FIELDS)
    brief = reading.view(Brief, Key("brief"), *BRIEF_FIELDS)
    script = reading.view(Script, Key("script"), "title", "staging")
    payload = {
        "narrative": narrative.document(), "brief": brief.document(),
        "script": {"title": script.title, "scenes": [scene.document() for scene in script.staging]},
    }
    asked = await bench.crew.settle(await Asking(Role.WRITER, name, unit.keys[0], reading, payload).by(bench.crew))
    entries, identified = _entries(world, content(asked)["entries"])
    style = next((entry for entry in entries if isinstance(entry, Style)), None)
    painted = await asyncio.gather(*(_painted(entry, style, reading, bench) for entry in entries))
    drafts = [drafted(Key(ORDER, name), Order(ids=identified.ids), reading, world, asked)]
    drafts += [
        drafted(Key(name, entry.id), entry, reading, world, asked, label=f"{entry.kind} {entry.name}") for entry in painted
    ]
    return outcome(drafts, gone=identified.gone, counters=identified.counters)


def _entries(world: World, written: Sequence[dict[str, Any]]) -> tuple[list[Entry], Identified]:
    """The entries with their ids; a prop's owner, written as a name, becomes that character's id."""
    old = [
        (item, f"{found.noun.kind} {found.noun.name}") for item in world.order(name)
        if isinstance((found := world.items[Key(name, item)]).noun, Character | Location | Prop | Style)
    ]
    identified = identify(world, name, name, old, [f"{entry['kind']} {entry['name']}" for entry in written])
    ids = {str(entry["name"]): item for item, entry in zip(identified.ids, written, strict=True) if entry["kind"] == "character"}
    owned = [{**entry, "owner": ids.get(str(entry.get("owner")))} if entry["kind"] == "prop" else entry for entry in written]
    entries = [ENTRY.validate_python({**entry, "id": item}) for item, entry in zip(identified.ids, owned, strict=True)]
    return entries, identified


async def _painted(entry: Entry, style: Style | None, reading: Reading, bench: Bench) -> Entry:
    """An entry with its key image, whose purchase is committed at once so that a crash repaints nothing."""
    picture = key_picture(entry, style)
    asking = Asking(Role.ILLUSTRATOR, "key_image", Key(name, entry.id), reading, {"picture": picture.document()},
                    prompt=entry.description, seed=picture.seed)
    asked = await bench.crew.settle(await asking.by(bench.crew))
    return entry.model_copy(update={"key_image": asked.first("picture")})
