"""Where people lie: a bedroom, and a ward full of beds."""

from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places import furniture
from aiuteur.models.animatic.art.shapes import curve, ellipse, smooth
from aiuteur.models.animatic.art.stage import Stage

_SHEET = rgb("#e4e1d8")


def bedroom(stage: Stage) -> None:
    """A bedroom: a wide bed with pillows and a quilt, a night table with its lamp, a wardrobe, a window, a rug."""
    space = fit.Shell(2.9, 2.7, 2.3)
    paper = fit.STONE if stage.old else rgb(stage.rng.choice(("#8a94a6", "#a58f80", "#8f9a86", "#a08a9a")))
    fit.shell(stage, space, paper, fit.WOOD, scale(mix(paper, (1, 1, 1), 0.5), 0.9))
    fit.boards(stage, space, fit.WOOD)
    fit.skirting(stage, space, scale(fit.DARK_WOOD, 1.1))
    fit.side_door(stage, 2.9, 0.9, scale(fit.WOOD, 1.1))
    fit.window(stage, 1.15, 1.0, 1.1, 1.3, 2.26)
    fit.curtains(stage, 1.15, 0.75, 1.1, 1.6, 2.24, rgb(stage.rng.choice(("#6d4a5e", "#4a5f78", "#7a6a3f"))))
    furniture.picture_frame(stage, -0.75, 1.7, 0.6, 0.45, 2.25)
    _wardrobe(stage, -2.8, 1.75)
    furniture.rug(stage, 1.4, -0.9, 0.9, rgb("#5f4a63"))
    _bed(stage, -1.35, 0.75, 1.7, rgb(stage.rng.choice(("#8a4a4a", "#4a6680", "#5f7a55"))), headboard=fit.DARK_WOOD)
    stage.box(0.5, 0, 1.8, (0.5, 0.6, 0.4), fit.DARK_WOOD)
    _night_lamp(stage, 0.75, 0.6, 1.95)


def _bed(stage: Stage, x: float, z: float, wide: float, quilt: Rgb, *, headboard: Rgb) -> None:
    """A bed seen from its foot: head at the wall, two pillows, a quilt turned down."""
    end = 2.2
    stage.shade(x + wide / 2, z, wide * 0.7, 0.5)
    stage.panel(x - 0.06, 0.2, wide + 0.12, 1.05, end, headboard, 0.5)
    for dx in (-0.1, wide + 0.02):
        stage.panel(x + dx, 0, 0.09, 1.35, end - 0.01, scale(headboard, 1.25), 0.55)
    stage.box(x, 0.18, z, (wide, 0.36, end - z), _SHEET)
    count = 2 if wide > 1.2 else 1  # a double bed
    for step in range(count):
        px, py = stage.camera.at(x + wide * (step + 0.5) / count, 0.62, end - 0.25)
        unit = stage.camera.scale(end - 0.25)
        half = 0.36 * unit
        stage.put(smooth([(px - half, py), (px - half * 0.9, py - 0.2 * unit), (px, py - 0.25 * unit),
            (px + half * 0.9, py - 0.2 * unit), (px + half, py), (px, py + 0.08 * unit)], 0.13),
            stage.colour((0.95, 0.94, 0.91), 0.65, end))
    fold = z + (end - z) * 0.62
    left, right = x - 0.03, x + wide + 0.03
    stage.face([(left, 0.56, z), (right, 0.56, z), (right, 0.56, fold), (left, 0.56, fold)], quilt, 0.6)
    stage.panel(x - 0.04, 0.1, wide + 0.08, 0.46, z - 0.02, scale(quilt, 0.85), 0.42)
    for step in range(1, 4):
        stage.stroke([(x + wide * step / 4, 0.56, fold), (x + wide * step / 4, 0.56, z), (x + wide * step / 4, 0.12, z - 0.03)],
            scale(quilt, 0.7), 0.02)
    stage.stroke([(left, 0.57, fold), (right, 0.57, fold)], _SHEET, 0.09, 0.6)
    for dx in (-0.06, wide - 0.02):
        stage.panel(x + dx, 0, 0.08, 0.7, z - 0.04, scale(headboard, 1.1), 0.5)


def _wardrobe(stage: Stage, x: float, z: float) -> None:
    wood = fit.DARK_WOOD
    stage.box(x, 0, z, (1.2, 2.15, 0.5), wood)
    for dx in (0.06, 0.62):
        stage.panel(x + dx, 0.15, 0.52, 1.9, z - 0.01, scale(wood, 1.3), 0.45)
        stage.panel(x + dx + 0.07, 0.28, 0.38, 1.6, z - 0.02, scale(wood, 1.1), 0.4)
    for dx in (0.55, 0.65):
        stage.panel(x + dx - 0.015, 1.0, 0.03, 0.16, z - 0.03, fit.BRASS, 0.8)


def _night_lamp(stage: Stage, x: float, y: float, z: float) -> None:
    if stage.old or stage.gaslit:
        fit.candle(stage, x, y, z)
        return
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, y, z)
    stage.panel(x - 0.02, y, 0.04, 0.2, z, fit.BRASS, 0.5)
    on = stage.light.dim
    top = py - 0.2 * unit
    shade = smooth([(px - 0.16 * unit, top), (px - 0.09 * unit, top - 0.2 * unit), (px + 0.09 * unit, top - 0.2 * unit),
        (px + 0.16 * unit, top)], 0.04)
    stage.put(shade, mix(stage.light.practical, (1, 0.95, 0.8), 0.3) if on else stage.colour(rgb("#d8c9a0"), 0.6, z))
    if on:
        stage.glow((px, top - 0.1 * unit), 2.4 * unit, stage.light.practical, 0.8)


def ward(stage: Stage) -> None:
    """A hospital ward: white iron beds along a pale wall, screens, a drip, tall windows, a tiled floor."""
    space = fit.Shell(3.6, 3.2, 2.9)
    fit.shell(stage, space, rgb("#cfd8d6"), rgb("#a9b3b0"), rgb("#e3e6e2"))
    fit.tiles(stage, space, rgb("#8f9c9a"), 0.6)
    stage.panel(-3.6, 0, 7.2, 1.15, 2.89, rgb("#9fb8b4"), 0.45)
    stage.panel(-3.6, 1.13, 7.2, 0.06, 2.88, rgb("#7f9a96"), 0.5)
    for x in (-2.75, -0.55, 1.65):
        fit.window(stage, x, 1.35, 1.1, 1.55, 2.86, frame=rgb("#eceae2"))
    for x in (-3.35, -1.15, 1.05):
        _bed(stage, x + 0.15, 1.2, 1.0, rgb("#b9cdd2"), headboard=rgb("#dfe2de"))
        stage.panel(x + 0.45, 0.62, 0.3, 0.4, 1.14, rgb("#efece2"), 0.6)
    _drip(stage, 0.15, 1.6)
    _cross(stage, 2.95, 2.35, 2.86)
    _screen(stage, 2.5, 1.0)
    fit.side_door(stage, -3.6, 0.3, rgb("#dfe2da"))
    for x in (-1.6, 1.6):
        fit.hanging(stage, x, 2.6, 1.2, 3.2, strength=0.5)


def _drip(stage: Stage, x: float, z: float) -> None:
    steel = rgb("#c9ced0")
    stage.stroke([(x, 0, z), (x, 1.9, z)], steel, 0.035, 0.6)
    stage.stroke([(x - 0.18, 1.88, z), (x + 0.18, 1.88, z)], steel, 0.03, 0.6)
    px, py = stage.camera.at(x + 0.16, 1.66, z)
    unit = stage.camera.scale(z)
    stage.put(ellipse(px, py, 0.07 * unit, 0.14 * unit), stage.colour(rgb("#cfe3ea"), 0.7, z))
    stage.put(curve([(px, py + 0.14 * unit), (px + 0.05 * unit, py + 0.6 * unit), (px - 0.3 * unit, py + 0.95 * unit)]),
        stage.colour(rgb("#dbe7ea"), 0.6, z), stroke=0.015 * unit)


def _cross(stage: Stage, x: float, y: float, z: float) -> None:
    stage.panel(x - 0.22, y - 0.22, 0.44, 0.44, z, rgb("#f1efe8"), 0.6)
    for wide, tall in ((0.3, 0.09), (0.09, 0.3)):
        stage.panel(x - wide / 2, y - tall / 2, wide, tall, z - 0.01, rgb("#c23b3b"), 0.7)


def _screen(stage: Stage, x: float, z: float) -> None:
    """A folding screen of cloth."""
    for step in range(2):
        stage.panel(x + step * 0.5, 0.15, 0.46, 1.6, z + 0.08 * step, rgb("#dfe6df"), 0.55 - 0.15 * step)
        stage.panel(x + step * 0.5 - 0.02, 0, 0.04, 1.8, z + 0.08 * step - 0.01, rgb("#aab2ae"), 0.5)
