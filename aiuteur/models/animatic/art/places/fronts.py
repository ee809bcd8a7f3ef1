"""The outsides of houses."""

from aiuteur.film.bible import PlaceKind
from aiuteur.models.animatic.art.colour import chance, mix, rgb
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places.streets import WINDOW_LIGHT, lamp_post
from aiuteur.models.animatic.art.shapes import rect
from aiuteur.models.animatic.art.stage import Stage, dusty


def house_front(stage: Stage) -> None:
    """The outside of a house, its door facing us; a sign over it where the kind of house has one."""
    air.sky(stage)
    land = air.land(stage, rgb("#7c7466"))
    stage.ground(land, land)
    air.ridge(stage, 60, 8, rgb("#5f6f5a"), "behind")
    kind = stage.picture.place
    wall = rgb({PlaceKind.OFFICE: "#8d8478", PlaceKind.TAVERN: "#b59a6c", PlaceKind.HALL: "#a39a88",
        PlaceKind.SHOP: "#8a5a48"}.get(kind, "#a8806a"))
    tall = 8.0 if kind in {PlaceKind.OFFICE, PlaceKind.HALL} else 5.6
    stage.panel(-6.0, 0, 12.0, tall, 3.0, wall, 0.5)
    stage.face([(-6.5, tall, 2.8), (6.5, tall, 2.8), (5.2, tall + 2.6, 4.0), (-5.2, tall + 2.6, 4.0)], rgb("#5b4744"), 0.45)
    rng = chance("bricks", stage.picture.place_name)
    for _ in range(60):
        stage.panel(rng.uniform(-5.9, 5.6), rng.uniform(0.1, tall - 0.4), 0.34, 0.12, 2.99, dusty(wall, rng, 0.1), 0.45)
    for floor in range(int(tall / 2.8)):
        for x in (-4.8, -2.4, 1.3, 3.7):
            if floor or kind is not PlaceKind.SHOP:
                _facing(stage, x, 1.0 + floor * 2.7, lit=stage.light.lamps and (floor + round(x)) % 2 == 0)
    if kind is PlaceKind.SHOP:
        for x in (-4.9, 1.2):
            stage.panel(x, 0.6, 3.4, 1.7, 2.97, WINDOW_LIGHT if stage.light.lamps else rgb("#3b4651"), 0.8)
            stage.face([(x - 0.1, 2.75, 2.96), (x + 3.5, 2.75, 2.96), (x + 3.5, 2.3, 2.0), (x - 0.1, 2.3, 2.0)], rgb("#7d3a36"),
                0.6)
    fit.door(stage, -0.5, 2.95, rgb("#3d4f45"))
    stage.box(-0.9, 0, 2.4, (1.8, 0.16, 0.6), rgb("#9a948a"))
    if kind in {PlaceKind.TAVERN, PlaceKind.SHOP}:
        stage.stroke([(0.9, 3.2, 2.9), (0.9, 3.2, 2.0)], (0.12, 0.12, 0.12), 0.06)
        stage.panel(0.55, 2.3, 0.8, 0.75, 2.1, rgb("#5a2f28"), 0.6)
        stage.panel(0.75, 2.5, 0.4, 0.36, 2.09, rgb("#d8b45a"), 0.8)
    lamp_post(stage, -3.4, 0.8)


def _facing(stage: Stage, x: float, y: float, *, lit: bool) -> None:
    stage.panel(x - 0.1, y - 0.1, 1.3, 1.7, 2.98, rgb("#d5cbb8"), 0.5)
    left, top = stage.camera.at(x, y + 1.5, 2.96)
    unit = stage.camera.scale(2.96)
    stage.put(rect(left, top, 1.1 * unit, 1.5 * unit), mix(WINDOW_LIGHT, stage.light.practical, 0.4) if lit
        else mix(rgb("#2c3642"), stage.light.hour.sky[1], 0.3))
    stage.panel(x + 0.52, y, 0.06, 1.5, 2.95, rgb("#d5cbb8"), 0.5)
    stage.panel(x, y + 0.72, 1.1, 0.06, 2.95, rgb("#d5cbb8"), 0.5)
    if lit:
        stage.glow((left + 0.55 * unit, top + 0.75 * unit), 1.6 * unit, stage.light.practical, 0.4)
