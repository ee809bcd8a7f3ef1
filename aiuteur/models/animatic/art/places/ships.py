"""A ship's deck, with the sea all round."""

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Path
from aiuteur.models.animatic.art.places import air, shore
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import curve, ellipse, line
from aiuteur.models.animatic.art.stage import Stage

_BOW = 9.0
"""How far before the people the deck ends, in metres."""


def deck(stage: Stage) -> None:
    """A deck: planks that run to the bow, bulwarks, a mast with shrouds and furled sail, or a funnel and a bridge of steel."""
    air.sky(stage)
    shore.water(stage)
    air.mist(stage, 120, 6, 0.3)
    wood = air.land(stage, rgb("#a58258"))
    near = stage.camera.near
    half = 3.4
    stage.face([(-half, 0, near), (half, 0, near), (half, 0, 2.0), (0.5, 0, _BOW), (-0.5, 0, _BOW), (-half, 0, 2.0)], wood, 0.5)
    for step in range(15):
        x = -half + step * half / 7
        stage.stroke([(x, 0, near), (x, 0, 2.0), (x * 0.15, 0, _BOW)], scale(wood, 0.55), 0.02, alpha=0.6)
    _bulwarks(stage, half, near)
    if stage.modern:
        _steel(stage)
    else:
        _rigging(stage)
    for x, z in ((-2.3, 1.6), (2.2, 2.6)):
        _coil(stage, x, z)
    stage.box(1.5, 0, 3.2, (0.9, 0.55, 0.6), fit.WOOD)
    if stage.light.dim:
        fit.flame(stage, 2.0, 0.62, 3.4, 0.08, 1.6)


def _bulwarks(stage: Stage, half: float, near: float) -> None:
    """The ship's sides: planked and capped by a rail, drawn in to the bow."""
    paint = rgb("#e4e2da") if stage.modern else rgb("#6b4a30")
    for side in (-1, 1):
        for (x0, z0), (x1, z1) in (((0.5, _BOW), (half, 2.0)), ((half, 2.0), (half, near))):
            stage.face([(side * x0, 0, z0), (side * x0, 0.95, z0), (side * x1, 0.95, z1), (side * x1, 0, z1)], paint,
                0.6 if (side > 0) == (stage.light.side < 0) else 0.2)
            stage.face([(side * x0, 0.95, z0), (side * x0, 1.04, z0), (side * x1, 1.04, z1), (side * x1, 0.95, z1)],
                fit.DARK_WOOD, 0.6)
    for side in (-1, 1):
        for z in (6.5, 4.5, 2.6, 1.0):
            x = side * (half if z < 2 else 0.5 + (half - 0.5) * (_BOW - z) / (_BOW - 2.0))
            stage.stroke([(x, 0, z), (x, 1.02, z)], scale(fit.DARK_WOOD, 0.8), 0.1)
    stage.stroke([(0, 0.9, _BOW), (0, 2.2, _BOW + 3.5)], fit.DARK_WOOD, 0.3)


def _rigging(stage: Stage) -> None:
    """A mast, a yard with its sail taken in, shrouds and ratlines."""
    wood = rgb("#5d4029")
    z = 5.2
    rope = rgb("#3a2f24")
    for side in (-1, 1):
        for step in range(4):
            stage.stroke([(side * (2.2 - step * 0.16), 0.95, z - 0.9 + step * 0.5), (0, 9.0, z)], rope, 0.035)
        for rung in range(7):
            share = rung / 9
            y = 0.95 + share * 8
            stage.stroke([(side * 2.2 * (1 - share), y, z - 0.9 * (1 - share)), (side * 1.7 * (1 - share), y, z + 0.6)], rope,
                0.025)
    stage.stroke([(0, 0, z), (0, 12.0, z)], wood, 0.42)
    stage.stroke([(-4.2, 4.6, z), (4.2, 4.6, z)], scale(wood, 0.9), 0.22)
    cloth = stage.colour(rgb("#dccfb2"), 0.65, z)
    unit = stage.camera.scale(z)
    left, y = stage.camera.at(-4.0, 4.55, z)
    right = stage.camera.at(4.0, 4.55, z)[0]
    steps = 6
    for step in range(steps):
        x0, x1 = left + (right - left) * step / steps, left + (right - left) * (step + 1) / steps
        swag: Path = (*curve([(x0, y), ((x0 + x1) / 2, y + 0.42 * unit), (x1, y)]), ("Z", ()))
        stage.put(swag, cloth)
        stage.put(line((x1, y - 0.1 * unit), (x1, y + 0.16 * unit)), stage.colour(rope, 0.3, z), stroke=max(1.0, 0.06 * unit))


def _steel(stage: Stage) -> None:
    """A bridge of painted steel with lit windows, and a mast with a radar."""
    z = 7.0
    stage.panel(-2.0, 0, 4.0, 3.4, z, rgb("#e8e6df"), 0.55)
    stage.panel(-1.8, 2.1, 3.6, 0.8, z - 0.01, mix(stage.light.practical, (1, 1, 1), 0.3) if stage.light.dim else rgb("#34434f"),
        0.8)
    for step in range(1, 5):
        stage.panel(-1.8 + step * 0.72, 2.1, 0.08, 0.8, z - 0.02, rgb("#e8e6df"), 0.5)
    stage.panel(-0.45, 0, 0.9, 1.8, z - 0.02, rgb("#9aa0a2"), 0.4)
    stage.stroke([(0, 3.4, z), (0, 6.4, z)], rgb("#d6d4cc"), 0.14)
    stage.stroke([(-0.9, 5.6, z), (0.9, 5.6, z)], rgb("#d6d4cc"), 0.16)
    px, py = stage.camera.at(2.6, 1.1, 5.6)
    unit = stage.camera.scale(5.6)
    stage.put(ellipse(px, py, 0.36 * unit, 0.36 * unit), stage.colour(rgb("#d4502f"), 0.6, 5.6), stroke=0.15 * unit)


def _coil(stage: Stage, x: float, z: float) -> None:
    """Rope coiled down on the planks."""
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.shade(x, z, 0.4, 0.4)
    for order in range(4):
        stage.put(ellipse(px, py - (0.06 + 0.07 * order) * unit, (0.36 - 0.03 * order) * unit, 0.1 * unit),
            stage.colour(rgb("#b59a6a"), 0.5, z), stroke=0.075 * unit)
