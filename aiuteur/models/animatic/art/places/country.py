"""Tended land: field and garden."""

import math

from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.shapes import arch, curve, ellipse, line, rect, smooth
from aiuteur.models.animatic.art.stage import Stage


def field(stage: Stage) -> None:
    """Farmland: furrows or corn to a low horizon, hay, a fence, a lone tree, a far farm."""
    air.sky(stage)
    crop = air.land(stage, rgb("#b59a4f"))
    stage.ground(crop, mix(crop, rgb("#8a9a55"), 0.5))
    air.ridge(stage, 170, 16, rgb("#6d8070"), "far", 0.4)
    air.ridge(stage, 90, 5, rgb("#7a8a50"), "near", 0.5)
    _farm(stage, 14, 60)
    near = stage.camera.near
    for step in range(-16, 17):
        x = step * 1.1
        stage.face([(x - 0.16, 0, near), (x + 0.16, 0, near), (x * 1.0 + 0.16, 0, 70), (x - 0.16, 0, 70)], scale(crop, 0.74), 0.4)
    for x, z in ((-6.5, 16), (4.5, 24), (-2.5, 36), (9.5, 14)):
        _stack(stage, x, z)
    air.tree(stage, -8.0, 24, 8.5, air.LEAF, "field")
    for step in range(11):
        stage.panel(-9.5 + step * 1.9, 0, 0.12, 1.0, 6.5, rgb("#6d5a44"), 0.5)
    for y in (0.4, 0.8):
        stage.stroke([(-11, y, 6.5), (0, y, 6.5), (11, y, 6.5)], rgb("#6d5a44"), 0.08)
    air.grass(stage, -2.0, 12.0, mix(crop, air.LEAF, 0.25), 80)
    air.mist(stage, 70, 6, 0.3)


def _farm(stage: Stage, x: float, z: float) -> None:
    stage.panel(x, 0, 8, 3.6, z, rgb("#b9aa92"), 0.5)
    stage.face([(x - 0.4, 3.6, z), (x + 8.4, 3.6, z), (x + 7, 7, z), (x + 1, 7, z)], rgb("#8a4a3c"), 0.5)
    stage.panel(x - 6, 0, 5, 4.6, z, rgb("#7d3f35"), 0.5)
    stage.face([(x - 6.4, 4.6, z), (x - 0.6, 4.6, z), (x - 3.5, 7.4, z)], rgb("#54443f"), 0.5)
    if stage.light.lamps:
        for dx in (1.4, 4.6):
            stage.panel(x + dx, 1.4, 0.9, 1.0, z, rgb("#ffcf7c"), 1.4)


def _stack(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.shade(x, z, 1.2, 0.4)
    lit, dim = stage.colour(rgb("#cfae5c"), 0.7, z), stage.colour(rgb("#8a6f38"), 0.15, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.put(smooth([(px - unit, py), (px - 1.05 * unit, py - 0.9 * unit), (px - 0.3 * unit, py - 1.9 * unit),
        (px, py - 2.15 * unit), (px + 0.3 * unit, py - 1.9 * unit), (px + 1.05 * unit, py - 0.9 * unit), (px + unit, py)], 0.13),
        Linear((px - unit, 0), (px + unit, 0), ramp(*colours)))


def garden(stage: Stage) -> None:
    """A garden: clipped hedges, a gravel path to a gate, beds in bloom, a fountain, a rose arch."""
    air.sky(stage)
    lawn = air.land(stage, rgb("#6f9650"))
    stage.ground(lawn, lawn)
    air.ridge(stage, 60, 8, rgb("#5a7a55"), "trees", 0.4, 14)
    for x, seed in ((-11, 1), (-6.5, 2), (7, 3), (12, 4)):
        air.tree(stage, x, 26, 7.0, air.LEAF, seed)
    hedge = rgb("#3f5f38")
    stage.box(-25, 0, 16.0, (23.4, 2.1, 1.0), hedge)
    stage.box(1.6, 0, 16.0, (23.4, 2.1, 1.0), hedge)
    stage.face([(-1.2, 0, stage.camera.near), (1.2, 0, stage.camera.near), (0.9, 0, 16), (-0.9, 0, 16)],
        air.land(stage, rgb("#cdbb94")), 0.55)
    _gate(stage)
    for side in (-1, 1):
        for z in (11.0, 8.0, 5.4, 3.2):
            stage.box(1.8 if side > 0 else -13.3, 0, z, (11.5, 0.3, 0.8), hedge)
            for step in range(18):
                if not stage.camera.sees(side * (2.05 + step * 0.62), z):
                    continue
                bloom = (rgb("#d1495b"), rgb("#edae49"), rgb("#e8e2ef"), rgb("#9a6fb0"))[(round(z) + step) % 4]
                air.bush(stage, side * (2.05 + step * 0.62), z + 0.3, 0.62, air.LEAF, bloom)
    for side in (-1, 1):
        _topiary(stage, side * 1.75, 6.4)
        _topiary(stage, side * 1.75, 12.0)
    _fountain(stage, 0.0, 9.2)
    air.grass(stage, -1.5, 3.0, lawn, 26)


def _gate(stage: Stage) -> None:
    px, py = stage.camera.at(-1.3, 0, 16)
    unit = stage.camera.scale(16)
    stage.put(arch(px, py, 2.6 * unit, 3.4 * unit, 0.5), stage.colour(rgb("#4a6b3c"), 0.5, 16), stroke=0.5 * unit)
    rng = chance("roses", stage.picture.place_name)
    for _ in range(16):
        turn = rng.uniform(0, math.pi)
        stage.put(ellipse(px + 1.3 * unit + math.cos(turn) * 1.35 * unit, py - 2.0 * unit - math.sin(turn) * 1.4 * unit,
            0.13 * unit, 0.12 * unit), stage.colour(rgb("#d86a7c"), 0.7, 16))
    for step in range(6):
        stage.panel(-0.85 + step * 0.33, 0, 0.08, 1.5, 16, rgb("#e5e2d8"), 0.6)
    stage.panel(-0.9, 0.9, 1.85, 0.1, 16, rgb("#e5e2d8"), 0.6)


def _topiary(stage: Stage, x: float, z: float) -> None:
    stage.shade(x, z, 0.45, 0.4)
    stage.panel(x - 0.22, 0, 0.44, 0.4, z, rgb("#a8624a"), 0.5)
    px, py = stage.camera.at(x, 0.4, z)
    unit = stage.camera.scale(z)
    for y, radius in ((0.35, 0.38), (0.95, 0.29), (1.42, 0.2)):
        lit, dim = stage.colour(rgb("#5b8446"), 0.7, z), stage.colour(rgb("#345028"), 0.1, z)
        start, end = (px + stage.light.side * radius * unit, py - (y + radius) * unit), (px - stage.light.side * radius * unit,
            py - (y - radius) * unit)
        stage.put(ellipse(px, py - y * unit, radius * unit, radius * unit), Linear(start, end, ramp(lit, dim)))


def _fountain(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stone = stage.colour(rgb("#b9b4a8"), 0.6, z)
    stage.put(smooth([(px - 1.0 * unit, py), (px - 1.05 * unit, py - 0.4 * unit), (px + 1.05 * unit, py - 0.4 * unit),
        (px + 1.0 * unit, py)], 0.08), stone)
    stage.put(ellipse(px, py - 0.42 * unit, 1.0 * unit, 0.16 * unit), mix(stage.light.hour.sky[1], rgb("#5f8a94"), 0.5))
    stage.put(rect(px - 0.12 * unit, py - 1.2 * unit, 0.24 * unit, 0.85 * unit), scale(stone, 0.9))
    stage.put(ellipse(px, py - 1.2 * unit, 0.42 * unit, 0.1 * unit), stone)
    for side in (-1, 1):
        stage.put(curve([(px, py - 1.7 * unit), (px + side * 0.35 * unit, py - 1.55 * unit),
            (px + side * 0.62 * unit, py - 0.5 * unit)]), (0.85, 0.92, 0.97), stroke=0.05 * unit, alpha=0.65)
    stage.put(line((px, py - 1.2 * unit), (px, py - 1.75 * unit)), (0.85, 0.92, 0.97), stroke=0.06 * unit, alpha=0.7)
