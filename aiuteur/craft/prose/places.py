"""Places in words: which noun is which kind of place, and whether it is under a roof.

Belongs here: the vocabulary of places. Does not belong here: following them through a text (`surroundings`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from aiuteur.craft.prose import words
from aiuteur.craft.prose.aboard import ONLY_SHIPS, SHIP_ROOMS
from aiuteur.craft.prose.segments import WORD
from aiuteur.film.bible import PlaceKind

_PLACES: Final[Mapping[PlaceKind, str]] = {
    PlaceKind.STREET: """
        street avenue alley lane boulevard sidewalk pavement square plaza crossing kerb curb gutter lamppost
        doorway bridge market piazza embankment block neighbourhood neighborhood city town thoroughfare court
        courtyard mews terrace rooftop roof marketplace fair bazaar slum car-park parking-lot
    """,
    PlaceKind.ROOM: """
        room parlour parlor sitting-room drawing-room lounge flat apartment chamber study
        library dining-room cabin hut cottage house home hotel-room dressing-room living-room couch sofa
        fireside hearth cell caravan tent villa bungalow lodge farmhouse mansion
    """,
    PlaceKind.ATTIC: "attic garret loft studio workroom workshop atelier easel lantern-room belfry eaves lighthouse lamp-room",
    PlaceKind.OFFICE: """
        office bureau desk counting-house headquarters police-station precinct courtroom bank
        laboratory lab newsroom embassy control-room cockpit university college corridor waiting-room
    """,
    PlaceKind.SHOP: """
        shop store drugstore bakery grocery bookshop pharmacy pawnshop barbershop showroom boutique
        supermarket butcher's tailor's florist's warehouse
    """,
    PlaceKind.RAILWAY: "railway railroad station platform train carriage compartment locomotive depot tracks rails tram "
    "subway underground terminus signal-box",
    PlaceKind.FOREST: "forest wood woods woodland jungle grove thicket clearing glade pines copse bush undergrowth",
    PlaceKind.SEA: """
        sea ocean beach shore boat harbour harbor quay quayside pier wharf dock jetty coast bay cove raft waves
        seashore seaside sands cliff cliffs lagoon river riverbank lake canal landing tide skiff
        rowboat oars
    """,
    PlaceKind.FIELD: "field fields meadow prairie farm farmyard pasture plains orchard vineyard moor heath "
    "wheat cornfield barn stable paddock",
    PlaceKind.CHURCH: "church chapel cathedral abbey temple mosque synagogue altar pew nave churchyard graveyard cemetery "
    "crypt monastery convent vestry",
    PlaceKind.ROAD: "road highway path track lane roadside motorway crossroads gate drive trail milestone causeway car "
    "taxi cab hansom wagon coach bus truck automobile",
    PlaceKind.KITCHEN: "kitchen stove scullery pantry oven sink larder galley",
    PlaceKind.CELLAR: "cellar basement vault dungeon den tunnel crypt sewer catacomb undercroft passage bunker "
    "engine-room boiler-room engine-house",
    PlaceKind.TAVERN: "tavern inn pub saloon bar restaurant café cafe diner taproom alehouse public-house canteen brewery",
    PlaceKind.GARDEN: "garden yard lawn park arbour arbor greenhouse conservatory backyard patio hedge flowerbed fountain "
    "terrace veranda porch",
    PlaceKind.MOUNTAIN: "mountain mountains hill hillside summit peak ridge pass glacier valley slope cliff ravine gorge "
    "canyon volcano",
    PlaceKind.HALL: """
        hall hallway stairs staircase stairway stair landing lobby vestibule foyer ballroom theatre theater
        museum palace castle throne-room auditorium gallery arena ward-room concert-hall upstairs downstairs
    """,
    PlaceKind.BEDROOM: "bedroom bedchamber bedside bed nursery sickroom dormitory guest-room",
    PlaceKind.SCHOOL: "school classroom schoolroom schoolhouse",
    PlaceKind.HOSPITAL: "hospital ward clinic surgery infirmary operating-room sickbay",
    PlaceKind.SHIP: "ship deck ferry vessel yacht sail schooner steamer quarterdeck forecastle mast",
    PlaceKind.DESERT: "desert dune dunes oasis sahara",
    PlaceKind.CAVE: "cave cavern grotto mine lair",
}

_OUTDOORS: Final = frozenset({
    PlaceKind.STREET, PlaceKind.FOREST, PlaceKind.SEA, PlaceKind.FIELD, PlaceKind.ROAD, PlaceKind.GARDEN, PlaceKind.MOUNTAIN,
    PlaceKind.RAILWAY, PlaceKind.SHIP, PlaceKind.DESERT,
})

_INDOOR_WORDS: Final = words.word_set("""
        train carriage compartment cabin barn stable lighthouse car taxi cab lamp-room greenhouse conservatory station
    """)

_OUTDOOR_WORDS: Final = frozenset(["churchyard", "graveyard", "cemetery", "rooftop", "roof"])

_KIND_OF: Final[Mapping[str, PlaceKind]] = {
    **{word: kind for word, kind in SHIP_ROOMS.items() if word in ONLY_SHIPS},
    **{word: kind for kind, shown in reversed(_PLACES.items()) for word in shown.split()},
}

_NOUNS: Final = "|".join(re.escape(word).replace(r"\-", r"[\s-]") for word in sorted(_KIND_OF, key=len, reverse=True))
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

FITTINGS: Final = words.word_set("""
        stove oven sink desk couch sofa bed bedside oars waves sands kerb curb gutter easel pew altar
        stair stairs landing fireside hearth track tracks rails wheat hedge sail corner block doorway tide skiff
        rowboat raft deck fountain gate drive bar train
    """)
"""Words that tell a kind of place but are no name for it."""

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
_SMALL_HOUSES: Final = words.word_set("hut cottage cabin tent lodge lighthouse")
_OPENED: Final = frozenset({PlaceKind.SHOP, PlaceKind.TAVERN, PlaceKind.OFFICE, PlaceKind.CHURCH, PlaceKind.ATTIC})
_ADDRESSES: Final = frozenset({PlaceKind.STREET, PlaceKind.ROAD})
_HOUSES: Final = "|".join(word for word, kind in _KIND_OF.items() if kind not in _OUTDOORS)
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
    found += [Cue(_place(match["noun"], "", space=space), 1.0, match.start("noun"), arrives=False) for match in stands]
    sea = Place(PlaceKind.SEA, "sea", interior=False)
    found += [Cue(sea, 1.0, match.start(), arrives=True) for match in _AT_SEA.finditer(text) if not space]
    yield from sorted(found, key=lambda cue: cue.offset)


def _cue(text: str, found: re.Match[str], *, space: bool) -> Cue | None:
    """What one mention says: where somebody is or comes to is sure, where they come from or whose a place is says little."""
    lead, noun = found["lead"].lower(), found["noun"].lower()
    if noun == "mine" and not found["det"]:
        return None  # next to mine: somebody's own, not a mine
    place = _place(noun, found["mods"], space=space)
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


def _lived(text: str, found: re.Match[str]) -> bool:
    """Whether a small house is told of as standing in a landscape, where nobody is said to be inside now."""
    told = _DWELT.search(text, max(0, found.start() - 30), found.start())
    return bool(told and found["lead"].lower() == "in" and _AMONG.match(text, found.end()))


def _place(noun: str, mods: str, *, space: bool) -> Place:
    key = re.sub(r"\s+", "-", noun.lower())
    if space and key in SHIP_ROOMS:
        return Place(SHIP_ROOMS[key], _name("spaceship", noun.lower()) if key != "spaceship" else key, interior=True)
    return Place(_KIND_OF[key], _name(mods, noun.lower()), is_inside(key, _KIND_OF[key]))


def is_inside(noun: str, kind: PlaceKind) -> bool:
    """Whether a place named by this noun is under a roof."""
    return noun in _INDOOR_WORDS or (kind not in _OUTDOORS and noun not in _OUTDOOR_WORDS)


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


_AFTER_HEAD: Final = re.compile(r"\s(?:of|in|at|by|near|outside|below|above|behind)\s")


def place_kind(words: str) -> tuple[PlaceKind, bool] | None:
    """The kind of place that the words of a slug line or a name say, and whether it is inside; None where they say nothing."""
    told = words.lower()
    return _kind(_AFTER_HEAD.split(told)[0]) or _kind(told)


def _kind(told: str) -> tuple[PlaceKind, bool] | None:
    found = WORD.findall(told)
    space = {"spaceship", "starship", "spacecraft"} & set(found)
    for at in reversed(range(len(found))):
        for form in ("-".join(found[max(0, at - 1) : at + 1]), found[at], found[at].removesuffix("s")):
            if space and form in SHIP_ROOMS:
                return SHIP_ROOMS[form], True
            if form in _KIND_OF:
                return _KIND_OF[form], is_inside(form, _KIND_OF[form])
    return None
