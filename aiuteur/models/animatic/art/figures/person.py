"""A person as drawn: proportions and colours from traits; whatever the traits leave open comes from the name.

Belongs here: the body's measures and the colours of skin, hair and eyes. Does not belong here: clothes (`outfit`) or poses.
"""

from dataclasses import dataclass, replace
from typing import Final

from aiuteur.film.bible import Age, Build, Sex, Wardrobe
from aiuteur.film.takes import Figure
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.figures.beasts.creature import Creature, creature

_SKINS: Final = (
    (("ebony", "black", "very dark", "deep"), "#5a3a2a"), (("dark", "brown", "chestnut"), "#80543a"),
        (("tan", "bronze", "weather", "sun"), "#b98158"),
    (("olive",), "#c1935f"), (("golden", "amber", "yellow"), "#d9a878"), (("ruddy", "red", "flushed"), "#d99a80"),
        (("pale", "white", "ashen", "porcelain"), "#ecd0bd"),
    (("fair", "light", "rosy"), "#e3b596"),
)
_HAIRS: Final = (
    (("white", "snow"), "#dcd9d2"), (("silver",), "#b4b5b8"), (("grey", "gray"), "#8b8a8a"), (("salt", "pepper"), "#6b6866"),
        (("strawberry",), "#c88a58"),
    (("blond", "fair", "golden", "flax", "straw", "yellow"), "#cfa964"), (("red", "ginger", "copper"), "#a44a26"),
        (("auburn", "rust"), "#7a3520"),
    (("chestnut",), "#5e3520"), (("light brown", "sandy"), "#8a6642"), (("dark brown",), "#3a261a"),
        (("black", "raven", "jet", "dark"), "#1d1a1e"),
    (("brown", "hazel"), "#4f3322"), (("blue",), "#2f5a9a"), (("pink",), "#c76a92"), (("green",), "#4b7a4f"),
        (("purple", "violet"), "#6a4a8a"),
)
_EYES: Final = (
    (("blue",), "#4a78a8"), (("green",), "#54794a"), (("grey", "gray"), "#76828c"), (("hazel", "amber"), "#8a6a35"),
        (("black", "dark"), "#241a16"),
    (("brown",), "#53351f"),
)
_HEIGHTS: Final = {Age.CHILD: 1.2, Age.TEEN: 1.6, Age.YOUNG: 1.74, Age.ADULT: 1.75, Age.ELDERLY: 1.66}
_HEADS: Final = {Age.CHILD: 0.205, Age.TEEN: 0.169, Age.YOUNG: 0.159, Age.ADULT: 0.158, Age.ELDERLY: 0.162}
_GIRTHS: Final = {Build.SLIGHT: 0.86, Build.AVERAGE: 1.0, Build.TALL: 0.94, Build.STOUT: 1.36, Build.STALWART: 1.18}
_SHOULDERS: Final = {Build.SLIGHT: 0.92, Build.AVERAGE: 1.0, Build.TALL: 1.0, Build.STOUT: 1.08, Build.STALWART: 1.2}


@dataclass(frozen=True, slots=True)
class Person:
    """Measures in metres and colours; `quirk` numbers (-1 to 1) set apart the features of two faces of one type.

    `beast` is what an animal has of its own; its `skin` is the colour of its paws.
    """

    name: str
    female: bool
    age: Age
    height: float
    head: float
    shoulders: float
    waist: float
    hips: float
    girth: float
    skin: Rgb
    hair: Rgb
    eyes: Rgb
    face: str
    hair_style: str
    facial_hair: str
    marks: str
    quirk: tuple[float, float, float, float, float, float]
    beast: Creature | None = None


def person(figure: Figure) -> Person:
    """Who a figure is, the same in every shot."""
    traits = figure.traits
    rng = chance("person", figure.name)
    toss = rng.random() < 0.5  # even
    female = traits.sex is Sex.FEMALE or (traits.sex is Sex.UNKNOWN and _womanly(figure.wardrobe, otherwise=toss))
    quirk = tuple(rng.uniform(-1, 1) for _ in range(6))
    grown = traits.age is not Age.CHILD
    height = _HEIGHTS[traits.age] * (0.945 if female and grown else 1.0) * (1 + 0.012 * quirk[0])
    height *= {Build.TALL: 1.06, Build.STALWART: 1.035, Build.SLIGHT: 0.975}.get(traits.build, 1.0)
    girth = _GIRTHS[traits.build] * (0.92 if traits.age in {Age.CHILD, Age.TEEN} else 1.0)
    shoulders = height * (0.105 if female else 0.119) * _SHOULDERS[traits.build] * (0.94 if not grown else 1.0)
    made = Person(
        name=figure.name, female=female, age=traits.age, height=height, head=_HEADS[traits.age] * _HEIGHTS[traits.age],
        shoulders=shoulders, waist=height * (0.068 if female else 0.088) * girth,
            hips=height * (0.094 if female else 0.085) * (0.4 + 0.6 * girth),
        girth=girth, skin=_skin(traits.skin, rng.uniform(-0.04, 0.04)), hair=_hair(traits.hair_colour, traits.age),
        eyes=_named(traits.eyes, _EYES, "#53351f"), face=traits.face.lower(), hair_style=traits.hair_style.lower(),
        facial_hair=traits.facial_hair.lower(), marks=" ".join(traits.distinguishing).lower(),
        quirk=(quirk[0], quirk[1], quirk[2], quirk[3], quirk[4], quirk[5]),
    )
    beast = creature(figure)
    return made if beast is None else _beastly(made, beast)


def _beastly(who: Person, beast: Creature) -> Person:
    """An animal in a person's place: as tall and broad as its kind, the head larger on its shoulders, its young not too small."""
    size = beast.kind.size ** (0.5 if who.age is Age.CHILD else 1.0)
    broad = size * (0.5 + 0.5 * beast.kind.bulk)
    return replace(
        who, height=who.height * size, head=who.head * size * (1.16 if who.age is Age.CHILD else 1.45),
            shoulders=who.shoulders * broad,
        waist=who.waist * size * beast.kind.bulk, hips=who.hips * broad, girth=who.girth * beast.kind.bulk, skin=beast.paws,
        hair=beast.coat, eyes=beast.iris, beast=beast,
    )


def _womanly(wardrobe: Wardrobe, *, otherwise: bool) -> bool:
    """What clothes tell of a sex that the story leaves open."""
    worn = " ".join((*wardrobe.garments, wardrobe.headwear)).lower()
    if any(garment in worn for garment in ("dress", "gown", "skirt", "blouse", "shawl", "pinafore", "bonnet")):
        return True
    return otherwise and not any(garment in worn for garment in ("waistcoat", "frock coat", "breeches", "top_hat", "bowler"))


def _named(words: str, table: tuple[tuple[tuple[str, ...], str], ...], default: str) -> Rgb:
    words = words.lower()
    return next((rgb(code) for names, code in table if any(name in words for name in names)), rgb(default))


def _skin(words: str, shift: float) -> Rgb:
    return scale(_named(words, _SKINS, "#dcae8e"), 1 + shift)


def _hair(words: str, age: Age) -> Rgb:
    colour = _named(words, _HAIRS, "#4f3322")
    named = any(name in words.lower() for name in ("white", "grey", "gray", "silver", "dyed", "black", "red"))
    return mix(colour, rgb("#b9b6b2"), 0.72) if age is Age.ELDERLY and not named else colour
