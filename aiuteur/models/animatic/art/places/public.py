"""Where people work, trade, drink and gather: office, shop, tavern, hall, and a church from within."""

from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, ramp
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import arch, curve, ellipse, line, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage, dusty


def office(stage: Stage) -> None:
    """An office: blinds, a big desk with a lamp, filing cabinets, a clock, papers."""
    space = fit.Shell(3.1, 2.8, 2.3)
    wall = rgb("#8d9490") if stage.modern else rgb("#8f8468")
    fit.shell(stage, space, wall, rgb("#6f665a"), rgb("#a8a89e"))
    stage.panel(-3.1, 0, 6.2, 0.95, 2.29, scale(wall, 0.66) if stage.modern else fit.DARK_WOOD, 0.4)
    _blinds(stage)
    _cabinets(stage)
    for row in range(3):
        fit.shelf(stage, 1.45, 1.2 + row * 0.42, 1.4, 2.25, fit.DARK_WOOD)
        for column in range(11):
            stage.panel(1.5 + column * 0.12, 1.21 + row * 0.42, 0.1, 0.3, 2.2, rgb(("#3f4a5a", "#6d3a34", "#5a5f4a", "#8a7a5a")[(row + column * 3) % 4]), 0.45)
    _clock(stage, 0.85, 2.2, 2.25)
    _desk(stage)


def _blinds(stage: Stage) -> None:
    fit.window(stage, -1.5, 1.0, 1.9, 1.35, 2.26, bars=3, frame=rgb("#57504a"))
    left, top = stage.camera.at(-1.5, 2.35, 2.22)
    unit = stage.camera.scale(2.22)
    slat = stage.colour(rgb("#c9c2ac"), 0.5, 2.2)
    for step in range(13):
        y = top + step * 0.105 * unit
        stage.put(rect(left - 0.05 * unit, y, 2.0 * unit, 0.055 * unit), slat, alpha=0.92)
    light = mix(stage.light.practical, stage.light.key, 0.5)
    for step in range(6):
        px, py = stage.camera.at(1.1 + 0.08 * step, 2.3 - step * 0.16, 2.28)
        stage.put(polygon((px, py), (px + 1.5 * unit, py + 0.12 * unit), (px + 1.5 * unit, py + 0.19 * unit), (px, py + 0.07 * unit)), light, alpha=0.2, blend="screen")


def _cabinets(stage: Stage) -> None:
    for step in range(2):
        x = -2.95 + step * 0.62
        stage.box(x, 0, 1.8, (0.58, 1.45, 0.45), rgb("#5f6a66"))
        for row in range(4):
            stage.panel(x + 0.04, 0.06 + row * 0.35, 0.5, 0.31, 1.79, rgb("#74807b"), 0.45)
            stage.panel(x + 0.21, 0.22 + row * 0.35, 0.16, 0.035, 1.78, rgb("#c9c9c0"), 0.7)
    stage.panel(-2.9, 1.45, 0.4, 0.12, 1.82, rgb("#d9d2bf"), 0.5)
    stage.panel(-2.86, 1.57, 0.34, 0.1, 1.82, rgb("#bfae8c"), 0.5)


def _clock(stage: Stage, x: float, y: float, z: float) -> None:
    px, py = stage.camera.at(x, y, z)
    radius = 0.2 * stage.camera.scale(z)
    stage.put(ellipse(px, py, radius, radius), stage.colour((0.15, 0.13, 0.12), 0.5, z))
    stage.put(ellipse(px, py, radius * 0.86, radius * 0.86), stage.colour((0.92, 0.9, 0.84), 0.6, z))
    stage.put(line((px, py), (px, py - radius * 0.65)), (0.1, 0.1, 0.1), stroke=max(1.0, radius * 0.07))
    stage.put(line((px, py), (px + radius * 0.45, py + radius * 0.1)), (0.1, 0.1, 0.1), stroke=max(1.0, radius * 0.09))


def _desk(stage: Stage) -> None:
    stage.shade(0.6, 1.2, 1.3, 0.4)
    stage.box(-0.45, 0, 1.1, (2.1, 0.76, 0.8), fit.DARK_WOOD if not stage.modern else rgb("#8a7458"))
    for dx in (-0.35, 0.95):
        for row in range(3):
            stage.panel(dx, 0.08 + row * 0.22, 0.6, 0.19, 1.09, scale(fit.WOOD, 0.9), 0.4)
            stage.panel(dx + 0.24, 0.16 + row * 0.22, 0.12, 0.03, 1.08, fit.BRASS, 0.7)
    for dx, tall in ((0.1, 0.05), (0.42, 0.09)):
        stage.panel(dx, 0.76, 0.28, tall, 1.25, rgb("#e3dcc8"), 0.6)
    if stage.modern:
        stage.panel(0.85, 0.9, 0.62, 0.4, 1.5, rgb("#1c1e22"), 0.4)
        stage.panel(0.88, 0.93, 0.56, 0.34, 1.49, rgb("#7fb0dc"), 1.0)
        stage.panel(1.12, 0.76, 0.08, 0.14, 1.5, rgb("#1c1e22"), 0.4)
        stage.glow(stage.camera.at(1.15, 1.1, 1.48), 1.2 * stage.camera.scale(1.5), rgb("#8fc0f0"), 0.5)
    _desk_lamp(stage, 1.35 if not stage.modern else -0.2, 1.35)


def _desk_lamp(stage: Stage, x: float, z: float) -> None:
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, 0.76, z)
    stage.put(ellipse(px, py, 0.11 * unit, 0.03 * unit), stage.colour(fit.BRASS, 0.6, z))
    stage.put(curve([(px, py), (px + 0.02 * unit, py - 0.25 * unit), (px - 0.06 * unit, py - 0.38 * unit)]), stage.colour(fit.BRASS, 0.6, z), stroke=0.03 * unit)
    shade = smooth([(px - 0.26 * unit, py - 0.34 * unit), (px - 0.2 * unit, py - 0.46 * unit), (px + 0.08 * unit, py - 0.46 * unit), (px + 0.14 * unit, py - 0.34 * unit)], 0.1)
    stage.put(shade, mix(rgb("#2f6b4a"), stage.light.practical, 0.25))
    source = (px - 0.06 * unit, py - 0.33 * unit)
    power = 0.85 if stage.light.dim else 0.35
    stage.beam(source, ((px - 0.75 * unit, py + 0.02 * unit), (px + 0.6 * unit, py + 0.02 * unit)), stage.light.practical, 0.5 * power)
    stage.glow(source, 2.1 * unit, stage.light.practical, power)


def shop(stage: Stage) -> None:
    """A shop: shelves of goods to the ceiling, a counter with scales and jars, a hanging sign."""
    space = fit.Shell(3.0, 2.9, 2.2)
    wall = rgb("#8c7a5a")
    fit.shell(stage, space, wall, rgb("#7a5c42"), rgb("#b5a888"))
    fit.boards(stage, space, rgb("#7a5c42"))
    _goods(stage)
    stage.panel(-1.05, 2.32, 2.1, 0.42, 2.0, rgb("#6d2f2a"), 0.6)
    for step in range(6):
        stage.panel(-0.8 + step * 0.28, 2.44, 0.18, 0.18, 1.99, rgb("#e2c887"), 0.8)
    counter = rgb("#6a4630")
    stage.shade(0, 1.0, 2.2, 0.45)
    stage.box(-2.1, 0, 1.0, (4.2, 0.95, 0.6), counter)
    for step in range(6):
        stage.panel(-1.98 + step * 0.68, 0.12, 0.56, 0.66, 0.99, scale(counter, 1.25), 0.42)
    stage.box(-2.2, 0.95, 0.95, (4.4, 0.06, 0.7), scale(counter, 1.4))
    _scales(stage, -1.3, 1.2)
    for step in range(4):
        _jar(stage, 0.75 + step * 0.3, 1.15, ("#b5443a", "#d0a23c", "#5d8a4a", "#8a5aa0")[step])
    stage.box(-0.45, 1.01, 1.2, (0.5, 0.34, 0.35), rgb("#a8823c") if not stage.modern else rgb("#2b2e33"))
    stage.panel(-0.38, 1.35, 0.36, 0.12, 1.3, rgb("#d9c58a"), 0.6)
    for x in (-2.3, 2.3):
        _sack(stage, x, 0.75)
    fit.hanging(stage, -1.1, 2.05, 1.4, 2.9, strength=0.6)
    fit.hanging(stage, 1.1, 2.05, 1.4, 2.9, strength=0.6)


def _goods(stage: Stage) -> None:
    rng = chance("goods", stage.picture.place_name)
    colours = [rgb(code) for code in ("#a8463a", "#3f6a7c", "#c99a3f", "#5f7d4a", "#8a5a7c", "#d8cbb0", "#4a5a7a")]
    for row in range(5):
        y = 0.55 + row * 0.46
        stage.panel(-2.9, y - 0.05, 5.8, 0.44, 2.18, rgb("#4d3a28"), 0.25)
        x = -2.85
        while x < 2.75:  # noqa: PLR2004 - the shelf's end
            wide, tall = rng.uniform(0.1, 0.24), rng.uniform(0.16, 0.36)
            colour = dusty(rng.choice(colours), rng)
            stage.panel(x, y, wide, tall, 2.12, colour, 0.5)
            stage.panel(x + wide * 0.15, y + tall * 0.3, wide * 0.7, tall * 0.3, 2.11, mix(colour, (1, 0.96, 0.85), 0.65), 0.6)
            x += wide + rng.uniform(0.02, 0.08)
        fit.shelf(stage, -2.95, y - 0.01, 5.9, 2.1, fit.WOOD)
    for x in (-2.95, -1.0, 0.96, 2.87):
        stage.panel(x, 0, 0.09, 2.8, 2.05, fit.WOOD, 0.5)


def _scales(stage: Stage, x: float, z: float) -> None:
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, 1.01, z)
    brass = stage.colour(fit.BRASS, 0.8, z)
    stage.put(polygon((px - 0.12 * unit, py), (px + 0.12 * unit, py), (px + 0.02 * unit, py - 0.06 * unit), (px - 0.02 * unit, py - 0.06 * unit)), brass)
    stage.put(line((px, py), (px, py - 0.42 * unit)), brass, stroke=0.025 * unit)
    stage.put(line((px - 0.26 * unit, py - 0.38 * unit), (px + 0.26 * unit, py - 0.42 * unit)), brass, stroke=0.02 * unit)
    for dx, dy in ((-0.26, 0.16), (0.26, 0.2)):
        stage.put(line((px + dx * unit, py - 0.4 * unit), (px + dx * unit, py - dy * unit)), brass, stroke=0.008 * unit)
        stage.put(ellipse(px + dx * unit, py - dy * unit, 0.13 * unit, 0.035 * unit), brass)


def _jar(stage: Stage, x: float, z: float, sweets: str) -> None:
    stage.panel(x, 1.01, 0.2, 0.26, z, rgb(sweets), 0.6)
    stage.panel(x + 0.03, 1.05, 0.03, 0.2, z - 0.01, (1, 1, 1), 0.5)
    stage.panel(x + 0.02, 1.27, 0.16, 0.06, z, rgb("#c9b58a"), 0.6)


def _sack(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.put(smooth([(px - 0.3 * unit, py), (px - 0.32 * unit, py - 0.4 * unit), (px - 0.18 * unit, py - 0.62 * unit), (px + 0.2 * unit, py - 0.6 * unit), (px + 0.33 * unit, py - 0.36 * unit), (px + 0.3 * unit, py)], 0.14), stage.colour(rgb("#a58f66"), 0.5, z))
    stage.put(ellipse(px, py - 0.58 * unit, 0.19 * unit, 0.06 * unit), stage.colour(rgb("#d9c48e"), 0.5, z))


def tavern(stage: Stage) -> None:
    """A tavern: black beams, a bar before rows of bottles, casks, tables with mugs, lanterns."""
    space = fit.Shell(3.2, 2.6, 2.4)
    plaster = rgb("#a8845a")
    fit.shell(stage, space, plaster, rgb("#5f432e"), rgb("#4a3524"))
    fit.boards(stage, space, rgb("#5f432e"), 0.4)
    beam = rgb("#35251b")
    for z in (2.3, 1.3, 0.3, -0.6):
        if z > stage.camera.near + 0.3:
            stage.panel(-3.2, 2.36, 6.4, 0.24, z, beam, 0.4)
    for x in (-3.1, -1.05, 1.0, 2.95):
        stage.panel(x, 0, 0.16, 2.6, 2.37, beam, 0.4)
    stage.stroke([(-3.0, 1.2, 2.37), (-1.1, 2.5, 2.37)], beam, 0.14)
    _bar(stage)
    _cask_row(stage)
    fit.table(stage, 2.05, 0.2, (1.3, 0.74, 0.7), fit.DARK_WOOD)
    _mug(stage, 1.8, 0.4)
    _mug(stage, 2.25, 0.5)
    fit.candle(stage, 2.02, 0.77, 0.45)
    for x in (1.45, 2.7):
        stage.box(x - 0.18, 0, -0.05, (0.36, 0.44, 0.3), fit.WOOD)
    for x in (-1.5, 0.6):
        _lantern(stage, x, 1.95, 1.2)


def _bar(stage: Stage) -> None:
    for row in range(3):
        fit.shelf(stage, -2.6, 1.2 + row * 0.4, 3.3, 2.3, fit.DARK_WOOD)
        fit.bottles(stage, -2.55, 1.21 + row * 0.4, 3.2, 2.26, ("bar", row))
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
        stage.put(ellipse(px + 0.025 * unit, py - 0.32 * unit, 0.05 * unit, 0.06 * unit), stage.colour((0.9, 0.88, 0.8), 0.7, 1.5))


def _mug(stage: Stage, x: float, z: float, y: float = 0.77) -> None:
    px, py = stage.camera.at(x, y, z)
    unit = stage.camera.scale(z)
    stage.put(rect(px - 0.06 * unit, py - 0.15 * unit, 0.12 * unit, 0.15 * unit), stage.colour(rgb("#a8803f"), 0.7, z))
    stage.put(ellipse(px + 0.08 * unit, py - 0.08 * unit, 0.035 * unit, 0.05 * unit), stage.colour(rgb("#8a6a35"), 0.6, z), stroke=0.02 * unit)
    stage.put(smooth([(px - 0.07 * unit, py - 0.14 * unit), (px - 0.04 * unit, py - 0.19 * unit), (px + 0.05 * unit, py - 0.185 * unit), (px + 0.07 * unit, py - 0.14 * unit)], 0.14), stage.colour((0.95, 0.92, 0.84), 0.8, z))


def _cask_row(stage: Stage) -> None:
    for x in (1.45, 2.3):
        px, py = stage.camera.at(x, 1.25, 2.2)
        radius = 0.36 * stage.camera.scale(2.2)
        stage.put(ellipse(px, py, radius, radius), stage.colour(rgb("#7a5230"), 0.5, 2.2))
        stage.put(ellipse(px, py, radius * 0.94, radius * 0.94), stage.colour((0.16, 0.14, 0.13), 0.4, 2.2), stroke=radius * 0.11)
        stage.put(rect(px - radius * 0.06, py + radius * 0.4, radius * 0.12, radius * 0.4), stage.colour(fit.BRASS, 0.8, 2.2))
    stage.panel(1.0, 0.78, 1.75, 0.1, 2.15, fit.DARK_WOOD, 0.5)
    fit.barrel(stage, 1.5, 1.9, 0.75)
    fit.barrel(stage, 2.3, 1.9, 0.75)


def _lantern(stage: Stage, x: float, y: float, z: float) -> None:
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, y, z)
    stage.stroke([(x, 2.4, z), (x, y + 0.1, z)], (0.1, 0.09, 0.08), 0.015)
    stage.put(rect(px - 0.08 * unit, py - 0.11 * unit, 0.16 * unit, 0.22 * unit), rgb("#ffcf7a"))
    stage.put(rect(px - 0.08 * unit, py - 0.11 * unit, 0.16 * unit, 0.22 * unit), (0.08, 0.07, 0.06), stroke=0.02 * unit)
    stage.put(polygon((px - 0.12 * unit, py - 0.11 * unit), (px + 0.12 * unit, py - 0.11 * unit), (px, py - 0.22 * unit)), (0.08, 0.07, 0.06))
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
    for step in range(9):
        stage.box(-1.8 + step * 0.05, 0, 4.0 + step * 0.28, (3.6 - step * 0.1, 0.18 * (step + 1), 0.28), rgb("#a89a80"))
        stage.panel(-0.8, 0.18 * step, 1.6, 0.17, 3.99 + step * 0.28, rgb("#8f2f30"), 0.55)
    for side in (-1, 1):
        stage.stroke([(side * 1.9, 1.0, 4.0), (side * 1.5, 2.6, 6.3)], rgb("#6a4a30"), 0.12)
        stage.panel(side * 1.9 - 0.1, 0, 0.2, 1.1, 3.95, rgb("#6a4a30"), 0.5)
    stage.panel(-0.75, 1.7, 1.5, 2.3, 6.3, rgb("#5d3f2a"), 0.4)
    stage.panel(-0.6, 1.7, 1.2, 2.15, 6.29, rgb("#33241a"), 0.3)


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
        stage.put(rect(left + share * 0.64 * unit, foot - 5.2 * unit, 0.02 * unit, 4.8 * unit), stage.colour(scale(stone, 0.55), 0.2, z), alpha=0.6)


def _chandelier(stage: Stage) -> None:
    z = 2.6
    px, py = stage.camera.at(0, 4.3, z)
    unit = stage.camera.scale(z)
    stage.stroke([(0, 6.4, z), (0, 4.3, z)], (0.15, 0.12, 0.1), 0.03)
    stage.put(ellipse(px, py, 1.1 * unit, 0.16 * unit), stage.colour(fit.BRASS, 0.7, z), stroke=0.06 * unit)
    for step in range(7):
        fit.flame(stage, -1.05 + step * 0.35, 4.36 + 0.05 * (step % 2), z, 0.1, 0.6)
    stage.glow((px, py), 3.4 * unit, stage.light.practical, 0.7 if stage.light.dim else 0.3)


def nave(stage: Stage) -> None:
    """A church from within: pointed arches, coloured glass, pews to both sides, an altar with candles and a cross."""
    space = fit.Shell(4.0, 6.6, 7.5)
    stone = rgb("#958d80")
    fit.shell(stage, space, stone, rgb("#7d766b"), scale(stone, 0.6))
    _rose(stage)
    for z in (6.6, 4.4, 2.2, 0.2):
        for side in (-1, 1):
            _pier(stage, side, z, stone)
    _altar(stage)
    for row in range(5):
        z = 3.4 - row * 0.95
        if z < stage.camera.near + 0.5:
            break
        for side in (-1, 1):
            x = 0.75 if side > 0 else -2.75
            stage.box(x, 0, z, (2.0, 0.48, 0.4), fit.DARK_WOOD)
            stage.panel(x, 0.4, 2.0, 0.5, z + 0.4, scale(fit.WOOD, 0.9), 0.35)
            stage.panel(x + (0 if side > 0 else 1.92), 0, 0.08, 0.95, z - 0.02, fit.WOOD, 0.6)
    stage.face([(-0.6, 0.002, stage.camera.near), (0.6, 0.002, stage.camera.near), (0.6, 0.002, 5.2), (-0.6, 0.002, 5.2)], rgb("#7c2f33"), 0.45)


_GLASS = tuple(rgb(code) for code in ("#b8433a", "#3d62a8", "#d8a640", "#4f8a5c", "#7a4f9a"))


def _lancet(stage: Stage, x: float, y: float, width: float, height: float, z: float) -> None:
    left, foot = stage.camera.at(x, y, z)
    unit = stage.camera.scale(z)
    bright = 0.42 if stage.light.night else 1.25
    shape = arch(left, foot, width * unit, height * unit, 0.8)
    stage.put(shape, stage.colour((0.3, 0.28, 0.26), 0.3, z), stroke=0.16 * unit)
    stage.put(shape, scale(_GLASS[1], bright))
    rows = max(3, int(height / 0.42))
    for row in range(rows):
        for column in range(2):
            px, py = left + (column + 0.5) * width * unit / 2, foot - (row + 0.5) * height * 0.86 * unit / rows
            stage.put(ellipse(px, py, width * unit * 0.19, height * unit / rows * 0.36), scale(_GLASS[(row * 2 + column * 3) % 5], bright))
    stage.put(rect(left + width * unit / 2 - 0.02 * unit, foot - height * unit, 0.04 * unit, height * unit), (0.08, 0.08, 0.09))
    stage.glow((left + width * unit / 2, foot - height * unit / 2), height * unit * 0.9, (0.5, 0.55, 0.8) if stage.light.night else (1, 0.9, 0.75), 0.2 if stage.light.night else 0.42)


def _rose(stage: Stage) -> None:
    for x, tall in ((-1.75, 2.6), (-0.55, 3.4), (0.75, 2.6)):
        _lancet(stage, x if x != -0.55 else -0.5, 2.2, 1.0, tall, 7.45)  # noqa: PLR2004 - the middle light is the tallest
    if not stage.light.night:
        source = stage.camera.at(stage.light.side * 1.5, 4.6, 7.0)
        ground = stage.camera.at(-stage.light.side * 1.2, 0, 1.0)
        stage.beam(source, ((ground[0] - 160, ground[1]), (ground[0] + 160, ground[1])), (1, 0.88, 0.66), 0.3)


def _pier(stage: Stage, side: int, z: float, stone: tuple[float, float, float]) -> None:
    x = side * 3.1
    left, foot = stage.camera.at(x - 0.3, 0, z)
    unit = stage.camera.scale(z)
    lit, dim = stage.colour(scale(stone, 1.15), 0.7, z), stage.colour(scale(stone, 0.6), 0.1, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.put(rect(left, foot - 4.2 * unit, 0.6 * unit, 4.2 * unit), Linear((left, 0), (left + 0.6 * unit, 0), ramp(*colours)))
    stage.panel(x - 0.42, 3.95, 0.84, 0.3, z - 0.01, scale(stone, 1.1), 0.5)
    stage.panel(x - 0.42, 0, 0.84, 0.3, z - 0.01, scale(stone, 1.05), 0.5)
    top = stage.camera.at(0, 6.5, z)
    spring = stage.camera.at(x, 4.2, z)
    stage.put(curve([spring, (spring[0] + (top[0] - spring[0]) * 0.3, top[1] + (spring[1] - top[1]) * 0.32), top]), stage.colour(scale(stone, 0.9), 0.4, z), stroke=0.3 * unit)


def _altar(stage: Stage) -> None:
    stage.box(-1.6, 0, 5.6, (3.2, 0.3, 1.2), rgb("#8d8579"))
    stage.box(-1.0, 0.3, 6.0, (2.0, 0.95, 0.6), rgb("#d9d2c4"))
    stage.panel(-0.35, 0.3, 0.7, 0.8, 5.99, rgb("#8a6a2f"), 0.5)
    stage.panel(-0.05, 1.3, 0.1, 1.05, 6.1, rgb("#d3ac4e"), 0.8)
    stage.panel(-0.3, 1.92, 0.6, 0.1, 6.09, rgb("#d3ac4e"), 0.8)
    for x in (-0.8, -0.55, 0.55, 0.8):
        fit.candle(stage, x, 1.25, 6.05)
