"""Where people work and trade: office and shop."""

from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places import furniture
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage, dusty


def office(stage: Stage) -> None:
    """An office: blinds, a big desk with a lamp, filing cabinets, a clock, papers."""
    space = fit.Shell(3.1, 2.8, 2.3)
    wall = rgb("#8d9490") if stage.modern else rgb("#8f8468")
    fit.shell(stage, space, wall, rgb("#6f665a"), rgb("#a8a89e"))
    stage.panel(-3.1, 0, 6.2, 0.95, 2.29, scale(wall, 0.66) if stage.modern else fit.DARK_WOOD, 0.4)
    fit.side_door(stage, -3.1, 0.7, scale(fit.WOOD, 1.1))
    _blinds(stage)
    _cabinets(stage)
    for row in range(3):
        furniture.shelf(stage, 1.45, 1.2 + row * 0.42, 1.4, 2.25, fit.DARK_WOOD)
        for column in range(11):
            stage.panel(1.5 + column * 0.12, 1.21 + row * 0.42, 0.1, 0.3, 2.2,
                rgb(("#3f4a5a", "#6d3a34", "#5a5f4a", "#8a7a5a")[(row + column * 3) % 4]), 0.45)
    _clock(stage, 0.85, 2.2, 2.25)
    _desk(stage)


def _blinds(stage: Stage) -> None:
    fit.window(stage, -1.5, 1.0, 1.9, 1.35, 2.26, bars=3, frame=rgb("#57504a"), moon=False)
    left, top = stage.camera.at(-1.5, 2.35, 2.22)
    unit = stage.camera.scale(2.22)
    slat = stage.colour(rgb("#c9c2ac"), 0.5, 2.2)
    for step in range(13):
        y = top + step * 0.105 * unit
        stage.put(rect(left - 0.05 * unit, y, 2.0 * unit, 0.055 * unit), slat, alpha=0.92)
    light = mix(stage.light.practical, stage.light.key, 0.5)
    for step in range(6):
        px, py = stage.camera.at(1.1 + 0.08 * step, 2.3 - step * 0.16, 2.28)
        stage.put(polygon((px, py), (px + 1.5 * unit, py + 0.12 * unit), (px + 1.5 * unit, py + 0.19 * unit),
            (px, py + 0.07 * unit)), light, alpha=0.2, blend="screen")


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
    stage.put(curve([(px, py), (px + 0.02 * unit, py - 0.25 * unit), (px - 0.06 * unit, py - 0.38 * unit)]),
        stage.colour(fit.BRASS, 0.6, z), stroke=0.03 * unit)
    shade = smooth([(px - 0.26 * unit, py - 0.34 * unit), (px - 0.2 * unit, py - 0.46 * unit),
        (px + 0.08 * unit, py - 0.46 * unit), (px + 0.14 * unit, py - 0.34 * unit)], 0.1)
    stage.put(shade, mix(rgb("#2f6b4a"), stage.light.practical, 0.25))
    source = (px - 0.06 * unit, py - 0.33 * unit)
    power = 0.85 if stage.light.dim else 0.35
    stage.beam(source, ((px - 0.75 * unit, py + 0.02 * unit), (px + 0.6 * unit, py + 0.02 * unit)), stage.light.practical,
        0.5 * power)
    stage.glow(source, 2.1 * unit, stage.light.practical, power)


def shop(stage: Stage) -> None:
    """A shop: shelves of goods to the ceiling, a counter with scales and jars, a hanging sign."""
    space = fit.Shell(3.0, 2.9, 2.2)
    wall = rgb("#8c7a5a")
    fit.shell(stage, space, wall, rgb("#7a5c42"), rgb("#b5a888"))
    fit.boards(stage, space, rgb("#7a5c42"))
    fit.side_door(stage, 3.0, 0.7, scale(fit.WOOD, 1.05))
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
    fit.hanging(stage, -1.1, 2.45, 1.4, 2.9, strength=0.6)
    fit.hanging(stage, 1.1, 2.45, 1.4, 2.9, strength=0.6)


def _goods(stage: Stage) -> None:
    rng = chance("goods", stage.picture.place_name)
    colours = [rgb(code) for code in ("#a8463a", "#3f6a7c", "#c99a3f", "#5f7d4a", "#8a5a7c", "#d8cbb0", "#4a5a7a")]
    for row in range(5):
        y = 0.55 + row * 0.46
        stage.panel(-2.9, y - 0.05, 5.8, 0.44, 2.18, rgb("#4d3a28"), 0.25)
        x = -2.85
        while x < 2.75:  # the shelf's end
            wide, tall = rng.uniform(0.1, 0.24), rng.uniform(0.16, 0.36)
            colour = dusty(rng.choice(colours), rng)
            stage.panel(x, y, wide, tall, 2.12, colour, 0.5)
            stage.panel(x + wide * 0.15, y + tall * 0.3, wide * 0.7, tall * 0.3, 2.11, mix(colour, (1, 0.96, 0.85), 0.65), 0.6)
            x += wide + rng.uniform(0.02, 0.08)
        furniture.shelf(stage, -2.95, y - 0.01, 5.9, 2.1, fit.WOOD)
    for x in (-2.95, -1.0, 0.96, 2.87):
        stage.panel(x, 0, 0.09, 2.8, 2.05, fit.WOOD, 0.5)


def _scales(stage: Stage, x: float, z: float) -> None:
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, 1.01, z)
    brass = stage.colour(fit.BRASS, 0.8, z)
    stage.put(polygon((px - 0.12 * unit, py), (px + 0.12 * unit, py), (px + 0.02 * unit, py - 0.06 * unit),
        (px - 0.02 * unit, py - 0.06 * unit)), brass)
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
    stage.put(smooth([(px - 0.3 * unit, py), (px - 0.32 * unit, py - 0.4 * unit), (px - 0.18 * unit, py - 0.62 * unit),
        (px + 0.2 * unit, py - 0.6 * unit), (px + 0.33 * unit, py - 0.36 * unit), (px + 0.3 * unit, py)], 0.14),
        stage.colour(rgb("#a58f66"), 0.5, z))
    stage.put(ellipse(px, py - 0.58 * unit, 0.19 * unit, 0.06 * unit), stage.colour(rgb("#d9c48e"), 0.5, z))
