"""The nouns of places: which is which kind of place, and whether it is under a roof.

Belongs here: the vocabulary. Does not belong here: finding places in a text (`places`).
"""

import re
from collections.abc import Mapping
from typing import Final

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
    PlaceKind.FOREST: "forest wood woods woodland jungle grove thicket clearing glade pines copse bush undergrowth swamp",
    PlaceKind.SEA: """
        sea ocean beach shore boat harbour harbor quay quayside pier wharf dock jetty coast bay cove raft waves
        seashore seaside sands cliff cliffs lagoon river riverbank lake canal landing tide skiff
        rowboat oars pond duck-pond mill-pond pool stream brook creek reeds banks river-bank stream-bank lake-bank canal-bank
    """,
    PlaceKind.FIELD: "field fields meadow prairie farm farmyard pasture plains orchard vineyard moor heath "
    "wheat cornfield barn stable paddock marsh marshes fen fens bog",
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
    PlaceKind.SHIP: "ship deck ferry vessel yacht sail schooner steamer quarterdeck forecastle mast wheelhouse",
    PlaceKind.DESERT: "desert dune dunes oasis sahara",
    PlaceKind.CAVE: "cave cavern grotto mine lair",
}

OUTDOORS: Final = frozenset({
    PlaceKind.STREET, PlaceKind.FOREST, PlaceKind.SEA, PlaceKind.FIELD, PlaceKind.ROAD, PlaceKind.GARDEN, PlaceKind.MOUNTAIN,
    PlaceKind.RAILWAY, PlaceKind.SHIP, PlaceKind.DESERT,
})

_INDOOR_WORDS: Final = words.word_set("""
        train carriage compartment cabin barn stable lighthouse car taxi cab lamp-room greenhouse conservatory station
        wheelhouse
    """)

_OUTDOOR_WORDS: Final = frozenset(["churchyard", "graveyard", "cemetery", "rooftop", "roof"])

KIND_OF: Final[Mapping[str, PlaceKind]] = {
    **{word: kind for word, kind in SHIP_ROOMS.items() if word in ONLY_SHIPS},
    **{word: kind for kind, shown in reversed(_PLACES.items()) for word in shown.split()},
}

FITTINGS: Final = words.word_set("""
        stove oven sink desk couch sofa bed bedside oars waves sands kerb curb gutter easel pew altar
        stair stairs landing fireside hearth track tracks rails wheat hedge sail corner block doorway tide skiff
        rowboat raft deck fountain gate drive bar train reeds
    """)
"""Words that tell a kind of place but are no name for it."""

BANKS: Final = frozenset({"bank", "banks"})
"""Of money, or of a river where `WATERS` are near."""
WATERS: Final = re.compile(
    r"\b(?:rivers?|riverbed|streams?|brooks?|creeks?|canals?|lakes?|ponds?|water|waters|reeds|rushes|current|tide|shallows|willows?|"
    r"ford|ferry|weir|otters?|waded|swam|muddy|grassy|mossy)\b",
    re.IGNORECASE,
)


def is_inside(noun: str, kind: PlaceKind) -> bool:
    """Whether a place named by this noun is under a roof."""
    return noun in _INDOOR_WORDS or (kind not in OUTDOORS and noun not in _OUTDOOR_WORDS)


_AFTER_HEAD: Final = re.compile(r"\s(?:of|in|at|by|near|outside|below|above|behind)\s")


def place_kind(words: str) -> tuple[PlaceKind, bool] | None:
    """The kind of place that the words of a slug line or a name say, and whether it is inside; None where they say nothing."""
    told = words.lower()
    if BANKS & set(WORD.findall(told)) and WATERS.search(told):
        return PlaceKind.SEA, False
    return _kind(_AFTER_HEAD.split(told)[0]) or _kind(told)


def _kind(told: str) -> tuple[PlaceKind, bool] | None:
    found = WORD.findall(told)
    space = {"spaceship", "starship", "spacecraft"} & set(found)
    for at in reversed(range(len(found))):
        for form in ("-".join(found[max(0, at - 1) : at + 1]), found[at], found[at].removesuffix("s")):
            if space and form in SHIP_ROOMS:
                return SHIP_ROOMS[form], True
            if form in KIND_OF:
                return KIND_OF[form], is_inside(form, KIND_OF[form])
    return None
