"""The lantern room of a lighthouse."""

import math
from itertools import pairwise

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Radial, Stop, ramp
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import curve, ellipse, polygon, rect
from aiuteur.models.animatic.art.stage import Stage

_IRON = rgb("#3c4a4a")
_GLASS = ((-3.6, 0.3), (-2.4, 2.1), (-0.9, 2.9), (0.9, 2.9), (2.4, 2.1), (3.6, 0.3))
"""Where the mullions of the glass stand round the lamp: metres aside, metres behind."""

_BEEHIVE = ((-0.42, 0.8), (-0.66, 0.25), (-0.66, -0.25), (-0.42, -0.85), (0.42, -0.85), (0.66, -0.25), (0.66, 0.25), (0.42, 0.8))
"""The outline of a great lens, in metres from its flame."""


def lantern_room(stage: Stage) -> None:
    """A lighthouse's lantern: panes all round over an iron wall, the sea outside, the great lens on its pillar, a gallery."""
    camera = stage.camera
    top, low = fit.pane(stage)
    horizon = camera.horizon
    stage.put(rect(-0.3 * camera.width, -0.5 * camera.height, 1.6 * camera.width, 2 * camera.height),
        Linear((0, 0), (0, horizon), ramp(top, low)))
    deep = stage.light.on(mix(rgb("#2f5d74"), top, 0.4), 0.4)
    stage.put(rect(-0.3 * camera.width, horizon, 1.6 * camera.width, camera.height), deep)
    near = camera.near
    wood = rgb("#7a6248")
    stage.face([(-3.6, 0, near), (3.6, 0, near), (3.6, 0, 0.3), (2.4, 0, 2.1), (0.9, 0, 2.9), (-0.9, 0, 2.9), (-2.4, 0, 2.1),
        (-3.6, 0, 0.3)], wood, 0.4)
    spots = [(-3.6, near), *_GLASS, (3.6, near)]
    for one, two in pairwise(spots):
        _pane(stage, one, two)
    for step in range(13):
        turn = math.pi * step / 12
        stage.stroke([(3.4 * math.cos(turn), 0, -0.4 + 3.2 * math.sin(turn)), (0, 0, -0.4)], scale(wood, 0.6), 0.02, alpha=0.5)
    _lens(stage, 0.35, 1.5)


def _pane(stage: Stage, one: tuple[float, float], two: tuple[float, float]) -> None:
    """One side of the lantern: iron below, glass above with a bar across, the roof's edge over it."""
    (x0, z0), (x1, z1) = one, two
    key = 0.6 if (x0 + x1 > 0) == (stage.light.side < 0) else 0.25
    for low, high, albedo in ((0.0, 0.9, _IRON), (2.55, 6.0, scale(_IRON, 0.7))):
        stage.face([(x0, low, z0), (x0, high, z0), (x1, high, z1), (x1, low, z1)], albedo, key)
    stage.face([(x0, 1.67, z0), (x0, 1.73, z0), (x1, 1.73, z1), (x1, 1.67, z1)], _IRON, key)
    for x, z in ((x, z) for x, z in (one, two) if z > stage.camera.near):
        stage.stroke([(x, 0.85, z), (x, 2.6, z)], _IRON, 0.11)


def _lens(stage: Stage, x: float, z: float) -> None:
    """Rings of cut glass round a flame, on a pillar of brass."""
    unit = stage.camera.scale(z)
    stage.shade(x, z, 0.8, 0.5)
    stage.box(x - 0.45, 0, z, (0.9, 0.75, 0.6), scale(fit.BRASS, 0.7))
    px, py = stage.camera.at(x, 1.55, z)
    power = 1.0 if stage.light.dim else 0.5
    stage.glow((px, py), 4.5 * unit, stage.light.practical, 0.9 * power)
    body = polygon(*((px + dx * unit, py + dy * unit) for dx, dy in _BEEHIVE))
    pale = mix(stage.light.practical, (1, 1, 1), 0.6)
    stage.put(body, Radial((px, py), 0.95 * unit, (Stop(0, pale, 0.95), Stop(0.4, mix(pale, rgb("#a9c9c4"), 0.5), 0.8),
        Stop(1, rgb("#6f9490"), 0.85))))
    stage.put(body, stage.colour(fit.BRASS, 0.8, z), stroke=0.05 * unit)
    for step in range(1, 8):
        y = py - 0.85 * unit + 1.65 * unit * step / 8
        wide = (0.66 - 0.2 * abs(step / 4 - 1)) * unit
        stage.put(curve([(px - wide, y), (px, y + 0.05 * unit), (px + wide, y)]), (0.93, 0.98, 0.96), stroke=0.022 * unit,
            alpha=0.75)
    for share in (-0.33, 0.33):
        stage.put(rect(px + share * unit - 0.015 * unit, py - 0.85 * unit, 0.03 * unit, 1.65 * unit),
            stage.colour(fit.BRASS, 0.7, z))
    stage.put(ellipse(px, py, 0.13 * unit, 0.2 * unit), (1, 0.97, 0.86))
