"""What is built into rooms: shells, windows, doors, hearths and lights, in metres.

Belongs here: what more than one kind of room has. Does not belong here: what can be carried (`furniture`).
"""

from dataclasses import dataclass

from aiuteur.film.bible import TimeOfDay, Weather
from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Linear, Path, Point, fade, ramp
from aiuteur.models.animatic.art.shapes import arch, curve, ellipse, polygon, rect, smooth
from aiuteur.models.animatic.art.stage import Stage

WOOD = rgb("#6e4c33")
DARK_WOOD = rgb("#4a3226")
STONE = rgb("#8b867c")
BRASS = rgb("#b08a45")


@dataclass(frozen=True, slots=True)
class Shell:
    """A room's measures: half its width, its height, and how far behind the subject its back wall is."""

    half: float
    height: float
    back: float


def shell(stage: Stage, room: Shell, wall: Rgb, floor: Rgb, ceiling: Rgb) -> None:
    """Floor, walls and ceiling, as seen through the missing fourth wall."""
    near = stage.camera.near
    half, height, back = room.half, room.height, room.back
    stage.put(rect(-stage.camera.width * 0.3, -stage.camera.height * 0.5, stage.camera.width * 1.6, stage.camera.height * 2),
        stage.colour(scale(wall, 0.5), 0.1, back))
    stage.face([(-half, 0, near), (half, 0, near), (half, 0, back), (-half, 0, back)], floor, 0.45)
    stage.face([(-half, height, near), (half, height, near), (half, height, back), (-half, height, back)], ceiling, 0.12)
    for x in (-half, half):
        stage.side(x, 0, height, near, back, wall)
    left, top = stage.camera.at(-half, height, back)
    right, low = stage.camera.at(half, 0, back)
    lit, dim = stage.colour(wall, 0.62, back), stage.colour(wall, 0.22, back)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.put(rect(left, top, right - left, low - top), Linear((left, 0), (right, 0), ramp(*colours)))
    corner = (0.02, 0.02, 0.04)
    stage.put(rect(left, top, right - left, (low - top) * 0.25),
        Linear((0, top), (0, top + (low - top) * 0.25), fade(corner, 0.3, 0)))
    stage.put(rect(left, low - (low - top) * 0.12, right - left, (low - top) * 0.12),
        Linear((0, low), (0, low - (low - top) * 0.12), fade(corner, 0.35, 0)))


def boards(stage: Stage, room: Shell, albedo: Rgb, step: float = 0.32) -> None:
    """The seams of floor boards running away."""
    x = -room.half
    while x <= room.half:
        stage.stroke([(x, 0, stage.camera.near), (x, 0, room.back)], scale(albedo, 0.55), 0.012, alpha=0.7)
        x += step


def tiles(stage: Stage, room: Shell, dark: Rgb, step: float = 0.6) -> None:
    """A chequered floor: every second tile darker."""
    rows = int((room.back + 4) / step)
    columns = int(room.half / step)
    for row in range(rows):
        z1 = room.back - row * step
        z0 = max(z1 - step, stage.camera.near)
        if z1 <= stage.camera.near:
            break
        for column in range(-columns, columns):
            if (row + column) % 2:
                stage.face([(column * step, 0, z0), ((column + 1) * step, 0, z0), ((column + 1) * step, 0, z1),
                    (column * step, 0, z1)], dark, 0.45)


def skirting(stage: Stage, room: Shell, albedo: Rgb, height: float = 0.16) -> None:
    """A board along the foot of the walls."""
    stage.panel(-room.half, 0, room.half * 2, height, room.back - 0.01, albedo, 0.35)
    for x in (-room.half, room.half):
        stage.side(x * 0.998, 0, height, stage.camera.near, room.back, albedo)


def pane(stage: Stage) -> tuple[Rgb, Rgb]:
    """What a window shows from within: the sky above and low."""
    hour = stage.light.hour
    if stage.picture.time_of_day is TimeOfDay.DAY:
        return mix(hour.sky[1], (1, 1, 1), 0.45), mix(hour.sky[2], (1, 1, 1), 0.6)
    return hour.sky[0] if stage.light.night else hour.sky[1], hour.sky[2]


def window(stage: Stage, x: float, y: float, width: float, height: float, z: float, *, bars: int = 2, frame: Rgb = WOOD,
    round_head: bool = False, moon: bool = True) -> None:
    """A window in a wall that faces us, with the hour outside, and by day its light falling in."""
    left, foot = stage.camera.at(x, y, z)
    unit = stage.camera.scale(z)
    wide, tall = width * unit, height * unit
    shape = arch(left, foot, wide, tall) if round_head else rect(left, foot - tall, wide, tall)
    top, low = pane(stage)
    stage.put(shape, stage.colour(frame, 0.4, z), stroke=0.14 * unit)
    stage.put(shape, Linear((0, foot - tall), (0, foot), ramp(top, low)))
    _outside(stage, (left, foot), wide, tall, moon=moon)
    for step in range(1, bars):
        stage.put(rect(left + wide * step / bars - 0.02 * unit, foot - tall, 0.04 * unit, tall), stage.colour(frame, 0.3, z))
    for share in (0.5,) if height < 1.6 else (0.34, 0.67):  # tall windows have a second bar
        stage.put(rect(left, foot - tall * share - 0.02 * unit, wide, 0.04 * unit), stage.colour(frame, 0.3, z))
    stage.put(rect(left - 0.12 * unit, foot - 0.01 * unit, wide + 0.24 * unit, 0.08 * unit),
        stage.colour(scale(frame, 1.25), 0.6, z))
    _daylight(stage, (left + wide / 2, foot - tall / 2), wide, tall, low)


def _outside(stage: Stage, corner: Point, wide: float, tall: float, *, moon: bool) -> None:
    left, foot = corner
    far = mix(stage.light.hour.haze, stage.light.hour.sky[0], 0.5)
    hills: Path = (("M", (left, foot)), ("L", (left, foot - tall * 0.18)),
        ("C", (left + wide * 0.3, foot - tall * 0.34, left + wide * 0.6, foot - tall * 0.06, left + wide, foot - tall * 0.22)),
        ("L", (left + wide, foot)), ("Z", ()))
    stage.put(hills, far, alpha=0.75)
    if moon and stage.light.night and stage.picture.weather in {Weather.CLEAR, Weather.WIND}:
        stage.put(ellipse(left + wide * 0.72, foot - tall * 0.74, tall * 0.05, tall * 0.05), (0.93, 0.95, 0.9))


def _daylight(stage: Stage, centre: Point, wide: float, tall: float, low: Rgb) -> None:
    if stage.light.night:
        stage.glow(centre, max(wide, tall) * 1.1, (0.35, 0.5, 0.8), 0.3)
        return
    stage.glow(centre, max(wide, tall) * 1.5, mix(low, stage.light.key, 0.4), 0.42)
    ground = stage.camera.height
    slant = -stage.light.side * wide * 0.9
    left, right = (centre[0] - wide * 0.7 + slant, ground), (centre[0] + wide * 1.1 + slant, ground)
    path = polygon((centre[0] - wide / 2, centre[1] - tall / 2), (centre[0] + wide / 2, centre[1] - tall / 2), right, left)
    colour = mix(low, stage.light.key, 0.6)
    stage.put(path, Linear((centre[0], centre[1] - tall / 2), (centre[0] + slant, ground), fade(colour, 0.3, 0.12, 0.02)),
        blend="screen", blur=wide * 0.06)


def curtains(stage: Stage, x: float, y: float, width: float, height: float, z: float, cloth: Rgb) -> None:
    """Cloth hanging at both sides of a window."""
    unit = stage.camera.scale(z)
    for side, edge in ((-1, x), (1, x + width)):
        px, foot = stage.camera.at(edge, y - 0.25, z)
        top = stage.camera.at(edge, y + height + 0.12, z)[1]
        out, inner = px + side * 0.28 * unit, px - side * 0.14 * unit
        shape: Path = (("M", (out, top)), ("L", (inner - side * 0.1 * unit, top)),
            ("C", (inner - side * 0.1 * unit, (top + foot) / 2, inner + side * 0.22 * unit, (top + foot) / 2,
            inner + side * 0.05 * unit, foot)), ("L", (out, foot)), ("Z", ()))
        stage.put(shape, Linear((out, 0), (inner, 0), ramp(stage.colour(scale(cloth, 0.6), 0.3, z),
            stage.colour(cloth, 0.55, z))))
        for share in (0.35, 0.65):
            fx = out + (inner - out) * share
            stage.put(curve([(fx, top), (fx + side * 0.03 * unit, (top + foot) / 2), (fx, foot)]),
                stage.colour(scale(cloth, 0.5), 0.2, z), stroke=0.02 * unit, alpha=0.7)


def door(stage: Stage, x: float, z: float, albedo: Rgb, width: float = 0.95, height: float = 2.1) -> None:
    """A panelled door with its frame."""
    stage.panel(x - 0.09, 0, width + 0.18, height + 0.1, z, scale(albedo, 0.6))
    stage.panel(x, 0, width, height, z, albedo, 0.4)
    for dy, tall in ((0.2, 0.7), (1.05, 0.85)):
        for dx in (0.12, 0.53):
            stage.panel(x + dx, dy, 0.3, tall, z, scale(albedo, 0.78), 0.3)
    px, py = stage.camera.at(x + width - 0.1, 1.0, z)
    stage.put(ellipse(px, py, 0.035 * stage.camera.scale(z), 0.035 * stage.camera.scale(z)), stage.colour(BRASS, 0.8, z))


def side_door(stage: Stage, x: float, z: float, albedo: Rgb, width: float = 0.95, height: float = 2.1) -> None:
    """A panelled door in a side wall, which runs away from us; `z` is its nearer edge."""
    x *= 0.998  # before the wall, not in it
    stage.side(x, 0, height + 0.1, z - 0.09, z + width + 0.09, scale(albedo, 0.6))
    stage.side(x, 0, height, z, z + width, albedo)
    for y, tall in ((0.2, 0.7), (1.05, 0.85)):
        stage.side(x, y, tall, z + 0.14, z + width - 0.14, scale(albedo, 0.8))
    px, py = stage.camera.at(x, 1.0, z + 0.1)
    radius = 0.035 * stage.camera.scale(z)
    stage.put(ellipse(px, py, radius, radius), stage.colour(BRASS, 0.8, z))


def hanging(stage: Stage, x: float, y: float, z: float, ceiling: float, *, strength: float = 0.75) -> None:
    """A lamp or lantern on a chain, with its cone of light where lamps are lit."""
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, y, z)
    stage.stroke([(x, ceiling, z), (x, y + 0.1, z)], (0.12, 0.1, 0.1), 0.02)
    if stage.old:  # a bowl of oil
        stage.put(ellipse(px, py, 0.16 * unit, 0.07 * unit), stage.colour(BRASS, 0.5, z))
        flame(stage, x, y + 0.04, z, 0.12, 2.6)
        stage.pool(x, z, 1.6, stage.light.practical, 0.4 * strength)
        return
    shade = polygon((px - 0.09 * unit, py - 0.16 * unit), (px + 0.09 * unit, py - 0.16 * unit), (px + 0.26 * unit, py),
        (px - 0.26 * unit, py))
    stage.put(shade, stage.colour((0.34, 0.42, 0.36), 0.45, z))
    stage.put(shade, (0.05, 0.06, 0.05), stroke=0.012 * unit, alpha=0.8)
    stage.put(ellipse(px, py, 0.09 * unit, 0.06 * unit), mix(stage.light.practical, (1, 1, 1), 0.6))
    power = strength if stage.light.dim else strength * 0.4
    floor = stage.camera.at(x, 0, z)[1]
    stage.beam((px, py), ((px - 1.5 * unit, floor), (px + 1.5 * unit, floor)), stage.light.practical, 0.3 * power)
    stage.glow((px, py), 2.6 * unit, stage.light.practical, power)
    stage.pool(x, z, 1.6, stage.light.practical, 0.4 * power)


def flame(stage: Stage, x: float, y: float, z: float, size: float = 0.1, reach: float = 1.6) -> None:
    """A candle's or torch's flame with the light round it."""
    unit = stage.camera.scale(z)
    px, py = stage.camera.at(x, y, z)
    tall = size * unit
    power = 0.8 if stage.light.dim else 0.4
    stage.glow((px, py - tall * 0.5), reach * unit, rgb("#ff9f4a"), power)
    stage.put(smooth([(px, py - tall * 1.5), (px + tall * 0.38, py - tall * 0.4), (px, py), (px - tall * 0.38, py - tall * 0.4)],
        0.17), rgb("#ffb84d"))
    stage.put(smooth([(px, py - tall), (px + tall * 0.2, py - tall * 0.3), (px, py), (px - tall * 0.2, py - tall * 0.3)], 0.17),
        rgb("#fff0b8"))


def candle(stage: Stage, x: float, y: float, z: float) -> None:
    """A candle on whatever is at that height."""
    stage.panel(x - 0.025, y, 0.05, 0.16, z, rgb("#e9dcc0"), 0.8)
    flame(stage, x, y + 0.17, z, 0.06, 1.3)


def fireplace(stage: Stage, x: float, z: float, stone: Rgb) -> None:
    """A hearth with its fire, by its middle."""
    stage.box(x - 0.9, 0, z - 0.3, (1.8, 1.25, 0.3), stone)
    stage.panel(x - 1.0, 1.2, 2.0, 0.12, z - 0.34, scale(stone, 1.25), 0.7)
    stage.panel(x - 0.55, 2.0 - 0.68, 1.1, 1.6, z - 0.05, scale(stone, 0.9), 0.35)
    left, foot = stage.camera.at(x - 0.55, 0, z - 0.31)
    unit = stage.camera.scale(z - 0.3)
    stage.put(arch(left, foot, 1.1 * unit, 0.95 * unit, 0.25), (0.06, 0.04, 0.04))
    for dx, size in ((-0.25, 0.26), (0.0, 0.4), (0.24, 0.28)):
        flame(stage, x + dx, 0.1, z - 0.32, size, 0.5)
    stage.panel(x - 0.4, 0.02, 0.8, 0.1, z - 0.33, rgb("#3a241a"), 0.4)
    stage.glow((left + 0.55 * unit, foot - 0.3 * unit), 3.4 * unit, rgb("#ff8a3a"), 0.75 if stage.light.dim else 0.4)
    stage.pool(x, z - 0.9, 1.6, rgb("#ff8a3a"), 0.55 if stage.light.dim else 0.25)
