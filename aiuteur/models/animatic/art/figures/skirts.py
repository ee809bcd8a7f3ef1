"""Skirts, coat-tails and aprons of any length: hanging on one who stands, over lap and knees of one who sits."""

from aiuteur.film.shots import Pose
from aiuteur.models.animatic.art.colour import Rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Stop
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.figures.tailoring import half_width, shaded
from aiuteur.models.animatic.art.shapes import between, curve, hull, line

_UPRIGHT = (Pose.STANDING, Pose.WALKING, Pose.REACHING, Pose.LEANING)
_HEM = 0.88
"""How far down the shin even the longest skirt comes, so that the feet show."""


def skirt(who: Person, joints: Joints, colour: Rgb, length: float, flare: float, *, open_front: bool = False) -> list[Item]:
    """Cloth from the waist down round the legs; `length` 1 reaches the knee, 2 the ankle."""
    if joints.pose is Pose.SITTING:
        return _seated(who, joints, colour, length, flare)
    return _hanging(who, joints, colour, length, flare, open_front=open_front)


def _top(who: Person, joints: Joints) -> list[tuple[Point, float]]:
    return [(joints.along(0, 0.72, 0), half_width(who, joints, 0.7) * 0.96),
        (joints.hip, half_width(who, joints, 1.0) * 1.04)]


def _hanging(who: Person, joints: Joints, colour: Rgb, length: float, flare: float, *, open_front: bool) -> list[Item]:
    unit = who.height
    waist = joints.along(0, 0.72, 0)
    legs = (joints.near_leg, joints.far_leg)
    circles = _top(who, joints)
    circles += [(between(chain[0], chain[1], min(1.0, length)), unit * (0.05 + 0.016 * flare)) for chain in legs]
    circles += [(chain[0], unit * 0.053 * who.girth**0.7) for chain in legs]
    ends = [between(chain[1], chain[2], min(_HEM, length - 1.0)) if length > 1 else between(chain[0], chain[1], length)
        for chain in legs]
    if length > 1 and joints.pose in _UPRIGHT:
        level = max(end[1] for end in ends)  # a hem hangs level, whatever the legs do under it
        middle = (ends[0][0] + ends[1][0]) / 2
        ends = [(middle + (end[0] - middle) * 0.72, level) for end in ends]
        reach = unit * (0.032 + 0.032 * flare)
        circles += [((end[0] + side * reach, end[1]), unit * 0.018) for end in ends for side in (-1, 1)]
    elif length > 1:
        circles += [(end, unit * (0.045 + 0.03 * flare)) for end in ends]
    path = hull(circles)
    items = shaded(path, joints, who, colour)
    hem = between(ends[0], ends[1], 0.5)
    spread = abs(ends[0][0] - ends[1][0]) / 2 + unit * 0.03 * (1 + flare)
    folds: list[Item] = [
        Mark(curve([(waist[0] + dx * unit * 0.04, waist[1] + unit * 0.05), (waist[0] + dx * unit * 0.06, hem[1] * 0.5
            + waist[1] * 0.5), (hem[0] + dx * spread, hem[1] + unit * 0.02)]), scale(colour, 0.58), stroke=0.009, alpha=0.5)
        for dx in (-0.85, -0.4, 0.1, 0.5, 0.9)
    ]
    items.append(Group(folds, clip=path))
    if open_front:
        x = joints.turn * unit * 0.05
        items.append(Group([Mark(line((waist[0] + x, waist[1]), (hem[0] + x * 1.4, hem[1] + unit * 0.1)), scale(colour, 0.38),
            stroke=0.012)], clip=path))
    return items


def _seated(who: Person, joints: Joints, colour: Rgb, length: float, flare: float) -> list[Item]:
    """A lap over the thighs, knees, and below them the cloth falling to its hem."""
    unit = who.height
    legs = (joints.near_leg, joints.far_leg)
    bulge = unit * (0.048 + 0.012 * flare)
    knees = [between(chain[0], chain[1], min(1.0, length)) for chain in legs]
    lap = hull([*_top(who, joints), *((knee, bulge) for knee in knees)])
    items: list[Item] = []
    if length > 1:
        ends = [between(chain[1], chain[2], min(_HEM - 0.06, length - 1.0)) for chain in legs]
        level = max(end[1] for end in ends)
        out = unit * (0.038 + 0.03 * flare)
        fall = hull([*((knee, bulge * 0.92) for knee in knees),
            *(((end[0] + side * out, level), unit * 0.016) for end in ends for side in (-1, 1))])
        items += _lit(fall, colour, (knees[0][1] - bulge, level), (0.86, 0.62))
        items.append(Group([Mark(curve([(knee[0] + dx * unit * 0.02, knee[1]), (end[0] + dx * out * 1.2, level)]),
            scale(colour, 0.5), stroke=0.009, alpha=0.5) for knee, end in zip(knees, ends, strict=True) for dx in (-0.6, 0.9)],
            clip=fall))
    items += _lit(lap, colour, (joints.hip[1] - unit * 0.08, joints.hip[1] + unit * 0.07), (1.06, 0.74))
    hip = joints.hip
    folds: list[Item] = [Mark(curve([(hip[0], hip[1] - unit * 0.02), between(hip, knee, 0.5), (knee[0], knee[1] + unit * 0.01)]),
        scale(colour, 0.6), stroke=0.008, alpha=0.45) for knee in knees]
    crease = [(hip[0] + unit * 0.04, hip[1] - unit * 0.075), (hip[0] + unit * 0.05, hip[1] - unit * 0.03),
        (hip[0] + unit * 0.03, hip[1] + unit * 0.01)]
    if joints.side:
        folds.append(Mark(curve(crease), scale(colour, 0.45), stroke=0.012, alpha=0.6))
    return [*items, Group(folds, clip=lap)]


def _lit(path: Path, colour: Rgb, rows: tuple[float, float], tones: tuple[float, float]) -> list[Item]:
    paint = Linear((0, rows[0]), (0, rows[1]), (Stop(0, scale(colour, tones[0])), Stop(1, scale(colour, tones[1]))))
    return [Mark(path, paint), Mark(path, scale(colour, 0.45), stroke=0.006, alpha=0.5)]
