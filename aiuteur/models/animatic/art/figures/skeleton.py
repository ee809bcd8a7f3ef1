"""Skeletons: where every joint of a body is in a pose, seen from the side (three-quarter) or from the front.

Belongs here: poses as angles, and the joints they give. Does not belong here: flesh and cloth.
Metres, x to the right (a body seen from the side faces right), y downwards, the ground at 0.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

from aiuteur.film.shots import Pose
from aiuteur.models.animatic.art.display import Point
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.shapes import turned

Bend: TypeAlias = tuple[float, float]
_PLAIN: Final = (1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Bones:
    """A pose: degrees from straight down towards +x for the upper and lower part of each limb; `lean` of the spine.

    `near` is the side nearer to the lens (from the front: the right of the picture). `short` foreshortens upper and lower arm,
    upper and lower leg of the near side, `far_short` of the far side.
    """

    lean: float
    near_arm: Bend
    far_arm: Bend
    near_leg: Bend
    far_leg: Bend
    short: tuple[float, float, float, float] = _PLAIN
    far_short: tuple[float, float, float, float] = _PLAIN
    nod: float = 0.0


_SIDE: Final = {
    Pose.STANDING: Bones(1, (-3, 14), (8, 24), (-3, -5), (6, 1)),
    Pose.WALKING: Bones(4, (-26, -10), (30, 48), (24, 8), (-20, -42)),
    Pose.RUNNING: Bones(15, (-48, 28), (42, 118), (58, -18), (-26, -84)),
    Pose.SITTING: Bones(-3, (14, 66), (26, 74), (82, 4), (76, -6)),
    Pose.LYING: Bones(0, (10, 22), (6, 10), (4, -2), (12, -14)),
    Pose.REACHING: Bones(8, (74, 92), (10, 34), (-10, -16), (18, 4)),
    Pose.KNEELING: Bones(5, (20, 70), (34, 80), (2, -84), (78, -4)),
    Pose.LEANING: Bones(-11, (12, 84), (26, 70), (14, 4), (22, -14), nod=6),
}
_FRONT: Final = {
    Pose.STANDING: Bones(0, (11, 0), (-12, 1), (4, 1), (-5, -2)),
    Pose.WALKING: Bones(1, (12, -6), (-13, 4), (3, 0), (-5, -1), (1, 0.8, 1, 1), (1, 1, 0.93, 0.84)),
    Pose.RUNNING: Bones(4, (30, -38), (-34, -150), (6, 2), (-10, 6), (0.9, 0.7, 1, 1), (0.9, 0.8, 0.7, 0.5)),
    Pose.SITTING: Bones(0, (16, -22), (-16, 24), (16, 2), (-16, -3), (1, 0.85, 0.34, 1), (1, 0.85, 0.34, 1)),
    Pose.LYING: Bones(0, (10, 22), (6, 10), (4, -2), (12, -14)),
    Pose.REACHING: Bones(3, (104, 128), (-12, -4), (8, 2), (-8, -3)),
    Pose.KNEELING: Bones(0, (14, -30), (-14, 32), (11, 0), (-11, 0), (1, 0.9, 1, 0.16), (1, 0.9, 1, 0.16)),
    Pose.LEANING: Bones(-8, (24, -62), (-20, 66), (13, 5), (4, -16), (1, 0.95, 1, 1), (1, 0.95, 1, 1), nod=5),
}


@dataclass(frozen=True, slots=True)
class Joints:
    """Every joint of one body; `up` is the spine's direction as (x, y)."""

    hip: Point
    neck: Point
    head: Point
    near_arm: tuple[Point, Point, Point]
    far_arm: tuple[Point, Point, Point]
    near_leg: tuple[Point, Point, Point]
    far_leg: tuple[Point, Point, Point]
    lean: float
    nod: float
    side: bool
    turn: float

    def along(self, u: float, v: float, half: float) -> Point:
        """A point of the trunk: `u` -1 to 1 across a half width, `v` 0 at the shoulders to 1 at the hips."""
        dx, dy = self.hip[0] - self.neck[0], self.hip[1] - self.neck[1]
        length = (dx * dx + dy * dy) ** 0.5
        return (self.neck[0] + dx * v + dy / length * u * half, self.neck[1] + dy * v - dx / length * u * half)


def joints(person: Person, pose: Pose, *, side: bool) -> Joints:
    """The joints of a person in a pose, standing on the ground."""
    bones = (_SIDE if side else _FRONT)[pose]
    unit = person.height
    shoulder = person.shoulders * (0.6 if side else 0.96) - 0.03 * unit
    hips = person.hips * (0.28 if side else 0.56)
    hip: Point = (0.0, 0.0)
    neck = turned(hip, unit * 0.315, 180 - bones.lean)
    head = turned(neck, unit * 0.022 + person.head * 0.54, 180 - bones.lean - bones.nod)
    sign = -1 if side else 1
    near_root = turned((neck[0], neck[1] + 0.034 * unit), shoulder, 90 * sign - bones.lean)
    far_root = turned((neck[0], neck[1] + 0.034 * unit), shoulder, -90 * sign - bones.lean)
    near_arm = _chain(near_root, bones.near_arm, (unit * 0.165 * bones.short[0], unit * 0.15 * bones.short[1]))
    far_arm = _chain(far_root, bones.far_arm, (unit * 0.165 * bones.far_short[0], unit * 0.15 * bones.far_short[1]))
    near_leg = _chain((hip[0] + sign * hips, hip[1]), bones.near_leg,
        (unit * 0.235 * bones.short[2], unit * 0.235 * bones.short[3]))
    far_leg = _chain((hip[0] - sign * hips, hip[1]), bones.far_leg,
        (unit * 0.235 * bones.far_short[2], unit * 0.235 * bones.far_short[3]))
    down = -max(near_leg[2][1] + 0.04 * unit, far_leg[2][1] + 0.04 * unit, near_leg[1][1] + 0.045 * unit,
        far_leg[1][1] + 0.045 * unit)

    def at(point: Point) -> Point:
        return (point[0], point[1] + down)

    return Joints(
        at(hip), at(neck), at(head), _moved(near_arm, down), _moved(far_arm, down), _moved(near_leg, down), _moved(far_leg, down),
        bones.lean, bones.nod, side, 0.42 if side else 0.0,
    )


def _chain(root: Point, bend: Bend, lengths: tuple[float, float]) -> tuple[Point, Point, Point]:
    middle = turned(root, lengths[0], bend[0])
    return (root, middle, turned(middle, lengths[1], bend[1]))


def _moved(chain: tuple[Point, Point, Point], down: float) -> tuple[Point, Point, Point]:
    (ax, ay), (bx, by), (cx, cy) = chain
    return ((ax, ay + down), (bx, by + down), (cx, cy + down))
