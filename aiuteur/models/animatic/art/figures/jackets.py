"""Jackets, coats and uniforms."""

from aiuteur.models.animatic.art.colour import Rgb, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Point
from aiuteur.models.animatic.art.figures.outfit import Outfit
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.figures.skirts import skirt
from aiuteur.models.animatic.art.figures.tailoring import contour, half_width, shaded
from aiuteur.models.animatic.art.shapes import ellipse, line, polygon


def jacket(who: Person, clothes: Outfit, joints: Joints, kind: str, colour: Rgb, *, away: bool) -> list[Item]:
    """A garment open or buttoned in front, with its tails."""
    items: list[Item] = []
    if kind == "coat":
        items += skirt(who, joints, colour, 1.12, 0.55, open_front=not away)
    else:
        items += skirt(who, joints, colour, 0.2, 0.1, open_front=not away)
    path = contour(who, joints, 1.1 if kind == "coat" else 1.05, 1.02)
    if away:
        middle = [joints.along(0, 0.05, 0), joints.along(0, 1.0, 0)]
        return [*items, *shaded(path, joints, who, colour), Mark(line(*middle), scale(colour, 0.6), stroke=0.007, alpha=0.7)]
    closed = kind == "uniform" or (kind == "coat" and "open" not in clothes.extras)
    return [*items, Group(_lapels(who, joints, kind, colour, closed=closed), clip=path),
        Mark(path, scale(colour, 0.5), stroke=0.006, alpha=0.5)]


def _lapels(who: Person, joints: Joints, kind: str, colour: Rgb, *, closed: bool) -> list[Item]:
    u0 = joints.turn

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v, half_width(who, joints, v))

    deep = 0.12 if kind == "uniform" else 0.46 if kind == "coat" else 0.62
    low = 0.02 if closed else 0.3
    left = polygon(at(-0.34, -0.1), at(-2.2, -0.2), at(-2.2, 1.1), at(low * -0.8 + 0.04, 1.1), at(0.0, deep))
    right = polygon(at(0.3, -0.1), at(2.2, -0.2), at(2.2, 1.1), at(low, 1.1), at(0.0, deep))
    lit, dim = scale(colour, 1.04), scale(colour, 0.86)
    items: list[Item] = [Mark(right, dim), Mark(left, lit),
        Mark(line(at(0, deep), at(0.02, 1.1)), scale(colour, 0.45), stroke=0.007)]
    if kind == "uniform":
        items += [Mark(ellipse(*at(0.0, v), 0.011, 0.011), rgb("#d8b65a")) for v in (0.2, 0.36, 0.52, 0.68, 0.84)]
        items += [Mark(polygon(at(-0.36, -0.1), at(0.3, -0.1), at(0.28, 0.06), at(-0.32, 0.06)), scale(colour, 0.7))]
        return [*items, *(Mark(line(joints.along(side * 0.7, -0.02, who.shoulders),
            joints.along(side * 1.0, 0.04, who.shoulders)), rgb("#c9a64e"), stroke=0.03) for side in (-1, 1))]
    fold = scale(colour, 1.18)
    items += [
        Mark(polygon(at(-0.34, -0.1), at(-0.58, 0.12), at(-0.42, 0.17), at(-0.46, 0.24), at(0.0, deep)), fold),
        Mark(polygon(at(0.3, -0.1), at(0.55, 0.12), at(0.4, 0.17), at(0.44, 0.24), at(0.0, deep)), scale(colour, 0.98)),
    ]
    items += [Mark(line(at(-0.34, -0.08), at(0.0, deep)), scale(colour, 0.45), stroke=0.007),
        Mark(line(at(0.3, -0.08), at(0.0, deep)), scale(colour, 0.45), stroke=0.007)]
    items += [Mark(ellipse(*at(0.05, v), 0.01, 0.01), scale(colour, 0.4))
        for v in ((0.56, 0.72, 0.88) if kind == "coat" else (0.7, 0.82))]
    items.append(Mark(line(at(-0.75, 0.82), at(-0.36, 0.84)), scale(colour, 0.5), stroke=0.01, alpha=0.8))
    return items
