"""What is worn between neck and hip, with its skirts."""

from aiuteur.film.bible import Period
from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Point
from aiuteur.models.animatic.art.figures.jackets import jacket
from aiuteur.models.animatic.art.figures.outfit import Outfit
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.figures.skirts import skirt
from aiuteur.models.animatic.art.figures.tailoring import contour, half_width, shaded
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, smooth


def trunk(who: Person, clothes: Outfit, joints: Joints, *, away: bool) -> list[Item]:
    """Everything worn between neck and hip, innermost first, with its skirts."""
    under, colour = clothes.under()
    items: list[Item] = []
    if clothes.has("skirt"):
        items += skirt(who, joints, clothes.worn["skirt"], 1.75
            if clothes.period not in {Period.CONTEMPORARY, Period.FUTURE, Period.MIDCENTURY} else 1.15, 0.9)
    if under in {"dress", "robe", "tunic"}:
        items += skirt(who, joints, colour, _hem(clothes, under), {"dress": 1.3, "robe": 0.8, "tunic": 0.5}[under])
    items += shaded(contour(who, joints, 1.0), joints, who, colour)
    if not away:
        items += _front(who, joints, under, colour)
    if clothes.has("waistcoat"):
        items += _waistcoat(who, joints, clothes.worn["waistcoat"], away=away)
    if clothes.has("armour"):
        items += _armour(who, joints, clothes.worn["armour"])
    kind, colour = clothes.outer()
    if kind in {"coat", "jacket", "uniform"}:
        items += jacket(who, clothes, joints, kind, colour, away=away)
    return items + _belt(who, clothes, joints)


def _hem(clothes: Outfit, under: str) -> float:
    if under == "tunic":
        return 0.95
    return 1.3 if clothes.period in {Period.CONTEMPORARY, Period.MIDCENTURY, Period.FUTURE} and under == "dress" else 1.92


def _front(who: Person, joints: Joints, under: str, colour: Rgb) -> list[Item]:
    """Collar, neckline, buttons of the innermost garment."""
    u0 = joints.turn

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v, half_width(who, joints, v))

    if under == "shirt":
        buttons: list[Item] = [Mark(ellipse(*at(0, v), 0.006, 0.006), scale(colour, 0.6)) for v in (0.2, 0.35, 0.5, 0.65, 0.8)]
        collar = [Mark(polygon(at(-0.05, 0.06), at(-0.34, -0.08), at(-0.38, 0.04), at(-0.14, 0.14)), scale(colour, 1.12)),
            Mark(polygon(at(0.05, 0.06), at(0.3, -0.08), at(0.34, 0.04), at(0.14, 0.14)), scale(colour, 1.04))]
        return [Mark(line(at(0, 0.08), at(0, 0.95)), scale(colour, 0.65), stroke=0.006), *buttons, *collar]
    if under == "sweater":
        return [Mark(curve([at(-0.34, -0.06), at(0, 0.06), at(0.3, -0.06)]), scale(colour, 0.78), stroke=0.035)]
    deep = 0.14 if under == "dress" else 0.1
    neck = smooth([at(-0.32, -0.08), at(-0.2, deep * 0.5), at(0, deep), at(0.2, deep * 0.5), at(0.3, -0.08)], 0.14)
    items: list[Item] = [Mark(neck, scale(who.skin, 0.84)),
        Mark(curve([at(-0.34, -0.06), at(0, deep + 0.01), at(0.32, -0.06)]), scale(colour, 1.3), stroke=0.014)]
    if under == "dress":
        band = Mark(curve([at(-2, 0.6), at(0, 0.66), at(2, 0.6)]), scale(colour, 0.6), stroke=0.02)
        items.append(Group([band], clip=contour(who, joints, 1.0)))
    return items


def _waistcoat(who: Person, joints: Joints, colour: Rgb, *, away: bool) -> list[Item]:
    path = contour(who, joints, 1.02, 0.86)
    if away:
        return shaded(path, joints, who, colour)
    u0 = joints.turn

    def at(u: float, v: float) -> Point:
        return joints.along(u * (1 - 0.5 * u0) + u0 * min(1.0, 0.35 + max(0.0, v) * 1.8), v, half_width(who, joints, v))

    left = polygon(at(-0.36, -0.05), at(-2.2, -0.1), at(-2.2, 0.9), at(0.03, 0.92), at(0.0, 0.42))
    right = polygon(at(0.32, -0.05), at(2.2, -0.1), at(2.2, 0.9), at(0.0, 0.92), at(0.0, 0.42))
    parts: list[Item] = [Mark(left, colour), Mark(right, scale(colour, 0.88)),
        Mark(line(at(0, 0.42), at(0, 0.9)), scale(colour, 0.5), stroke=0.006)]
    parts += [Mark(ellipse(*at(0.03, v), 0.0075, 0.0075), scale(colour, 1.7)) for v in (0.48, 0.58, 0.68, 0.78)]
    return [Group(parts, clip=path)]


def _armour(who: Person, joints: Joints, colour: Rgb) -> list[Item]:
    path = contour(who, joints, 1.04, 0.9)
    rows: list[Item] = [Mark(curve([joints.along(-1.1, v, who.shoulders), joints.along(0, v + 0.04, 0),
        joints.along(1.1, v, who.shoulders)]), scale(colour, 0.55), stroke=0.01) for v in (0.2, 0.34, 0.48, 0.62, 0.76)]
    return [*shaded(path, joints, who, mix(colour, rgb("#9a9da3"), 0.5)), Group(rows, clip=path)]


def _belt(who: Person, clothes: Outfit, joints: Joints) -> list[Item]:
    kind = clothes.outer()[0]
    if kind in {"jacket", "sweater", "shirt", "dress"} or ("belt" not in clothes.extras
        and kind not in {"coat", "tunic", "robe", "armour"}):
        return []
    colour = rgb("#3a2a20") if kind != "coat" else scale(clothes.outer()[1], 0.62)
    puff = 1.1 if kind == "coat" else 1.02
    half = half_width(who, joints, 0.66) * puff
    left, right = joints.along(-1.0, 0.66, half), joints.along(1.0, 0.66, half)
    buckle = joints.along(joints.turn * 0.8, 0.665, half)
    items: list[Item] = [Mark(curve([left, joints.along(0, 0.685, 0), right]), colour, stroke=0.038)]
    if kind != "robe":
        items.append(Mark(polygon((buckle[0] - 0.022, buckle[1] - 0.022), (buckle[0] + 0.022, buckle[1] - 0.022),
            (buckle[0] + 0.022, buckle[1] + 0.022), (buckle[0] - 0.022, buckle[1] + 0.022)), rgb("#b79a5c"), stroke=0.009))
    return items
