"""The open country: forest, field, sea, garden, mountain."""

import math

from aiuteur.film.bible import TimeOfDay
from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Point, Stop, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import arch, curve, ellipse, limb, line, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage


def forest(stage: Stage) -> None:
    """A forest: trunks in five depths, each paler, undergrowth, shafts of light, boughs over the lens."""
    air.sky(stage)
    floor = air.land(stage, rgb("#5c5a38"))
    stage.ground(floor, mix(floor, rgb("#6a7a4a"), 0.4))
    camera = stage.camera
    for order, z in enumerate((34.0, 22.0, 14.0, 8.5, 4.6)):
        _canopy(stage, z, order)
        rng = chance("trunks", stage.picture.place_name, z)
        count = 15 - order * 2
        span = camera.span(z) * 1.15
        for step in range(count):
            x = -span + 2 * span * (step + rng.uniform(0.1, 0.9)) / count
            if order > 2 and abs(x) < 1.3:  # noqa: PLR2004 - a clearing for the people
                continue
            _bole(stage, x, z, rng.uniform(0.14, 0.3) * (1 + 0.2 * order), rng.uniform(-0.5, 0.5))
        air.mist(stage, z - 1, 5, 0.26)
    path = mix(floor, rgb("#8a7650"), 0.6)
    stage.face([(-1.0, 0, camera.near), (1.1, 0, camera.near), (0.5, 0, 20), (0.1, 0, 20)], path, 0.5)
    if not stage.light.night:
        for share in (0.28, 0.46, 0.66):
            top = (camera.width * share + stage.light.side * camera.width * 0.2, -20.0)
            foot = camera.at(0, 0, 6)[1]
            stage.beam(top, ((camera.width * (share - 0.06), foot), (camera.width * (share + 0.05), foot)), stage.light.key, 0.3)
    else:
        stage.glow((camera.width * (0.5 + 0.2 * stage.light.side), camera.horizon - camera.height * 0.12), camera.height * 0.5, (0.5, 0.65, 0.9), 0.4)
    for x, z in ((-2.6, 3.4), (2.4, 2.9), (-3.6, 6.0), (3.8, 5.4)):
        _fern(stage, x, z)
    air.grass(stage, -1.2, 9.0, floor, 50)
    stage.into = stage.front
    for side in (-1, 1):
        _bough(stage, side)
    stage.into = stage.back


def _bole(stage: Stage, x: float, z: float, thick: float, lean: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    wide = thick * unit
    top = (px + lean * unit, py - 11 * unit)
    lit, dim = stage.colour(rgb("#6d5844"), 0.6, z), stage.colour(rgb("#3b3029"), 0.12, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    path = polygon((px - wide * 1.6, py), (px - wide * 0.9, py - 0.5 * unit), (top[0] - wide * 0.6, top[1]), (top[0] + wide * 0.6, top[1]), (px + wide * 0.9, py - 0.5 * unit), (px + wide * 1.6, py))
    stage.put(path, Linear((px - wide, 0), (px + wide, 0), ramp(*colours)))
    if z < 10:  # noqa: PLR2004 - bark and boughs show on the near trunks
        for share in (0.25, 0.42, 0.6):
            side = 1 if (share * 100) % 2 else -1
            one = (px + lean * unit * share, py - 11 * unit * share * 0.7)
            stage.put(limb([one, (one[0] + side * 1.1 * unit, one[1] - 0.8 * unit)], [wide * 0.35, wide * 0.08]), dim)
        if stage.snowy:
            stage.put(line((px - wide * 0.8, py - 0.5 * unit), (top[0] - wide * 0.5, top[1])), (0.85, 0.88, 0.93), stroke=wide * 0.3, alpha=0.7)


def _canopy(stage: Stage, z: float, order: int) -> None:
    rng = chance("canopy", stage.picture.place_name, z)
    camera = stage.camera
    leaf = rgb("#46663c") if not stage.snowy else rgb("#aab4ba")
    colour, low = stage.colour(scale(leaf, 0.9), 0.5, z), stage.colour(scale(leaf, 0.6), 0.1, z)
    base = camera.at(0, 4.6 + 0.25 * order, z)[1]
    unit = camera.scale(z)
    points: list[Point] = [(-0.2 * camera.width, -camera.height)]
    steps = 12
    points += [(camera.width * (-0.2 + 1.4 * step / steps), base + rng.uniform(-1.2, 1.0) * unit) for step in range(steps + 1)]
    points.append((1.2 * camera.width, -camera.height))
    stage.put(smooth(points, 0.13), Linear((0, base - 4 * unit), (0, base + unit), ramp(colour, low)), alpha=0.92)


def _fern(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    for step in range(7):
        turn = math.radians(-72 + 24 * step)
        tip = (px + math.sin(turn) * 0.62 * unit, py - math.cos(turn) * 0.7 * unit)
        bend = ((px + tip[0]) / 2 + math.sin(turn) * 0.06 * unit, (py + tip[1]) / 2 - 0.16 * unit)
        stage.put(curve([(px, py), bend, tip]), stage.colour(scale(air.LEAF, 0.75 + 0.08 * step), 0.6, z), stroke=0.07 * unit)


def _bough(stage: Stage, side: int) -> None:
    camera = stage.camera
    edge = 0.0 if side < 0 else float(camera.width)
    rng = chance("bough", stage.picture.place_name, side)
    dark = scale(stage.colour(rgb("#2c3a26"), 0.1, 0), 0.6)
    for _ in range(13):
        x = edge - side * rng.random() ** 1.6 * camera.width * 0.24
        y = rng.random() ** 1.4 * camera.height * 0.3
        radius = camera.height * rng.uniform(0.03, 0.075)
        stage.put(ellipse(x, y, radius * 1.3, radius * 0.6), dark, alpha=0.94)


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
    stage.put(smooth([(px - unit, py), (px - 1.05 * unit, py - 0.9 * unit), (px - 0.3 * unit, py - 1.9 * unit), (px, py - 2.15 * unit), (px + 0.3 * unit, py - 1.9 * unit), (px + 1.05 * unit, py - 0.9 * unit), (px + unit, py)], 0.13), Linear((px - unit, 0), (px + unit, 0), ramp(*colours)))


def sea(stage: Stage) -> None:
    """The sea: a wide horizon, swell with glitter, a wet shore, a jetty, a boat, a lighthouse on its rock."""
    air.sky(stage)
    hour = stage.light.hour
    camera = stage.camera
    horizon = camera.horizon
    deep = mix(scale(rgb("#2f5d74"), 0.9), hour.sky[0], 0.35)
    water = [stage.light.far(stage.light.on(mix(deep, hour.sky[2], 0.35), 0.4), 0.55), stage.light.on(deep, 0.5), stage.light.on(scale(deep, 0.85), 0.4)]
    stage.put(rect(-0.3 * camera.width, horizon, 1.6 * camera.width, camera.height * 2), Linear((0, horizon), (0, camera.height), ramp(*water)))
    _headland(stage)
    _glitter(stage)
    _sail(stage, 5.0, 34)
    _shore(stage)
    _jetty(stage)
    air.mist(stage, 120, 6, 0.35)


def _headland(stage: Stage) -> None:
    air_x = -17.0
    z = 48.0
    px, py = stage.camera.at(air_x, 0, z)
    unit = stage.camera.scale(z)
    rock = smooth([(px - 14 * unit, py), (px - 11 * unit, py - 5 * unit), (px - 4 * unit, py - 4.2 * unit), (px + 1 * unit, py - 3 * unit), (px + 5 * unit, py - 1 * unit), (px + 7 * unit, py)], 0.1)
    stage.put(rock, stage.colour(rgb("#5a564f"), 0.4, z))
    stage.face([(air_x - 0.9, 3.0, z), (air_x + 0.9, 3.0, z), (air_x + 0.6, 11.5, z), (air_x - 0.6, 11.5, z)], rgb("#e5e0d5"), 0.6)
    stage.panel(air_x - 0.8, 6.2, 1.6, 1.5, z, rgb("#a83a32"), 0.6)
    stage.panel(air_x - 0.55, 11.5, 1.1, 1.2, z, rgb("#2c2f33"), 0.4)
    lamp = stage.camera.at(air_x, 12.1, z)
    stage.put(ellipse(*lamp, 0.4 * unit, 0.4 * unit), rgb("#ffedb0"))
    if stage.light.lamps:
        stage.glow(lamp, 7 * unit, rgb("#ffedb0"), 0.9)
        stage.beam(lamp, ((lamp[0] + 45 * unit, lamp[1] - 6 * unit), (lamp[0] + 45 * unit, lamp[1] + 3 * unit)), rgb("#ffedb0"), 0.5)


def _glitter(stage: Stage) -> None:
    rng = chance("swell", stage.picture.place_name)
    camera, hour = stage.camera, stage.light.hour
    sun = camera.width * (0.5 + 0.27 * stage.light.side)
    for _ in range(110):
        depth = rng.random() ** 2.2
        y = camera.horizon + 2 + depth * (camera.height - camera.horizon) * 0.8
        x = rng.uniform(-0.05, 1.05) * camera.width
        size = (4 + 60 * depth) * camera.height / 860
        near_sun = math.exp(-abs(x - sun) / (camera.width * (0.06 + 0.1 * depth)))
        colour = mix(hour.sky[2], hour.key, 0.5) if rng.random() < 0.4 + near_sun else scale(hour.sky[0], 0.7)
        stage.put(curve([(x - size, y), (x, y - size * 0.08), (x + size, y)]), colour, stroke=max(0.7, size * 0.07), alpha=0.18 + 0.6 * near_sun)


def _sail(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.put(polygon((px - 2.4 * unit, py - 0.7 * unit), (px + 2.6 * unit, py - 0.8 * unit), (px + 1.9 * unit, py + 0.1 * unit), (px - 1.8 * unit, py + 0.1 * unit)), stage.colour(rgb("#5a3528"), 0.4, z))
    stage.put(line((px, py - 0.7 * unit), (px, py - 6.2 * unit)), stage.colour((0.2, 0.16, 0.13), 0.4, z), stroke=max(1.0, 0.14 * unit))
    cloth = stage.colour(rgb("#e2d8c0"), 0.6, z)
    stage.put(polygon((px + 0.15 * unit, py - 6.0 * unit), (px + 2.4 * unit, py - 1.2 * unit), (px + 0.15 * unit, py - 1.1 * unit)), cloth)
    stage.put(polygon((px - 0.15 * unit, py - 5.6 * unit), (px - 1.9 * unit, py - 1.2 * unit), (px - 0.15 * unit, py - 1.1 * unit)), scale(cloth, 0.82))


def _shore(stage: Stage) -> None:
    sand = air.land(stage, rgb("#bfa57c"))
    camera = stage.camera
    edge = [camera.at(-40 + step * 8, 0, 7.5 + 1.2 * math.sin(step * 1.3)) for step in range(11)]
    bottom = camera.height * 1.5
    path = (*curve(edge), ("L", (edge[-1][0], bottom)), ("L", (edge[0][0], bottom)), ("Z", ()))
    top = min(y for _, y in edge)
    stage.put(path, Linear((0, top), (0, camera.height), (Stop(0, stage.colour(scale(sand, 0.62), 0.4, 4)), Stop(0.3, stage.colour(sand, 0.5, 2)), Stop(1, stage.colour(scale(sand, 0.9), 0.5, 0)))))
    foam = [(x, y - 1.5) for x, y in edge]
    stage.put(curve(foam), mix((0.9, 0.95, 0.97), stage.light.hour.haze, 0.3 if not stage.light.night else 0.6), stroke=max(1.5, 0.12 * camera.scale(7)), alpha=0.8)
    behind = [(camera.at(-40 + step * 8, 0, 10.5 + math.sin(step * 1.9))) for step in range(11)]
    stage.put(curve(behind), (0.9, 0.94, 0.96), stroke=max(1.0, 0.08 * camera.scale(11)), alpha=0.45 if not stage.light.night else 0.2)


def _jetty(stage: Stage) -> None:
    wood = rgb("#6d5a48")
    for z in (18.0, 15.0, 12.0, 9.0, 6.0):
        for x in (3.2, 4.6):
            stage.stroke([(x, -0.2, z), (x, 1.15, z)], scale(wood, 0.6), 0.16)
    stage.face([(3.1, 0.7, 4.0), (4.8, 0.7, 4.0), (4.8, 0.7, 19.0), (3.1, 0.7, 19.0)], wood, 0.55)
    for step in range(15):
        z = 4.2 + step
        stage.stroke([(3.1, 0.7, z), (4.8, 0.7, z)], scale(wood, 0.5), 0.05, alpha=0.7)


def garden(stage: Stage) -> None:
    """A garden: clipped hedges, a gravel path to a gate, beds in bloom, a fountain, a rose arch."""
    air.sky(stage)
    lawn = air.land(stage, rgb("#6f9650"))
    stage.ground(lawn, lawn)
    air.ridge(stage, 60, 8, rgb("#5a7a55"), "trees", 0.4, 14)
    for x, seed in ((-11, 1), (-6.5, 2), (7, 3), (12, 4)):
        air.tree(stage, x, 26, 7.0, air.LEAF, seed)
    hedge = rgb("#3f5f38")
    stage.box(-14, 0, 16.0, (12.4, 2.1, 1.0), hedge)
    stage.box(1.6, 0, 16.0, (12.4, 2.1, 1.0), hedge)
    stage.face([(-1.2, 0, stage.camera.near), (1.2, 0, stage.camera.near), (0.9, 0, 16), (-0.9, 0, 16)], air.land(stage, rgb("#cdbb94")), 0.55)
    _gate(stage)
    for side in (-1, 1):
        for z in (11.0, 8.0, 5.4, 3.2):
            stage.box(side * 3.0 - 1.2, 0, z, (2.4, 0.3, 0.8), hedge)
            for step in range(5):
                bloom = (rgb("#d1495b"), rgb("#edae49"), rgb("#e8e2ef"), rgb("#9a6fb0"))[(round(z) + step) % 4]
                air.bush(stage, side * 3.0 - 0.95 + step * 0.48, z + 0.3, 0.62, air.LEAF, bloom)
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
        stage.put(ellipse(px + 1.3 * unit + math.cos(turn) * 1.35 * unit, py - 2.0 * unit - math.sin(turn) * 1.4 * unit, 0.13 * unit, 0.12 * unit), stage.colour(rgb("#d86a7c"), 0.7, 16))
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
        start, end = (px + stage.light.side * radius * unit, py - (y + radius) * unit), (px - stage.light.side * radius * unit, py - (y - radius) * unit)
        stage.put(ellipse(px, py - y * unit, radius * unit, radius * unit), Linear(start, end, ramp(lit, dim)))


def _fountain(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stone = stage.colour(rgb("#b9b4a8"), 0.6, z)
    stage.put(smooth([(px - 1.0 * unit, py), (px - 1.05 * unit, py - 0.4 * unit), (px + 1.05 * unit, py - 0.4 * unit), (px + 1.0 * unit, py)], 0.08), stone)
    stage.put(ellipse(px, py - 0.42 * unit, 1.0 * unit, 0.16 * unit), mix(stage.light.hour.sky[1], rgb("#5f8a94"), 0.5))
    stage.put(rect(px - 0.12 * unit, py - 1.2 * unit, 0.24 * unit, 0.85 * unit), scale(stone, 0.9))
    stage.put(ellipse(px, py - 1.2 * unit, 0.42 * unit, 0.1 * unit), stone)
    for side in (-1, 1):
        stage.put(curve([(px, py - 1.7 * unit), (px + side * 0.35 * unit, py - 1.55 * unit), (px + side * 0.62 * unit, py - 0.5 * unit)]), (0.85, 0.92, 0.97), stroke=0.05 * unit, alpha=0.65)
    stage.put(line((px, py - 1.2 * unit), (px, py - 1.75 * unit)), (0.85, 0.92, 0.97), stroke=0.06 * unit, alpha=0.7)


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
    stage.face([(-0.9, 0, stage.camera.near), (0.9, 0, stage.camera.near), (1.6, 0, 14), (3.4, 0, 40), (3.0, 0, 40), (0.8, 0, 14)], mix(ground, rgb("#b0a488"), 0.7), 0.55)
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
    body = mix(stage.light.on(rgb(code), 0.4), stage.light.hour.haze, 0.25 if z < 300 else 0.45)  # noqa: PLR2004 - the farther range
    snow = mix(stage.light.on((0.93, 0.95, 0.99), 0.5), stage.light.hour.haze, 0.15)
    for step in range(count):
        x = camera.width * (-0.05 + 1.1 * (step + rng.uniform(0.2, 0.8)) / count)
        top = base - high * rng.uniform(0.6, 1.0)
        wide = (base - top) * rng.uniform(0.75, 1.0)
        side = stage.light.side * wide * 0.12
        stage.put(polygon((x - wide, base), (x - wide * 0.45, top + (base - top) * 0.5), (x, top), (x + wide * 0.5, top + (base - top) * 0.46), (x + wide, base)), body)
        stage.put(polygon((x, top), (x - side * 4.2, base), (x - side * 8, base), (x - (wide * 0.5 if side > 0 else -wide * 0.5), top + (base - top) * 0.48)), scale(body, 0.78), alpha=0.8)
        cap = (base - top) * 0.3
        stage.put(polygon((x, top), (x + wide * 0.33, top + cap), (x + wide * 0.18, top + cap * 0.8), (x + wide * 0.1, top + cap * 1.25), (x, top + cap * 0.85), (x - wide * 0.12, top + cap * 1.3), (x - wide * 0.18, top + cap * 0.8), (x - wide * 0.31, top + cap)), snow)


def _rock(stage: Stage, x: float, z: float, size: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * size
    stage.shade(x, z, 0.8 * size, 0.45)
    stage.put(polygon((px - 0.7 * unit, py), (px - 0.55 * unit, py - 0.45 * unit), (px - 0.1 * unit, py - 0.72 * unit), (px + 0.4 * unit, py - 0.5 * unit), (px + 0.7 * unit, py)), stage.colour(rgb("#77746e"), 0.5, z))
    shade = [(px - 0.1 * unit, py - 0.72 * unit), (px + 0.1 * unit, py - 0.3 * unit), (px + 0.05 * unit, py), (px + 0.7 * unit, py), (px + 0.4 * unit, py - 0.5 * unit)]
    if stage.light.side > 0:
        shade = [(2 * px - x_, y) for x_, y in shade]
    stage.put(polygon(*shade), stage.colour(rgb("#4d4a48"), 0.2, z), alpha=0.8)


def carriage(stage: Stage) -> None:
    """A railway compartment: benches facing, a wide window with the country passing, luggage overhead."""
    space = fit.Shell(1.7, 2.3, 1.5)
    panel = rgb("#6b4630")
    fit.shell(stage, space, panel, rgb("#4a3a30"), rgb("#cbbf9f"))
    fit.window(stage, -0.75, 1.0, 1.5, 0.95, 1.47, frame=rgb("#4a3020"))
    fit.curtains(stage, -0.75, 1.0, 1.5, 0.95, 1.45, rgb("#5d6b4a"))
    for side in (-1, 1):
        x = -1.65 if side < 0 else 0.95
        cloth = rgb("#5a2f38")
        stage.box(x, 0.0, 0.2, (0.7, 0.48, 1.2), cloth)
        stage.side(side * 1.5, 0.48, 1.0, max(stage.camera.near, 0.1), 1.4, scale(cloth, 1.1))
        stage.stroke([(side * 1.3, 1.85, max(stage.camera.near, -0.4)), (side * 1.3, 1.85, 1.45)], fit.BRASS, 0.05)
        stage.box(side * 1.35 - 0.25, 1.88, 0.5, (0.5, 0.25, 0.6), rgb("#7a5636"))
    stage.panel(-0.7, 0.86, 1.4, 0.06, 1.4, fit.DARK_WOOD, 0.6)
    fit.hanging(stage, 0.0, 1.95, 0.6, 2.3, strength=0.5)


def cabin(stage: Stage) -> None:
    """A ship's cabin: planked walls, round ports with the sea in them, a berth, a lantern."""
    space = fit.Shell(2.2, 2.2, 1.9)
    wood = rgb("#8a6242")
    fit.shell(stage, space, wood, scale(wood, 0.8), scale(wood, 0.65))
    for row in range(9):
        stage.stroke([(-2.2, 0.25 * row, 1.89), (2.2, 0.25 * row, 1.89)], scale(wood, 0.55), 0.015)
    unit = stage.camera.scale(1.88)
    day = stage.picture.time_of_day is TimeOfDay.DAY
    for x in (-1.0, 0.6):
        px, py = stage.camera.at(x, 1.5, 1.88)
        stage.put(ellipse(px, py, 0.36 * unit, 0.36 * unit), stage.colour(fit.BRASS, 0.7, 1.9))
        low = py + 0.05 * unit
        stage.put(ellipse(px, py, 0.28 * unit, 0.28 * unit), Linear((0, py - 0.28 * unit), (0, py + 0.28 * unit), (Stop(0, stage.light.hour.sky[1]), Stop(0.58, stage.light.hour.sky[2]), Stop(0.6, rgb("#33586c")), Stop(1, rgb("#1f3c4c")))))
        stage.glow((px, low), 1.6 * unit, stage.light.hour.sky[2], 0.4 if day else 0.2)
    stage.box(-2.2, 0, 1.2, (1.6, 0.55, 0.7), rgb("#5f4230"))
    stage.panel(-2.15, 0.55, 1.5, 0.18, 1.25, rgb("#b9b0a0"), 0.5)
    fit.hanging(stage, 1.0, 1.55, 1.0, 2.2)
