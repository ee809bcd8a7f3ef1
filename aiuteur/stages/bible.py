"""Stage 5: the bible, one entry for each character, location, prop and the style, and a key image of each."""

from collections.abc import Sequence
from typing import Any

from aiuteur.craft.keyimages import key_picture, key_words
from aiuteur.craft.world import ORDER, Key, Reading, World
from aiuteur.film.bible import ENTRY, IMAGE, Character, Entry, KeyImage, Location, Prop, Style, image_item
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.crew import Role
from aiuteur.film.noun import Noun
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Order
from aiuteur.registry.versions import Outcome
from aiuteur.stages.lists import Identified, as_they_were, identify, list_keys, listed, recalled
from aiuteur.stages.treatment import BRIEF_FIELDS, STORY_FIELDS
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "bible"


def units(world: World) -> Sequence[Unit]:
    """One unit for the whole bible, since who is in it is one decision; then one for each entry's key image."""
    images = (image_item(item) for item in world.order(name) if Key(name, item) in world.items)
    return (Unit("", list_keys(world, name, name)), *(Unit(item, (Key(name, item),), ("",)) for item in images))


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Ask the writer for the entries, or the illustrator for one key image."""
    return await (_image(unit, bench) if unit.anchor else _written(unit, bench))


async def _written(unit: Unit, bench: Bench) -> Outcome:
    world, reading = bench.world, Reading(bench.world)
    narrative = reading.view(Narrative, Key("narrative"), *STORY_FIELDS)
    brief = reading.view(Brief, Key("brief"), *BRIEF_FIELDS)
    script = reading.view(Script, Key("script"), "title", "staging")
    payload = {
        "narrative": narrative.document(), "brief": brief.document(),
        "script": {"title": script.title, "scenes": [scene.document() for scene in script.staging]},
    }
    asked = await Asking(Role.WRITER, name, unit.keys[0], reading, payload).by(bench.crew)
    entries, identified = _entries(world, content(asked)["entries"])
    drafts = [drafted(Key(ORDER, name), Order(ids=identified.order), reading, world, asked)]
    drafts += [drafted(Key(name, entry.id), entry, reading, world, asked) for entry in entries]
    drafts += as_they_were(identified, reading, world)
    gone = [*identified.gone, *(Key(name, image_item(key.item)) for key in identified.gone)]
    return outcome(drafts, asked, gone=gone, counters=identified.counters)


async def _image(unit: Unit, bench: Bench) -> Outcome:
    """Draw one entry by itself, in the film's style."""
    world, reading = bench.world, Reading(bench.world)
    item = unit.anchor.removesuffix(f"/{IMAGE}")
    found = world.items.get(Key(name, item))
    if found is None:  # the list was written anew just now, without it
        return outcome((), gone=unit.keys)
    entry = _drawn(found.noun, reading, Key(name, item))
    style = style_of(reading, world, "period", "palette", "grain")
    picture, words = key_picture(entry, style), key_words(entry, style)
    asked = await Asking(
        Role.ILLUSTRATOR, "key_image", unit.keys[0], reading, {"picture": picture.document()}, prompt=words,
        seed=picture.seed,
    ).by(bench.crew)
    image = KeyImage(entry_id=item, name=entry.name, picture=asked.first("picture"))
    return outcome([drafted(unit.keys[0], image, reading, world, asked, label=entry.name, final_prompt=words)], asked)


def _drawn(noun: Noun, reading: Reading, key: Key) -> Entry:
    """What a key image shows of an entry."""
    match noun:
        case Character():
            return reading.view(Character, key, "name", "description", "traits", "wardrobe", "state")
        case Location():
            return reading.view(Location, key, "name", "description", "place", "interior", "lighting", "state")
        case Prop():
            return reading.view(Prop, key, "name", "description")
        case _:
            return reading.view(Style, key, "name", "description", "period", "palette", "grain")


def style_of(reading: Reading, world: World, *fields: str) -> Style | None:
    """Some fields of the film's style, with how it was found: that it is one; where there is none or more than one, the list."""
    styles = [item for item, found in world.of(name).items() if isinstance(found.noun, Style)]
    if len(styles) != 1:
        listed = reading.order(name)
        styles.sort(key=lambda item: listed.index(item) if item in listed else len(listed))
    return reading.view(Style, Key(name, styles[0]), "kind", *fields) if styles else None


def _words(entry: Noun) -> str:
    """What an entry is recognised by when the bible is rewritten."""
    return f"{entry.kind} {entry.name}" if isinstance(entry, Character | Location | Prop | Style) else ""


def _entries(world: World, written: Sequence[dict[str, Any]]) -> tuple[list[Entry], Identified]:
    """The entries with their ids, one style among them; a prop's owner, written as a name, becomes that character's id."""
    styles = [at for at, entry in enumerate(written) if entry["kind"] == "style"]
    written = [entry for at, entry in enumerate(written) if at not in styles[1:]]
    old = listed(world, name, name, _words) or recalled(world, name, name, _words)
    identified = identify(world, name, name, old, [f"{entry['kind']} {entry['name']}" for entry in written])
    ids = {str(entry["name"]): item for item, entry in zip(identified.ids, written, strict=True) if entry["kind"] == "character"}
    owned = [{**entry, "owner": ids.get(str(entry.get("owner")))} if entry["kind"] == "prop" else entry for entry in written]
    entries = [ENTRY.validate_python({**entry, "id": item}) for item, entry in zip(identified.ids, owned, strict=True)]
    return entries, identified
