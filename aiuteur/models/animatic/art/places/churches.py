"""A church from without and from within."""

from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places.streets import WINDOW_LIGHT
from aiuteur.models.animatic.art.shapes import arch, curve, ellipse, rect
from aiuteur.models.animatic.art.stage import Stage


def church(stage: Stage) -> None:
    """A church from without: nave, steeple with a cross, pointed windows, a churchyard with stones."""
    air.sky(stage)
    land = air.land(stage, rgb("#66754a"))
    stage.ground(land, land)
    air.ridge(stage, 90, 10, rgb("#5a6a5c"), "church")
    stone = rgb("#9a9284")
    stage.panel(-2.2, 0, 8.5, 5.2, 11.0, stone, 0.42)
    stage.face([(-2.4, 5.2, 10.9), (6.6, 5.2, 10.9), (5.6, 8.4, 12.0), (-2.2, 8.4, 12.0)], rgb("#54505a"), 0.45)
    stage.panel(-5.2, 0, 3.4, 9.5, 10.4, scale(stone, 1.08), 0.55)
    stage.face([(-5.5, 9.5, 10.4), (-1.5, 9.5, 10.4), (-3.5, 17.0, 10.4)], rgb("#54505a"), 0.5)
    stage.panel(-3.57, 17.0, 0.14, 1.5, 10.4, rgb("#c9b06a"), 0.7)
    stage.panel(-3.95, 17.7, 0.9, 0.14, 10.4, rgb("#c9b06a"), 0.7)
    for x, y, wide, tall, z in ((-0.9, 1.2, 0.9, 2.8, 10.9), (1.4, 1.2, 0.9, 2.8, 10.9), (3.7, 1.2, 0.9, 2.8, 10.9),
        (-4.0, 6.2, 1.0, 2.2, 10.3)):
        left, foot = stage.camera.at(x, y, z)
        unit = stage.camera.scale(z)
        stage.put(arch(left, foot, wide * unit, tall * unit, 0.8), mix(WINDOW_LIGHT, stage.light.practical, 0.4)
            if stage.light.lamps
            else stage.colour(rgb("#38424f"), 0.4, z))
        if stage.light.lamps:
            stage.glow((left + wide * unit / 2, foot - tall * unit / 2), tall * unit, stage.light.practical, 0.35)
    left, foot = stage.camera.at(-4.2, 0, 10.3)
    unit = stage.camera.scale(10.3)
    stage.put(arch(left, foot, 1.4 * unit, 2.6 * unit, 0.7), stage.colour(rgb("#4a3226"), 0.4, 10))
    path = air.land(stage, rgb("#b0a48c"))
    stage.face([(-1.2, 0, stage.camera.near), (0.8, 0, stage.camera.near), (-2.9, 0, 10.3), (-4.1, 0, 10.3)], path, 0.5)
    rng = chance("graves", stage.picture.place_name)
    for _ in range(9):
        x, z = rng.choice((-1, 1)) * rng.uniform(2.2, 6.5) + 0.8, rng.uniform(1.2, 8.0)
        px, py = stage.camera.at(x, 0, z)
        unit = stage.camera.scale(z)
        stage.put(arch(px, py, 0.55 * unit, rng.uniform(0.7, 1.1) * unit, 0.5), stage.colour(rgb("#8f8c86"), 0.45, z))
    air.tree(stage, 7.0, 9.0, 7.5, scale(air.LEAF, 0.75), "yew")
    air.grass(stage, -1.5, 8.0, land, 40)


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
    stage.face([(-0.6, 0.002, stage.camera.near), (0.6, 0.002, stage.camera.near), (0.6, 0.002, 5.2), (-0.6, 0.002, 5.2)],
        rgb("#7c2f33"), 0.45)


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
            stage.put(ellipse(px, py, width * unit * 0.19, height * unit / rows * 0.36),
                scale(_GLASS[(row * 2 + column * 3) % 5], bright))
    stage.put(rect(left + width * unit / 2 - 0.02 * unit, foot - height * unit, 0.04 * unit, height * unit), (0.08, 0.08, 0.09))
    stage.glow((left + width * unit / 2, foot - height * unit / 2), height * unit * 0.9, (0.5, 0.55, 0.8) if stage.light.night
        else (1, 0.9, 0.75), 0.2 if stage.light.night else 0.42)


def _rose(stage: Stage) -> None:
    for x, tall in ((-1.75, 2.6), (-0.55, 3.4), (0.75, 2.6)):
        _lancet(stage, x if x != -0.55 else -0.5, 2.2, 1.0, tall, 7.45)  # the middle light is the tallest
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
    stage.put(curve([spring, (spring[0] + (top[0] - spring[0]) * 0.3, top[1] + (spring[1] - top[1]) * 0.32), top]),
        stage.colour(scale(stone, 0.9), 0.4, z), stroke=0.3 * unit)


def _altar(stage: Stage) -> None:
    stage.box(-1.6, 0, 5.6, (3.2, 0.3, 1.2), rgb("#8d8579"))
    stage.box(-1.0, 0.3, 6.0, (2.0, 0.95, 0.6), rgb("#d9d2c4"))
    stage.panel(-0.35, 0.3, 0.7, 0.8, 5.99, rgb("#8a6a2f"), 0.5)
    stage.panel(-0.05, 1.3, 0.1, 1.05, 6.1, rgb("#d3ac4e"), 0.8)
    stage.panel(-0.3, 1.92, 0.6, 0.1, 6.09, rgb("#d3ac4e"), 0.8)
    for x in (-0.8, -0.55, 0.55, 0.8):
        fit.candle(stage, x, 1.25, 6.05)
