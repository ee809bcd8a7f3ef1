"""A classroom."""

from aiuteur.models.animatic.art.colour import chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, ramp
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places import furniture
from aiuteur.models.animatic.art.shapes import curve, ellipse, polygon
from aiuteur.models.animatic.art.stage import Stage


def classroom(stage: Stage) -> None:
    """A classroom: a blackboard with writing, the teacher's desk, rows of benches, a map, a globe, tall windows."""
    space = fit.Shell(3.4, 3.1, 3.2)
    wall = rgb("#b9b48e") if not stage.modern else rgb("#c6ccc4")
    fit.shell(stage, space, wall, rgb("#8a6a48"), rgb("#d3cfbf"))
    fit.boards(stage, space, rgb("#8a6a48"))
    stage.panel(-3.4, 0, 6.8, 1.0, 3.19, scale(rgb("#5f7260"), 0.9), 0.4)
    _board(stage)
    _map(stage, 1.75, 1.35, 3.15)
    fit.side_door(stage, 3.4, 1.6, scale(fit.WOOD, 1.1))
    for z in (2.2, 0.9, -0.4):
        if z > stage.camera.near + 0.2:
            _pane(stage, z)
    furniture.table(stage, -0.9, 2.1, (1.7, 0.78, 0.6), fit.DARK_WOOD)
    _globe(stage, 0.5, 0.79, 2.3)
    stage.panel(-0.7, 0.79, 0.5, 0.1, 2.2, rgb("#7a3a34"), 0.5)
    for z in (1.25, 0.75):
        for x in (-2.9, -1.55, 0.75, 2.05):
            _bench(stage, x, z)


def _board(stage: Stage) -> None:
    slate = rgb("#26382f") if not stage.modern else rgb("#2f4a40")
    stage.panel(-2.2, 1.05, 3.5, 1.5, 3.16, fit.WOOD, 0.5)
    stage.panel(-2.12, 1.12, 3.34, 1.36, 3.15, slate, 0.5)
    rng = chance("chalk", stage.picture.place_name)
    unit = stage.camera.scale(3.14)
    for row in range(4):
        x = -1.95
        while x < 0.9:
            long = rng.uniform(0.15, 0.5)
            px, py = stage.camera.at(x, 2.28 - row * 0.3, 3.14)
            points = [(px + long * unit * step / 5, py + rng.uniform(-0.05, 0.05) * unit) for step in range(6)]
            stage.put(curve(points), (0.9, 0.92, 0.88), stroke=0.025 * unit, alpha=0.75)
            x += long + 0.14
    stage.panel(-2.2, 0.98, 3.5, 0.06, 3.1, fit.DARK_WOOD, 0.6)


def _map(stage: Stage, x: float, y: float, z: float) -> None:
    stage.panel(x, y, 1.2, 1.1, z, rgb("#a9c4cf"), 0.55)
    unit = stage.camera.scale(z)
    for dx, dy, wide, tall, colour in ((0.3, 0.7, 0.22, 0.26, "#b7a66a"), (0.75, 0.75, 0.28, 0.2, "#7d9a5c"),
        (0.82, 0.38, 0.2, 0.24, "#c08a5f"), (0.38, 0.28, 0.14, 0.2, "#8aa05c")):
        px, py = stage.camera.at(x + dx, y + dy, z - 0.01)
        stage.put(ellipse(px, py, wide * unit, tall * unit), stage.colour(rgb(colour), 0.55, z))
    stage.stroke([(x - 0.06, y + 1.1, z), (x + 1.26, y + 1.1, z)], fit.DARK_WOOD, 0.06)


def _pane(stage: Stage, z: float) -> None:
    """A tall window in the left wall."""
    top, low = fit.pane(stage)
    frame = [(-3.38, 0.95, z - 0.08), (-3.38, 2.75, z - 0.08), (-3.38, 2.75, z + 0.98), (-3.38, 0.95, z + 0.98)]
    stage.face(frame, rgb("#dcd6c4"), 0.6)
    for y in (1.02, 1.9):
        spots = [(-3.37, y, z), (-3.37, y + 0.8, z), (-3.37, y + 0.8, z + 0.9), (-3.37, y, z + 0.9)]
        points = [stage.camera.at(*spot) for spot in spots]
        stage.put(polygon(*points), Linear((0, points[1][1]), (0, points[0][1]), ramp(top, low)))
    if not stage.light.night:
        stage.glow(stage.camera.at(-3.2, 1.9, z), 1.6 * stage.camera.scale(z), low, 0.3)


def _globe(stage: Stage, x: float, y: float, z: float) -> None:
    px, py = stage.camera.at(x, y, z)
    unit = stage.camera.scale(z)
    stage.put(ellipse(px, py, 0.1 * unit, 0.03 * unit), stage.colour(fit.BRASS, 0.6, z))
    centre = (px, py - 0.26 * unit)
    stage.put(ellipse(*centre, 0.19 * unit, 0.19 * unit), stage.colour(rgb("#5f8fb0"), 0.6, z))
    stage.put(ellipse(centre[0] - 0.05 * unit, centre[1] - 0.04 * unit, 0.08 * unit, 0.1 * unit),
        stage.colour(rgb("#8aa05c"), 0.6, z))
    stage.put(curve([(centre[0] - 0.05 * unit, centre[1] + 0.24 * unit), (centre[0] + 0.23 * unit, centre[1]),
        (centre[0] + 0.05 * unit, centre[1] - 0.24 * unit)]), stage.colour(fit.BRASS, 0.7, z), stroke=0.025 * unit)


def _bench(stage: Stage, x: float, z: float) -> None:
    """A pupil's desk with its seat, a book on it."""
    wood = mix(fit.WOOD, rgb("#a5764a"), 0.6)
    stage.box(x, 0, z, (0.06, 0.68, 0.35), scale(wood, 0.6))
    stage.box(x + 0.9, 0, z, (0.06, 0.68, 0.35), scale(wood, 0.6))
    stage.box(x - 0.03, 0.66, z - 0.02, (1.02, 0.06, 0.42), wood)
    stage.panel(x + 0.3, 0.72, 0.3, 0.035, z + 0.1, rgb("#e3dcc8"), 0.6)
