"""Hair: what hangs behind the head, and what lies on it. Units and turn as in `head`."""

import math
from itertools import pairwise

from aiuteur.film.bible import Age
from aiuteur.models.animatic.art.colour import chance, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Point, Stop
from aiuteur.models.animatic.art.figures.head import Head
from aiuteur.models.animatic.art.shapes import curve, ellipse, limb, smooth

_BALD = ("shaved", "shaven")
_THIN = ("balding", "receding", "tonsure", "thin")
_LONG = ("long", "flowing", "loose", "waist", "wavy", "mane")
_UP = ("bun", "updo", "chignon", "pinned", "knot", "topknot", "coil")
_BRAID = ("braid", "plait", "pigtail")
_BOB = ("bob", "shoulder", "pageboy", "medium", "chin")
_CURLY = ("curl", "afro", "frizz", "ringlet", "kinky", "coil")
_TAIL = ("ponytail", "tail", "tied")
_BACK = ("slick", "swept", "back", "pomade", "neat")
_CROP = ("crop", "crew", "buzz", "close", "very short", "military")
_MESSY = ("mess", "unkempt", "wild", "tousl", "shag", "dishev", "wind")


def _is(head: Head, names: tuple[str, ...]) -> bool:
    style = head.who.hair_style
    if names is _LONG and not head.who.female and style.strip() == "wavy":
        return False
    return any(name in style for name in names) or (names is _BALD and style.strip() == "bald")


def _paint(head: Head, low: float) -> Linear:
    hair = head.who.hair
    return Linear((0.1, -0.55), (-0.1, low), (Stop(0, scale(hair, 1.22)), Stop(0.4, hair), Stop(1, scale(hair, 0.68))))


def behind(head: Head) -> list[Item]:
    """Hair that the neck and shoulders stand before."""
    if _is(head, _BALD) or head.away:
        return []
    k = head.k
    if _is(head, _LONG):
        low = 0.95
        return _fall(head, [(-0.4 - 0.04 * k, -0.2), (-0.46, 0.2), (-0.47, 0.6), (-0.4, low), (0, low * 0.93),
            (0.4 - 0.3 * k, low * 0.96), (0.46 - 0.26 * k, 0.55), (0.44 - 0.16 * k, 0.1), (0.38, -0.25)], low)
    if _is(head, _BOB):
        return _fall(head, [(-0.41 - 0.04 * k, -0.2), (-0.47, 0.15), (-0.46, 0.47), (-0.25, 0.55), (0.2 - 0.2 * k, 0.52),
            (0.45 - 0.22 * k, 0.46), (0.46 - 0.16 * k, 0.1), (0.38, -0.25)], 0.55)
    if _is(head, _CURLY):
        return _curls(head, 0.44 if head.who.female else 0.34, (-0.02 - 0.05 * k, -0.12))
    if _is(head, _UP):
        knot = (-0.02 - 0.3 * k, -0.52 + 0.22 * k)
        return [Mark(ellipse(*knot, 0.19, 0.17), _paint(head, 0)),
            Mark(curve([(knot[0] - 0.12, knot[1]), (knot[0], knot[1] - 0.08), (knot[0] + 0.12, knot[1])]),
            scale(head.who.hair, 0.6), stroke=0.014)]
    if _is(head, _TAIL):
        return [Mark(limb([(-0.15 - 0.25 * k, -0.12), (-0.3 - 0.28 * k, 0.15), (-0.3 - 0.2 * k, 0.55), (-0.26 - 0.16 * k, 0.8)],
            [0.09, 0.12, 0.1, 0.03]), _paint(head, 0.8))]
    return []


def _fall(head: Head, points: list[Point], low: float) -> list[Item]:
    shape = smooth([*points, (0.15, -0.52), (-0.2, -0.52)], 0.16)
    items: list[Item] = []
    for step, x in enumerate((-0.42, -0.36, 0.36, 0.42)):
        near = x - (0.16 * head.k if x > 0 else 0)
        items.append(Mark(curve([(near * 0.85, -0.1), (near, low * 0.45), (near * 0.9 + 0.02 * (step % 2), low * 0.9)]),
            scale(head.who.hair, 0.62), stroke=0.014, alpha=0.7))
    return [Mark(shape, _paint(head, low)), Group(items, clip=shape)]


def _curls(head: Head, reach: float, centre: Point) -> list[Item]:
    rng = chance("curls", head.who.name)
    items: list[Item] = []
    for step in range(15):
        turn = math.pi * (0.86 + 1.28 * step / 14)
        radius = 0.15 + 0.03 * rng.random()
        x, y = centre[0] + math.cos(turn) * reach, centre[1] + math.sin(turn) * reach
        if reach > 0.4 or y < 0.1:  # long curls come down past the ears
            items.append(Mark(ellipse(x, y, radius, radius), _paint(head, 0.3)))
            items.append(Mark(curve([(x - radius * 0.5, y), (x, y - radius * 0.5), (x + radius * 0.5, y - radius * 0.1)]),
                scale(head.who.hair, 1.35), stroke=0.012, alpha=0.5))
    if head.who.female:
        for x, y in ((-0.43, 0.15), (0.43 - 0.2 * head.k, 0.15), (-0.43, 0.38), (0.42 - 0.2 * head.k, 0.38)):
            items.append(Mark(ellipse(x, y, 0.16, 0.17), _paint(head, 0.5)))
    return items


def over(head: Head) -> list[Item]:
    """Hair that lies on the skull; on a head seen from behind, all of it."""
    if head.away:
        return _from_behind(head)
    if _is(head, _BALD):
        return []
    if _is(head, _THIN):
        return _fringe(head)
    return _cap(head) + _extras(head)


def _hairline(head: Head) -> list[Point]:
    """From the far temple over the forehead to the sideburn and behind the near ear."""
    k = head.k
    dip = 0.02 * head.who.quirk[2]
    swept = -0.05 if _is(head, _BACK) or _is(head, _UP) or _is(head, _TAIL) else 0.0
    burn = 0.1 if not head.who.female else 0.02
    return [
        (0.365 - 0.03 * k, -0.04 - 0.1 * k), (0.315 + 0.01 * k, -0.18), (0.2 + 0.06 * k, -0.27 + dip + swept),
            (0.0 + 0.12 * k, -0.29 + swept),
        (-0.18 + 0.14 * k, -0.25 - dip + swept), (-0.3 + 0.2 * k, -0.12), (-0.33 + 0.2 * k, burn), (-0.37 + 0.18 * k, burn),
            (-0.36 + 0.14 * k, -0.03),
        (-0.375 + 0.115 * k, 0.02 + 0.12 * k), (-0.38 + 0.17 * k, 0.1 + 0.17 * k), (-0.385 + 0.085 * k, 0.1 + 0.16 * k),
        (-0.395, 0.06 + 0.1 * k),
    ]


def _cap(head: Head) -> list[Item]:
    k = head.k
    puff = 0.0 if _is(head, _CROP) else 0.02 if _is(head, _BACK) else 0.045 + 0.015 * head.who.quirk[3]
    crown = [
        (-0.42 - 0.03 * k - puff * 0.5, -0.08), (-0.41 - 0.02 * k - puff * 0.6, -0.32), (-0.26, -0.49 - puff),
            (-0.02, -0.53 - puff * 1.3), (0.2 + 0.02 * k, -0.5 - puff),
        (0.345 + 0.01 * k + puff * 0.4, -0.34), (0.39 - 0.03 * k + puff * 0.2, -0.17),
    ]
    if _is(head, _MESSY):
        crown = _tufts(crown)
    line_ = _hairline(head)
    if _is(head, ("fringe", "bangs", "bob", "pageboy")):
        line_ = [(x, -0.13 if abs(x - 0.1 * k) < 0.27 and y < -0.1 else y) for x, y in line_]  # cut straight over the brows
    shape = smooth([*crown, *line_], 0.14)
    items: list[Item] = [Mark(shape, _paint(head, 0.2))]
    sweep = 0.1 + 0.16 * head.who.quirk[4]
    for step in range(5):
        x = -0.3 + 0.15 * step
        path = curve([(sweep, -0.5 - puff), (x * 1.1, -0.43), (x * 1.15 + 0.05 * k, -0.3)])
        items.append(Mark(path, scale(head.who.hair, 1.4 if step % 2 else 0.62), stroke=0.011, alpha=0.4))
    return items


def _tufts(crown: list[Point]) -> list[Point]:
    """A crown with tufts standing off between its points."""
    found: list[Point] = []
    for one, other in pairwise(crown):
        found += [one, ((one[0] + other[0]) * 0.5 * 1.12 + 0.02, (one[1] + other[1]) * 0.5 * 1.14)]
    return [*found, crown[-1]]


def _extras(head: Head) -> list[Item]:
    k = head.k
    if _is(head, _CURLY):
        rng = chance("locks", head.who.name)
        spots = [(-0.3 + 0.1 * step + 0.02 * rng.random(), -0.36 - 0.1 * math.sin(step * math.pi / 6)) for step in range(7)]
        return [Mark(ellipse(x + 0.03 * k, y, 0.11, 0.1), _paint(head, 0.1)) for x, y in spots]
    if _is(head, _BRAID):
        items: list[Item] = []
        for side in (-1, 1) if k < 0.5 else (-1,):  # in a turned head the far braid is hidden
            for step in range(6):
                x, y = side * (0.37 + 0.02 * (step % 2)) + 0.08 * k, 0.16 + step * 0.13
                items.append(Mark(ellipse(x, y, 0.075 - step * 0.004, 0.085), _paint(head, 0.8)))
        return items
    if _is(head, _LONG) and head.who.age is not Age.ELDERLY:
        return [Mark(curve([(-0.37 + 0.2 * k, -0.12), (-0.4 + 0.14 * k, 0.2), (-0.37 + 0.1 * k, 0.62)]), _paint(head, 0.6),
            stroke=0.1)]
    return []


def _fringe(head: Head) -> list[Item]:
    k = head.k
    items: list[Item] = [Mark(smooth([(-0.41 - 0.02 * k, -0.2), (-0.43 - 0.02 * k, 0.05), (-0.37, 0.24),
        (-0.31 + 0.16 * k, 0.06), (-0.33 + 0.12 * k, -0.12)], 0.16), _paint(head, 0.2))]
    if k < 0.5:  # seen from the front, both sides
        items.append(Mark(smooth([(0.4, -0.2), (0.42, 0.05), (0.37, 0.14), (0.34, 0.0), (0.33, -0.14)], 0.16), _paint(head, 0.2)))
    return items


def _from_behind(head: Head) -> list[Item]:
    if _is(head, _BALD):
        return [Mark(ellipse(0, -0.08, 0.39, 0.44), scale(head.who.skin, 0.92))]
    low = 0.98 if _is(head, _LONG) else 0.52 if _is(head, _BOB) else 0.3
    wide = 0.48 if low > 0.4 else 0.4  # long hair spreads over the shoulders
    shape = smooth([(0, -0.55), (0.3, -0.47), (0.43, -0.2), (wide - 0.02, 0.1), (wide, low * 0.7), (0.2, low), (-0.2, low),
        (-wide, low * 0.7), (-wide + 0.02, 0.1), (-0.43, -0.2), (-0.3, -0.47)], 0.16)
    items: list[Item] = [Mark(shape, _paint(head, low))]
    items += [Mark(curve([(0, -0.5), (x, -0.1), (x * 0.9, low * 0.9)]), scale(head.who.hair, 1.3), stroke=0.012, alpha=0.3)
        for x in (-0.3, -0.15, 0.02, 0.17, 0.31)]
    if _is(head, _UP):
        items.append(Mark(ellipse(0, -0.3, 0.2, 0.18), _paint(head, 0)))
    if _is(head, _TAIL) or _is(head, _BRAID):
        items.append(Mark(limb([(0, -0.05), (0.03, 0.4), (0, 0.85)], [0.09, 0.11, 0.03]), _paint(head, 0.9)))
    if _is(head, _CURLY):
        items += _curls(head, 0.36, (0, -0.05))
    return items
