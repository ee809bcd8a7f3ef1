"""A forest."""

import math

from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Path, Point, Stop, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.shapes import curve, limb, line, polygon, smooth
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
            if order > 2 and abs(x) < 1.3:  # a clearing for the people
                continue
            _bole(stage, x, z, rng.uniform(0.14, 0.3) * (1 + 0.2 * order), rng.uniform(-0.5, 0.5))
        if order < 3 or stage.light.haze > 1.2:  # between the near trunks the air is clear but in fog
            air.mist(stage, z - 1, 5, 0.3)
    path = mix(floor, rgb("#8a7650"), 0.14 if stage.snowy else 0.6)
    _path(stage, path)
    if not stage.light.night:
        for share in (0.28, 0.46, 0.66):
            top = (camera.width * share + stage.light.side * camera.width * 0.2, -20.0)
            foot = camera.at(0, 0, 6)[1]
            stage.beam(top, ((camera.width * (share - 0.06), foot), (camera.width * (share + 0.05), foot)), stage.light.key, 0.3)
    else:
        stage.glow((camera.width * (0.5 + 0.2 * stage.light.side), camera.horizon - camera.height * 0.12), camera.height * 0.5,
            (0.5, 0.65, 0.9), 0.4)
    for x, z in ((-2.6, 3.4), (2.4, 2.9), (-3.6, 6.0), (3.8, 5.4)):
        _fern(stage, x, z)
    air.grass(stage, -1.2, 9.0, floor, 50)
    stage.into = stage.front
    for side in (-1, 1):
        _bough(stage, side)
    stage.into = stage.back


def _path(stage: Stage, earth: Rgb) -> None:
    """A path that winds away and is lost among the trunks."""
    camera = stage.camera
    depths = [camera.near + (13.0 - camera.near) * (step / 8) ** 1.6 for step in range(9)]
    middles = [0.9 * math.sin(z * 0.42) * min(1.0, max(0.0, z) / 3) for z in depths]
    left = [camera.at(x - 0.75, 0, z) for x, z in zip(middles, depths, strict=True)]
    right = [camera.at(x + 0.75, 0, z) for x, z in zip(middles, depths, strict=True)]
    near, far = stage.colour(earth, 0.5, 0), stage.colour(earth, 0.5, 9)
    outline: Path = (*curve(left), ("L", right[-1]), *curve(right[::-1])[1:], ("Z", ()))
    stage.put(outline, Linear((0, left[0][1]), (0, left[-1][1]), (Stop(0, near), Stop(0.75, far, 0.8), Stop(1, far, 0.0))))


def _bole(stage: Stage, x: float, z: float, thick: float, lean: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    wide = thick * unit
    top = (px + lean * unit, py - 11 * unit)
    lit, dim = stage.colour(rgb("#6d5844"), 0.6, z), stage.colour(rgb("#3b3029"), 0.12, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    path = polygon((px - wide * 1.6, py), (px - wide * 0.9, py - 0.5 * unit), (top[0] - wide * 0.6, top[1]),
        (top[0] + wide * 0.6, top[1]), (px + wide * 0.9, py - 0.5 * unit), (px + wide * 1.6, py))
    stage.put(path, Linear((px - wide, 0), (px + wide, 0), ramp(*colours)))
    if z < 10:  # bark and boughs show on the near trunks
        for share in (0.25, 0.42, 0.6):
            side = 1 if (share * 100) % 2 else -1
            one = (px + lean * unit * share, py - 11 * unit * share * 0.7)
            stage.put(limb([one, (one[0] + side * 0.8 * unit, one[1] - 1.5 * unit)], [wide * 0.13, wide * 0.03]), dim)
        if stage.snowy:
            stage.put(line((px - wide * 0.8, py - 0.5 * unit), (top[0] - wide * 0.5, top[1])), (0.85, 0.88, 0.93),
                stroke=wide * 0.3, alpha=0.7)


def _canopy(stage: Stage, z: float, order: int) -> None:
    rng = chance("canopy", stage.picture.place_name, z)
    camera = stage.camera
    leaf = rgb("#46663c") if not stage.snowy else rgb("#aab4ba")
    colour, low = stage.colour(scale(leaf, 0.9), 0.5, z), stage.colour(scale(leaf, 0.6), 0.1, z)
    base = camera.at(0, 4.6 + 0.25 * order + (3.2 if stage.snowy else 0.0), z)[1]
    unit = camera.scale(z)
    points: list[Point] = [(-0.2 * camera.width, -camera.height)]
    steps = 12
    points += [(camera.width * (-0.2 + 1.4 * step / steps), base + rng.uniform(-1.2, 1.0) * unit) for step in range(steps + 1)]
    points.append((1.2 * camera.width, -camera.height))
    stage.put(smooth(points, 0.13), Linear((0, base - 4 * unit), (0, base + unit), ramp(colour, low)),
        alpha=0.5 if stage.snowy else 0.92)


def _fern(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    for step in range(7):
        turn = math.radians(-72 + 24 * step)
        tip = (px + math.sin(turn) * 0.62 * unit, py - math.cos(turn) * 0.7 * unit)
        bend = ((px + tip[0]) / 2 + math.sin(turn) * 0.06 * unit, (py + tip[1]) / 2 - 0.16 * unit)
        leaf = scale(air.LEAF, 0.75 + 0.08 * step)
        if stage.snowy:
            leaf = mix(leaf, (0.5, 0.48, 0.46), 0.6)
        stage.put(curve([(px, py), bend, tip]), stage.colour(leaf, 0.6, z), stroke=0.07 * unit)
        if stage.snowy:  # snow lies along the upper side
            stage.put(curve([(px, py - 0.03 * unit), (bend[0], bend[1] - 0.04 * unit), (tip[0], tip[1] - 0.03 * unit)]),
                stage.colour((0.86, 0.89, 0.95), 0.5, z), stroke=0.06 * unit)


def _bough(stage: Stage, side: int) -> None:
    """Leaves hanging into the frame from a tree beside the lens."""
    camera = stage.camera
    edge = 0.0 if side < 0 else float(camera.width)
    rng = chance("bough", stage.picture.place_name, side)
    dark = scale(stage.colour(rgb("#2c3a26"), 0.1, 0), 0.6)
    for twig in range(5):
        y = camera.height * (0.02 + 0.055 * twig)
        reach = camera.width * rng.uniform(0.1, 0.24) * (1 - 0.11 * twig)
        tip = (edge - side * reach, y + camera.height * rng.uniform(0.05, 0.12))
        stage.put(curve([(edge, y), ((edge + tip[0]) / 2, y - camera.height * 0.01), tip]), dark, stroke=camera.height * 0.006)
        for step in range(11):
            share = (step + 1) / 11
            x, drop = edge - side * reach * share, y + (tip[1] - y) * share * share
            long = camera.height * rng.uniform(0.025, 0.05)
            turn = rng.uniform(-0.5, 0.5)
            end = (x - side * long * 0.5, drop + long * (0.8 + turn))
            wide = long * 0.2
            cx, cy = (x + end[0]) / 2, (drop + end[1]) / 2
            stage.put(smooth([(x, drop), (cx + wide, cy), end, (cx - wide, cy)], 0.15), dark, alpha=0.95)
