"""A desert: dunes under a high sun."""

import math

from aiuteur.film.bible import TimeOfDay
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Path, Point, Stop, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.shapes import curve, ellipse, limb, polygon, smooth
from aiuteur.models.animatic.art.stage import Stage

_SAND = rgb("#d9a862")


def desert(stage: Stage) -> None:
    """A desert: crest behind crest of sand, a lit and a shaded flank to each, rocks, a palm far off, footprints."""
    air.sky(stage)
    sand = air.land(stage, _SAND)
    stage.ground(sand, mix(sand, rgb("#e8c690"), 0.5))
    for order, (z, tall) in enumerate(((130.0, 15.0), (70.0, 9.0), (36.0, 5.2), (19.0, 2.5))):
        _dune(stage, z, tall, scale(sand, 1.0 - 0.03 * order), order)
    _palms(stage, -15.0, 34.0)
    for x, z, size in ((-4.6, 8.0, 0.9), (5.4, 10.0, 1.3), (6.6, 9.2, 0.6)):
        _rock(stage, x, z, size)
    _ripples(stage, scale(sand, 0.84))
    _footprints(stage, scale(sand, 0.66))
    air.mist(stage, 60, 5, 0.2)


def _dune(stage: Stage, z: float, tall: float, sand: Rgb, order: int) -> None:
    """One crest across the canvas; below each of its tops the flank that lies away from the key is dark, with a sharp edge."""
    camera = stage.camera
    rng = chance("dune", stage.picture.place_name, order)
    base, unit = camera.at(0, 0, z)[1], camera.scale(z)
    span = camera.span(z) * 1.25
    steps = 5
    crest: list[Point] = [
        camera.at(-span + 2 * span * (step + rng.uniform(-0.25, 0.25)) / steps,
            tall * (rng.uniform(0.75, 1.0) if step % 2 else rng.uniform(0.15, 0.4)), z) for step in range(steps + 1)
    ]
    body: Path = (*curve(crest, 0.2), ("L", (crest[-1][0], base + unit)), ("L", (crest[0][0], base + unit)), ("Z", ()))
    lit, low = stage.colour(sand, 0.75, z), stage.colour(scale(sand, 0.92), 0.45, z)
    stage.put(body, Linear((0, base - tall * unit), (0, base), ramp(lit, low)))
    away = -stage.light.side or 1.0
    dark = stage.colour(scale(sand, 0.6), 0.12, z)
    for x, y in crest[1:-1:2]:
        reach = span * 0.5 * unit
        ridge = [(x, y), (x + away * reach * 0.16, (y + base) / 2), (x - away * reach * 0.1, base + unit * 0.4)]
        flank: Path = (*curve(ridge, 0.2), ("L", (x + away * reach, base + unit * 0.4)),
            ("C", (x + away * reach * 0.7, base, x + away * reach * 0.3,
            y + (base - y) * 0.35, x, y)), ("Z", ()))
        stage.put(flank, Linear((x, y), (x + away * reach, base), (Stop(0, dark, 0.9), Stop(0.6, dark, 0.7), Stop(1, dark, 0.0))))


def _palms(stage: Stage, x: float, z: float) -> None:
    """Three palms round a well, small on the horizon."""
    trunk, leaf = stage.colour(rgb("#5a4630"), 0.3, z), stage.colour(rgb("#4f6b3a"), 0.45, z)
    for dx, tall, lean in ((-1.4, 5.0, -0.6), (0.2, 6.4, 0.5), (1.6, 4.4, 0.9)):
        px, py = stage.camera.at(x + dx, 0, z)
        unit = stage.camera.scale(z)
        top = (px + lean * unit, py - tall * unit)
        stage.put(limb([(px, py), (px + lean * 0.3 * unit, py - tall * 0.5 * unit), top],
            [0.2 * unit, 0.14 * unit, 0.1 * unit]), trunk)
        for turn in (-100, -60, -20, 30, 70, 110):
            tip = (top[0] + math.sin(math.radians(turn)) * 2.0 * unit,
                top[1] - math.cos(math.radians(turn)) * 1.0 * unit + 0.6 * unit)
            bend = ((top[0] + tip[0]) / 2, min(top[1], tip[1]) - 0.5 * unit)
            stage.put(curve([top, bend, tip]), leaf, stroke=max(1.0, 0.34 * unit))


def _rock(stage: Stage, x: float, z: float, size: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * size
    stage.shade(x, z, size * 0.9, 0.4)
    lit, dim = stage.colour(rgb("#b07a52"), 0.6, z), stage.colour(rgb("#6b452f"), 0.12, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.put(polygon((px - unit, py), (px - 0.8 * unit, py - 0.6 * unit), (px - 0.2 * unit, py - 0.95 * unit),
        (px + 0.4 * unit, py - 0.8 * unit), (px + 0.9 * unit, py - 0.35 * unit), (px + unit, py)),
        Linear((px - unit, 0), (px + unit, 0), ramp(*colours)))


def _ripples(stage: Stage, dark: Rgb) -> None:
    """What the wind has drawn in the near sand."""
    rng = chance("ripples", stage.picture.place_name)
    z = stage.camera.near + 0.2
    while z < 12:  # farther off they are too fine
        span = stage.camera.span(z)
        points = [stage.camera.at(-span + 2 * span * step / 7, 0, z + 0.16 * math.sin(step * 1.7 + z * 3)) for step in range(8)]
        stage.put(curve(points), stage.colour(dark, 0.4, z), stroke=max(0.7, 0.035 * stage.camera.scale(z)), alpha=0.5)
        z += rng.uniform(0.28, 0.5) * (1 + max(0.0, z) * 0.2)


def _footprints(stage: Stage, dark: Rgb) -> None:
    """A track that comes from the far dunes."""
    for step in range(26):
        z = 0.4 + step * 0.62
        x = 1.1 * math.sin(z * 0.2) + (0.13 if step % 2 else -0.13)
        px, py = stage.camera.at(x, 0, z)
        unit = stage.camera.scale(z)
        stage.put(ellipse(px, py, 0.09 * unit, 0.05 * unit), stage.colour(dark, 0.3, z), alpha=0.7)
    if stage.picture.time_of_day is TimeOfDay.DAY:
        stage.put(smooth([stage.camera.at(x, 0, z) for x, z in ((-9, 26), (0, 25), (9, 26), (0, 27.5))], 0.16),
            stage.light.hour.sky[2], alpha=0.35, blur=2.0)
