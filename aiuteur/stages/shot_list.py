"""Stage 7: the coverage of each scene, shot by shot."""

from collections.abc import Callable, Sequence
from typing import Any

from aiuteur.craft.continuity import shot_labels
from aiuteur.craft.timing import on_frames
from aiuteur.craft.world import ORDER, Key, Reading, World
from aiuteur.film.bible import Character, Location, Prop
from aiuteur.film.brief import Brief
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order, Scene, Shot
from aiuteur.models import catalogue
from aiuteur.registry.versions import Outcome
from aiuteur.stages.lists import as_they_were, identify, list_keys, listed, recalled
from aiuteur.stages.scenes import script_scene
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "shot_list"
_DEFAULT_MAX_SECONDS = 8.0


def units(world: World) -> Sequence[Unit]:
    """One unit for each scene."""
    return tuple(Unit(scene, list_keys(world, name, scene)) for scene in world.order("scenes"))


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Ask for the shots of one scene, and keep the identity of those that were only changed."""
    world, reading = bench.world, Reading(bench.world)
    scene = reading.view(Scene, Key("scenes", unit.anchor), *Scene.model_fields)
    script = script_scene(reading, world, unit.anchor)
    camera = bench.crew.card(Role.CINEMATOGRAPHER)
    cast, props = _known(reading, scene.cast, _player), _known(reading, scene.props, _thing)
    location = _place(reading, scene.location_id)
    named = {"cast": [one["id"] for one in cast], "props": [one["id"] for one in props]}
    named |= {"location_id": scene.location_id if location else None}
    payload = {
        "scene": {**scene.document(), **named}, "script": script.document(), "cast": cast, "location": location,
        "seconds": script.seconds,
        "brief": reading.view(Brief, Key("brief"), "aspect_ratio", "quality_tier").document(),
        "props": props,
        "max_seconds": camera.max_seconds if camera else _DEFAULT_MAX_SECONDS,
    }
    old = listed(world, name, unit.anchor, _listed_as)
    previous = [{"id": item, "text": text} for item, text in old]
    asked = await Asking(Role.WRITER, name, unit.keys[0], reading, payload, previous=previous).by(bench.crew)
    written = _cut_apart(content(asked)["shots"], camera)
    given_back = [shot.get("id") for shot in written]
    old = old or recalled(world, name, unit.anchor, _listed_as)
    identified = identify(world, name, unit.anchor, old, [_words(shot) for shot in written], given_back)
    known = _labels(world, [item for item, _ in old])
    shots = _shots(written, identified.ids, scene, shot_labels(scene.number, identified.ids, _kept(known, scene.number)))
    drafts = [drafted(Key(ORDER, unit.anchor), Order(ids=identified.order), reading, world, asked)]
    drafts += [drafted(Key(name, shot.id), shot, reading, world, asked, label=f"shot {shot.label}") for shot in shots]
    drafts += as_they_were(identified, reading, world)
    return outcome(drafts, asked, gone=identified.gone, counters=identified.counters)


def _labels(world: World, items: Sequence[str]) -> dict[str, str]:
    """The labels of shots that are there, or were when the lane was forked."""
    keys = {item: Key(name, item) for item in items}
    nouns = {item: world.items[key].noun if key in world.items else world.past.get(key) for item, key in keys.items()}
    return {item: noun.label for item, noun in nouns.items() if isinstance(noun, Shot)}


def _cut_apart(written: Sequence[dict[str, Any]], camera: ModelCard | None) -> Sequence[dict[str, Any]]:
    """The shots, none going on from another where the camera cannot be led to a last frame: they are cut instead."""
    if camera is None or catalogue.ends_on_frames(camera):
        return written
    return [{**shot, "continues_from": None, "requires_end_frame": False} for shot in written]


def _known(
    reading: Reading, items: Sequence[str], read: Callable[[Reading, str], dict[str, Any] | None]
) -> list[dict[str, Any]]:
    """Those of these entries that the bible still has."""
    return [found for item in items if (found := read(reading, item)) is not None]


def _player(reading: Reading, item: str) -> dict[str, Any] | None:
    player = reading.entry(Character, item, "id", "name", "weight", "traits")
    if player is None:
        return None
    return {"id": player.id, "name": player.name, "weight": player.weight.value, "sex": player.traits.sex.value}


def _thing(reading: Reading, item: str) -> dict[str, Any] | None:
    thing = reading.entry(Prop, item, "id", "name")
    return thing.document() if thing is not None else None


def _place(reading: Reading, item: str | None) -> dict[str, Any] | None:
    if item is None:
        return None
    place = reading.entry(Location, item, "id", "name", "place", "interior", "lighting")
    return place.document() if place is not None else None


def _listed_as(noun: Noun) -> str:
    return _words(noun.document())


def _words(shot: dict[str, Any]) -> str:
    """What a shot is recognised by when the list is rewritten."""
    lines = " ".join(line["text"] for line in shot.get("dialogue", ()))
    camera = shot["cinematography"]
    return f"{camera['shot_type']} {camera['size']} {shot['action']} {lines}"


def _kept(known: dict[str, str], scene_number: str) -> dict[str, str]:
    """The labels that go on being right: those of a scene that has another number now do not."""
    return known if all(label.removeprefix(scene_number).lstrip("-").isalpha() for label in known.values()) else {}


def _shots(written: Sequence[dict[str, Any]], ids: Sequence[str], scene: Scene, names: Sequence[str]) -> list[Shot]:
    """The shots with identity and label; the index each one continues from becomes an id, and that shot gets an end frame."""
    continued = {shot["continues_from"] for shot in written if shot.get("continues_from") is not None}
    return [
        Shot.model_validate({
            **shot, **_on_frames(shot), "id": ids[place], "scene_id": scene.id, "label": names[place],
            "continues_from": ids[shot["continues_from"]] if shot.get("continues_from") is not None else None,
            "requires_end_frame": shot.get("requires_end_frame", False) or place in continued,
        })
        for place, shot in enumerate(written)
    ]


def _on_frames(shot: dict[str, Any]) -> dict[str, float]:
    """A shot's times on whole frames, so that picture and sound are counted alike."""
    return {field: on_frames(shot[field]) for field in ("duration", "in_point", "out_point") if shot.get(field) is not None}


def all_shots(world: World) -> list[str]:
    """The id of every shot of which a version is selected, in the order of the film."""
    return [shot for scene in world.order("scenes") for shot in world.order(scene) if Key(name, shot) in world.items]


def listed_shots(reading: Reading) -> list[str]:
    """The same, read into a basis: the orders, and which of their shots are selected."""
    listed = [shot for scene in reading.order("scenes") for shot in reading.order(scene)]
    return [shot for shot in listed if reading.maybe(Shot, Key(name, shot), "id") is not None]


def shot_of(world: World, item: str) -> Shot:
    """A shot as it is selected; raises `KeyError` where it is not listed."""
    noun = world.items[Key(name, item)].noun
    if not isinstance(noun, Shot):
        raise TypeError(item)
    return noun
