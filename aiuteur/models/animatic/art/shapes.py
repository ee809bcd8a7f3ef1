"""Shapes: paths of the figures that drawing is made of.

Belongs here: geometry from points and sizes. Does not belong here: colour, or anything that has a name in the world.
"""

import math
from collections.abc import Sequence
from typing import Final

from aiuteur.models.animatic.art.display import Command, Path, Point

_KAPPA: Final = 0.5522847498
"""The handle length by which four cubic curves come nearest to a circle."""


def polygon(*points: Point) -> Path:
    """A closed shape with straight sides."""
    first, *rest = points
    return (("M", first), *(("L", point) for point in rest), ("Z", ()))


def rect(x: float, y: float, width: float, height: float) -> Path:
    """An upright rectangle by its upper left corner."""
    return polygon((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def line(*points: Point) -> Path:
    """An open run of straight strokes."""
    first, *rest = points
    return (("M", first), *(("L", point) for point in rest))


def ellipse(cx: float, cy: float, rx: float, ry: float) -> Path:
    """An upright ellipse."""
    kx, ky = rx * _KAPPA, ry * _KAPPA
    return (
        ("M", (cx + rx, cy)),
        ("C", (cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)),
        ("C", (cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)),
        ("C", (cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)),
        ("C", (cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)),
        ("Z", ()),
    )


def _bends(points: Sequence[Point], *, closed: bool, tension: float) -> list[Command]:
    """Cubic curves through points by Catmull and Rom's rule."""
    count = len(points)
    bends: list[Command] = []
    for step in range(count if closed else count - 1):
        p1, p2 = points[step], points[(step + 1) % count]
        p0 = points[step - 1] if closed or step else p1
        p3 = points[(step + 2) % count] if closed or step + 2 < count else p2
        bends.append((
            "C",
            (
                p1[0] + (p2[0] - p0[0]) * tension, p1[1] + (p2[1] - p0[1]) * tension,
                p2[0] - (p3[0] - p1[0]) * tension, p2[1] - (p3[1] - p1[1]) * tension,
                p2[0], p2[1],
            ),
        ))
    return bends


def smooth(points: Sequence[Point], tension: float = 1 / 6) -> Path:
    """A closed curve through points."""
    return (("M", points[0]), *_bends(points, closed=True, tension=tension), ("Z", ()))


def curve(points: Sequence[Point], tension: float = 1 / 6) -> Path:
    """An open curve through points."""
    return (("M", points[0]), *_bends(points, closed=False, tension=tension))


def limb(joints: Sequence[Point], radii: Sequence[float]) -> Path:
    """A tapering tube through joints, round at both ends: sleeves, legs, necks, branches."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(joints) - 1
    for step, ((x, y), radius) in enumerate(zip(joints, radii, strict=True)):
        before, after = joints[max(0, step - 1)], joints[min(last, step + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        nx, ny = -dy / length * radius, dx / length * radius
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    cap = _cap(joints[-2], joints[-1], radii[-1])
    root = _cap(joints[1], joints[0], radii[0])
    return smooth([*left, cap, *reversed(right), root], 1 / 5)


def _cap(before: Point, end: Point, radius: float) -> Point:
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = math.hypot(dx, dy) or 1.0
    return (end[0] + dx / length * radius * 0.8, end[1] + dy / length * radius * 0.8)


def hull(circles: Sequence[tuple[Point, float]]) -> Path:
    """The cloth drawn tight round circles: their convex hull."""
    cloud = sorted(
        (round(x + math.cos(turn) * radius, 5), round(y + math.sin(turn) * radius, 5))
        for (x, y), radius in circles
        for turn in (step * math.pi / 10 for step in range(20))
    )
    return polygon(*_half(cloud)[:-1], *_half(cloud[::-1])[:-1])


def _half(cloud: Sequence[Point]) -> list[Point]:
    """One side of a convex hull, by Andrew's monotone chain."""
    kept: list[Point] = []
    for point in cloud:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def arch(x: float, y: float, width: float, height: float, rise: float = 0.5) -> Path:
    """An upright opening with a round (rise 0.5) or pointed (more) head; `y` is the foot, height upwards."""
    spring = y - height + width * rise
    top = y - height
    middle = x + width / 2
    return (
        ("M", (x, y)),
        ("L", (x, spring)),
        ("C", (x, spring - width * rise * 0.6, middle - width * 0.25, top, middle, top)),
        ("C", (middle + width * 0.25, top, x + width, spring - width * rise * 0.6, x + width, spring)),
        ("L", (x + width, y)),
        ("Z", ()),
    )


def between(one: Point, other: Point, share: float) -> Point:
    """A point on the way from one to another."""
    return (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)


def turned(origin: Point, length: float, degrees: float) -> Point:
    """Where a bone ends that hangs from `origin`, turned from straight down towards +x."""
    angle = math.radians(degrees)
    return (origin[0] + math.sin(angle) * length, origin[1] + math.cos(angle) * length)
