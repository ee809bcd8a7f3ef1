"""An animal's head to draw, and where its parts lie as it turns. Units and turn as in `figures.head`.

Belongs here: what all heads of animals share. Does not belong here: any one shape of head.
"""

from dataclasses import dataclass

from aiuteur.models.animatic.art.colour import Rgb, mix, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Stop
from aiuteur.models.animatic.art.figures.beasts.creature import Creature
from aiuteur.models.animatic.art.figures.beasts.measures import Mould
from aiuteur.models.animatic.art.figures.head import Head
from aiuteur.models.animatic.art.shapes import curve, ellipse, smooth

INK: Rgb = (0.09, 0.07, 0.07)


@dataclass(frozen=True, slots=True)
class Look:
    """Whose head, how it is turned, what it feels, and which animal's it is."""

    head: Head
    beast: Creature

    @property
    def mould(self) -> Mould:
        """The measures of the head."""
        return self.beast.kind.mould

    @property
    def k(self) -> float:
        """The turn."""
        return self.head.k

    def x(self, u: float) -> float:
        """Where a part is that lies at `u` across a face seen from the front."""
        return u * (1 - 0.3 * self.k) + 0.11 * self.k

    def root(self) -> Point:
        """Where the muzzle begins."""
        return (0.11 * self.k, 0.13)

    def tip(self) -> Point:
        """Where the muzzle ends: before the face, or beside it where the head is turned."""
        mould = self.mould
        return (self.k * (0.11 + 0.86 * mould.length), 0.13 + mould.drop + 0.14 * mould.length * (1 - self.k))

    def opening(self) -> float:
        """How far the mouth is open."""
        return max(self.head.mien.mouth, 0.06 if self.head.speaking else 0.0)


def fur(path: Path, colour: Rgb, top: float = -0.5, low: float = 0.5) -> list[Item]:
    """A furry or feathered shape, lit from above, with its contour."""
    paint = Linear((0, top), (0, low), (Stop(0, scale(colour, 1.1)), Stop(0.55, colour), Stop(1, scale(colour, 0.74))))
    return [Mark(path, paint), Mark(path, scale(colour, 0.42), stroke=0.014, alpha=0.75)]


def strands(points: list[tuple[Point, Point]], colour: Rgb, stroke: float = 0.011) -> list[Item]:
    """Single hairs or the edges of feathers, each from one point to another."""
    return [Mark(curve([one, ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2 + 0.012), two]), colour, stroke=stroke, alpha=0.55)
            for one, two in points]


def eye(look: Look, side: int, white: Rgb | None = None) -> list[Item]:
    """One eye, as wide as what is felt opens it; beasts have hardly a white of the eye, birds a ring about it."""
    u, y, size = look.mould.eyes
    far = side > 0
    x = look.x(u * side)
    mood = look.head.mien
    wide = size * (1 - look.k * (0.36 if far else 0.08))
    tall = size * min(1.25, 0.3 + 0.72 * mood.eyes) * (1.1 if look.beast.kind.shape == "frog" else 1.0)
    ball = smooth([(x - wide * 1.12, y + tall * 0.1), (x - wide * 0.5, y - tall * 0.86), (x + wide * 0.5, y - tall * 0.86),
                   (x + wide * 1.12, y + tall * 0.1), (x + wide * 0.5, y + tall * 0.84), (x - wide * 0.5, y + tall * 0.84)])
    glance = x + 0.16 * wide * look.k
    rim = scale(look.beast.coat, 0.32)
    iris = look.beast.iris
    inner: list[Item] = [Mark(ball, white or mix(iris, (1, 1, 1), 0.25)),
        Mark(ellipse(glance, y, size * 0.92, size * 0.94), iris),
        Mark(ellipse(glance, y + size * 0.3, size * 0.7, size * 0.5), mix(iris, (1, 1, 1), 0.3), alpha=0.55, blur=size * 0.12),
        _pupil(look, (glance, y), size), Mark(ellipse(x, y - tall, wide * 1.2, tall * 0.6), INK, alpha=0.34, blur=0.01),
        Mark(ellipse(glance + size * 0.28, y - size * 0.34, size * 0.2, size * 0.2), (1, 1, 1), alpha=0.95)]
    return [Mark(ball, mix(rim, INK, 0.5), stroke=0.04), Group(inner, clip=ball), *_brow(look, side, (x, y), wide, tall)]


def _pupil(look: Look, at: Point, size: float) -> Item:
    x, y = at
    shapes = {"round": ellipse(x, y, size * 0.52, size * 0.54), "slit": ellipse(x, y, size * 0.2, size * 0.84),
              "bar": ellipse(x, y, size * 0.6, size * 0.32)}
    return Mark(shapes[look.mould.pupil], INK)


def _brow(look: Look, side: int, at: Point, wide: float, tall: float) -> list[Item]:
    """The lid over an eye, and a stroke of dark fur that says what is felt."""
    x, y = at
    mood = look.head.mien
    lid = [(x - wide * 1.2, y + tall * 0.05), (x - wide * 0.5, y - tall * 0.92), (x + wide * 0.5, y - tall * 0.92),
           (x + wide * 1.2, y + tall * 0.05)]
    inner = (x - side * wide * 0.95, y - tall - 0.035 - 1.3 * mood.inner)
    outer = (x + side * wide * 1.1, y - tall - 0.025 - 1.3 * mood.outer)
    middle = ((inner[0] + outer[0]) / 2, (inner[1] + outer[1]) / 2 - 0.02)
    if look.beast.kind.shape == "frog":  # what bulges so has no brow
        return []
    return [Mark(curve(lid), INK, stroke=0.022),
            Mark(curve([inner, middle, outer]), scale(look.beast.coat, 0.4), stroke=0.026, alpha=0.75)]
