"""Facial hair. Units and turn as in `head`."""

from aiuteur.models.animatic.art.colour import scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Point, Stop
from aiuteur.models.animatic.art.figures.head import Head, outline
from aiuteur.models.animatic.art.shapes import curve, ellipse, smooth


def beard(head: Head) -> list[Item]:
    """Facial hair, drawn over the jaw and round the mouth."""
    kind, hair = head.who.facial_hair, head.who.hair
    if kind in {"none", "", "clean-shaven", "clean shaven"} or head.away:
        return []
    mouth, items = (head.x(0.0, 0.42), 0.315), list[Item]()
    jaw = [point for point in outline(head) if point[1] > 0.08]  # from the ears down
    if "stubble" in kind or "shadow" in kind:
        return [Group([Mark(ellipse(mouth[0] - 0.05, 0.42, 0.36, 0.24), hair, alpha=0.3, blur=0.05)], clip=smooth(outline(head)))]
    if "sideburn" in kind or "mutton" in kind:
        return _burns(head)
    if any(word in kind for word in ("beard", "full", "goatee", "whisker")):
        items += _full_beard(head, jaw, mouth, kind)
    if any(word in kind for word in ("moustache", "mustache", "beard", "full", "goatee", "handlebar", "walrus")):
        wide = 0.15 if "handlebar" in kind or "walrus" in kind else 0.115
        x, y = mouth[0], mouth[1] - 0.035
        shape = smooth([(x - wide, y + 0.035), (x - 0.05, y - 0.022), (x, y - 0.01), (x + 0.05, y - 0.022),
            (x + wide * 0.9, y + 0.035), (x + 0.04, y + 0.03), (x, y + 0.018), (x - 0.04, y + 0.03)], 0.16)
        items.append(Mark(shape, scale(hair, 0.92)))
    return items


def _burns(head: Head) -> list[Item]:
    k = head.k
    near = smooth([(-0.36 + 0.2 * k, 0.0), (-0.29 + 0.2 * k, 0.02), (-0.2 + 0.2 * k, 0.26), (-0.24 + 0.16 * k, 0.34),
        (-0.33 + 0.16 * k, 0.22)], 0.14)
    items: list[Item] = [Mark(near, head.who.hair)]
    if k < 0.5:  # both cheeks show from the front
        items.append(Mark(smooth([(0.36, 0.0), (0.29, 0.02), (0.2, 0.26), (0.24, 0.34), (0.33, 0.22)], 0.14), head.who.hair))
    return items


def _full_beard(head: Head, jaw: list[Point], mouth: Point, kind: str) -> list[Item]:
    hair = head.who.hair
    long = 0.26 if "long" in kind or "flowing" in kind else 0.02 if "trim" in kind or "short" in kind else 0.09
    if "goatee" in kind:
        return [Mark(smooth([(mouth[0] - 0.1, 0.34), (mouth[0] - 0.08, 0.5), (mouth[0], 0.56), (mouth[0] + 0.08, 0.5),
            (mouth[0] + 0.1, 0.34), (mouth[0], 0.385)], 0.16), hair)]
    middle = 0.1 * head.k
    low = [(middle + (x - middle) * 1.05, y + (long if abs(x - middle) < 0.2 else long * 0.35)) for x,
        y in jaw]  # longest at the chin
    rim = [(head.x(-0.2, 0.3), 0.24), (head.x(-0.13, 0.4), 0.27), (mouth[0] - 0.085, 0.345), (mouth[0], 0.375),
        (mouth[0] + 0.08, 0.345), (head.x(0.13, 0.38), 0.27), (head.x(0.24, 0.25), 0.22)]
    shape = smooth([*low, *rim], 0.13)
    paint = Linear((0, 0.2), (0, 0.6 + long), (Stop(0, scale(hair, 1.08)), Stop(1, scale(hair, 0.7))))
    strands: list[Item] = [
        Mark(curve([(mouth[0] + dx, 0.42), (mouth[0] + dx * 0.9, 0.5 + long * 0.8)]), scale(hair, 0.7), stroke=0.01, alpha=0.6)
            for dx in (-0.14, -0.07, 0.0, 0.07, 0.13)
    ]
    return [Mark(shape, paint), Group(strands, clip=shape)]
