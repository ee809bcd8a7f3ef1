"""The heads of insects: eyes that hold half the face, feelers, jaws. Units and turn as in `figures.head`."""

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Point
from aiuteur.models.animatic.art.figures.beasts.look import INK, Look, fur
from aiuteur.models.animatic.art.shapes import curve, ellipse, smooth


def insect(look: Look) -> list[Item]:
    """The head of an insect, farthest parts first."""
    wide, tall, k, coat = look.mould.wide, look.mould.tall, look.k, look.beast.coat
    points: list[Point] = [(0, -1.0), (0.6, -0.85), (0.95, -0.35), (0.85, 0.2), (0.55, 0.75), (0.25, 1.02), (-0.25, 1.02),
                           (-0.55, 0.75), (-0.85, 0.2), (-0.95, -0.35), (-0.6, -0.85)]
    shape = smooth([(x * wide + k * 0.14 * max(0.0, y), y * tall) for x, y in points], 0.16)
    bands: list[Item] = [Mark(curve([(-0.4, y), (0.0, y - 0.05), (0.4, y)]), look.beast.dark, stroke=0.05, alpha=0.6)
                         for y in ((-0.28, -0.16) if look.beast.mark == "banded" else ())]
    items = [*_feelers(look), *fur(shape, coat), Group(bands, clip=shape)]
    if look.head.away:
        return items
    return [*items, *_mouth(look), *_eye(look, 1), *_eye(look, -1)]


def _feelers(look: Look) -> list[Item]:
    dark = mix(look.beast.coat, INK, 0.6)
    items: list[Item] = []
    for side in (1, -1):
        x = look.x(side * 0.1)
        sway = 0.05 * look.head.who.quirk[1]
        bend = [(x, -0.3), (x + side * 0.1, -0.56), (x + side * 0.26 + 0.12 * look.k, -0.74),
            (x + side * (0.42 + sway) + 0.2 * look.k, -0.7)]
        items += [Mark(curve(bend), dark, stroke=0.028), Mark(ellipse(*bend[-1], 0.032, 0.032), dark)]
    return items


def _eye(look: Look, side: int) -> list[Item]:
    u, y, size = look.mould.eyes
    x = look.x(side * u) - 0.03 * look.k
    wide = size * (1 - look.k * (0.4 if side > 0 else 0.0))
    tall = size * 1.3 * min(1.15, 0.5 + 0.5 * look.head.mien.eyes)
    ball = ellipse(x, y, wide, tall)
    iris = look.beast.iris
    facets = [Mark(curve([(x - wide, y + dy), (x, y + dy + 0.02), (x + wide, y + dy)]), mix(iris, (1, 1, 1), 0.25),
        stroke=0.006, alpha=0.5)
              for dy in (-0.1, -0.06, -0.02, 0.02, 0.06, 0.1)]
    brow = [(x - side * wide * 0.9, y - tall - 0.03 - look.head.mien.inner),
        (x + side * wide * 0.8, y - tall - 0.02 - look.head.mien.outer)]
    return [Mark(ball, iris), Group(facets, clip=ball), Mark(ball, INK, stroke=0.018),
            Mark(ellipse(x - wide * 0.2, y - tall * 0.42, wide * 0.36, tall * 0.22), (1, 1, 1), alpha=0.75, blur=0.008),
            Mark(curve(brow), scale(look.beast.coat, 0.4), stroke=0.026)]


def _mouth(look: Look) -> list[Item]:
    x, opening, smile = look.x(0) + 0.05 * look.k, look.opening(), look.head.mien.smile
    lip = [(x - 0.13, 0.2 - 1.3 * smile), (x, 0.245), (x + 0.13, 0.2 - 1.3 * smile)]
    cave: list[Item] = [Mark(smooth([*lip, (x, 0.26 + 1.6 * opening)], 0.14), rgb("#4a1a1c"))] if opening else []
    jaws = [Mark(curve([(x + side * 0.17, 0.2), (x + side * 0.13, 0.36), (x + side * 0.03, 0.41)]), scale(look.beast.coat, 0.5),
        stroke=0.034)
            for side in (-1, 1)]
    return [Mark(ellipse(x, 0.12, 0.13, 0.1), look.beast.light, alpha=0.6, blur=0.02), *cave,
        Mark(curve(lip), INK, stroke=0.018), *jaws]
