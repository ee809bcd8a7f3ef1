"""Stage 8: each bible entry as it is in each scene, carried forward from the scene before until something changes it."""

from collections.abc import Sequence

from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.bible import Character
from aiuteur.film.crew import Role
from aiuteur.film.shots import Look, Scene
from aiuteur.registry.versions import Outcome
from aiuteur.stages.scenes import script_scene
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "looks"
_WORN = ("wardrobe", "tags", "carry_forward")


def units(world: World) -> Sequence[Unit]:
    """One unit for each character of each scene, after the last scene that showed them."""
    found: list[Unit] = []
    last: dict[str, str] = {}
    bible = frozenset(world.order("bible"))
    for scene_id in world.order("scenes"):
        scene = world.items.get(Key("scenes", scene_id))
        for entry in scene.noun.cast if scene is not None and isinstance(scene.noun, Scene) else ():
            if entry not in bible:  # a scene that a person holds goes on naming who has left the bible
                continue
            anchor = f"{scene_id}/{entry}"
            found.append(Unit(anchor, (Key(name, anchor),), (last[entry],) if entry in last else ()))
            last[entry] = anchor
    return tuple(found)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Ask how one character looks in one scene, in view of how they looked last."""
    reading = Reading(bench.world)
    scene_id, entry_id = unit.anchor.split("/")
    scene = reading.view(Scene, Key("scenes", scene_id), "excerpt", "end_state", "number")
    script = script_scene(reading, bench.world, scene_id)
    entry = reading.view(Character, Key("bible", entry_id), "id", "kind", "name", "aliases", "wardrobe")
    previous = _previous(reading, scene_id, entry_id)
    payload = {
        "scene": {
            "excerpt": scene.excerpt, "end_state": scene.end_state, "text": "\n".join(part.text for part in script.elements),
        },
        "entry": entry.document(), "previous": previous.document() if previous else None,
    }
    asked = await Asking(Role.WRITER, name, unit.keys[0], reading, payload).by(bench.crew)
    look = Look.model_validate({**content(asked), "scene_id": scene_id, "entry_id": entry_id})
    label = f"{entry.name} in scene {scene.number}"
    return outcome([drafted(unit.keys[0], look, reading, bench.world, asked, label=label)], asked)


def _previous(reading: Reading, scene_id: str, entry_id: str) -> Look | None:
    """The entry's last look before a scene: every scene walked past is read, so that its arrival there is noticed."""
    before = reading.before("scenes", scene_id)
    while before is not None:
        look = reading.maybe(Look, Key(name, f"{before}/{entry_id}"), "carry_forward")
        if look is not None:
            # What ends with its scene is not worn in the next, whatever it was.
            return reading.view(Look, Key(name, f"{before}/{entry_id}"), *_WORN) if look.carry_forward else None
        before = reading.before("scenes", before)
    return None
