"""Places in words: which noun is which kind of place, and whether it is under a roof.

Belongs here: the vocabulary of places. Does not belong here: following them through a text (`surroundings`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.segments import WORD
from aiuteur.film.bible import PlaceKind

_PLACES: Final[Mapping[PlaceKind, str]] = {
    PlaceKind.STREET: """
        street avenue alley lane boulevard sidewalk pavement square plaza corner crossing kerb curb gutter lamppost
        doorway bridge market piazza quay embankment block neighbourhood neighborhood city town thoroughfare court
        courtyard steps mews terrace rooftop roof marketplace fair bazaar slum
    """,
    PlaceKind.ROOM: """
        room bedroom parlour parlor sitting-room drawing-room lounge flat apartment bedside bed chamber nursery study
        library dining-room bedchamber cabin hut cottage house home hotel-room dressing-room living-room couch sofa
        fireside hearth sickroom cell ward hospital caravan tent villa bungalow lodge farmhouse mansion
    """,
    PlaceKind.ATTIC: "attic garret loft studio workroom workshop atelier easel lantern-room belfry eaves lighthouse lamp-room",
    PlaceKind.OFFICE: """
        office bureau desk counting-house headquarters police-station precinct courtroom bank school classroom
        laboratory lab newsroom embassy surgery clinic control-room cockpit bridge-deck university college
    """,
    PlaceKind.SHOP: """
        shop store drugstore bakery grocery bookshop pharmacy pawnshop barbershop counter showroom boutique
        supermarket butcher's tailor's florist's warehouse
    """,
    PlaceKind.RAILWAY: "railway railroad station platform train carriage compartment locomotive depot tracks rails tram "
    "subway underground terminus signal-box",
    PlaceKind.FOREST: "forest wood woods woodland jungle grove thicket clearing glade pines copse bush undergrowth",
    PlaceKind.SEA: """
        sea ocean beach shore ship boat deck harbour harbor pier wharf dock jetty coast bay cove raft sail waves
        seashore seaside sands cliff cliffs ferry vessel yacht lagoon river riverbank lake canal landing tide skiff
        rowboat oars
    """,
    PlaceKind.FIELD: "field fields meadow prairie farm farmyard pasture plain plains orchard vineyard moor heath desert "
    "wheat cornfield barn stable paddock",
    PlaceKind.CHURCH: "church chapel cathedral abbey temple mosque synagogue altar pew nave churchyard graveyard cemetery "
    "crypt monastery convent vestry",
    PlaceKind.ROAD: "road highway path track lane roadside motorway crossroads gate drive trail milestone causeway car "
    "taxi cab hansom wagon coach bus truck automobile",
    PlaceKind.KITCHEN: "kitchen stove scullery pantry oven sink larder galley",
    PlaceKind.CELLAR: "cellar basement vault dungeon den cave cavern tunnel mine crypt sewer catacomb undercroft passage bunker",
    PlaceKind.TAVERN: "tavern inn pub saloon bar restaurant café cafe diner taproom alehouse public-house canteen brewery",
    PlaceKind.GARDEN: "garden yard lawn park arbour arbor greenhouse conservatory backyard patio hedge flowerbed fountain "
    "terrace veranda porch",
    PlaceKind.MOUNTAIN: "mountain mountains hill hillside summit peak ridge pass glacier valley slope cliff ravine gorge "
    "canyon volcano",
    PlaceKind.HALL: """
        hall hallway corridor stairs staircase stairway stair landing lobby vestibule foyer ballroom theatre theater
        museum palace castle throne-room auditorium gallery arena ward-room concert-hall upstairs downstairs
    """,
}


_OUTDOORS: Final = frozenset(
    {
        PlaceKind.STREET,
        PlaceKind.FOREST,
        PlaceKind.SEA,
        PlaceKind.FIELD,
        PlaceKind.ROAD,
        PlaceKind.GARDEN,
        PlaceKind.MOUNTAIN,
        PlaceKind.RAILWAY,
    }
)


_INDOOR_WORDS: Final = words.word_set("""
        train carriage compartment cabin barn stable lighthouse car taxi cab lamp-room greenhouse conservatory station
    """)


_OUTDOOR_WORDS: Final = frozenset(["churchyard", "graveyard", "cemetery", "rooftop", "roof"])


_KIND_OF: Final[Mapping[str, PlaceKind]] = {word: kind for kind, shown in reversed(_PLACES.items()) for word in shown.split()}


_PLACE: Final = re.compile(
    r"\b(?P<lead>in|into|inside|at|on|onto|through|to|along|down|up|across|outside|from|of|over|near|by|"
    r"under|beneath|behind|reached|entered|left|"
    r"crossed|climbed|toward|towards|upon)\s+(?P<det>the|a|an|his|her|their|my|our|its|this|that|another|"
    r"one)?\s*(?P<mods>(?:[^\W\d_][\w’'-]*\s+){0,3}?)"
    r"(?P<noun>" + "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True)) + r")\b(?!-)(?![’']s)",
    re.IGNORECASE,
)


FITTINGS: Final = words.word_set("""
        stove oven sink desk counter couch sofa bed bedside oars waves sands kerb curb gutter steps easel pew altar
        stair stairs landing fireside hearth track tracks rails wheat hedge sail corner block doorway tide skiff
        rowboat raft deck fountain gate drive bar train
    """)
"""Words that tell a kind of place but are no name for it."""


_COMES: Final = re.compile(
    r"\b(?:went|came|walked|hurried|ran|returned|rode|drove|back|home|rowed|climbed|got|sailed|travelled|"
    r"traveled|led|brought|followed)\s+(?:\w+\s+)?$"
)


_STANDS: Final = re.compile(
    r"(?:^|[.!?]\s+)The\s+(?:\w+\s+)?(?P<noun>"
    + "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))
    + r")\s+(?:was|were|lay|stood|looked|smelled|smelt)\b"
)


_STRONG: Final = words.word_set("""
        in into inside at on onto through reached entered outside along across crossed climbed upon down up under
        beneath
    """)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the text names it: the kind, the name in the text's words, inside or not."""

    kind: PlaceKind
    name: str
    interior: bool


def place_cues(text: str) -> Iterator[tuple[Place, float, int]]:
    """Every place a text leads to: the place, how surely (0 to 1), and the offset."""
    for found in _PLACE.finditer(text):
        noun = found["noun"].lower()
        kind = _KIND_OF[noun]
        proper = any(word[0].isupper() for word in found["mods"].split())
        arrives = found["lead"].lower() in _STRONG or bool(_COMES.search(text, max(0, found.start() - 24), found.start()))
        yield (
            Place(kind, _name(found["mods"], noun), is_inside(noun, kind)),
            1.0 if arrives and (found["det"] or proper) else 0.4,
            found.start(),
        )
    for found in _STANDS.finditer(text):
        noun = found["noun"].lower()
        yield Place(_KIND_OF[noun], noun, is_inside(noun, _KIND_OF[noun])), 1.0, found.start()


def is_inside(noun: str, kind: PlaceKind) -> bool:
    """Whether a place named by this noun is under a roof."""
    return noun in _INDOOR_WORDS or (kind not in _OUTDOORS and noun not in _OUTDOOR_WORDS)


_PLAIN_MODS: Final = words.word_set("""
        same very own next other first last old whole little big great small new of the a an and his her their
    """)


def _name(mods: str, noun: str) -> str:
    kept = [word for word in re.findall(r"[\w’'-]+", mods.lower()) if word not in _PLAIN_MODS and not word.endswith("ing")]
    return " ".join([*kept[-3:], noun])


def place_kind(words: str) -> tuple[PlaceKind, bool] | None:
    """The kind of place that the words of a slug line or a name say, and whether it is inside; None where they say nothing."""
    for word in reversed(WORD.findall(words.lower())):
        for form in (word, word.removesuffix("s")):
            if form in _KIND_OF:
                return _KIND_OF[form], is_inside(form, _KIND_OF[form])
    return None
