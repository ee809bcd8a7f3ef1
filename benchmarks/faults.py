"""Faults planted in clean clips: twelve kinds a viewer would see and one to be heard, each at three magnitudes.

Belongs here: the plantings, the smallest of each being what an attentive viewer would just notice. Does not belong here: clean
clips (`benchmarks.looks`), or finding the faults (`benchmarks.gates`).
"""

import io
import wave
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Literal

import cv2
import numpy as np

from aiuteur.media.encode import House, Pixels, encode
from benchmarks.looks import Take, framed, painting, png

Size = Literal[0, 1, 2]
"""How grave a fault is: just noticeable, plain, gross."""

GATE: Final = MappingProxyType({
    "truncated": ("decodes",), "size": ("size",), "rate": ("rate",), "duration": ("duration",), "black": ("black",),
    "frozen": ("frozen",), "flicker": ("flicker",), "cut": ("cut",), "exposure": ("blown", "crushed"), "blur": ("sharpness",),
    "start": ("starts",), "end": ("ends",), "sound": ("quiet", "loud", "true_peak"),
})
"""The gates that ought to find each kind of fault."""


def truncated(take: Take, size: Size, rng: np.random.Generator) -> bytes:
    """Part of the picture data is lost: 256 bytes, 2 kB (zeroes or noise in their place), or the last third of the file."""
    data = bytearray(take.encoded())
    begin = data.index(b"mdat") + 8
    end = data.index(b"moov") if data.index(b"moov") > begin else len(data)
    if size == 2:
        return bytes(data[: len(data) * 2 // 3])
    lost = (256, 2000)[size]
    at = int(rng.integers(begin + (end - begin) // 5, max(begin + (end - begin) // 5 + 1, end - lost - 16)))
    data[at : at + lost] = bytes(lost) if rng.random() < 0.5 else rng.bytes(lost)
    return bytes(data)


def sized(take: Take, size: Size, _rng: np.random.Generator) -> bytes:
    """Two pixels less, a tenth less, half."""
    height, width = take.frames[0].shape[:2]
    to = ((width - 2, height - 2), (width * 9 // 20 * 2, height * 9 // 20 * 2), (width // 4 * 2, height // 4 * 2))[size]
    to = (to[0] - to[0] % 2, to[1] - to[1] % 2)
    return encode([np.asarray(cv2.resize(frame, to), np.uint8) for frame in take.frames], House(*to))


def rated(take: Take, size: Size, _rng: np.random.Generator) -> bytes:
    """25, 30 or 12 frames a second."""
    fps, (height, width) = (25, 30, 12)[size], take.frames[0].shape[:2]
    count = round(len(take.frames) * fps / 24)
    places: list[int] = np.linspace(0, len(take.frames) - 1, count).round().astype(int).tolist()
    return encode([take.frames[place] for place in places], House(width, height, fps))


def timed(take: Take, size: Size, _rng: np.random.Generator) -> bytes:
    """Two frames short, a quarter of a second long, half as long."""
    frames = (take.frames[:-2], [*take.frames, *take.frames[-7:-1]], take.frames[: len(take.frames) // 2])[size]
    return _encoded(take, frames)


def black(take: Take, size: Size, rng: np.random.Generator) -> bytes:
    """Two black frames, a third of a second, half of the clip."""
    frames, count = list(take.frames), (2, 8, len(take.frames) // 2)[size]
    at = int(rng.integers(6, len(frames) - count - 5))
    frames[at : at + count] = [np.zeros_like(frames[0])] * count
    return _encoded(take, frames)


def frozen(take: Take, size: Size, rng: np.random.Generator) -> bytes:
    """The picture halts for 0.42 s, 0.75 s, or from the middle to the end."""
    frames, count = list(take.frames), (10, 18, len(take.frames))[size]
    at = int(rng.integers(len(frames) // 4, len(frames) // 2))
    frames[at : at + count] = [frames[at]] * len(frames[at : at + count])
    return _encoded(take, frames)


def flicker(take: Take, size: Size, rng: np.random.Generator) -> bytes:
    """The light jumps every frame or every other by 1 %, 2.5 % and 8 % of white: for a second, a second, and throughout."""
    level, every = (2.5, 6.0, 20.0)[size], int(rng.integers(1, 3)) if size else 1
    first = int(rng.integers(2, len(take.frames) - 26)) if size < 2 else 0
    last = first + 24 if size < 2 else len(take.frames)
    return _encoded(take, [
        _lit(frame, level * (-1) ** (n // every)) if first <= n < last else frame for n, frame in enumerate(take.frames)
    ])


def cut(take: Take, size: Size, rng: np.random.Generator) -> bytes:
    """A jump to a fifth closer in, to elsewhere in the same place, to another place."""
    at = int(rng.integers(len(take.frames) // 4, 3 * len(take.frames) // 4))
    return _encoded(take, [*take.frames[:at], *(_elsewhere(frame, size, rng_of(take)) for frame in take.frames[at:])])


def exposure(take: Take, size: Size, rng: np.random.Generator) -> bytes:
    """A tenth, a quarter, half of the picture more is pure white; or in every other clip a quarter, 40 % and 60 % pure black."""
    over = bool(rng.integers(0, 2))
    more = (0.1, 0.25, 0.5)[size] if over else (0.25, 0.4, 0.6)[size]
    # White is white in every colour, black is black in all of them.
    ends = [np.asarray(frame.min(axis=2) if over else frame.max(axis=2), np.uint8) for frame in take.frames[::8]]
    soft = [np.asarray(cv2.GaussianBlur(frame, (0, 0), 4), np.uint8)[::4, ::4].ravel() for frame in ends]
    levels = np.sort(np.concatenate(soft))
    there = float((levels >= 250).mean() if over else (levels <= 4).mean())
    share = min(0.97, there + more)
    edge = float(levels[int((1 - share if over else share) * (len(levels) - 1))])
    return _encoded(take, [_burnt(frame, edge) if over else _sunk(frame, edge) for frame in take.frames])


def _burnt(frame: Pixels, edge: float) -> Pixels:
    return np.asarray(cv2.convertScaleAbs(frame, alpha=262 / max(edge, 1.0)), np.uint8)


def _sunk(frame: Pixels, edge: float) -> Pixels:
    return np.asarray(cv2.subtract(frame, np.full_like(frame, min(255, int(edge) + 6))), np.uint8)


def blur(take: Take, size: Size, _rng: np.random.Generator) -> bytes:
    """Out of focus by 0.25 %, 0.5 % and 1.2 % of the frame's width."""
    sigma = (0.0025, 0.005, 0.012)[size] * take.frames[0].shape[1]
    return _encoded(take, [np.asarray(cv2.GaussianBlur(frame, (0, 0), sigma), np.uint8) for frame in take.frames])


def _encoded(take: Take, frames: Sequence[Pixels]) -> bytes:
    return replace(take, frames=list(frames)).encoded()


def _lit(frame: Pixels, level: float) -> Pixels:
    return np.clip(frame.astype(np.float32) + level, 0, 255).astype(np.uint8)


def rng_of(take: Take) -> np.random.Generator:
    """The same chance for every frame of a take."""
    return np.random.default_rng(int(take.frames[0].sum()) % 2**32)


def _elsewhere(frame: Pixels, size: Size, rng: np.random.Generator) -> Pixels:
    height, width = frame.shape[:2]
    if size == 0:
        return framed(frame, 0.5 + 0.06 * float(rng.choice([-1, 1])), 0.52, 1.22, (width, height))
    other = painting(int(rng.integers(1 << 20)), "day", (width, height))
    return framed(frame, 0.2, 0.35, 1.9, (width, height)) if size == 1 else framed(other, 0.5, 0.5, 1.0, (width, height))


def another(take: Take, size: Size) -> bytes:
    """A frame the clip does not begin or end on: the same mirrored, elsewhere in the same place, another place."""
    frame = take.frames[0]
    if size == 0:
        return png(np.ascontiguousarray(frame[:, ::-1]))
    return png(_elsewhere(frame, size, rng_of(take)))


VIDEO: Final[Mapping[str, Callable[[Take, Size, np.random.Generator], bytes]]] = MappingProxyType({
    "truncated": truncated, "size": sized, "rate": rated, "duration": timed, "black": black, "frozen": frozen, "flicker": flicker,
    "cut": cut, "exposure": exposure, "blur": blur,
})
"""The faults that are in the file itself; `start` and `end` are in the frame asked for, `sound` in the stem."""


def tone(seed: int, fault: str = "") -> bytes:
    """Two seconds of speech-like noise as WAV; `fault` is hushed, deafening or clipped."""
    rng = np.random.default_rng(seed)
    rate, seconds = 48_000, 2
    envelope = np.repeat(rng.uniform(0.2, 1.0, seconds * 12), rate // 12)
    made = np.convolve(rng.normal(0, 1, rate * seconds), np.ones(24) / 24, "same") * envelope
    made *= 0.5 / np.abs(made).max()
    gain = {"": 1.0, "hushed": 0.002, "deafening": 20.0, "clipped": 3.0}[fault]
    samples = np.clip(made * gain, -1, 1)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((samples * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


SOUND: Final = ("clipped", "hushed", "deafening")
"""The sound's faults, the least of them first."""
