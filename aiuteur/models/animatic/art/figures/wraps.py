"""What is worn over everything: aprons, shawls, scarves, ties, cloaks."""

from collections.abc import Sequence

from aiuteur.models.animatic.art.colour import Rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Point
from aiuteur.models.animatic.art.figures.outfit import Outfit
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.figures.skirts import skirt
from aiuteur.models.animatic.art.figures.tailoring import half_width, shaded
from aiuteur.models.animatic.art.shapes import curve, hull, limb, polygon, smooth


def over(who: Person, clothes: Outfit, joints: Joints, *, away: bool) -> list[Item]:
    """What is worn over the trunk: apron, tie and scarf."""
    u0 = joints.turn if not away else 0.0

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v,
            half_width(who, joints, min(1.0, max(0.0, v))))

    items: list[Item] = []
    if "tie" in clothes.worn and not away:
        colour = clothes.worn["tie"]
        items += [Mark(polygon(at(-0.05, 0.07), at(0.06, 0.07), at(0.1, 0.5), at(0.01, 0.58), at(-0.08, 0.5)), colour),
            Mark(polygon(at(-0.08, 0.03), at(0.09, 0.03), at(0.05, 0.1), at(-0.04, 0.1)), scale(colour, 1.25))]
    if "apron" in clothes.worn and not away:
        items += _apron(who, joints, clothes.worn["apron"], at(0, 0.2), at(0, 0.68))
    if "scarf" in clothes.worn:
        colour = clothes.worn["scarf"]
        items.append(Mark(smooth([at(-0.44, -0.12), at(0, 0.0), at(0.4, -0.12), at(0.42, 0.02), at(0, 0.13), at(-0.46, 0.02)],
            0.15), colour))
        if not away:
            items += [Mark(limb([at(0.05, 0.08), at(0.14, 0.5)], [0.034, 0.04]), scale(colour, 0.88))]
    return items


def _apron(who: Person, joints: Joints, colour: Rgb, bib: Point, waist: Point) -> list[Item]:
    unit = who.height
    items = skirt(who, joints, colour, 0.95, 0.1)
    chest = polygon((bib[0] - 0.055 * unit, bib[1]), (bib[0] + 0.055 * unit, bib[1]),
        (waist[0] + 0.062 * unit, waist[1] + 0.03 * unit), (waist[0] - 0.062 * unit, waist[1] + 0.03 * unit))
    return [*items, Mark(chest, colour), Mark(chest, scale(colour, 0.6), stroke=0.005, alpha=0.7)]


def shawl(who: Person, clothes: Outfit, joints: Joints, *, away: bool) -> list[Item]:
    """A shawl round the shoulders, over the upper arms."""
    if "shawl" not in clothes.worn:
        return []
    colour, u0 = clothes.worn["shawl"], 0.0 if away else joints.turn
    half = who.shoulders * (0.8 if joints.side else 1.06)
    points = [joints.along(-0.4, -0.12, half), joints.along(-1.12, 0.05, half), joints.along(-1.2, 0.5, half),
        joints.along(-0.7 + u0 * 0.4, 0.62, half), joints.along(u0, 0.72 if not away else 0.9, half),
        joints.along(0.8, 0.6, half), joints.along(1.16, 0.5, half), joints.along(1.1, 0.05, half),
        joints.along(0.4, -0.12, half), joints.along(u0, 0.06, half)]
    path = smooth(points, 0.14)
    folds: list[Item] = [Mark(curve([joints.along(u * 0.5, -0.05, half), joints.along(u * 0.75 + u0 * 0.3, 0.7, half)]),
        scale(colour, 0.6), stroke=0.01, alpha=0.6) for u in (-1.0, -0.4, 0.4, 1.0)]
    return [*shaded(path, joints, who, colour), Group(folds, clip=path), Mark(path, scale(colour, 1.4), stroke=0.008, alpha=0.5)]


def cloak(who: Person, clothes: Outfit, joints: Joints) -> list[Item]:
    """A cloak's back, hanging behind the body."""
    if "cloak" not in clothes.worn:
        return []
    colour = clothes.worn["cloak"]
    unit = who.height
    half = who.shoulders * (0.95 if joints.side else 1.1)
    back = -1.0 if joints.side else 0.0
    feet = (joints.hip[0] + back * 0.07 * unit, max(joints.near_leg[2][1], joints.far_leg[2][1]) - 0.08 * unit)
    circles: Sequence[tuple[Point, float]] = [
        (joints.along(-0.75, 0.12, half), 0.06 * unit), (joints.along(0.75 if not joints.side else 0.4, 0.12, half), 0.06 * unit),
        ((feet[0] - 0.1 * unit, feet[1]), 0.07 * unit), ((feet[0] + 0.1 * unit, feet[1]), 0.07 * unit),
            (joints.along(-0.9, 0.9, half), 0.07 * unit),
    ]
    return shaded(hull(circles), joints, who, scale(colour, 0.85))
