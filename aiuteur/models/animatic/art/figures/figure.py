"""A whole figure: body, clothes, head and what is held, assembled in metres round its place on the ground.

Belongs here: the order in which parts are drawn. Does not belong here: the parts.
"""

from dataclasses import dataclass
from math import cos, radians, sin

from aiuteur.film.bible import Age, Period, PlaceKind
from aiuteur.film.shots import Facing, Pose
from aiuteur.film.takes import Figure
from aiuteur.models.animatic.art import props
from aiuteur.models.animatic.art.colour import rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Matrix, Point
from aiuteur.models.animatic.art.figures import beards, features, hair, hats, head, limbs, poses, seats, trunk, wraps
from aiuteur.models.animatic.art.figures.beasts import beast
from aiuteur.models.animatic.art.figures.beasts.creature import Creature
from aiuteur.models.animatic.art.figures.beasts.tails import tail
from aiuteur.models.animatic.art.figures.outfit import Outfit, outfit
from aiuteur.models.animatic.art.figures.person import Person, person
from aiuteur.models.animatic.art.figures.skeleton import Joints, joints
from aiuteur.models.animatic.art.shapes import between, ellipse, limb, polygon, smooth


@dataclass(frozen=True, slots=True)
class Body:
    """A figure ready to draw: who, in what, on which joints; the matrix lies them down or mirrors them."""

    figure: Figure
    who: Person
    clothes: Outfit
    joints: Joints
    matrix: Matrix

    def eye(self) -> Point:
        """The eyes in metres: x from the figure's place, y upwards from the ground."""
        a, b, c, d, e, f = self.matrix
        x, y = self.joints.head
        return (a * x + c * y + e, -(b * x + d * y + f))

    def hand(self) -> Point:
        """The near hand in metres, as `eye`."""
        a, b, c, d, e, f = self.matrix
        x, y = self.joints.near_arm[2]
        return (a * x + c * y + e, -(b * x + d * y + f))

    def knees(self) -> bool:
        """Whether the knees stand out sideways, as of one who sits and is seen from the side."""
        return self.figure.pose is Pose.SITTING and self.joints.side


def body(figure: Figure, period: Period) -> Body:
    """Pose and dress a figure."""
    who = person(figure)
    lying = figure.pose is Pose.LYING
    side = lying or figure.facing in {Facing.LEFT, Facing.RIGHT}
    bones = joints(who, poses.bones(figure, side=side), figure.pose, side=side)
    flip = -1.0 if figure.facing is Facing.LEFT else 1.0
    matrix: Matrix = (flip, 0.0, 0.0, 1.0, 0.0, 0.0)
    if lying:
        matrix = (0.0, -1.0, flip, 0.0, flip * who.height * 0.5, -0.085 * who.height)
    return Body(figure, who, outfit(figure, who, period), bones, matrix)


def drawn(subject: Body) -> list[Item]:
    """The figure's marks in metres: the ground at y 0, up is negative."""
    who, clothes, bones = subject.who, subject.clothes, subject.joints
    away = subject.figure.facing is Facing.AWAY
    reach, talk = subject.figure.pose is Pose.REACHING, bones.open_hand
    items: list[Item] = []
    if not away:
        items += wraps.cloak(who, clothes, bones)
        items += _head(subject, behind=True)
        items += _tail(subject)
    items += limbs.arm(who, clothes, bones.far_arm, far=True, spread=talk and not reach) if bones.side else []
    sign = -1 if bones.side else 1
    items += limbs.leg(who, clothes, bones.far_leg, bones, -sign) + limbs.leg(who, clothes, bones.near_leg, bones, sign)
    items += _neck(subject) if who.beast is None else _scruff(subject, who.beast)
    items += trunk.trunk(who, clothes, bones, away=away)
    items += _head(subject, behind=False)
    items += wraps.over(who, clothes, bones, away=away)
    if not bones.side:
        items += limbs.arm(who, clothes, bones.far_arm, far=False, spread=talk and not reach)
    items += _held(subject) + limbs.arm(who, clothes, bones.near_arm, far=False, spread=talk)
    items += wraps.shawl(who, clothes, bones, away=away)
    if away:
        items += _tail(subject)
        items += wraps.cloak(who, clothes, bones)
        items += _head(subject, behind=False) if "cloak" in clothes.worn else []
    items += _stains(subject)
    return [Group(items, matrix=subject.matrix)]


def _neck(subject: Body) -> list[Item]:
    who, bones = subject.who, subject.joints
    wide = who.head * (0.135 if who.female or who.age is Age.CHILD else 0.17)
    top = (bones.head[0] - (0.05 * who.head if bones.side else 0), bones.head[1] + who.head * 0.26)
    base = (bones.neck[0] + (0.006 * who.height if bones.side else 0), bones.neck[1] + who.height * 0.03)
    shape = limb([top, between(top, base, 0.6), base], [wide, wide * 1.02, wide * 1.3])
    shade = Mark(ellipse(top[0] + wide * 0.2, top[1] + who.head * 0.16, wide * 1.1, who.head * 0.1), scale(who.skin, 0.5),
        alpha=0.45, blur=0.012)
    return [Mark(shape, scale(who.skin, 0.84)), Group([shade], clip=shape)]


def _scruff(subject: Body, own: Creature) -> list[Item]:
    """The neck of an animal: thick, of its coat's colour, and open to the chest where no collar closes it."""
    who, bones = subject.who, subject.joints
    wide = who.head * beast.neck(own)
    base = (bones.neck[0] + (0.006 * who.height if bones.side else 0), bones.neck[1] + who.height * 0.03)
    shape = limb([bones.head, between(bones.head, base, 0.6), base], [wide, wide * 1.05, wide * 1.3])
    return [Mark(shape, scale(own.coat, 0.76)), Mark(shape, scale(own.coat, 0.4), stroke=0.006, alpha=0.6)]


def _tail(subject: Body) -> list[Item]:
    who = subject.who
    away = subject.figure.facing is Facing.AWAY
    return tail(who, who.beast, subject.joints, away=away) if who.beast is not None else []


def _head(subject: Body, *, behind: bool) -> list[Item]:
    who, bones, figure = subject.who, subject.joints, subject.figure
    away = figure.facing is Facing.AWAY
    felt = head.mien(figure.emotion, who.quirk)
    look = head.Head(who, 1.0 if bones.side else 0.12 + 0.06 * who.quirk[5], felt, figure.speaking, away)
    if who.beast is not None:
        items = (beast.behind if behind else beast.before)(look, who.beast, subject.clothes)
    elif behind:
        items = hats.lining(look, subject.clothes.hat, subject.clothes.hat_colour) + hair.behind(look)
    else:
        shape = head.skull(look) + ([] if away else features.features(look))
        top = [] if subject.clothes.hat == "turban" and not away else hair.over(look)
        items = shape + beards.beard(look) + top + hats.hat(look, subject.clothes.hat, subject.clothes.hat_colour)
    size = who.head
    place = bones.head if who.beast is None else (bones.head[0], bones.head[1] + beast.sunk(who.beast) * size)
    turn = radians((bones.lean + bones.nod) * (0.7 if bones.side else 1))
    matrix: Matrix = (size * cos(turn), size * sin(turn), -size * sin(turn), size * cos(turn), *place)
    return [Group(items, matrix=matrix)]


def _held(subject: Body) -> list[Item]:
    if subject.figure.holding is None or subject.figure.facing is Facing.AWAY:
        return []
    _, elbow, wrist = subject.joints.near_arm
    reach = ((wrist[0] - elbow[0]) * 0.2, (wrist[1] - elbow[1]) * 0.2)
    return props.held(subject.figure.holding, (wrist[0] + reach[0], wrist[1] + reach[1]), 0.3)


def _stains(subject: Body) -> list[Item]:
    """Mud on the hems, blood or dirt where the tags say so."""
    tags, bones, unit = subject.clothes.tags, subject.joints, subject.who.height
    items: list[Item] = []
    if tags & {"muddy", "dirty", "mud"}:
        for chain in (bones.near_leg, bones.far_leg):
            x, y = chain[2]
            items.append(Mark(smooth([(x - 0.05 * unit, y + 0.03 * unit), (x - 0.055 * unit, y - 0.06 * unit),
                (x, y - 0.1 * unit), (x + 0.05 * unit, y - 0.05 * unit), (x + 0.07 * unit, y + 0.03 * unit)], 0.14),
                rgb("#4a3826"), alpha=0.8))
        items.append(Mark(ellipse(*bones.along(0.3, 0.7, unit * 0.08), 0.05, 0.035), rgb("#4a3826"), alpha=0.6))
    if tags & {"bloody", "wounded", "bleeding", "injured", "hurt"}:
        items.append(Mark(ellipse(*bones.along(0.2, 0.4, unit * 0.08), 0.05, 0.06), rgb("#6e1a1a"), alpha=0.8, blur=0.01))
    if tags & {"bandaged", "bandage"}:
        x, y = bones.head
        items.append(Mark(polygon((x - 0.1, y - 0.08), (x + 0.1, y - 0.1), (x + 0.1, y - 0.06), (x - 0.1, y - 0.04)),
            rgb("#e6dfd0")))
    if tags & {"torn", "ragged", "tattered"}:
        for u, v in ((-0.5, 0.5), (0.6, 0.8), (0.2, 0.3)):
            x, y = bones.along(u, v, unit * 0.1)
            items.append(Mark(polygon((x - 0.03, y), (x + 0.005, y - 0.012), (x + 0.035, y + 0.004), (x, y + 0.014)),
                scale(subject.clothes.outer()[1], 0.3)))
    return items


def seat(subject: Body, place: PlaceKind, *, interior: bool) -> list[Item]:
    """Something to sit or lie on, behind the figure, where the pose needs it."""
    pose = subject.figure.pose
    if pose is Pose.SITTING:
        under = seats.seat(subject.joints.hip, subject.who.height, place, interior=interior, side=subject.joints.side)
        return [Group(under, matrix=subject.matrix)]
    return seats.pallet() if pose is Pose.LYING and interior else []
