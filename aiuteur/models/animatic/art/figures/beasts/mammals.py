"""The heads of beasts: skull, muzzle and mouth. Their ears and horns are in `ears`, what colours them in `markings`.

Units and turn as in `figures.head`.
"""

from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Path, Point
from aiuteur.models.animatic.art.figures.beasts import ears, manes, markings
from aiuteur.models.animatic.art.figures.beasts.look import INK, Look, eye, fur, strands
from aiuteur.models.animatic.art.shapes import between, curve, ellipse, limb, line, polygon, smooth


def mammal(look: Look) -> list[Item]:
    """The head of a beast, farthest parts first."""
    drooping = look.mould.ears == "drooping"
    items = [*manes.behind(look), *ears.horns(look), *([] if drooping else ears.ears(look))]
    items += _skull(look)
    if not look.head.away:
        items += _face(look)
    items += [*(ears.ears(look) if drooping else []), *manes.before(look)]
    return [*items, *(ears.ears(look) if look.head.away and look.beast.has("mane") else [])]


def outline(look: Look) -> Path:
    """The contour of the skull with the fur of its cheeks."""
    wide, tall, out = look.mould.wide, look.mould.tall, look.mould.cheek
    half: list[Point] = [(0.52 * wide, -0.88 * tall), (0.93 * wide, -0.42 * tall), (wide, 0.05 * tall)]
    if out > 0.08:
        half += [(wide + 0.5 * out, 0.3 * tall), (wide + out, 0.62 * tall), (0.9 * wide + 0.35 * out, 0.68 * tall),
                 (0.86 * wide + 0.1 * out, 0.92 * tall), (0.6 * wide, 0.88 * tall), (0.42 * wide, 1.08 * tall)]
    else:
        half += [(0.98 * wide + out, 0.38 * tall), (0.82 * wide + 0.4 * out, 0.74 * tall), (0.45 * wide, 0.96 * tall)]
    right = [_turned(look, point) for point in half]
    left = [_turned(look, (-x, y)) for x, y in reversed(half)]
    return smooth([(-0.04 * look.k, -tall), *right, _turned(look, (0.0, tall)), *left], 0.13)


def _turned(look: Look, point: Point) -> Point:
    x, y = point
    return (x * (1 - (0.14 if x > 0 else -0.06) * look.k) - 0.05 * look.k, y)


def _skull(look: Look) -> list[Item]:
    shape, coat = outline(look), look.beast.coat
    wide, tall, out = look.mould.wide, look.mould.tall, look.mould.cheek
    hairs = [(_turned(look, (side * (wide * a), tall * b)), _turned(look,
        (side * (wide * a + 0.05 + 0.5 * out), tall * (b + 0.16))))
             for side in (-1, 1) for a, b in ((0.72, 0.2), (0.66, 0.42), (0.5, 0.62), (0.8, -0.1))]
    inside = [*markings.on_skull(look), *strands(hairs, scale(coat, 0.55))]
    return [*fur(shape, coat), Group(inside, clip=shape)]


def _face(look: Look) -> list[Item]:
    items = eye(look, 1)
    if look.beast.has("trunk"):
        return [*items, *eye(look, -1), *ears.trunk(look)]
    if look.beast.has("apish"):
        return [*items, *eye(look, -1), *_apish(look)]
    return [*items, *_jaw(look), *_muzzle(look), *eye(look, -1), *_nose(look), *_whiskers(look)]


def _tube(look: Look) -> Path:
    root, tip = look.root(), look.tip()
    mould = look.mould
    return limb([root, between(root, tip, 0.5), tip], [mould.base, (mould.base + mould.tip) * 0.5, mould.tip])


def _muzzle(look: Look) -> list[Item]:
    shape, coat, tip = _tube(look), look.beast.coat, look.tip()
    low = tip[1] + look.mould.tip
    soft = Mark(ellipse(tip[0] * 0.6 + 0.02, low - 0.01, look.mould.base * 1.1, 0.07), INK, alpha=0.28, blur=0.03)
    edge = _edge(look)
    inside: list[Item] = [*markings.on_muzzle(look, shape), *_mouth(look)]
    return [soft, *fur(shape, coat, -0.1, low + 0.12)[:1], Group(inside, clip=shape),
            Mark(edge, scale(coat, 0.4), stroke=0.014, alpha=0.7)]


def _edge(look: Look) -> Path:
    """The contour of the muzzle where it stands out from the face: its bridge and end when turned, its end from the front."""
    (rx, ry), (tx, ty) = look.root(), look.tip()
    base, tip = look.mould.base, look.mould.tip
    if look.k > 0.5:
        return curve([(rx + base * 0.35, ry - base * 0.98), ((rx + tx) / 2 + 0.02, (ry + ty) / 2 - (base + tip) * 0.5),
                      (tx + tip * 0.2, ty - tip), (tx + tip * 0.95, ty - tip * 0.2), (tx + tip * 0.55, ty + tip * 0.8),
                      ((rx + tx) / 2, (ry + ty) / 2 + (base + tip) * 0.46)])
    return curve([(tx - base * 0.95, ry + 0.04), (tx - tip * 1.05, ty), (tx - tip * 0.6, ty + tip * 0.82), (tx, ty + tip),
                  (tx + tip * 0.6, ty + tip * 0.82), (tx + tip * 1.05, ty), (tx + base * 0.95, ry + 0.04)])


def _jaw(look: Look) -> list[Item]:
    """The lower jaw, and between it and the muzzle what an open mouth shows."""
    root, tip = look.root(), look.tip()
    mould, opening = look.mould, look.opening()
    colour = look.beast.light if markings.pale_chin(look) else look.beast.coat
    end = (tip[0] - 0.5 * mould.tip * look.k, tip[1] + mould.tip * 0.62 + opening)
    back = (root[0], root[1] + mould.base * 0.5 + opening * 0.5)
    jaw = limb([back, between(back, end, 0.5), end], [mould.base * 0.62, mould.tip * 0.8, mould.tip * 0.58])
    items = fur(jaw, scale(colour, 0.86), 0.1, end[1] + 0.12)
    if opening > 0:
        cave = limb([(back[0], back[1] - opening * 0.4), (end[0] + 0.2 * mould.tip * look.k, end[1] - opening * 0.75)],
                    [mould.base * 0.5, mould.tip * 0.62])
        items.append(Mark(cave, rgb("#4a1a1c")))
        items.append(Mark(ellipse(end[0], end[1] - opening * 0.35, mould.tip * 0.48, 0.05), rgb("#c46a68")))
    return items


def _mouth(look: Look) -> list[Item]:
    """The line of the lips: from below the nose to both sides, or along a turned muzzle to its corner."""
    (rx, ry), (tx, ty) = look.root(), look.tip()
    mould, smile = look.mould, look.head.mien.smile
    if look.k > 0.5:
        corner = (rx + mould.base * 0.55, ry + mould.base * 0.62 - 1.4 * smile)
        path = curve([(tx + mould.tip * 0.9, ty + mould.tip * 0.3), (tx, ty + mould.tip * 0.62),
                      ((tx + corner[0]) / 2, (ty + corner[1]) / 2 + 0.05), corner])
        return [Mark(path, INK, stroke=0.02)]
    wide = max(mould.tip * 0.95, 0.09)
    y = ty + mould.tip * 0.36
    return [Mark(line((tx, ty), (tx, y)), INK, stroke=0.016),
            *(Mark(curve([(tx, y), (tx + side * wide * 0.45, y + 0.035), (tx + side * wide, y - 0.012 - 1.6 * smile)]), INK,
                   stroke=0.018) for side in (-1, 1))]


def _nose(look: Look) -> list[Item]:
    tx, ty = look.tip()
    tip, half, k = look.mould.tip, look.mould.nose, look.k
    at = (tx + k * tip * 0.72, ty - tip * (0.2 + 0.34 * k))
    colour = look.beast.nose
    if look.beast.has("disc"):
        return _disc(look, (tx + k * tip * 0.75, ty - tip * 0.1), colour)
    if look.beast.has("pad"):
        return _pad(look, (tx + k * tip * 0.25, ty - tip * 0.05), colour)
    if look.beast.has("hooved"):
        spots = [(tx + k * tip * 0.62 + side * half * (1 - 0.55 * k), ty - tip * (0.05 + 0.2 * k)) for side in (-1, 1)]
        return [Mark(ellipse(x, y, half * 0.3, half * 0.4), INK, alpha=0.85) for x, y in (spots[1:] if k > 0.5 else spots)]
    x, y = at
    wide = half * (1 - 0.22 * k)
    pad = smooth([(x - wide, y - half * 0.35), (x, y - half * 0.62), (x + wide, y - half * 0.35),
        (x + wide * 0.55, y + half * 0.4),
                  (x, y + half * 0.62), (x - wide * 0.55, y + half * 0.4)])
    return [Mark(pad, colour), Mark(pad, scale(colour, 0.5), stroke=0.01),
            Mark(ellipse(x - wide * 0.2, y - half * 0.28, wide * 0.42, half * 0.16), (1, 1, 1), alpha=0.4, blur=0.006)]


def _disc(look: Look, at: Point, colour: Rgb) -> list[Item]:
    """The snout of a pig: a disc with two holes."""
    x, y = at
    wide, tall = look.mould.nose * (1 - 0.52 * look.k), look.mould.nose * 0.84
    disc = ellipse(x, y, wide, tall)
    holes = [Mark(ellipse(x + side * wide * 0.42, y + 0.005, wide * 0.2, tall * 0.32), rgb("#7a3c38")) for side in (-1, 1)]
    return [Mark(disc, colour), Mark(disc, scale(colour, 0.55), stroke=0.014), *holes]


def _pad(look: Look, at: Point, colour: Rgb) -> list[Item]:
    """The broad wet nose of cattle."""
    x, y = at
    wide = look.mould.nose * (1 - 0.2 * look.k)
    pad = smooth([(x - wide, y - 0.04), (x - wide * 0.5, y - 0.12), (x + wide * 0.5, y - 0.12), (x + wide, y - 0.04),
                  (x + wide * 0.8, y + 0.08), (x, y + 0.11), (x - wide * 0.8, y + 0.08)])
    holes = [Mark(ellipse(x + side * wide * 0.55, y - 0.02, 0.04, 0.03), rgb("#4a2a26")) for side in (-1, 1)]
    return [Mark(pad, colour), Mark(pad, scale(colour, 0.6), stroke=0.012), *holes]


def _whiskers(look: Look) -> list[Item]:
    tx, ty = look.tip()
    tip = look.mould.tip
    items: list[Item] = []
    if look.beast.has("teeth") and look.k > 0.5:
        items.append(Mark(polygon((tx + tip * 0.1, ty + tip * 0.6), (tx + tip * 0.7, ty + tip * 0.5),
            (tx + tip * 0.55, ty + tip * 0.5
            + 0.06), (tx + tip * 0.15, ty + tip * 0.6 + 0.06)), (0.95, 0.93, 0.88)))
    elif look.beast.has("teeth"):
        y = ty + tip * 0.36
        tooth = polygon((tx - 0.03, y), (tx + 0.03, y), (tx + 0.026, y + 0.07), (tx - 0.026, y + 0.07))
        items += [Mark(tooth, (0.95, 0.93, 0.88)), Mark(line((tx, y), (tx, y + 0.07)), INK, stroke=0.006)]
    if not look.beast.has("whiskers"):
        return items
    pale = mix(look.beast.light, (1, 1, 1), 0.4)
    for side in (-1, 1):
        for step in (-1, 0, 1):
            start = (tx - 0.25 * look.k * tip + side * tip * 0.6 * (1 - 0.6 * look.k), ty + 0.02 * step)
            reach = 0.3 * (1 - (0.45 if side > 0 else -0.1) * look.k)
            end = (start[0] + side * reach, start[1] + 0.07 * step - 0.01)
            items += [Mark(curve([start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 0.02), end]), INK, stroke=0.011,
                           alpha=0.4),
                      Mark(curve([start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 0.023), end]), pale, stroke=0.007)]
    return items


def _apish(look: Look) -> list[Item]:
    """A flat nose over a wide upper lip, and the mouth under it."""
    tx, ty = look.tip()
    tip, smile = look.mould.tip, look.head.mien.smile
    light = look.beast.light
    lip = smooth([(tx - tip * 1.05, ty), (tx - tip * 0.5, ty - tip * 0.72), (tx + tip * 0.5, ty - tip * 0.72), (tx + tip, ty),
                  (tx + tip * 0.6, ty + tip * 0.7), (tx - tip * 0.6, ty + tip * 0.7)])
    y = ty + tip * 0.1
    opening = look.opening()
    mouth = [(tx - tip * 0.8, y - 1.5 * smile), (tx, y + 0.04), (tx + tip * 0.8, y - 1.5 * smile)]
    items: list[Item] = [*fur(lip, light, ty - 0.2, ty + 0.25), Mark(curve(mouth), INK, stroke=0.02)]
    if opening > 0:
        cave = smooth([*mouth, (tx, y + 0.05 + 1.6 * opening)], 0.14)
        items += [Mark(cave, rgb("#4a1a1c")), Mark(ellipse(tx, y + opening + 0.04, tip * 0.4, 0.03), rgb("#c46a68"))]
    nose = ty - tip * 0.62
    return [*items, *(Mark(ellipse(tx + side * 0.035 + 0.02 * look.k, nose, 0.02, 0.026), INK, alpha=0.85) for side in (-1, 1))]
