"""What somebody sits or lies on where the place has nothing at hand: a chair, a pew, a crate, a bench, a stone, a log."""

from typing import Final

from aiuteur.film.bible import PlaceKind
from aiuteur.models.animatic.art.colour import Rgb, rgb, scale
from aiuteur.models.animatic.art.display import Item, Linear, Mark, Point, Stop
from aiuteur.models.animatic.art.shapes import ellipse, polygon, rect, smooth

_WILD: Final = (PlaceKind.FOREST, PlaceKind.FIELD, PlaceKind.ROAD, PlaceKind.MOUNTAIN, PlaceKind.SEA)
_CRATES: Final = (PlaceKind.ATTIC, PlaceKind.CELLAR)


def seat(hip: Point, unit: float, place: PlaceKind, *, interior: bool, side: bool) -> list[Item]:
    """The seat under a hip in metres, for a body `unit` metres tall; `side` where it is seen from the side, facing +x."""
    top = hip[1] + 0.05 * unit
    if not interior:
        if place not in _WILD:
            return _bench(hip[0], top, rgb("#6a5138"))
        return _log(hip[0], top) if place is PlaceKind.FOREST else _stone(hip[0], top)
    if place is PlaceKind.CHURCH:
        return _pew(hip[0], top)
    if place in _CRATES:
        return _crate(hip[0], top)
    return _chair(hip[0], top, unit, side=side)


def _plank(x: float, y: float, wide: float, tall: float, wood: Rgb) -> list[Item]:
    return [Mark(rect(x, y, wide, tall), wood), Mark(rect(x, y, wide, tall * 0.3), scale(wood, 1.25)),
        Mark(rect(x, y, wide, tall), scale(wood, 0.45), stroke=0.006, alpha=0.6)]


def _chair(x: float, top: float, unit: float, *, side: bool) -> list[Item]:
    wood = rgb("#6b4a31")
    dark = scale(wood, 0.7)
    left, right = x - 0.13 * unit, x + 0.15 * unit
    items: list[Item] = [Mark(rect(left + 0.06, top, 0.035, -top - 0.03), scale(wood, 0.5)),
        Mark(rect(right - 0.09, top, 0.035, -top - 0.03), scale(wood, 0.5)),
        Mark(rect(left, top, 0.045, -top), dark), Mark(rect(right - 0.045, top, 0.045, -top), dark)]
    high = 0.27 * unit
    if side:
        post = polygon((left, top + 0.03), (left - 0.05, top - high), (left - 0.005, top - high), (left + 0.045, top + 0.03))
        items += [Mark(post, wood), Mark(polygon((left - 0.055, top - high - 0.01), (left + 0.0, top - high - 0.01),
            (left + 0.012, top - high + 0.09), (left - 0.04, top - high + 0.09)), scale(wood, 1.15))]
    else:
        items += [Mark(rect(left, top - high, 0.04, high), wood), Mark(rect(right - 0.04, top - high, 0.04, high), wood)]
        for share in (1.0, 0.66):
            items += _plank(left, top - high * share, right - left, 0.06, wood)
    return items + _plank(left - 0.01, top, right - left + 0.02, 0.045, wood)


def _bench(x: float, top: float, wood: Rgb) -> list[Item]:
    items: list[Item] = [Mark(rect(x + dx, top - 0.4, 0.06, 0.4 - top), rgb("#2c2b2a")) for dx in (-0.52, 0.46)]
    for y in (0.38, 0.25):
        items += _plank(x - 0.62, top - y, 1.24, 0.085, scale(wood, 0.9))
    return [*items, *_plank(x - 0.64, top, 1.28, 0.06, wood), *_plank(x - 0.64, top + 0.065, 1.28, 0.03, scale(wood, 0.7))]


def _pew(x: float, top: float) -> list[Item]:
    wood = rgb("#4d3423")
    items: list[Item] = [*_plank(x - 0.8, top - 0.42, 1.6, -top + 0.4, scale(wood, 0.8)),
        *(Mark(rect(x + dx, top - 0.34, 0.012, 0.3), scale(wood, 0.45)) for dx in (-0.55, -0.2, 0.15, 0.5))]
    return [*items, *_plank(x - 0.84, top - 0.46, 1.68, 0.06, scale(wood, 1.15)), *_plank(x - 0.8, top, 1.6, 0.06, wood)]


def _crate(x: float, top: float) -> list[Item]:
    wood = rgb("#7d5f3e")
    tall = -top
    items: list[Item] = _plank(x - 0.3, top, 0.64, tall, scale(wood, 0.8))
    for row in range(3):
        items += _plank(x - 0.3, top + row * tall / 3, 0.64, tall / 3 - 0.012, scale(wood, 0.95 - 0.08 * row))
    return [*items, Mark(rect(x - 0.28, top, 0.06, tall), scale(wood, 0.75)), Mark(rect(x + 0.26, top, 0.06, tall),
        scale(wood, 0.75))]


def _stone(x: float, top: float) -> list[Item]:
    grey = rgb("#77736d")
    shape = smooth([(x - 0.46, 0.0), (x - 0.44, top * 0.55), (x - 0.27, top * 0.98), (x + 0.05, top), (x + 0.27, top * 0.95),
        (x + 0.44, top * 0.5), (x + 0.5, 0.0)], 0.12)
    paint = Linear((x - 0.4, top), (x + 0.4, 0), (Stop(0, scale(grey, 1.2)), Stop(0.5, grey), Stop(1, scale(grey, 0.55))))
    facet = polygon((x - 0.3, top * 0.94), (x - 0.1, top * 0.5), (x + 0.3, top * 0.42), (x + 0.42, top * 0.55),
        (x + 0.26, top * 0.93))
    return [Mark(shape, paint), Mark(facet, scale(grey, 1.15), alpha=0.35),
        Mark(shape, scale(grey, 0.4), stroke=0.008, alpha=0.6)]


def _log(x: float, top: float) -> list[Item]:
    bark = rgb("#5c4632")
    half = -top / 2
    body = rect(x - 0.72, top, 1.36, -top)
    paint = Linear((0, top), (0, 0), (Stop(0, scale(bark, 1.3)), Stop(0.4, bark), Stop(1, scale(bark, 0.5))))
    items: list[Item] = [Mark(ellipse(x - 0.72, -half, half * 0.45, half), scale(bark, 0.7)), Mark(body, paint)]
    items += [Mark(rect(x - 0.66 + dx, top + dy, 0.36, 0.012), scale(bark, 0.55), alpha=0.7)
        for dx, dy in ((0.0, 0.1), (0.5, 0.17), (0.2, 0.28), (0.8, 0.36), (0.86, 0.08))]
    end = (x + 0.64, -half)
    return [*items, Mark(ellipse(*end, half * 0.45, half), rgb("#b39368")),
        *(Mark(ellipse(*end, half * 0.45 * share, half * share), rgb("#7d6242"), stroke=0.012) for share in (0.96, 0.66, 0.36))]


def pallet() -> list[Item]:
    """A low bed under one who lies."""
    return [Mark(rect(-1.05, -0.02, 2.1, 0.05), rgb("#5a4030")),
        Mark(smooth([(-1.0, 0.0), (-0.98, -0.1), (0, -0.07), (0.98, -0.08), (1.0, 0.0)], 0.1), rgb("#8a7d70"))]
