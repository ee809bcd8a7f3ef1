"""The heads of frogs, tortoises, snakes, crocodiles and fish. Units and turn as in `figures.head`."""

from math import pi, sin

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Path, Point
from aiuteur.models.animatic.art.figures.beasts.look import INK, Look, eye, fur
from aiuteur.models.animatic.art.shapes import between, curve, ellipse, limb, line, polygon, smooth


def frog(look: Look) -> list[Item]:
    """A flat head, a mouth from side to side, eyes on top of all."""
    wide, tall, k, coat = look.mould.wide, look.mould.tall, look.k, look.beast.coat
    shift = 0.07 * k
    points = [(0, -0.7), (0.6, -0.6), (0.95, -0.1), (1.0, 0.3), (0.8, 0.75), (0.4, 1.05), (-0.4, 1.05), (-0.8, 0.75),
        (-1.0, 0.3), (-0.95, -0.1), (-0.6, -0.6)]
    shape = smooth([(x * wide * (1 - 0.08 * k) + (shift + 0.06 * k if x > 0 else shift), y * tall + 0.08) for x, y in points],
        0.16)
    domes = [item for side in (1, -1) for item in _dome(look, side)]
    if look.head.away:
        return [*domes, *fur(shape, coat), Group(_spots(look), clip=shape)]
    return [*domes, *fur(shape, coat), Group([*_spots(look), *_throat(look)], clip=shape), *eye(look, 1, look.beast.iris),
            *eye(look, -1, look.beast.iris), *_wide_mouth(look)]


def _dome(look: Look, side: int) -> list[Item]:
    u, y, size = look.mould.eyes
    return fur(ellipse(look.x(side * u), y + 0.01, size * 1.45 * (1 - 0.2 * look.k * (side > 0)), size * 1.36), look.beast.coat,
        y - size, y + size * 2)


def _throat(look: Look) -> list[Item]:
    x = look.x(0)
    return [Mark(smooth([(x - 0.6, 0.16), (x, 0.25), (x + 0.6, 0.16), (x + 0.5, 0.7), (x - 0.5, 0.7)], 0.12), look.beast.light)]


def _spots(look: Look) -> list[Item]:
    x, dark = look.x, look.beast.dark
    if look.beast.mark == "stripe":
        return [Mark(curve([(x(side * 0.2), -0.3), (x(side * 0.34), -0.05), (x(side * 0.46), 0.12)]), dark, stroke=0.05,
            alpha=0.75) for side in (-1, 1)]
    bumpy = look.beast.mark == "warts"
    places = [(-0.33, -0.02), (0.33, 0.0), (-0.12, -0.1), (0.1, -0.14), (0.24, 0.08), (-0.25, 0.09), (0.0, -0.02),
        (-0.38, 0.14), (0.4, 0.15), (-0.05, 0.3), (0.2, 0.3), (-0.25, 0.32)]
    turn = look.head.who.quirk[2] * 0.02
    items: list[Item] = []
    for step, (u, y) in enumerate(places):
        size = (0.022 if bumpy else 0.036) + 0.008 * (step % 3)
        items.append(Mark(ellipse(x(u) + turn, y + turn, size, size * 0.9), dark, alpha=0.55))
        items += [Mark(ellipse(x(u) + turn - size * 0.2, y + turn - size * 0.3, size * 0.5, size * 0.4), (1, 1, 0.9),
            alpha=0.3)] if bumpy else []
    return items


def _wide_mouth(look: Look) -> list[Item]:
    k, smile, opening = look.k, look.head.mien.smile, look.opening()
    left, right, x = (-0.36 + 0.14 * k, 0.13 - smile), (0.36 + 0.1 * k, 0.13 - smile), look.x(0)
    lip: list[Point] = [left, (x - 0.2, 0.2), (x, 0.215), (x + 0.2, 0.2), right]
    holes = [Mark(ellipse(x + side * 0.055, 0.05, 0.014, 0.01), INK, alpha=0.8) for side in (-1, 1)]
    items: list[Item] = []
    if opening:
        cave = smooth([*lip, (x + 0.22, 0.23 + 1.3 * opening), (x, 0.24 + 2 * opening), (x - 0.22, 0.23 + 1.3 * opening)], 0.12)
        items = [Mark(cave, rgb("#5a1f22")), Group([Mark(ellipse(x, 0.26 + 1.9 * opening, 0.16, 0.06), rgb("#c9706c"))],
            clip=cave)]
    return [*items, Mark(curve(lip), INK, stroke=0.022), *holes]


def tortoise(look: Look) -> list[Item]:
    """A small bald head with a horny mouth and heavy lids."""
    wide, tall, k, coat = look.mould.wide, look.mould.tall, look.k, look.beast.coat
    points = [(0, -1.0), (0.6, -0.85), (0.98, -0.3), (0.95, 0.25), (0.75, 0.7), (0.4, 0.98), (-0.4, 0.98), (-0.75, 0.7),
        (-0.95, 0.25), (-0.98, -0.3), (-0.6, -0.85)]
    shape = smooth([(x * wide + (0.16 * k if x > 0 and y > -0.5 else 0.02 * k), y * tall) for x, y in points], 0.16)
    plates = [Mark(smooth([(look.x(u) + dx, y + dy) for dx, dy in ((-0.06, -0.03), (0.05, -0.05), (0.07, 0.03), (-0.03, 0.06))],
        0.12), look.beast.dark, stroke=0.012,
                   alpha=0.5) for u, y in ((-0.1, -0.26), (0.08, -0.27), (0.0, -0.15), (-0.2, 0.08), (0.2, 0.08), (-0.17, -0.2),
                       (0.18, -0.2))]
    items = [*fur(shape, coat), Group(plates, clip=shape)]
    if look.head.away:
        return items
    x, y, opening = look.x(0) + 0.06 * k, 0.2, look.opening()
    beak = smooth([(x - 0.19, y - 0.07), (x, y - 0.17), (x + 0.19 - 0.02 * k, y - 0.07), (x + 0.12 + 0.05 * k, y + 0.05),
        (x + 0.02 * k, y + 0.1), (x - 0.12, y + 0.05)], 0.14)
    low = smooth([(x - 0.17, y + 0.01), (x + 0.17, y + 0.01), (x + 0.08, y + 0.13 + opening), (x - 0.08, y + 0.13 + opening)],
        0.15)
    smile = look.head.mien.smile
    mouth = curve([(x - 0.2, y + 0.01 - smile), (x - 0.1, y + 0.06), (x + 0.02 * k, y + 0.1), (x + 0.1, y + 0.06),
        (x + 0.19, y + 0.01 - smile)])
    lids = [Mark(curve([(look.x(side * 0.17) - 0.09, -0.13), (look.x(side * 0.17), -0.175),
        (look.x(side * 0.17) + 0.08, -0.13)]), scale(coat, 0.55), stroke=0.034) for side in (-1, 1)]
    inside: list[Item] = [Mark(low, scale(look.beast.light, 0.8)),
        *([Mark(ellipse(x, y + 0.07 + opening * 0.4, 0.11, 0.03 + opening * 0.5), rgb("#5a1f22"))] if opening else [])]
    holes = [Mark(ellipse(x + side * 0.035 + 0.02 * k, y - 0.09, 0.012, 0.012), INK) for side in (-1, 1)]
    return [*items, *eye(look, 1), *eye(look, -1), *lids, *inside, *fur(beak, look.beast.light, 0.0, 0.4)[:1],
        Mark(mouth, INK, stroke=0.018), *holes]


def snake(look: Look) -> list[Item]:
    """A head like an arrow's, on a hood of its own pattern."""
    k, coat, dark = look.k, look.beast.coat, look.beast.dark
    hood = smooth([(-0.2, -0.4), (0.2, -0.4), (0.46, 0.0), (0.42, 0.4), (0.24, 0.72), (-0.24, 0.72), (-0.42, 0.4),
        (-0.46, 0.0)], 0.16)
    bands: list[Item] = [Mark(curve([(-0.6, y - 0.06), (0, y), (0.6, y - 0.06)]), dark, stroke=0.06, alpha=0.6)
        for y in (0.05, 0.24, 0.43, 0.62)]
    under: list[Item] = [] if look.head.away else [Mark(smooth([(-0.17, 0.0), (0.17, 0.0), (0.2, 0.8), (-0.2, 0.8)], 0.1),
        look.beast.light)]
    points = [(0, -0.92), (0.6, -0.75), (0.98, -0.2), (0.9, 0.12), (0.52, 0.5), (0.28, 0.86), (-0.28, 0.86), (-0.52, 0.5),
        (-0.9, 0.12), (-0.98, -0.2), (-0.6, -0.75)]
    lean = 0.26 * k
    shape = smooth([(x * look.mould.wide + lean * max(0.0, y + 0.35), y * look.mould.tall - 0.04) for x, y in points], 0.15)
    items = [*fur(hood, scale(coat, 0.9), -0.4, 0.8), Group([*bands, *under], clip=hood), *fur(shape, coat),
        Group(_scales(look), clip=shape)]
    if look.head.away:
        return items
    x, opening, smile = lean * 1.1, look.opening(), look.head.mien.smile
    mouth = [(x - 0.2, 0.12 - smile), (x - 0.1, 0.21), (x, 0.235), (x + 0.1, 0.21), (x + 0.2, 0.12 - smile)]
    tongue = [Mark(curve([(x, 0.23), (x + 0.02 + 0.06 * k, 0.36), (x + 0.01 + 0.1 * k, 0.44)]), rgb("#b8302f"), stroke=0.022),
              *(Mark(line((x + 0.01 + 0.1 * k, 0.43), (x + 0.01 + 0.1 * k + d, 0.52)), rgb("#b8302f"), stroke=0.015)
                  for d in (-0.05, 0.06))]
    cave: list[Item] = [Mark(smooth([*mouth, (x, 0.24 + 1.6 * opening)], 0.14), rgb("#5a1f22"))] if opening else []
    holes = [Mark(ellipse(x + side * 0.05, 0.12, 0.013, 0.018), INK) for side in (-1, 1)]
    return [*items, *eye(look, 1), *eye(look, -1), *cave, *tongue, Mark(curve(mouth), INK, stroke=0.018), *holes]


def _scales(look: Look) -> list[Item]:
    dark = look.beast.dark
    if look.beast.mark == "diamonds":
        return [Mark(polygon((x, y - 0.07), (x + 0.06, y), (x, y + 0.07), (x - 0.06, y)), dark, alpha=0.6) for x,
            y in ((0.0, -0.26), (-0.11, -0.14), (0.11, -0.14), (0.0, -0.04))]
    return [Mark(curve([(-0.3, y), (0, y - 0.04), (0.3, y)]), dark, stroke=0.04, alpha=0.6) for y in (-0.28, -0.17)]


def crocodile(look: Look) -> list[Item]:
    """Jaws full of teeth before eyes on two bumps."""
    wide, tall, k, coat = look.mould.wide, look.mould.tall, look.k, look.beast.coat
    shape = smooth([(x * wide - 0.03 * k, y * tall) for x, y in ((0, -0.8), (0.8, -0.7), (1.0, 0.0), (0.85, 0.7), (0.4, 1.05),
        (-0.4, 1.05), (-0.85, 0.7), (-1.0, 0.0), (-0.8, -0.7))], 0.16)
    bumps = [item for side in (1, -1) for item in _dome(look, side)]
    ridge = [Mark(polygon((x, y - 0.05), (x + 0.05, y + 0.04), (x - 0.05, y + 0.04)), look.beast.dark, alpha=0.7)
        for x in (-0.2, -0.05, 0.1) for y in (-0.12, 0.04, 0.2)]
    if look.head.away:
        return [*bumps, *fur(shape, coat), Group(ridge, clip=shape)]
    return [*bumps, *fur(shape, coat), *_jaws(look), *eye(look, 1, look.beast.iris), *eye(look, -1, look.beast.iris)]


def _jaws(look: Look) -> list[Item]:
    mould, k, opening, coat = look.mould, look.k, look.opening(), look.beast.coat
    root, tip = (0.1 * k, 0.06), look.tip()
    upper = limb([root, between(root, tip, 0.55), tip], [mould.base, mould.tip * 1.15, mould.tip])
    end = (tip[0] - 0.03, tip[1] + 0.13 + 1.4 * opening)
    lower = limb([(root[0], root[1] + 0.16), between(root, end, 0.6), end],
        [mould.base * 0.75, mould.tip * 0.8, mould.tip * 0.72])
    teeth = [Mark(polygon((x - 0.024, y), (x + 0.024, y), (x, y + 0.065)), (0.95, 0.93, 0.86)) for x,
        y in _along_lip(look, root, tip)]
    bridge = curve([(root[0] + 0.08, root[1] - mould.base * 0.9),
        between((root[0], root[1] - mould.base), (tip[0], tip[1] - mould.tip), 0.6), (tip[0], tip[1] - mould.tip),
                    (tip[0] + mould.tip * 0.95, tip[1] - 0.02)]) if k > 0.5 else curve([(tip[0] - mould.base, root[1] + 0.05),
                        (tip[0] - mould.tip * 1.1, tip[1]), (tip[0] - mould.tip * 0.6, tip[1] + mould.tip * 0.8),
                    (tip[0] + mould.tip * 0.6, tip[1] + mould.tip * 0.8), (tip[0] + mould.tip * 1.1, tip[1]),
                        (tip[0] + mould.base, root[1] + 0.05)])
    smile = look.head.mien.smile
    lip: Path = curve([(root[0] + 0.1, root[1] + 0.2 - smile), between((root[0], root[1] + 0.2), (tip[0], tip[1] + 0.1), 0.6),
        (tip[0] + mould.tip * 0.8, tip[1] + 0.05)]) if k > 0.5 else curve(
        [(tip[0] - mould.tip * 1.3, root[1] + 0.22 - smile), (tip[0] - mould.tip * 0.9, tip[1] + 0.05), (tip[0], tip[1] + 0.1),
            (tip[0] + mould.tip * 0.9, tip[1] + 0.05), (tip[0] + mould.tip * 1.3, root[1] + 0.22 - smile)])
    holes = [Mark(ellipse(tip[0] + 0.3 * mould.tip * k + side * 0.05 * (1 - 0.5 * k), tip[1] - mould.tip * 0.55, 0.024, 0.018),
        INK) for side in (-1, 1)]
    cave: list[Item] = [Mark(limb([(root[0], root[1] + 0.14), (end[0], end[1] - 0.08)], [0.13, 0.08]),
        rgb("#5a1f22"))] if opening else []
    return [*fur(lower, mix(look.beast.light, coat, 0.3), 0.0, end[1] + 0.1), *cave, *fur(upper, coat, -0.2, tip[1] + 0.2)[:1],
        Mark(bridge, scale(coat, 0.42), stroke=0.014, alpha=0.75), *teeth, Mark(lip, INK, stroke=0.018), *holes]


def _along_lip(look: Look, root: Point, tip: Point) -> list[Point]:
    if look.k > 0.5:
        return [(root[0] + 0.16 + (tip[0] - root[0]) * share, root[1] + 0.2 + (tip[1] - root[1] - 0.1) * share)
            for share in (0.05, 0.22, 0.39, 0.56, 0.73, 0.9)]
    wide = look.mould.tip * 1.1
    return [(tip[0] + u * wide, tip[1] + 0.1 - 0.09 * u * u) for u in (-0.95, -0.6, -0.25, 0.25, 0.6, 0.95)]


def fish(look: Look) -> list[Item]:
    """A head of scales with round lips, gills and a fin."""
    wide, tall, k, coat = look.mould.wide, look.mould.tall, look.k, look.beast.coat
    fin = smooth([(-0.16 - 0.12 * k, -0.28), (-0.12 - 0.2 * k, -0.62), (0.02 - 0.1 * k, -0.68), (0.12, -0.56), (0.14, -0.3)], 0.1)
    sides = [item for side in (1, -1) for item in fur(smooth([(side * wide * 0.8, -0.05),
        (side * (wide + 0.2 - 0.1 * k), -0.12), (side * (wide + 0.16), 0.1), (side * (wide + 0.18 - 0.1 * k), 0.26),
            (side * wide * 0.8, 0.24)], 0.1),
             scale(coat, 0.85))] if k < 0.5 or look.head.away else []
    points = [(0, -1.0), (0.65, -0.8), (1.0, -0.15), (0.9, 0.45), (0.5, 0.95), (-0.5, 0.95), (-0.9, 0.45), (-1.0, -0.15),
        (-0.65, -0.8)]
    shape = smooth([(x * wide + (0.14 * k if x > 0.7 else 0.0), y * tall) for x, y in points], 0.16)
    rows: list[Item] = [Mark(curve([(x - 0.05, y), (x, y + 0.045), (x + 0.05, y)]), look.beast.dark, stroke=0.011, alpha=0.5)
            for row, y in enumerate((-0.32, -0.22, -0.12, 0.2, 0.3))
                for x in (step * 0.11 + 0.055 * (row % 2) - 0.33 for step in range(7))]
    items = [*fur(fin, scale(coat, 0.8)), *sides, *fur(shape, coat)]
    if look.head.away:
        return [*items, Group(rows, clip=shape)]
    belly = Mark(ellipse(look.x(0), 0.42, 0.3, 0.3), look.beast.light, blur=0.03)
    x, y, opening = look.x(0) + 0.16 * k, 0.2, 0.04 + look.opening() + 0.01 * sin(pi * look.head.who.quirk[1])
    lips = ellipse(x, y, 0.12 * (1 - 0.25 * k), 0.06 + opening * 0.7)
    gills = [Mark(curve([(u, -0.08), (u - 0.06, 0.08), (u, 0.24)]), look.beast.dark, stroke=0.016, alpha=0.6)
        for u in ((-0.27, -0.22) if k > 0.5 else (-0.29,))]
    seen = (1, -1) if k < 0.5 else (-1,)
    return [*items, Group([belly, *rows, *gills], clip=shape), *(item for side in seen
        for item in eye(look, side, (0.95, 0.93, 0.85))),
            Mark(lips, mix(coat, rgb("#c9706c"), 0.5)), Mark(lips, scale(coat, 0.5), stroke=0.014),
                Mark(ellipse(x, y, 0.07 * (1 - 0.25 * k), opening * 0.75), rgb("#4a1a1c"))]
