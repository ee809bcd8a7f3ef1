"""Things: what people hold and what inserts show, recognised by their names.

Units: a box from -0.5 to 0.5 both ways, the thing standing in it; `thing` puts it into the world.
"""

from typing import Final

from aiuteur.models.animatic.art import belongings, keepsakes
from aiuteur.models.animatic.art.belongings import Draw
from aiuteur.models.animatic.art.colour import Rgb, chance, rgb
from aiuteur.models.animatic.art.display import Group, Item, Mark, Point

_THINGS: Final[tuple[tuple[tuple[str, ...], Draw, float], ...]] = (
    (("letter", "envelope", "telegram"), belongings.envelope, 0.8),
    (("photo", "portrait"), keepsakes.photo, 0.7),
    (("painting", "picture", "frame"), keepsakes.picture, 1.6),
    (("map", "chart"), keepsakes.chart, 1.3),
    (("book", "bible", "diary", "ledger", "journal", "notebook"), belongings.book, 0.9),
    (("paper", "note", "page", "document", "newspaper", "sketch", "manuscript", "ticket", "card", "scroll"), belongings.paper,
        0.8),
    (("lantern", "lamp", "torch"), belongings.lantern, 1.2),
    (("candle",), belongings.candle, 0.9),
    (("bottle", "wine", "flask", "vial"), belongings.bottle, 0.9),
    (("glass", "whisky", "beer", "goblet"), belongings.glass, 0.5),
    (("cup", "mug", "tea", "coffee", "bowl", "kettle", "jug", "pot"), belongings.cup, 0.5),
    (("key",), belongings.key, 0.5),
    (("watch",), belongings.watch, 0.4),
    (("clock",), keepsakes.clock, 1.0),
    (("phone", "mobile", "tablet"), keepsakes.phone, 0.55),
    (("telephone", "receiver"), keepsakes.handset, 0.9),
    (("gun", "pistol", "revolver", "rifle"), belongings.gun, 0.8),
    (("sword", "blade", "spear"), belongings.sword, 2.6),
    (("knife", "dagger", "razor", "scissors"), belongings.knife, 0.8),
    (("umbrella", "parasol"), belongings.umbrella, 3.0),
    (("suitcase", "bag", "case", "satchel", "luggage", "trunk", "basket", "purse", "valise"), belongings.case, 1.3),
    (("coin", "money", "medal", "penny", "dollar", "gold"), keepsakes.coin, 0.3),
    (("ring", "jewel", "necklace", "locket"), keepsakes.ring, 0.3),
    (("flower", "rose", "bouquet", "ivy", "leaf"), keepsakes.flower, 0.9),
    (("bread", "loaf", "apple", "food", "cake"), keepsakes.bread, 0.7),
    (("box", "chest", "casket"), belongings.box, 1.0),
    (("stick", "cane", "staff", "wand", "pole", "oar", "broom", "brush", "pencil", "pen"), keepsakes.stick, 2.0),
    (("camera",), keepsakes.camera, 0.7),
    (("violin", "fiddle", "guitar"), keepsakes.violin, 1.8),
    (("doll", "toy", "bear"), keepsakes.doll, 0.8),
    (("cigar", "pipe"), keepsakes.cigarette, 0.4),
    (("axe", "hammer", "spade", "shovel", "tool", "wrench"), keepsakes.tool, 1.6),
)


def _found(name: str) -> tuple[Draw, float]:
    words = "receiver" if "telephone" in name.lower() else name.lower()
    return next(((draw, factor) for names, draw, factor in _THINGS if any(part in words for part in names)),
        (keepsakes.parcel, 0.8))


def thing(name: str, at: Point, size: float) -> list[Item]:
    """A thing centred at a point; `size` is what a hand-sized thing measures, larger ones are larger."""
    draw, factor = _found(name)
    side = size * factor
    return [Group(draw(_colour(name)), matrix=(side, 0.0, 0.0, side, *at))]


def held(name: str, at: Point, size: float) -> list[Item]:
    """A thing in a hand: what has a handle is held by its lower end."""
    draw, factor = _found(name)
    lift = size * factor * 0.34 if draw in {belongings.umbrella, belongings.sword} else 0.0
    return thing(name, (at[0], at[1] - lift), size)


def _colour(name: str) -> Rgb:
    dyes = ("#6d3a32", "#3f5266", "#4f5d3c", "#6a4a2d", "#58405f")
    return rgb(chance("thing", name.lower()).choice(dyes))


def bulk(name: str) -> float:
    """How much larger than a hand a thing is."""
    return _found(name)[1]


def foot(name: str) -> float:
    """How far below its middle a thing ends, as a share of its size."""
    marks = [item for item in _found(name)[0](_colour(name)) if isinstance(item, Mark) and item.blend == "normal"]
    return max(y for mark in marks for _, numbers in mark.path for y in numbers[1::2])


def glows(name: str) -> bool:
    """Whether a thing gives light."""
    return any(word in name.lower() for word in ("lantern", "lamp", "torch", "candle"))
