"""The heads of birds: plumage, beak, comb, discs. Units and turn as in `figures.head`."""

from math import cos, pi, sin

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Path, Point
from aiuteur.models.animatic.art.figures.beasts.look import INK, Look, eye, fur, strands
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, smooth


def bird(look: Look) -> list[Item]:
    """The head of a bird, farthest parts first."""
    items = [*_ruff(look), *_comb(look), *_tufts(look)]
    shape, coat = _outline(look), look.beast.coat
    colour = look.beast.light if look.beast.mark == "crowned" else coat
    items += [*fur(shape, colour)[:1], Mark(curve(_contour(look)), scale(colour, 0.42), stroke=0.014, alpha=0.75),
              Group([*_markings(look), *_plumage(look)], clip=shape)]
    if look.head.away:
        return items
    white = rgb("#e9dcb8") if look.beast.iris[0] < 0.5 and coat[0] < 0.4 else None
    seen = (1, -1) if look.k < 0.5 or look.beast.has("discs") else (-1,)
    for side in seen:
        items += _disc(look, side) + eye(look, side, white)
    return [*items, *_wattles(look), *_beak(look)]


def _outline(look: Look) -> Path:
    return smooth([*_contour(look), (look.mould.wide * 0.5, look.mould.tall * 1.26),
        (-look.mould.wide * 0.5, look.mould.tall * 1.26)], 0.14)


def _contour(look: Look) -> list[Point]:
    """From one side of the neck over the crown to the other."""
    wide, tall, k = look.mould.wide, look.mould.tall, look.k
    neck = wide * (0.9 if look.mould.cheek else 0.78)
    half: list[Point] = [(0.55 * wide, -0.86 * tall), (0.95 * wide, -0.4 * tall), (wide, 0.1 * tall), (0.9 * wide, 0.6 * tall),
                         (neck, 1.2 * tall)]
    right = [(x * (1 - 0.08 * k) + 0.02 * k, y) for x, y in half]
    left = [(-x - 0.05 * k, y) for x, y in reversed(half)]
    return [*left, (0, -tall), *right]


def _plumage(look: Look) -> list[Item]:
    """The edges of small feathers."""
    dark = scale(look.beast.coat, 0.6 if look.beast.coat[0] > 0.3 else 1.5)
    marks: list[Item] = []
    for row, y in enumerate((-0.3, -0.18, 0.14, 0.26, 0.38)):
        for step in range(-3, 4):
            x = step * 0.105 + (0.05 if row % 2 else 0.0) - 0.05 * look.k
            marks.append(Mark(curve([(x - 0.04, y), (x, y + 0.035), (x + 0.04, y)]), dark, stroke=0.01, alpha=0.32))
    return marks


def _markings(look: Look) -> list[Item]:
    items: list[Item] = []
    if look.beast.has("bib") and not look.head.away:
        belly = rgb("#cf5a2e") if look.beast.coat[1] > 0.36 else look.beast.light
        items.append(Mark(ellipse(look.x(0), 0.44, 0.3, 0.36), belly, blur=0.015))
    if look.beast.mark == "nape":
        grey = mix(look.beast.coat, (0.62, 0.63, 0.66), 0.55)
        items.append(Mark(smooth([(-0.6, 0.1), (look.x(0), 0.3), (0.6, 0.1), (0.6, 0.9), (-0.6, 0.9)], 0.1), grey, blur=0.03))
    if look.beast.mark == "collar":
        items.append(Mark(curve([(-0.5, 0.28), (look.x(0), 0.4), (0.5, 0.28)]), (0.94, 0.93, 0.9), stroke=0.07))
    return items


def _ruff(look: Look) -> list[Item]:
    """Feathers that stand out at the neck: a hackle, a collar."""
    if not look.mould.cheek:
        return []
    wide, out, x = look.mould.wide, look.mould.cheek, -0.04 * look.k
    points: list[Point] = []
    for step in range(13):
        turn = pi * step / 12
        reach = wide + out * (1.9 if step % 2 else 1.1)
        points.append((x + cos(turn) * reach, 0.14 + sin(turn) * (0.44 + (0.16 if step % 2 else 0.04))))
    colour = mix(look.beast.coat, look.beast.light, 0.2) if look.beast.has("hackle") else scale(look.beast.coat, 0.86)
    hairs = [((x + cos(pi * step / 12) * wide * 0.7, 0.2 + sin(pi * step / 12) * 0.3),
              (x + cos(pi * step / 12) * (wide + out), 0.16 + sin(pi * step / 12) * 0.5)) for step in range(1, 12)]
    return [*fur(smooth([(x - wide * 0.8, -0.1), (x + wide * 0.8, -0.1), *points], 0.08), colour, -0.1, 0.8),
        *strands(hairs, scale(colour, 0.6))]


def _comb(look: Look) -> list[Item]:
    if not look.beast.has("comb"):
        return []
    high = 0.3 if look.beast.has("crest") else 0.15
    x, y = 0.05 * look.k, -look.mould.tall + 0.06
    teeth: list[Point] = [(x - 0.2, y + 0.02)]
    for step in range(4):
        left = x - 0.22 + 0.115 * step
        teeth += [(left + 0.02, y - high * (0.7 if step in {0, 3} else 0.95)), (left + 0.085, y - high * 0.42)]
    narrow = 1.0 if look.k > 0.5 or look.head.away else 0.72
    return fur(smooth([((px - x) * narrow + x, py) for px, py in [*teeth, (x + 0.24, y + 0.06), (x, y + 0.12)]], 0.12),
        look.beast.dark, y - high, y + 0.2)


def _wattles(look: Look) -> list[Item]:
    if not look.beast.has("wattles"):
        return []
    size = 1.25 if look.beast.has("crest") else 0.85
    x = 0.2 * look.k
    return [item for dx in ((-0.07, 0.07) if look.k < 0.5 else (0.04,))
            for item in fur(ellipse(x + dx * size, 0.27 + 0.05 * size, 0.065 * size, 0.13 * size), look.beast.dark, 0.1, 0.6)]


def _tufts(look: Look) -> list[Item]:
    if not look.beast.has("tufts"):
        return []
    items: list[Item] = []
    for side in (1, -1):
        x = side * 0.27 * (1 - 0.15 * look.k)
        items += fur(polygon((x - side * 0.13, -0.3), (x + side * 0.1, -0.62 - 0.03 * look.head.who.quirk[1]),
            (x + side * 0.12, -0.14)), scale(look.beast.coat, 0.8))
    return items


def _disc(look: Look, side: int) -> list[Item]:
    """The round disc of feathers about an owl's eye; the bare brow of a bird of prey."""
    u, y, size = look.mould.eyes
    x = look.x(side * u)
    if look.beast.has("discs"):
        wide = 0.21 * (1 - look.k * (0.2 if side > 0 else 0.0))
        rays = [((x + cos(turn) * size, y + sin(turn) * size), (x + cos(turn) * wide * 0.95, y + sin(turn) * 0.2))
                for turn in (step * pi / 8 for step in range(16))]
        return [*fur(ellipse(x, y, wide, 0.215), look.beast.light), *strands(rays, scale(look.beast.light, 0.66))]
    return []


def _beak(look: Look) -> list[Item]:
    if look.beast.has("bill"):
        return _bill(look)
    mould, k, opening = look.mould, look.k, look.opening()
    length, deep, colour = mould.length, mould.base, look.beast.nose
    if k > 0.5 and not look.beast.has("discs"):
        return _beak_aside(look)
    x, y = look.x(0), 0.06
    wide = deep * (1.05 if not look.beast.has("long") else 0.8)
    low = y + deep * 0.9 + length * 0.3
    upper = smooth([(x - wide, y - deep * 0.1), (x, y - deep * 0.95), (x + wide, y - deep * 0.1),
        (x + wide * 0.5, y + deep * 0.7), (x, low),
                    (x - wide * 0.5, y + deep * 0.7)], 0.08)
    under = smooth([(x - wide * 0.75, y + deep * 0.3), (x + wide * 0.75, y + deep * 0.3),
        (x, low + 1.5 * opening + (0.02 if opening else -0.03))], 0.08)
    cave = smooth([(x - wide * 0.7, y + deep * 0.3), (x + wide * 0.7, y + deep * 0.3), (x, low + opening)], 0.08)
    holes = [Mark(ellipse(x + side * wide * 0.3, y - deep * 0.15, 0.014, 0.02), INK, alpha=0.7) for side in (-1, 1)]
    return [*fur(under, scale(colour, 0.75), 0.0, 0.4), *([Mark(cave, rgb("#4a1a1c"))] if opening else []),
        *fur(upper, colour, -0.05, low + 0.1),
            Mark(curve([(x, y - deep * 0.8), (x, low - 0.03)]), scale(colour, 1.35), stroke=0.02, alpha=0.6), *holes]


def _beak_aside(look: Look) -> list[Item]:
    """A beak seen from the side: straight, or hooked at its end."""
    mould, opening, colour = look.mould, look.opening(), look.beast.nose
    x, y, deep = 0.25 * min(1.0, mould.wide / 0.33), 0.04, mould.base
    tip = (x + mould.length, y + deep * 0.5 + mould.drop * 0.6)
    gape = (x - 0.06, y + deep * 0.45)
    if look.beast.has("hook"):
        upper = smooth([(x - 0.08, y - deep * 0.7), (x + mould.length * 0.4, y - deep * 0.95), (tip[0], tip[1] - deep * 0.6),
            (tip[0] - 0.01, tip[1] + deep * 1.1),
                        (tip[0] - mould.length * 0.3, y + deep * 0.55), gape], 0.13)
    else:
        upper = smooth([(x - 0.06, y - deep), (x + mould.length * 0.45, y - deep * 0.62 + mould.drop * 0.2), tip,
            (x + mould.length * 0.4, y + deep * 0.5), gape], 0.08)
    end = (tip[0] - mould.length * 0.1, tip[1] + 0.012 + 1.6 * opening)
    under = smooth([(gape[0], gape[1] - 0.01), end, (x + mould.length * 0.3, y + deep * 0.95 + 0.9 * opening),
        (x - 0.05, y + deep * 0.95)], 0.08)
    cave: list[Item] = [Mark(polygon(gape, (tip[0] - mould.length * 0.25, tip[1] - 0.01), end),
        rgb("#4a1a1c"))] if opening else []
    hole = Mark(ellipse(x + mould.length * 0.16, y - deep * 0.3, 0.026, 0.013), INK, alpha=0.7)
    return [*fur(under, scale(colour, 0.72), 0.0, 0.4), *cave, *fur(upper, colour, -0.1, 0.35), hole]


def _bill(look: Look) -> list[Item]:
    """The flat bill of ducks and geese."""
    mould, k, opening, colour = look.mould, look.k, look.opening(), look.beast.nose
    knob = look.beast.has("knob")
    if k > 0.5:
        x, y, end = 0.22, 0.0, 0.22 + mould.length
        upper = smooth([(x - 0.04, y - mould.base), (x + 0.1, y - mould.base * 0.55), (x + mould.length * 0.6, y + 0.06),
            (end - 0.02, y + 0.06), (end + 0.02, y + 0.13),
                        (x + mould.length * 0.6, y + 0.16), (x - 0.05, y + 0.13)], 0.13)
        under = smooth([(x - 0.06, y + 0.1), (x + mould.length * 0.6, y + 0.15 + 0.8 * opening),
            (end - 0.03, y + 0.14 + 1.5 * opening), (x + mould.length * 0.5, y + 0.2 + 1.1 * opening),
                        (x - 0.05, y + 0.19)], 0.12)
        smile = Mark(curve([(x - 0.07, y + 0.1), (x + mould.length * 0.5, y + 0.14), (end, y + 0.12)]), INK, stroke=0.012,
            alpha=0.7)
        return [*fur(under, scale(colour, 0.75), 0.0, 0.4), *fur(upper, colour, -0.1, 0.3), smile,
            Mark(ellipse(x + 0.1, y - 0.01, 0.024, 0.014), INK, alpha=0.7),
                *(fur(ellipse(x, y - 0.1, 0.07, 0.06), colour, -0.2, 0.1) if knob else [])]
    x, wide = look.x(0), max(0.17, mould.tip * 1.8)
    upper = smooth([(x - 0.08, -0.04), (x + 0.08, -0.04), (x + wide * 0.8, 0.12), (x + wide, 0.24), (x + wide * 0.55, 0.31),
        (x, 0.33), (x - wide * 0.55, 0.31),
                    (x - wide, 0.24), (x - wide * 0.8, 0.12)], 0.15)
    under = ellipse(x, 0.29 + opening, wide * 0.72, 0.055 + 0.3 * opening)
    cave: list[Item] = [Mark(ellipse(x, 0.3 + opening * 0.5, wide * 0.7, 0.03 + opening * 0.6),
        rgb("#4a1a1c"))] if opening else []
    return [*fur(under, scale(colour, 0.75), 0.2, 0.5), *cave, *fur(upper, colour, -0.1, 0.42),
        *(Mark(ellipse(x + side * 0.05, 0.06, 0.016, 0.026), INK, alpha=0.7) for side in (-1, 1)),
            Mark(line((x - 0.02, 0.3), (x + 0.02, 0.3)), scale(colour, 0.6), stroke=0.02),
                *(fur(ellipse(x, -0.05, 0.08, 0.07), colour, -0.15, 0.1) if knob else [])]
