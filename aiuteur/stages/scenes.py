"""Stage 6: the breakdown, scene by scene: where, when, who, in what mood, and how it ends."""

from collections.abc import Sequence

from aiuteur.craft.breakdown import goes_on, hour, scene_text
from aiuteur.craft.world import Blocked, Key, Reading, World
from aiuteur.digest import Json
from aiuteur.film.bible import Character, Location, Prop, Style
from aiuteur.film.brief import Narrative
from aiuteur.film.crew import Role
from aiuteur.film.screenplay import Script, ScriptScene
from aiuteur.film.shots import Scene
from aiuteur.registry.versions import Outcome
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "scenes"
_NAMED = ("id", "kind", "name", "aliases")


def units(world: World) -> Sequence[Unit]:
    """One unit for each scene of the script."""
    return tuple(Unit(item, (Key(name, item),)) for item in world.order("scenes"))


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Ask for the breakdown of one scene against the names of the bible."""
    reading = Reading(bench.world)
    scene = script_scene(reading, bench.world, unit.anchor)
    narrative = reading.view(Narrative, Key("narrative"), "language")
    entries = [_named(reading, bench.world, item) for item in reading.order("bible")]
    payload = {
        "scene": scene.document(), "entries": [entry.document() for entry in entries], "narrative_language": narrative.language,
        **_time_before(reading, bench.world, scene, english=narrative.language.startswith("en")),
    }
    asked = await Asking(Role.WRITER, "breakdown", unit.keys[0], reading, payload).by(bench.crew)
    broken_down = Scene.model_validate(
        {**content(asked), "id": scene.id, "number": scene.number, "slug": str(scene.slug)}
    )
    return outcome([drafted(unit.keys[0], broken_down, reading, bench.world, asked, label=f"scene {scene.number}")], asked)


def script_scene(reading: Reading, world: World, item: str) -> ScriptScene:
    """One scene of the script, and only that one in the basis; raises `Blocked` where the script has no such scene."""
    found = world.items.get(Key("script"))
    scenes = found.noun.scenes if found is not None and isinstance(found.noun, Script) else ()
    reading.part(Key("script"), "scenes", item)
    for scene in scenes:
        if scene.id == item:
            return scene
    message = f"{world.lane}: the script has no scene {item}; make the script first."
    raise Blocked(message)


def _time_before(reading: Reading, world: World, scene: ScriptScene, *, english: bool) -> dict[str, Json]:
    """The time of the scenes that a slug line goes on from, which are read as far back as one says it; else nothing is read."""
    script = world.items[Key("script")].noun
    staged = {one.id: one for one in script.staging} if isinstance(script, Script) else {}
    earlier = scene
    while goes_on(earlier.slug) and (before := reading.before("scenes", earlier.id)) is not None:
        reading.part(Key("script"), "staging", before)
        if before not in staged:
            return {}
        earlier = staged[before]
    return {} if earlier is scene else {"time_before": hour(earlier, scene_text(earlier) if english else "").value}


def _named(reading: Reading, world: World, item: str) -> Character | Location | Prop | Style:
    """What a breakdown needs to recognise an entry: its names, and of a location what kind of place it is."""
    key = Key("bible", item)
    found = world.items[key].noun if key in world.items else None
    if isinstance(found, Location):
        return reading.view(Location, key, *_NAMED, "place", "interior")
    kind = type(found) if isinstance(found, Character | Prop | Style) else Character
    return reading.view(kind, key, *(field for field in _NAMED if field in kind.model_fields))
