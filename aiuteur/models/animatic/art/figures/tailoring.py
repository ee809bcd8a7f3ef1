"""The cut of cloth: how wide a trunk is, its contour, its shading."""

from typing import Final

from aiuteur.models.animatic.art.colour import Rgb, scale
from aiuteur.models.animatic.art.display import Item, Linear, Mark, Path, Point, Stop
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.shapes import smooth

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
    dip = at(0.3 * joints.turn, 0.035)  # the neck stands before the cloth's hindmost edge
    return smooth([*left, *reversed(right), dip], 0.15)


def shaded(path: Path, joints: Joints, who: Person, colour: Rgb) -> list[Item]:
    """Cloth of a shape: darker towards its edges and its foot, with a dark contour."""
    half = who.shoulders
    x = joints.neck[0]
    paint = Linear((x - half, joints.neck[1]), (x + half, joints.hip[1]),
        (Stop(0, scale(colour, 0.86)), Stop(0.4, scale(colour, 1.06)), Stop(1, scale(colour, 0.7))))
    return [Mark(path, paint), Mark(path, scale(colour, 0.5), stroke=0.006, alpha=0.5)]
