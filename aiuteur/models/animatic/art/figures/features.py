"""Eyes, brows, nose and mouth by emotion, and what age and life have written on a face. Units and turn as in `head`."""

from aiuteur.film.bible import Age
from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Point
from aiuteur.models.animatic.art.figures.head import Head
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, smooth


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
    items += _marks(head)
    return [Group(items, matrix=(1.0, 0.0, 0.0, 0.9, 0.0, 0.07))] if head.who.age is Age.CHILD else items


def _eye(head: Head, side: int) -> list[Item]:
    who = head.who
    u = (0.152 + 0.012 * who.quirk[0]) * side
    x, y = head.x(u, 0.3), 0.03
    wide = (0.083 + 0.005 * who.quirk[3]) * head.narrow(u) * (1.24 - 0.18 * head.k if who.age is Age.CHILD else 1.0)
    tall = 0.04 * min(1.3, head.mien.eyes) * (1.45 if who.age is Age.CHILD else 1.15 if who.female else 0.92)
    tilt = 0.012 * who.quirk[4] * side
    almond = smooth([(x - wide, y + 0.006 - tilt), (x - wide * 0.35, y - tall), (x + wide * 0.4, y - tall * 0.95),
        (x + wide, y + 0.004 + tilt), (x + wide * 0.1, y + tall * 0.72)], 0.16)
    look = x + 0.018 * head.k
    radius = 0.052 if who.age is Age.CHILD else 0.04
    dark = rgb("#1c1412")
    ball: list[Item] = [
        Mark(almond, (0.93, 0.91, 0.88)),
        Mark(ellipse(look, y - 0.004, radius, radius * 1.05), who.eyes),
        Mark(ellipse(look, y - 0.004, radius, radius * 1.05), mix(who.eyes, dark, 0.6), stroke=0.01),
        Mark(ellipse(look, y - 0.004, radius * 0.5, radius * 0.52), dark),
        Mark(ellipse(x, y - tall, wide, tall * 0.55), dark, alpha=0.28, blur=0.01),
        Mark(ellipse(look + 0.014, y - 0.018, 0.011, 0.011), (1, 1, 1), alpha=0.9),
    ]
    lid = [(x - wide * 1.05, y + 0.008 - tilt), (x - wide * 0.4, y - tall * 1.05), (x + wide * 0.4, y - tall * 1.0),
        (x + wide * 1.05, y + 0.004 + tilt)]
    crease = [(px, py - 0.026) for px, py in lid[:3 if side < 0 else 4]]
    items: list[Item] = [
        Group(ball, clip=almond),
        Mark(curve(lid), dark, stroke=0.021 if who.female else 0.017),
        Mark(curve(crease), scale(who.skin, 0.55), stroke=0.009, alpha=0.6),
        Mark(curve([(x - wide * 0.7, y + tall * 0.62), (x, y + tall * 0.84), (x + wide * 0.7, y + tall * 0.55)]),
            scale(who.skin, 0.55), stroke=0.008, alpha=0.7),
    ]
    if who.female and who.age is not Age.CHILD:
        out = x + wide * side
        items.append(Mark(line((out, y), (out + 0.03 * side, y - 0.028)), dark, stroke=0.014))
    return items


def _brow(head: Head, side: int) -> list[Item]:
    who = head.who
    heavy = (0.026 if who.female else 0.04) * (1 + 0.25 * who.quirk[5]) * (0.6 if who.age is Age.CHILD else 1.0)
    high = -0.072 - 0.012 * who.quirk[3]
    inner = (head.x(0.065 * side, 0.34), high - head.mien.inner)
    arch = (head.x(0.16 * side, 0.32), high - 0.03 - (head.mien.inner + head.mien.outer) / 2)
    outer = (head.x(0.25 * side, 0.2), high + 0.006 - head.mien.outer)
    colour = mix(scale(who.hair, 0.75), rgb("#2a1c16"), 0.3)
    thick = heavy / 2
    shape = smooth([(inner[0], inner[1] - thick), (arch[0], arch[1] - thick), outer, (arch[0], arch[1] + thick * 0.9),
        (inner[0], inner[1] + thick)], 0.14)
    return [Mark(shape, colour, alpha=0.95)]


def _nose(head: Head) -> list[Item]:
    who, k = head.who, head.k
    length = 0.2 + 0.018 * who.quirk[4] - (0.06 if who.age is Age.CHILD else 0)
    out = 0.55 if who.age is Age.CHILD else 1.0 + 0.16 * who.quirk[5] + (0.0 if who.female else 0.1)
    wide = 0.052 * (1 + 0.15 * who.quirk[1]) * (0.86 if who.female else 1.05)
    tip = (head.x(0.0, 0.42) + k * 0.085 * out, length - 0.02)
    root, base = (head.x(0.015, 0.36), -0.02), (head.x(-0.01, 0.36), length + 0.022)
    shadow, dark = scale(who.skin, 0.78), scale(who.skin, 0.5)
    plane = smooth([root, (tip[0] * 0.5 + root[0] * 0.5 + 0.006, length * 0.45), tip, (base[0] + wide * 0.5, base[1]),
        (base[0] - wide * 0.9, base[1] - 0.01), (root[0] - 0.022, length * 0.5)], 0.15)
    items: list[Item] = [Mark(plane, mix(shadow, who.skin, 0.3 if k > 0.5 else 0.55), alpha=0.75,
        blur=0.008)]  # a turned nose casts more
    items.append(Mark(curve([(root[0] + 0.025 * k, 0.02), (tip[0] - 0.012, length * 0.62), (tip[0] + 0.012 * k, tip[1]),
        (base[0] + wide * 0.65, base[1])]), dark, stroke=0.013, alpha=0.2 + 0.6 * k))
    items.append(Mark(ellipse(tip[0] - 0.012, tip[1] - 0.015, 0.018, 0.016), scale(who.skin, 1.14), alpha=0.7, blur=0.006))
    items.append(Mark(curve([(base[0] - wide, base[1] - 0.02), (base[0] - wide * 0.6, base[1] + 0.003),
        (base[0], base[1] + 0.012), (base[0] + wide * 0.8, base[1] - 0.004)]), dark, stroke=0.012, alpha=0.75))
    return items


def _mouth(head: Head) -> list[Item]:
    who, mood = head.who, head.mien
    x, y = head.x(0.0, 0.42), 0.315 + (0.01 * who.quirk[2] if who.age is not Age.CHILD else -0.015)
    wide = (0.105 + 0.012 * who.quirk[0]) * (1 - 0.22 * head.k) * (0.88 if who.age is Age.CHILD else 1.0)
    opening = max(mood.mouth, 0.034 if head.speaking else 0.0)
    if mood.smile > 0.02 and opening > 0:
        return _grin(head, (x, y), wide * 1.12, opening)
    lip = mix(who.skin, rgb("#9a3a3a"), 0.52 if who.female else 0.3)
    left, right = (x - wide, y - mood.smile), (x + wide * 0.92, y - mood.smile)
    middle = (x, y + mood.smile * 0.35)
    full = 0.028 if who.female else 0.019
    upper = smooth([left, (x - wide * 0.35, middle[1] - full * 0.9), (x, middle[1] - full * 0.55),
        (x + wide * 0.35, middle[1] - full * 0.9), right, (x, middle[1] + 0.008)], 0.12)
    low = middle[1] + opening
    lower = smooth([left, (x, low - 0.004), right, (x + wide * 0.4, low + full * 1.25), (x - wide * 0.4, low + full * 1.3)], 0.14)
    items: list[Item] = []
    if opening > 0:
        cave = smooth([left, (x, middle[1] - 0.012), right, (x, low + 0.014)], 0.16)
        items += [Mark(cave, rgb("#3a1516")), Group([Mark(ellipse(x, middle[1] - 0.006, wide * 0.62, 0.016), (0.92, 0.9, 0.86))],
            clip=cave)]
    items += [Mark(lower, scale(lip, 1.06)), Mark(upper, scale(lip, 0.9))]
    if opening == 0:
        items.append(Mark(curve([left, middle, right]), rgb("#3d1d1a"), stroke=0.013, alpha=0.85))
    items.append(Mark(ellipse(x, low + full + 0.04, wide * 0.5, 0.014), scale(who.skin, 0.66), alpha=0.4, blur=0.012))
    return items


def _grin(head: Head, centre: Point, wide: float, opening: float) -> list[Item]:
    """A laughing mouth: a crescent with the upper teeth, the corners drawn up."""
    x, y = centre
    lip = mix(head.who.skin, rgb("#9a3a3a"), 0.55 if head.who.female else 0.35)
    up, low = 0.01 + 0.3 * head.mien.smile, y + 0.022 + opening
    left, right = (x - wide, y - up), (x + wide * 0.94, y - up)
    cave = smooth([left, (x - wide * 0.5, y - 0.004), (x, y + 0.003), (x + wide * 0.5, y - 0.004), right,
        (x + wide * 0.6, y + (low - y) * 0.72), (x, low), (x - wide * 0.6, y + (low - y) * 0.72)], 0.15)
    teeth = Mark(curve([left, (x, y + 0.012), right]), (0.95, 0.93, 0.89), stroke=0.034)
    return [Mark(cave, rgb("#4a1a1c")), Group([teeth], clip=cave), Mark(cave, lip, stroke=0.018),
        Mark(curve([(left[0] - 0.014, left[1] - 0.016), left, (left[0] + 0.02, left[1] + 0.014)]), scale(head.who.skin, 0.6),
            stroke=0.01, alpha=0.7),
        Mark(curve([(right[0] + 0.014, right[1] - 0.016), right, (right[0] - 0.02, right[1] + 0.014)]), scale(head.who.skin, 0.6),
            stroke=0.01, alpha=0.7)]


def _age_lines(head: Head, strength: float) -> list[Item]:
    dark = scale(head.who.skin, 0.52)
    items: list[Item] = []
    for side in (-1, 1):
        x = head.x(0.125 * side, 0.36)
        items.append(Mark(curve([(x - 0.025 * side, 0.2), (x + 0.012 * side, 0.27), (x + 0.012 * side, 0.34)]), dark,
            stroke=0.011, alpha=strength))
        eye = head.x(0.15 * side, 0.3)
        items.append(Mark(curve([(eye - 0.06, 0.085), (eye, 0.105), (eye + 0.055, 0.085)]), dark, stroke=0.01, alpha=strength))
        if strength > 0.4:  # only the old have crow's feet
            out = head.x(0.25 * side, 0.2)
            items += [Mark(line((out, 0.03 + dy), (out + 0.04 * side, 0.02 + dy * 2.2)), dark, stroke=0.008, alpha=strength)
                for dy in (-0.01, 0.012)]
    if strength > 0.4:  # and lined foreheads
        for dy in (-0.19, -0.235):
            items.append(Mark(curve([(head.x(-0.15, 0.3), dy), (head.x(0, 0.36), dy - 0.012), (head.x(0.15, 0.3), dy)]), dark,
                stroke=0.009, alpha=strength * 0.8))
    return items


def _marks(head: Head) -> list[Item]:
    marks, items = head.who.marks, list[Item]()
    if "scar" in marks:
        items.append(Mark(curve([(head.x(-0.2, 0.3), -0.03), (head.x(-0.18, 0.3), 0.12), (head.x(-0.21, 0.3), 0.22)]),
            mix(head.who.skin, (0.7, 0.35, 0.32), 0.6), stroke=0.016))
    if "freckl" in marks:
        spots = ((-0.2, 0.13), (-0.15, 0.16), (-0.11, 0.12), (0.12, 0.13), (0.17, 0.16), (0.21, 0.12), (-0.02, 0.1), (0.04, 0.13))
        items += [Mark(ellipse(head.x(u, 0.32), y, 0.009, 0.009), scale(head.who.skin, 0.66), alpha=0.7) for u, y in spots]
    if "mole" in marks:
        items.append(Mark(ellipse(head.x(0.14, 0.35), 0.25, 0.014, 0.014), rgb("#4a2c20")))
    if "patch" in marks:
        x = head.x(-0.152, 0.3)
        items += [Mark(line((head.x(-0.34), -0.15), (head.x(0.3), 0.12)), rgb("#17130f"), stroke=0.02),
            Mark(ellipse(x, 0.03, 0.11, 0.095), rgb("#17130f"))]
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
