"""What grows about the heads of beasts: manes, wool, spines, forelocks, beards. Units and turn as in `figures.head`."""

from math import cos, pi, sin

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Item, Mark, Point
from aiuteur.models.animatic.art.figures.beasts.look import Look, fur, strands
from aiuteur.models.animatic.art.shapes import curve, ellipse, polygon, smooth


def behind(look: Look) -> list[Item]:
    """What stands behind the head: a lion's mane, spines, a fleece, the mane of a horse."""
    if look.beast.has("mane") and _grown_male(look):
        return _mane(look)
    if look.beast.has("spines"):
        return _spines(look, 0.42, 0.66) if not look.head.away else []
    if look.beast.has("wool"):
        return _fleece(look, ((0.0, -0.12, 0.48),))
    if look.beast.has("forelock") and look.k > 0.5:
        return fur(smooth([(0.02, -0.52), (-0.2, -0.58), (-0.44, -0.3), (-0.5, 0.2), (-0.42, 0.62), (-0.24, 0.4), (-0.2, 0.0)],
            0.14),
                   _mane_colour(look))
    return []


def before(look: Look) -> list[Item]:
    """What falls over the head: a fleece's fringe, a forelock, a goat's beard; seen from behind, all of it."""
    if look.head.away:
        return _from_behind(look)
    items: list[Item] = []
    if look.beast.has("wool"):
        items += _curls(look, [(look.x(u), y) for u, y in ((-0.2, -0.3), (0.2, -0.3), (-0.07, -0.38), (0.09, -0.37),
            (0.0, -0.26))], 0.13)
    if look.beast.has("spines"):
        items += _spines(look, 0.2, 0.3, brow=True)
    if look.beast.has("forelock"):
        x = look.x
        items += fur(smooth([(x(-0.14), -0.44), (x(0.14), -0.44), (x(0.1), -0.2), (x(0.02), 0.02), (x(-0.06), -0.18)], 0.1),
            _mane_colour(look))
    if look.beast.has("goatee") and look.head.who.height > 1.3:
        tx, ty = look.tip()
        y = ty + look.mould.tip * 0.9 + look.opening()
        tuft = smooth([(tx - 0.09, y - 0.05), (tx + 0.08, y - 0.05), (tx + 0.05, y + 0.18), (tx - 0.03, y + 0.32),
            (tx - 0.08, y + 0.14)], 0.1)
        items += fur(tuft, mix(look.beast.coat, look.beast.light, 0.5), y, y + 0.3)
    return items


def _from_behind(look: Look) -> list[Item]:
    if look.beast.has("mane") and _grown_male(look):
        return _mane(look)
    if look.beast.has("spines"):
        return [item for size in (0.42, 0.28, 0.14) for item in _spines(look, size, size + 0.22)]
    if look.beast.has("wool"):
        return _fleece(look, ((0.0, -0.08, 0.46), (0.0, 0.0, 0.26)))
    if look.beast.has("forelock"):
        return fur(smooth([(0.0, -0.46), (0.13, -0.3), (0.15, 0.3), (0.0, 0.7), (-0.15, 0.3), (-0.13, -0.3)], 0.14),
            _mane_colour(look))
    return []


def _grown_male(look: Look) -> bool:
    return not look.head.who.female and look.head.who.height > 1.45


def _mane_colour(look: Look) -> tuple[float, float, float]:
    return scale(look.beast.coat, 0.45) if look.head.who.quirk[3] > 0 or look.beast.coat[0] < 0.6 else mix(look.beast.coat,
        look.beast.light, 0.6)


def _rim(centre: Point, inner: float, outer: float, teeth: int, turn: float = 0.0) -> list[Point]:
    """The points of a ragged ring."""
    return [(centre[0] + cos(angle) * radius, centre[1] + sin(angle) * radius * 1.06)
            for step in range(teeth * 2)
            for angle, radius in ((turn + step * pi / teeth, outer if step % 2 else inner),)]


def _mane(look: Look) -> list[Item]:
    x = -0.08 * look.k
    dark = mix(look.beast.coat, look.beast.dark, 0.75)
    outer = smooth([(px, py + 0.1 * max(0.0, py)) for px, py in _rim((x, 0.05), 0.55, 0.68, 19)], 0.1)
    inner = smooth(_rim((x, 0.03), 0.42, 0.53, 17, 0.2), 0.1)
    hairs = [((x + cos(turn) * 0.44, 0.05 + sin(turn) * 0.44), (x + cos(turn) * 0.64, 0.05 + sin(turn) * 0.66))
             for turn in (step * pi / 12 for step in range(24))]
    return [*fur(outer, dark, -0.7, 0.8), *strands(hairs, scale(dark, 0.6), 0.014),
        *fur(inner, mix(dark, look.beast.coat, 0.4), -0.6, 0.6)]


def _spines(look: Look, inner: float, outer: float, *, brow: bool = False) -> list[Item]:
    """A coat of spines round the crown, or its edge over the brow."""
    x, dark = -0.05 * look.k, look.beast.dark
    shape = polygon(*_rim((x, -0.02), inner, outer, 26, 0.05)) if not brow else polygon(*_brow_of_spines(look))
    pale = mix(dark, look.beast.light, 0.6)
    if brow:
        return [Mark(shape, dark), Mark(shape, scale(dark, 0.5), stroke=0.01)]
    points = _rim((x, -0.02), inner, outer, 26, 0.05)
    tips = [((x + (px - x) * 0.72, -0.02 + (py + 0.02) * 0.72), (px, py)) for px, py in points[1::2]]
    return [Mark(shape, dark), *strands(tips, pale, 0.014)]


def _brow_of_spines(look: Look) -> list[Point]:
    top = [(look.x(u), y) for u, y in ((0.34, -0.2), (0.3, -0.42), (0.0, -0.5), (-0.3, -0.42), (-0.36, -0.2))]
    low: list[Point] = []
    for step in range(9):
        u = -0.34 + step * 0.085
        low += [(look.x(u), -0.3 + 0.35 * u * u), (look.x(u + 0.04), -0.16 + 0.5 * u * u)]
    return [*top, *low]


def _fleece(look: Look, lumps: tuple[tuple[float, float, float], ...]) -> list[Item]:
    items: list[Item] = []
    for cx, cy, size in lumps:
        ring = [(cx - 0.06 * look.k + cos(turn) * size * 0.86, cy + sin(turn) * size * 0.9)
            for turn in (step * pi / 7 for step in range(14))]
        items += [Mark(ellipse(cx - 0.06 * look.k, cy, size * 0.86, size * 0.9), _wool(look)), *_curls(look, ring, 0.13)]
    return items


def _wool(look: Look) -> tuple[float, float, float]:
    dark = look.beast.coat[0] < 0.4
    return mix(look.beast.coat, rgb("#6a6468"), 0.4) if dark else mix(look.beast.light, look.beast.coat, 0.15)


def _curls(look: Look, places: list[Point], size: float) -> list[Item]:
    wool = _wool(look)
    items: list[Item] = []
    for x, y in places:
        items += fur(ellipse(x, y, size, size * 0.94), wool, y - size * 1.6, y + size * 1.6)
        items.append(Mark(curve([(x - size * 0.5, y), (x, y - size * 0.45), (x + size * 0.45, y),
            (x + size * 0.1, y + size * 0.32)]), scale(wool, 0.7),
                          stroke=0.012, alpha=0.6))
    return items
