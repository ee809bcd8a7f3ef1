"""Stage 9: one frame prompt and one video prompt for each shot. Pure: nobody is asked."""

from collections.abc import Sequence

from aiuteur.craft import templates
from aiuteur.craft.prompting import Staging, prompt
from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.bible import Character, Location, Prop
from aiuteur.film.brief import Brief
from aiuteur.film.shots import Look, Scene, Shot
from aiuteur.registry.versions import Outcome
from aiuteur.stages.bible import style_of
from aiuteur.stages.shot_list import all_shots, shot_of
from aiuteur.stages.work import Bench, Unit, drafted, outcome

name = "prompts"
_SHOT = (
    "id", "scene_id", "cinematography", "lighting", "action", "dialogue", "blocking", "props", "duration",
    "requires_end_frame",
)
_SCENE = ("id", "location_id", "time_of_day", "weather", "mood", "excerpt")
_CHARACTER = ("id", "name", "traits", "wardrobe", "state")


def units(world: World) -> Sequence[Unit]:
    """One unit for each shot."""
    return tuple(Unit(shot, (Key(name, shot),)) for shot in all_shots(world))


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Merge the shot with its scene, looks and bible entries."""
    reading = Reading(bench.world)
    shot = reading.view(Shot, Key("shot_list", unit.anchor), *_SHOT)
    made = prompt(_staging(shot, reading, bench.world))
    versions = "+".join(f"{part}@{templates.template(part).version}" for part in ("frame", "video"))
    label = f"shot {shot_of(bench.world, unit.anchor).label}"
    return outcome([drafted(unit.keys[0], made, reading, bench.world, label=label, template=versions)])


def _staging(shot: Shot, reading: Reading, world: World) -> Staging:
    scene = reading.view(Scene, Key("scenes", shot.scene_id), *_SCENE)
    location = reading.entry(Location, scene.location_id, "name", "place", "interior") if scene.location_id else None
    if location is None:  # then the slug line is all that says where
        scene = reading.view(Scene, Key("scenes", shot.scene_id), *_SCENE, "slug")
    named = {block.character_id: reading.entry(Character, block.character_id, *_CHARACTER) for block in shot.blocking}
    cast = {item: found for item, found in named.items() if found is not None}
    seen = tuple(block for block in shot.blocking if block.character_id in cast)
    looks = {
        item: look for item in cast
        if (look := reading.maybe(Look, Key("looks", f"{scene.id}/{item}"), "wardrobe", "tags")) is not None
    }
    things = [reading.entry(Prop, item, "name") for item in shot.props]
    return Staging(
        shot=shot.model_copy(update={"blocking": seen}), scene=scene, location=location, cast=cast, looks=looks,
        style=style_of(reading, world, "period", "palette", "grain", "description"),
        props=[thing.name for thing in things if thing is not None],
        aspect_ratio=reading.view(Brief, Key("brief"), "aspect_ratio").aspect_ratio,
    )
