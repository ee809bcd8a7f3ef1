"""Where people meet: tavern and great hall."""

from aiuteur.models.animatic.art.colour import rgb, scale
from aiuteur.models.animatic.art.display import Linear, ramp
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places import furniture
from aiuteur.models.animatic.art.shapes import ellipse, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage


def tavern(stage: Stage) -> None:
    """A tavern: black beams, a bar before rows of bottles, casks, tables with mugs, lanterns."""
    space = fit.Shell(3.2, 2.6, 2.4)
    plaster = rgb("#a8845a")
    fit.shell(stage, space, plaster, rgb("#5f432e"), rgb("#4a3524"))
    fit.boards(stage, space, rgb("#5f432e"), 0.4)
    beam = rgb("#35251b")
    for z in (2.3, 1.3, 0.3, -0.6):
        if z > stage.camera.near + 0.3:
            stage.panel(-3.2, 2.43, 6.4, 0.17, z, beam, 0.4)
    for x in (-3.1, -1.05, 1.0, 2.95):
        stage.panel(x, 0, 0.16, 2.6, 2.37, beam, 0.4)
    stage.stroke([(-3.0, 1.2, 2.37), (-1.1, 2.5, 2.37)], beam, 0.14)
    _bar(stage)
    _cask_row(stage)
    furniture.table(stage, 2.05, 0.2, (1.3, 0.74, 0.7), fit.DARK_WOOD)
    _mug(stage, 1.8, 0.4)
    _mug(stage, 2.25, 0.5)
    fit.candle(stage, 2.02, 0.77, 0.45)
    for x in (1.45, 2.7):
        stage.box(x - 0.18, 0, -0.05, (0.36, 0.44, 0.3), fit.WOOD)
    for x in (-1.5, 0.6):
        _lantern(stage, x, 2.12, 1.2)


def _bar(stage: Stage) -> None:
    for row in range(3):
        furniture.shelf(stage, -2.6, 1.2 + row * 0.4, 3.3, 2.3, fit.DARK_WOOD)
        furniture.bottles(stage, -2.55, 1.21 + row * 0.4, 3.2, 2.26, ("bar", row))
    wood = rgb("#6b4126")
    stage.box(-2.8, 0, 1.35, (3.7, 1.02, 0.55), wood)
    for step in range(7):
        stage.panel(-2.72 + step * 0.52, 0.14, 0.42, 0.7, 1.34, scale(wood, 0.75), 0.35)
    stage.box(-2.9, 1.02, 1.28, (3.9, 0.07, 0.7), scale(wood, 1.45))
    for x in (-2.2, -0.3):
        _mug(stage, x, 1.45, 1.09)
    for x in (-1.9, -1.6):
        px, py = stage.camera.at(x, 1.09, 1.5)
        unit = stage.camera.scale(1.5)
        stage.put(rect(px, py - 0.3 * unit, 0.05 * unit, 0.3 * unit), stage.colour(fit.BRASS, 0.8, 1.5))
        stage.put(ellipse(px + 0.025 * unit, py - 0.32 * unit, 0.05 * unit, 0.06 * unit),
            stage.colour((0.9, 0.88, 0.8), 0.7, 1.5))


def _mug(stage: Stage, x: float, z: float, y: float = 0.77) -> None:
    px, py = stage.camera.at(x, y, z)
    unit = stage.camera.scale(z)
    stage.put(rect(px - 0.06 * unit, py - 0.15 * unit, 0.12 * unit, 0.15 * unit), stage.colour(rgb("#a8803f"), 0.7, z))
    stage.put(ellipse(px + 0.08 * unit, py - 0.08 * unit, 0.035 * unit, 0.05 * unit), stage.colour(rgb("#8a6a35"), 0.6, z),
        stroke=0.02 * unit)
    stage.put(smooth([(px - 0.07 * unit, py - 0.14 * unit), (px - 0.04 * unit, py - 0.19 * unit),
        (px + 0.05 * unit, py - 0.185 * unit), (px + 0.07 * unit, py - 0.14 * unit)], 0.14),
        stage.colour((0.95, 0.92, 0.84), 0.8, z))


def _cask_row(stage: Stage) -> None:
    for x in (1.45, 2.3):
        px, py = stage.camera.at(x, 1.25, 2.2)
        radius = 0.36 * stage.camera.scale(2.2)
        stage.put(ellipse(px, py, radius, radius), stage.colour(rgb("#7a5230"), 0.5, 2.2))
        stage.put(ellipse(px, py, radius * 0.94, radius * 0.94), stage.colour((0.16, 0.14, 0.13), 0.4, 2.2), stroke=radius * 0.11)
        stage.put(rect(px - radius * 0.06, py + radius * 0.4, radius * 0.12, radius * 0.4), stage.colour(fit.BRASS, 0.8, 2.2))
    stage.panel(1.0, 0.78, 1.75, 0.1, 2.15, fit.DARK_WOOD, 0.5)
    furniture.barrel(stage, 1.5, 1.9, 0.75)
    furniture.barrel(stage, 2.3, 1.9, 0.75)


def _lantern(stage: Stage, x: float, y: float, z: float) -> None:
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, y, z)
    stage.stroke([(x, 2.4, z), (x, y + 0.1, z)], (0.1, 0.09, 0.08), 0.015)
    stage.put(rect(px - 0.08 * unit, py - 0.11 * unit, 0.16 * unit, 0.22 * unit), rgb("#ffcf7a"))
    stage.put(rect(px - 0.08 * unit, py - 0.11 * unit, 0.16 * unit, 0.22 * unit), (0.08, 0.07, 0.06), stroke=0.02 * unit)
    stage.put(polygon((px - 0.12 * unit, py - 0.11 * unit), (px + 0.12 * unit, py - 0.11 * unit), (px, py - 0.22 * unit)),
        (0.08, 0.07, 0.06))
    stage.glow((px, py), 2.3 * unit, rgb("#ffae55"), 0.8 if stage.light.dim else 0.5)


def hall(stage: Stage) -> None:
    """A great hall: pillars, a chequered floor, tall windows, a staircase with a red carpet, a chandelier."""
    space = fit.Shell(5.0, 6.4, 6.5)
    stone = rgb("#b3a68c") if not stage.old else rgb("#8f877a")
    fit.shell(stage, space, stone, rgb("#c9bfa8"), rgb("#8a7c66"))
    fit.tiles(stage, space, rgb("#5d564c"), 0.8)
    for x in (-3.6, 2.3):
        fit.window(stage, x, 1.8, 1.3, 3.6, 6.45, bars=3, frame=rgb("#6a5f50"), round_head=True)
    _staircase(stage)
    for z in (5.6, 3.2, 0.9):
        for side in (-1, 1):
            _pillar(stage, side * 3.9, z, stone)
            stage.panel(side * 3.9 - 0.35, 2.4, 0.7, 1.7, z - 0.37, rgb("#7a2a2c") if side < 0 else rgb("#2c3f66"), 0.5)
            stage.panel(side * 3.9 - 0.12, 2.95, 0.24, 0.6, z - 0.38, rgb("#c9a550"), 0.6)
    _chandelier(stage)


def _staircase(stage: Stage) -> None:
    rail = rgb("#6a4a30")
    stage.panel(-1.0, 2.2, 2.0, 3.0, 6.48, rgb("#5d3f2a"), 0.4)
    stage.panel(-0.82, 2.2, 1.64, 2.8, 6.47, rgb("#33241a"), 0.3)
    for step in reversed(range(11)):  # the far steps first, as the near ones stand before them
        rise, z = 0.2 * (step + 1), 3.6 + step * 0.25
        stage.box(-2.5 + step * 0.05, 0, z, (5.0 - step * 0.1, rise, 0.25), scale(rgb("#a89a80"), 0.9 + 0.02 * (step % 2)))
        stage.panel(-2.5 + step * 0.05, rise - 0.035, 5.0 - step * 0.1, 0.035, z - 0.01, rgb("#c4b69a"), 0.6)
        stage.panel(-1.0, rise - 0.2, 2.0, 0.19, z - 0.02, rgb("#8f2f30"), 0.55)
        for side in (-1, 1):
            stage.panel(side * (2.42 - step * 0.05) - 0.03, rise, 0.06, 0.95, z - 0.01, scale(rail, 0.9), 0.45)
    for side in (-1, 1):
        stage.stroke([(side * 2.42, 1.15, 3.6), (side * 1.92, 3.15, 6.1)], rail, 0.13)
        stage.panel(side * 2.45 - 0.14, 0, 0.28, 1.3, 3.5, rail, 0.5)


def _pillar(stage: Stage, x: float, z: float, stone: tuple[float, float, float]) -> None:
    left, foot = stage.camera.at(x - 0.32, 0, z)
    unit = stage.camera.scale(z)
    lit, dim = stage.colour(scale(stone, 1.1), 0.75, z), stage.colour(scale(stone, 0.65), 0.1, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.shade(x, z, 0.7, 0.5)
    stage.put(rect(left, foot - 6.4 * unit, 0.64 * unit, 6.4 * unit), Linear((left, 0), (left + 0.64 * unit, 0), ramp(*colours)))
    for y, tall in ((0, 0.35), (5.3, 0.4)):
        stage.panel(x - 0.45, y, 0.9, tall, z - 0.01, scale(stone, 1.05), 0.5)
    for share in (0.25, 0.5, 0.75):
        stage.put(rect(left + share * 0.64 * unit, foot - 5.2 * unit, 0.02 * unit, 4.8 * unit),
            stage.colour(scale(stone, 0.55), 0.2, z), alpha=0.6)


def _chandelier(stage: Stage) -> None:
    z = 2.6
    px, py = stage.camera.at(0, 4.3, z)
    unit = stage.camera.scale(z)
    stage.stroke([(0, 6.4, z), (0, 4.3, z)], (0.15, 0.12, 0.1), 0.03)
    stage.put(ellipse(px, py, 1.1 * unit, 0.16 * unit), stage.colour(fit.BRASS, 0.7, z), stroke=0.06 * unit)
    for step in range(7):
        fit.flame(stage, -1.05 + step * 0.35, 4.36 + 0.05 * (step % 2), z, 0.1, 0.6)
    stage.glow((px, py), 3.4 * unit, stage.light.practical, 0.7 if stage.light.dim else 0.3)
