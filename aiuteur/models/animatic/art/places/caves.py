"""A cave: rock all round, and the day or a fire."""

from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Path, Point, Radial, Stop, fade, ramp
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import curve, ellipse, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage

_ROCK = rgb("#6f6258")
_RIMS = ((9.0, 2.2, 2.7, 0.5), (5.0, 2.9, 3.0, 0.75), (2.0, 3.5, 3.3, 1.0))
"""The rims of rock one looks through, farthest first: how far behind, half as wide, how high, how light."""


def cave(stage: Stage) -> None:
    """A cave: rims of rock before each other, a mouth far off with the sky in it, dripstone, pools, torches."""
    camera = stage.camera
    stage.put(rect(-0.3 * camera.width, -0.5 * camera.height, 1.6 * camera.width, 2 * camera.height),
        stage.colour(scale(_ROCK, 0.35), 0.1, 12))
    _mouth(stage)
    for order, (z, half, height, level) in enumerate(_RIMS):
        _floor(stage, z, level)
        _rim(stage, z, half, height, scale(_ROCK, level), order)
        _dripstone(stage, z - 0.3, half, height, scale(_ROCK, level * 0.9), order)
    for x, z in ((-2.1, 3.4), (1.3, 6.0)):
        _pool(stage, x, z)
    for x, z in ((-2.35, 1.9), (2.45, 4.9)):
        stage.stroke([(x, 1.15, z), (x, 1.6, z)], rgb("#4a3222"), 0.07)
        fit.flame(stage, x, 1.62, z, 0.2, 2.6)
        stage.pool(x * 0.8, z - 0.4, 1.8, rgb("#ff9f4a"), 0.4)
    for x, z, size in ((-1.9, 1.2, 0.45), (2.2, 1.6, 0.6), (2.8, 1.3, 0.4), (-2.7, 1.5, 0.7)):
        _boulder(stage, x, z, size)


def _mouth(stage: Stage) -> None:
    """The way out, far off and bright by day."""
    px, py = stage.camera.at(0.5, 0, 16)
    unit = stage.camera.scale(16)
    top, low = fit.pane(stage)
    shape = smooth([(px - 1.9 * unit, py), (px - 1.7 * unit, py - 1.8 * unit), (px - 0.5 * unit, py - 2.9 * unit),
        (px + 0.9 * unit, py - 2.6 * unit), (px + 1.8 * unit, py - 1.4 * unit), (px + 1.9 * unit, py)], 0.14)
    stage.put(shape, Linear((0, py - 2.9 * unit), (0, py), ramp(top, low)))
    stage.glow((px, py - 1.4 * unit), 6.0 * unit, low, 0.3 if stage.light.night else 0.6)


def _floor(stage: Stage, z: float, level: float) -> None:
    stone = stage.colour(scale(_ROCK, 0.72 * level), 0.4, z)
    y = stage.camera.at(0, 0, z + 4)[1]
    bottom = stage.camera.height * 1.2
    stage.put(rect(-0.2 * stage.camera.width, y, 1.4 * stage.camera.width, bottom - y),
        Linear((0, y), (0, bottom), (Stop(0, scale(stone, 0.7), 0.0), Stop(0.12, scale(stone, 0.8)), Stop(1, stone))))


def _rim(stage: Stage, z: float, half: float, height: float, rock: Rgb, order: int) -> None:
    """A wall of rock with an opening in it, jagged, lit along the edge on the side of the key."""
    camera = stage.camera
    rng = chance("rim", stage.picture.place_name, order)
    outline = ((-1.0, 0.0), (-1.04, 0.3), (-0.9, 0.62), (-0.62, 0.86), (-0.2, 1.0), (0.26, 0.94), (0.66, 0.82), (0.95, 0.52),
        (1.02, 0.24), (1.0, 0.0))
    edge: list[Point] = [
        camera.at(x * half * rng.uniform(0.92, 1.08), y * height * rng.uniform(0.92, 1.08), z) for x, y in outline
    ]
    wide, tall = camera.width, camera.height
    around: Path = (("M", (-0.3 * wide, edge[0][1])), *(("L", point) for point in edge), ("L", (1.3 * wide, edge[-1][1])),
        ("L", (1.3 * wide, -0.6 * tall)), ("L", (-0.3 * wide, -0.6 * tall)), ("Z", ()))
    lit, dim = stage.colour(rock, 0.55, z), stage.colour(scale(rock, 0.6), 0.15, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.put(around, Linear((edge[0][0], 0), (edge[-1][0], 0), ramp(*colours)))
    stage.put(curve(edge, 0.02), mix(lit, stage.light.practical, 0.35), stroke=max(1.5, 0.05 * camera.scale(z)), alpha=0.3)
    for step in range(9):  # lumps in the rock, lit as the rim is
        x, y = outline[step]
        px, py = camera.at(x * half * rng.uniform(1.15, 1.5), y * height * rng.uniform(1.08, 1.35), z)
        size = rng.uniform(0.18, 0.42) * camera.scale(z)
        stage.put(smooth([(px - size, py), (px - size * 0.3, py - size * 0.6), (px + size * 0.8, py - size * 0.4),
            (px + size, py + size * 0.5), (px - size * 0.4, py + size * 0.6)], 0.12),
            Linear((px, py - size), (px, py + size), ramp(lit, dim)), alpha=0.35)


def _dripstone(stage: Stage, z: float, half: float, height: float, rock: Rgb, order: int) -> None:
    rng = chance("dripstone", stage.picture.place_name, order)
    unit = stage.camera.scale(z)
    for _ in range(6):
        x, long = rng.uniform(-0.75, 0.75) * half, rng.uniform(0.25, 0.8)
        px, py = stage.camera.at(x, height * (1.04 - 0.3 * abs(x / half)), z)
        wide = 0.11 * unit
        lit, dim = stage.colour(rock, 0.6, z), stage.colour(scale(rock, 0.55), 0.1, z)
        colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
        stage.put(polygon((px - wide, py - 0.2 * unit), (px + wide, py - 0.2 * unit), (px + wide * 0.3, py + long * 0.5 * unit),
            (px, py + long * unit), (px - wide * 0.4, py + long * 0.5 * unit)), Linear((px - wide, 0), (px + wide, 0),
            ramp(*colours)))


def _boulder(stage: Stage, x: float, z: float, size: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * size
    stage.shade(x, z, size, 0.5)
    lit, dim = stage.colour(scale(_ROCK, 1.15), 0.6, z), stage.colour(scale(_ROCK, 0.6), 0.1, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.put(smooth([(px - unit, py), (px - 0.85 * unit, py - 0.65 * unit), (px - 0.1 * unit, py - 0.95 * unit),
        (px + 0.75 * unit, py - 0.6 * unit), (px + unit, py)], 0.1), Linear((px - unit, 0), (px + unit, 0), ramp(*colours)))


def _pool(stage: Stage, x: float, z: float) -> None:
    """Still water that holds the light of the mouth."""
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    water = mix(fit.pane(stage)[1], rgb("#2f4a52"), 0.6)
    stage.put(ellipse(px, py, 1.1 * unit, 0.14 * unit), Radial((px, py), 1.1 * unit, fade(water, 0.7, 0.5, 0.1)))
