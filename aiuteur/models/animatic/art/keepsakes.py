"""Things that are dear, new or odd: pictures, jewels, machines, toys, tools. Units as in `props`."""

from aiuteur.models.animatic.art.belongings import BRASS, DARK, PAPER, STEEL, shaded, watch
from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Item, Linear, Mark, ramp
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, rect, smooth


def phone(_: Rgb) -> list[Item]:
    """A mobile telephone."""
    return [Mark(rect(-0.2, -0.4, 0.4, 0.8), rgb("#17181c")),
        Mark(rect(-0.17, -0.35, 0.34, 0.68), Linear((0, -0.4), (0, 0.4), ramp(rgb("#8fc1f0"), rgb("#4a6fae")))),
        Mark(rect(-0.1, -0.2, 0.2, 0.03), (1, 1, 1)), Mark(rect(-0.1, -0.1, 0.14, 0.03), (1, 1, 1), alpha=0.7)]


def handset(_: Rgb) -> list[Item]:
    """A telephone with its receiver."""
    black = rgb("#1d1c20")
    return [*shaded(polygon((-0.2, -0.08), (0.2, -0.08), (0.36, 0.36), (-0.36, 0.36)), black),
        *shaded(smooth([(-0.44, -0.08), (-0.4, -0.26), (0, -0.32), (0.4, -0.26), (0.44, -0.08), (0.28, -0.1), (0, -0.2),
        (-0.28, -0.1)], 0.14), black), Mark(ellipse(0, 0.14, 0.15, 0.14), rgb("#cfc8b6")),
        Mark(ellipse(0, 0.14, 0.06, 0.055), black)]


def flower(_: Rgb) -> list[Item]:
    """A rose."""
    items: list[Item] = [Mark(curve([(0, 0.48), (0.03, 0.1), (0, -0.2)]), rgb("#4c6b3a"), stroke=0.035),
        Mark(smooth([(0.02, 0.18), (0.2, 0.05), (0.1, 0.22)], 0.15), rgb("#5b7d45"))]
    items += [Mark(ellipse(x, y, 0.12, 0.12), rgb("#b5364a")) for x,
        y in ((-0.1, -0.24), (0.1, -0.24), (0, -0.36), (-0.06, -0.14), (0.07, -0.14))]
    return [*items, Mark(ellipse(0, -0.24, 0.07, 0.07), rgb("#7d1f33"))]


def photo(_: Rgb) -> list[Item]:
    """A portrait photograph."""
    return [*shaded(rect(-0.34, -0.42, 0.68, 0.84), rgb("#ece4d2")), Mark(rect(-0.27, -0.35, 0.54, 0.6), rgb("#8f7a60")),
        Mark(ellipse(0, -0.13, 0.11, 0.14), rgb("#d9bf9b")),
        Mark(smooth([(-0.22, 0.25), (-0.15, 0.06), (0.15, 0.06), (0.22, 0.25)], 0.12), rgb("#4d3d30"))]


def picture(_: Rgb) -> list[Item]:
    """A framed landscape."""
    return [*shaded(rect(-0.46, -0.38, 0.92, 0.76), BRASS),
        Mark(rect(-0.38, -0.3, 0.76, 0.6), Linear((0, -0.3), (0, 0.3), ramp(rgb("#7f9fb8"), rgb("#d9b98c"), rgb("#54633f")))),
        Mark(smooth([(-0.38, 0.1), (-0.1, -0.12), (0.1, 0.04), (0.38, -0.06), (0.38, 0.3), (-0.38, 0.3)], 0.05), rgb("#4a5a3c"))]


def coin(_: Rgb) -> list[Item]:
    """A coin."""
    return [*shaded(ellipse(0, 0, 0.32, 0.32), rgb("#cfa64a")),
        Mark(ellipse(0, 0, 0.25, 0.25), scale(BRASS, 0.8), stroke=0.03),
        Mark(smooth([(-0.06, -0.16), (0.09, -0.1), (0.07, 0.08), (0.12, 0.17), (-0.12, 0.17), (-0.08, 0.02)], 0.15),
        scale(BRASS, 0.75))]


def ring(_: Rgb) -> list[Item]:
    """A ring with a stone."""
    return [Mark(ellipse(0, 0.1, 0.24, 0.26), rgb("#d8b45a"), stroke=0.06),
        Mark(polygon((-0.1, -0.2), (-0.06, -0.3), (0.06, -0.3), (0.1, -0.2), (0, -0.1)), rgb("#bfe3f2"))]


def chart(_: Rgb) -> list[Item]:
    """A folded map with a cross on it."""
    sheet = polygon((-0.46, -0.3), (-0.16, -0.36), (0.16, -0.28), (0.46, -0.35), (0.46, 0.3), (0.16, 0.36), (-0.16, 0.28),
        (-0.46, 0.35))
    return [*shaded(sheet, PAPER), Mark(curve([(-0.36, 0.16), (-0.14, -0.02), (0.06, 0.1), (0.34, -0.18)]), rgb("#5d7fa0"),
        stroke=0.03), Mark(curve([(-0.36, -0.16), (0, -0.1), (0.3, 0.2)]), rgb("#8a5a3a"), stroke=0.014),
        Mark(line((0.28, 0.06), (0.36, 0.14)), rgb("#a02c28"), stroke=0.04),
        Mark(line((0.36, 0.06), (0.28, 0.14)), rgb("#a02c28"), stroke=0.04)]


def bread(_: Rgb) -> list[Item]:
    """A loaf."""
    return [*shaded(smooth([(-0.42, 0.1), (-0.3, -0.16), (0.1, -0.22), (0.4, -0.02), (0.38, 0.2), (0, 0.26), (-0.36, 0.24)],
        0.16), rgb("#b57c42")), *(Mark(line((x, -0.12), (x + 0.1, 0.04)), rgb("#e5c28c"), stroke=0.035)
        for x in (-0.2, 0.0, 0.18))]


def clock(_: Rgb) -> list[Item]:
    """A mantel clock."""
    return [*shaded(polygon((-0.3, -0.2), (0, -0.46), (0.3, -0.2), (0.34, 0.44), (-0.34, 0.44)), rgb("#5d3d26")),
        *watch(BRASS)[1:2], Mark(line((0, 0.06), (0, -0.12)), DARK, stroke=0.028),
        Mark(line((0, 0.06), (0.12, 0.12)), DARK, stroke=0.03)]


def stick(colour: Rgb) -> list[Item]:
    """A walking stick."""
    return [Mark(line((0, -0.5), (0.02, 0.5)), mix(colour, rgb("#5a3d26"), 0.7), stroke=0.055),
        Mark(curve([(0, -0.46), (0.06, -0.54), (0.14, -0.48)]), rgb("#5a3d26"), stroke=0.06)]


def camera(_: Rgb) -> list[Item]:
    """A camera."""
    return [*shaded(rect(-0.42, -0.18, 0.84, 0.48), rgb("#26262b")), Mark(rect(-0.14, -0.28, 0.28, 0.1), rgb("#3a3a40")),
        Mark(ellipse(0, 0.06, 0.19, 0.19), rgb("#54545c")), Mark(ellipse(0, 0.06, 0.13, 0.13), rgb("#18202e")),
        Mark(ellipse(-0.04, 0.02, 0.035, 0.035), (0.8, 0.88, 1), alpha=0.8)]


def violin(_: Rgb) -> list[Item]:
    """A violin with its bow."""
    wood = rgb("#8f4a22")
    return [*shaded(smooth([(0, -0.06), (0.16, 0.0), (0.1, 0.14), (0.2, 0.3), (0.12, 0.46), (-0.12, 0.46), (-0.2, 0.3),
        (-0.1, 0.14), (-0.16, 0.0)], 0.16), wood), Mark(line((0, -0.48), (0, 0.36)), DARK, stroke=0.045),
        Mark(line((-0.34, 0.2), (0.36, -0.3)), rgb("#c9a878"), stroke=0.018)]


def doll(colour: Rgb) -> list[Item]:
    """A doll."""
    return [*shaded(polygon((-0.08, -0.1), (0.08, -0.1), (0.26, 0.4), (-0.26, 0.4)), colour),
        *shaded(ellipse(0, -0.25, 0.16, 0.17), rgb("#e5bf9f")),
        Mark(smooth([(-0.17, -0.24), (-0.12, -0.42), (0.12, -0.42), (0.17, -0.24), (0, -0.34)], 0.15), rgb("#6b3f22")),
        Mark(ellipse(-0.05, -0.24, 0.016, 0.02), DARK), Mark(ellipse(0.05, -0.24, 0.016, 0.02), DARK)]


def cigarette(_: Rgb) -> list[Item]:
    """A cigarette, lit."""
    return [Mark(line((-0.3, 0), (0.14, 0)), rgb("#efe9dc"), stroke=0.07),
        Mark(line((-0.3, 0), (-0.2, 0)), rgb("#c98b4a"), stroke=0.07), Mark(ellipse(0.17, 0, 0.05, 0.05), rgb("#ff7a3a")),
        Mark(curve([(0.2, -0.02), (0.28, -0.2), (0.18, -0.34), (0.28, -0.5)]), (0.9, 0.9, 0.92), stroke=0.03, alpha=0.35,
        blur=0.02)]


def tool(_: Rgb) -> list[Item]:
    """A hammer."""
    return [Mark(line((0, -0.2), (0, 0.5)), rgb("#7a5635"), stroke=0.07),
        *shaded(polygon((-0.26, -0.36), (0.22, -0.38), (0.24, -0.16), (-0.22, -0.18)), STEEL)]


def parcel(colour: Rgb) -> list[Item]:
    """A parcel tied with string."""
    return [*shaded(polygon((-0.36, -0.26), (0.36, -0.28), (0.38, 0.28), (-0.38, 0.3)), mix(colour, rgb("#a88a5d"), 0.7)),
        Mark(line((0, -0.27), (0, 0.29)), rgb("#5d4526"), stroke=0.025),
        Mark(line((-0.37, 0.0), (0.37, 0.0)), rgb("#5d4526"), stroke=0.025)]
