"""Things: what people hold and what inserts show, recognised by their names.

Units: a box from -0.5 to 0.5 both ways, the thing standing in it; `thing` puts it into the world.
"""

from collections.abc import Callable
from typing import Final

from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Radial, fade, ramp
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, rect, smooth

Draw = Callable[[Rgb], list[Item]]
_BRASS: Final = rgb("#b98f45")
_STEEL: Final = rgb("#9aa1a8")
_PAPER: Final = rgb("#e8dcc0")
_DARK: Final = rgb("#231d1b")


def _shaded(path: Path, colour: Rgb) -> list[Item]:
    paint = Linear((-0.4, -0.3), (0.4, 0.3), ramp(scale(colour, 1.2), colour, scale(colour, 0.6)))
    return [Mark(path, paint), Mark(path, scale(colour, 0.45), stroke=0.014, alpha=0.6)]


def _paper(_: Rgb) -> list[Item]:
    sheet = polygon((-0.3, -0.38), (0.28, -0.42), (0.33, 0.38), (-0.27, 0.42))
    rows: list[Item] = [Mark(line((-0.2, y), (0.22 - 0.12 * (step % 3 == 2), y - 0.02)), rgb("#5a4a3c"), stroke=0.014, alpha=0.7) for step, y in enumerate((-0.26, -0.18, -0.1, -0.02, 0.06, 0.14, 0.22))]  # noqa: PLR2004 - every third line is short
    return [*_shaded(sheet, _PAPER), *rows]


def _envelope(_: Rgb) -> list[Item]:
    return [*_shaded(polygon((-0.42, -0.26), (0.42, -0.26), (0.42, 0.28), (-0.42, 0.28)), _PAPER), Mark(line((-0.42, -0.26), (0, 0.08), (0.42, -0.26)), rgb("#8a7658"), stroke=0.018), Mark(ellipse(0, 0.08, 0.08, 0.08), rgb("#8f2a26"))]


def _book(colour: Rgb) -> list[Item]:
    cover = polygon((-0.32, -0.4), (0.26, -0.4), (0.26, 0.38), (-0.32, 0.38))
    pages = polygon((0.26, -0.36), (0.34, -0.32), (0.34, 0.42), (-0.26, 0.42), (-0.32, 0.38), (0.26, 0.38))
    return [Mark(pages, _PAPER), *_shaded(cover, colour), Mark(rect(-0.32, -0.4, 0.07, 0.78), scale(colour, 0.6)), Mark(rect(-0.14, -0.22, 0.3, 0.14), _BRASS, stroke=0.016)]


def _lantern(_: Rgb) -> list[Item]:
    glass = rect(-0.17, -0.16, 0.34, 0.4)
    glow = Radial((0, 0.05), 0.75, fade(rgb("#ffb95a"), 0.8, 0.3, 0.08, 0))
    return [
        Mark(curve([(-0.16, -0.24), (0, -0.5), (0.16, -0.24)]), _DARK, stroke=0.03), Mark(glass, rgb("#ffd68a")), Mark(ellipse(0, 0.08, 0.05, 0.11), rgb("#fff6dc")),
        Mark(polygon((-0.22, -0.16), (0.22, -0.16), (0.1, -0.28), (-0.1, -0.28)), _DARK), Mark(rect(-0.22, 0.24, 0.44, 0.1), _DARK),
        *(Mark(line((x, -0.16), (x, 0.24)), _DARK, stroke=0.025) for x in (-0.17, 0.0, 0.17)), Mark(ellipse(0, 0.05, 0.75, 0.75), glow, blend="screen"),
    ]


def _candle(_: Rgb) -> list[Item]:
    return [
        *_shaded(rect(-0.07, -0.15, 0.14, 0.48), rgb("#efe3c8")), *_shaded(smooth([(-0.24, 0.34), (0.24, 0.34), (0.18, 0.44), (-0.18, 0.44)], 0.1), _BRASS),
        Mark(smooth([(0, -0.42), (0.055, -0.24), (0, -0.15), (-0.055, -0.24)], 0.16), rgb("#ffd27a")), Mark(ellipse(0, -0.25, 0.5, 0.5), Radial((0, -0.25), 0.5, fade(rgb("#ffb050"), 0.8, 0.25, 0)), blend="screen"),
    ]


def _cup(colour: Rgb) -> list[Item]:
    return [Mark(ellipse(0.27, 0.02, 0.12, 0.15), scale(colour, 0.8), stroke=0.05), *_shaded(polygon((-0.28, -0.22), (0.28, -0.22), (0.21, 0.32), (-0.21, 0.32)), mix(colour, (1, 1, 1), 0.45)), Mark(ellipse(0, -0.22, 0.28, 0.06), rgb("#3a2418"))]


def _bottle(_: Rgb) -> list[Item]:
    glass = rgb("#3d5a41")
    shape = smooth([(-0.06, -0.46), (0.06, -0.46), (0.07, -0.24), (0.16, -0.1), (0.16, 0.42), (0, 0.45), (-0.16, 0.42), (-0.16, -0.1), (-0.07, -0.24)], 0.1)
    return [*_shaded(shape, glass), Mark(rect(-0.15, 0.02, 0.3, 0.2), _PAPER), Mark(rect(-0.1, -0.05, 0.03, 0.4), (1, 1, 1), alpha=0.25)]


def _glass(_: Rgb) -> list[Item]:
    return [Mark(polygon((-0.2, -0.3), (0.2, -0.3), (0.15, 0.35), (-0.15, 0.35)), (0.8, 0.88, 0.92), alpha=0.45), Mark(polygon((-0.17, -0.02), (0.17, -0.02), (0.15, 0.33), (-0.15, 0.33)), rgb("#a5672c"), alpha=0.85), Mark(ellipse(0, -0.3, 0.2, 0.04), (1, 1, 1), stroke=0.014, alpha=0.8)]


def _key(_: Rgb) -> list[Item]:
    return [Mark(ellipse(-0.26, 0, 0.15, 0.15), _BRASS, stroke=0.075), Mark(line((-0.1, 0), (0.42, 0)), _BRASS, stroke=0.07), Mark(line((0.3, 0), (0.3, 0.16)), _BRASS, stroke=0.06), Mark(line((0.4, 0), (0.4, 0.2)), _BRASS, stroke=0.06), Mark(line((-0.1, -0.02), (0.4, -0.02)), scale(_BRASS, 1.5), stroke=0.016)]


def _watch(_: Rgb) -> list[Item]:
    return [*_shaded(ellipse(0, 0.06, 0.34, 0.34), _BRASS), Mark(ellipse(0, 0.06, 0.27, 0.27), rgb("#f3ecd9")), Mark(rect(-0.05, -0.38, 0.1, 0.1), _BRASS), Mark(ellipse(0, -0.42, 0.07, 0.07), _BRASS, stroke=0.03),
            Mark(line((0, 0.06), (0, -0.13)), _DARK, stroke=0.025), Mark(line((0, 0.06), (0.13, 0.1)), _DARK, stroke=0.03), *(Mark(ellipse(x, y, 0.012, 0.012), _DARK) for x, y in ((0, -0.17), (0.23, 0.06), (0, 0.29), (-0.23, 0.06)))]


def _gun(_: Rgb) -> list[Item]:
    return [*_shaded(polygon((-0.2, -0.14), (0.46, -0.14), (0.46, -0.02), (-0.02, 0.0), (-0.08, 0.1), (-0.2, 0.08)), rgb("#3c4046")), *_shaded(polygon((-0.2, 0.0), (-0.06, 0.04), (-0.16, 0.38), (-0.32, 0.34)), rgb("#4a3020")), Mark(ellipse(-0.02, 0.06, 0.07, 0.06), _DARK, stroke=0.025)]


def _knife(_: Rgb) -> list[Item]:
    return [*_shaded(smooth([(-0.08, -0.05), (0.46, -0.02), (0.3, 0.06), (-0.08, 0.06)], 0.08), rgb("#c3c9ce")), *_shaded(rect(-0.42, -0.055, 0.34, 0.12), rgb("#4a3020"))]


def _sword(_: Rgb) -> list[Item]:
    return [*_shaded(polygon((-0.035, -0.5), (0, -0.56), (0.035, -0.5), (0.035, 0.3), (-0.035, 0.3)), rgb("#c3c9ce")), Mark(rect(-0.16, 0.28, 0.32, 0.05), _BRASS), Mark(rect(-0.03, 0.33, 0.06, 0.16), rgb("#4a3020")), Mark(ellipse(0, 0.5, 0.05, 0.05), _BRASS)]


def _umbrella(colour: Rgb) -> list[Item]:
    dome = smooth([(-0.5, -0.1), (-0.4, -0.36), (0, -0.52), (0.4, -0.36), (0.5, -0.1), (0.25, -0.15), (0, -0.1), (-0.25, -0.15)], 0.15)
    return [Mark(line((0, -0.5), (0, 0.42)), _DARK, stroke=0.03), Mark(curve([(0, 0.4), (0.05, 0.47), (0.1, 0.4)]), _DARK, stroke=0.03), *_shaded(dome, scale(colour, 0.8))]


def _case(colour: Rgb) -> list[Item]:
    leather = mix(colour, rgb("#6b4428"), 0.6)
    return [Mark(curve([(-0.12, -0.2), (-0.09, -0.32), (0.09, -0.32), (0.12, -0.2)]), scale(leather, 0.6), stroke=0.05), *_shaded(rect(-0.46, -0.2, 0.92, 0.56), leather), Mark(rect(-0.34, -0.2, 0.06, 0.56), scale(leather, 0.6)), Mark(rect(0.28, -0.2, 0.06, 0.56), scale(leather, 0.6)), *(Mark(rect(x, -0.06, 0.08, 0.08), _BRASS) for x in (-0.35, 0.27))]


def _box(colour: Rgb) -> list[Item]:
    wood = mix(colour, rgb("#7a5635"), 0.65)
    return [Mark(polygon((-0.4, -0.16), (-0.28, -0.3), (0.44, -0.3), (0.36, -0.16)), scale(wood, 1.25)), Mark(polygon((0.36, -0.16), (0.44, -0.3), (0.44, 0.22), (0.36, 0.36)), scale(wood, 0.6)), *_shaded(rect(-0.4, -0.16, 0.76, 0.52), wood), Mark(line((-0.4, 0.0), (0.36, 0.0)), scale(wood, 0.5), stroke=0.02), Mark(rect(-0.07, -0.06, 0.11, 0.14), _BRASS)]


def _phone(_: Rgb) -> list[Item]:
    return [Mark(rect(-0.2, -0.4, 0.4, 0.8), rgb("#17181c")), Mark(rect(-0.17, -0.35, 0.34, 0.68), Linear((0, -0.4), (0, 0.4), ramp(rgb("#8fc1f0"), rgb("#4a6fae")))), Mark(rect(-0.1, -0.2, 0.2, 0.03), (1, 1, 1)), Mark(rect(-0.1, -0.1, 0.14, 0.03), (1, 1, 1), alpha=0.7)]


def _handset(_: Rgb) -> list[Item]:
    black = rgb("#1d1c20")
    return [*_shaded(polygon((-0.2, -0.08), (0.2, -0.08), (0.36, 0.36), (-0.36, 0.36)), black), *_shaded(smooth([(-0.44, -0.08), (-0.4, -0.26), (0, -0.32), (0.4, -0.26), (0.44, -0.08), (0.28, -0.1), (0, -0.2), (-0.28, -0.1)], 0.14), black), Mark(ellipse(0, 0.14, 0.15, 0.14), rgb("#cfc8b6")), Mark(ellipse(0, 0.14, 0.06, 0.055), black)]


def _flower(_: Rgb) -> list[Item]:
    items: list[Item] = [Mark(curve([(0, 0.48), (0.03, 0.1), (0, -0.2)]), rgb("#4c6b3a"), stroke=0.035), Mark(smooth([(0.02, 0.18), (0.2, 0.05), (0.1, 0.22)], 0.15), rgb("#5b7d45"))]
    items += [Mark(ellipse(x, y, 0.12, 0.12), rgb("#b5364a")) for x, y in ((-0.1, -0.24), (0.1, -0.24), (0, -0.36), (-0.06, -0.14), (0.07, -0.14))]
    return [*items, Mark(ellipse(0, -0.24, 0.07, 0.07), rgb("#7d1f33"))]


def _photo(_: Rgb) -> list[Item]:
    return [*_shaded(rect(-0.34, -0.42, 0.68, 0.84), rgb("#ece4d2")), Mark(rect(-0.27, -0.35, 0.54, 0.6), rgb("#8f7a60")), Mark(ellipse(0, -0.13, 0.11, 0.14), rgb("#d9bf9b")), Mark(smooth([(-0.22, 0.25), (-0.15, 0.06), (0.15, 0.06), (0.22, 0.25)], 0.12), rgb("#4d3d30"))]


def _picture(_: Rgb) -> list[Item]:
    return [*_shaded(rect(-0.46, -0.38, 0.92, 0.76), _BRASS), Mark(rect(-0.38, -0.3, 0.76, 0.6), Linear((0, -0.3), (0, 0.3), ramp(rgb("#7f9fb8"), rgb("#d9b98c"), rgb("#54633f")))), Mark(smooth([(-0.38, 0.1), (-0.1, -0.12), (0.1, 0.04), (0.38, -0.06), (0.38, 0.3), (-0.38, 0.3)], 0.05), rgb("#4a5a3c"))]


def _coin(_: Rgb) -> list[Item]:
    return [*_shaded(ellipse(0, 0, 0.32, 0.32), rgb("#cfa64a")), Mark(ellipse(0, 0, 0.25, 0.25), scale(_BRASS, 0.8), stroke=0.03), Mark(smooth([(-0.06, -0.16), (0.09, -0.1), (0.07, 0.08), (0.12, 0.17), (-0.12, 0.17), (-0.08, 0.02)], 0.15), scale(_BRASS, 0.75))]


def _ring(_: Rgb) -> list[Item]:
    return [Mark(ellipse(0, 0.1, 0.24, 0.26), rgb("#d8b45a"), stroke=0.06), Mark(polygon((-0.1, -0.2), (-0.06, -0.3), (0.06, -0.3), (0.1, -0.2), (0, -0.1)), rgb("#bfe3f2"))]


def _map(_: Rgb) -> list[Item]:
    sheet = polygon((-0.46, -0.3), (-0.16, -0.36), (0.16, -0.28), (0.46, -0.35), (0.46, 0.3), (0.16, 0.36), (-0.16, 0.28), (-0.46, 0.35))
    return [*_shaded(sheet, _PAPER), Mark(curve([(-0.36, 0.16), (-0.14, -0.02), (0.06, 0.1), (0.34, -0.18)]), rgb("#5d7fa0"), stroke=0.03), Mark(curve([(-0.36, -0.16), (0, -0.1), (0.3, 0.2)]), rgb("#8a5a3a"), stroke=0.014), Mark(line((0.28, 0.06), (0.36, 0.14)), rgb("#a02c28"), stroke=0.04), Mark(line((0.36, 0.06), (0.28, 0.14)), rgb("#a02c28"), stroke=0.04)]


def _bread(_: Rgb) -> list[Item]:
    return [*_shaded(smooth([(-0.42, 0.1), (-0.3, -0.16), (0.1, -0.22), (0.4, -0.02), (0.38, 0.2), (0, 0.26), (-0.36, 0.24)], 0.16), rgb("#b57c42")), *(Mark(line((x, -0.12), (x + 0.1, 0.04)), rgb("#e5c28c"), stroke=0.035) for x in (-0.2, 0.0, 0.18))]


def _clock(_: Rgb) -> list[Item]:
    return [*_shaded(polygon((-0.3, -0.2), (0, -0.46), (0.3, -0.2), (0.34, 0.44), (-0.34, 0.44)), rgb("#5d3d26")), *_watch(_BRASS)[1:2], Mark(line((0, 0.06), (0, -0.12)), _DARK, stroke=0.028), Mark(line((0, 0.06), (0.12, 0.12)), _DARK, stroke=0.03)]


def _stick(colour: Rgb) -> list[Item]:
    return [Mark(line((0, -0.5), (0.02, 0.5)), mix(colour, rgb("#5a3d26"), 0.7), stroke=0.055), Mark(curve([(0, -0.46), (0.06, -0.54), (0.14, -0.48)]), rgb("#5a3d26"), stroke=0.06)]


def _camera(_: Rgb) -> list[Item]:
    return [*_shaded(rect(-0.42, -0.18, 0.84, 0.48), rgb("#26262b")), Mark(rect(-0.14, -0.28, 0.28, 0.1), rgb("#3a3a40")), Mark(ellipse(0, 0.06, 0.19, 0.19), rgb("#54545c")), Mark(ellipse(0, 0.06, 0.13, 0.13), rgb("#18202e")), Mark(ellipse(-0.04, 0.02, 0.035, 0.035), (0.8, 0.88, 1), alpha=0.8)]


def _violin(_: Rgb) -> list[Item]:
    wood = rgb("#8f4a22")
    return [*_shaded(smooth([(0, -0.06), (0.16, 0.0), (0.1, 0.14), (0.2, 0.3), (0.12, 0.46), (-0.12, 0.46), (-0.2, 0.3), (-0.1, 0.14), (-0.16, 0.0)], 0.16), wood), Mark(line((0, -0.48), (0, 0.36)), _DARK, stroke=0.045), Mark(line((-0.34, 0.2), (0.36, -0.3)), rgb("#c9a878"), stroke=0.018)]


def _doll(colour: Rgb) -> list[Item]:
    return [*_shaded(polygon((-0.08, -0.1), (0.08, -0.1), (0.26, 0.4), (-0.26, 0.4)), colour), *_shaded(ellipse(0, -0.25, 0.16, 0.17), rgb("#e5bf9f")), Mark(smooth([(-0.17, -0.24), (-0.12, -0.42), (0.12, -0.42), (0.17, -0.24), (0, -0.34)], 0.15), rgb("#6b3f22")), Mark(ellipse(-0.05, -0.24, 0.016, 0.02), _DARK), Mark(ellipse(0.05, -0.24, 0.016, 0.02), _DARK)]


def _cigarette(_: Rgb) -> list[Item]:
    return [Mark(line((-0.3, 0), (0.14, 0)), rgb("#efe9dc"), stroke=0.07), Mark(line((-0.3, 0), (-0.2, 0)), rgb("#c98b4a"), stroke=0.07), Mark(ellipse(0.17, 0, 0.05, 0.05), rgb("#ff7a3a")), Mark(curve([(0.2, -0.02), (0.28, -0.2), (0.18, -0.34), (0.28, -0.5)]), (0.9, 0.9, 0.92), stroke=0.03, alpha=0.35, blur=0.02)]


def _tool(_: Rgb) -> list[Item]:
    return [Mark(line((0, -0.2), (0, 0.5)), rgb("#7a5635"), stroke=0.07), *_shaded(polygon((-0.26, -0.36), (0.22, -0.38), (0.24, -0.16), (-0.22, -0.18)), _STEEL)]


def _parcel(colour: Rgb) -> list[Item]:
    return [*_shaded(polygon((-0.36, -0.26), (0.36, -0.28), (0.38, 0.28), (-0.38, 0.3)), mix(colour, rgb("#a88a5d"), 0.7)), Mark(line((0, -0.27), (0, 0.29)), rgb("#5d4526"), stroke=0.025), Mark(line((-0.37, 0.0), (0.37, 0.0)), rgb("#5d4526"), stroke=0.025)]


_THINGS: Final[tuple[tuple[tuple[str, ...], Draw, float], ...]] = (
    (("letter", "envelope", "telegram"), _envelope, 0.8), (("photo", "portrait"), _photo, 0.7), (("painting", "picture", "frame"), _picture, 1.6), (("map", "chart"), _map, 1.3),
    (("book", "bible", "diary", "ledger", "journal", "notebook"), _book, 0.9), (("paper", "note", "page", "document", "newspaper", "sketch", "manuscript", "ticket", "card", "scroll"), _paper, 0.8),
    (("lantern", "lamp", "torch"), _lantern, 1.2), (("candle",), _candle, 0.9), (("bottle", "wine", "flask", "vial"), _bottle, 0.9), (("glass", "whisky", "beer", "goblet"), _glass, 0.5),
    (("cup", "mug", "tea", "coffee", "bowl", "kettle", "jug", "pot"), _cup, 0.5), (("key",), _key, 0.5), (("watch",), _watch, 0.4), (("clock",), _clock, 1.0), (("phone", "mobile", "tablet"), _phone, 0.55),
    (("telephone", "receiver"), _handset, 0.9), (("gun", "pistol", "revolver", "rifle"), _gun, 0.8), (("sword", "blade", "spear"), _sword, 2.6), (("knife", "dagger", "razor", "scissors"), _knife, 0.8),
    (("umbrella", "parasol"), _umbrella, 3.0), (("suitcase", "bag", "case", "satchel", "luggage", "trunk", "basket", "purse", "valise"), _case, 1.3), (("coin", "money", "medal", "penny", "dollar", "gold"), _coin, 0.3),
    (("ring", "jewel", "necklace", "locket"), _ring, 0.3), (("flower", "rose", "bouquet", "ivy", "leaf"), _flower, 0.9), (("bread", "loaf", "apple", "food", "cake"), _bread, 0.7), (("box", "chest", "casket"), _box, 1.0),
    (("stick", "cane", "staff", "wand", "pole", "oar", "broom", "brush", "pencil", "pen"), _stick, 2.0), (("camera",), _camera, 0.7), (("violin", "fiddle", "guitar"), _violin, 1.8), (("doll", "toy", "bear"), _doll, 0.8),
    (("cigar", "pipe"), _cigarette, 0.4), (("axe", "hammer", "spade", "shovel", "tool", "wrench"), _tool, 1.6),
)


def _found(name: str) -> tuple[Draw, float]:
    words = "receiver" if "telephone" in name.lower() else name.lower()
    return next(((draw, factor) for names, draw, factor in _THINGS if any(part in words for part in names)), (_parcel, 0.8))


def thing(name: str, at: Point, size: float) -> list[Item]:
    """A thing centred at a point; `size` is what a hand-sized thing measures, larger ones are larger."""
    draw, factor = _found(name)
    side = size * factor
    return [Group(draw(_colour(name)), matrix=(side, 0.0, 0.0, side, *at))]


def held(name: str, at: Point, size: float) -> list[Item]:
    """A thing in a hand: what has a handle is held by its lower end."""
    draw, factor = _found(name)
    lift = size * factor * 0.34 if draw in {_umbrella, _sword} else 0.0
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
