"""Which builder builds which kind of place, within and without."""

from collections.abc import Callable
from typing import Final

from aiuteur.film.bible import PlaceKind
from aiuteur.models.animatic.art.places import (
    beds,
    caves,
    churches,
    country,
    deserts,
    forest,
    fronts,
    gatherings,
    homes,
    lanterns,
    lofts,
    mountains,
    railway,
    roads,
    schools,
    ships,
    shore,
    space,
    streets,
    tents,
    work,
)
from aiuteur.models.animatic.art.stage import Stage

_WITHIN: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    PlaceKind.ROOM: homes.room, PlaceKind.STREET: homes.room, PlaceKind.FIELD: homes.room, PlaceKind.ROAD: homes.room,
        PlaceKind.GARDEN: homes.room,
    PlaceKind.MOUNTAIN: homes.room, PlaceKind.FOREST: homes.room, PlaceKind.KITCHEN: homes.kitchen, PlaceKind.ATTIC: lofts.attic,
        PlaceKind.CELLAR: lofts.cellar,
    PlaceKind.OFFICE: work.office, PlaceKind.SHOP: work.shop, PlaceKind.TAVERN: gatherings.tavern,
        PlaceKind.HALL: gatherings.hall,
        PlaceKind.CHURCH: churches.nave,
    PlaceKind.RAILWAY: railway.carriage, PlaceKind.SEA: shore.cabin, PlaceKind.SHIP: shore.cabin, PlaceKind.DESERT: homes.room,
    PlaceKind.CAVE: caves.cave, PlaceKind.SPACESHIP: space.bridge, PlaceKind.SCHOOL: schools.classroom,
    PlaceKind.HOSPITAL: beds.ward, PlaceKind.BEDROOM: beds.bedroom,
}
_WITHOUT: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    PlaceKind.STREET: streets.street, PlaceKind.RAILWAY: railway.railway, PlaceKind.ROAD: roads.road,
        PlaceKind.CHURCH: churches.church,
    PlaceKind.FOREST: forest.forest, PlaceKind.SEA: shore.sea, PlaceKind.FIELD: country.field, PlaceKind.GARDEN: country.garden,
        PlaceKind.MOUNTAIN: mountains.mountain,
    PlaceKind.ROOM: fronts.house_front, PlaceKind.ATTIC: fronts.house_front, PlaceKind.OFFICE: fronts.house_front,
        PlaceKind.SHOP: fronts.house_front,
    PlaceKind.KITCHEN: fronts.house_front, PlaceKind.CELLAR: fronts.house_front, PlaceKind.TAVERN: fronts.house_front,
        PlaceKind.HALL: fronts.house_front,
    PlaceKind.SCHOOL: fronts.house_front, PlaceKind.HOSPITAL: fronts.house_front, PlaceKind.BEDROOM: fronts.house_front,
    PlaceKind.DESERT: deserts.desert, PlaceKind.CAVE: mountains.mountain, PlaceKind.SHIP: ships.deck,
    PlaceKind.SPACESHIP: space.hull,
}


_BY_NAME: Final[tuple[tuple[PlaceKind, tuple[str, ...], Callable[[Stage], None]], ...]] = (
    (PlaceKind.ROOM, ("tent", "yurt", "pavilion", "marquee"), tents.tent),
    (PlaceKind.ATTIC, ("lighthouse", "lamp", "lantern"), lanterns.lantern_room),
)
"""Places of a kind that their name says are built otherwise."""


def build(stage: Stage) -> None:
    """Build the stage's kind of place."""
    picture = stage.picture
    kinds = _WITHIN if picture.interior else _WITHOUT
    named = set(picture.place_name.lower().replace("-", " ").split())
    own = (builder for kind, names, builder in _BY_NAME if picture.interior and kind is picture.place and named & set(names))
    next(own, kinds[picture.place])(stage)
