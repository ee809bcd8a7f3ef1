"""Stage 4: the screenplay, written from the beats, or imported with its scene numbers and text kept."""

from collections.abc import Sequence

from aiuteur.craft import fountain
from aiuteur.craft.continuity import numbers
from aiuteur.craft.screenplay import compose, scene_text, shares
from aiuteur.craft.timing import content_seconds
from aiuteur.craft.world import ORDER, Key, Reading, World
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.crew import Role
from aiuteur.film.screenplay import Script, ScriptScene
from aiuteur.film.shots import Order
from aiuteur.film.story import Beat
from aiuteur.models.routing import Asked
from aiuteur.registry.versions import Outcome
from aiuteur.stages.lists import Identified, identify, is_held
from aiuteur.stages.treatment import BRIEF_FIELDS, STORY_FIELDS, is_screenplay
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "script"


def units(world: World) -> Sequence[Unit]:
    """One unit: the script and the order of its scenes."""
    del world
    return (Unit("", (Key(name), Key(ORDER, "scenes"))),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Write the script from the beats, or take it over from the person's screenplay."""
    if is_screenplay(bench.world):
        return _imported(bench.world)
    return await _written(unit, bench)


def _imported(world: World) -> Outcome:
    reading = Reading(world)
    narrative = reading.view(Narrative, Key("narrative"), "title", "author", "text")
    brief = reading.view(Brief, Key("brief"), "length_seconds")
    parsed = fountain.parse(narrative.text)
    timed = shares(parsed.scenes, content_seconds(brief.length_seconds))
    identified = _identified(world, timed)
    scenes = [scene.model_copy(update={"id": item}) for item, scene in zip(identified.ids, timed, strict=True)]
    script = compose(parsed.title or narrative.title, parsed.author or narrative.author, scenes, narrative.text)
    return _recorded(script, identified, reading, world)


async def _written(unit: Unit, bench: Bench) -> Outcome:
    world, reading = bench.world, Reading(bench.world)
    narrative = reading.view(Narrative, Key("narrative"), *STORY_FIELDS)
    brief = reading.view(Brief, Key("brief"), *BRIEF_FIELDS)
    beats = [reading.view(Beat, Key("beats", item), *Beat.model_fields) for item in reading.order("beats")]
    payload = {
        "narrative": narrative.document(), "brief": brief.document(), "beats": [beat.document() for beat in beats],
    }
    previous = [{"id": scene.id, "text": scene_text(scene)} for scene in _scenes(world)]
    asked = await Asking(Role.WRITER, name, unit.keys[0], reading, payload, previous=previous).by(bench.crew)
    answer = content(asked)
    unnumbered = [
        ScriptScene.model_validate({**scene, "id": "-", "number": str(number)})
        for number, scene in enumerate(answer["scenes"], 1)
    ]
    identified = _identified(world, unnumbered, [scene.get("id") for scene in answer["scenes"]])
    script = compose(str(answer["title"]), narrative.author, _numbered(world, identified, unnumbered))
    return _recorded(script, identified, reading, world, asked)


def _numbered(world: World, identified: Identified, written: Sequence[ScriptScene]) -> list[ScriptScene]:
    """The scenes in order with identity and number; one that a person holds and the writer left out is as it was."""
    old = {scene.id: scene for scene in _known(world)}
    new = dict(zip(identified.ids, written, strict=True))
    found = numbers(identified.order, {item: scene.number for item, scene in old.items() if item in identified.order})
    return [
        (new[item] if item in new else old[item]).model_copy(update={"id": item, "number": number})
        for item, number in zip(identified.order, found, strict=True)
    ]


def _scenes(world: World) -> Sequence[ScriptScene]:
    found = world.items.get(Key(name))
    return found.noun.scenes if found is not None and isinstance(found.noun, Script) else ()


def _held(world: World) -> Sequence[ScriptScene]:
    """The scenes of a script that a person holds: they are the lane's, whatever is written beside them."""
    return _scenes(world) if is_held(world, Key(name)) else ()


def _known(world: World) -> Sequence[ScriptScene]:
    """The scenes there are, or those that the lane's parent had when the lane was forked before its script."""
    past = world.past.get(Key(name))
    return _scenes(world) or (past.scenes if isinstance(past, Script) else ())


def _identified(world: World, scenes: Sequence[ScriptScene], given_back: Sequence[object] = ()) -> Identified:
    old = [(scene.id, scene_text(scene)) for scene in _known(world)]
    return identify(world, "scenes", "scenes", old, [scene_text(scene) for scene in scenes], given_back)


def _recorded(script: Script, identified: Identified, reading: Reading, world: World, asked: Asked | None = None) -> Outcome:
    order = Order(ids=tuple(scene.id for scene in _held(world) or script.scenes))
    drafts = [drafted(Key(name), script, reading, world, asked), drafted(Key(ORDER, "scenes"), order, reading, world, asked)]
    return outcome(drafts, *((asked,) if asked else ()), counters=identified.counters)
