"""A street of any age, and the lamp posts that stand in it."""

from aiuteur.film.bible import Period
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.places import ages, air
from aiuteur.models.animatic.art.places import fittings as fit
from aiuteur.models.animatic.art.shapes import ellipse, line, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage

_BRICKS = ("#8a5a48", "#9a7a5c", "#6f6a68", "#a08868", "#7c6a5c", "#8d6f5a")
_MARKETS = ("market", "bazaar", "fair", "piazza", "souk")
_HAZY = 26.0
"""Houses farther off than this stand in the haze, in metres."""
WINDOW_LIGHT = rgb("#ffcf7c")


def street(stage: Stage) -> None:
    """A street: two rows of houses to a vanishing point, pavements, street lamps, a clock tower far off."""
    air.sky(stage)
    paving = air.land(stage, rgb("#6c6a6a") if stage.modern else rgb("#77706a"))
    stage.ground(paving, scale(paving, 0.9))
    _skyline(stage)
    _tower(stage, 3.7, 46)
    _rows(stage, 44.0, _HAZY)
    air.mist(stage, 30, 5, 0.3 if stage.light.haze < 1 else 0.7)  # thick weather
    _rows(stage, _HAZY, stage.camera.near)
    for side in (-1, 1):
        kerb = air.land(stage, rgb("#8d8a86"))
        stage.strip(side * 3.2, side * 5.0, stage.camera.near, 44, kerb, 0.55)
        stage.strip(side * 3.08, side * 3.2, stage.camera.near, 44, scale(kerb, 0.7), 0.4)
    _paving(stage)
    for z, side in ((22.0, 1), (13.0, -1), (6.5, 1), (2.2, -1)):
        lamp_post(stage, side * 3.5, z)
    if any(word in stage.picture.place_name.lower() for word in _MARKETS):
        ages.market(stage)
    elif stage.modern:
        _car(stage, 2.0, 8.5)


def _rows(stage: Stage, far: float, near: float) -> None:
    """The houses on both sides that end between two depths, farthest first."""
    for side in (-1, 1):
        z = 44.0
        rng = chance("houses", stage.picture.place_name, side)
        while z > stage.camera.near + 0.2:
            long = rng.uniform(5.0, 8.0)
            measures = (rng.uniform(6.5, 11.0), rgb(rng.choice(_BRICKS)), rng.random())
            if near < z <= far:
                _built(stage, side, max(stage.camera.near, z - long), z, *measures)
            z -= long


def _built(stage: Stage, side: int, z0: float, z1: float, height: float, wall: Rgb, luck: float) -> None:
    """A house of the period."""
    if stage.old:
        ages.old_house(stage, side, z0, z1, height, luck)
    elif stage.picture.period is Period.FUTURE:
        ages.tower_house(stage, side, z0, z1, height, luck)
    else:
        _house(stage, side, z0, z1, height, wall, luck)


def _skyline(stage: Stage) -> None:
    rng = chance("skyline", stage.picture.place_name)
    for z in (90.0, 65.0):
        x = -stage.camera.span(z) * 1.2
        while x < stage.camera.span(z) * 1.2:
            wide, tall = rng.uniform(6, 12), rng.uniform(7, 17)
            stage.panel(x, 0, wide, tall, z, rgb("#5d6470"), 0.3)
            if stage.light.lamps:
                for _ in range(5):
                    stage.panel(x + rng.uniform(0.5, wide - 1), rng.uniform(1.5, tall - 1.5), 0.7, 0.9, z, WINDOW_LIGHT, 1.2)
            x += wide * 0.98


def _tower(stage: Stage, x: float, z: float) -> None:
    if stage.picture.period is Period.FUTURE:
        stage.panel(x - 1.2, 0, 2.4, 26, z, rgb("#6a7c94"), 0.5)
        return
    stone, roof = stage.colour(rgb("#7c756e"), 0.45, z), stage.colour(rgb("#4f5660"), 0.4, z)
    if stage.light.night:  # a silhouette, lest the clock should seem to float
        stone = roof = scale(stage.light.hour.sky[0], 0.75)
    left, top = stage.camera.at(x - 1.6, 13, z)
    unit = stage.camera.scale(z)
    stage.put(rect(left, top, 3.2 * unit, 13 * unit), stone)
    stage.put(polygon((left - 0.3 * unit, top), (left + 3.5 * unit, top), (left + 1.6 * unit, top - 5.5 * unit)), roof)
    if not stage.old:
        px, py = stage.camera.at(x, 11, z)
        radius = 0.95 * unit
        stage.put(ellipse(px, py, radius, radius), mix(scale(rgb("#efe3c0"), 0.7), stage.light.practical, 0.3)
            if stage.light.lamps else stage.colour(rgb("#e5dcc4"), 0.6, z))
        stage.put(line((px, py), (px, py - radius * 0.7)), (0.15, 0.13, 0.13), stroke=max(0.8, radius * 0.1))
        stage.put(line((px, py), (px + radius * 0.5, py)), (0.15, 0.13, 0.13), stroke=max(0.8, radius * 0.1))


def _house(stage: Stage, side: int, z0: float, z1: float, height: float, wall: Rgb, luck: float) -> None:
    """One house of a row: its front runs away from us; windows in perspective, a door, a roof."""
    x = side * 5.0
    stage.side(x, 0, height, z0, z1, wall)
    roof = scale(rgb("#5a4a48"), 0.9)
    stage.face([(x - side * 0.35, height, z0), (x - side * 0.35, height, z1), (x + side * 2.2, height + 2.2, z1),
        (x + side * 2.2, height + 2.2, z0)], roof, 0.35)
    stage.face([(x + side * 0.2, height + 1.4, z0 + 1.2), (x + side * 0.2, height + 2.6, z0 + 1.2),
        (x + side * 0.9, height + 2.6, z0 + 1.2), (x + side * 0.9, height + 1.4, z0 + 1.2)], scale(wall, 0.7), 0.3)
    stage.stroke([(x - side * 0.05, 3.05, z0), (x - side * 0.05, 3.05, z1)], scale(wall, 0.6), 0.22)
    rng = chance("windows", stage.picture.place_name, side, round(z1, 2))
    bays = max(1, round((z1 - z0) / 2.3))
    floors = int((height - 3.2) / 2.5) + 1
    for bay in range(bays):
        mid = z1 - (bay + 0.5) * (z1 - z0) / bays
        if mid < stage.camera.near + 0.4:
            continue
        for floor in range(floors):
            _opening(stage, x, mid, 3.75 + floor * 2.4, lit=stage.light.lamps and rng.random() < 0.5,
                wall=wall)  # every other one is lit
        _front(stage, x, mid, bay + int(luck * 3), wall)


def _opening(stage: Stage, x: float, z: float, y: float, *, lit: bool, wall: Rgb) -> None:
    half, tall = 0.5, 1.5
    spots = [(x, y, z - half), (x, y + tall, z - half), (x, y + tall, z + half), (x, y, z + half)]
    glass = mix(WINDOW_LIGHT, stage.light.practical, 0.4) if lit else None
    frame = [(x, y - 0.14, z - half - 0.12), (x, y + tall + 0.14, z - half - 0.12), (x, y + tall + 0.14, z + half + 0.12),
        (x, y - 0.14, z + half + 0.12)]
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
        stage.put(polygon(*(stage.camera.at(*spot) for spot in spots)), mix(WINDOW_LIGHT, (1, 0.9, 0.7), 0.3))
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
    while z < 30:  # joints farther off than this are not seen
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
        for x, z, wide in ((-1.2, 0.4, 1.0), (1.6, 2.5, 1.3), (-0.4, 6.0, 1.6)):
            _puddle(stage, x, z, wide)


def _puddle(stage: Stage, x: float, z: float, wide: float) -> None:
    """Water in a hollow of the paving, with the sky in it: flat, and of no regular shape."""
    sky = scale(mix(stage.light.hour.sky[1], stage.light.hour.sky[2], 0.4), 0.8)
    rim = ((-1.0, 0.0), (-0.6, 0.42), (0.05, 0.3), (0.55, 0.55), (1.0, 0.1), (0.6, -0.3), (0.0, -0.2), (-0.55, -0.4))
    shape = smooth([stage.camera.at(x + dx * wide, 0, z + dz * wide * 0.55) for dx, dz in rim], 0.14)
    stage.put(shape, sky, alpha=0.3)


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
        stage.put(ellipse(source[0], source[1], 0.26 * unit, 0.07 * unit), mix(stage.light.practical, (1, 1, 1), 0.6)
            if stage.light.lamps else (0.75, 0.75, 0.72))
    else:
        inner = x
        source = stage.camera.at(x, tall, z)
        glass = mix(stage.light.practical, (1, 1, 0.9), 0.5) if stage.light.lamps else stage.colour((0.8, 0.82, 0.8), 0.6, z)
        stage.put(polygon((source[0] - 0.13 * unit, source[1] + 0.26 * unit), (source[0] + 0.13 * unit, source[1] + 0.26 * unit),
            (source[0] + 0.22 * unit, source[1] - 0.24 * unit), (source[0] - 0.22 * unit, source[1] - 0.24 * unit)), glass)
        stage.put(polygon((source[0] - 0.26 * unit, source[1] - 0.24 * unit), (source[0] + 0.26 * unit, source[1] - 0.24 * unit),
            (source[0], source[1] - 0.5 * unit)), stage.colour(iron, 0.4, z))
    if stage.light.lamps:
        ground = stage.camera.at(inner, 0, z)
        stage.beam(source, ((ground[0] - 1.9 * unit, ground[1]), (ground[0] + 1.9 * unit, ground[1])), stage.light.practical,
            0.42)
        stage.glow(source, 3.0 * unit, stage.light.practical, 0.8)
        stage.pool(inner, z, 2.3, stage.light.practical, 0.5)
        if stage.wet:
            stage.mirror(inner, z, 0.25, stage.light.practical, 0.6)


def _car(stage: Stage, x: float, z: float) -> None:
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z)
    stage.shade(x, z, 1.1, 0.6)
    body = stage.colour(rgb("#7a2e33"), 0.5, z)
    stage.put(smooth([(px - 0.85 * unit, py - 0.2 * unit), (px - 0.9 * unit, py - 0.75 * unit),
        (px - 0.62 * unit, py - 0.9 * unit), (px - 0.5 * unit, py - 1.35 * unit), (px + 0.5 * unit, py - 1.35 * unit),
        (px + 0.62 * unit, py - 0.9 * unit), (px + 0.9 * unit, py - 0.75 * unit), (px + 0.85 * unit, py - 0.2 * unit)], 0.09),
        body)
    stage.put(polygon((px - 0.52 * unit, py - 0.92 * unit), (px - 0.42 * unit, py - 1.26 * unit),
        (px + 0.42 * unit, py - 1.26 * unit), (px + 0.52 * unit, py - 0.92 * unit)), stage.colour(rgb("#3d4a58"), 0.5, z))
    for dx in (-0.65, 0.65):
        stage.put(rect(px + (dx - 0.12) * unit, py - 0.25 * unit, 0.24 * unit, 0.25 * unit), (0.06, 0.06, 0.07))
        stage.put(ellipse(px + dx * unit, py - 0.66 * unit, 0.13 * unit, 0.08 * unit), rgb("#fff0c0") if stage.light.dim
            else rgb("#d8d8d0"))
        if stage.light.dim:
            stage.glow((px + dx * unit, py - 0.66 * unit), 1.2 * unit, rgb("#fff0c0"), 0.7)
