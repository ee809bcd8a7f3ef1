"""Nouns out of a world, in the order of the film: what exhibits are made from."""

from typing import TypeVar

from aiuteur.craft.world import Key, World
from aiuteur.film.bible import Character, Location, Prop, Style
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Scene, Shot

N = TypeVar("N", bound=Noun)


def one(world: World, noun: type[N], artifact: str) -> N | None:
    """The selected version of an artifact that a lane has just one of."""
    found = world.items.get(Key(artifact))
    return found.noun if found is not None and isinstance(found.noun, noun) else None


def named(world: World, noun: type[N], artifact: str) -> dict[str, N]:
    """Every selected item of an artifact that is such a noun, by its item."""
    return {item: found.noun for item, found in world.of(artifact).items() if isinstance(found.noun, noun)}


def several(world: World, noun: type[N], artifact: str) -> list[N]:
    """The items of a list in its order."""
    found = named(world, noun, artifact)
    return [found[item] for item in world.order(artifact) if item in found]


def entries(world: World) -> dict[str, Character | Location | Prop | Style]:
    """The bible, by id."""
    found: dict[str, Character | Location | Prop | Style] = {}
    for noun in (Character, Location, Prop, Style):
        found |= named(world, noun, "bible")
    return found


def called(world: World) -> dict[str, str]:
    """What people call the scenes, shots and bible entries that have an id."""
    return (
        {item: f"scene {scene.number}" for item, scene in named(world, Scene, "scenes").items()}
        | {item: shot.label for item, shot in named(world, Shot, "shot_list").items()}
        | {item: entry.name for item, entry in entries(world).items()}
    )


def ordered_shots(world: World) -> list[Shot]:
    """All shots in the order of the film: scene by scene, and within each as covered."""
    shots = named(world, Shot, "shot_list")
    return [shots[item] for scene in world.order("scenes") for item in world.order(scene) if item in shots]
