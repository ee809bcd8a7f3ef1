"""Poses: the angles of every limb, seen from the side (three-quarter) and from the front, and how each person idles.

Belongs here: poses as angles. Does not belong here: the joints they give (`skeleton`).
Degrees are from straight down towards +x; a body seen from the side faces +x, from the front the near side is at +x.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

from aiuteur.film.shots import Pose
from aiuteur.film.takes import Figure
from aiuteur.models.animatic.art.colour import chance

Bend: TypeAlias = tuple[float, float]
_PLAIN: Final = (1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Bones:
    """A pose: degrees for the upper and lower part of each limb; `lean` of the spine.

    `near` is the side nearer to the lens (from the front: the right of the picture). `short` foreshortens upper and lower arm,
    upper and lower leg of the near side, `far_short` of the far side. `open_hand` is true where a hand is held out to somebody.
    """

    lean: float
    near_arm: Bend
    far_arm: Bend
    near_leg: Bend
    far_leg: Bend
    short: tuple[float, float, float, float] = _PLAIN
    far_short: tuple[float, float, float, float] = _PLAIN
    nod: float = 0.0
    open_hand: bool = False


_SIDE: Final = {
    Pose.STANDING: Bones(1, (-4, 12), (6, 20), (-3, -5), (6, 1)),
    Pose.WALKING: Bones(2, (-16, -2), (16, 34), (15, 5), (-12, -30)),
    Pose.RUNNING: Bones(15, (-48, 28), (42, 118), (58, -18), (-26, -84)),
    Pose.SITTING: Bones(-3, (2, 52), (12, 60), (83, 4), (77, -4)),
    Pose.LYING: Bones(0, (10, 22), (6, 10), (4, -2), (12, -14)),
    Pose.REACHING: Bones(5, (50, 72), (8, 26), (-8, -12), (14, 4), open_hand=True),
    Pose.KNEELING: Bones(5, (12, 54), (22, 62), (2, -84), (78, -4)),
    Pose.LEANING: Bones(-11, (12, 84), (26, 70), (14, 4), (22, -14), nod=6),
}
_FRONT: Final = {
    Pose.STANDING: Bones(0, (9, -4), (-10, 5), (4, 1), (-5, -2)),
    Pose.WALKING: Bones(1, (10, -8), (-11, 6), (3, 0), (-4, -1), (1, 0.82, 1, 1), (1, 0.96, 0.95, 0.88)),
    Pose.RUNNING: Bones(4, (30, -38), (-34, -150), (6, 2), (-10, 6), (0.9, 0.7, 1, 1), (0.9, 0.8, 0.7, 0.5)),
    Pose.SITTING: Bones(0, (13, -36), (-13, 38), (20, 2), (-20, -3), (1, 0.8, 0.24, 1), (1, 0.8, 0.24, 1)),
    Pose.LYING: Bones(0, (10, 22), (6, 10), (4, -2), (12, -14)),
    Pose.REACHING: Bones(3, (62, 92), (-12, -4), (8, 2), (-8, -3), open_hand=True),
    Pose.KNEELING: Bones(0, (14, -30), (-14, 32), (11, 0), (-11, 0), (1, 0.9, 1, 0.16), (1, 0.9, 1, 0.16)),
    Pose.LEANING: Bones(-8, (24, -62), (-20, 66), (13, 5), (4, -16), (1, 0.95, 1, 1), (1, 0.95, 1, 1), nod=5),
}
_IDLE_SIDE: Final[tuple[tuple[Bend, Bend], ...]] = (
    ((-4, 12), (6, 20)), ((-36, 38), (6, 18)), ((0, 48), (-2, 24)), ((-6, 8), (14, 112)), ((-14, -4), (4, 14)),
)
_IDLE_FRONT: Final[tuple[tuple[Bend, Bend], ...]] = (
    ((9, -4), (-10, 5)), ((38, -50), (-9, 5)), ((15, -46), (-15, 48)), ((9, -3), (-15, 124)), ((7, 1), (-12, 10)),
)
"""Arms at rest: hanging, a hand on the hip, hands clasped, a hand on the lapel, hanging looser."""
_TALK_SIDE: Final[tuple[tuple[Bend, Bend], ...]] = (((-4, 14), (22, 82)), ((10, 78), (6, 20)), ((2, 58), (18, 96)))
_TALK_FRONT: Final[tuple[tuple[Bend, Bend], ...]] = (((20, 66), (-9, 5)), ((12, -62), (-22, -64)), ((24, 58), (-24, -58)))
"""Arms of one who speaks: a forearm raised, the palm towards the other."""


def bones(figure: Figure, *, side: bool) -> Bones:
    """The limbs of a figure: the pose asked for, with arms that rest or speak in the person's own manner."""
    base = (_SIDE if side else _FRONT)[figure.pose]
    if figure.pose is not Pose.STANDING:
        return base
    rng = chance("manner", figure.name)
    rest, talk = (_IDLE_SIDE, _TALK_SIDE) if side else (_IDLE_FRONT, _TALK_FRONT)
    idle, word = rng.randrange(len(rest)), rng.randrange(len(talk))
    near, far = talk[word] if figure.speaking else rest[idle]
    if figure.holding is not None:
        near = (2, 64) if side else (14, 30)
    clasped = side and not figure.speaking and far == _IDLE_SIDE[2][1]
    return Bones(base.lean, near, far, base.near_leg, base.far_leg, far_short=(1, 0.62, 1, 1) if clasped else _PLAIN,
        open_hand=figure.speaking and figure.holding is None)
