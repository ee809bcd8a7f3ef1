"""Things that are worn about the person or kept in a house: papers, lights, vessels, arms, luggage.

Units as in `props`: a box from -0.5 to 0.5 both ways, the thing standing in it.
"""

from collections.abc import Callable
from typing import Final

from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Item, Linear, Mark, Path, Radial, fade, ramp
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, rect, smooth

Draw = Callable[[Rgb], list[Item]]
BRASS: Final = rgb("#b98f45")
STEEL: Final = rgb("#9aa1a8")
PAPER: Final = rgb("#e8dcc0")
DARK: Final = rgb("#231d1b")


def shaded(path: Path, colour: Rgb) -> list[Item]:
    """A shape lit from the upper left, with a dark edge."""
    paint = Linear((-0.4, -0.3), (0.4, 0.3), ramp(scale(colour, 1.2), colour, scale(colour, 0.6)))
    return [Mark(path, paint), Mark(path, scale(colour, 0.45), stroke=0.014, alpha=0.6)]


def paper(_: Rgb) -> list[Item]:
    """A written sheet."""
    sheet = polygon((-0.3, -0.38), (0.28, -0.42), (0.33, 0.38), (-0.27, 0.42))
    rows: list[Item] = [Mark(line((-0.2, y), (0.22 - 0.12 * (step % 3 == 2), y - 0.02)), rgb("#5a4a3c"), stroke=0.014, alpha=0.7)
        for step, y in enumerate((-0.26, -0.18, -0.1, -0.02, 0.06, 0.14, 0.22))]  # every third line is short
    return [*shaded(sheet, PAPER), *rows]


def envelope(_: Rgb) -> list[Item]:
    """A sealed letter."""
    return [*shaded(polygon((-0.42, -0.26), (0.42, -0.26), (0.42, 0.28), (-0.42, 0.28)), PAPER),
        Mark(line((-0.42, -0.26), (0, 0.08), (0.42, -0.26)), rgb("#8a7658"), stroke=0.018),
        Mark(ellipse(0, 0.08, 0.08, 0.08), rgb("#8f2a26"))]


def book(colour: Rgb) -> list[Item]:
    """A book."""
    cover = polygon((-0.32, -0.4), (0.26, -0.4), (0.26, 0.38), (-0.32, 0.38))
    pages = polygon((0.26, -0.36), (0.34, -0.32), (0.34, 0.42), (-0.26, 0.42), (-0.32, 0.38), (0.26, 0.38))
    return [Mark(pages, PAPER), *shaded(cover, colour), Mark(rect(-0.32, -0.4, 0.07, 0.78), scale(colour, 0.6)),
        Mark(rect(-0.14, -0.22, 0.3, 0.14), BRASS, stroke=0.016)]


def lantern(_: Rgb) -> list[Item]:
    """A lantern, burning."""
    glass = rect(-0.17, -0.16, 0.34, 0.4)
    glow = Radial((0, 0.05), 0.75, fade(rgb("#ffb95a"), 0.8, 0.3, 0.08, 0))
    return [
        Mark(curve([(-0.16, -0.24), (0, -0.5), (0.16, -0.24)]), DARK, stroke=0.03), Mark(glass, rgb("#ffd68a")),
            Mark(ellipse(0, 0.08, 0.05, 0.11), rgb("#fff6dc")),
        Mark(polygon((-0.22, -0.16), (0.22, -0.16), (0.1, -0.28), (-0.1, -0.28)), DARK),
            Mark(rect(-0.22, 0.24, 0.44, 0.1), DARK),
        *(Mark(line((x, -0.16), (x, 0.24)), DARK, stroke=0.025) for x in (-0.17, 0.0, 0.17)),
            Mark(ellipse(0, 0.05, 0.75, 0.75), glow, blend="screen"),
    ]


def candle(_: Rgb) -> list[Item]:
    """A candle in its dish."""
    return [
        *shaded(rect(-0.07, -0.15, 0.14, 0.48), rgb("#efe3c8")),
            *shaded(smooth([(-0.24, 0.34), (0.24, 0.34), (0.18, 0.44), (-0.18, 0.44)], 0.1), BRASS),
        Mark(smooth([(0, -0.42), (0.055, -0.24), (0, -0.15), (-0.055, -0.24)], 0.16), rgb("#ffd27a")),
            Mark(ellipse(0, -0.25, 0.5, 0.5), Radial((0, -0.25), 0.5, fade(rgb("#ffb050"), 0.8, 0.25, 0)), blend="screen"),
    ]


def cup(colour: Rgb) -> list[Item]:
    """A cup."""
    return [Mark(ellipse(0.27, 0.02, 0.12, 0.15), scale(colour, 0.8), stroke=0.05),
        *shaded(polygon((-0.28, -0.22), (0.28, -0.22), (0.21, 0.32), (-0.21, 0.32)), mix(colour, (1, 1, 1), 0.45)),
        Mark(ellipse(0, -0.22, 0.28, 0.06), rgb("#3a2418"))]


def bottle(_: Rgb) -> list[Item]:
    """A bottle with a label."""
    glass = rgb("#3d5a41")
    shape = smooth([(-0.06, -0.46), (0.06, -0.46), (0.07, -0.24), (0.16, -0.1), (0.16, 0.42), (0, 0.45), (-0.16, 0.42),
        (-0.16, -0.1), (-0.07, -0.24)], 0.1)
    return [*shaded(shape, glass), Mark(rect(-0.15, 0.02, 0.3, 0.2), PAPER),
        Mark(rect(-0.1, -0.05, 0.03, 0.4), (1, 1, 1), alpha=0.25)]


def glass(_: Rgb) -> list[Item]:
    """A glass, half full."""
    return [Mark(polygon((-0.2, -0.3), (0.2, -0.3), (0.15, 0.35), (-0.15, 0.35)), (0.8, 0.88, 0.92), alpha=0.45),
        Mark(polygon((-0.17, -0.02), (0.17, -0.02), (0.15, 0.33), (-0.15, 0.33)), rgb("#a5672c"), alpha=0.85),
        Mark(ellipse(0, -0.3, 0.2, 0.04), (1, 1, 1), stroke=0.014, alpha=0.8)]


def key(_: Rgb) -> list[Item]:
    """A key."""
    return [Mark(ellipse(-0.26, 0, 0.15, 0.15), BRASS, stroke=0.075), Mark(line((-0.1, 0), (0.42, 0)), BRASS, stroke=0.07),
        Mark(line((0.3, 0), (0.3, 0.16)), BRASS, stroke=0.06), Mark(line((0.4, 0), (0.4, 0.2)), BRASS, stroke=0.06),
        Mark(line((-0.1, -0.02), (0.4, -0.02)), scale(BRASS, 1.5), stroke=0.016)]


def watch(_: Rgb) -> list[Item]:
    """A pocket watch."""
    return [*shaded(ellipse(0, 0.06, 0.34, 0.34), BRASS), Mark(ellipse(0, 0.06, 0.27, 0.27), rgb("#f3ecd9")),
        Mark(rect(-0.05, -0.38, 0.1, 0.1), BRASS), Mark(ellipse(0, -0.42, 0.07, 0.07), BRASS, stroke=0.03),
            Mark(line((0, 0.06), (0, -0.13)), DARK, stroke=0.025), Mark(line((0, 0.06), (0.13, 0.1)), DARK, stroke=0.03),
                *(Mark(ellipse(x, y, 0.012, 0.012), DARK) for x, y in ((0, -0.17), (0.23, 0.06), (0, 0.29), (-0.23, 0.06)))]


def gun(_: Rgb) -> list[Item]:
    """A pistol."""
    return [*shaded(polygon((-0.2, -0.14), (0.46, -0.14), (0.46, -0.02), (-0.02, 0.0), (-0.08, 0.1), (-0.2, 0.08)),
        rgb("#3c4046")), *shaded(polygon((-0.2, 0.0), (-0.06, 0.04), (-0.16, 0.38), (-0.32, 0.34)), rgb("#4a3020")),
        Mark(ellipse(-0.02, 0.06, 0.07, 0.06), DARK, stroke=0.025)]


def knife(_: Rgb) -> list[Item]:
    """A knife."""
    return [*shaded(smooth([(-0.08, -0.05), (0.46, -0.02), (0.3, 0.06), (-0.08, 0.06)], 0.08), rgb("#c3c9ce")),
        *shaded(rect(-0.42, -0.055, 0.34, 0.12), rgb("#4a3020"))]


def sword(_: Rgb) -> list[Item]:
    """A sword, point upwards."""
    return [*shaded(polygon((-0.035, -0.5), (0, -0.56), (0.035, -0.5), (0.035, 0.3), (-0.035, 0.3)), rgb("#c3c9ce")),
        Mark(rect(-0.16, 0.28, 0.32, 0.05), BRASS), Mark(rect(-0.03, 0.33, 0.06, 0.16), rgb("#4a3020")),
        Mark(ellipse(0, 0.5, 0.05, 0.05), BRASS)]


def umbrella(colour: Rgb) -> list[Item]:
    """An open umbrella."""
    dome = smooth([(-0.5, -0.1), (-0.4, -0.36), (0, -0.52), (0.4, -0.36), (0.5, -0.1), (0.25, -0.15), (0, -0.1), (-0.25, -0.15)],
        0.15)
    return [Mark(line((0, -0.5), (0, 0.42)), DARK, stroke=0.03),
        Mark(curve([(0, 0.4), (0.05, 0.47), (0.1, 0.4)]), DARK, stroke=0.03), *shaded(dome, scale(colour, 0.8))]


def case(colour: Rgb) -> list[Item]:
    """A suitcase."""
    leather = mix(colour, rgb("#6b4428"), 0.6)
    return [Mark(curve([(-0.12, -0.2), (-0.09, -0.32), (0.09, -0.32), (0.12, -0.2)]), scale(leather, 0.6), stroke=0.05),
        *shaded(rect(-0.46, -0.2, 0.92, 0.56), leather), Mark(rect(-0.34, -0.2, 0.06, 0.56), scale(leather, 0.6)),
        Mark(rect(0.28, -0.2, 0.06, 0.56), scale(leather, 0.6)),
        *(Mark(rect(x, -0.06, 0.08, 0.08), BRASS) for x in (-0.35, 0.27))]


def box(colour: Rgb) -> list[Item]:
    """A box with a lock."""
    wood = mix(colour, rgb("#7a5635"), 0.65)
    return [Mark(polygon((-0.4, -0.16), (-0.28, -0.3), (0.44, -0.3), (0.36, -0.16)), scale(wood, 1.25)),
        Mark(polygon((0.36, -0.16), (0.44, -0.3), (0.44, 0.22), (0.36, 0.36)), scale(wood, 0.6)),
        *shaded(rect(-0.4, -0.16, 0.76, 0.52), wood), Mark(line((-0.4, 0.0), (0.36, 0.0)), scale(wood, 0.5), stroke=0.02),
        Mark(rect(-0.07, -0.06, 0.11, 0.14), BRASS)]
