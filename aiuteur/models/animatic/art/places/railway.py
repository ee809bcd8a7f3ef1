"""A railway station, and a compartment from within."""

from dataclasses import replace
from typing import Final

from aiuteur.models.animatic.art.colour import mix, rgb, scale
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.places.streets import WINDOW_LIGHT
from aiuteur.models.animatic.art.shapes import curve, ellipse, line, polygon, smooth
from aiuteur.models.animatic.art.stage import Stage

_PILLARS: Final = -0.62
"""How far beside the rails the roof's pillars stand, in metres."""
_ON_THE_PLATFORM: Final = -2.3
"""How far beside the rails people stand, in metres."""


def railway(stage: Stage) -> None:
    """A station: a platform with a clock under an iron roof, tracks running away, a train standing there."""
    air.sky(stage)
    stage.camera = replace(stage.camera, pan=_ON_THE_PLATFORM + stage.camera.pan)
    stage.ground(air.land(stage, rgb("#6d665e")), rgb("#7d776c"))
    air.ridge(stage, 80, 9, rgb("#58685c"), "rail")
    _tracks(stage)
    air.mist(stage, 26, 3, 0.25)
    _train(stage)
    _platform(stage)
    _canopy(stage)
    _signal(stage)


def _tracks(stage: Stage) -> None:
    near = stage.camera.near
    stage.strip(-0.4, 4.6, near, 120, air.land(stage, rgb("#5b544d")), 0.4)
    for track in (0.6, 3.2):
        z, step = near, 0.5
        while z < 60:  # sleepers farther off than this are not seen
            wood = rgb("#66584c") if not stage.snowy else rgb("#8d8d92")
            stage.face([(track - 0.45, 0, z), (track + 1.5, 0, z), (track + 1.5, 0, z + 0.22), (track - 0.45, 0, z + 0.22)],
                wood, 0.4)
            z += step
            step *= 1.03
        for dx in (0.0, 1.05):
            stage.face([(track + dx - 0.05, 0.1, near), (track + dx + 0.05, 0.1, near), (track + dx + 0.05, 0.1, 120),
                (track + dx - 0.05, 0.1, 120)], rgb("#b5b8bd"), 0.9)


def _train(stage: Stage) -> None:
    steam = not stage.modern
    z0, z1 = 11.0, 56.0
    livery = rgb("#6b2a2c") if steam else rgb("#48627c")
    stage.side(2.9, 0.45, 2.9, z0, z1, livery)
    stage.side(2.89, 1.75, 0.95, z0, z1, scale(livery, 0.5))
    z = z0 + 0.6
    while z < z1 - 1.2:
        spots = [(2.88, 1.85, z), (2.88, 2.6, z), (2.88, 2.6, z + 1.0), (2.88, 1.85, z + 1.0)]
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), mix(WINDOW_LIGHT, stage.light.practical, 0.3)
            if stage.light.lamps else stage.colour(rgb("#aebfcb"), 0.5, z))
        z += 1.5
    unit = stage.camera.scale(z0)
    px, py = stage.camera.at(4.1, 0, z0)
    if steam:
        stage.panel(2.9, 0.5, 2.4, 0.5, z0, rgb("#8a2a24"), 0.5)
        for dx in (-0.85, 0.85):
            stage.put(ellipse(px + dx * unit, py - 0.75 * unit, 0.2 * unit, 0.2 * unit), stage.colour(rgb("#c9c2b0"), 0.5, z0))
        stage.put(ellipse(px, py - 2.0 * unit, 1.15 * unit, 1.15 * unit), stage.colour(rgb("#23262b"), 0.45, z0))
        stage.put(ellipse(px, py - 2.0 * unit, 0.9 * unit, 0.9 * unit), stage.colour(rgb("#33373e"), 0.6, z0))
        stage.put(ellipse(px, py - 2.0 * unit, 1.05 * unit, 1.05 * unit), stage.colour(rgb("#8d7a4a"), 0.7, z0),
            stroke=0.06 * unit)
        for one, other in (((-0.62, -2.3), (0.5, -2.3)), ((-0.62, -1.7), (0.5, -1.7))):
            stage.put(line((px + one[0] * unit, py + one[1] * unit), (px + other[0] * unit, py + other[1] * unit)),
                stage.colour(rgb("#8b8f96"), 0.7, z0), stroke=0.07 * unit)
        stage.put(ellipse(px, py - 2.0 * unit, 0.14 * unit, 0.14 * unit), stage.colour(rgb("#b9bcc2"), 0.8, z0))
        stage.put(polygon((px - 0.95 * unit, py - 0.5 * unit), (px + 0.95 * unit, py - 0.5 * unit),
            (px + 0.6 * unit, py - 0.08 * unit), (px - 0.6 * unit, py - 0.08 * unit)), stage.colour(rgb("#2b2d31"), 0.4, z0))
        stage.panel(3.85, 3.0, 0.5, 0.85, z0, rgb("#1c1e22"), 0.4)
        stage.panel(3.78, 3.78, 0.64, 0.12, z0, rgb("#2b2d31"), 0.5)
        for step in range(6):
            stage.put(ellipse(px + (0.25 + step * 0.45) * unit, py - (4.1 + step * 0.5) * unit, (0.45 + step * 0.2) * unit,
                (0.38 + step * 0.16) * unit), mix(stage.light.hour.haze, (1, 1, 1), 0.5), alpha=0.5 - step * 0.06,
                blur=0.18 * unit)
    else:
        stage.put(smooth([(px - 1.2 * unit, py - 0.4 * unit), (px - 1.2 * unit, py - 2.9 * unit),
            (px - 0.7 * unit, py - 3.5 * unit), (px + 0.7 * unit, py - 3.5 * unit), (px + 1.2 * unit, py - 2.9 * unit),
            (px + 1.2 * unit, py - 0.4 * unit)], 0.08), stage.colour(livery, 0.5, z0))
        stage.panel(3.2, 1.9, 1.8, 1.0, z0 - 0.01, rgb("#20262e"), 0.5)
        stage.panel(2.95, 1.0, 2.3, 0.25, z0 - 0.01, rgb("#d8b53f"), 0.6)
    lamp = (px, py - (3.3 if steam else 1.5) * unit)
    stage.put(ellipse(*lamp, 0.16 * unit, 0.16 * unit), rgb("#fff2c4"))
    stage.glow(lamp, 2.4 * unit, rgb("#fff0c0"), 0.75 if stage.light.dim else 0.35)


def _platform(stage: Stage) -> None:
    near = stage.camera.near
    stone = air.land(stage, rgb("#9a9184"))
    stage.strip(-9.0, -0.5, near, 70, stone, 0.5)
    stage.strip(-0.9, -0.72, near, 70, rgb("#d9c24f") if stage.modern else rgb("#d8d2c4"), 0.7)
    stage.strip(-0.5, -0.4, near, 70, scale(stone, 0.45), 0.3)
    z, step = near, 0.8
    while z < 40:  # joints farther off than this are not seen
        stage.stroke([(-6.0, 0, z), (-0.9, 0, z)], scale(stone, 0.7), 0.03, alpha=0.5)
        z += step
        step *= 1.12
    stage.side(-5.2, 0, 4.0, near, 40, rgb("#8d5f4a"))
    for z in (3.0, 8.0, 14.0, 22.0):
        spots = [(-5.18, 0.2, z), (-5.18, 2.5, z), (-5.18, 2.5, z + 1.6), (-5.18, 0.2, z + 1.6)]
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), mix(WINDOW_LIGHT, stage.light.practical, 0.3)
            if stage.light.lamps else stage.colour(rgb("#3b4148"), 0.4, z))
    stage.box(-4.6, 0, 4.6, (0.5, 0.45, 1.8), fit.WOOD)
    for step in range(3):
        stage.box(-4.0 + 0.35 * step, 0, 2.4 + 0.2 * step, (0.5, 0.4 + 0.15 * (step % 2), 0.35),
            rgb(("#6b4428", "#50382a", "#7a5a38")[step]))


def _canopy(stage: Stage) -> None:
    iron = rgb("#33443f")
    near = stage.camera.near
    stage.face([(-5.4, 4.6, near), (-0.2, 3.9, near), (-0.2, 3.9, 34), (-5.4, 4.6, 34)], rgb("#4a4f52"), 0.12)
    for z in (22.0, 15.0, 9.5, 5.0, 1.2):
        if z < near + 0.3:
            continue
        stage.box(_PILLARS - 0.17, 0, z - 0.17, (0.34, 0.4, 0.34), scale(iron, 0.8))
        stage.stroke([(_PILLARS, 0.38, z), (_PILLARS, 4.1, z)], iron, 0.15)
        for side in (-1, 1):
            one, two = stage.camera.at(_PILLARS, 3.0, z), stage.camera.at(_PILLARS + side * 0.9, 4.05, z)
            stage.put(curve([one, (one[0] + (two[0] - one[0]) * 0.25, two[1] + (one[1] - two[1]) * 0.25), two]),
                stage.colour(iron, 0.4, z), stroke=0.09 * stage.camera.scale(z))
    for step in range(40):
        z = near + 0.4 + step * 0.85
        stage.face([(-0.2, 3.9, z), (-0.2, 3.9, z + 0.62), (-0.2, 3.55, z + 0.31)], rgb("#b9b19a"), 0.5)
    z = 7.0
    px, py = stage.camera.at(-1.8, 3.4, z)
    unit = stage.camera.scale(z)
    stage.stroke([(-1.8, 4.2, z), (-1.8, 3.8, z)], iron, 0.06)
    stage.put(ellipse(px, py, 0.42 * unit, 0.42 * unit), stage.colour(iron, 0.5, z))
    stage.put(ellipse(px, py, 0.35 * unit, 0.35 * unit), mix(rgb("#f2ead2"), stage.light.practical, 0.2))
    stage.put(line((px, py), (px + 0.05 * unit, py - 0.26 * unit)), (0.1, 0.1, 0.1), stroke=0.035 * unit)
    stage.put(line((px, py), (px + 0.17 * unit, py + 0.06 * unit)), (0.1, 0.1, 0.1), stroke=0.045 * unit)
    if stage.light.lamps:
        for z in (15.0, 9.5, 3.2):
            source = stage.camera.at(-3.2, 3.6, z)
            unit = stage.camera.scale(z)
            stage.stroke([(-3.2, 4.3, z), (-3.2, 3.68, z)], iron, 0.03)
            stage.put(polygon((source[0] - 0.1 * unit, source[1] - 0.16 * unit),
                (source[0] + 0.1 * unit, source[1] - 0.16 * unit), (source[0] + 0.26 * unit, source[1]),
                (source[0] - 0.26 * unit, source[1])), stage.colour(iron, 0.4, z))
            stage.put(ellipse(*source, 0.15 * unit, 0.08 * unit), (1, 0.95, 0.8))
            stage.glow(source, 2.6 * unit, stage.light.practical, 0.7)
            stage.pool(-3.2, z, 2.0, stage.light.practical, 0.45)


def _signal(stage: Stage) -> None:
    stage.stroke([(5.6, 0, 12.0), (5.6, 5.6, 12.0)], (0.2, 0.2, 0.2), 0.13)
    stage.panel(4.3, 5.0, 1.3, 0.3, 12.0, rgb("#b3352c"), 0.7)
    px, py = stage.camera.at(5.6, 5.15, 11.9)
    stage.put(ellipse(px, py, 0.16 * stage.camera.scale(12), 0.16 * stage.camera.scale(12)), rgb("#ff5140"))
    stage.glow((px, py), 1.1 * stage.camera.scale(12), rgb("#ff5140"), 0.6 if stage.light.dim else 0.2)


def carriage(stage: Stage) -> None:
    """A railway compartment: benches facing, a wide window with the country passing, luggage overhead."""
    space = fit.Shell(1.7, 2.3, 1.5)
    panel = rgb("#6b4630")
    fit.shell(stage, space, panel, rgb("#4a3a30"), rgb("#cbbf9f"))
    fit.window(stage, -0.75, 1.0, 1.5, 0.95, 1.47, frame=rgb("#4a3020"))
    fit.curtains(stage, -0.75, 1.0, 1.5, 0.95, 1.45, rgb("#5d6b4a"))
    for side in (-1, 1):
        x = -1.65 if side < 0 else 0.95
        cloth = rgb("#5a2f38")
        stage.box(x, 0.0, 0.2, (0.7, 0.48, 1.2), cloth)
        stage.side(side * 1.5, 0.48, 1.0, max(stage.camera.near, 0.1), 1.4, scale(cloth, 1.1))
        stage.stroke([(side * 1.3, 1.85, max(stage.camera.near, -0.4)), (side * 1.3, 1.85, 1.45)], fit.BRASS, 0.05)
        stage.box(side * 1.35 - 0.25, 1.88, 0.5, (0.5, 0.25, 0.6), rgb("#7a5636"))
    stage.panel(-0.7, 0.86, 1.4, 0.06, 1.4, fit.DARK_WOOD, 0.6)
    fit.hanging(stage, 0.0, 1.95, 0.6, 2.3, strength=0.5)
