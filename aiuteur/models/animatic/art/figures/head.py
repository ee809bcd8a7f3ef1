"""Heads: skull, ears, features by emotion and age, beards and marks.

Belongs here: everything of a head but its hair and hat (`hair`, `hats`). Units: one head's height; the centre is (0, 0), the crown at
y -0.5, the chin at 0.5. `k` is the turn: 0 from the front, 1 in three-quarter view to the right.
"""

from dataclasses import dataclass
from typing import Final

from aiuteur.film.bible import Age
from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Point, Radial, Stop, fade
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, smooth

_FRONT: Final = (
    (0, -0.5), (0.2, -0.47), (0.33, -0.32), (0.365, -0.12), (0.36, 0.02), (0.35, 0.12), (0.31, 0.27), (0.22, 0.4), (0.1, 0.49),
    (-0.1, 0.49), (-0.22, 0.4), (-0.31, 0.27), (-0.35, 0.12), (-0.365, -0.12), (-0.33, -0.32), (-0.2, -0.47),
)
_TURNED: Final = (
    (-0.02, -0.5), (0.2, -0.46), (0.32, -0.31), (0.345, -0.13), (0.318, -0.005), (0.335, 0.1), (0.3, 0.25), (0.262, 0.37), (0.19, 0.485),
    (0.08, 0.49), (-0.07, 0.42), (-0.2, 0.27), (-0.27, 0.12), (-0.41, -0.06), (-0.4, -0.3), (-0.24, -0.45),
)


@dataclass(frozen=True, slots=True)
class Mien:
    """What an emotion does to a face: brows (inner and outer end, up positive), how open the eyes are, the mouth's curve and opening."""

    inner: float = 0.0
    outer: float = 0.0
    eyes: float = 1.0
    smile: float = 0.0
    mouth: float = 0.0


_MIENS: Final = (
    (("joy", "happ", "delight", "laugh", "glad", "cheer", "amus", "triumph", "excit"), Mien(0.02, 0.03, 0.82, 0.055, 0.025)),
    (("tender", "love", "warm", "hope", "relie", "content", "calm", "peace", "grat", "affection"), Mien(0.015, 0.0, 0.86, 0.032)),
    (("angr", "rage", "fury", "furious", "hostil", "contempt", "defian", "bitter"), Mien(-0.05, 0.035, 0.78, -0.032, 0.01)),
    (("fear", "terror", "afraid", "panic", "horror", "dread", "alarm"), Mien(0.06, -0.01, 1.3, -0.025, 0.03)),
    (("surpris", "shock", "astonish", "amaz", "wonder", "awe"), Mien(0.05, 0.055, 1.3, 0.0, 0.045)),
    (("sad", "grief", "sorrow", "mourn", "melanch", "lonel", "despair", "regret", "hurt", "guilt", "asham"), Mien(0.055, -0.03, 0.76, -0.04)),
    (("tens", "anxi", "worr", "nervous", "suspic", "uneas", "wary"), Mien(0.015, 0.005, 0.92, -0.018)),
    (("determin", "resol", "stern", "grim", "focus", "serious", "proud"), Mien(-0.028, 0.012, 0.84, -0.012)),
    (("tired", "weary", "exhaust", "sleep", "sick"), Mien(0.015, -0.015, 0.55, -0.016)),
    (("curio", "thought", "pensive", "doubt", "confus", "puzzl"), Mien(0.028, 0.006, 1.0, -0.004)),
)


def mien(emotion: str) -> Mien:
    """The face of an emotion; a neutral one where the word is unknown."""
    words = emotion.lower()
    return next((found for names, found in _MIENS if any(name in words for name in names)), Mien())


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
        if y > 0.2:  # noqa: PLR2004 - below the cheekbones is the jaw
            middle = 0.13 * head.k
            x, y = middle + (x - middle) * jaw, y + (y - 0.2) * chin
        elif y > -0.05:  # noqa: PLR2004 - the cheekbones
            x *= cheek
        points.append((x, y))
    return tuple(points)


def _shape(who: Person) -> tuple[float, float, float]:
    shapes = {
        "round": (1.1, -0.08, 1.06), "square": (1.17, -0.02, 1.02), "long": (0.93, 0.16, 0.95), "narrow": (0.88, 0.1, 0.92), "heart": (0.84, 0.02, 1.03),
        "angular": (1.04, 0.08, 0.96), "sharp": (0.88, 0.12, 0.97), "broad": (1.16, -0.05, 1.07), "gaunt": (0.84, 0.12, 0.93), "full": (1.12, -0.04, 1.06),
        "thin": (0.86, 0.1, 0.92), "oval": (0.98, 0.0, 1.0), "strong": (1.14, 0.04, 1.0), "soft": (1.04, -0.05, 1.04), "wide": (1.14, -0.05, 1.06),
    }
    jaw, chin, cheek = next((shape for word, shape in shapes.items() if word in who.face), (1.0, 0.0, 1.0))
    jaw *= (0.92 if who.female else 1.04) + 0.03 * who.quirk[1]
    if who.age is Age.CHILD:
        jaw, chin, cheek = jaw * 1.04, chin - 0.16, cheek * 1.04
    return jaw, chin + 0.03 * who.quirk[2], cheek * (0.97 + 0.03 * who.girth)


def skull(head: Head) -> list[Item]:
    """Ears, the head's shape, its soft shadows and blush; without features."""
    who = head.who
    shadow = scale(who.skin, 0.72)
    items: list[Item] = []
    if not head.away:
        items += [_ear(head, -1)] if head.k > 0.5 else [_ear(head, -1), _ear(head, 1)]  # noqa: PLR2004 - the far ear is hidden in a turned head
    shape = smooth(outline(head))
    paint = Linear((0, -0.5), (0, 0.55), (Stop(0, scale(who.skin, 1.04)), Stop(0.6, who.skin), Stop(1, mix(who.skin, shadow, 0.6))))
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
        Mark(curve([(x - side * 0.0 + 0.01 * side, 0.0), (x + 0.03 * side, 0.05), (x + 0.0, 0.12)]), scale(skin, 0.66), stroke=0.014),
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


def features(head: Head) -> list[Item]:
    """Eyes, brows, nose, mouth, and what age and life have written there."""
    items: list[Item] = []
    for side in (-1, 1):
        items += _eye(head, side)
        items += _brow(head, side)
    items += _nose(head) + _mouth(head)
    if head.who.age is Age.ELDERLY:
        items += _age_lines(head, 0.55)
    elif head.who.age is Age.ADULT and not head.who.female:
        items += _age_lines(head, 0.2)
    return items + _marks(head)


def _eye(head: Head, side: int) -> list[Item]:
    who = head.who
    u = (0.152 + 0.012 * who.quirk[0]) * side
    x, y = head.x(u, 0.3), 0.03
    wide = (0.083 + 0.005 * who.quirk[3]) * head.narrow(u) * (1.14 if who.age is Age.CHILD else 1.0)
    tall = 0.04 * min(1.3, head.mien.eyes) * (1.15 if who.female or who.age is Age.CHILD else 0.92)
    tilt = 0.012 * who.quirk[4] * side
    almond = smooth([(x - wide, y + 0.006 - tilt), (x - wide * 0.35, y - tall), (x + wide * 0.4, y - tall * 0.95), (x + wide, y + 0.004 + tilt), (x + wide * 0.1, y + tall * 0.72)], 0.16)
    look = x + 0.018 * head.k
    radius = 0.04
    dark = rgb("#1c1412")
    ball: list[Item] = [
        Mark(almond, (0.93, 0.91, 0.88)),
        Mark(ellipse(look, y - 0.004, radius, radius * 1.05), who.eyes),
        Mark(ellipse(look, y - 0.004, radius, radius * 1.05), mix(who.eyes, dark, 0.6), stroke=0.01),
        Mark(ellipse(look, y - 0.004, radius * 0.5, radius * 0.52), dark),
        Mark(ellipse(x, y - tall, wide, tall * 0.55), dark, alpha=0.28, blur=0.01),
        Mark(ellipse(look + 0.014, y - 0.018, 0.011, 0.011), (1, 1, 1), alpha=0.9),
    ]
    lid = [(x - wide * 1.05, y + 0.008 - tilt), (x - wide * 0.4, y - tall * 1.05), (x + wide * 0.4, y - tall * 1.0), (x + wide * 1.05, y + 0.004 + tilt)]
    crease = [(px, py - 0.026) for px, py in lid[:3 if side < 0 else 4]]
    items: list[Item] = [
        Group(ball, clip=almond),
        Mark(curve(lid), dark, stroke=0.021 if who.female else 0.017),
        Mark(curve(crease), scale(who.skin, 0.55), stroke=0.009, alpha=0.6),
        Mark(curve([(x - wide * 0.7, y + tall * 0.62), (x, y + tall * 0.84), (x + wide * 0.7, y + tall * 0.55)]), scale(who.skin, 0.55), stroke=0.008, alpha=0.7),
    ]
    if who.female and who.age is not Age.CHILD:
        out = x + wide * side
        items.append(Mark(line((out, y), (out + 0.03 * side, y - 0.028)), dark, stroke=0.014))
    return items


def _brow(head: Head, side: int) -> list[Item]:
    who = head.who
    heavy = (0.026 if who.female else 0.04) * (1 + 0.25 * who.quirk[5])
    high = -0.072 - 0.012 * who.quirk[3]
    inner = (head.x(0.065 * side, 0.34), high - head.mien.inner)
    arch = (head.x(0.16 * side, 0.32), high - 0.03 - (head.mien.inner + head.mien.outer) / 2)
    outer = (head.x(0.25 * side, 0.2), high + 0.006 - head.mien.outer)
    colour = mix(scale(who.hair, 0.75), rgb("#2a1c16"), 0.3)
    thick = heavy / 2
    shape = smooth([(inner[0], inner[1] - thick), (arch[0], arch[1] - thick), outer, (arch[0], arch[1] + thick * 0.9), (inner[0], inner[1] + thick)], 0.14)
    return [Mark(shape, colour, alpha=0.95)]


def _nose(head: Head) -> list[Item]:
    who, k = head.who, head.k
    length = 0.2 + 0.018 * who.quirk[4] - (0.035 if who.age is Age.CHILD else 0)
    out = 1.0 + 0.16 * who.quirk[5] + (0.0 if who.female else 0.1)
    wide = 0.052 * (1 + 0.15 * who.quirk[1]) * (0.86 if who.female else 1.05)
    tip = (head.x(0.0, 0.42) + k * 0.085 * out, length - 0.02)
    root, base = (head.x(0.015, 0.36), -0.02), (head.x(-0.01, 0.36), length + 0.022)
    shadow, dark = scale(who.skin, 0.78), scale(who.skin, 0.5)
    plane = smooth([root, (tip[0] * 0.5 + root[0] * 0.5 + 0.006, length * 0.45), tip, (base[0] + wide * 0.5, base[1]), (base[0] - wide * 0.9, base[1] - 0.01), (root[0] - 0.022, length * 0.5)], 0.15)
    items: list[Item] = [Mark(plane, mix(shadow, who.skin, 0.3 if k > 0.5 else 0.55), alpha=0.75, blur=0.008)]  # noqa: PLR2004 - a turned nose casts more
    items.append(Mark(curve([(root[0] + 0.025 * k, 0.02), (tip[0] - 0.012, length * 0.62), (tip[0] + 0.012 * k, tip[1]), (base[0] + wide * 0.65, base[1])]), dark, stroke=0.013, alpha=0.2 + 0.6 * k))
    items.append(Mark(ellipse(tip[0] - 0.012, tip[1] - 0.015, 0.018, 0.016), scale(who.skin, 1.14), alpha=0.7, blur=0.006))
    items.append(Mark(curve([(base[0] - wide, base[1] - 0.02), (base[0] - wide * 0.6, base[1] + 0.003), (base[0], base[1] + 0.012), (base[0] + wide * 0.8, base[1] - 0.004)]), dark, stroke=0.012, alpha=0.75))
    return items


def _mouth(head: Head) -> list[Item]:
    who, mood = head.who, head.mien
    x, y = head.x(0.0, 0.42), 0.315 + (0.01 * who.quirk[2] if who.age is not Age.CHILD else -0.015)
    wide = (0.105 + 0.012 * who.quirk[0]) * (1 - 0.22 * head.k) * (0.88 if who.age is Age.CHILD else 1.0)
    opening = max(mood.mouth, 0.034 if head.speaking else 0.0)
    lip = mix(who.skin, rgb("#9a3a3a"), 0.52 if who.female else 0.3)
    left, right = (x - wide, y - mood.smile), (x + wide * 0.92, y - mood.smile)
    middle = (x, y + mood.smile * 0.35)
    full = 0.028 if who.female else 0.019
    upper = smooth([left, (x - wide * 0.35, middle[1] - full * 0.9), middle[:1] + (middle[1] - full * 0.55,), (x + wide * 0.35, middle[1] - full * 0.9), right, (x, middle[1] + 0.008)], 0.12)
    low = middle[1] + opening
    lower = smooth([left, (x, low - 0.004), right, (x + wide * 0.4, low + full * 1.25), (x - wide * 0.4, low + full * 1.3)], 0.14)
    items: list[Item] = []
    if opening > 0:
        cave = smooth([left, (x, middle[1] - 0.012), right, (x, low + 0.014)], 0.16)
        items += [Mark(cave, rgb("#3a1516")), Group([Mark(ellipse(x, middle[1] - 0.006, wide * 0.62, 0.016), (0.92, 0.9, 0.86))], clip=cave)]
    items += [Mark(lower, scale(lip, 1.06)), Mark(upper, scale(lip, 0.9))]
    if opening == 0:
        items.append(Mark(curve([left, middle, right]), rgb("#3d1d1a"), stroke=0.013, alpha=0.85))
    items.append(Mark(ellipse(x, low + full + 0.04, wide * 0.5, 0.014), scale(who.skin, 0.66), alpha=0.4, blur=0.012))
    return items


def _age_lines(head: Head, strength: float) -> list[Item]:
    dark = scale(head.who.skin, 0.52)
    items: list[Item] = []
    for side in (-1, 1):
        x = head.x(0.125 * side, 0.36)
        items.append(Mark(curve([(x - 0.025 * side, 0.2), (x + 0.012 * side, 0.27), (x + 0.012 * side, 0.34)]), dark, stroke=0.011, alpha=strength))
        eye = head.x(0.15 * side, 0.3)
        items.append(Mark(curve([(eye - 0.06, 0.085), (eye, 0.105), (eye + 0.055, 0.085)]), dark, stroke=0.01, alpha=strength))
        if strength > 0.4:  # noqa: PLR2004 - only the old have crow's feet
            out = head.x(0.25 * side, 0.2)
            items += [Mark(line((out, 0.03 + dy), (out + 0.04 * side, 0.02 + dy * 2.2)), dark, stroke=0.008, alpha=strength) for dy in (-0.01, 0.012)]
    if strength > 0.4:  # noqa: PLR2004 - and lined foreheads
        for dy in (-0.19, -0.235):
            items.append(Mark(curve([(head.x(-0.15, 0.3), dy), (head.x(0, 0.36), dy - 0.012), (head.x(0.15, 0.3), dy)]), dark, stroke=0.009, alpha=strength * 0.8))
    return items


def _marks(head: Head) -> list[Item]:
    marks, items = head.who.marks, list[Item]()
    if "scar" in marks:
        items.append(Mark(curve([(head.x(-0.2, 0.3), -0.03), (head.x(-0.18, 0.3), 0.12), (head.x(-0.21, 0.3), 0.22)]), mix(head.who.skin, (0.7, 0.35, 0.32), 0.6), stroke=0.016))
    if "freckl" in marks:
        spots = ((-0.2, 0.13), (-0.15, 0.16), (-0.11, 0.12), (0.12, 0.13), (0.17, 0.16), (0.21, 0.12), (-0.02, 0.1), (0.04, 0.13))
        items += [Mark(ellipse(head.x(u, 0.32), y, 0.009, 0.009), scale(head.who.skin, 0.66), alpha=0.7) for u, y in spots]
    if "mole" in marks:
        items.append(Mark(ellipse(head.x(0.14, 0.35), 0.25, 0.014, 0.014), rgb("#4a2c20")))
    if "patch" in marks:
        x = head.x(-0.152, 0.3)
        items += [Mark(line((head.x(-0.34), -0.15), (head.x(0.3), 0.12)), rgb("#17130f"), stroke=0.02), Mark(ellipse(x, 0.03, 0.11, 0.095), rgb("#17130f"))]
    if any(word in marks for word in ("glasses", "spectacle", "pince", "monocle")):
        items += _glasses(head)
    return items


def _glasses(head: Head) -> list[Item]:
    wire = rgb("#2a2422")
    items: list[Item] = []
    for side in (-1, 1):
        x = head.x(0.155 * side, 0.34)
        ring = ellipse(x, 0.035, 0.108 * head.narrow(side), 0.088)
        items += [Mark(ring, (0.85, 0.92, 1.0), alpha=0.14), Mark(ring, wire, stroke=0.017)]
    items.append(Mark(line((head.x(-0.05, 0.36), 0.025), (head.x(0.05, 0.36), 0.025)), wire, stroke=0.015))
    items.append(Mark(line((head.x(-0.262, 0.3), 0.02), (-0.36 + 0.15 * head.k, 0.0)), wire, stroke=0.014))
    return items


def beard(head: Head) -> list[Item]:
    """Facial hair, drawn over the jaw and round the mouth."""
    kind, hair = head.who.facial_hair, head.who.hair
    if kind in {"none", "", "clean-shaven", "clean shaven"} or head.away:
        return []
    mouth, items = (head.x(0.0, 0.42), 0.315), list[Item]()
    jaw = [point for point in outline(head) if point[1] > 0.08]  # noqa: PLR2004 - from the ears down
    if "stubble" in kind or "shadow" in kind:
        return [Group([Mark(ellipse(mouth[0] - 0.05, 0.42, 0.36, 0.24), hair, alpha=0.3, blur=0.05)], clip=smooth(outline(head)))]
    if "sideburn" in kind or "mutton" in kind:
        return _burns(head)
    if any(word in kind for word in ("beard", "full", "goatee", "whisker")):
        items += _full_beard(head, jaw, mouth, kind)
    if any(word in kind for word in ("moustache", "mustache", "beard", "full", "goatee", "handlebar", "walrus")):
        wide = 0.15 if "handlebar" in kind or "walrus" in kind else 0.115
        x, y = mouth[0], mouth[1] - 0.035
        shape = smooth([(x - wide, y + 0.035), (x - 0.05, y - 0.022), (x, y - 0.01), (x + 0.05, y - 0.022), (x + wide * 0.9, y + 0.035), (x + 0.04, y + 0.03), (x, y + 0.018), (x - 0.04, y + 0.03)], 0.16)
        items.append(Mark(shape, scale(hair, 0.92)))
    return items


def _burns(head: Head) -> list[Item]:
    k = head.k
    near = smooth([(-0.36 + 0.2 * k, 0.0), (-0.29 + 0.2 * k, 0.02), (-0.2 + 0.2 * k, 0.26), (-0.24 + 0.16 * k, 0.34), (-0.33 + 0.16 * k, 0.22)], 0.14)
    items: list[Item] = [Mark(near, head.who.hair)]
    if k < 0.5:  # noqa: PLR2004 - both cheeks show from the front
        items.append(Mark(smooth([(0.36, 0.0), (0.29, 0.02), (0.2, 0.26), (0.24, 0.34), (0.33, 0.22)], 0.14), head.who.hair))
    return items


def _full_beard(head: Head, jaw: list[Point], mouth: Point, kind: str) -> list[Item]:
    hair = head.who.hair
    long = 0.26 if "long" in kind or "flowing" in kind else 0.02 if "trim" in kind or "short" in kind else 0.09
    if "goatee" in kind:
        return [Mark(smooth([(mouth[0] - 0.1, 0.34), (mouth[0] - 0.08, 0.5), (mouth[0], 0.56), (mouth[0] + 0.08, 0.5), (mouth[0] + 0.1, 0.34), (mouth[0], 0.385)], 0.16), hair)]
    middle = 0.1 * head.k
    low = [(middle + (x - middle) * 1.05, y + (long if abs(x - middle) < 0.2 else long * 0.35)) for x, y in jaw]  # noqa: PLR2004 - longest at the chin
    rim = [(head.x(-0.2, 0.3), 0.24), (head.x(-0.13, 0.4), 0.27), (mouth[0] - 0.085, 0.345), (mouth[0], 0.375), (mouth[0] + 0.08, 0.345), (head.x(0.13, 0.38), 0.27), (head.x(0.24, 0.25), 0.22)]
    shape = smooth([*low, *rim], 0.13)
    paint = Linear((0, 0.2), (0, 0.6 + long), (Stop(0, scale(hair, 1.08)), Stop(1, scale(hair, 0.7))))
    strands: list[Item] = [
        Mark(curve([(mouth[0] + dx, 0.42), (mouth[0] + dx * 0.9, 0.5 + long * 0.8)]), scale(hair, 0.7), stroke=0.01, alpha=0.6) for dx in (-0.14, -0.07, 0.0, 0.07, 0.13)
    ]
    return [Mark(shape, paint), Group(strands, clip=shape)]
