"""A road across the country."""

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Point, fade, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.shapes import curve, polygon, rect
from aiuteur.models.animatic.art.stage import Stage


def road(stage: Stage) -> None:
    """A country road winding to the horizon between verges, with telegraph poles, a milestone, a fence."""
    air.sky(stage)
    verge = air.land(stage, rgb("#7d8450"))
    stage.ground(verge, mix(verge, rgb("#8a8a60"), 0.4))
    air.ridge(stage, 150, 26, rgb("#66767a"), "far")
    air.ridge(stage, 70, 6, rgb("#6a7a52"), "near", 0.6)
    _ribbon(stage)
    for z in (40.0, 28.0, 19.0, 12.0, 7.0, 2.6):
        _pole(stage, -4.0, z)
    for z in (30.0, 14.0, 5.0):
        air.bush(stage, 5.5 + z * 0.08, z, 1.4, air.LEAF)
    air.tree(stage, 7.5, 17, 6.0, air.LEAF, "road")
    air.tree(stage, -9.5, 30, 7.0, air.LEAF, "road2")
    for z in (2.0, 4.4, 6.8, 9.2, 11.6, 14.0):
        stage.panel(4.1, 0, 0.14, 1.05, z, rgb("#7a6248"), 0.5)
    for y in (0.45, 0.85):
        stage.stroke([(4.17, y, 2.0), (4.17, y, 14.0)], rgb("#7a6248"), 0.09)
    air.grass(stage, -2.0, 16.0, verge, 50)
    _milestone(stage, -2.75, 2.2)
    air.mist(stage, 60, 5, 0.3)


def _ribbon(stage: Stage) -> None:
    surface = air.land(stage, rgb("#5d5d60") if stage.modern else rgb("#a08a66"))
    left: list[Point] = []
    right: list[Point] = []
    middle: list[Point] = []
    near = stage.camera.near
    for step in range(22):
        z = near + (160 - near) * (step / 21) ** 2.4
        bend = 9.0 * max(0.0, (z - 14) / 70) ** 1.4
        left.append(stage.camera.at(-2.2 + bend, 0, z))
        right.append(stage.camera.at(2.2 + bend, 0, z))
        middle.append((bend, z))
    path = polygon(*left, *reversed(right))
    stage.put(path, Linear((0, left[-1][1]), (0, stage.camera.height),
        ramp(stage.colour(surface, 0.5, 60), stage.colour(surface, 0.5, 0))))
    if stage.modern:
        for one in range(1, 20, 2):
            (x0, z0), (x1, z1) = middle[one], middle[one + 1]
            stage.face([(x0 - 0.07, 0, z0), (x0 + 0.07, 0, z0), (x1 + 0.07, 0, z1), (x1 - 0.07, 0, z1)], rgb("#e0dccb"), 0.7)
    else:
        for dx in (-0.75, 0.75):
            track = [stage.camera.at(x + dx, 0, z) for x, z in middle]
            wide = [0.24 * stage.camera.scale(z) for _, z in middle]
            points = [(px - w, py) for (px, py), w in zip(track, wide, strict=True)] + [(px + w, py) for (px, py),
                w in zip(reversed(track), reversed(wide), strict=True)]
            stage.put(polygon(*points), stage.colour(scale(surface, 0.8), 0.4, 4), alpha=0.3)
    if stage.wet:
        stage.put(path, Linear((0, left[-1][1]), (0, stage.camera.height), fade(stage.light.hour.sky[2], 0.45, 0.1)),
            blend="screen")


def _milestone(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stone = rgb("#a8a296")
    stage.shade(x + 0.2, z, 0.36, 0.5)
    for shift, tone, key in ((0.07, 0.6, 0.2), (0.0, 1.0, 0.5)):
        left = px + shift * unit
        stage.put(polygon((left, py), (left, py - 0.46 * unit), (left + 0.2 * unit, py - 0.6 * unit),
            (left + 0.4 * unit, py - 0.46 * unit), (left + 0.4 * unit, py)), stage.colour(scale(stone, tone), key, z))
    for dx in (0.14, 0.2, 0.26):  # how many miles, in strokes
        stage.put(rect(px + dx * unit - 0.012 * unit, py - 0.4 * unit, 0.024 * unit, 0.14 * unit),
            stage.colour(scale(stone, 0.45), 0.3, z))
    for dx in (-0.05, 0.1, 0.32, 0.42):  # grass at its foot
        stage.put(polygon((px + dx * unit, py), (px + (dx + 0.02) * unit, py - 0.13 * unit), (px + (dx + 0.06) * unit, py)),
            stage.colour(air.land(stage, rgb("#6f7a44")), 0.5, z))


def _pole(stage: Stage, x: float, z: float) -> None:
    if stage.old:
        stage.panel(x, 0, 0.16, 0.9, z, rgb("#8a7a60"), 0.5)
        return
    stage.stroke([(x, 0, z), (x, 5.6, z)], rgb("#4d3c2e"), 0.16)
    for y in (5.2, 4.7):
        stage.stroke([(x - 0.8, y, z), (x + 0.8, y, z)], rgb("#4d3c2e"), 0.1)
    for dx in (-0.7, 0.7):
        one, two = stage.camera.at(x + dx, 5.3, z), stage.camera.at(x + dx, 5.3, z * 1.5 + 2.5)
        stage.put(curve([one, ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2 + 0.35 * stage.camera.scale(z)), two]),
            (0.12, 0.12, 0.13), stroke=max(0.7, 0.02 * stage.camera.scale(z)), alpha=0.7)
