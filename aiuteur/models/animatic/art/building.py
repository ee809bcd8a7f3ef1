"""Which builder builds which kind of place, within and without."""

from collections.abc import Callable
from typing import Final

from aiuteur.film.bible import PlaceKind
from aiuteur.models.animatic.art.places import homes, nature, public, streets
from aiuteur.models.animatic.art.stage import Stage

_WITHIN: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    PlaceKind.ROOM: homes.room, PlaceKind.STREET: homes.room, PlaceKind.FIELD: homes.room, PlaceKind.ROAD: homes.room, PlaceKind.GARDEN: homes.room,
    PlaceKind.MOUNTAIN: homes.room, PlaceKind.FOREST: homes.room, PlaceKind.KITCHEN: homes.kitchen, PlaceKind.ATTIC: homes.attic, PlaceKind.CELLAR: homes.cellar,
    PlaceKind.OFFICE: public.office, PlaceKind.SHOP: public.shop, PlaceKind.TAVERN: public.tavern, PlaceKind.HALL: public.hall, PlaceKind.CHURCH: public.nave,
    PlaceKind.RAILWAY: nature.carriage, PlaceKind.SEA: nature.cabin,
}
_WITHOUT: Final[dict[PlaceKind, Callable[[Stage], None]]] = {
    PlaceKind.STREET: streets.street, PlaceKind.RAILWAY: streets.railway, PlaceKind.ROAD: streets.road, PlaceKind.CHURCH: streets.church,
    PlaceKind.FOREST: nature.forest, PlaceKind.SEA: nature.sea, PlaceKind.FIELD: nature.field, PlaceKind.GARDEN: nature.garden, PlaceKind.MOUNTAIN: nature.mountain,
    PlaceKind.ROOM: streets.house_front, PlaceKind.ATTIC: streets.house_front, PlaceKind.OFFICE: streets.house_front, PlaceKind.SHOP: streets.house_front,
    PlaceKind.KITCHEN: streets.house_front, PlaceKind.CELLAR: streets.house_front, PlaceKind.TAVERN: streets.house_front, PlaceKind.HALL: streets.house_front,
}


def build(stage: Stage) -> None:
    """Build the stage's kind of place."""
    (_WITHIN if stage.picture.interior else _WITHOUT)[stage.picture.place](stage)
