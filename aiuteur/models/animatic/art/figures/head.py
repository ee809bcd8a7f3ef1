"""Heads: skull, ears, what an emotion does to a face.

Belongs here: everything of a head but its hair and hat (`hair`, `hats`), features (`features`) and beard (`beards`).
Units: one head's height; the centre is (0, 0), the crown at y -0.5, the chin at 0.5. `k` is the turn: 0 from the front, 1 in
three-quarter view to the right.
"""

from dataclasses import dataclass
from typing import Final

from aiuteur.film.bible import Age
from aiuteur.models.animatic.art.colour import Rgb, mix, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Point, Radial, Stop, fade
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.shapes import curve, ellipse, smooth

_FRONT: Final = (
    (0, -0.5), (0.2, -0.47), (0.33, -0.32), (0.365, -0.12), (0.36, 0.02), (0.35, 0.12), (0.31, 0.27), (0.22, 0.4), (0.1, 0.49),
    (-0.1, 0.49), (-0.22, 0.4), (-0.31, 0.27), (-0.35, 0.12), (-0.365, -0.12), (-0.33, -0.32), (-0.2, -0.47),
)
_TURNED: Final = (
    (-0.02, -0.5), (0.2, -0.46), (0.32, -0.31), (0.345, -0.13), (0.318, -0.005), (0.335, 0.1), (0.3, 0.25), (0.262, 0.37),
        (0.19, 0.485),
    (0.08, 0.49), (-0.07, 0.42), (-0.2, 0.27), (-0.27, 0.12), (-0.41, -0.06), (-0.4, -0.3), (-0.24, -0.45),
)


@dataclass(frozen=True, slots=True)
class Mien:
    """What an emotion does: brows (inner and outer end, up positive), how open the eyes are, the mouth's curve and opening."""

    inner: float = 0.0
    outer: float = 0.0
    eyes: float = 1.0
    smile: float = 0.0
    mouth: float = 0.0


_MIENS: Final = (
    (("joy", "happ", "delight", "laugh", "glad", "cheer", "amus", "triumph", "excit"), Mien(0.02, 0.03, 0.82, 0.055, 0.025)),
    (("tender", "love", "warm", "hope", "relie", "content", "calm", "peace", "grat", "affection"),
        Mien(0.015, 0.0, 0.86, 0.032)),
    (("angr", "anger", "rage", "fury", "furious", "hostil", "contempt", "defian", "bitter"),
        Mien(-0.05, 0.035, 0.78, -0.032, 0.01)),
    (("fear", "fright", "terror", "afraid", "panic", "horror", "dread", "alarm"), Mien(0.06, -0.01, 1.3, -0.025, 0.03)),
    (("surpris", "shock", "astonish", "amaz", "wonder", "awe"), Mien(0.05, 0.055, 1.3, 0.0, 0.045)),
    (("sad", "grief", "sorrow", "mourn", "melanch", "lonel", "despair", "regret", "hurt", "guilt", "asham"),
        Mien(0.055, -0.03, 0.76, -0.04)),
    (("tens", "anxi", "worr", "nervous", "suspic", "uneas", "wary"), Mien(0.015, 0.005, 0.92, -0.018)),
    (("determin", "resol", "stern", "grim", "focus", "serious", "proud"), Mien(-0.028, 0.012, 0.84, -0.012)),
    (("tired", "weary", "exhaust", "sleep", "sick"), Mien(0.015, -0.015, 0.55, -0.016)),
    (("curio", "thought", "pensive", "doubt", "confus", "puzzl"), Mien(0.028, 0.006, 1.0, -0.004)),
)


def mien(emotion: str, quirk: tuple[float, ...]) -> Mien:
    """The face of an emotion; where the word is unknown, what the person's face is at rest (`quirk`, -1 to 1 each)."""
    words = emotion.lower()
    rest = Mien(0.014 * quirk[1], 0.012 * quirk[2], 1 + 0.08 * quirk[3], 0.007 + 0.012 * quirk[0])
    found = next((felt for names, felt in _MIENS if any(name in words for name in names)), None)
    if found is None:
        return rest
    smile = found.smile * (1.0 if found.smile > 0 else 1.1)
    return Mien(found.inner * 1.25, found.outer * 1.25, 1 + (found.eyes - 1) * 1.2, smile, found.mouth * 1.2)


@dataclass(frozen=True, slots=True)
class Head:
    """A head to draw: whose, how turned, feeling what; `speaking` parts the lips, `away` shows the back of it."""

    who: Person
    k: float
    mien: Mien
    speaking: bool
    away: bool

    def x(self, u: float, forward: float = 0.0) -> float:
        """Where a feature is that lies at `u` across a face seen from the front; `forward` is how far it stands out."""
        return u * (1 - 0.3 * self.k) + self.k * (0.085 + forward * 0.25)

    def narrow(self, u: float) -> float:
        """How narrow a feature at `u` has become by the turn."""
        return 1 - self.k * (0.34 if u > 0 else 0.1)


def outline(head: Head) -> tuple[Point, ...]:
    """The contour of a bare head, by face shape, sex and age."""
    who = head.who
    jaw, chin, cheek = _shape(who)
    points: list[Point] = []
    for (fx, fy), (tx, ty) in zip(_FRONT, _TURNED, strict=True):
        x, y = fx + (tx - fx) * head.k, fy + (ty - fy) * head.k
        if y > 0.2:  # below the cheekbones is the jaw
            middle = 0.13 * head.k
            x, y = middle + (x - middle) * jaw, y + (y - 0.2) * chin
        elif y > -0.05:  # the cheekbones
            x *= cheek
        points.append((x, y))
    return tuple(points)


def _shape(who: Person) -> tuple[float, float, float]:
    shapes = {
        "round": (1.1, -0.08, 1.06), "square": (1.17, -0.02, 1.02), "long": (0.93, 0.16, 0.95), "narrow": (0.88, 0.1, 0.92),
            "heart": (0.84, 0.02, 1.03),
        "angular": (1.04, 0.08, 0.96), "sharp": (0.88, 0.12, 0.97), "broad": (1.16, -0.05, 1.07), "gaunt": (0.84, 0.12, 0.93),
            "full": (1.12, -0.04, 1.06),
        "thin": (0.86, 0.1, 0.92), "oval": (0.98, 0.0, 1.0), "strong": (1.14, 0.04, 1.0), "soft": (1.04, -0.05, 1.04),
            "wide": (1.14, -0.05, 1.06),
    }
    jaw, chin, cheek = next((shape for word, shape in shapes.items() if word in who.face), (1.0, 0.0, 1.0))
    jaw *= (0.92 if who.female else 1.04) + 0.03 * who.quirk[1]
    if who.age is Age.CHILD:
        jaw, chin, cheek = jaw * 1.06, chin - 0.22, cheek * 1.07
    return jaw, chin + 0.03 * who.quirk[2], cheek * (0.97 + 0.03 * who.girth)


def skull(head: Head) -> list[Item]:
    """Ears, the head's shape, its soft shadows and blush; without features."""
    who = head.who
    shadow = scale(who.skin, 0.72)
    items: list[Item] = []
    if not head.away:
        items += [_ear(head, -1)] if head.k > 0.5 else [_ear(head, -1), _ear(head, 1)]  # the far ear is hidden in a turned head
    shape = smooth(outline(head))
    paint = Linear((0, -0.5), (0, 0.55), (Stop(0, scale(who.skin, 1.04)), Stop(0.6, who.skin),
        Stop(1, mix(who.skin, shadow, 0.6))))
    inside: list[Item] = [Mark(shape, paint)]
    if not head.away:
        inside += _tones(head, shadow)
    items.append(Group(inside, clip=shape))
    return items


def _ear(head: Head, side: int) -> Item:
    x = -0.36 * (1 - head.k) + -0.21 * head.k if side < 0 else 0.36
    skin = head.who.skin
    return Group([
        Mark(ellipse(x, 0.06, 0.062, 0.105), scale(skin, 0.9)),
        Mark(curve([(x - side * 0.0 + 0.01 * side, 0.0), (x + 0.03 * side, 0.05), (x + 0.0, 0.12)]), scale(skin, 0.66),
            stroke=0.014),
    ])


def _tones(head: Head, shadow: Rgb) -> list[Item]:
    blush = mix(head.who.skin, (0.78, 0.3, 0.25), 0.5)
    items: list[Item] = []
    for side in (-1, 1):
        x = head.x(0.2 * side, 0.25)
        items.append(Mark(ellipse(x, 0.17, 0.11, 0.08), Radial((x, 0.17), 0.11, fade(blush, 0.42, 0.2, 0))))
        eye = head.x(0.155 * side, 0.3)
        items.append(Mark(ellipse(eye, 0.0, 0.11 * head.narrow(side), 0.075), Radial((eye, 0), 0.1, fade(shadow, 0.5, 0.24, 0))))
    back = Linear((-0.4, 0), (0.05, 0), fade(shadow, 0.5, 0.25, 0))
    items.append(Mark(ellipse(-0.2, 0.2, 0.3, 0.5), back, alpha=head.k * 0.9))
    return items
