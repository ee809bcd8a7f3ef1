"""Kinship of takes: continuity from shot to shot within a scene, and characters against their key images; for information only.

Belongs here: which pictures are compared, and under which names that is told. Does not belong here: the comparing
(`aiuteur.media.measure_kinship`), keeping what was compared (`aiuteur.measurements`), or any verdict: these proxies are in none,
since a take is not to be judged by its neighbour's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from aiuteur.craft.world import Key, World
from aiuteur.film.bible import KeyImage, image_item
from aiuteur.film.takes import Frame, FrameEnd
from aiuteur.stages.shot_list import shot_of

if TYPE_CHECKING:
    from aiuteur.media.measure_kinship import Picture

CONTINUITY: Final = "continuity"
CHARACTER: Final = "character"

NAMES: Final = MappingProxyType({
    "colour": "colour_continuity_proxy", "structure": "structure_continuity_proxy", "resemblance": "character_colour_proxy",
})
"""What each number is told as: a proxy, and no more than that."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures to compare, by digest: a shot's last with the next one's first, or a character's frame with the key image.

    A shot's last is its end frame, or its start frame where it has none. `against` is the next shot or the character.
    """

    kind: str
    shot: str
    against: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy's value, 0 to 1: its name, the shot, and what it was compared with (the next shot, or a character)."""

    name: str
    shot: str
    against: str
    value: float


def pairs(world: World) -> list[Pair]:
    """What there is to compare among a lane's selected frames, in the order of the film; what has no frame yet is left out."""
    return [*_continuity(world), *_people(world)]


def compared(pair: Pair, one: "Picture", other: "Picture") -> dict[str, float]:
    """What two pictures come to, by the short names of `NAMES`."""
    from aiuteur.media.measure_kinship import kinship, resemblance

    if pair.kind == CHARACTER:
        return {"resemblance": round(min(1.0, resemblance(one, other)), 4)}
    found = kinship(one, other)
    return {"colour": round(found.colour, 4), "structure": round(found.structure, 4)}


def told(pair: Pair, values: Mapping[str, float]) -> list[Proxy]:
    """The numbers of a pair as proxies."""
    return [Proxy(NAMES[name], pair.shot, pair.against, value) for name, value in values.items()]


def _continuity(world: World) -> Iterator[Pair]:
    for scene in world.order("scenes"):
        for shot, following in pairwise(world.order(scene)):
            left, right = _frame(world, shot, FrameEnd.END) or _frame(world, shot, FrameEnd.START), _frame(world, following)
            if left is not None and right is not None:
                yield Pair(CONTINUITY, shot_of(world, shot).label, shot_of(world, following).label, left, right)


def _people(world: World) -> Iterator[Pair]:
    for shot in (shot for scene in world.order("scenes") for shot in world.order(scene)):
        frame = _frame(world, shot)
        for block in shot_of(world, shot).blocking if frame is not None else ():
            image = world.items.get(Key("bible", image_item(block.character_id)))
            if frame is not None and image is not None and isinstance(image.noun, KeyImage):
                yield Pair(CHARACTER, shot_of(world, shot).label, image.noun.name, frame, image.noun.picture.sha256)


def _frame(world: World, shot: str, end: FrameEnd = FrameEnd.START) -> str | None:
    found = world.items.get(Key("frames", f"{shot}/{end}"))
    return found.noun.picture.sha256 if found is not None and isinstance(found.noun, Frame) else None
