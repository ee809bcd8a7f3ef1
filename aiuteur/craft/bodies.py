"""What a text says of hair, years, and what marks a face.

Belongs here: the words of bodies that a story tells outright. Does not belong here: what a body is like where it is silent
(`appearance`, `screen_people`).
"""

import re
from collections.abc import Mapping
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.film.bible import Age

_HAIRS: Final = {
    "red": "red", "redhead": "red", "red-headed": "red", "redheaded": "red", "ginger": "red", "auburn": "auburn",
    "blond": "blond", "blonde": "blond", "golden": "blond", "fair-haired": "blond",
    "brown": "brown", "black": "black", "dark": "black", "grey": "grey", "gray": "grey", "white": "white", "silver": "white",
}
_COLOURS: Final = "|".join(_HAIRS)
_HAIR: Final = re.compile(
    rf"\b({_COLOURS})\b[\s,\w-]{{0,12}}\b(?:hair|beard|moustache|mustache|locks|curls|braids?|plaits?|whiskers)\b|"
    rf"\bhair\s+(?:was|of|is)\s+(?:\w+\s){{0,3}}?({_COLOURS})\b|\b(red-?headed|redhead)\b",
    re.IGNORECASE,
)
_STYLES: Final[Mapping[str, str]] = {
    "knot": "bun", "plait": "braid", "plaits": "braid",
    "braids": "braid", "plaited": "braid", "braided": "braid",
    "pigtails": "braid", "curls": "curly", "ringlets": "curly", "untidy": "messy",
}
_STYLE: Final = re.compile(
    r"\b(?P<bald>bald(?:ing)?)(?:-headed)?\b(?!\s+(?:hill|rock|mountain|eagle|tyre|lie|truth|fact))|"
    r"\bhair\b[^.;!?]{0,40}?\b(?P<done>bun|knot|ponytail|braids?|plaits?|pigtails|curls|ringlets)\b|"
    r"\b(?P<how>long|short|curly|wavy|cropped|braided|plaited|tousled|untidy)\b[\s,\w-]{0,16}\bhair\b|"
    r"\b(?:her|his)\s+(?:[\w-]+\s+)?(?P<own>ponytail|braids?|plaits?|pigtails|curls|ringlets)\b",
    re.IGNORECASE,
)
_MARKS: Final = (
    ("glasses", re.compile(
        r"\b(?:with|in|wore|wearing|wears|his|her|round|thick|thin|big|rimmed|reading|dark)\s+(?:\w+\s+)?glasses\b(?!\s+of)|"
        r"\b(?:moustache|mustache|beard|hair|hat|coat|shirt)\s+and\s+(?:\w+\s+)?glasses\b|"
        r"\b(?:spectacles|pince-nez)\b", re.IGNORECASE)),
    ("freckles", re.compile(r"\bfreckle[sd]\b|\bfreckled\b", re.IGNORECASE)),
    ("scar", re.compile(r"\b(?:a|his|her|the)\s+(?:\w+\s+)?scar\b|\bscarred\b", re.IGNORECASE)),
    ("eye patch", re.compile(r"\beye-?\s?patch\b|\bpatch\s+over\s+(?:one|his|her)\b", re.IGNORECASE)),
)

_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
_TEN: Final = "|".join(_TENS)
_TOLD: Final = re.compile(
    r"\b(?:(?P<who>[a-z]+)\s+of|aged|turned|was|is)\s+(?:(?:about|some|nearly|over|past)\s+)?"
    rf"(?P<years>{_TEN}|[1-9]\d)(?:-\w+)?(?=\s*(?:[.,;!?—–]|$)|\s+(?:with|in|who|years\s+(?:old|of\s+age)|or\s+so)\b)|"
    rf"\b(?P<old>{_TEN}|[1-9]\d)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?[\s-]years?[\s-]old\b|"
    rf"\b(?:in|into)\s+(?:his|her)\s+(?:early\s+|mid[\s-]|middle\s+|late\s+)?"
    r"(?P<decade>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b",
    re.IGNORECASE,
)
_UNTIL: Final = ((13, Age.CHILD), (20, Age.TEEN), (30, Age.YOUNG), (60, Age.ADULT), (200, Age.ELDERLY))


def hair_colour(near: str) -> str | None:
    """The colour of hair, beard or moustache that words tell; None where they are silent."""
    found = _HAIR.search(near)
    return _HAIRS[next(group for group in found.groups() if group).lower()] if found else None


def hair_style(near: str) -> str | None:
    """How the words say that hair is worn, or that there is none; None where they are silent."""
    found = _STYLE.search(near)
    said = next(group for group in found.groups() if group).lower() if found else None
    return _STYLES.get(said, said) if said else None


def marks(near: str) -> tuple[str, ...]:
    """What the words say that a face is known by: glasses, freckles, a scar."""
    return tuple(mark for mark, shown in _MARKS if shown.search(near))


def age_at(years: int) -> Age:
    """The age of somebody of so many years."""
    return next(age for most, age in _UNTIL if years < most)


def grown_age(near: str) -> Age | None:
    """The age of somebody grown by the years that words tell: "a man of sixty", "in her thirties"; None where they are silent."""
    for found in _TOLD.finditer(near):
        if found["who"] and found["who"].lower() not in words.ROLES | words.GENERIC | {"age"}:
            continue  # a flock of sixty is nobody's age
        told = (found["years"] or found["old"] or f"{found['decade']}y").lower()
        years = int(told) if told.isdigit() else _TENS[told]
        if years >= 20:  # noqa: PLR2004 - the years of children are told otherwise
            return age_at(years)
    return None
