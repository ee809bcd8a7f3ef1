"""What hangs or falls between the lens and the picture: rain, snow, fog, wind, smoke, and lamps that flicker.

Belongs here: seeded tiles that wrap around, drawn once, and scrolled over the luma plane frame by frame. Does not belong here:
what the picture itself shows of the weather (the illustrator's), or the camera (`camera.path`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.film.bible import Weather
from aiuteur.film.takes import Motion
from aiuteur.media.encode import Canvas
from aiuteur.models.animatic.camera.path import tremor

Draw = Callable[[Canvas, int], None]
"""Draws one effect on a canvas as it is at frame `n`."""


@dataclass(frozen=True, slots=True)
class Air:
    """What hangs behind the figures, drawn over the farthest plane, and what is between them and the lens."""

    behind: tuple[Draw, ...] = ()
    before: tuple[Draw, ...] = ()


_SIDE: Final = 720
"""The shorter side of a frame that sizes and speeds in this module are told for; others scale."""


class Scroll:
    """A tile without seams that slides over a frame by `speed` (pixels a frame, right and down)."""

    def __init__(self, tile: MatLike, width: int, height: int, speed: tuple[float, float]) -> None:
        self._period = (tile.shape[1], tile.shape[0])
        self._tile = cv2.copyMakeBorder(tile, 0, height + 1, 0, width + 1, cv2.BORDER_WRAP)
        self._size = (width, height)
        self._speed = speed
        self._whole = all(float(part).is_integer() for part in speed)

    def at(self, n: int, sway: float = 0.0) -> MatLike:
        """The part of the tile over the frame at frame `n`, `sway` pixels aside."""
        x = (-self._speed[0] * n + sway) % self._period[0]
        y = (-self._speed[1] * n) % self._period[1]
        width, height = self._size
        if self._whole and not sway:
            return self._tile[int(y) : int(y) + height, int(x) : int(x) + width]
        return cv2.getRectSubPix(self._tile, self._size, (x + (width - 1) / 2, y + (height - 1) / 2))


def air_of(motion: Motion, picture: MatLike, width: int, height: int) -> Air:
    """The air that a motion asks for; `picture` is the luma that its lights are looked for in."""
    chance = np.random.default_rng([motion.seed, 77])
    scale = min(width, height) / _SIDE
    behind: list[Draw] = []
    before: list[Draw] = []
    if motion.smoke:
        behind.append(_smoke(width, height, chance))
    if motion.weather is Weather.RAIN:
        behind.append(_rain(width, height, scale, chance, near=False))
        before.append(_rain(width, height, scale, chance, near=True))
    elif motion.weather is Weather.SNOW:
        behind += [_snow(width, height, scale, chance, motion.seed, kind) for kind in (0, 1)]
        before.append(_snow(width, height, scale, chance, motion.seed, 2))
    elif motion.weather is Weather.FOG:
        behind.append(_fog(width, height, chance, 0.45, 0.36))
        before.append(_fog(width, height, chance, -0.8, 0.2))
    elif motion.weather is Weather.WIND:
        before += _wind(width, height, scale, chance)
    if motion.flicker:
        before.append(_flicker(picture, motion.seed))
    return Air(tuple(behind), tuple(before))


def _rain(width: int, height: int, scale: float, chance: np.random.Generator, *, near: bool) -> Draw:
    count, length, bright, speed, thick = (64, 60, 52, 47, 2) if near else (380, 24, 30, 26, 1)
    wide, high, slant = 960, 768, 0.14
    tile = np.zeros((high, wide), np.uint8)
    for x, y, shade in chance.uniform((0, 0, 0.4), (wide, high, 1), (count, 3)):
        long = length * scale * (0.6 + 0.4 * shade)
        for across in (x - wide, x):
            for down in (y - high, y):
                ends = ((across, down), (across + slant * long, down + long))
                first, last = ((round(16 * a), round(16 * b)) for a, b in ends)
                cv2.line(tile, first, last, int(bright * shade), thick, cv2.LINE_AA, 4)
    fall = max(1, round(speed * scale))
    # Whole pixels a frame: streaks this fast need no finer, and x264 finds whole vectors at once.
    drops = Scroll(cv2.GaussianBlur(tile, (3, 3), 0), width, height, (round(fall * slant), fall))

    def draw(canvas: Canvas, n: int) -> None:
        cv2.add(canvas.y, drops.at(n), canvas.y)

    return draw


_FLAKES: Final = ((520, 1.1, 90, 1.3), (190, 2.1, 130, 2.2), (46, 4.2, 120, 3.8))
"""How many, their radius, how bright, how many pixels a frame they fall; the farthest first."""


def _snow(width: int, height: int, scale: float, chance: np.random.Generator, seed: int, kind: int) -> Draw:
    count, radius, bright, speed = _FLAKES[kind]
    tile = np.zeros((768, 1024), np.uint8)
    for x, y, size in chance.uniform((8, 8, 0.6), (1016, 760, 1.2), (count, 3)):
        centre = (round(x * 16), round(y * 16))
        cv2.circle(tile, centre, max(8, round(radius * size * scale * 16)), bright, -1, cv2.LINE_AA, 4)
    blur = cv2.GaussianBlur(tile, (0, 0), max(0.6, radius * scale * 0.4))
    flakes = Scroll(blur, width, height, (0.35 * speed * scale, speed * scale))

    def draw(canvas: Canvas, n: int) -> None:
        sway = 5 * (kind + 1) * scale * tremor(seed + kind, n / 24)[0]
        cv2.add(canvas.y, flakes.at(n, sway), canvas.y)

    return draw


def clouds(wide: int, high: int, chance: np.random.Generator, octaves: tuple[int, ...]) -> MatLike:
    """Smooth noise, 0 to 1 in float32, that wraps around exactly; `wide` and `high` are rounded down to quarters."""
    wide, high = wide // 4, high // 4
    total = np.zeros((high, wide), np.float32)
    for step, cells in enumerate(octaves):
        shape = [max(2, cells * side // max(wide, high)) for side in (high, wide)]
        around = cv2.copyMakeBorder(chance.random(shape, dtype=np.float32), 2, 2, 2, 2, cv2.BORDER_WRAP)
        rows, columns = np.mgrid[:high, :wide].astype(np.float32)
        across, down = columns * (shape[1] / wide) + 2, rows * (shape[0] / high) + 2
        total += cv2.remap(around, across, down, cv2.INTER_CUBIC) * 0.5**step
    low, top = np.percentile(total, (2, 98))
    return np.clip((total - low) / (top - low), 0, 1)


def _grown(tile: MatLike) -> MatLike:
    """A tile four times as large, still without seams."""
    around = cv2.copyMakeBorder(tile, 1, 1, 1, 1, cv2.BORDER_WRAP)
    height, width = tile.shape
    return cv2.resize(around, (4 * width + 8, 4 * height + 8), interpolation=cv2.INTER_LINEAR)[4:-4, 4:-4]


def _fog(width: int, height: int, chance: np.random.Generator, speed: float, thickness: float) -> Draw:
    veil = Scroll(_veil(chance, width, height, thickness), width, height, (speed, 0.0))
    grey = 138.0

    def draw(canvas: Canvas, n: int) -> None:
        kept = veil.at(n)
        cv2.multiply(canvas.y, kept, canvas.y, 1 / 255)
        # What the veil takes of the light it gives back as its own grey.
        cv2.add(canvas.y, cv2.convertScaleAbs(kept, None, -grey / 255, grey), canvas.y)

    return draw


def _veil(chance: np.random.Generator, width: int, height: int, thickness: float) -> MatLike:
    """How much light comes through a band of fog, 255 all of it; thickest a little below the middle."""
    noise = clouds(width * 5 // 4, height + 3, chance, (2, 4, 8))
    rows = np.linspace(0, 1, noise.shape[0], dtype=np.float32)[:, None]
    band = np.exp(-(((rows - 0.62) / 0.34) ** 2))
    return _grown((255 * (1 - thickness * (0.25 + 0.75 * noise) * band)).astype(np.uint8))


def _wind(width: int, height: int, scale: float, chance: np.random.Generator) -> list[Draw]:
    def drift(count: int, size: float, bright: int, speed: float) -> Scroll:
        tile = np.zeros((height, width * 3 // 2 // 2 * 2), np.uint8)
        for _ in range(count):
            x, y, turn = chance.uniform(20, tile.shape[1] - 20), chance.uniform(20, height - 20), chance.uniform(0, 180)
            axes = (size * scale * chance.uniform(0.7, 1.4), size * scale * 0.4)
            cv2.ellipse(tile, ((x, y), (axes[0] * 2, axes[1] * 2), turn), bright, -1, cv2.LINE_AA)
        return Scroll(cv2.GaussianBlur(tile, (5, 3), 0), width, height, (speed * scale, 0.9 * scale))

    dust, leaves = drift(90, 1.3, 46, 6.5), drift(16, 4.5, 70, 12.0)

    def gust(n: int) -> float:
        return 40 * scale * math.sin(n / 24 * 1.1)

    def draw_dust(canvas: Canvas, n: int) -> None:
        cv2.add(canvas.y, dust.at(n, gust(n)), canvas.y)

    def draw_leaves(canvas: Canvas, n: int) -> None:
        cv2.subtract(canvas.y, leaves.at(n, 1.5 * gust(n)), canvas.y)

    return [draw_dust, draw_leaves]


def _smoke(width: int, height: int, chance: np.random.Generator) -> Draw:
    wide, high = width // 2 // 2 * 2, height
    rising = Scroll(_grown((255 * clouds(wide, high, chance, (3, 6, 12))).astype(np.uint8)), wide, high, (0.25, -1.6))
    rows, columns = np.mgrid[0:1:complex(0, high), -1:1:complex(0, wide)].astype(np.float32)
    column = np.exp(-((columns / (0.35 + 0.4 * (1 - rows))) ** 2)) * np.clip(rows * 1.6, 0, 1) * np.clip((1 - rows) * 4, 0, 1)
    mask = (column * np.float32(66)).astype(np.uint8)
    left = int(chance.integers(width // 8, width - wide - width // 8 + 1))

    def draw(canvas: Canvas, n: int) -> None:
        part = canvas.y[:, left : left + wide]
        cv2.add(part, cv2.multiply(rising.at(n), mask, None, 1 / 255), part)

    return draw


def _flicker(picture: MatLike, seed: int) -> Draw:
    """Light breathes where the picture is brightest, as a flame or a bad tube makes it."""
    small = cv2.resize(picture, (64, 36), interpolation=cv2.INTER_AREA).astype(np.float32)
    bright = np.clip(small - max(70.0, float(np.percentile(small, 85))), 0, None)
    spread = cv2.GaussianBlur(bright, (0, 0), 4) + 0.12 * float(bright.max())
    glow = (np.clip(spread / max(1e-3, float(spread.max())), 0, 1) * 60).astype(np.uint8)
    masks: dict[tuple[int, int], MatLike] = {}

    def draw(canvas: Canvas, n: int) -> None:
        height, width = canvas.y.shape
        if (width, height) not in masks:
            masks[width, height] = cv2.resize(glow, (width, height), interpolation=cv2.INTER_CUBIC)
        quick, slow = tremor(seed + 5, n / 24 * 3.1)
        strength = 0.32 * quick + 0.24 * slow
        cv2.addWeighted(canvas.y, 1.0, masks[width, height], strength, 0.0, canvas.y)

    return draw
