"""Built places in the open: street, railway, road, and the outsides of houses."""

from aiuteur.film.bible import Period, PlaceKind
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, fade, ramp
from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import arch, curve, ellipse, line, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage, dusty

_BRICKS = ("#8a5a48", "#9a7a5c", "#6f6a68", "#a08868", "#7c6a5c", "#8d6f5a")
_LIT = rgb("#ffcf7c")


def street(stage: Stage) -> None:
    """A street: two rows of houses to a vanishing point, pavements, street lamps, a clock tower far off."""
    air.sky(stage)
    paving = air.land(stage, rgb("#6c6a6a") if stage.modern else rgb("#77706a"))
    stage.ground(paving, scale(paving, 0.9))
    _skyline(stage)
    _tower(stage, 1.2, 46)
    for side in (-1, 1):
        z = 44.0
        rng = chance("houses", stage.picture.place_name, side)
        while z > stage.camera.near + 0.2:
            long = rng.uniform(5.0, 8.0)
            _house(stage, side, max(stage.camera.near, z - long), z, rng.uniform(6.5, 11.0), rgb(rng.choice(_BRICKS)), rng.random())
            z -= long
    for side in (-1, 1):
        kerb = air.land(stage, rgb("#8d8a86"))
        stage.strip(side * 3.2, side * 5.0, stage.camera.near, 44, kerb, 0.55)
        stage.strip(side * 3.08, side * 3.2, stage.camera.near, 44, scale(kerb, 0.7), 0.4)
    _paving(stage)
    for z, side in ((22.0, 1), (13.0, -1), (6.5, 1), (2.2, -1)):
        lamp_post(stage, side * 3.5, z)
    if stage.modern:
        _car(stage, 2.0, 8.5)
    air.mist(stage, 30, 5, 0.3 if stage.light.haze < 1 else 0.7)  # noqa: PLR2004 - thick weather


def _skyline(stage: Stage) -> None:
    rng = chance("skyline", stage.picture.place_name)
    for z in (90.0, 65.0):
        x = -stage.camera.span(z) * 1.2
        while x < stage.camera.span(z) * 1.2:
            wide, tall = rng.uniform(6, 12), rng.uniform(7, 17)
            stage.panel(x, 0, wide, tall, z, rgb("#5d6470"), 0.3)
            if stage.light.lamps:
                for _ in range(5):
                    stage.panel(x + rng.uniform(0.5, wide - 1), rng.uniform(1.5, tall - 1.5), 0.7, 0.9, z, _LIT, 1.2)
            x += wide * 0.98


def _tower(stage: Stage, x: float, z: float) -> None:
    if stage.picture.period is Period.FUTURE:
        stage.panel(x - 1.2, 0, 2.4, 26, z, rgb("#6a7c94"), 0.5)
        return
    stone = rgb("#7c756e")
    stage.panel(x - 1.6, 0, 3.2, 13, z, stone, 0.45)
    stage.face([(x - 1.9, 13, z), (x + 1.9, 13, z), (x, 18.5, z)], rgb("#4f5660"), 0.4)
    if not stage.old:
        px, py = stage.camera.at(x, 11, z)
        radius = 1.05 * stage.camera.scale(z)
        stage.put(ellipse(px, py, radius, radius), mix(rgb("#efe3c0"), stage.light.practical, 0.3) if stage.light.lamps else stage.colour(rgb("#e5dcc4"), 0.6, z))
        stage.put(line((px, py), (px, py - radius * 0.7)), (0.15, 0.13, 0.13), stroke=max(0.8, radius * 0.1))
        stage.put(line((px, py), (px + radius * 0.5, py)), (0.15, 0.13, 0.13), stroke=max(0.8, radius * 0.1))


def _house(stage: Stage, side: int, z0: float, z1: float, height: float, wall: Rgb, luck: float) -> None:
    """One house of a row: its front runs away from us; windows in perspective, a door, a roof."""
    x = side * 5.0
    wall = rgb("#b9aa8c") if stage.old else wall
    stage.side(x, 0, height, z0, z1, wall)
    roof = scale(rgb("#5a4a48"), 0.9)
    stage.face([(x - side * 0.35, height, z0), (x - side * 0.35, height, z1), (x + side * 2.2, height + 2.2, z1), (x + side * 2.2, height + 2.2, z0)], roof, 0.35)
    stage.face([(x + side * 0.2, height + 1.4, z0 + 1.2), (x + side * 0.2, height + 2.6, z0 + 1.2), (x + side * 0.9, height + 2.6, z0 + 1.2), (x + side * 0.9, height + 1.4, z0 + 1.2)], scale(wall, 0.7), 0.3)
    stage.stroke([(x - side * 0.05, 3.05, z0), (x - side * 0.05, 3.05, z1)], scale(wall, 0.6), 0.22)
    rng = chance("windows", stage.picture.place_name, side, round(z1, 2))
    bays = max(1, round((z1 - z0) / 2.3))
    floors = int((height - 3.2) / 2.5) + 1
    for bay in range(bays):
        mid = z1 - (bay + 0.5) * (z1 - z0) / bays
        if mid < stage.camera.near + 0.4:
            continue
        for floor in range(floors):
            _opening(stage, x, mid, 3.75 + floor * 2.4, lit=stage.light.lamps and rng.random() < 0.5, wall=wall)  # noqa: PLR2004 - every other one is lit
        _front(stage, x, mid, bay + int(luck * 3), wall)
    if stage.old:
        for z in (z0 + 0.1, (z0 + z1) / 2, z1 - 0.1):
            if z > stage.camera.near:
                stage.stroke([(x, 0, z), (x, height, z)], rgb("#3d2a1e"), 0.2)


def _opening(stage: Stage, x: float, z: float, y: float, *, lit: bool, wall: Rgb) -> None:
    half, tall = 0.5, 1.5
    spots = [(x, y, z - half), (x, y + tall, z - half), (x, y + tall, z + half), (x, y, z + half)]
    glass = mix(_LIT, stage.light.practical, 0.4) if lit else None
    frame = [(x, y - 0.14, z - half - 0.12), (x, y + tall + 0.14, z - half - 0.12), (x, y + tall + 0.14, z + half + 0.12), (x, y - 0.14, z + half + 0.12)]
    stage.face(frame, mix(wall, (0.9, 0.88, 0.82), 0.5), 0.5)
    if glass is None:
        sky = stage.light.hour.sky[1]
        stage.face(spots, mix(rgb("#27303c"), sky, 0.25 if not stage.light.night else 0.1), 0.35)
    else:
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), glass)
    stage.stroke([(x, y, z), (x, y + tall, z)], (0.2, 0.18, 0.17), 0.05)
    stage.stroke([(x, y + tall / 2, z - half), (x, y + tall / 2, z + half)], (0.2, 0.18, 0.17), 0.05)


def _front(stage: Stage, x: float, z: float, order: int, wall: Rgb) -> None:
    """The ground floor of a bay: a door, or a shop's window with an awning or, at night today, a neon sign."""
    door = order % 3 == 0
    half, tall = (0.55, 2.25) if door else (0.85, 1.9)
    base = 0.0 if door else 0.55
    spots = [(x, base, z - half), (x, base + tall, z - half), (x, base + tall, z + half), (x, base, z + half)]
    if door:
        stage.face(spots, rgb(("#4a2a28", "#2c4538", "#2c3a50")[order % 3 if order % 2 else 1]), 0.4)
        return
    if stage.light.lamps and order % 2:
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), mix(_LIT, (1, 0.9, 0.7), 0.3))
        stage.glow(stage.camera.at(x, 1.4, z), 2.0 * stage.camera.scale(z), stage.light.practical, 0.35)
    else:
        stage.face(spots, rgb("#2c343e"), 0.4)
    inner = x - (0.9 if x > 0 else -0.9)
    cloth = rgb(("#7d3a36", "#3a5a4c", "#8a7a50")[order % 3])
    stage.face([(x, 2.85, z - half), (x, 2.85, z + half), (inner, 2.4, z + half), (inner, 2.4, z - half)], cloth, 0.55)
    if stage.modern and stage.light.lamps:
        px, py = stage.camera.at(inner, 3.1, z)
        unit = stage.camera.scale(z)
        tone = (rgb("#ff5fa2"), rgb("#59d0ff"), rgb("#ffd35a"))[order % 3]
        stage.put(rect(px - 0.1 * unit, py - 0.9 * unit, 0.2 * unit, 0.9 * unit), tone)
        stage.glow((px, py - 0.45 * unit), 1.8 * unit, tone, 0.6)
    stage.stroke([(x, 2.86, z - half), (x, 2.86, z + half)], scale(wall, 0.5), 0.12)


def _paving(stage: Stage) -> None:
    z, step = stage.camera.near, 0.35
    dark = scale(air.land(stage, rgb("#5a5552")), 0.8)
    while z < 30:  # noqa: PLR2004 - joints farther off than this are not seen
        stage.stroke([(-3.05, 0, z), (3.05, 0, z)], dark, 0.03, alpha=0.4)
        z += step
        step *= 1.17
    if stage.modern:
        for mark in (0.0, 4.0, 8.0, 13.0, 19.0):
            stage.strip(-0.08, 0.08, mark, mark + 2.0, rgb("#cfcabc"), 0.6)
    else:
        for x in (-2.0, -1.0, 0.0, 1.0, 2.0):
            stage.stroke([(x, 0, stage.camera.near), (x, 0, 30)], dark, 0.025, alpha=0.35)
    if stage.wet:
        for x, z in ((-1.2, 0.4), (1.6, 2.5), (-0.4, 6.0)):
            px, py = stage.camera.at(x, 0, z)
            unit = stage.camera.scale(z)
            stage.put(ellipse(px, py, 1.2 * unit, 0.16 * unit), stage.light.hour.sky[2], alpha=0.35, blur=0.03 * unit)


def lamp_post(stage: Stage, x: float, z: float) -> None:
    """A street lamp of the period, lit when lamps are, with its cone, its pool and, in the wet, its reflection."""
    if stage.old:
        stage.stroke([(x, 0, z), (x, 2.4, z)], (0.2, 0.16, 0.13), 0.1)
        fit.flame(stage, x, 2.4, z, 0.25, 2.4)
        return
    unit = stage.camera.scale(z)
    iron = (0.13, 0.14, 0.16)
    tall = 3.7
    stage.stroke([(x, 0, z), (x, tall - 0.3, z)], iron, 0.09)
    stage.panel(x - 0.14, 0, 0.28, 0.5, z, iron, 0.4)
    if stage.modern:
        inner = x - (0.9 if x > 0 else -0.9)
        stage.stroke([(x, tall - 0.3, z), (x, tall + 0.4, z), (inner, tall + 0.5, z)], iron, 0.08)
        source = stage.camera.at(inner, tall + 0.42, z)
        stage.put(ellipse(source[0], source[1], 0.26 * unit, 0.07 * unit), mix(stage.light.practical, (1, 1, 1), 0.6) if stage.light.lamps else (0.75, 0.75, 0.72))
    else:
        inner = x
        source = stage.camera.at(x, tall, z)
        glass = mix(stage.light.practical, (1, 1, 0.9), 0.5) if stage.light.lamps else stage.colour((0.8, 0.82, 0.8), 0.6, z)
        stage.put(polygon((source[0] - 0.13 * unit, source[1] + 0.26 * unit), (source[0] + 0.13 * unit, source[1] + 0.26 * unit), (source[0] + 0.22 * unit, source[1] - 0.24 * unit), (source[0] - 0.22 * unit, source[1] - 0.24 * unit)), glass)
        stage.put(polygon((source[0] - 0.26 * unit, source[1] - 0.24 * unit), (source[0] + 0.26 * unit, source[1] - 0.24 * unit), (source[0], source[1] - 0.5 * unit)), stage.colour(iron, 0.4, z))
    if stage.light.lamps:
        ground = stage.camera.at(inner, 0, z)
        stage.beam(source, ((ground[0] - 1.9 * unit, ground[1]), (ground[0] + 1.9 * unit, ground[1])), stage.light.practical, 0.42)
        stage.glow(source, 3.0 * unit, stage.light.practical, 0.8)
        stage.pool(inner, z, 2.3, stage.light.practical, 0.5)
        if stage.wet:
            stage.mirror(inner, z, 0.25, stage.light.practical, 0.6)


def _car(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.shade(x, z, 1.1, 0.6)
    body = stage.colour(rgb("#7a2e33"), 0.5, z)
    stage.put(smooth([(px - 0.85 * unit, py - 0.2 * unit), (px - 0.9 * unit, py - 0.75 * unit), (px - 0.62 * unit, py - 0.9 * unit), (px - 0.5 * unit, py - 1.35 * unit), (px + 0.5 * unit, py - 1.35 * unit), (px + 0.62 * unit, py - 0.9 * unit), (px + 0.9 * unit, py - 0.75 * unit), (px + 0.85 * unit, py - 0.2 * unit)], 0.09), body)
    stage.put(polygon((px - 0.52 * unit, py - 0.92 * unit), (px - 0.42 * unit, py - 1.26 * unit), (px + 0.42 * unit, py - 1.26 * unit), (px + 0.52 * unit, py - 0.92 * unit)), stage.colour(rgb("#3d4a58"), 0.5, z))
    for dx in (-0.65, 0.65):
        stage.put(rect(px + (dx - 0.12) * unit, py - 0.25 * unit, 0.24 * unit, 0.25 * unit), (0.06, 0.06, 0.07))
        stage.put(ellipse(px + dx * unit, py - 0.66 * unit, 0.13 * unit, 0.08 * unit), rgb("#fff0c0") if stage.light.dim else rgb("#d8d8d0"))
        if stage.light.dim:
            stage.glow((px + dx * unit, py - 0.66 * unit), 1.2 * unit, rgb("#fff0c0"), 0.7)


def railway(stage: Stage) -> None:
    """A station: a platform with a clock under an iron roof, tracks running away, a train standing there."""
    air.sky(stage)
    stage.ground(air.land(stage, rgb("#6d665e")), rgb("#7d776c"))
    air.ridge(stage, 80, 9, rgb("#58685c"), "rail")
    _tracks(stage)
    _train(stage)
    _platform(stage)
    _canopy(stage)
    _signal(stage)
    air.mist(stage, 26, 3, 0.25)


def _tracks(stage: Stage) -> None:
    near = stage.camera.near
    stage.strip(-0.4, 4.6, near, 120, air.land(stage, rgb("#5b544d")), 0.4)
    for track in (0.6, 3.2):
        z, step = near, 0.55
        while z < 60:  # noqa: PLR2004 - sleepers farther off than this are not seen
            stage.face([(track - 0.45, 0, z), (track + 1.5, 0, z), (track + 1.5, 0, z + 0.22), (track - 0.45, 0, z + 0.22)], rgb("#3d3028"), 0.4)
            z += step
            step *= 1.09
        for dx in (0.0, 1.05):
            stage.face([(track + dx - 0.05, 0.1, near), (track + dx + 0.05, 0.1, near), (track + dx + 0.05, 0.1, 120), (track + dx - 0.05, 0.1, 120)], rgb("#b5b8bd"), 0.9)


def _train(stage: Stage) -> None:
    steam = not stage.modern
    z0, z1 = 6.0, 46.0
    livery = rgb("#6b2a2c") if steam else rgb("#48627c")
    stage.side(2.9, 0.45, 2.9, z0, z1, livery)
    stage.side(2.89, 1.75, 0.95, z0, z1, scale(livery, 0.5))
    z = z0 + 0.6
    while z < z1 - 1.2:
        spots = [(2.88, 1.85, z), (2.88, 2.6, z), (2.88, 2.6, z + 1.0), (2.88, 1.85, z + 1.0)]
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), mix(_LIT, stage.light.practical, 0.3) if stage.light.lamps else stage.colour(rgb("#aebfcb"), 0.5, z))
        z += 1.5
    unit = stage.camera.scale(z0)
    px, py = stage.camera.at(4.1, 0, z0)
    if steam:
        stage.panel(2.9, 0.5, 2.4, 0.5, z0, rgb("#8a2a24"), 0.5)
        for dx in (-0.85, 0.85):
            stage.put(ellipse(px + dx * unit, py - 0.75 * unit, 0.2 * unit, 0.2 * unit), stage.colour(rgb("#c9c2b0"), 0.5, z0))
        stage.put(ellipse(px, py - 2.0 * unit, 1.15 * unit, 1.15 * unit), stage.colour(rgb("#23262b"), 0.45, z0))
        stage.put(ellipse(px, py - 2.0 * unit, 0.9 * unit, 0.9 * unit), stage.colour(rgb("#33373e"), 0.6, z0))
        stage.panel(3.85, 3.0, 0.5, 0.85, z0, rgb("#1c1e22"), 0.4)
        for step in range(6):
            stage.put(ellipse(px + (0.25 + step * 0.45) * unit, py - (4.1 + step * 0.5) * unit, (0.45 + step * 0.2) * unit, (0.38 + step * 0.16) * unit), mix(stage.light.hour.haze, (1, 1, 1), 0.5), alpha=0.5 - step * 0.06, blur=0.18 * unit)
    else:
        stage.put(smooth([(px - 1.2 * unit, py - 0.4 * unit), (px - 1.2 * unit, py - 2.9 * unit), (px - 0.7 * unit, py - 3.5 * unit), (px + 0.7 * unit, py - 3.5 * unit), (px + 1.2 * unit, py - 2.9 * unit), (px + 1.2 * unit, py - 0.4 * unit)], 0.08), stage.colour(livery, 0.5, z0))
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
    while z < 40:  # noqa: PLR2004 - joints farther off than this are not seen
        stage.stroke([(-6.0, 0, z), (-0.9, 0, z)], scale(stone, 0.7), 0.03, alpha=0.5)
        z += step
        step *= 1.12
    stage.side(-5.2, 0, 4.0, near, 40, rgb("#8d5f4a"))
    for z in (3.0, 8.0, 14.0, 22.0):
        spots = [(-5.18, 0.2, z), (-5.18, 2.5, z), (-5.18, 2.5, z + 1.6), (-5.18, 0.2, z + 1.6)]
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), mix(_LIT, stage.light.practical, 0.3) if stage.light.lamps else stage.colour(rgb("#3b4148"), 0.4, z))
    stage.box(-4.6, 0, 4.6, (0.5, 0.45, 1.8), fit.WOOD)
    for step in range(3):
        stage.box(-4.0 + 0.35 * step, 0, 2.4 + 0.2 * step, (0.5, 0.4 + 0.15 * (step % 2), 0.35), rgb(("#6b4428", "#50382a", "#7a5a38")[step]))


def _canopy(stage: Stage) -> None:
    iron = rgb("#33443f")
    near = stage.camera.near
    stage.face([(-5.4, 4.6, near), (-0.2, 3.9, near), (-0.2, 3.9, 34), (-5.4, 4.6, 34)], rgb("#4a4f52"), 0.12)
    for z in (22.0, 15.0, 9.5, 5.0, 1.2):
        if z < near + 0.3:
            continue
        stage.stroke([(-1.9, 0, z), (-1.9, 4.1, z)], iron, 0.15)
        for side in (-1, 1):
            one, two = stage.camera.at(-1.9, 3.0, z), stage.camera.at(-1.9 + side * 1.3, 4.15, z)
            stage.put(curve([one, (one[0] + (two[0] - one[0]) * 0.25, two[1] + (one[1] - two[1]) * 0.25), two]), stage.colour(iron, 0.4, z), stroke=0.09 * stage.camera.scale(z))
    for step in range(40):
        z = near + 0.4 + step * 0.85
        stage.face([(-0.2, 3.9, z), (-0.2, 3.9, z + 0.62), (-0.2, 3.55, z + 0.31)], rgb("#b9b19a"), 0.5)
    z = 5.0
    px, py = stage.camera.at(-1.9, 3.1, z)
    unit = stage.camera.scale(z)
    stage.put(ellipse(px, py, 0.42 * unit, 0.42 * unit), stage.colour(iron, 0.5, z))
    stage.put(ellipse(px, py, 0.35 * unit, 0.35 * unit), mix(rgb("#f2ead2"), stage.light.practical, 0.2))
    stage.put(line((px, py), (px + 0.05 * unit, py - 0.26 * unit)), (0.1, 0.1, 0.1), stroke=0.035 * unit)
    stage.put(line((px, py), (px + 0.17 * unit, py + 0.06 * unit)), (0.1, 0.1, 0.1), stroke=0.045 * unit)
    if stage.light.lamps:
        for z in (15.0, 9.5, 3.2):
            source = stage.camera.at(-3.2, 3.6, z)
            unit = stage.camera.scale(z)
            stage.put(ellipse(*source, 0.16 * unit, 0.12 * unit), (1, 0.95, 0.8))
            stage.glow(source, 2.6 * unit, stage.light.practical, 0.7)
            stage.pool(-3.2, z, 2.0, stage.light.practical, 0.45)


def _signal(stage: Stage) -> None:
    stage.stroke([(5.6, 0, 12.0), (5.6, 5.6, 12.0)], (0.2, 0.2, 0.2), 0.13)
    stage.panel(4.3, 5.0, 1.3, 0.3, 12.0, rgb("#b3352c"), 0.7)
    px, py = stage.camera.at(5.6, 5.15, 11.9)
    stage.put(ellipse(px, py, 0.16 * stage.camera.scale(12), 0.16 * stage.camera.scale(12)), rgb("#ff5140"))
    stage.glow((px, py), 1.1 * stage.camera.scale(12), rgb("#ff5140"), 0.6 if stage.light.dim else 0.2)


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
    stage.box(-2.9, 0, 1.6, (0.4, 0.6, 0.25), rgb("#b5b0a4"))
    air.grass(stage, -2.0, 16.0, verge, 50)
    air.mist(stage, 60, 5, 0.3)


def _ribbon(stage: Stage) -> None:
    surface = air.land(stage, rgb("#5d5d60") if stage.modern else rgb("#a08a66"))
    left, right, middle = [], [], []
    near = stage.camera.near
    for step in range(22):
        z = near + (160 - near) * (step / 21) ** 2.4
        bend = 9.0 * max(0.0, (z - 14) / 70) ** 1.4
        left.append(stage.camera.at(-2.2 + bend, 0, z))
        right.append(stage.camera.at(2.2 + bend, 0, z))
        middle.append((bend, z))
    path = (("M", left[0]), *(("L", point) for point in left[1:]), *(("L", point) for point in reversed(right)), ("Z", ()))
    stage.put(path, Linear((0, left[-1][1]), (0, stage.camera.height), ramp(stage.colour(surface, 0.5, 60), stage.colour(surface, 0.5, 0))))
    if stage.modern:
        for one in range(1, 20, 2):
            (x0, z0), (x1, z1) = middle[one], middle[one + 1]
            stage.face([(x0 - 0.07, 0, z0), (x0 + 0.07, 0, z0), (x1 + 0.07, 0, z1), (x1 - 0.07, 0, z1)], rgb("#e0dccb"), 0.7)
    else:
        for dx in (-0.75, 0.75):
            track = [stage.camera.at(x + dx, 0, z) for x, z in middle]
            wide = [0.16 * stage.camera.scale(z) for _, z in middle]
            points = [(px - w, py) for (px, py), w in zip(track, wide, strict=True)] + [(px + w, py) for (px, py), w in zip(reversed(track), reversed(wide), strict=True)]
            stage.put(polygon(*points), stage.colour(scale(surface, 0.7), 0.4, 4), alpha=0.6)
    if stage.wet:
        stage.put(path, Linear((0, left[-1][1]), (0, stage.camera.height), fade(stage.light.hour.sky[2], 0.45, 0.1)), blend="screen")


def _pole(stage: Stage, x: float, z: float) -> None:
    if stage.old:
        stage.panel(x, 0, 0.16, 0.9, z, rgb("#8a7a60"), 0.5)
        return
    stage.stroke([(x, 0, z), (x, 5.6, z)], rgb("#4d3c2e"), 0.16)
    for y in (5.2, 4.7):
        stage.stroke([(x - 0.8, y, z), (x + 0.8, y, z)], rgb("#4d3c2e"), 0.1)
    for dx in (-0.7, 0.7):
        one, two = stage.camera.at(x + dx, 5.3, z), stage.camera.at(x + dx, 5.3, z * 1.5 + 2.5)
        stage.put(curve([one, ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2 + 0.35 * stage.camera.scale(z)), two]), (0.12, 0.12, 0.13), stroke=max(0.7, 0.02 * stage.camera.scale(z)), alpha=0.7)


def house_front(stage: Stage) -> None:
    """The outside of a house, its door facing us; a sign over it where the kind of house has one."""
    air.sky(stage)
    land = air.land(stage, rgb("#7c7466"))
    stage.ground(land, land)
    air.ridge(stage, 60, 8, rgb("#5f6f5a"), "behind")
    kind = stage.picture.place
    wall = rgb({PlaceKind.OFFICE: "#8d8478", PlaceKind.TAVERN: "#b59a6c", PlaceKind.HALL: "#a39a88", PlaceKind.SHOP: "#8a5a48"}.get(kind, "#a8806a"))
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
            stage.panel(x, 0.6, 3.4, 1.7, 2.97, _LIT if stage.light.lamps else rgb("#3b4651"), 0.8)
            stage.face([(x - 0.1, 2.75, 2.96), (x + 3.5, 2.75, 2.96), (x + 3.5, 2.3, 2.0), (x - 0.1, 2.3, 2.0)], rgb("#7d3a36"), 0.6)
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
    stage.put(rect(left, top, 1.1 * unit, 1.5 * unit), mix(_LIT, stage.light.practical, 0.4) if lit else mix(rgb("#2c3642"), stage.light.hour.sky[1], 0.3))
    stage.panel(x + 0.52, y, 0.06, 1.5, 2.95, rgb("#d5cbb8"), 0.5)
    stage.panel(x, y + 0.72, 1.1, 0.06, 2.95, rgb("#d5cbb8"), 0.5)
    if lit:
        stage.glow((left + 0.55 * unit, top + 0.75 * unit), 1.6 * unit, stage.light.practical, 0.4)


def church(stage: Stage) -> None:
    """A church from without: nave, steeple with a cross, pointed windows, a churchyard with stones."""
    air.sky(stage)
    land = air.land(stage, rgb("#66754a"))
    stage.ground(land, land)
    air.ridge(stage, 90, 10, rgb("#5a6a5c"), "church")
    stone = rgb("#9a9284")
    stage.panel(-2.2, 0, 8.5, 5.2, 11.0, stone, 0.42)
    stage.face([(-2.4, 5.2, 10.9), (6.6, 5.2, 10.9), (5.6, 8.4, 12.0), (-2.2, 8.4, 12.0)], rgb("#54505a"), 0.45)
    stage.panel(-5.2, 0, 3.4, 9.5, 10.4, scale(stone, 1.08), 0.55)
    stage.face([(-5.5, 9.5, 10.4), (-1.5, 9.5, 10.4), (-3.5, 17.0, 10.4)], rgb("#54505a"), 0.5)
    stage.panel(-3.57, 17.0, 0.14, 1.5, 10.4, rgb("#c9b06a"), 0.7)
    stage.panel(-3.95, 17.7, 0.9, 0.14, 10.4, rgb("#c9b06a"), 0.7)
    for x, y, wide, tall, z in ((-0.9, 1.2, 0.9, 2.8, 10.9), (1.4, 1.2, 0.9, 2.8, 10.9), (3.7, 1.2, 0.9, 2.8, 10.9), (-4.0, 6.2, 1.0, 2.2, 10.3)):
        left, foot = stage.camera.at(x, y, z)
        unit = stage.camera.scale(z)
        stage.put(arch(left, foot, wide * unit, tall * unit, 0.8), mix(_LIT, stage.light.practical, 0.4) if stage.light.lamps else stage.colour(rgb("#38424f"), 0.4, z))
        if stage.light.lamps:
            stage.glow((left + wide * unit / 2, foot - tall * unit / 2), tall * unit, stage.light.practical, 0.35)
    left, foot = stage.camera.at(-4.2, 0, 10.3)
    unit = stage.camera.scale(10.3)
    stage.put(arch(left, foot, 1.4 * unit, 2.6 * unit, 0.7), stage.colour(rgb("#4a3226"), 0.4, 10))
    path = air.land(stage, rgb("#b0a48c"))
    stage.face([(-1.2, 0, stage.camera.near), (0.8, 0, stage.camera.near), (-2.9, 0, 10.3), (-4.1, 0, 10.3)], path, 0.5)
    rng = chance("graves", stage.picture.place_name)
    for _ in range(9):
        x, z = rng.choice((-1, 1)) * rng.uniform(2.2, 6.5) + 0.8, rng.uniform(1.2, 8.0)
        px, py = stage.camera.at(x, 0, z)
        unit = stage.camera.scale(z)
        stage.put(arch(px, py, 0.55 * unit, rng.uniform(0.7, 1.1) * unit, 0.5), stage.colour(rgb("#8f8c86"), 0.45, z))
    air.tree(stage, 7.0, 9.0, 7.5, scale(air.LEAF, 0.75), "yew")
    air.grass(stage, -1.5, 8.0, land, 40)
