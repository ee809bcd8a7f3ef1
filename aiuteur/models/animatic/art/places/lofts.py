"""Above and below the rooms: attic and cellar."""

from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, fade
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places import furniture
from aiuteur.models.animatic.art.shapes import arch, curve, ellipse, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage


def attic(stage: Stage) -> None:
    """Under the roof: rafters sloping to a ridge, a round window, trunks, a covered picture on an easel, cobwebs."""
    space = fit.Shell(3.0, 3.2, 2.6)
    boards = rgb("#7a5a40")
    fit.shell(stage, space, scale(boards, 0.85), boards, scale(boards, 0.6))
    near, back = stage.camera.near, 2.6
    for side in (-1, 1):
        stage.face([(side * 3.0, 0.55, near), (side * 3.0, 0.55, back), (0, 3.1, back), (0, 3.1, near)],
            scale(boards, 0.8 if side * stage.light.side > 0 else 0.55), 0.3)
        for step in range(5):
            z = back - 0.05 - step * 0.95
            if z > near + 0.4:
                stage.face([(side * 3.0, 0.5, z), (side * 3.0, 0.5, z - 0.14), (0, 3.02, z - 0.14), (0, 3.02, z)], fit.DARK_WOOD,
                    0.25)
                stage.stroke([(side * 2.98, 0.52, z), (0, 3.02, z)], scale(fit.DARK_WOOD, 1.2), 0.1, 0.35)
    gable = polygon(*(stage.camera.at(x, y, 2.59) for x, y in ((-3.0, 0), (-3.0, 0.55), (0, 3.1), (3.0, 0.55), (3.0, 0))))
    stage.put(gable, stage.colour(scale(boards, 1.0), 0.4, 2.6))
    for step in range(12):
        stage.stroke([(-2.9 + step * 0.52, 0, 2.58), (-2.9 + step * 0.52, 3.0 - abs(-2.9 + step * 0.52) * 0.85, 2.58)],
            scale(boards, 0.5), 0.02)
    fit.boards(stage, space, boards, 0.4)
    for z in (2.5, 1.3, 0.1):
        stage.stroke([(-1.35, 2.02, z), (1.35, 2.02, z)], fit.DARK_WOOD, 0.13, 0.5)
    _round_window(stage)
    _trunk(stage, -2.0, 1.5)
    stage.box(1.3, 0, 1.7, (0.8, 0.6, 0.6), rgb("#9a7a50"))
    stage.box(1.5, 0.6, 1.8, (0.55, 0.42, 0.45), rgb("#8a6a45"))
    stage.box(2.0, 0, 1.2, (0.6, 0.45, 0.5), rgb("#7d6248"))
    _easel(stage, 0.95, 1.35)
    fit.candle(stage, -1.75, 0.62, 1.55)
    web = stage.camera.at(-1.2, 2.2, 2.5)
    unit = stage.camera.scale(2.5)
    for step in range(1, 4):
        stage.put(curve([(web[0] - 0.2 * step * unit, web[1]), (web[0] - 0.08 * step * unit, web[1] - 0.06 * step * unit),
            (web[0], web[1] - 0.22 * step * unit)]), (0.8, 0.8, 0.8), stroke=0.8, alpha=0.4)


def _round_window(stage: Stage) -> None:
    px, py = stage.camera.at(0, 1.75, 2.57)
    radius = 0.55 * stage.camera.scale(2.57)
    top, low = fit.pane(stage)
    stage.put(ellipse(px, py, radius * 1.14, radius * 1.14), stage.colour(fit.DARK_WOOD, 0.5, 2.6))
    stage.put(ellipse(px, py, radius, radius), Linear((0, py - radius), (0, py + radius),
        (fade(top, 1)[0], *fade(low, 1, 1)[1:])))
    for path in (rect(px - radius * 0.04, py - radius, radius * 0.08, radius * 2),
        rect(px - radius, py - radius * 0.04, radius * 2, radius * 0.08)):
        stage.put(path, stage.colour(fit.DARK_WOOD, 0.4, 2.6))
    colour = (0.4, 0.55, 0.85) if stage.light.night else mix(low, stage.light.key, 0.5)
    stage.glow((px, py), radius * 4, colour, 0.45)
    floor = stage.camera.at(0, 0, 0.3)[1]
    slant = -stage.light.side * radius * 1.6
    stage.beam((px, py - radius * 0.5), ((px - radius * 1.6 + slant, floor), (px + radius * 1.6 + slant, floor)), colour, 0.42)


def _trunk(stage: Stage, x: float, z: float) -> None:
    stage.shade(x + 0.5, z, 0.7, 0.5)
    stage.box(x, 0, z, (1.0, 0.5, 0.5), rgb("#5f4030"))
    left, foot = stage.camera.at(x, 0.5, z)
    unit = stage.camera.scale(z)
    stage.put(smooth([(left, foot), (left + 0.03 * unit, foot - 0.15 * unit), (left + 0.5 * unit, foot - 0.19 * unit),
        (left + 0.97 * unit, foot - 0.15 * unit), (left + unit, foot)], 0.08), stage.colour(rgb("#6d4a36"), 0.5, z))
    for dx in (0.15, 0.75):
        stage.panel(x + dx, 0, 0.09, 0.64, z - 0.01, scale(fit.BRASS, 0.7), 0.5)
    stage.panel(x + 0.44, 0.38, 0.13, 0.16, z - 0.02, fit.BRASS, 0.7)


def _easel(stage: Stage, x: float, z: float) -> None:
    for dx in (-0.4, 0.4):
        stage.stroke([(x + dx, 0, z), (x + dx * 0.2, 1.75, z + 0.2)], fit.WOOD, 0.05, 0.5)
    stage.panel(x - 0.42, 0.72, 0.84, 0.85, z - 0.02, rgb("#d8cdb4"), 0.55)
    stage.panel(x - 0.34, 0.8, 0.68, 0.69, z - 0.03, rgb("#8aa0a8"), 0.5)
    px, py = stage.camera.at(x, 0.95, z - 0.04)
    unit = stage.camera.scale(z)
    stage.put(smooth([(px - 0.34 * unit, py + 0.12 * unit), (px - 0.1 * unit, py - 0.2 * unit), (px + 0.08 * unit, py),
        (px + 0.34 * unit, py - 0.12 * unit), (px + 0.34 * unit, py + 0.15 * unit), (px - 0.34 * unit, py + 0.15 * unit)], 0.06),
        stage.colour(rgb("#5f6f4a"), 0.5, z))
    stage.panel(x - 0.5, 0.68, 1.0, 0.05, z - 0.05, fit.WOOD, 0.6)


def cellar(stage: Stage) -> None:
    """Below ground: stone vaults, steps down from a lit door, casks, racks of bottles, one bare light."""
    space = fit.Shell(3.0, 2.6, 2.6)
    stone = rgb("#6b675f")
    fit.shell(stage, space, stone, rgb("#57524a"), scale(stone, 0.7))
    rng = stage.rng
    for row in range(8):
        for column in range(9):
            x = -3.0 + column * 0.7 + 0.35 * (row % 2)
            stage.panel(x, row * 0.33, 0.66, 0.3, 2.59, scale(stone, rng.uniform(0.78, 1.14)), 0.35)
    _vault(stage, 2.5, stone)
    _steps(stage)
    _casks(stage)
    for row in range(4):
        furniture.shelf(stage, 0.75, 0.25 + row * 0.42, 1.6, 2.2, fit.DARK_WOOD)
        furniture.bottles(stage, 0.78, 0.26 + row * 0.42, 1.5, 2.15, row)
    _vault(stage, 0.9, stone)
    furniture.barrel(stage, 2.2, 0.5, 0.95)
    furniture.barrel(stage, -2.35, 0.3, 0.85)
    fit.hanging(stage, 0.55, 2.1, 1.5, 2.6, strength=0.9)


def _vault(stage: Stage, z: float, stone: Rgb) -> None:
    left, foot = stage.camera.at(-2.9, 0, z)
    unit = stage.camera.scale(z)
    opening = arch(left + 0.35 * unit, foot, 5.1 * unit, 2.45 * unit, 0.42)
    path = (*polygon((left - 4 * unit, foot), (left + 10 * unit, foot), (left + 10 * unit, foot - 5 * unit),
        (left - 4 * unit, foot - 5 * unit)), *opening)
    lit = stage.colour(scale(stone, 1.1), 0.45, z)
    dark = stage.colour(scale(stone, 0.7), 0.15, z)
    stage.put(path, Linear((left, 0), (left + 5.8 * unit, 0), (fade(lit, 1)[0], *fade(dark, 1, 1)[1:])))
    _masonry(stage, z, stone)
    rim = opening[:-1]  # open below, where the floor runs through
    stage.put(rim, stage.colour(scale(stone, 1.25), 0.5, z), stroke=0.3 * unit)
    stage.put(rim, stage.colour(scale(stone, 0.5), 0.2, z), stroke=0.05 * unit)
    for x in (-2.79, 2.31):
        stage.panel(x, -0.16, 0.48, 0.42, z - 0.01, scale(stone, 1.15), 0.4)


def _masonry(stage: Stage, z: float, stone: Rgb) -> None:
    """Blocks beside and above a vault's opening."""
    rng = chance("masonry", stage.picture.place_name, z)
    for row in range(9):
        for column in range(15):
            x, y = -5.6 + column * 0.76 + 0.38 * (row % 2), 0.05 + row * 0.36
            rise = max(0.0, 1 - ((x + 0.35) / 2.65) ** 2) ** 0.5 * 2.5
            if y > rise and (abs(x + 0.35) > 2.6 or y > 0.6):  # the opening itself stays open
                stage.panel(x, y, 0.7, 0.31, z, scale(stone, rng.uniform(0.72, 1.0)), 0.22)


def _steps(stage: Stage) -> None:
    for step in range(6):
        stage.box(-1.1, 0, 2.4 - 0.2 * step, (1.3, 1.25 - step * 0.21, 0.2), scale(rgb("#807a70"), 0.72 + 0.06 * step))
    px, py = stage.camera.at(-0.95, 1.25, 2.45)
    unit = stage.camera.scale(2.45)
    warm = stage.light.practical if stage.light.dim else (0.95, 0.95, 0.9)
    stage.put(arch(px - 0.07 * unit, py, 1.14 * unit, 1.07 * unit, 0.3), stage.colour(fit.DARK_WOOD, 0.4, 2.45))
    stage.put(arch(px, py, 1.0 * unit, 1.0 * unit, 0.3), warm, alpha=0.85)
    stage.glow((px + 0.55 * unit, py - 0.4 * unit), 2.2 * unit, warm, 0.6)


def _casks(stage: Stage) -> None:
    for x, y in ((-2.35, 0.42), (-1.5, 0.42), (-1.92, 1.14)):
        px, py = stage.camera.at(x, y, 1.75)
        radius = 0.41 * stage.camera.scale(1.75)
        if y < 1:
            stage.shade(x, 1.75, 0.5, 0.6)
        stage.put(ellipse(px, py, radius, radius), stage.colour(rgb("#6a4729"), 0.5, 1.7))
        stage.put(ellipse(px, py, radius * 0.95, radius * 0.95), stage.colour((0.18, 0.16, 0.15), 0.4, 1.7), stroke=radius * 0.1)
        for share in (-0.5, 0.0, 0.5):
            stage.put(rect(px + share * radius - 0.8, py - radius * 0.75, 1.6, radius * 1.5),
                stage.colour(rgb("#3f2a18"), 0.3, 1.7), alpha=0.8)
        stage.put(ellipse(px, py + radius * 0.5, radius * 0.09, radius * 0.09), stage.colour(fit.BRASS, 0.7, 1.7))
