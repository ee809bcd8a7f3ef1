"""How a row of houses looks long ago and in times to come; and the market that is held before it.

Belongs here: house fronts of far ages. Does not belong here: the street they stand in and the houses of nearer times (`streets`).
"""

from aiuteur.film.bible import Period
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import ellipse, polygon
from aiuteur.models.animatic.art.stage import Stage

_TIMBER = rgb("#43301f")
_PLASTER = ("#cbbb98", "#bfae88", "#d2c6a8")
_MUD = ("#d8c39a", "#cdb58a", "#e0d0ae")
_AWNINGS = ("#a8483a", "#c79a45", "#4f6b7a", "#7a8a4f")
_NEON = ("#5fd0ff", "#ff7ac0", "#9dffb0")


def old_house(stage: Stage, side: int, z0: float, z1: float, height: float, luck: float) -> None:
    """Long ago: a low house of plaster between timbers under thatch, or of whitewashed mud with a flat roof."""
    x, tall = side * 5.0, 3.0 + (height - 6.5) * 0.5
    timbered = stage.picture.period is Period.MEDIEVAL
    wall = rgb((_PLASTER if timbered else _MUD)[int(luck * 3)])
    stage.side(x, 0, tall, z0, z1, wall)
    if timbered:
        _timbers(stage, side, z0, z1, tall)
        thatch = rgb("#8f7442")
        eaves = x - side * 0.6
        stage.face([(eaves, tall - 0.2, z0), (eaves, tall - 0.2, z1), (x + side * 2.6, tall + 2.8, z1),
            (x + side * 2.6, tall + 2.8, z0)], thatch, 0.45)
    else:
        for share in (0.15, 0.4, 0.65, 0.9):  # the ends of the beams
            z = z0 + (z1 - z0) * share
            if z > stage.camera.near:
                stage.stroke([(x, tall - 0.35, z), (x - side * 0.3, tall - 0.35, z)], _TIMBER, 0.14)
    _openings(stage, side, z0, z1, tall)


def _timbers(stage: Stage, side: int, z0: float, z1: float, tall: float) -> None:
    x = side * 4.99
    middle = (z0 + z1) / 2
    for y in (0.15, 2.3, tall - 0.1):
        stage.stroke([(x, y, z0), (x, y, z1)], _TIMBER, 0.16)
    for z in (z0 + 0.1, middle, z1 - 0.1):
        stage.stroke([(x, 0, z), (x, tall, z)], _TIMBER, 0.18)
    for a, b in ((z0, middle), (z1, middle)):
        stage.stroke([(x, 2.3, a), (x, tall, b)], _TIMBER, 0.13)


def _openings(stage: Stage, side: int, z0: float, z1: float, tall: float) -> None:
    """A plank door, and small windows with shutters, where a candle burns by night."""
    x = side * 4.98
    rng = chance("shutters", stage.picture.place_name, side, round(z1, 2))
    span = z1 - z0
    door = z0 + span * 0.3
    stage.face([(x, 0, door), (x, 1.95, door), (x, 1.95, door + 0.9), (x, 0, door + 0.9)], rgb("#5a4128"), 0.4)
    for share, y in ((0.72, 0.95), (0.25, 2.75), (0.7, 2.75)):
        z = z0 + span * share
        if z < stage.camera.near + 0.4 or y + 0.7 > tall:
            continue
        lit = stage.light.lamps and rng.random() < 0.6
        spots = [(x, y, z), (x, y + 0.7, z), (x, y + 0.7, z + 0.55), (x, y, z + 0.55)]
        dark = stage.colour(rgb("#241c16"), 0.3, z)
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), rgb("#ffbf66") if lit else dark)
        for edge in (z - 0.32, z + 0.57):
            stage.face([(x, y - 0.03, edge), (x, y + 0.73, edge), (x, y + 0.73, edge + 0.3), (x, y - 0.03, edge + 0.3)],
                rgb("#6b4d2f"), 0.45)


def tower_house(stage: Stage, side: int, z0: float, z1: float, height: float, luck: float) -> None:
    """In times to come: a tower of glass that loses itself above, with bands of light and a lit ground floor."""
    x, tall = side * 5.0, height * 2.6
    glass = rgb(("#54687e", "#5f7a86", "#4a5670")[int(luck * 3)])
    stage.side(x, 0, tall, z0, z1, glass)
    neon = rgb(_NEON[int(luck * 3)])
    y = 3.4
    while y < tall:
        stage.face([(x * 0.999, y, z0), (x * 0.999, y + 1.0, z0), (x * 0.999, y + 1.0, z1), (x * 0.999, y, z1)],
            mix(glass, (0.85, 0.93, 1.0), 0.3), 0.6)
        if stage.light.lamps or int(y * 3) % 4 == 0:
            stage.stroke([(x * 0.998, y - 0.25, z0), (x * 0.998, y - 0.25, z1)], neon, 0.07, 1.4, 0.9)
        y += 2.2
    stage.face([(x * 0.998, 0.3, z0 + 0.3), (x * 0.998, 2.4, z0 + 0.3), (x * 0.998, 2.4, z1 - 0.3), (x * 0.998, 0.3, z1 - 0.3)],
        mix(neon, (1, 1, 1), 0.5) if stage.light.lamps else rgb("#a9c6d6"), 0.8)
    stage.stroke([(x * 0.9, 2.8, z0), (x * 0.9, 2.8, z1)], scale(glass, 0.7), 0.16)
    if stage.light.lamps:
        stage.glow(stage.camera.at(x, 1.6, (z0 + z1) / 2), 2.4 * stage.camera.scale((z0 + z1) / 2), neon, 0.4)


def market(stage: Stage) -> None:
    """Stalls on both sides: poles, a striped awning, crates of what is sold."""
    for side, z, order in ((1, 15.0, 0), (-1, 11.0, 1), (1, 8.0, 2), (-1, 5.6, 3), (1, 4.0, 1)):
        if z > stage.camera.near + 0.5:
            _stall(stage, side, z, rgb(_AWNINGS[order]))


def _stall(stage: Stage, side: int, z: float, cloth: Rgb) -> None:
    inner, outer = side * 3.0, side * 4.8
    left = min(inner, outer)
    rng = chance("stall", stage.picture.place_name, z)
    for x in (inner, outer):
        stage.stroke([(x, 0, z + 1.6), (x, 2.3, z + 1.6)], _TIMBER, 0.08)
    stage.box(left, 0, z + 0.2, (1.8, 0.8, 1.0), rgb("#7d5d3c"))
    for step in range(4):
        fruit = rgb(rng.choice(("#b8402f", "#d0932f", "#7f9a3f", "#8a5a7c")))
        for bump in range(3):
            px, py = stage.camera.at(left + 0.25 + step * 0.43 + 0.1 * bump, 0.86 + 0.06 * (bump % 2), z + 0.3)
            radius = 0.09 * stage.camera.scale(z + 0.3)
            stage.put(ellipse(px, py, radius, radius), stage.colour(fruit, 0.6, z))
    for step in range(6):
        x0, x1 = left + 1.8 * step / 6, left + 1.8 * (step + 1) / 6
        stripe = cloth if step % 2 else mix(cloth, (0.95, 0.92, 0.84), 0.8)
        stage.face([(x0, 2.05, z), (x1, 2.05, z), (x1, 2.45, z + 1.6), (x0, 2.45, z + 1.6)], stripe, 0.6)
        stage.face([(x0, 1.88, z), (x1, 1.88, z), (x1, 2.05, z), (x0, 2.05, z)], scale(stripe, 0.85), 0.5)
    for x in (inner, outer):
        stage.stroke([(x, 0, z), (x, 2.05, z)], _TIMBER, 0.08)
    if stage.light.lamps:
        fit.flame(stage, inner + side * 0.9, 1.7, z + 0.4, 0.12, 1.6)
