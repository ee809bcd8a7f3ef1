"""Ears, horns, antlers, and an elephant's trunk. Units and turn as in `figures.head`."""

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Path, Point
from aiuteur.models.animatic.art.figures.beasts.look import INK, Look, fur
from aiuteur.models.animatic.art.shapes import between, curve, ellipse, limb, smooth


def ears(look: Look) -> list[Item]:
    """Both ears, the far one first."""
    kinds = {"pointed": _pointed, "round": _round, "long": _long, "drooping": _drooping, "leaf": _leaf, "flap": _flap}
    draw = kinds.get(look.mould.ears)
    return [] if draw is None else [*draw(look, 1), *draw(look, -1)]


def _base(look: Look, side: int, u: float, v: float) -> Point:
    """Where an ear begins, by shares of the skull."""
    narrow = 1 - look.k * (0.34 if side > 0 else 0.12)
    return (side * u * look.mould.wide * narrow - 0.04 * look.k, v * look.mould.tall)


def _inner(look: Look) -> tuple[float, float, float]:
    return mix(look.beast.coat, rgb("#d49a90"), 0.62)


def _pointed(look: Look, side: int) -> list[Item]:
    x, y = _base(look, side, 0.62, -0.72)
    size, coat = look.mould.ear, look.beast.coat
    half = size * 0.42 * (1 - look.k * (0.3 if side > 0 else 0.0))
    tip = (x + side * size * 0.26 - 0.04 * look.k, y - size)
    shape = smooth([(x - half, y + 0.1), (x - half * 0.72, y - size * 0.4), tip, (x + half * 0.72 + side * 0.02, y - size * 0.4),
                    (x + half, y + 0.12)], 0.09)
    items = fur(shape, coat, y - size, y + 0.2)
    if not look.head.away:
        hollow = smooth([(x - half * 0.55, y + 0.06), (x - half * 0.36, y - size * 0.34), between((x, y), tip, 0.78),
                         (x + half * 0.42, y - size * 0.34), (x + half * 0.6, y + 0.06)], 0.1)
        items.append(Mark(hollow, scale(_inner(look), 0.72)))
    if look.beast.has("tipped"):
        items.append(_tip(look, shape, tip, size))
    if look.beast.has("tufted"):
        items += [Mark(curve([between((x, y), tip, 0.7), (tip[0] + side * dx * 0.4, tip[1] - 0.08),
            (tip[0] + side * dx, tip[1] - 0.17)]),
                       scale(coat, 0.7), stroke=0.028) for dx in (-0.03, 0.02, 0.06)]
    return items


def _tip(look: Look, shape: Path, tip: Point, size: float) -> Item:
    return Group([Mark(ellipse(tip[0], tip[1], size * 0.4, size * 0.36), look.beast.dark, alpha=0.92, blur=0.012)], clip=shape)


def _round(look: Look, side: int) -> list[Item]:
    size, coat = look.mould.ear, look.beast.coat
    apish = look.beast.has("apish")
    big = size > 0.25
    x, y = _base(look, side, *((1.02, 0.0) if apish else (0.8, -0.8) if big else (0.74, -0.78)))
    y -= 0 if apish else size * (0.36 if big else 0.25)
    x += side * size * (0.3 if big else 0.0)
    wide = size * (1 - look.k * (0.36 if side > 0 else 0.06))
    if look.beast.mark == "badger":
        coat = look.beast.dark
    items = fur(ellipse(x, y, wide, size), coat, y - size, y + size)
    inner = look.beast.light if apish or look.beast.mark == "badger" else _inner(look)
    return items if look.head.away else [*items, Mark(ellipse(x, y + size * 0.08, wide * 0.66, size * 0.68), scale(inner, 0.86))]


def _long(look: Look, side: int) -> list[Item]:
    """The ears of a rabbit; one of some leans or folds over."""
    x, y = _base(look, side, 0.45, -0.82)
    size, coat = look.mould.ear, look.beast.coat
    half = size * 0.15 * (1 - look.k * (0.24 if side > 0 else 0.0))
    lean = side * 0.16 - 0.12 * look.k + 0.05 * look.head.who.quirk[1]
    tip = (x + lean, y - size)
    shape = smooth([(x - half * 0.6, y + 0.1), (x - half + lean * 0.3, y - size * 0.45),
        (x - half * 0.5 + lean * 0.9, y - size * 0.9), tip,
                    (x + half * 0.5 + lean, y - size * 0.86), (x + half + lean * 0.5, y - size * 0.42),
                        (x + half * 0.6, y + 0.1)], 0.15)
    hollow = smooth([(x, y), (x - half * 0.5 + lean * 0.3, y - size * 0.42), (x + lean * 0.92, y - size * 0.88),
                     (x + half * 0.55 + lean * 0.5, y - size * 0.4)], 0.16)
    items = fur(shape, coat, y - size, y + 0.2)
    items += [] if look.head.away else [Mark(hollow, scale(_inner(look), 0.92))]
    return [*items, _tip(look, shape, tip, 0.4)] if look.beast.has("tipped") else items


def _drooping(look: Look, side: int) -> list[Item]:
    """Ears that hang from the crown beside the face; a pig's fall forward over the brow."""
    x, y = _base(look, side, 0.72, -0.74)
    size = look.mould.ear
    dark = look.beast.mark == "patch" or look.head.who.quirk[2] > 0
    coat = look.beast.coat if look.beast.has("cocked") else mix(look.beast.coat, look.beast.dark, 0.45 if dark else 0.14)
    if look.beast.has("cocked"):
        points = [(-0.16, 0.06), (-0.06, -0.14), (0.16, -0.2), (0.3, -0.1), (0.34, 0.2), (0.16, 0.12)]
        shape = smooth([(x + side * dx * size * 2.1, y + dy * size * 2.1) for dx, dy in points], 0.1)
    else:
        points = [(-0.16, 0.02), (0.04, -0.1), (0.3, -0.02), (0.46, 0.3), (0.5, 0.72), (0.36, 1.0), (0.2, 0.86), (0.14, 0.46)]
        narrow = 1 - look.k * (0.3 if side > 0 else 0.0)
        shape = smooth([(x + side * dx * size * narrow, y + dy * size) for dx, dy in points], 0.15)
    return [] if look.k > 0.5 and side > 0 and not look.beast.has("cocked") else fur(shape, coat, y - 0.1, y + size)


def _leaf(look: Look, side: int) -> list[Item]:
    """Ears like leaves: upright on a horse, held out sideways by cattle, goats, sheep and deer."""
    size, coat = look.mould.ear, look.beast.coat
    if look.beast.has("upright"):
        x, y = _base(look, side, 0.6, -0.8)
        way = (side * 0.22 - 0.1 * look.k, -1.0)
    else:
        x, y = _base(look, side, 0.88, -0.52)
        way = (side * (1.0 - look.k * (0.3 if side > 0 else 0.1)), -0.35 if look.beast.has("antlers") else 0.22)
    across = (-way[1] * 0.24, way[0] * 0.24)

    def at(along: float, wide: float) -> Point:
        return (x + (way[0] * along + across[0] * wide) * size, y + (way[1] * along + across[1] * wide) * size)

    shape = smooth([at(-0.15, -0.5), at(0.3, -1.0), at(0.7, -0.75), at(1.0, 0.0), at(0.7, 0.75), at(0.3, 1.0), at(-0.15, 0.5)],
        0.14)
    hollow = smooth([at(0.1, -0.2), at(0.4, -0.6), at(0.84, 0.0), at(0.4, 0.6), at(0.1, 0.2)], 0.14)
    return [*fur(shape, coat, y - size, y + size), *([] if look.head.away else [Mark(hollow, scale(_inner(look), 0.85))])]


def _flap(look: Look, side: int) -> list[Item]:
    """The sails of an elephant."""
    x, y = _base(look, side, 0.8, -0.5)
    size = look.mould.ear * (1 - look.k * (0.45 if side > 0 else 0.0))
    points = [(0.0, 0.0), (0.2, -0.34), (0.62, -0.36), (0.9, -0.06), (0.86, 0.4), (0.58, 0.86), (0.34, 0.92), (0.1, 0.66)]
    shape = smooth([(x + side * dx * size, y + dy * look.mould.ear) for dx, dy in points], 0.15)
    inner = smooth([(x + side * (0.1 + dx * 0.74) * size, y + (dy * 0.76 + 0.04) * look.mould.ear) for dx, dy in points], 0.15)
    return [*fur(shape, scale(look.beast.coat, 0.94), y - 0.3, y + 0.7),
            *([] if look.head.away else [Mark(inner, mix(look.beast.coat, rgb("#c79a98"), 0.3), alpha=0.8)])]


def trunk(look: Look) -> list[Item]:
    """A trunk with its rings, and tusks beside it."""
    k, coat, opening = look.k, look.beast.coat, look.opening()
    points = [(0.11 * k, 0.06), (0.2 * k, 0.34), (0.36 * k - 0.02, 0.66), (0.42 * k + 0.02, 0.95),
        (0.6 * k + 0.12, 1.1 - 1.4 * opening),
              (0.72 * k + 0.2, 1.02 - 2.2 * opening)]
    radii = [0.17, 0.145, 0.115, 0.095, 0.085, 0.075]
    shape = limb(points, radii)
    rings: list[Item] = [Mark(curve([(x - r, y - 0.02), (x, y + 0.035), (x + r, y - 0.02)]), scale(coat, 0.6), stroke=0.012,
        alpha=0.7)
        for (x, y), r in ((between(points[step], points[step + 1], share), radii[step]) for step in range(3)
        for share in (0.2, 0.55, 0.9))]
    tusks: list[Item] = []
    for side in (1, -1):
        x = look.x(side * 0.17)
        horn = limb([(x, 0.26), (x + side * 0.06 * (1 - k) + 0.14 * k, 0.48), (x + side * 0.1 * (1 - k) + 0.32 * k, 0.54)],
                    [0.04, 0.034, 0.012])
        tusks += fur(horn, (0.93, 0.9, 0.82), 0.2, 0.65)
    lip = ellipse(0.0, 0.38 + opening, 0.2, 0.1)
    jaw = [*fur(lip, scale(coat, 0.86), 0.2, 0.6), Mark(ellipse(0.0, 0.33 + opening * 0.6, 0.19, 0.03 + opening * 0.7),
        rgb("#4a1a1c"))]
    return [*(jaw if opening else jaw[:2]), *tusks[:2], *fur(shape, coat, -0.1, 1.2), Group(rings, clip=shape), *tusks[2:]]


def horns(look: Look) -> list[Item]:
    """Horns and antlers, behind the crown."""
    if look.beast.has("horns"):
        return [item for side in (1, -1) for item in _horn(look, side, ((0.5, -0.86), (0.95, -1.06), (1.06, -1.5)), 0.07)]
    if look.beast.has("swept"):
        return [item for side in (1, -1) for item in _horn(look, side, ((0.4, -0.8), (0.52, -1.6), (1.0, -2.1), (1.5, -1.95)),
            0.075)]
    antlered = look.beast.has("antlers") and not look.head.who.female and look.head.who.height > 1.4
    return [item for side in (1, -1) for item in _antler(look, side)] if antlered else []


def _horn(look: Look, side: int, shares: tuple[Point, ...], thick: float) -> list[Item]:
    points = [_base(look, side, u, v) for u, v in shares]
    points = [(x - 0.1 * look.k * step, y) for step, (x, y) in enumerate(points)]
    radii = [thick * (1 - 0.82 * step / (len(points) - 1)) for step in range(len(points))]
    horn = limb(points, radii)
    rings: list[Item] = [Mark(curve([(x - 0.07, y + 0.02), (x, y - 0.012), (x + 0.07, y + 0.02)]), INK, stroke=0.01, alpha=0.35)
        for x, y in (between(points[0], points[1], share) for share in (0.3, 0.5, 0.7, 0.9))]
    return [*fur(horn, rgb("#b5a182"), -1.0, -0.2), Group(rings, clip=horn)]


def _antler(look: Look, side: int) -> list[Item]:
    beam = [_base(look, side, u, v) for u, v in ((0.42, -0.85), (1.0, -1.45), (1.3, -2.1), (1.05, -2.65))]
    prongs = [[beam[1], _base(look, side, 0.55, -1.95)], [beam[2], _base(look, side, 1.85, -2.6)],
        [beam[2], _base(look, side, 0.75, -2.45)]]
    bone = rgb("#8f7350")
    return [*(item for prong in prongs for item in fur(limb(prong, [0.036, 0.012]), bone, -1.1, -0.3)),
            *fur(limb(beam, [0.055, 0.048, 0.04, 0.014]), bone, -1.1, -0.3)]
