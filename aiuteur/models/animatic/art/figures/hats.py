"""Headwear of several kinds and ages. Units and turn as in `head`."""

from collections.abc import Callable
from typing import Final

from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Stop
from aiuteur.models.animatic.art.figures.head import Head
from aiuteur.models.animatic.art.shapes import curve, ellipse, polygon, rect, smooth


def _felt(colour: Rgb) -> Linear:
    return Linear((0, -0.95), (0, -0.1), (Stop(0, scale(colour, 1.2)), Stop(0.55, colour), Stop(1, scale(colour, 0.6))))


def _brim(x: float, y: float, wide: float, tall: float, colour: Rgb) -> list[Item]:
    shape = smooth([(x - wide, y + tall * 0.2), (x - wide * 0.6, y - tall * 0.6), (x, y - tall * 0.8),
        (x + wide * 0.6, y - tall * 0.6), (x + wide, y + tall * 0.2), (x + wide * 0.5, y + tall * 0.9), (x, y + tall),
        (x - wide * 0.5, y + tall * 0.9)], 0.16)
    paint = Linear((0, y - tall), (0, y + tall), (Stop(0, scale(colour, 1.18)), Stop(0.5, scale(colour, 0.95)),
        Stop(1, scale(colour, 0.45))))
    return [Mark(shape, paint)]


def _shadow(head: Head, y: float) -> Item:
    """What a brim takes away from the face beneath it."""
    x = 0.05 * head.k
    return Mark(ellipse(x, y, 0.38, 0.15), (0.05, 0.03, 0.05), alpha=0.32, blur=0.035)


def _fedora(head: Head, colour: Rgb) -> list[Item]:
    x = 0.02 * head.k
    crown = smooth([(x - 0.4, -0.3), (x - 0.39, -0.6), (x - 0.25, -0.8), (x - 0.02, -0.74), (x + 0.2, -0.82), (x + 0.37, -0.62),
        (x + 0.4, -0.3), (x, -0.24)], 0.14)
    band = Group([Mark(rect(x - 0.5, -0.46, 1.0, 0.16), mix(colour, (0.04, 0.03, 0.03), 0.72))], clip=crown)
    dent = Mark(curve([(x - 0.12, -0.77), (x - 0.02, -0.62), (x + 0.12, -0.76)]), scale(colour, 0.55), stroke=0.02, alpha=0.7)
    under = [] if head.away else [_shadow(head, -0.2)]
    return [*under, Mark(crown, _felt(colour)), band, dent, *_brim(x, -0.29, 0.66, 0.09, colour)]


def _bowler(head: Head, colour: Rgb) -> list[Item]:
    x = 0.02 * head.k
    crown = smooth([(x - 0.4, -0.28), (x - 0.39, -0.55), (x - 0.22, -0.77), (x, -0.82), (x + 0.22, -0.77), (x + 0.39, -0.55),
        (x + 0.4, -0.28), (x, -0.22)], 0.16)
    return [_shadow(head, -0.22), Mark(crown, _felt(colour)),
        Group([Mark(rect(x - 0.5, -0.42, 1, 0.1), scale(colour, 0.5))], clip=crown), *_brim(x, -0.28, 0.54, 0.07, colour)]


def _top(head: Head, colour: Rgb) -> list[Item]:
    x = 0.02 * head.k
    crown = polygon((x - 0.39, -0.28), (x - 0.42, -1.05), (x + 0.42, -1.05), (x + 0.39, -0.28))
    shine = Mark(rect(x - 0.28, -1.02, 0.08, 0.6), (0.75, 0.78, 0.85), alpha=0.25, blur=0.02)
    lid = Mark(ellipse(x, -1.05, 0.42, 0.05), scale(colour, 1.5))
    return [_shadow(head, -0.22), Mark(crown, _felt(colour)), lid, shine,
        Mark(rect(x - 0.395, -0.46, 0.79, 0.14), mix(colour, rgb("#5a1f24"), 0.4)), *_brim(x, -0.29, 0.58, 0.08, colour)]


def _cap(head: Head, colour: Rgb) -> list[Item]:
    k = head.k
    bulk = smooth([(-0.43, -0.27), (-0.48, -0.45), (-0.3, -0.63), (0.05, -0.68), (0.36, -0.56), (0.43, -0.36), (0.36, -0.26),
        (0, -0.24)], 0.16)
    peak = smooth([(-0.22 + 0.3 * k, -0.3), (0.1 + 0.3 * k, -0.34), (0.36 + 0.25 * k, -0.24), (0.3 + 0.28 * k, -0.17),
        (0.06 + 0.25 * k, -0.2), (-0.24 + 0.3 * k, -0.2)], 0.16)
    items: list[Item] = [Mark(bulk, _felt(colour)), Mark(curve([(-0.3, -0.32), (-0.05, -0.64), (0.02, -0.68)]),
        scale(colour, 0.6), stroke=0.012, alpha=0.6)]
    return items if head.away else [_shadow(head, -0.18), *items, Mark(peak, scale(colour, 0.62))]


def _peaked(head: Head, colour: Rgb) -> list[Item]:
    k = head.k
    lid = smooth([(-0.42, -0.42), (-0.56, -0.62), (-0.2, -0.74), (0.1, -0.78), (0.48, -0.66), (0.44, -0.42), (0, -0.38)], 0.15)
    band = polygon((-0.4, -0.44), (0.42, -0.44), (0.4, -0.25), (-0.39, -0.25))
    peak = smooth([(-0.22 + 0.26 * k, -0.27), (0.1 + 0.28 * k, -0.28), (0.36 + 0.22 * k, -0.22), (0.3 + 0.24 * k, -0.14),
        (0.05 + 0.22 * k, -0.15), (-0.24 + 0.26 * k, -0.17)], 0.16)
    badge = (0.02 + 0.2 * k, -0.5)
    items: list[Item] = [Mark(lid, _felt(colour)), Mark(band, scale(colour, 0.55))]
    if head.away:
        return items
    return [_shadow(head, -0.16), *items, Mark(ellipse(*badge, 0.055, 0.06), rgb("#d0ac4e")), Mark(peak, rgb("#15151a")),
        Mark(curve([(-0.16 + 0.26 * k, -0.26), (0.1 + 0.28 * k, -0.24), (0.33 + 0.2 * k, -0.24)]), rgb("#d0ac4e"), stroke=0.015)]


def _helmet(head: Head, colour: Rgb) -> list[Item]:
    bowl = smooth([(-0.43, 0.1), (-0.45, -0.25), (-0.3, -0.52), (0, -0.64), (0.3, -0.52), (0.43, -0.25), (0.4, -0.2),
        (0.1, -0.26), (-0.2, -0.2), (-0.28, 0.1)], 0.13)
    steel = Linear((-0.4, 0), (0.4, 0), (Stop(0, scale(colour, 0.6)), Stop(0.6, scale(colour, 1.3)), Stop(1, scale(colour, 0.7))))
    guard = polygon((0.04 + 0.22 * head.k, -0.28), (0.1 + 0.22 * head.k, -0.28), (0.08 + 0.24 * head.k, 0.08),
        (0.05 + 0.24 * head.k, 0.08))
    items: list[Item] = [Mark(bowl, steel), Mark(curve([(-0.42, -0.18), (0, -0.28), (0.42, -0.2)]), scale(colour, 0.5),
        stroke=0.04)]
    return items if head.away else [*items, Mark(guard, scale(colour, 0.85))]


def _constable(head: Head, colour: Rgb) -> list[Item]:
    x = 0.02 * head.k
    dome = smooth([(x - 0.43, -0.24), (x - 0.42, -0.5), (x - 0.28, -0.78), (x, -0.92), (x + 0.28, -0.78), (x + 0.42, -0.5),
        (x + 0.43, -0.24),
        (x, -0.2)], 0.14)
    badge = (x + 0.02 + 0.16 * head.k, -0.52)
    plate: list[Item] = [] if head.away else [_shadow(head, -0.18), Mark(dome, _felt(colour)),
        Mark(ellipse(*badge, 0.075, 0.1), rgb("#c9ccd2"))]
    knob = Mark(ellipse(x, -0.93, 0.05, 0.04), rgb("#c9ccd2"))
    return [Mark(dome, _felt(colour)), *plate, knob, *_brim(x, -0.24, 0.5, 0.06, colour)]


def _crown(head: Head, colour: Rgb) -> list[Item]:
    x = 0.03 * head.k
    teeth: list[Point] = [(x - 0.37, -0.3)]
    for step in range(5):
        left = x - 0.39 + step * 0.156
        teeth += [(left, -0.52), (left + 0.078, -0.74 if step == 2 else -0.68),
            (left + 0.15, -0.52)]  # the middle point is the tallest
    shape = polygon(*teeth, (x + 0.37, -0.3))
    gold = Linear((-0.4, 0), (0.4, 0), (Stop(0, scale(colour, 0.7)), Stop(0.55, scale(colour, 1.35)),
        Stop(1, scale(colour, 0.75))))
    return [Mark(shape, gold), Mark(rect(x - 0.37, -0.38, 0.74, 0.05), scale(colour, 0.6)),
        *(Mark(ellipse(x + dx, -0.44, 0.03, 0.035), rgb("#8f2740")) for dx in (-0.2, 0.0, 0.2))]


def lining(head: Head, kind: str, colour: Rgb) -> list[Item]:
    """The inside of a hood or a headscarf, behind the head."""
    inside = ellipse(0.02 * head.k, 0.04, 0.38, 0.48)
    return [Mark(inside, scale(colour, 0.4))] if kind in {"hood", "scarf"} else []


def _wrapped(head: Head, colour: Rgb, *, low: float) -> list[Item]:
    """A hood, a headscarf or a veil: cloth round the whole head but the face."""
    k = head.k
    outer: list[Point] = [(0, -0.62), (0.3, -0.53), (0.44 - 0.02 * k, -0.25), (0.46 - 0.06 * k, 0.15), (0.36 - 0.1 * k, 0.5),
        (0.34, low), (-0.36, low), (-0.44, 0.5), (-0.5, 0.1), (-0.48, -0.3), (-0.3, -0.54)]
    shape = smooth(outer, 0.16)
    paint = Linear((0.2, -0.6), (-0.2, low), (Stop(0, scale(colour, 1.15)), Stop(0.5, colour), Stop(1, scale(colour, 0.6))))
    if head.away:
        return [Mark(shape, paint), Mark(curve([(0, -0.5), (0.06, 0), (0, low)]), scale(colour, 0.6), stroke=0.02)]
    x = 0.1 * k
    face: list[Point] = [(x, 0.54), (x - 0.24 + 0.02 * k, 0.4), (x - 0.33 + 0.06 * k, 0.1), (x - 0.31 + 0.06 * k, -0.2),
        (x - 0.14, -0.38), (x + 0.12, -0.4), (x + 0.28 - 0.02 * k, -0.24), (x + 0.32 - 0.05 * k, 0.1), (x + 0.24 - 0.04 * k, 0.4)]
    hole: Path = smooth(face, 0.16)
    return [Mark((*shape, *_reversed(face)), paint), Mark(hole, scale(colour, 0.5), stroke=0.03, alpha=0.8)]


def _reversed(face: list[Point]) -> Path:
    """A hole's contour runs against the outer one, so that the winding rule cuts it out."""
    return smooth(face if _area(face) < 0 else face[::-1], 0.16)


def _area(points: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))


def _bonnet(head: Head, colour: Rgb) -> list[Item]:
    if head.away:
        return _bonnet_behind(colour)
    if head.k < 0.5:
        return _bonnet_before(colour)
    back = smooth([(-0.02, -0.62), (0.26, -0.55), (0.37, -0.32), (0.2, -0.3), (-0.05, -0.22), (-0.12, 0.05), (-0.18, 0.32),
        (-0.42, 0.34), (-0.5, 0.05), (-0.48, -0.3), (-0.32, -0.55)], 0.16)
    frill: list[Point] = [(0.37, -0.29), (0.28, -0.39), (0.05, -0.42), (-0.12, -0.3), (-0.19, -0.05), (-0.2, 0.28)]
    return [Mark(back, _felt(colour)), Mark(curve(frill), scale(colour, 0.62), stroke=0.14),
        Mark(curve(frill), scale(colour, 1.18), stroke=0.11),
        Mark(curve([(-0.2, 0.3), (-0.04, 0.47), (0.13, 0.53)]), scale(colour, 0.75), stroke=0.04)]


def _bonnet_behind(colour: Rgb) -> list[Item]:
    """A bonnet from the back: gathered to a crown, tied over a frill that covers the neck."""
    caul = smooth([(0, -0.62), (0.38, -0.44), (0.46, -0.05), (0.3, 0.28), (-0.3, 0.28), (-0.46, -0.05), (-0.38, -0.44)], 0.16)
    frill = smooth([(-0.3, 0.24), (0.3, 0.24), (0.4, 0.5), (0.2, 0.46), (0, 0.52), (-0.2, 0.46), (-0.4, 0.5)], 0.1)
    pleats = [Mark(curve([(0.06 * step, -0.16), (0.1 * step, 0.04), (0.075 * step, 0.26)]), scale(colour, 0.62), stroke=0.018,
        alpha=0.8) for step in (-4, -2, 0, 2, 4)]
    return [Mark(frill, scale(colour, 0.9)), Mark(frill, scale(colour, 0.55), stroke=0.015, alpha=0.6), Mark(caul, _felt(colour)),
        *pleats, Mark(curve([(-0.31, 0.25), (0, 0.29), (0.31, 0.25)]), scale(colour, 0.55), stroke=0.035)]


def _bonnet_before(colour: Rgb) -> list[Item]:
    """A bonnet from the front, the same on both sides."""
    half: list[Point] = [(0.3, -0.54), (0.46, -0.25), (0.48, 0.08), (0.39, 0.34), (0.3, 0.3), (0.33, -0.05), (0.2, -0.34)]
    shape = smooth([(0, -0.62), *half, (0, -0.4), *((-x, y) for x, y in reversed(half))], 0.15)
    right: list[Point] = [(0.34, 0.28), (0.375, -0.05), (0.26, -0.34)]
    frill = [*right, (0.0, -0.44), *((-x, y) for x, y in reversed(right))]
    return [Mark(shape, _felt(colour)), Mark(curve(frill), scale(colour, 0.62), stroke=0.13),
        Mark(curve(frill), scale(colour, 1.18), stroke=0.1),
        Mark(curve([(-0.33, 0.3), (-0.2, 0.45), (0, 0.52), (0.2, 0.45), (0.33, 0.3)]), scale(colour, 0.75), stroke=0.035)]


def _straw(head: Head, colour: Rgb) -> list[Item]:
    x = 0.02 * head.k
    crown = smooth([(x - 0.38, -0.28), (x - 0.35, -0.58), (x - 0.1, -0.68), (x + 0.12, -0.68), (x + 0.35, -0.58),
        (x + 0.38, -0.28), (x, -0.23)], 0.15)
    band = Group([Mark(rect(x - 0.5, -0.42, 1, 0.12), rgb("#6b3a2e"))], clip=crown)
    weave: list[Item] = [Mark(curve([(x - 0.36, y), (x, y + 0.04), (x + 0.36, y)]), scale(colour, 0.75), stroke=0.008, alpha=0.6)
        for y in (-0.62, -0.56, -0.5)]
    return [_shadow(head, -0.18), Mark(crown, _felt(colour)), *weave, band, *_brim(x, -0.27, 0.78, 0.1, colour)]


def _beret(_: Head, colour: Rgb) -> list[Item]:
    return [Mark(smooth([(-0.38, -0.3), (-0.56, -0.44), (-0.44, -0.62), (-0.05, -0.7), (0.3, -0.6), (0.4, -0.4), (0.34, -0.3),
        (0, -0.33)], 0.16), _felt(colour)), Mark(curve([(-0.37, -0.29), (0, -0.34), (0.35, -0.29)]), scale(colour, 0.55),
        stroke=0.04)]


def _turban(head: Head, colour: Rgb) -> list[Item]:
    bulk = smooth([(-0.44, -0.2), (-0.5, -0.46), (-0.3, -0.7), (0, -0.76), (0.3, -0.7), (0.46, -0.46), (0.4, -0.22), (0, -0.3)],
        0.16)
    folds: list[Item] = [Mark(curve([(-0.46, -0.25 - 0.1 * step), (0, -0.36 - 0.12 * step), (0.44, -0.3 - 0.11 * step)]),
        scale(colour, 0.66), stroke=0.02, alpha=0.7) for step in range(4)]
    return [Mark(bulk, _felt(colour)), *folds, Mark(ellipse(0.05 + 0.15 * head.k, -0.48, 0.05, 0.06), rgb("#d3ac4a"))]


def _beanie(_: Head, colour: Rgb) -> list[Item]:
    dome = smooth([(-0.42, -0.24), (-0.41, -0.45), (-0.22, -0.64), (0, -0.68), (0.22, -0.64), (0.39, -0.45), (0.4, -0.24),
        (0, -0.2)], 0.15)
    return [Mark(dome, _felt(colour)), Mark(smooth([(-0.44, -0.34), (0, -0.4), (0.42, -0.34), (0.41, -0.18), (0, -0.22),
        (-0.43, -0.18)], 0.12), scale(colour, 0.8))]


def _laurel(head: Head, colour: Rgb) -> list[Item]:
    return [Mark(ellipse(x + 0.03 * head.k, -0.28 - 0.09 * (1 - abs(x) / 0.4), 0.065, 0.032),
        scale(colour, 0.85 + 0.25 * (step % 2))) for step, x in enumerate((-0.4, -0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.38))]


def _cloche(_: Head, colour: Rgb) -> list[Item]:
    bell = smooth([(-0.5, 0.08), (-0.46, -0.3), (-0.3, -0.58), (0, -0.66), (0.28, -0.58), (0.42, -0.3), (0.46, -0.12),
        (0.1, -0.2), (-0.2, -0.1), (-0.36, 0.1)], 0.14)
    return [Mark(bell, _felt(colour)), Mark(curve([(-0.46, -0.14), (0, -0.32), (0.42, -0.26)]), scale(colour, 0.5), stroke=0.08)]


def _hood(head: Head, colour: Rgb) -> list[Item]:
    return _wrapped(head, colour, low=0.62)


def _scarf(head: Head, colour: Rgb) -> list[Item]:
    return _wrapped(head, colour, low=0.56)


_KINDS: Final[dict[str, Callable[[Head, Rgb], list[Item]]]] = {
    "fedora": _fedora, "bowler": _bowler, "top": _top, "cap": _cap, "peaked": _peaked, "helmet": _helmet,
        "constable": _constable, "crown": _crown,
        "hood": _hood, "scarf": _scarf,
    "bonnet": _bonnet, "straw": _straw, "beret": _beret, "turban": _turban, "beanie": _beanie, "laurel": _laurel,
        "cloche": _cloche,
}


def hat(head: Head, kind: str, colour: Rgb) -> list[Item]:
    """Headwear of a kind; nothing where the kind is not known."""
    draw = _KINDS.get(kind)
    return draw(head, colour) if draw is not None else []
