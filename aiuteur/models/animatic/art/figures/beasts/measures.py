"""What is measured of a kind of animal: its head's mould, its size, its colours.

Belongs here: the forms. Does not belong here: any one kind (`kinds`). Measures are in heads' heights, as in `figures.head`;
colours are #rrggbb.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal["mammal", "bird", "frog", "tortoise", "snake", "crocodile", "fish", "insect"]
Ears: TypeAlias = Literal["pointed", "round", "long", "drooping", "leaf", "flap", "none"]
Tail: TypeAlias = Literal["brush", "plume", "whip", "tuft", "curl", "puff", "fan", "shell", "taper", "none"]


@dataclass(frozen=True, slots=True)
class Mould:
    """The head of one kind.

    `wide` and `tall` are half measures of the skull, `cheek` how far fur stands out from it; `base`, `tip` radii of the muzzle,
    `length` how far it stands out, `drop` how far down it leads; `ear` the ear's length; `eyes` their place from the middle,
    their height and size; `nose` half the nose's width. For birds `base` is half the beak's depth.
    """

    wide: float = 0.36
    tall: float = 0.4
    cheek: float = 0.0
    base: float = 0.2
    tip: float = 0.12
    length: float = 0.36
    drop: float = 0.13
    ears: Ears = "pointed"
    ear: float = 0.36
    eyes: tuple[float, float, float] = (0.17, -0.08, 0.06)
    pupil: Literal["round", "slit", "bar"] = "round"
    iris: str = "#5a3a20"
    nose: float = 0.075
    extras: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """One species: which head it has, how tall it stands beside a person, its coats by the words for them, its other colours.

    The first `usual` coats are those by which anybody would know it: the ones it has where nothing is told of its colour.
    """

    mould: Mould
    coats: Mapping[str, str]
    size: float = 1.0
    shape: Shape = "mammal"
    light: str = "#efe6d6"
    dark: str = "#2a2422"
    nose: str = "#231d1c"
    marks: tuple[str, ...] = ("plain",)
    tail: Tail = "none"
    paws: str | None = None
    bulk: float = 1.0
    usual: int = 2
