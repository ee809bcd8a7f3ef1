"""Clothes on a body: legs, trunks, sleeves, skirts and coats, in metres round the joints of a skeleton.

Belongs here: garments and the hands that come out of them. Does not belong here: which garments (`outfit`).
"""

from collections.abc import Sequence

from aiuteur.film.bible import Period
from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Stop
from aiuteur.models.animatic.art.figures.outfit import Outfit
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.shapes import between, curve, ellipse, hull, limb, line, polygon, smooth

Chain = tuple[Point, Point, Point]


def tube(chain: Chain, radii: tuple[float, float, float], colour: Rgb, dark: float = 0.72) -> list[Item]:
    """A sleeve or a trouser leg, with a fold where it bends."""
    root, middle, end = chain
    path = limb([root, between(root, middle, 0.5), middle, between(middle, end, 0.5), end], [radii[0], (radii[0] + radii[1]) / 2, radii[1], (radii[1] + radii[2]) / 2, radii[2]])
    x0, x1 = min(root[0], middle[0], end[0]) - radii[0], max(root[0], middle[0], end[0]) + radii[0]
    paint = Linear((x0, root[1]), (x1, root[1] + (x1 - x0) * 0.3), (Stop(0, scale(colour, dark + 0.1)), Stop(0.45, scale(colour, 1.06)), Stop(1, scale(colour, dark))))
    fold = curve([(middle[0] - radii[1] * 0.7, middle[1] - radii[1] * 0.25), (middle[0], middle[1] + radii[1] * 0.1), (middle[0] + radii[1] * 0.6, middle[1] - radii[1] * 0.3)])
    return [Mark(path, paint), Mark(path, scale(colour, 0.5), stroke=0.006, alpha=0.55), Mark(fold, scale(colour, 0.6), stroke=0.008, alpha=0.5)]


def leg(who: Person, clothes: Outfit, chain: Chain, joints: Joints, side: int) -> list[Item]:
    """One leg with its shoe."""
    unit = who.height
    bare = not clothes.has("trousers")
    colour = clothes.worn.get("trousers", scale(who.skin, 0.96) if clothes.period is Period.ANCIENT or clothes.has("tunic") else mix(who.skin, rgb("#3a302c"), 0.5))
    radii = (unit * 0.056 * who.girth**0.7, unit * 0.043, unit * (0.03 if bare else 0.037))
    return [*_shoe(who, clothes, chain, joints, side), *tube(chain, radii, colour), *_boot(clothes, chain, unit)]


def _boot(clothes: Outfit, chain: Chain, unit: float) -> list[Item]:
    if not clothes.has("boots"):
        return []
    return tube((between(chain[1], chain[2], 0.35), between(chain[1], chain[2], 0.7), chain[2]), (unit * 0.044, unit * 0.041, unit * 0.038), clothes.worn["boots"])


def _shoe(who: Person, clothes: Outfit, chain: Chain, joints: Joints, side: int) -> list[Item]:
    unit = who.height
    x, y = chain[2]
    colour = clothes.worn.get("boots", clothes.worn.get("shoes", rgb("#2a211d")))
    shin = (chain[2][0] - chain[1][0], chain[2][1] - chain[1][1])
    if joints.side and shin[1] < unit * 0.12 and shin[0] < 0:
        points = [(x + 0.03 * unit, y - 0.025 * unit), (x - 0.02 * unit, y - 0.035 * unit), (x - 0.045 * unit, y + 0.05 * unit), (x - 0.02 * unit, y + 0.1 * unit), (x + 0.01 * unit, y + 0.05 * unit)]
    elif joints.side:
        points = [(x - 0.038 * unit, y - 0.02 * unit), (x - 0.042 * unit, y + 0.038 * unit), (x + 0.03 * unit, y + 0.04 * unit), (x + 0.108 * unit, y + 0.039 * unit), (x + 0.1 * unit, y + 0.016 * unit), (x + 0.04 * unit, y - 0.016 * unit)]
    else:
        out = 0.016 * unit * side
        points = [(x - 0.034 * unit, y - 0.01 * unit), (x - 0.036 * unit + out, y + 0.032 * unit), (x + out, y + 0.052 * unit), (x + 0.038 * unit + out, y + 0.032 * unit), (x + 0.034 * unit, y - 0.01 * unit)]
    shape = smooth(points, 0.14)
    return [Mark(shape, colour), Mark(shape, scale(colour, 0.5), stroke=0.005, alpha=0.6)]


def arm(who: Person, clothes: Outfit, chain: Chain, *, far: bool) -> list[Item]:
    """One arm: sleeve, cuff and hand."""
    unit = who.height
    kind, colour = clothes.outer()
    shade = scale(colour, 0.8) if far else colour
    bulk = 1.18 if kind == "coat" else 1.06 if kind in {"jacket", "uniform", "sweater"} else 0.95
    grow = unit * bulk * (0.86 + 0.14 * who.girth) * (0.9 if who.female else 1.0)
    bare = kind == "tunic" and clothes.period is Period.ANCIENT
    wrist = between(chain[1], chain[2], 0.94)
    items = _hand(who, chain, far=far)
    if bare:
        items += tube(chain, (grow * 0.04, grow * 0.034, grow * 0.025), scale(who.skin, 0.8 if far else 0.97))
        upper = (chain[0], between(chain[0], chain[1], 0.4), between(chain[0], chain[1], 0.75))
        return items + tube(upper, (grow * 0.05, grow * 0.052, grow * 0.054), shade)
    flare = 1.75 if kind == "robe" else 1.0
    if kind in {"coat", "jacket", "uniform"} and clothes.has("shirt"):
        cuff = limb([between(chain[1], chain[2], 0.9), between(chain[1], chain[2], 1.02)], [grow * 0.03, grow * 0.03])
        items.append(Mark(cuff, scale(clothes.worn["shirt"], 0.85)))
    items += tube((chain[0], chain[1], wrist), (grow * 0.043, grow * 0.039, grow * 0.032 * flare), shade)
    if kind in {"coat", "uniform"}:
        band = line(between(chain[1], chain[2], 0.78), between(chain[1], chain[2], 0.8))
        items.append(Mark(band, scale(shade, 0.62), stroke=grow * 0.072, alpha=0.55))
    return items


def _hand(who: Person, chain: Chain, *, far: bool) -> list[Item]:
    unit = who.height
    _, elbow, wrist = chain
    dx, dy = wrist[0] - elbow[0], wrist[1] - elbow[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ax, ay = dx / length, dy / length
    nx, ny = -ay, ax
    skin = scale(who.skin, 0.78 if far else 0.98)
    size = unit * (0.94 if who.female else 1.04)

    def at(along: float, across: float) -> Point:
        return (wrist[0] + (ax * along + nx * across) * size, wrist[1] + (ay * along + ny * across) * size)

    palm = smooth([at(-0.01, -0.017), at(0.03, -0.024), at(0.065, -0.021), at(0.088, -0.008), at(0.09, 0.006), at(0.066, 0.019), at(0.03, 0.022), at(-0.01, 0.016)], 0.15)
    thumb = limb([at(0.012, -0.014), at(0.04, -0.03), at(0.06, -0.026)], [0.011 * size, 0.0095 * size, 0.007 * size])
    lines: list[Item] = [Mark(line(at(0.05, across), at(0.084, across * 0.7)), scale(skin, 0.6), stroke=0.0035, alpha=0.75) for across in (-0.01, 0.0, 0.01)]
    return [Mark(thumb, scale(skin, 0.9)), Mark(palm, skin), Mark(palm, scale(skin, 0.55), stroke=0.004, alpha=0.5), *lines]


def _half(who: Person, joints: Joints, v: float) -> float:
    """Half the trunk's width at a height."""
    shoulders, waist, hips = who.shoulders, who.waist, who.hips
    full = shoulders * 0.97 + (waist - shoulders * 0.97) * min(1.0, max(0.0, v) / 0.62) ** 1.3 if v < 0.62 else waist + (hips - waist) * (v - 0.62) / 0.38  # noqa: PLR2004 - the waist
    return full * (0.76 if joints.side else 1.0)


def _trunk(who: Person, joints: Joints, puff: float, low: float = 1.06) -> Path:
    """The contour of the trunk, `puff` times as wide as the body."""

    def at(u: float, v: float) -> Point:
        return joints.along(u, v, _half(who, joints, v) * puff)

    chest = 1.07 if who.female and joints.side else 1.0
    left = [at(-0.26, -0.09), at(-0.62, -0.015), at(-0.93, 0.075), at(-0.98, 0.25), at(-0.97, 0.45), at(-1.0, 0.64), at(-1.0, 0.85), at(-0.98, low)]
    right = [at(0.26, -0.09), at(0.62, -0.015), at(0.93, 0.075), at(0.99 * chest, 0.25), at(0.98 * chest, 0.42), at(1.0, 0.64), at(1.0, 0.85), at(0.98, low)]
    return smooth([*left, *reversed(right)], 0.15)


def _shaded(path: Path, joints: Joints, who: Person, colour: Rgb) -> list[Item]:
    half = who.shoulders
    x = joints.neck[0]
    paint = Linear((x - half, joints.neck[1]), (x + half, joints.hip[1]), (Stop(0, scale(colour, 0.86)), Stop(0.4, scale(colour, 1.06)), Stop(1, scale(colour, 0.7))))
    return [Mark(path, paint), Mark(path, scale(colour, 0.5), stroke=0.006, alpha=0.5)]


def skirt(who: Person, joints: Joints, colour: Rgb, length: float, flare: float, *, open_front: bool = False) -> list[Item]:
    """Cloth from the waist down round the legs; `length` 1 reaches the knee, 2 the ankle."""
    unit = who.height
    waist = joints.along(0, 0.72, 0)
    circles: list[tuple[Point, float]] = [(waist, _half(who, joints, 0.7) * 0.96), (joints.hip, _half(who, joints, 1.0) * 1.04)]
    for chain in (joints.near_leg, joints.far_leg):
        circles.append((between(chain[0], chain[1], min(1.0, length)), unit * (0.05 + 0.02 * flare)))
        if length > 1:
            circles.append((between(chain[1], chain[2], length - 1.0), unit * (0.045 + 0.04 * flare)))
    path = hull(circles)
    items = _shaded(path, joints, who, colour)
    ends = [between(chain[1], chain[2], max(0.0, length - 1.0)) if length > 1 else between(chain[0], chain[1], length) for chain in (joints.near_leg, joints.far_leg)]
    hem = between(ends[0], ends[1], 0.5)
    spread = abs(ends[0][0] - ends[1][0]) / 2 + unit * 0.03
    folds: list[Item] = [
        Mark(curve([(waist[0] + dx * unit * 0.04, waist[1] + unit * 0.05), (hem[0] + dx * spread, hem[1])]), scale(colour, 0.58), stroke=0.009, alpha=0.5) for dx in (-0.8, -0.3, 0.25, 0.75)
    ]
    items.append(Group(folds, clip=path))
    if open_front:
        x = joints.turn * unit * 0.05
        items.append(Group([Mark(line((waist[0] + x, waist[1]), (hem[0] + x * 1.4, hem[1] + unit * 0.1)), scale(colour, 0.38), stroke=0.012)], clip=path))
    return items


def trunk(who: Person, clothes: Outfit, joints: Joints, *, away: bool) -> list[Item]:
    """Everything worn between neck and hip, innermost first, with its skirts."""
    under, colour = clothes.under()
    items: list[Item] = []
    if clothes.has("skirt"):
        items += skirt(who, joints, clothes.worn["skirt"], 1.75 if clothes.period not in {Period.CONTEMPORARY, Period.FUTURE, Period.MIDCENTURY} else 1.15, 0.9)
    if under in {"dress", "robe", "tunic"}:
        items += skirt(who, joints, colour, _hem(clothes, under), {"dress": 1.3, "robe": 0.8, "tunic": 0.5}[under])
    items += _shaded(_trunk(who, joints, 1.0), joints, who, colour)
    if not away:
        items += _front(who, clothes, joints, under, colour)
    if clothes.has("waistcoat"):
        items += _waistcoat(who, joints, clothes.worn["waistcoat"], away=away)
    if clothes.has("armour"):
        items += _armour(who, joints, clothes.worn["armour"])
    kind, colour = clothes.outer()
    if kind in {"coat", "jacket", "uniform"}:
        items += _jacket(who, clothes, joints, kind, colour, away=away)
    return items + _belt(who, clothes, joints)


def _hem(clothes: Outfit, under: str) -> float:
    if under == "tunic":
        return 0.95
    return 1.3 if clothes.period in {Period.CONTEMPORARY, Period.MIDCENTURY, Period.FUTURE} and under == "dress" else 1.92


def _front(who: Person, clothes: Outfit, joints: Joints, under: str, colour: Rgb) -> list[Item]:
    """Collar, neckline, buttons of the innermost garment."""
    u0 = joints.turn

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v, _half(who, joints, v))

    if under == "shirt":
        buttons: list[Item] = [Mark(ellipse(*at(0, v), 0.006, 0.006), scale(colour, 0.6)) for v in (0.2, 0.35, 0.5, 0.65, 0.8)]
        collar = [Mark(polygon(at(-0.05, 0.06), at(-0.34, -0.08), at(-0.38, 0.04), at(-0.14, 0.14)), scale(colour, 1.12)), Mark(polygon(at(0.05, 0.06), at(0.3, -0.08), at(0.34, 0.04), at(0.14, 0.14)), scale(colour, 1.04))]
        return [Mark(line(at(0, 0.08), at(0, 0.95)), scale(colour, 0.65), stroke=0.006), *buttons, *collar]
    if under == "sweater":
        return [Mark(curve([at(-0.34, -0.06), at(0, 0.06), at(0.3, -0.06)]), scale(colour, 0.78), stroke=0.035)]
    deep = 0.14 if under == "dress" else 0.1
    neck = smooth([at(-0.32, -0.08), at(-0.2, deep * 0.5), at(0, deep), at(0.2, deep * 0.5), at(0.3, -0.08)], 0.14)
    items: list[Item] = [Mark(neck, scale(who.skin, 0.94)), Mark(curve([at(-0.34, -0.06), at(0, deep + 0.01), at(0.32, -0.06)]), scale(colour, 1.3), stroke=0.014)]
    if under == "dress":
        band = Mark(curve([at(-2, 0.6), at(0, 0.66), at(2, 0.6)]), scale(colour, 0.6), stroke=0.02)
        items.append(Group([band], clip=_trunk(who, joints, 1.0)))
    return items


def _waistcoat(who: Person, joints: Joints, colour: Rgb, *, away: bool) -> list[Item]:
    path = _trunk(who, joints, 1.02, 0.86)
    if away:
        return _shaded(path, joints, who, colour)
    u0 = joints.turn

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v, _half(who, joints, v))

    left = polygon(at(-0.36, -0.05), at(-2.2, -0.1), at(-2.2, 0.9), at(0.03, 0.92), at(0.0, 0.42))
    right = polygon(at(0.32, -0.05), at(2.2, -0.1), at(2.2, 0.9), at(0.0, 0.92), at(0.0, 0.42))
    parts: list[Item] = [Mark(left, colour), Mark(right, scale(colour, 0.88)), Mark(line(at(0, 0.42), at(0, 0.9)), scale(colour, 0.5), stroke=0.006)]
    parts += [Mark(ellipse(*at(0.03, v), 0.0075, 0.0075), scale(colour, 1.7)) for v in (0.48, 0.58, 0.68, 0.78)]
    return [Group(parts, clip=path)]


def _jacket(who: Person, clothes: Outfit, joints: Joints, kind: str, colour: Rgb, *, away: bool) -> list[Item]:
    items: list[Item] = []
    if kind == "coat":
        items += skirt(who, joints, colour, 1.12, 0.55, open_front=not away)
    else:
        items += skirt(who, joints, colour, 0.2, 0.1, open_front=not away)
    path = _trunk(who, joints, 1.1 if kind == "coat" else 1.05, 1.02)
    if away:
        middle = [joints.along(0, 0.05, 0), joints.along(0, 1.0, 0)]
        return [*items, *_shaded(path, joints, who, colour), Mark(line(*middle), scale(colour, 0.6), stroke=0.007, alpha=0.7)]
    closed = kind in {"uniform"} or (kind == "coat" and "open" not in clothes.extras)
    return [*items, Group(_lapels(who, clothes, joints, kind, colour, closed=closed), clip=path), Mark(path, scale(colour, 0.5), stroke=0.006, alpha=0.5)]


def _lapels(who: Person, clothes: Outfit, joints: Joints, kind: str, colour: Rgb, *, closed: bool) -> list[Item]:
    u0 = joints.turn

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v, _half(who, joints, v))

    deep = 0.12 if kind == "uniform" else 0.46 if kind == "coat" else 0.62
    low = 0.02 if closed else 0.3
    left = polygon(at(-0.34, -0.1), at(-2.2, -0.2), at(-2.2, 1.1), at(low * -0.8 + 0.04, 1.1), at(0.0, deep))
    right = polygon(at(0.3, -0.1), at(2.2, -0.2), at(2.2, 1.1), at(low, 1.1), at(0.0, deep))
    lit, dim = scale(colour, 1.04), scale(colour, 0.86)
    items: list[Item] = [Mark(right, dim), Mark(left, lit), Mark(line(at(0, deep), at(0.02, 1.1)), scale(colour, 0.45), stroke=0.007)]
    if kind == "uniform":
        items += [Mark(ellipse(*at(0.0, v), 0.011, 0.011), rgb("#d8b65a")) for v in (0.2, 0.36, 0.52, 0.68, 0.84)]
        items += [Mark(polygon(at(-0.36, -0.1), at(0.3, -0.1), at(0.28, 0.06), at(-0.32, 0.06)), scale(colour, 0.7))]
        return [*items, *(Mark(line(joints.along(side * 0.7, -0.02, who.shoulders), joints.along(side * 1.0, 0.04, who.shoulders)), rgb("#c9a64e"), stroke=0.03) for side in (-1, 1))]
    fold = scale(colour, 1.18)
    items += [
        Mark(polygon(at(-0.34, -0.1), at(-0.58, 0.12), at(-0.42, 0.17), at(-0.46, 0.24), at(0.0, deep)), fold),
        Mark(polygon(at(0.3, -0.1), at(0.55, 0.12), at(0.4, 0.17), at(0.44, 0.24), at(0.0, deep)), scale(colour, 0.98)),
    ]
    items += [Mark(line(at(-0.34, -0.08), at(0.0, deep)), scale(colour, 0.45), stroke=0.007), Mark(line(at(0.3, -0.08), at(0.0, deep)), scale(colour, 0.45), stroke=0.007)]
    items += [Mark(ellipse(*at(0.05, v), 0.01, 0.01), scale(colour, 0.4)) for v in ((0.56, 0.72, 0.88) if kind == "coat" else (0.7, 0.82))]
    items.append(Mark(line(at(-0.75, 0.82), at(-0.36, 0.84)), scale(colour, 0.5), stroke=0.01, alpha=0.8))
    return items


def _armour(who: Person, joints: Joints, colour: Rgb) -> list[Item]:
    path = _trunk(who, joints, 1.04, 0.9)
    rows: list[Item] = [Mark(curve([joints.along(-1.1, v, who.shoulders), joints.along(0, v + 0.04, 0), joints.along(1.1, v, who.shoulders)]), scale(colour, 0.55), stroke=0.01) for v in (0.2, 0.34, 0.48, 0.62, 0.76)]
    return [*_shaded(path, joints, who, mix(colour, rgb("#9a9da3"), 0.5)), Group(rows, clip=path)]


def _belt(who: Person, clothes: Outfit, joints: Joints) -> list[Item]:
    kind = clothes.outer()[0]
    if kind in {"jacket", "sweater", "shirt", "dress"} or ("belt" not in clothes.extras and kind not in {"coat", "tunic", "robe", "armour"}):
        return []
    colour = rgb("#3a2a20") if kind != "coat" else scale(clothes.outer()[1], 0.62)
    puff = 1.1 if kind == "coat" else 1.02
    half = _half(who, joints, 0.66) * puff
    left, right = joints.along(-1.0, 0.66, half), joints.along(1.0, 0.66, half)
    buckle = joints.along(joints.turn * 0.8, 0.665, half)
    items: list[Item] = [Mark(curve([left, joints.along(0, 0.685, 0), right]), colour, stroke=0.038)]
    if kind != "robe":
        items.append(Mark(polygon((buckle[0] - 0.022, buckle[1] - 0.022), (buckle[0] + 0.022, buckle[1] - 0.022), (buckle[0] + 0.022, buckle[1] + 0.022), (buckle[0] - 0.022, buckle[1] + 0.022)), rgb("#b79a5c"), stroke=0.009))
    return items


def over(who: Person, clothes: Outfit, joints: Joints, *, away: bool) -> list[Item]:
    """What is worn over everything: apron, shawl, cloak, tie and scarf."""
    u0 = joints.turn if not away else 0.0

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v, _half(who, joints, min(1.0, max(0.0, v))))

    items: list[Item] = []
    if "tie" in clothes.worn and not away:
        colour = clothes.worn["tie"]
        items += [Mark(polygon(at(-0.05, 0.07), at(0.06, 0.07), at(0.1, 0.5), at(0.01, 0.58), at(-0.08, 0.5)), colour), Mark(polygon(at(-0.08, 0.03), at(0.09, 0.03), at(0.05, 0.1), at(-0.04, 0.1)), scale(colour, 1.25))]
    if "apron" in clothes.worn and not away:
        items += _apron(who, joints, clothes.worn["apron"], at(0, 0.2), at(0, 0.68))
    if "shawl" in clothes.worn:
        items += _shawl(joints, who, clothes.worn["shawl"], u0, away=away)
    if "scarf" in clothes.worn:
        colour = clothes.worn["scarf"]
        items.append(Mark(smooth([at(-0.44, -0.12), at(0, 0.0), at(0.4, -0.12), at(0.42, 0.02), at(0, 0.13), at(-0.46, 0.02)], 0.15), colour))
        if not away:
            items += [Mark(limb([at(0.05, 0.08), at(0.14, 0.5)], [0.034, 0.04]), scale(colour, 0.88))]
    return items


def _apron(who: Person, joints: Joints, colour: Rgb, bib: Point, waist: Point) -> list[Item]:
    unit = who.height
    items = skirt(who, joints, colour, 0.95, 0.1)
    chest = polygon((bib[0] - 0.055 * unit, bib[1]), (bib[0] + 0.055 * unit, bib[1]), (waist[0] + 0.062 * unit, waist[1] + 0.03 * unit), (waist[0] - 0.062 * unit, waist[1] + 0.03 * unit))
    return [*items, Mark(chest, colour), Mark(chest, scale(colour, 0.6), stroke=0.005, alpha=0.7)]


def _shawl(joints: Joints, who: Person, colour: Rgb, u0: float, *, away: bool) -> list[Item]:
    half = who.shoulders * (0.8 if joints.side else 1.06)
    points = [joints.along(-0.4, -0.12, half), joints.along(-1.12, 0.05, half), joints.along(-1.2, 0.5, half), joints.along(-0.7 + u0 * 0.4, 0.62, half), joints.along(u0, 0.72 if not away else 0.9, half), joints.along(0.8, 0.6, half), joints.along(1.16, 0.5, half), joints.along(1.1, 0.05, half), joints.along(0.4, -0.12, half), joints.along(u0, 0.06, half)]
    path = smooth(points, 0.14)
    folds: list[Item] = [Mark(curve([joints.along(u * 0.5, -0.05, half), joints.along(u * 0.75 + u0 * 0.3, 0.7, half)]), scale(colour, 0.6), stroke=0.01, alpha=0.6) for u in (-1.0, -0.4, 0.4, 1.0)]
    return [*_shaded(path, joints, who, colour), Group(folds, clip=path), Mark(path, scale(colour, 1.4), stroke=0.008, alpha=0.5)]


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
        ((feet[0] - 0.1 * unit, feet[1]), 0.07 * unit), ((feet[0] + 0.1 * unit, feet[1]), 0.07 * unit), (joints.along(-0.9, 0.9, half), 0.07 * unit),
    ]
    return _shaded(hull(circles), joints, who, scale(colour, 0.85))
