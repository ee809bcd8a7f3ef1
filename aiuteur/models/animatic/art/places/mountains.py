"""High mountains."""

from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.shapes import polygon
from aiuteur.models.animatic.art.stage import Stage


def mountain(stage: Stage) -> None:
    """High mountains: snow peaks one behind another, firs, a lake of cloud, rocks, a rough path."""
    air.sky(stage)
    for z, tall, code, key in ((420.0, 190.0, "#8a97ad", "a"), (260.0, 105.0, "#77869c", "b")):
        _peaks(stage, z, tall, code, key)
        air.mist(stage, z * 0.7, tall * 0.28, 0.5)
    air.ridge(stage, 120, 22, rgb("#55695e"), "m1", 0.7, 12)
    air.mist(stage, 80, 8, 0.4)
    ground = air.land(stage, rgb("#7c7a66"))
    stage.ground(ground, mix(ground, rgb("#6a7a5c"), 0.5), 70)
    rng = chance("firs", stage.picture.place_name)
    for z in (46.0, 32.0, 22.0, 13.0):
        for step in range(9):
            x = (-1) ** step * (rng.uniform(0.22, 1.05)) * stage.camera.span(z)
            air.fir(stage, x, z + rng.uniform(-2, 2), rng.uniform(4.5, 7.5), air.FIR)
    stage.face([(-0.9, 0, stage.camera.near), (0.9, 0, stage.camera.near), (1.6, 0, 14), (3.4, 0, 40), (3.0, 0, 40),
        (0.8, 0, 14)], mix(ground, rgb("#b0a488"), 0.7), 0.55)
    for x, z, size in ((-3.4, 3.0, 1.0), (3.2, 4.2, 0.8), (-5.4, 7.0, 1.5), (5.8, 8.5, 1.3), (-2.2, 9.0, 0.6)):
        _rock(stage, x, z, size)
    air.grass(stage, -1.5, 9.0, mix(ground, air.LEAF, 0.5), 40)


def _peaks(stage: Stage, z: float, tall: float, code: str, key: str) -> None:
    rng = chance("peaks", stage.picture.place_name, key)
    camera = stage.camera
    base = camera.at(0, 0, z)[1]
    unit = camera.scale(z)
    high = min(tall * unit, base * 0.86)
    count = 5
    body = mix(stage.light.on(rgb(code), 0.4), stage.light.hour.haze, 0.25 if z < 300 else 0.45)  # the farther range
    snow = mix(stage.light.on((0.93, 0.95, 0.99), 0.5), stage.light.hour.haze, 0.15)
    for step in range(count):
        x = camera.width * (-0.05 + 1.1 * (step + rng.uniform(0.2, 0.8)) / count)
        top = base - high * rng.uniform(0.6, 1.0)
        wide = (base - top) * rng.uniform(0.75, 1.0)
        side = stage.light.side * wide * 0.12
        stage.put(polygon((x - wide, base), (x - wide * 0.45, top + (base - top) * 0.5), (x, top),
            (x + wide * 0.5, top + (base - top) * 0.46), (x + wide, base)), body)
        stage.put(polygon((x, top), (x - side * 4.2, base), (x - side * 8, base),
            (x - (wide * 0.5 if side > 0 else -wide * 0.5), top + (base - top) * 0.48)), scale(body, 0.78), alpha=0.8)
        cap = (base - top) * 0.3
        stage.put(polygon((x, top), (x + wide * 0.33, top + cap), (x + wide * 0.18, top + cap * 0.8),
            (x + wide * 0.1, top + cap * 1.25), (x, top + cap * 0.85), (x - wide * 0.12, top + cap * 1.3),
            (x - wide * 0.18, top + cap * 0.8), (x - wide * 0.31, top + cap)), snow)


def _rock(stage: Stage, x: float, z: float, size: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * size
    stage.shade(x, z, 0.8 * size, 0.45)
    stage.put(polygon((px - 0.7 * unit, py), (px - 0.55 * unit, py - 0.45 * unit), (px - 0.1 * unit, py - 0.72 * unit),
        (px + 0.4 * unit, py - 0.5 * unit), (px + 0.7 * unit, py)), stage.colour(rgb("#77746e"), 0.5, z))
    shade = [(px - 0.1 * unit, py - 0.72 * unit), (px + 0.1 * unit, py - 0.3 * unit), (px + 0.05 * unit, py),
        (px + 0.7 * unit, py), (px + 0.4 * unit, py - 0.5 * unit)]
    if stage.light.side > 0:
        shade = [(2 * px - x_, y) for x_, y in shade]
    stage.put(polygon(*shade), stage.colour(rgb("#4d4a48"), 0.2, z), alpha=0.8)
