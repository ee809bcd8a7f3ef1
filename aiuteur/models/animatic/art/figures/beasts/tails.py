"""Tails, and the shell on a tortoise's back, in metres round the joints of a skeleton."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from aiuteur.film.shots import Pose
from aiuteur.models.animatic.art.colour import mix, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Stop
from aiuteur.models.animatic.art.figures.beasts.creature import Creature
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.shapes import curve, ellipse, hull, limb, smooth


def tail(who: Person, beast: Creature, joints: Joints, *, away: bool) -> list[Item]:
    """What an animal trails behind it: it stands out at the back, from the front it shows beside the legs."""
    draw = _TAILS.get(beast.kind.tail)
    return draw(who, beast, _Place(joints, who.height, away=away)) if draw is not None else []


class _Place:
    """Where a tail begins and which way it goes."""

    def __init__(self, joints: Joints, unit: float, *, away: bool) -> None:
        hip = joints.hip
        self.joints, self.unit, self.away = joints, unit, away
        self.way = -1.0 if joints.side else 0.0 if away else 1.0
        self.low = joints.pose in {Pose.SITTING, Pose.KNEELING, Pose.LYING}
        self.root: Point = (hip[0] + self.way * 0.045 * unit, hip[1] - 0.01 * unit)

    def at(self, out: float, up: float) -> Point:
        """A point so far out and up from the root, in shares of the height; seen from behind, a tail sways to one side."""
        way = self.way or 0.45
        return (self.root[0] + way * out * self.unit, self.root[1] - up * self.unit)


def _lit(path: Path, colour: tuple[float, float, float], top: float, low: float) -> list[Item]:
    paint = Linear((0, top), (0, low), (Stop(0, scale(colour, 1.08)), Stop(1, scale(colour, 0.7))))
    return [Mark(path, paint), Mark(path, scale(colour, 0.42), stroke=0.006, alpha=0.7)]


def _swung(place: _Place, points: list[Point], radii: list[float], colour: tuple[float, float, float]) -> tuple[list[Item],
    Path, list[Point]]:
    spine = [place.at(*point) for point in points]
    path = limb(spine, [radius * place.unit for radius in radii])
    ys = [y for _, y in spine]
    return _lit(path, colour, min(ys) - 0.05, max(ys) + 0.05), path, spine


def _brush(who: Person, beast: Creature, place: _Place) -> list[Item]:
    """The full tail of foxes and wolves, often with a tip of another colour; a horse's falls."""
    del who
    falls = beast.has("hooved")
    points = [(0.0, 0.0), (0.09, -0.02), (0.13, -0.14), (0.12, -0.3)] if falls or place.low else [(0.0, 0.0), (0.06, -0.1),
        (0.14, -0.17), (0.235, -0.15), (0.27, -0.04)]
    radii = [0.018, 0.034, 0.04, 0.012] if falls or place.low else [0.018, 0.04, 0.058, 0.05, 0.008]
    items, path, spine = _swung(place, points, radii, scale(beast.coat, 0.6) if falls else beast.coat)
    if falls:
        return items
    end = spine[-1]
    tip = beast.light if "mask" in beast.mark and "saddle" not in beast.mark else mix(beast.coat, beast.dark, 0.8)
    return [*items, Group([Mark(ellipse(*end, 0.085 * place.unit, 0.085 * place.unit), tip, blur=0.006)], clip=path)]


def _plume(who: Person, beast: Creature, place: _Place) -> list[Item]:
    """A squirrel's, as high as its head."""
    high = (place.joints.neck[1] - place.joints.head[1]) / who.height + 0.02
    points = [(0.0, 0.0), (0.12, 0.0), (0.19, 0.12), (0.17, 0.25), (0.2, 0.34 + high * 0.4), (0.29, 0.35 + high * 0.5)]
    items, _, spine = _swung(place, points, [0.02, 0.05, 0.07, 0.075, 0.07, 0.03], beast.coat)
    hairs: list[Item] = [Mark(curve(spine), scale(beast.coat, 0.65), stroke=0.012 * who.height, alpha=0.6)]
    return [*items, *hairs]


def _whip(who: Person, beast: Creature, place: _Place) -> list[Item]:
    """A thin tail that swings: bare on mice, furred on cats and dogs."""
    bare = beast.paws != beast.coat
    colour = beast.paws if bare else beast.coat
    thick = 0.008 if bare else 0.018
    points = [(0.0, 0.0), (0.1, -0.09), (0.2, -0.1), (0.28, -0.02), (0.3, 0.08),
        (0.27, 0.15)] if not place.low else [(0.0, 0.0), (0.1, -0.08), (0.2, -0.12), (0.3, -0.1)]
    items, path, spine = _swung(place, points, [thick] * (len(points) - 1) + [thick * 0.5], colour)
    if beast.mark.startswith(("tiger", "tabby")):
        rings: list[Item] = [Mark(ellipse(*point, 0.012 * who.height, 0.03 * who.height), beast.dark, alpha=0.75)
            for point in spine[1:]]
        items.append(Group(rings, clip=path))
    return items


def _tuft(who: Person, beast: Creature, place: _Place) -> list[Item]:
    points = [(0.0, 0.0), (0.1, -0.06), (0.17, -0.16), (0.2, -0.26)] if place.low or beast.has("hooved") else [(0.0, 0.0),
        (0.12, -0.1), (0.22, -0.08), (0.27, 0.05)]
    items, _, spine = _swung(place, points, [0.014, 0.012, 0.01, 0.008], beast.coat)
    x, y = spine[-1]
    return [*items, *_lit(ellipse(x, y, 0.028 * who.height, 0.042 * who.height), mix(beast.coat, beast.dark, 0.75), y - 0.05,
        y + 0.08)]


def _curl(who: Person, beast: Creature, place: _Place) -> list[Item]:
    """A pig's corkscrew, a monkey's hook."""
    del who
    if beast.has("disc"):
        points = [(0.0, 0.0), (0.05, 0.03), (0.075, 0.0), (0.05, -0.02), (0.045, 0.02), (0.085, 0.05)]
        return _swung(place, points, [0.011, 0.01, 0.009, 0.008, 0.007, 0.004], beast.coat)[0]
    points = [(0.0, 0.0), (0.12, -0.1), (0.24, -0.08), (0.3, 0.05), (0.26, 0.16), (0.19, 0.14), (0.2, 0.08)]
    return _swung(place, points, [0.015, 0.014, 0.013, 0.012, 0.012, 0.011, 0.007], beast.coat)[0]


def _puff(who: Person, beast: Creature, place: _Place) -> list[Item]:
    del who
    if place.way > 0:  # from the front a short tail is hidden
        return []
    x, y = place.at(0.03, 0.0)
    size = 0.042 * place.unit
    colour = mix(beast.coat, beast.light, 0.8) if beast.kind.mould.ears == "long" else beast.coat
    return [item for dx, dy in ((0.5, 0.5), (-0.5, 0.5), (0.5, -0.4), (-0.5, -0.4), (0.0, 0.0))
        for item in _lit(ellipse(x + dx * size, y + dy * size, size * 0.8, size * 0.8), colour, y - size, y + size * 2)]


def _fan(who: Person, beast: Creature, place: _Place) -> list[Item]:
    """The tail feathers of a bird."""
    if place.way > 0:
        return []
    cock = beast.has("crest")
    items: list[Item] = []
    for step, spread in enumerate((-1.0, -0.5, 0.0, 0.5, 1.0)):
        if place.away:
            end = (place.root[0] + spread * 0.085 * place.unit, place.root[1] + (0.16 - 0.03 * abs(spread)) * place.unit)
            bend = ((place.root[0] + end[0]) / 2, (place.root[1] + end[1]) / 2)
        else:
            end = place.at(0.2 + 0.02 * spread, (0.2 + 0.09 * spread) if cock else -0.14 + 0.035 * spread)
            bend = place.at(0.14, 0.2 + 0.1 * spread) if cock else place.at(0.1, -0.05 + 0.02 * spread)
        colour = mix(beast.coat, (0.1, 0.25, 0.22), 0.75) if cock and step % 2 else scale(beast.coat, 0.8 + 0.08 * (step % 2))
        items += _lit(limb([place.root, bend, end], [0.02 * who.height, 0.026 * who.height, 0.012 * who.height]), colour,
            place.root[1] - 0.2, place.root[1] + 0.3)
    return items


def _taper(who: Person, beast: Creature, place: _Place) -> list[Item]:
    """A thick tail that thins out along the ground: otters, snakes, crocodiles."""
    ground = -(place.root[1]) / who.height
    down = -max(0.02, -ground * -1.0 - 0.03)
    points = [(0.0, 0.0), (0.08, down * 0.45), (0.18, down * 0.85), (0.3, down), (0.42, down + 0.02)]
    thick = 0.045 if beast.kind.shape in {"snake", "crocodile"} else 0.034
    items, path, spine = _swung(place, points, [thick, thick, thick * 0.8, thick * 0.5, 0.006], beast.coat)
    if beast.kind.shape == "mammal":
        return items
    rings: list[Item] = [Mark(ellipse((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0.014 * who.height, 0.06 * who.height), beast.dark,
        alpha=0.55) for a, b in pairwise(spine)]
    return [*items, Group(rings, clip=path)]


def _shell(who: Person, beast: Creature, place: _Place) -> list[Item]:
    """A shell on the back: a hump at the side, a rim from the front, all of it from behind."""
    joints, unit = place.joints, who.height
    middle = joints.along(0.0, 0.55, 1.0)
    x = middle[0] + (-0.085 * unit if joints.side else 0.0)
    wide, tall = (0.12 if joints.side else 0.185) * unit, 0.225 * unit
    rim = hull([((x, middle[1] - tall * 0.3), wide * 0.92), ((x, middle[1] + tall * 0.3), wide)])
    colour = mix(beast.dark, beast.coat, 0.3)
    plates: list[Item] = [Mark(smooth([(x + dx * wide + wide * 0.3 * px, middle[1] + dy * tall + tall * 0.22 * py) for px,
        py in ((-0.8, -0.8), (0.8, -0.8), (1.15, 0.0), (0.8, 0.8), (-0.8, 0.8), (-1.15, 0.0))], 0.06),
                               scale(colour, 0.6), stroke=0.01 * unit) for dx in (-0.62, 0.0, 0.62)
                                   for dy in (-0.75, -0.25, 0.25, 0.75)]
    edge = Mark(rim, mix(colour, beast.light, 0.4), stroke=0.022 * unit)
    return [*_lit(rim, colour, middle[1] - tall, middle[1] + tall), Group(plates, clip=rim), edge]


_TAILS: Final[dict[str, Callable[[Person, Creature, _Place], list[Item]]]] = {
    "brush": _brush, "plume": _plume, "whip": _whip, "tuft": _tuft, "curl": _curl, "puff": _puff, "fan": _fan, "taper": _taper,
    "shell": _shell,
}
