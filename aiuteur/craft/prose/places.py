"""Places in a text: where its words say that somebody is, comes to or comes from, and how surely.

Belongs here: one place at a time. Does not belong here: which noun is which kind (`place_words`), the way through them
(`surroundings`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from aiuteur.craft.prose import words
from aiuteur.craft.prose.aboard import SHIP_ROOMS
from aiuteur.craft.prose.place_words import BANKS, FITTINGS, KIND_OF, OUTDOORS, WATERS, is_inside
from aiuteur.craft.prose.segments import Span
from aiuteur.film.bible import PlaceKind

_NOUNS: Final = "|".join(re.escape(word).replace(r"\-", r"[\s-]") for word in sorted(KIND_OF, key=len, reverse=True))
_PARTS: Final = "part|heart|middle|midst|edge|depths?|centre|center|end|corner|floor|top|foot|back|front|bottom|side|door|window"
"""What a place has, and is no place by itself: on the floor of the shop is in the shop."""

_NO_MOD: Final = (
    r"(?!(?:of|in|into|inside|at|on|to|from|with|and|or|by|as|for|the|a|an|his|her|their|its|was|were|is|had|that|which|who|when|"
    r"where|while|but|then|out|over|under|near)\b)"
)
_PLACE: Final = re.compile(
    rf"\b(?P<lead>(?:in|at|on|through|by|inside|into|to|down\s+on)\s+(?:the|a|an|one)\s+(?:[\w-]+\s+)?(?:{_PARTS})\s+of|"
    r"in|into|inside|aboard|at|on|onto|through|to|along|down|up|across|outside|from|of|over|near|by|"
    r"under|beneath|behind|reached|entered|left|opened|unlocked|"
    r"crossed|climbed|toward|towards|upon)\s+(?P<det>the|a|an|his|her|their|my|our|its|this|that|another|"
    rf"one)?\s*(?P<mods>(?:{_NO_MOD}[^\W\d_][\w’'-]*\s+){{0,3}}?)"
    rf"(?P<noun>{_NOUNS})\b(?!-)(?![’']s)(?!\s+(?-i:Street|Road|Lane|Avenue|Square)\b)",
    re.IGNORECASE,
)

_COMES: Final = re.compile(
    r"\b(?:went|came|walked|hurried|ran|returned|rode|drove|back|home|rowed|climbed|got|sailed|travelled|"
    r"traveled|led|brought|followed)\s+(?:\w+\s+)?$"
)

_STANDS: Final = re.compile(
    rf"(?:^|[.!?]\s+|\bOn\s+[A-Z]\w+day,?\s+)[Tt]he\s+(?:\w+\s+)?(?P<noun>{_NOUNS})\s+"
    r"(?:was|were|lay|stood|looked|smelled|smelt)\b"
)
_STANDS_IN: Final = re.compile(
    rf"\b[Tt]he\s+(?:\w+\s+)?(?P<noun>{_NOUNS})\s+(?:on|in)\s+(?:[A-Z][\w’']+\s+)+(?:was|were|lay|stood|looked|smelled|smelt)\b"
)
_AT_SEA: Final = re.compile(
    r"\b(?:rowed|sailed|rowing|sailing)\s+(?:out|home|back|away|alone|on)\b|\bput\s+(?:out\s+)?to\s+sea\b|\bset\s+sail\b|"
    r"\b(?:cast|hauled|pulled)\s+(?:in\s+|up\s+)?(?:the|his|her|their)\s+nets?\b|\b(?:shipped|pulled\s+at)\s+the\s+oars\b",
    re.IGNORECASE,
)

_STRONG: Final = words.word_set("""
        in into inside aboard at on onto through reached entered outside along across crossed climbed upon down up under
        beneath
    """)

_ARRIVES: Final = words.word_set("into aboard entered reached opened unlocked crossed climbed")
_ORIGINS: Final = words.word_set("from of left over near by behind beneath under")
_WITHIN: Final = words.word_set("in into inside aboard entered within through opened unlocked up down")
_ON_A_BANK: Final = words.word_set("on onto upon along up down climbed")
_IN_A_HOUSE: Final = words.word_set("at in into inside entered opened")
_OF_WATER: Final = re.compile(rf"\s+of\s+(?:the|a|that|this)\s+(?:\w+\s+)?{WATERS.pattern}", re.IGNORECASE)
_POURED: Final = words.word_set("pool stream")
_OF: Final = re.compile(r"\s+(?:of|table)\b")
"""What makes of a pool or a stream one of light, of people or of billiards."""
_SMALL_HOUSES: Final = words.word_set("hut cottage cabin tent lodge lighthouse")
_OPENED: Final = frozenset({PlaceKind.SHOP, PlaceKind.TAVERN, PlaceKind.OFFICE, PlaceKind.CHURCH, PlaceKind.ATTIC})
_ADDRESSES: Final = frozenset({PlaceKind.STREET, PlaceKind.ROAD})
_HOUSES: Final = "|".join(word for word, kind in KIND_OF.items() if kind not in OUTDOORS)
_HOUSED: Final = re.compile(rf"\b(?:{_HOUSES})\s+$", re.IGNORECASE)
"""A house before the street it is in: whoever is in the bank on Mill Lane is not in the lane."""
_DWELT: Final = re.compile(r"\b(?:lived|dwelt|lives|born|built|owned|stood|there\s+was)\s+(?:\w+\s+){0,2}$")
_AMONG: Final = re.compile(
    r"[^.!?]{0,60}\b(?:forest|woods?|mountains?|hills?|moor|shore|beach|sea|fields?|desert)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the text names it: the kind, the name in the text's words, inside or not."""

    kind: PlaceKind
    name: str
    interior: bool


class Cue(NamedTuple):
    """A place a text leads to: how surely (0 to 1), at which offset, and whether somebody comes there rather than is there."""

    place: Place
    weight: float
    offset: int
    arrives: bool


def place_cues(text: str, *, space: bool = False) -> Iterator[Cue]:
    """Every place a text leads to, in order; `space` reads the words of ships as those of a spaceship."""
    found = [cue for match in _PLACE.finditer(text) if (cue := _cue(text, match, space=space))]
    stands = (match for pattern in (_STANDS, _STANDS_IN) for match in pattern.finditer(text))
    found += [Cue(_standing(text, match, space=space), 1.0, match.start("noun"), arrives=False) for match in stands]
    sea = Place(PlaceKind.SEA, "sea", interior=False)
    found += [Cue(sea, 1.0, match.start(), arrives=True) for match in _AT_SEA.finditer(text) if not space]
    yield from sorted(found, key=lambda cue: cue.offset)


def _cue(text: str, found: re.Match[str], *, space: bool) -> Cue | None:
    """What one mention says: where somebody is or comes to is sure, where they come from or whose a place is says little."""
    lead, noun = found["lead"].lower(), found["noun"].lower()
    if noun == "mine" and not found["det"]:
        return None  # next to mine: somebody's own, not a mine
    if noun in _POURED and _OF.match(text, found.end()):
        return None
    beside = noun in BANKS and _waterside(text, lead, found["mods"], Span(found.start(), found.end()))
    place = _place("riverbank" if beside else noun, found["mods"], space=space)
    if lead in {"opened", "unlocked"} and (place.kind not in _OPENED or noun in FITTINGS):
        return None
    comes = bool(_COMES.search(text, max(0, found.start() - 24), found.start())) and lead not in _ORIGINS
    proper = any(word[0].isupper() for word in found["mods"].split())
    sure = (lead in _STRONG or lead.endswith(" of") or comes) and bool(found["det"] or proper)
    sure = sure and not (proper and place.kind in _ADDRESSES and _HOUSED.search(text, max(0, found.start() - 24), found.start()))
    if noun in _SMALL_HOUSES and not space:
        sure = sure and lead in _WITHIN and not _lived(text, found)
        if noun == "lighthouse" and lead not in _WITHIN:
            place = Place(PlaceKind.SEA, "shore by the lighthouse", interior=False)
            sure = lead not in _ORIGINS
    return Cue(place, 1.0 if sure else 0.4, found.start(), lead in _ARRIVES or comes)


def _standing(text: str, found: re.Match[str], *, space: bool) -> Place:
    noun = found["noun"]
    beside = noun.lower() in BANKS and _waterside(text, "", "", Span(*found.span("noun")))
    return _place("riverbank" if beside else noun, "", space=space)


def _waterside(text: str, lead: str, mods: str, place: Span) -> bool:
    """Whether a bank is one of a river: whoever is on or along it, up or down it, is by the water; else what is near tells."""
    if any(word[0].isupper() for word in mods.split()) or lead in _IN_A_HOUSE:
        return bool(_OF_WATER.match(text, place.end))
    return lead in _ON_A_BANK or bool(WATERS.search(text, max(0, place.start - 120), place.end + 120))


def _lived(text: str, found: re.Match[str]) -> bool:
    """Whether a small house is told of as standing in a landscape, where nobody is said to be inside now."""
    told = _DWELT.search(text, max(0, found.start() - 30), found.start())
    return bool(told and found["lead"].lower() == "in" and _AMONG.match(text, found.end()))


def _place(noun: str, mods: str, *, space: bool) -> Place:
    key = re.sub(r"\s+", "-", noun.lower())
    if space and key in SHIP_ROOMS:
        return Place(SHIP_ROOMS[key], _name("spaceship", noun.lower()) if key != "spaceship" else key, interior=True)
    return Place(KIND_OF[key], _name(mods, noun.lower()), is_inside(key, KIND_OF[key]))


_PLAIN_MODS: Final = words.word_set("""
        same very own next other first last old whole little big great small new of the a an and his her their
        monday tuesday wednesday thursday friday saturday sunday dark empty crowded
    """)


_CLAUSE: Final = re.compile(
    r"\b(?:i|you|he|she|it|we|they|who|which|that|was|were|is|had|went|came|and|or)\b(?:\s+\w+ed\b)?"
)


def _name(mods: str, noun: str) -> str:
    describing = re.findall(r"[\w’'-]+", _CLAUSE.split(mods.lower())[-1])
    kept = [word for word in describing if word not in _PLAIN_MODS and not word.endswith("ing")]
    return " ".join([*kept[-3:], noun])
