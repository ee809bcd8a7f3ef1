"""Kinship of takes: continuity from shot to shot within a scene, and characters against their key images; for information only.

Belongs here: which pictures are compared. Does not belong here: the comparing (`aiuteur.media.measure_kinship`), or any
verdict: these proxies are in none, since a take is not to be judged by its neighbour's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from aiuteur.craft.world import Key, World
from aiuteur.film.bible import KeyImage, image_item
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Frame, FrameEnd
from aiuteur.media.measure_kinship import kinship, resemblance
from aiuteur.media.storage import Storage
from aiuteur.stages.shot_list import shot_of


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy's value, 0 to 1: its name, the shot, and what it was compared with (the next shot, or a character)."""

    name: str
    shot: str
    against: str
    value: float


def proxies(world: World, storage: Storage) -> list[Proxy]:
    """Every proxy of a lane's selected frames, in the order of the film; what has no frame yet is left out."""
    return [*_continuity(world, storage), *_people(world, storage)]


def _continuity(world: World, storage: Storage) -> Iterator[Proxy]:
    for scene in world.order("scenes"):
        shots = world.order(scene)
        for shot, following in pairwise(shots):
            left = _picture(world, shot, FrameEnd.END) or _picture(world, shot, FrameEnd.START)
            right = _picture(world, following, FrameEnd.START)
            if left is not None and right is not None:
                found = kinship(storage.get(left.sha256), storage.get(right.sha256))
                labels = shot_of(world, shot).label, shot_of(world, following).label
                yield Proxy("colour_continuity_proxy", *labels, round(found.colour, 4))
                yield Proxy("structure_continuity_proxy", *labels, round(found.structure, 4))


def _people(world: World, storage: Storage) -> Iterator[Proxy]:
    for shot in (shot for scene in world.order("scenes") for shot in world.order(scene)):
        picture = _picture(world, shot, FrameEnd.START)
        for block in shot_of(world, shot).blocking if picture is not None else ():
            image = world.items.get(Key("bible", image_item(block.character_id)))
            if picture is not None and image is not None and isinstance(image.noun, KeyImage):
                value = resemblance(storage.get(picture.sha256), storage.get(image.noun.picture.sha256))
                yield Proxy("character_colour_proxy", shot_of(world, shot).label, image.noun.name, round(min(1.0, value), 4))


def _picture(world: World, shot: str, end: FrameEnd) -> MediaRef | None:
    found = world.items.get(Key("frames", f"{shot}/{end}"))
    return found.noun.picture if found is not None and isinstance(found.noun, Frame) else None
