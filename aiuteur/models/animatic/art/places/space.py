"""Aboard a spaceship, and outside on its hull."""

from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Point, Radial, Stop, ramp
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import ellipse, polygon, rect
from aiuteur.models.animatic.art.stage import Stage

_STEEL = rgb("#8e9aa6")
_GLOW = rgb("#7fd4ff")
_SCREENS = ("#5fd0ff", "#7dffb8", "#ffb65f", "#ff6f7d")


def bridge(stage: Stage) -> None:
    """A bridge: a wide window on the stars and a planet, ribs of steel, strips of light, consoles with screens, a chair."""
    space = fit.Shell(3.3, 2.9, 3.0)
    fit.shell(stage, space, _STEEL, rgb("#4b535c"), rgb("#5a646e"))
    _window(stage)
    for z in (2.9, 1.7, 0.4):
        _rib(stage, z)
    for x in (-1.3, 1.3):
        _strip(stage, x)
    for x in range(-3, 4):
        stage.stroke([(x, 0, stage.camera.near), (x, 0, 3.0)], rgb("#2c3238"), 0.03, alpha=0.7)
    for x in (-3.05, 1.05):
        _console(stage, x, 1.5)
    _chair(stage, 0.0, 1.25)


def _window(stage: Stage) -> None:
    corners = [(-2.3, 1.0), (-2.75, 1.7), (-2.2, 2.55), (2.2, 2.55), (2.75, 1.7), (2.3, 1.0)]
    points = [stage.camera.at(x, y, 2.95) for x, y in corners]
    _stars(stage, points[1][0], points[2][1], points[4][0], points[0][1], polygon(*points))
    unit = stage.camera.scale(2.95)
    stage.put(polygon(*points), stage.colour(rgb("#39424b"), 0.5, 2.9), stroke=0.14 * unit)
    for x in (-0.85, 0.85):
        stage.stroke([(x, 1.0, 2.94), (x, 2.55, 2.94)], rgb("#39424b"), 0.09)
    stage.glow(stage.camera.at(0, 1.7, 2.9), 3.2 * unit, rgb("#5f8fd0"), 0.3)


def _stars(stage: Stage, left: float, top: float, right: float, low: float, shape: Path) -> None:
    """The dark with its stars, and a planet that is lit from one side."""
    rng = chance("space", stage.picture.place_name)
    wide, tall = right - left, low - top
    dark = Linear((left, top), (right, low), ramp(rgb("#05070f"), rgb("#101a33")))
    items: list[Item] = [Mark(rect(left, top, wide, tall), dark)]
    for _ in range(70):
        size = rng.uniform(0.5, 1.8) * tall / 300
        items.append(Mark(ellipse(left + rng.random() * wide, top + rng.random() * tall, size, size), (0.9, 0.94, 1.0),
            alpha=rng.uniform(0.4, 1.0)))
    centre, radius = (left + wide * 0.66, low + tall * 0.1), tall * 0.62
    land = rgb(rng.choice(("#c98f5f", "#6f9fb8", "#8a8f9a", "#a8664f")))
    light = (centre[0] - radius * 0.5, centre[1] - radius * 0.6)
    items.append(Mark(ellipse(*centre, radius, radius), Radial(light, radius * 1.5, (Stop(0, scale(land, 1.25)), Stop(0.5, land),
        Stop(0.85, scale(land, 0.25)), Stop(1, scale(land, 0.1))))))
    items.append(Mark(ellipse(*centre, radius, radius), _GLOW, alpha=0.35, stroke=radius * 0.03))
    stage.into.append(Group(items, clip=shape))


def _rib(stage: Stage, z: float) -> None:
    """A frame of the hull, slanted in at the top."""
    steel = rgb("#6b7681")
    for side in (-1, 1):
        stage.face([(side * 3.3, 0, z), (side * 3.0, 0, z), (side * 3.0, 1.9, z), (side * 2.3, 2.9, z), (side * 3.3, 2.9, z)],
            steel, 0.5)
        stage.stroke([(side * 3.02, 0.2, z - 0.01), (side * 3.02, 1.85, z - 0.01)], _GLOW, 0.035, 1.2)


def _strip(stage: Stage, x: float) -> None:
    """A strip of light along the ceiling."""
    light = mix(_GLOW, (1, 1, 1), 0.6)
    near = max(stage.camera.near, -1.2)
    spots = [(x - 0.12, 2.88, near), (x + 0.12, 2.88, near), (x + 0.12, 2.88, 2.9), (x - 0.12, 2.88, 2.9)]
    stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), light)
    stage.glow(stage.camera.at(x, 2.85, 1.4), 1.3 * stage.camera.scale(1.4), _GLOW, 0.25)


def _console(stage: Stage, x: float, z: float) -> None:
    """A desk of switches under slanted screens, whose light falls on what is near."""
    steel = rgb("#59636d")
    rng = chance("console", stage.picture.place_name, x)
    stage.shade(x + 1.0, z, 1.2, 0.4)
    stage.box(x, 0, z, (2.0, 0.8, 0.6), steel)
    stage.face([(x, 0.8, z), (x + 2.0, 0.8, z), (x + 2.0, 1.0, z + 0.6), (x, 1.0, z + 0.6)], scale(steel, 1.25), 0.6)
    for row in range(3):
        for column in range(14):
            if rng.random() < 0.7:
                _lit(stage, (x + 0.1 + column * 0.135, 0.84 + row * 0.05, z + 0.1 + row * 0.15), 0.028, rgb(rng.choice(_SCREENS)))
    for step in range(3):
        colour = rgb(rng.choice(_SCREENS))
        left = x + 0.06 + step * 0.65
        stage.panel(left, 1.02, 0.58, 0.44, z + 0.6, rgb("#14181d"), 0.4)
        px, py = stage.camera.at(left + 0.04, 1.42, z + 0.59)
        unit = stage.camera.scale(z + 0.59)
        stage.put(rect(px, py, 0.5 * unit, 0.36 * unit), mix(rgb("#0b1a26"), colour, 0.3))
        for line_ in range(4):
            y = py + (0.05 + 0.08 * line_) * unit
            stage.put(rect(px + 0.04 * unit, y, rng.uniform(0.12, 0.4) * unit, 0.03 * unit), colour)
        stage.glow((px + 0.25 * unit, py + 0.18 * unit), 0.8 * unit, colour, 0.35)


def _lit(stage: Stage, spot: tuple[float, float, float], size: float, colour: Rgb) -> None:
    px, py = stage.camera.at(*spot)
    radius = size * stage.camera.scale(spot[2])
    stage.put(ellipse(px, py, radius, radius * 0.8), colour)


def _chair(stage: Stage, x: float, z: float) -> None:
    """The commander's chair, from behind."""
    dark = rgb("#2e343b")
    stage.shade(x, z, 0.5, 0.5)
    stage.panel(x - 0.08, 0, 0.16, 0.5, z, scale(dark, 0.8), 0.4)
    px, py = stage.camera.at(x, 0.45, z)
    unit = stage.camera.scale(z)
    back: list[Point] = [(px - 0.36 * unit, py), (px - 0.34 * unit, py - 0.75 * unit), (px - 0.2 * unit, py - 0.98 * unit),
        (px + 0.2 * unit, py - 0.98 * unit), (px + 0.34 * unit, py - 0.75 * unit), (px + 0.36 * unit, py)]
    lit, dim = stage.colour(scale(dark, 1.5), 0.6, z), stage.colour(dark, 0.2, z)
    stage.put(polygon(*back), Linear((px - 0.4 * unit, 0), (px + 0.4 * unit, 0), ramp(lit, dim)))
    stage.put(polygon(*back), _GLOW, stroke=0.015 * unit, alpha=0.6)


def hull(stage: Stage) -> None:
    """Outside: plates of the hull underfoot, antennae, the stars, and a planet that fills the sky."""
    camera = stage.camera
    wide, tall = camera.width, camera.height
    _stars(stage, -0.3 * wide, -0.2 * tall, 1.3 * wide, camera.horizon + 0.02 * tall, rect(-0.3 * wide, -0.5 * tall, 1.6 * wide,
        camera.horizon + 0.52 * tall))
    stage.ground(rgb("#9aa3ac"), rgb("#7c858f"))
    z, step = camera.near, 1.2
    while z < 60:  # plates farther off are not told apart
        stage.stroke([(-40, 0, z), (40, 0, z)], rgb("#565f69"), 0.05, alpha=0.7)
        z += step
        step *= 1.14
    for x in range(-9, 10, 2):
        stage.stroke([(x, 0, camera.near), (x, 0, 60)], rgb("#565f69"), 0.05, alpha=0.6)
    for x, z, high in ((-4.5, 9.0, 3.4), (5.6, 13.0, 5.0), (-7.0, 18.0, 6.0)):
        stage.stroke([(x, 0, z), (x, high, z)], rgb("#c8ced4"), 0.12)
        stage.box(x - 0.6, 0, z, (1.2, 0.7, 1.0), _STEEL)
        _lit(stage, (x, high, z), 0.12, rgb("#ff5a4a"))
        stage.glow(camera.at(x, high, z), 1.2 * camera.scale(z), rgb("#ff5a4a"), 0.5)
    stage.box(2.2, 0, 4.0, (1.6, 0.5, 1.2), scale(_STEEL, 0.9))
