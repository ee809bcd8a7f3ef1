"""What all open places share: sky, sun, moon, clouds, far hills, trees, bushes."""

import math

from aiuteur.film.bible import TimeOfDay, Weather
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Path, Point, Stop, fade
from aiuteur.models.animatic.art.shapes import curve, ellipse, limb, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage

_CLEAR = {Weather.CLEAR, Weather.WIND}


def sky(stage: Stage) -> None:
    """The sky down to the horizon, with what hangs in it."""
    camera, hour = stage.camera, stage.light.hour
    low = max(camera.horizon, camera.height * 0.15)
    top = min(-camera.height * 0.3, low - camera.height * 0.9)
    stops = (Stop(0.15, hour.sky[0]), Stop(0.65, hour.sky[1]), Stop(1, hour.sky[2]))
    stage.put(rect(-camera.width * 0.3, -camera.height * 0.5, camera.width * 1.6, camera.height * 2),
        Linear((0, top), (0, low), stops))
    if stage.light.night and stage.picture.weather in _CLEAR:
        _stars(stage, low)
    if stage.picture.weather in _CLEAR:
        _disc(stage, low)
    if stage.picture.weather is not Weather.FOG:
        _clouds(stage, low)


def _stars(stage: Stage, low: float) -> None:
    rng = chance("stars", stage.picture.place_name)
    for _ in range(70):
        x, y = rng.uniform(0, stage.camera.width), low * (1 - rng.random() ** 0.7)
        stage.put(ellipse(x, y, 0.9, 0.9), (0.85, 0.9, 1), alpha=rng.uniform(0.2, 0.8) * min(1.0, (low - y) / low * 1.6))


def _disc(stage: Stage, low: float) -> None:
    time = stage.picture.time_of_day
    side = 0.5 + 0.27 * stage.light.side
    x, radius = stage.camera.width * side, stage.camera.frame_height * 0.045
    if time is TimeOfDay.NIGHT:
        centre: Point = (x, low * 0.34)
        stage.glow(centre, radius * 6, (0.6, 0.72, 0.95), 0.5)
        stage.put(ellipse(*centre, radius, radius), (0.93, 0.95, 0.98))
        stage.put(ellipse(centre[0] - radius * 0.3, centre[1] - radius * 0.2, radius * 0.25, radius * 0.22), (0.8, 0.83, 0.88),
            alpha=0.6)
    elif time is TimeOfDay.DAY:
        stage.glow((x, low * 0.16), radius * 9, (1, 0.96, 0.85), 0.6)
    else:
        centre = (x, low - radius * 1.4)
        stage.glow(centre, radius * 13, stage.light.hour.key, 0.75)
        stage.put(ellipse(*centre, radius * 1.15, radius * 1.15), mix(stage.light.hour.key, (1, 1, 0.9), 0.55))


def _clouds(stage: Stage, low: float) -> None:
    rng = chance("clouds", stage.picture.place_name, stage.picture.time_of_day)
    width, hour = stage.camera.width, stage.light.hour
    heavy = stage.picture.weather not in _CLEAR
    lit = mix(hour.sky[1], hour.key if not stage.light.night else hour.sky[2], 0.75 if not stage.light.night else 0.5)
    for _ in range(7 if heavy else 4):
        x, y = rng.uniform(-0.05, 1.05) * width, low * rng.uniform(0.08, 0.72)
        size = width * rng.uniform(0.09, 0.17) * (1.3 if heavy else 1)
        body = mix(scale(hour.sky[0], 0.92), hour.sky[1], 0.4) if heavy else lit
        _cloud(stage, x, y, size, body, 0.6 if heavy else 0.85)


def _cloud(stage: Stage, x: float, y: float, size: float, body: Rgb, alpha: float) -> None:
    tall = size * 0.22
    shape = [
        (x - size, y), (x - size * 0.6, y - tall * 0.7), (x - size * 0.2, y - tall * 0.6), (x + size * 0.1, y - tall * 1.15),
        (x + size * 0.5, y - tall * 0.5), (x + size, y), (x + size * 0.4, y + tall * 0.22), (x - size * 0.4, y + tall * 0.2),
    ]
    paint = Linear((0, y - tall * 1.1), (0, y + tall * 0.3),
        (Stop(0, body, alpha), Stop(0.7, body, alpha * 0.55), Stop(1, body, 0.0)))
    stage.put(smooth(shape), paint, blur=size * 0.035)


def ridge(stage: Stage, z: float, height: float, albedo: Rgb, key: object, rough: float = 0.5, steps: int = 9) -> list[Point]:
    """A line of far hills across the whole canvas; returns its crest."""
    camera = stage.camera
    rng = chance("ridge", stage.picture.place_name, key)
    base = camera.at(0, 0, z)[1]
    tall = height * camera.scale(z)
    left, right = -0.2 * camera.width, 1.2 * camera.width
    crest = [
        (left + (right - left) * step / steps, base - tall * (1 - rough * rng.random()))
        for step in range(steps + 1)
    ]
    path: Path = (*curve(crest), ("L", (right, base + 1.5)), ("L", (left, base + 1.5)), ("Z", ()))
    colour = stage.colour(albedo, 0.35, z)
    low = mix(colour, stage.light.hour.haze, 0.4 * min(1.0, z / 80))
    stage.put(path, Linear((0, base - tall), (0, base + tall * 0.2), (Stop(0, colour), Stop(1, low))))
    return crest


def tree(stage: Stage, x: float, z: float, height: float, leaf: Rgb, seed: object = 0) -> None:
    """A broad-leaved tree: trunk, forked boughs, clumps of leaves lit on the side of the key."""
    rng = chance("tree", stage.picture.place_name, seed)
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * height
    bark = stage.colour((0.3, 0.23, 0.18), 0.3, z)
    stage.put(limb([(px, py), (px + unit * 0.02, py - unit * 0.3), (px - unit * 0.01, py - unit * 0.6)],
        [unit * 0.045, unit * 0.035, unit * 0.02]), bark)
    for turn in (-0.5, 0.45):
        tip = (px + math.sin(turn) * unit * 0.34, py - unit * 0.38 - math.cos(turn) * unit * 0.24)
        stage.put(limb([(px, py - unit * 0.34), tip], [unit * 0.02, unit * 0.008]), bark)
    bare = stage.snowy
    clumps = [(rng.uniform(-0.3, 0.3), rng.uniform(0.48, 0.9), rng.uniform(0.13, 0.2)) for _ in range(9)]
    for order, (cx, cy, radius) in enumerate(sorted(clumps, key=lambda clump: abs(clump[0]))):
        if bare and order % 2:
            continue
        _clump(stage, (px + cx * unit, py - cy * unit), radius * unit, leaf if not bare else (0.82, 0.86, 0.9), z)


def _clump(stage: Stage, centre: Point, radius: float, leaf: Rgb, z: float) -> None:
    dark, bright = stage.colour(scale(leaf, 0.7), 0.1, z), stage.colour(leaf, 0.75, z)
    side = stage.light.side
    shape = [
        (centre[0] + math.cos(step * math.tau / 9) * radius * (1.08 if step % 2 else 0.9),
            centre[1] + math.sin(step * math.tau / 9) * radius * 0.8)
        for step in range(9)
    ]
    start = (centre[0] + side * radius, centre[1] - radius)
    end = (centre[0] - side * radius, centre[1] + radius)
    stage.put(smooth(shape), Linear(start, end, (Stop(0, bright), Stop(1, dark))))


def fir(stage: Stage, x: float, z: float, height: float, leaf: Rgb) -> None:
    """A conifer in ragged tiers."""
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * height
    stage.put(rect(px - unit * 0.02, py - unit * 0.16, unit * 0.04, unit * 0.16), stage.colour((0.28, 0.2, 0.16), 0.3, z))
    bright, dark = stage.colour(leaf, 0.55, z), stage.colour(scale(leaf, 0.62), 0.1, z)
    start, end = (px + stage.light.side * unit * 0.16, 0), (px - stage.light.side * unit * 0.16, 0)
    for tier in range(4):
        low, wide = py - unit * (0.1 + tier * 0.2), unit * (0.22 - tier * 0.042)
        points = [(px, low - unit * 0.36), (px + wide, low), (px + wide * 0.5, low - unit * 0.03), (px, low + unit * 0.02),
            (px - wide * 0.5, low - unit * 0.03), (px - wide, low)]
        stage.put(polygon(*points), Linear(start, end, (Stop(0, bright), Stop(1, dark))))
        if stage.snowy:
            stage.put(polygon((px, low - unit * 0.36), (px + wide * 0.7, low - unit * 0.09),
                (px - wide * 0.7, low - unit * 0.09)), stage.colour((0.9, 0.93, 0.97), 0.4, z), alpha=0.85)


def bush(stage: Stage, x: float, z: float, size: float, leaf: Rgb, bloom: Rgb | None = None) -> None:
    """A low shrub, in flower where `bloom` gives a colour."""
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * size
    for dx, dy, radius in ((-0.35, 0.22, 0.3), (0.35, 0.24, 0.32), (0, 0.38, 0.4)):
        _clump(stage, (px + dx * unit, py - dy * unit), radius * unit, leaf, z)
    if bloom is not None:
        rng = chance("bloom", x, z)
        for _ in range(9):
            spot = (px + rng.uniform(-0.55, 0.55) * unit, py - rng.uniform(0.12, 0.66) * unit)
            stage.put(ellipse(*spot, unit * 0.06, unit * 0.055), stage.colour(bloom, 0.7, z))


def grass(stage: Stage, z0: float, z1: float, leaf: Rgb, count: int = 60) -> None:
    """Tufts on the ground between two depths."""
    rng = chance("grass", stage.picture.place_name, z0)
    for _ in range(count):
        z = z0 + (z1 - z0) * rng.random() ** 1.6
        px, py = stage.camera.at(rng.uniform(-1, 1) * stage.camera.span(z), 0, z)
        unit = stage.camera.scale(z) * rng.uniform(0.07, 0.16)
        blade: Path = (("M", (px - unit * 0.35, py)), ("L", (px - unit * 0.5, py - unit)), ("L", (px - unit * 0.05, py)),
            ("L", (px + unit * 0.1, py - unit * 1.3)),
                 ("L", (px + unit * 0.2, py)), ("L", (px + unit * 0.6, py - unit * 0.8)), ("L", (px + unit * 0.45, py)),
                     ("Z", ()))
        stage.put(blade, stage.colour(scale(leaf, rng.uniform(0.75, 1.2)), 0.5, z))


def mist(stage: Stage, z: float, height: float, strength: float = 0.35) -> None:
    """A bank of haze lying at a depth."""
    base = stage.camera.at(0, 0, z)[1]
    tall = height * stage.camera.scale(z)
    colour = mix(stage.light.hour.haze, stage.light.hour.sky[2], 0.3)
    paint = Linear((0, base - tall), (0, base + tall * 0.5), fade(colour, 0, strength, 0))
    stage.put(rect(-stage.camera.width * 0.3, base - tall, stage.camera.width * 1.6, tall * 1.5), paint)


def land(stage: Stage, albedo: Rgb) -> Rgb:
    """The colour of open ground: white under snow, darker when wet."""
    if stage.snowy:
        return (0.82, 0.86, 0.92)
    return scale(albedo, 0.72) if stage.wet else albedo


LEAF = rgb("#5f7d45")
FIR = rgb("#3c5a49")
EARTH = rgb("#7d6850")
