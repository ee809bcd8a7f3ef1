"""A tent from within."""

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, ramp
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places import furniture
from aiuteur.models.animatic.art.shapes import curve, ellipse, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage

_CLOTH = rgb("#c7ab7d")
_RIDGE, _EAVES, _BACK = 2.9, 1.25, 2.6


def tent(stage: Stage) -> None:
    """A tent: cloth that falls from a ridge to low walls, seams, an open flap with the hour outside, poles, a rug, a lantern."""
    camera = stage.camera
    near = camera.near
    stage.put(rect(-0.3 * camera.width, -0.5 * camera.height, 1.6 * camera.width, 2 * camera.height),
        stage.colour(scale(_CLOTH, 0.5), 0.1, _BACK))
    stage.face([(-3.6, 0, near), (3.6, 0, near), (3.6, 0, _BACK), (-3.6, 0, _BACK)], rgb("#a5875c"), 0.45)
    for side in (-1, 1):
        lit = 0.6 if (side > 0) == (stage.light.side < 0) else 0.2
        stage.side(side * 3.4, 0, _EAVES, near, _BACK, _CLOTH)
        stage.face([(side * 3.4, _EAVES, near), (side * 3.4, _EAVES, _BACK), (0, _RIDGE, _BACK), (0, _RIDGE, near)], _CLOTH, lit)
        for step in range(6):
            z = near + (_BACK - near) * step / 5
            stage.stroke([(side * 3.4, 0, z), (side * 3.4, _EAVES, z), (0, _RIDGE, z)], scale(_CLOTH, 0.62), 0.03, alpha=0.7)
    stage.face([(-3.4, 0, _BACK), (-3.4, _EAVES, _BACK), (0, _RIDGE, _BACK), (3.4, _EAVES, _BACK), (3.4, 0, _BACK)],
        scale(_CLOTH, 0.9), 0.42)
    _flap(stage)
    for z in (_BACK - 0.2, 0.5):
        stage.stroke([(0.9, 0, z), (0.9, _RIDGE - 0.75, z)], fit.DARK_WOOD, 0.1)
    furniture.rug(stage, 1.5, -0.9, 1.0, rgb("#8a3f36"))
    _cushions(stage)
    fit.hanging(stage, -0.5, 1.95, 0.9, _RIDGE - 0.2, strength=0.7)
    stage.box(-2.7, 0, 1.6, (0.9, 0.5, 0.5), fit.WOOD)


def _flap(stage: Stage) -> None:
    """The way out, its cloth tied back, with sky and land in it."""
    z = _BACK - 0.01
    top, low = fit.pane(stage)
    points = [stage.camera.at(x, y, z) for x, y in ((-1.0, 0), (-0.35, 1.9), (0.35, 1.9), (0.75, 0))]
    stage.put(polygon(*points), Linear((0, points[1][1]), (0, points[0][1]), ramp(top, low)))
    left, y = stage.camera.at(-1.0, 0.35, z)
    right = stage.camera.at(0.75, 0, z)[0]
    foot = points[0][1]
    land = mix(low, rgb("#8a6f4a"), 0.6)
    stage.put(polygon((left, foot), (left + (right - left) * 0.1, y), (right - (right - left) * 0.08, y), (right, foot)), land)
    unit = stage.camera.scale(z)
    for side, x in ((-1, -0.7), (1, 0.6)):
        px, py = stage.camera.at(x, 0, z)
        fold = smooth([(px, py), (px + side * 0.3 * unit, py - 0.9 * unit), (px - side * 0.1 * unit, py - 1.9 * unit),
            (px + side * 0.5 * unit, py - 1.2 * unit), (px + side * 0.55 * unit, py)], 0.12)
        stage.put(fold, stage.colour(scale(_CLOTH, 1.08), 0.6, z))
        stage.put(curve([(px + side * 0.2 * unit, py), (px + side * 0.36 * unit, py - 0.9 * unit)]),
            stage.colour(scale(_CLOTH, 0.6), 0.3, z), stroke=0.02 * unit)
    if not stage.light.night:
        stage.glow(stage.camera.at(-0.1, 1.0, z), 2.4 * unit, low, 0.4)


def _cushions(stage: Stage) -> None:
    for x, z, colour in ((1.7, 1.3, "#6d3a52"), (2.3, 1.5, "#b5793a"), (2.0, 0.9, "#3f5f66")):
        px, py = stage.camera.at(x, 0, z)
        unit = stage.camera.scale(z)
        stage.shade(x, z, 0.4, 0.4)
        lit, dim = stage.colour(rgb(colour), 0.6, z), stage.colour(scale(rgb(colour), 0.6), 0.2, z)
        stage.put(smooth([(px - 0.36 * unit, py - 0.04 * unit), (px - 0.34 * unit, py - 0.28 * unit), (px, py - 0.34 * unit),
            (px + 0.34 * unit, py - 0.28 * unit), (px + 0.36 * unit, py - 0.04 * unit), (px, py)], 0.14),
            Linear((0, py - 0.34 * unit), (0, py), ramp(lit, dim)))
        stage.put(ellipse(px, py - 0.18 * unit, 0.03 * unit, 0.03 * unit), dim)
