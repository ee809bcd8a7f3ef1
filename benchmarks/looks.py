"""Clean clips of many looks, painted by numpy and OpenCV: what gates must let pass.

Belongs here: pictures, camera moves and what passes through the air. Does not belong here: what is planted in them
(`benchmarks.faults`), or how they are measured (`benchmarks.gates`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from aiuteur.media.encode import House, Pixels, encode

Canvas = npt.NDArray[np.float32]
SIZE: Final = (480, 270)
SECONDS: Final = 2.0
FPS: Final = 24
_MARGIN: Final = 2.0
"""A painting is this much larger than the frame, so that a camera can travel over it."""


@dataclass(frozen=True, slots=True)
class Take:
    """A clean clip before it is encoded: frames (RGB), the start and end frames asked for, and what was asked."""

    look: str
    frames: list[Pixels]
    start: bytes | None
    end: bytes | None
    moves: bool
    flickers: bool = False

    def encoded(self) -> bytes:
        """The clip in the house format."""
        height, width = self.frames[0].shape[:2]
        return encode(self.frames, House(width, height))


def png(rgb: MatLike) -> bytes:
    """A picture as PNG."""
    return cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))[1].tobytes()


def painting(seed: int, light: str = "day", size: tuple[int, int] = SIZE) -> Pixels:
    """A place with a horizon, walls, trees, windows and a person, in some light; larger than the frame."""
    rng = np.random.default_rng(seed)
    width, height = round(size[0] * _MARGIN), round(size[1] * _MARGIN)
    horizon = int(height * rng.uniform(0.45, 0.65))
    sky, ground = rng.integers(90, 200, 3), rng.integers(50, 150, 3)
    made = np.zeros((height, width, 3), np.float32)
    made[:horizon] = np.linspace(1.15, 0.8, horizon)[:, None, None] * sky
    made[horizon:] = np.linspace(0.7, 1.1, height - horizon)[:, None, None] * ground
    _furnish(made, rng, horizon)
    made += cv2.resize(rng.normal(0, 9, (height // 3, width // 3, 3)).astype(np.float32), (width, height))
    made += rng.normal(0, 4, made.shape).astype(np.float32)
    return _LIGHTS[light](made, rng)


def _among(rng: np.random.Generator, low: int, high: int, count: int) -> list[float]:
    drawn: Any = rng.integers(low, high, count)
    return [float(value) for value in drawn]


def _furnish(made: Canvas, rng: np.random.Generator, horizon: int) -> None:
    height, width = int(made.shape[0]), int(made.shape[1])
    for _ in range(int(rng.integers(10, 18))):
        colour = _among(rng, 30, 230, 3)
        x, wide = int(rng.integers(-40, width)), int(rng.integers(30, width // 4))
        top = int(horizon - rng.integers(10, horizon))
        cv2.rectangle(made, (x, top), (x + wide, horizon + int(rng.integers(0, 60))), colour, -1)
        for _ in range(int(rng.integers(0, 6))):
            at = (x + int(rng.integers(0, wide)), top + int(rng.integers(0, max(1, horizon - top))))
            cv2.rectangle(made, at, (at[0] + 12, at[1] + 18), _among(rng, 60, 255, 3), -1)
    for _ in range(int(rng.integers(3, 8))):
        at = (int(rng.integers(0, width)), int(rng.integers(horizon, height)))
        axes, colour = (int(rng.integers(15, 70)), int(rng.integers(8, 30))), _among(rng, 20, 200, 3)
        cv2.ellipse(made, at, axes, 0, 0, 360, colour, -1)


def figure(frame: Pixels, x: float, scale: float, colour: Sequence[float]) -> None:
    """A person standing at a share of the frame's width."""
    height, width = frame.shape[:2]
    unit, centre = height * scale, int(x * width)
    feet = int(height * 0.92)
    axes = (int(0.16 * unit), int(0.42 * unit))
    cv2.ellipse(frame, (centre, int(feet - 0.45 * unit)), axes, 0, 0, 360, colour, -1, cv2.LINE_AA)
    cv2.circle(frame, (centre, int(feet - unit)), int(0.13 * unit), (205, 160, 130), -1, cv2.LINE_AA)
    eye = (centre + int(0.04 * unit), int(feet - 1.02 * unit))
    cv2.circle(frame, eye, max(1, int(0.02 * unit)), (20, 20, 20), -1, cv2.LINE_AA)


def _pixels(made: npt.NDArray[Any]) -> Pixels:
    return np.clip(made, 0, 255).astype(np.uint8)


def _lamp(made: Canvas, rng: np.random.Generator, dark: float, spread: float) -> Pixels:
    height, width = made.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    at = (rng.uniform(0.35, 0.65) * width, rng.uniform(0.35, 0.6) * height)
    pool = np.exp(-(((x - at[0]) / (spread * width)) ** 2 + ((y - at[1]) / (spread * height * 1.6)) ** 2))
    return _pixels(made * (dark + 1.1 * pool)[..., None])


_LIGHTS: Final[Mapping[str, Callable[[Canvas, np.random.Generator], Pixels]]] = MappingProxyType({
    "day": lambda made, _: _pixels(made),
    "noir": lambda made, rng: _lamp(made, rng, 0.02, 0.22),
    "night": lambda made, rng: _lamp(made * np.array([0.5, 0.6, 1.0], np.float32), rng, 0.12, 0.3),
    "snow": lambda made, _: _pixels(np.maximum(made * 0.6 + 120, 0) * 1.1),
    "fog": lambda made, _: _pixels(made * 0.28 + 130),
    "dusk": lambda made, _: _pixels(made * np.array([1.0, 0.62, 0.5], np.float32)),
})
LIGHTS: Final = tuple(_LIGHTS)

Path = Callable[[float], tuple[float, float, float]]
"""Where the frame is at a moment (0 to 1) of the clip: x and y of its middle as shares of the painting, and its zoom."""


def _eased(moment: float) -> float:
    return moment * moment * (3 - 2 * moment)


PATHS: Final[Mapping[str, Path]] = MappingProxyType({
    "held": lambda _: (0.5, 0.5, 1.0),
    "push": lambda t: (0.5, 0.5, 1.0 + 0.25 * _eased(t)),
    "pull": lambda t: (0.5, 0.5, 1.3 - 0.25 * _eased(t)),
    "pan": lambda t: (0.36 + 0.28 * _eased(t), 0.5, 1.0),
    "track": lambda t: (0.62 - 0.2 * t, 0.5, 1.05),
    "crane": lambda t: (0.5, 0.62 - 0.22 * _eased(t), 1.0),
    "handheld": lambda _: (0.5, 0.5, 1.05),
    "creep": lambda t: (0.5, 0.5, 1.0 + 0.03 * _eased(t)),
})


def framed(made: Pixels, x: float, y: float, zoom: float, size: tuple[int, int] = SIZE) -> Pixels:
    """A frame of a painting, resampled as a camera would."""
    height, width = made.shape[:2]
    scale = zoom
    matrix = np.array([[scale, 0, size[0] / 2 - scale * x * width], [0, scale, size[1] / 2 - scale * y * height]])
    return np.asarray(cv2.warpAffine(made, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.uint8)


def _shaken(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """A hand's tremor, in shares of the painting: a slow sway and a quick shiver."""
    return np.cumsum(rng.normal(0, 0.0012, (count, 2)), axis=0) + rng.normal(0, 0.0015, (count, 2))


def take(
    seed: int, *, light: str = "day", path: str = "push", air: str = "", size: tuple[int, int] = SIZE, seconds: float = SECONDS
) -> Take:
    """One clean clip; `air` is rain, snowfall, firelight, smoke, fade_in, fade_out, or nothing."""
    rng = np.random.default_rng(seed + 7_000_000)
    made, count = painting(seed, light, size), round(seconds * FPS)
    step = float(rng.uniform(0.05, 0.2)) if rng.random() < 0.6 else 0.0  # more than half of the clips have somebody who walks
    colour = [value * (0.3 if light in {"noir", "night"} else 1) for value in _among(rng, 20, 120, 3)]
    begin, scale = float(rng.uniform(0.25, 0.6)), float(rng.uniform(0.35, 0.6))
    shake = _shaken(rng, count) if path == "handheld" else np.zeros((count, 2))
    frames: list[Pixels] = []
    for n in range(count):
        moment = n / max(1, count - 1)
        x, y, zoom = PATHS[path](moment)
        aside, up = (float(value) for value in shake[n])
        shot = framed(made, x + aside, y + up, zoom, size)
        figure(shot, begin + step * moment - aside * _MARGIN * zoom, scale, colour)
        frames.append(shot)
    clean = [np.asarray(_grain(frame, rng), np.uint8) for frame in frames]
    start, end = (None if air == "fade_in" else png(clean[0])), (None if air == "fade_out" else png(clean[-1]))
    shown = AIRS[air](clean, rng) if air else clean
    return Take("/".join(filter(None, (light, path, air))), shown, start, end, moves=path != "held", flickers=air == "firelight")


def _grain(frame: Pixels, rng: np.random.Generator) -> MatLike:
    noise = rng.normal(0, 2, frame.shape[:2]).astype(np.int16)
    return cv2.add(frame, cv2.merge([noise] * 3), dtype=cv2.CV_8U)


def _rain(frames: Sequence[Pixels], rng: np.random.Generator) -> list[Pixels]:
    found = [frame.copy() for frame in frames]
    for frame in found:
        for _ in range(90):
            x, y = int(rng.integers(0, int(frame.shape[1]))), int(rng.integers(0, int(frame.shape[0])))
            cv2.line(frame, (x, y), (x - 3, y + 14), (190, 195, 205), 1, cv2.LINE_AA)
    return found


def _snowfall(frames: Sequence[Pixels], rng: np.random.Generator) -> list[Pixels]:
    height, width = frames[0].shape[:2]
    flakes: Any = rng.uniform(0, 1, (140, 3))
    found = [frame.copy() for frame in frames]
    for n, frame in enumerate(found):
        for x, y, depth in flakes:
            at = (int((x + 0.002 * n) * width) % width, int((y + (0.006 + 0.012 * depth) * n) * height) % height)
            cv2.circle(frame, at, 1 + int(2 * depth), (245, 245, 250), -1, cv2.LINE_AA)
    return found


def _firelight(frames: Sequence[Pixels], rng: np.random.Generator) -> list[Pixels]:
    return [np.asarray(cv2.convertScaleAbs(frame, alpha=float(1 + rng.normal(0, 0.05))), np.uint8) for frame in frames]


def _smoke(frames: Sequence[Pixels], rng: np.random.Generator) -> list[Pixels]:
    height, width = frames[0].shape[:2]
    cloud = np.asarray(cv2.GaussianBlur(rng.uniform(0, 1, (height, width * 2)).astype(np.float32), (0, 0), 40), np.float32)
    cloud = (cloud - cloud.min()) / (cloud.max() - cloud.min())
    veils = (cloud[:, n : n + width, None] for n in range(len(frames)))
    return [_pixels(frame * (1 - 0.25 * veil) + 60 * veil) for frame, veil in zip(frames, veils, strict=True)]


def _faded(frames: Sequence[Pixels], levels: Sequence[float]) -> list[Pixels]:
    return [_pixels(frame.astype(np.float32) * level) for frame, level in zip(frames, levels, strict=True)]


def _fade_in(frames: Sequence[Pixels], rng: np.random.Generator) -> list[Pixels]:
    held = int(rng.integers(0, 6))
    return _faded(frames, [float(np.clip((n - held) / 16, 0, 1)) for n in range(len(frames))])


def _fade_out(frames: Sequence[Pixels], rng: np.random.Generator) -> list[Pixels]:
    return _fade_in(frames[::-1], rng)[::-1]


AIRS: Final[Mapping[str, Callable[[Sequence[Pixels], np.random.Generator], list[Pixels]]]] = MappingProxyType({
    "rain": _rain, "snowfall": _snowfall, "firelight": _firelight, "smoke": _smoke, "fade_in": _fade_in, "fade_out": _fade_out,
})


def many(count: int, seed: int = 0) -> list[Callable[[], Take]]:
    """So many clean clips of all looks in turn, each painted when it is asked for."""
    rng = np.random.default_rng(seed)
    kinds = [(light, path, air) for light in LIGHTS for path in PATHS for air in ("", "", *AIRS)]
    order: list[int] = rng.permutation(len(kinds)).tolist()

    def one(place: int) -> Callable[[], Take]:
        light, path, air = kinds[order[place % len(kinds)]]
        return lambda: take(seed * 100_003 + place, light=light, path=path, air=air)

    return [one(place) for place in range(count)]
