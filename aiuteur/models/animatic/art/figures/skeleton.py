"""Skeletons: where every joint of a body is in a pose, seen from the side (three-quarter) or from the front.

Belongs here: the joints that a pose gives. Does not belong here: the poses (`poses`), flesh and cloth.
Metres, x to the right (a body seen from the side faces right), y downwards, the ground at 0.
"""

from dataclasses import dataclass

from aiuteur.film.shots import Pose
from aiuteur.models.animatic.art.display import Point
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.poses import Bend, Bones
from aiuteur.models.animatic.art.shapes import turned


@dataclass(frozen=True, slots=True)
class Joints:
    """Every joint of one body; `open_hand` is true where a hand is held out."""

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
    pose: Pose
    open_hand: bool = False

    def along(self, u: float, v: float, half: float) -> Point:
        """A point of the trunk: `u` -1 to 1 across a half width, `v` 0 at the shoulders to 1 at the hips."""
        dx, dy = self.hip[0] - self.neck[0], self.hip[1] - self.neck[1]
        length = (dx * dx + dy * dy) ** 0.5
        return (self.neck[0] + dx * v + dy / length * u * half, self.neck[1] + dy * v - dx / length * u * half)


def joints(person: Person, bones: Bones, pose: Pose, *, side: bool) -> Joints:
    """The joints of a person in a pose, standing on the ground."""
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
        bones.lean, bones.nod, side, 0.42 if side else 0.0, pose, bones.open_hand,
    )


def _chain(root: Point, bend: Bend, lengths: tuple[float, float]) -> tuple[Point, Point, Point]:
    middle = turned(root, lengths[0], bend[0])
    return (root, middle, turned(middle, lengths[1], bend[1]))


def _moved(chain: tuple[Point, Point, Point], down: float) -> tuple[Point, Point, Point]:
    (ax, ay), (bx, by), (cx, cy) = chain
    return ((ax, ay + down), (bx, by + down), (cx, cy + down))
