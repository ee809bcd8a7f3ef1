"""The cut of cloth: how wide a trunk is, its contour, its shading, and skirts of any length."""

from typing import Final

from aiuteur.models.animatic.art.colour import Rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Stop
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.shapes import between, curve, hull, line, smooth

_WAIST: Final = 0.62
"""Where the trunk is narrowest, from shoulders (0) to hips (1)."""


def half_width(who: Person, joints: Joints, v: float) -> float:
    """Half the trunk's width at a height."""
    shoulders, waist, hips = who.shoulders * 0.97, who.waist, who.hips
    if v < _WAIST:
        full = shoulders + (waist - shoulders) * (max(0.0, v) / _WAIST) ** 1.3
    else:
        full = waist + (hips - waist) * (v - _WAIST) / (1 - _WAIST)
    return full * (0.76 if joints.side else 1.0)


def contour(who: Person, joints: Joints, puff: float, low: float = 1.06) -> Path:
    """The contour of the trunk, `puff` times as wide as the body."""

    def at(u: float, v: float) -> Point:
        return joints.along(u, v, half_width(who, joints, v) * puff)

    chest = 1.07 if who.female and joints.side else 1.0
    left = [at(-0.26, -0.09), at(-0.62, -0.015), at(-0.93, 0.075), at(-0.98, 0.25), at(-0.97, 0.45), at(-1.0, 0.64),
        at(-1.0, 0.85), at(-0.98, low)]
    right = [at(0.26, -0.09), at(0.62, -0.015), at(0.93, 0.075), at(0.99 * chest, 0.25), at(0.98 * chest, 0.42), at(1.0, 0.64),
        at(1.0, 0.85), at(0.98, low)]
    return smooth([*left, *reversed(right)], 0.15)


def shaded(path: Path, joints: Joints, who: Person, colour: Rgb) -> list[Item]:
    """Cloth of a shape: darker towards its edges and its foot, with a dark contour."""
    half = who.shoulders
    x = joints.neck[0]
    paint = Linear((x - half, joints.neck[1]), (x + half, joints.hip[1]),
        (Stop(0, scale(colour, 0.86)), Stop(0.4, scale(colour, 1.06)), Stop(1, scale(colour, 0.7))))
    return [Mark(path, paint), Mark(path, scale(colour, 0.5), stroke=0.006, alpha=0.5)]


def skirt(who: Person, joints: Joints, colour: Rgb, length: float, flare: float, *, open_front: bool = False) -> list[Item]:
    """Cloth from the waist down round the legs; `length` 1 reaches the knee, 2 the ankle."""
    unit = who.height
    waist = joints.along(0, 0.72, 0)
    circles: list[tuple[Point, float]] = [(waist, half_width(who, joints, 0.7) * 0.96),
        (joints.hip, half_width(who, joints, 1.0) * 1.04)]
    for chain in (joints.near_leg, joints.far_leg):
        circles.append((between(chain[0], chain[1], min(1.0, length)), unit * (0.05 + 0.02 * flare)))
        if length > 1:
            circles.append((between(chain[1], chain[2], length - 1.0), unit * (0.045 + 0.04 * flare)))
    path = hull(circles)
    items = shaded(path, joints, who, colour)
    ends = [between(chain[1], chain[2], max(0.0, length - 1.0)) if length > 1 else between(chain[0], chain[1], length)
        for chain in (joints.near_leg, joints.far_leg)]
    hem = between(ends[0], ends[1], 0.5)
    spread = abs(ends[0][0] - ends[1][0]) / 2 + unit * 0.03
    folds: list[Item] = [
        Mark(curve([(waist[0] + dx * unit * 0.04, waist[1] + unit * 0.05), (hem[0] + dx * spread, hem[1])]), scale(colour, 0.58),
            stroke=0.009, alpha=0.5) for dx in (-0.8, -0.3, 0.25, 0.75)
    ]
    items.append(Group(folds, clip=path))
    if open_front:
        x = joints.turn * unit * 0.05
        items.append(Group([Mark(line((waist[0] + x, waist[1]), (hem[0] + x * 1.4, hem[1] + unit * 0.1)), scale(colour, 0.38),
            stroke=0.012)], clip=path))
    return items
