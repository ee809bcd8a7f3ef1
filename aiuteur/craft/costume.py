"""What people wear: garments and headwear the text names, else those of the period, in colours of their own.

Belongs here: clothes at the start of a film. Does not belong here: what a scene does to them (`wardrobe`).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft import bodies
from aiuteur.craft.prose import words
from aiuteur.craft.prose.story import Person
from aiuteur.film.bible import Age, Period, Sex, Wardrobe

COLOURS: Final = {
    "black": "#22232a",
    "white": "#e8e4da",
    "red": "#9c2f2b",
    "crimson": "#8f1f2c",
    "scarlet": "#b02a24",
    "blue": "#2f4a78",
    "navy": "#1f2c4c",
    "green": "#3d5f46",
    "brown": "#6a4a32",
    "grey": "#6f7278",
    "gray": "#6f7278",
    "yellow": "#c9a540",
    "gold": "#b8923a",
    "pink": "#c98a96",
    "purple": "#5f4272",
    "violet": "#66508a",
    "orange": "#c46f32",
    "silver": "#a9adb2",
    "tan": "#b0926a",
    "dark": "#2c2a30",
}


_COATS: Final = (
    "#2f4a5f",
    "#6b3434",
    "#3f5a41",
    "#57456b",
    "#7a5a34",
    "#2b2f3a",
    "#80624f",
    "#38686b",
    "#6d6a3c",
    "#8a4a5a",
    "#4a4f58",
    "#a0763f",
)


_GARMENT: Final = re.compile(
    r"(?:\b(?P<colour>"
    + "|".join(COLOURS)
    + r")\b[\s,]+(?:\w+\s)?)?\b(?P<garment>overcoat|greatcoat|coat|jacket|cloak|cape|shawl|scarf|dress|gown|skirt|"
    r"blouse|t-shirt|shirt|waistcoat|vest|trousers|breeches|jeans|uniform|scrubs|apron|robe|suit|sweater|jumper|jersey|hoodie|"
    r"cardigan|overalls|dungarees|oilskins?|"
    r"raincoat|parka|anorak|blazer|pullover|poncho|tunic|armou?r|kimono|nightgown|pyjamas)\b",
    re.IGNORECASE,
)


_HAT: Final = re.compile(
    r"\b(top hat|bowler|straw hat|bonnet|hood|helmet|cap|hat|crown|veil|turban|beret|headscarf|sou[’']?wester)\b", re.IGNORECASE
)


_HATS: Final = {"straw hat": "straw_hat", "top hat": "top_hat", "headscarf": "scarf", "hat": "hat"}


_UNIFORMED: Final = words.POLICE | frozenset(["conductor", "guard", "soldier", "captain", "sergeant", "porter", "postman"])


_BY_PERIOD: Final[Mapping[Period, Mapping[Sex, tuple[tuple[str, ...], tuple[str, ...]]]]] = {
    Period.ANCIENT: {Sex.FEMALE: (("robe",), ("none", "veil")), Sex.MALE: (("tunic", "cloak"), ("none",))},
    Period.MEDIEVAL: {
        Sex.FEMALE: (("gown", "cloak"), ("hood", "veil", "none")),
        Sex.MALE: (("tunic", "cloak"), ("hood", "cap", "none")),
    },
    Period.VICTORIAN: {
        Sex.FEMALE: (("shawl", "dress"), ("bonnet", "none", "hat")),
        Sex.MALE: (("frock coat", "waistcoat", "trousers"), ("top_hat", "bowler", "none", "cap")),
    },
    Period.EDWARDIAN: {
        Sex.FEMALE: (("blouse", "skirt"), ("none", "hat", "none")),
        Sex.MALE: (("overcoat", "suit"), ("bowler", "cap", "none", "hat")),
    },
    Period.MIDCENTURY: {
        Sex.FEMALE: (("coat", "dress"), ("none", "hat")),
        Sex.MALE: (("overcoat", "suit"), ("fedora", "none", "hat")),
    },
    Period.CONTEMPORARY: {
        Sex.FEMALE: (("jacket", "shirt", "trousers"), ("none",)),
        Sex.MALE: (("jacket", "shirt", "trousers"), ("none", "cap")),
    },
    Period.FUTURE: {Sex.FEMALE: (("jacket", "suit"), ("none",)), Sex.MALE: (("jacket", "suit"), ("none",))},
}


_FORMERLY: Final = frozenset({Period.ANCIENT, Period.MEDIEVAL, Period.VICTORIAN, Period.EDWARDIAN})
_NEVER: Final[Mapping[tuple[Sex, bool], frozenset[str]]] = {
    (Sex.FEMALE, True): frozenset({"trousers", "breeches", "waistcoat", "vest", "suit"}),
    (Sex.MALE, True): frozenset({"dress", "skirt", "blouse"}),
    (Sex.MALE, False): frozenset({"dress", "skirt", "blouse"}),
}
"""What a sex does not wear, formerly or lately, whoever's clothes the words near them tell of."""
_OLDEN: Final = {Sex.FEMALE: (("dress",), ("none",)), Sex.MALE: (("tunic", "trousers"), ("none",))}
_FORMER: Final = {
    Sex.FEMALE: (("pinafore", "dress"), ("none", "bonnet", "none")), Sex.MALE: (("jacket", "shirt", "breeches"), ("cap", "none")),
}
_LATER: Final = {
    Sex.FEMALE: (("cardigan", "dress"), ("none",)), Sex.MALE: (("sweater", "shirt", "shorts"), ("none", "cap", "none")),
}
_LATELY: Final = {Sex.FEMALE: (("sweater", "trousers"), ("none",)), Sex.MALE: (("hoodie", "trousers"), ("none",))}
_CHILDREN: Final[Mapping[Period, Mapping[Sex, tuple[tuple[str, ...], tuple[str, ...]]]]] = {
    Period.ANCIENT: _OLDEN, Period.MEDIEVAL: _OLDEN, Period.VICTORIAN: _FORMER, Period.EDWARDIAN: _FORMER,
    Period.MIDCENTURY: _LATER, Period.CONTEMPORARY: _LATELY, Period.FUTURE: _LATELY,
}


def chance(name: str, what: str, count: int) -> int:
    """A number below `count` that depends on a name alone: the first eight bytes of the SHA-256 of `name/what`."""
    return int.from_bytes(hashlib.sha256(f"{name}/{what}".encode()).digest()[:8]) % count


def wardrobe_of(person: Person, near: str, period: Period, taken: Sequence[Wardrobe], age: Age = Age.ADULT) -> Wardrobe:
    """Clothes: garments the text names, else the period's; where the text leaves it open the outer colour is nobody else's."""
    sex = person.sex if person.sex is not Sex.UNKNOWN else (Sex.FEMALE, Sex.MALE)[chance(person.name, "sex", 2)]
    garments, hats = (_CHILDREN if age is Age.CHILD else _BY_PERIOD)[period][sex]
    named: dict[str, str | None] = {}
    for found in _GARMENT.finditer(near):
        if found["garment"].lower() in _NEVER.get((sex, period in _FORMERLY), ()):
            continue  # it is somebody else's, or a figure of speech
        named[found["garment"].lower()] = named.get(found["garment"].lower()) or found["colour"]
    if set(person.roles) & _UNIFORMED:
        garments, hats = ("uniform",), ("helmet" if set(person.roles) & words.POLICE else "cap",)
    ends = {garment.split()[-1] for garment in named}
    worn = tuple(dict.fromkeys([*list(named)[:2], *(garment for garment in garments if garment.split()[-1] not in ends)]))[:4]
    outer = {wardrobe.colours[0] for wardrobe in taken if wardrobe.colours}
    colours = tuple(
        COLOURS[said.lower()] if (said := named.get(garment)) else _colour(person.name, garment, outer) for garment in worn
    )
    hat = _HAT.search(near)
    hats = ("none",) if bodies.hair_style(near) else hats  # what is told of hair is to be seen
    headwear = _HATS.get(hat.group().lower(), hat.group().lower()) if hat else hats[chance(person.name, "hat", len(hats))]
    return Wardrobe(garments=worn, colours=colours, headwear=headwear)


def _colour(name: str, garment: str, taken: set[str]) -> str:
    if garment == "uniform":
        return COLOURS["navy"]
    start = chance(name, garment, len(_COATS))
    ranked = [_COATS[(start + step) % len(_COATS)] for step in range(len(_COATS))]
    return next((colour for colour in ranked if colour not in taken), ranked[0])
