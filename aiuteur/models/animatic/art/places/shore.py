"""The sea from its shore, and a ship's cabin."""

import math

from aiuteur.film.bible import TimeOfDay
from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Path, Stop, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage


def sea(stage: Stage) -> None:
    """The sea: a wide horizon, swell with glitter, a wet shore, a jetty, a boat, a lighthouse on its rock."""
    air.sky(stage)
    water(stage)
    _headland(stage)
    _glitter(stage)
    _sail(stage, 5.0, 34)
    _shore(stage)
    _jetty(stage)
    air.mist(stage, 120, 6, 0.35)


def water(stage: Stage) -> None:
    """The sea as far as the horizon."""
    hour = stage.light.hour
    camera = stage.camera
    horizon = camera.horizon
    deep = mix(scale(rgb("#2f5d74"), 0.9), hour.sky[0], 0.35)
    water = [stage.light.far(stage.light.on(mix(deep, hour.sky[2], 0.35), 0.4), 0.55), stage.light.on(deep, 0.5),
        stage.light.on(scale(deep, 0.85), 0.4)]
    stage.put(rect(-0.3 * camera.width, horizon, 1.6 * camera.width, camera.height * 2),
        Linear((0, horizon), (0, camera.height), ramp(*water)))


def _headland(stage: Stage) -> None:
    air_x = -17.0
    z = 48.0
    px, py = stage.camera.at(air_x, 0, z)
    unit = stage.camera.scale(z)
    rock = smooth([(px - 14 * unit, py), (px - 11 * unit, py - 5 * unit), (px - 4 * unit, py - 4.2 * unit),
        (px + 1 * unit, py - 3 * unit), (px + 5 * unit, py - 1 * unit), (px + 7 * unit, py)], 0.1)
    stage.put(rock, stage.colour(rgb("#5a564f"), 0.4, z))
    stage.face([(air_x - 0.9, 3.0, z), (air_x + 0.9, 3.0, z), (air_x + 0.6, 11.5, z), (air_x - 0.6, 11.5, z)], rgb("#e5e0d5"),
        0.6)
    stage.panel(air_x - 0.8, 6.2, 1.6, 1.5, z, rgb("#a83a32"), 0.6)
    stage.panel(air_x - 0.55, 11.5, 1.1, 1.2, z, rgb("#2c2f33"), 0.4)
    lamp = stage.camera.at(air_x, 12.1, z)
    stage.put(ellipse(*lamp, 0.4 * unit, 0.4 * unit), rgb("#ffedb0"))
    if stage.light.lamps:
        stage.glow(lamp, 7 * unit, rgb("#ffedb0"), 0.9)
        stage.beam(lamp, ((lamp[0] + 45 * unit, lamp[1] - 6 * unit), (lamp[0] + 45 * unit, lamp[1] + 3 * unit)), rgb("#ffedb0"),
            0.5)


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
        stage.put(curve([(x - size, y), (x, y - size * 0.08), (x + size, y)]), colour, stroke=max(0.7, size * 0.07),
            alpha=0.18 + 0.6 * near_sun)


def _sail(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.put(polygon((px - 2.4 * unit, py - 0.7 * unit), (px + 2.6 * unit, py - 0.8 * unit), (px + 1.9 * unit, py + 0.1 * unit),
        (px - 1.8 * unit, py + 0.1 * unit)), stage.colour(rgb("#5a3528"), 0.4, z))
    stage.put(line((px, py - 0.7 * unit), (px, py - 6.2 * unit)), stage.colour((0.2, 0.16, 0.13), 0.4, z),
        stroke=max(1.0, 0.14 * unit))
    cloth = stage.colour(rgb("#e2d8c0"), 0.6, z)
    stage.put(polygon((px + 0.15 * unit, py - 6.0 * unit), (px + 2.4 * unit, py - 1.2 * unit),
        (px + 0.15 * unit, py - 1.1 * unit)), cloth)
    stage.put(polygon((px - 0.15 * unit, py - 5.6 * unit), (px - 1.9 * unit, py - 1.2 * unit),
        (px - 0.15 * unit, py - 1.1 * unit)), scale(cloth, 0.82))


def _shore(stage: Stage) -> None:
    sand = air.land(stage, rgb("#bfa57c"))
    camera = stage.camera
    edge = [camera.at(-40 + step * 8, 0, 7.5 + 1.2 * math.sin(step * 1.3)) for step in range(11)]
    bottom = camera.height * 1.5
    path: Path = (*curve(edge), ("L", (edge[-1][0], bottom)), ("L", (edge[0][0], bottom)), ("Z", ()))
    top = min(y for _, y in edge)
    stage.put(path, Linear((0, top), (0, camera.height), (Stop(0, stage.colour(scale(sand, 0.62), 0.4, 4)),
        Stop(0.3, stage.colour(sand, 0.5, 2)), Stop(1, stage.colour(scale(sand, 0.9), 0.5, 0)))))
    foam = [(x, y - 1.5) for x, y in edge]
    stage.put(curve(foam), mix((0.9, 0.95, 0.97), stage.light.hour.haze, 0.3 if not stage.light.night else 0.6),
        stroke=max(1.5, 0.12 * camera.scale(7)), alpha=0.8)
    behind = [(camera.at(-40 + step * 8, 0, 10.5 + math.sin(step * 1.9))) for step in range(11)]
    stage.put(curve(behind), (0.9, 0.94, 0.96), stroke=max(1.0, 0.08 * camera.scale(11)), alpha=0.45 if not stage.light.night
        else 0.2)


def _jetty(stage: Stage) -> None:
    wood = rgb("#6d5a48")
    for z in (18.0, 15.0, 12.0, 9.0, 6.0):
        for x in (3.2, 4.6):
            stage.stroke([(x, -0.2, z), (x, 1.15, z)], scale(wood, 0.6), 0.16)
    stage.face([(3.1, 0.7, 4.0), (4.8, 0.7, 4.0), (4.8, 0.7, 19.0), (3.1, 0.7, 19.0)], wood, 0.55)
    for step in range(15):
        z = 4.2 + step
        stage.stroke([(3.1, 0.7, z), (4.8, 0.7, z)], scale(wood, 0.5), 0.05, alpha=0.7)


def cabin(stage: Stage) -> None:
    """A ship's cabin: planked walls, round ports with the sea in them, a berth, a lantern."""
    space = fit.Shell(2.2, 2.2, 1.9)
    wood = rgb("#8a6242")
    fit.shell(stage, space, wood, scale(wood, 0.8), scale(wood, 0.65))
    for row in range(9):
        stage.stroke([(-2.2, 0.25 * row, 1.89), (2.2, 0.25 * row, 1.89)], scale(wood, 0.55), 0.015)
    unit = stage.camera.scale(1.88)
    day = stage.picture.time_of_day is TimeOfDay.DAY
    for x in (-1.45, 0.0, 1.45):
        px, py = stage.camera.at(x, 1.5, 1.88)
        stage.put(ellipse(px, py, 0.36 * unit, 0.36 * unit), stage.colour(fit.BRASS, 0.7, 1.9))
        low = py + 0.05 * unit
        stage.put(ellipse(px, py, 0.28 * unit, 0.28 * unit),
            Linear((0, py - 0.28 * unit), (0, py + 0.28 * unit),
            (Stop(0, stage.light.hour.sky[1]), Stop(0.58, stage.light.hour.sky[2]), Stop(0.6, rgb("#33586c")),
            Stop(1, rgb("#1f3c4c")))))
        stage.glow((px, low), 1.6 * unit, stage.light.hour.sky[2], 0.4 if day else 0.2)
    stage.box(-2.2, 0, 1.2, (1.6, 0.55, 0.7), rgb("#5f4230"))
    stage.panel(-2.15, 0.55, 1.5, 0.18, 1.25, rgb("#b9b0a0"), 0.5)
    fit.hanging(stage, 1.0, 1.55, 1.0, 2.2)
