"""Where people live: room and kitchen."""

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, fade
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places import furniture
from aiuteur.models.animatic.art.shapes import curve, ellipse, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage

_PAPERS = ("#7a8a78", "#8f6a58", "#6a7686", "#9a8460", "#7c6678")


def room(stage: Stage) -> None:
    """A parlour: papered walls, a curtained window, a hearth, an armchair, books, a standing lamp."""
    space = fit.Shell(3.0, 2.8, 2.3)
    paper = fit.STONE if stage.old else rgb(stage.rng.choice(_PAPERS))
    fit.shell(stage, space, paper, fit.WOOD, scale(mix(paper, (1, 1, 1), 0.5), 0.9))
    fit.boards(stage, space, fit.WOOD)
    if not stage.old and not stage.modern:
        for step in range(15):
            stage.panel(-3.0 + 0.4 * step, 0.9, 0.14, 1.9, 2.29, scale(paper, 1.09), 0.42)
        stage.panel(-3.0, 0, 6.0, 0.86, 2.28, mix(paper, fit.DARK_WOOD, 0.7), 0.4)
        stage.panel(-3.0, 0.84, 6.0, 0.07, 2.27, fit.DARK_WOOD, 0.6)
    fit.skirting(stage, space, scale(fit.DARK_WOOD, 0.9))
    fit.side_door(stage, -3.0, 0.7, scale(fit.WOOD, 1.1))
    fit.window(stage, -0.75, 1.0, 1.3, 1.35, 2.26)
    fit.curtains(stage, -0.75, 0.75, 1.3, 1.65, 2.24, rgb(stage.rng.choice(("#7d3b3b", "#3f5a4a", "#5a4468", "#8a6a3a"))))
    if stage.modern:
        _television(stage, 0.95, 1.9)
    else:
        fit.fireplace(stage, 1.95, 2.3, scale(fit.STONE, 0.85))
        furniture.picture_frame(stage, 1.6, 1.55, 0.7, 0.55, 2.2)
    if stage.old:
        _tapestry(stage)
    else:
        furniture.bookcase(stage, -2.95, 1.95, 1.15, 2.1, fit.DARK_WOOD)
    furniture.rug(stage, 1.7, -0.9, 1.3, rgb("#7a3a34"))
    _armchair(stage, 1.55, 1.0)
    _lamp(stage, -1.55, 1.75)


def _television(stage: Stage, x: float, z: float) -> None:
    """A television on a low cupboard, its light in the room where it is dim."""
    stage.box(x, 0, z, (1.7, 0.5, 0.4), rgb("#8a7355"))
    stage.panel(x + 0.1, 0.62, 1.5, 0.86, z + 0.2, rgb("#15171a"), 0.4)
    px, py = stage.camera.at(x + 0.14, 1.44, z + 0.19)
    unit = stage.camera.scale(z + 0.19)
    on = stage.light.dim
    stage.put(rect(px, py, 1.42 * unit, 0.78 * unit), Linear((px, py), (px, py + 0.8 * unit),
        fade(rgb("#8fb8e0") if on else rgb("#2b3138"), 1, 0.85)))
    stage.panel(x + 0.7, 0.5, 0.3, 0.12, z + 0.21, rgb("#15171a"), 0.4)
    if on:
        stage.glow((px + 0.7 * unit, py + 0.4 * unit), 2.2 * unit, rgb("#8fb8e0"), 0.5)


def _tapestry(stage: Stage) -> None:
    stage.panel(-2.7, 0.8, 1.5, 1.6, 2.25, rgb("#6d2f2c"), 0.5)
    stage.panel(-2.55, 0.95, 1.2, 1.3, 2.24, rgb("#3f4a5e"), 0.45)
    px, py = stage.camera.at(-1.95, 1.55, 2.23)
    unit = stage.camera.scale(2.23)
    stage.put(polygon((px, py - 0.4 * unit), (px + 0.3 * unit, py), (px, py + 0.4 * unit), (px - 0.3 * unit, py)),
        stage.colour(rgb("#b08a45"), 0.5, 2.2))


def _armchair(stage: Stage, x: float, z: float) -> None:
    cloth = rgb(stage.rng.choice(("#5a3f52", "#3f5a5c", "#7a4a32", "#4b5537")))
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.shade(x, z, 0.6, 0.5)
    back = smooth([(px - 0.42 * unit, py - 0.4 * unit), (px - 0.44 * unit, py - 0.95 * unit), (px, py - 1.08 * unit),
        (px + 0.44 * unit, py - 0.95 * unit), (px + 0.42 * unit, py - 0.4 * unit)], 0.13)
    stage.put(back, Linear((px - 0.4 * unit, 0), (px + 0.4 * unit, 0),
        (fade(stage.colour(cloth, 0.6, z), 1)[0], *fade(stage.colour(scale(cloth, 0.7), 0.2, z), 1, 1)[1:])))
    stage.panel(x - 0.36, 0.12, 0.72, 0.34, z - 0.1, scale(cloth, 1.15), 0.45)
    for dx in (-0.52, 0.34):
        stage.box(x + dx, 0.1, z - 0.15, (0.18, 0.52, 0.5), cloth)


def _lamp(stage: Stage, x: float, z: float) -> None:
    if stage.old:
        stage.panel(x - 0.03, 0, 0.06, 1.3, z, (0.15, 0.13, 0.12), 0.4)
        fit.flame(stage, x, 1.32, z, 0.2, 2.2)
        return
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, 1.5, z)
    stage.panel(x - 0.02, 0, 0.04, 1.5, z, fit.BRASS, 0.4)
    shade = polygon((px - 0.15 * unit, py - 0.34 * unit), (px + 0.15 * unit, py - 0.34 * unit), (px + 0.28 * unit, py),
        (px - 0.28 * unit, py))
    on = stage.light.dim
    stage.put(shade, mix(stage.light.practical, (1, 0.95, 0.8), 0.3) if on else stage.colour(rgb("#cdb88d"), 0.6, z))
    if on:
        stage.glow((px, py - 0.15 * unit), 2.8 * unit, stage.light.practical, 0.85)
        stage.pool(x, z, 1.3, stage.light.practical, 0.5)


def kitchen(stage: Stage) -> None:
    """A kitchen: tiles, a range, pans in a row, a dresser with plates, a table with a bowl."""
    space = fit.Shell(2.9, 2.7, 2.2)
    wall = rgb("#c9bd9c") if not stage.old else rgb("#948a78")
    fit.shell(stage, space, wall, rgb("#9a6a50"), rgb("#cfc6b0"))
    fit.tiles(stage, space, rgb("#6f4a3a"), 0.5)
    for row in range(4):
        for column in range(14):
            if not stage.old:
                stage.panel(-2.9 + column * 0.42, 0.92 + row * 0.2, 0.405, 0.185, 2.19,
                    mix(rgb("#d9dccf"), rgb("#8fb0a8"), 0.5 * ((row + column) % 2)), 0.55)
    _range(stage, -1.75, 2.2)
    fit.side_door(stage, 2.9, 0.7, rgb("#b9ae92"))
    fit.window(stage, -0.55, 1.15, 1.15, 1.05, 2.18, frame=rgb("#e3dcc8"))
    stage.box(-0.85, 0, 1.6, (1.75, 0.9, 0.6), rgb("#6f8a86") if not stage.old else fit.WOOD)
    stage.panel(-0.3, 0.9, 0.55, 0.04, 1.62, rgb("#d8d8d2"), 0.7)
    stage.stroke([(0.0, 0.92, 1.9), (0.0, 1.18, 1.9), (0.1, 1.2, 1.88)], rgb("#b9b9b4"), 0.035)
    _dresser(stage, 1.15, 1.85)
    if stage.modern:
        _cupboards(stage, 1.75)
    else:
        for step, x in enumerate((-2.5, -2.1, -1.75, -1.4, -1.05)):
            _pan(stage, x, 2.02, 2.0, 0.15 + 0.02 * (step % 3))
        stage.stroke([(-2.8, 2.25, 2.0), (-0.85, 2.25, 2.0)], (0.2, 0.18, 0.17), 0.03)
    furniture.table(stage, 0.7, 0.55, (1.9, 0.76, 0.7), rgb("#9a6f45"))
    _bowl(stage, 0.45, 0.78, 0.8)
    fit.hanging(stage, 0.4, 2.25, 0.9, 2.7, strength=0.55)


def _cupboards(stage: Stage, z: float) -> None:
    """Cupboards on the wall, and a refrigerator."""
    white = rgb("#dcded8")
    for x in (-2.85, -0.55 - 0.35):
        for step in range(1 if x > -1 else 2):
            stage.box(x + 0.48 * step, 1.72, z + 0.1, (0.46, 0.75, 0.35), white)
            stage.panel(x + 0.48 * step + 0.38, 1.8, 0.03, 0.16, z + 0.09, rgb("#8d9294"), 0.6)
    stage.box(-2.88, 0, 0.75, (0.62, 1.75, 0.6), scale(white, 1.02))
    stage.panel(-2.86, 1.18, 0.58, 0.02, 0.74, rgb("#8d9294"), 0.4)
    for y in (0.75, 1.25):
        stage.panel(-2.34, y, 0.04, 0.32, 0.73, rgb("#8d9294"), 0.6)


def _range(stage: Stage, x: float, z: float) -> None:
    iron = rgb("#3a3b3f") if not stage.modern else rgb("#c9cdd0")
    stage.box(x - 0.75, 0, z - 0.6, (1.5, 0.92, 0.6), iron)
    stage.panel(x - 0.6, 0.18, 0.55, 0.5, z - 0.61, scale(iron, 0.6), 0.3)
    stage.panel(x + 0.08, 0.18, 0.5, 0.5, z - 0.61, scale(iron, 0.6), 0.3)
    stage.panel(x + 0.14, 0.26, 0.36, 0.2, z - 0.62, rgb("#ff8a3a") if stage.light.dim else rgb("#b4552a"), 0.9)
    stage.panel(x - 0.85, 1.85, 1.7, 0.25, z - 0.3, scale(fit.WOOD, 0.9), 0.5)
    stage.panel(x - 0.2, 2.05, 0.4, 0.7, z - 0.2, scale(iron, 0.9), 0.3)
    px, py = stage.camera.at(x + 0.3, 0.92, z - 0.45)
    unit = stage.camera.scale(z - 0.45)
    stage.put(smooth([(px - 0.18 * unit, py), (px - 0.2 * unit, py - 0.12 * unit), (px - 0.08 * unit, py - 0.22 * unit),
        (px + 0.08 * unit, py - 0.22 * unit), (px + 0.2 * unit, py - 0.12 * unit), (px + 0.18 * unit, py)], 0.13),
        stage.colour(rgb("#a5623c"), 0.6, z))
    stage.put(curve([(px - 0.1 * unit, py - 0.22 * unit), (px, py - 0.36 * unit), (px + 0.1 * unit, py - 0.22 * unit)]),
        stage.colour((0.2, 0.18, 0.17), 0.4, z), stroke=0.025 * unit)
    stage.glow(stage.camera.at(x + 0.32, 0.36, z - 0.6), 1.1 * unit, rgb("#ff8a3a"), 0.5)


def _pan(stage: Stage, x: float, y: float, z: float, size: float) -> None:
    px, py = stage.camera.at(x, y, z)
    unit = stage.camera.scale(z)
    stage.stroke([(x, 2.25, z), (x, y, z)], (0.2, 0.18, 0.17), 0.02)
    stage.put(ellipse(px, py + size * unit, size * unit, size * unit), stage.colour(rgb("#b0693f"), 0.6, z))
    stage.put(ellipse(px, py + size * unit, size * unit * 0.72, size * unit * 0.72), stage.colour(rgb("#7d4629"), 0.4, z))


def _dresser(stage: Stage, x: float, z: float) -> None:
    wood = rgb("#8a6a48")
    stage.box(x, 0, z - 0.2, (1.6, 0.9, 0.5), wood)
    stage.panel(x + 0.05, 0.9, 1.5, 1.35, z + 0.28, scale(wood, 0.55), 0.25)
    for row in range(3):
        y = 0.98 + row * 0.44
        furniture.shelf(stage, x, y, 1.6, z + 0.2, wood)
        for column in range(5):
            px, py = stage.camera.at(x + 0.2 + column * 0.3, y + 0.17, z + 0.18)
            radius = 0.13 * stage.camera.scale(z)
            stage.put(ellipse(px, py, radius, radius), stage.colour(rgb("#dcdfe0"), 0.6, z))
            stage.put(ellipse(px, py, radius * 0.62, radius * 0.62), stage.colour(rgb("#6f8fae"), 0.6, z), stroke=radius * 0.12)
    for dx in (0.1, 0.85):
        stage.panel(x + dx, 0.12, 0.65, 0.6, z - 0.21, scale(wood, 0.8), 0.35)


def _bowl(stage: Stage, x: float, y: float, z: float) -> None:
    px, py = stage.camera.at(x, y, z)
    unit = stage.camera.scale(z)
    for dx, colour in ((-0.1, "#b8402f"), (0.08, "#c98a2e"), (0.0, "#8a9a3f")):
        stage.put(ellipse(px + dx * unit, py - 0.14 * unit, 0.07 * unit, 0.07 * unit), stage.colour(rgb(colour), 0.6, z))
    stage.put(smooth([(px - 0.2 * unit, py - 0.12 * unit), (px + 0.2 * unit, py - 0.12 * unit), (px + 0.1 * unit, py),
        (px - 0.1 * unit, py)], 0.1), stage.colour(rgb("#dfe3e0"), 0.6, z))
