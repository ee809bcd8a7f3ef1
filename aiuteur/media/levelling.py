"""Levelling: a programme brought to a loudness, its true peaks kept under a ceiling.

Belongs here: gain, the limiter, true peaks. Does not belong here: what the programme is (`aiuteur.media.mix`).

The programme is heard once and kept as 16-bit samples in a file that has no name; from then on only figures are worked with,
until it is read back at its gain. A long film takes no more memory than a short one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from aiuteur.media.loudness import STEP, WINDOW, Meter, gated
from aiuteur.media.waves import RATE, Samples, integers

CEILING: Final = -1.5
"""The highest true peak in dBTP."""

_BLOCK: Final = 64
_CHUNK: Final = 1024 * _BLOCK
_REACH: Final = 4
_RELEASE: Final = 90.0
_MOST_GAIN: Final = 30.0
_CLOSE: Final = 0.05
_TRIES: Final = 12
_MARGIN: Final = 6.0
"""Decibels that a true peak lies above the samples around it at the very most, and that the gain may still rise."""

_TAPS: Final = np.arange(-7, 9)
_KERNEL: Final = np.stack(
    [np.sinc(_TAPS - phase) * np.kaiser(18, 6)[1:-1] for phase in (0.25, 0.5, 0.75)], axis=1,
).astype(np.float32)
"""A windowed sinc at the three points between two samples (BS.1770-4, four times oversampled)."""

Blocks = Iterator[Samples]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A programme in figures: integrated and momentary loudness; energy and highest sample of each 64 samples."""

    integrated: float | None
    momentary: Samples
    energy: Samples
    heights: Samples


def levelled(programme: Iterable[Samples], loudness: float) -> Blocks:
    """The programme at `loudness` (integrated, LUFS): measured, raised, limited, and corrected for what limiting took."""
    with TemporaryFile(prefix="aiuteur-sound-") as kept:
        heard = _taken_down(programme, kept)
        curve = _levelling(kept, heard, loudness) if heard.integrated is not None else np.ones(1, np.float32)
        yield from _applied(_read_back(kept), curve)


def chunks(blocks: Iterable[Samples], size: int) -> Blocks:
    """The same samples in chunks of one size; the last one may be shorter."""
    waiting: list[Samples] = []
    held = 0
    for block in blocks:
        waiting.append(block)
        held += len(block)
        if held >= size:
            whole = np.concatenate(waiting)
            for start in range(0, held - size + 1, size):
                yield whole[start : start + size]
            waiting = [whole[held - held % size :]]
            held %= size
    if held:
        yield np.concatenate(waiting)


def true_peaks(sound: Samples) -> Samples:
    """The highest true peak of each 64 samples of both channels, four times oversampled by a windowed sinc (BS.1770-4)."""
    heights = _blocks(_loudest(sound)).max(axis=1)
    return np.maximum(heights, _between(sound, np.arange(len(heights))))


def _taken_down(programme: Iterable[Samples], kept: IO[bytes]) -> _Heard:
    """Hear a programme once, keep its samples, and note its figures."""
    meter, energy, heights = Meter(), list[Samples](), list[Samples]()
    for chunk in chunks(programme, _CHUNK):
        meter.hear(chunk)
        kept.write(integers(chunk).tobytes())
        energy.append(_blocks(np.einsum("ij,ij->i", chunk, chunk)).sum(axis=1))
        heights.append(_blocks(_loudest(chunk)).max(axis=1))
    meter.end()
    none = [np.zeros(1, np.float32)]
    return _Heard(meter.integrated, np.array(meter.momentary), np.concatenate(energy or none), np.concatenate(heights or none))


def _read_back(kept: IO[bytes]) -> Blocks:
    """The kept samples, chunk by chunk."""
    kept.seek(0)
    while data := kept.read(_CHUNK * 4):
        yield np.frombuffer(data, np.int16).reshape(-1, 2).astype(np.float32) / 32767


def _levelling(kept: IO[bytes], heard: _Heard, loudness: float) -> Samples:
    """The factor of each block that brings a programme to a loudness; limiting takes some, which more gain gives back."""
    gain = min(_MOST_GAIN, loudness - (heard.integrated or loudness))
    peaks = _peaks(kept, heard.heights, gain)
    curve = _curve(peaks, gain)
    for _ in range(_TRIES):
        missing = loudness - (_loudness_under(curve, heard) or loudness)
        if abs(missing) <= _CLOSE or gain + missing > _MOST_GAIN:
            break
        gain += missing
        curve = _curve(peaks, gain)
    return curve


def _loudness_under(curve: Samples, heard: _Heard) -> float | None:
    """The integrated loudness of a programme under a gain curve: each 400 ms by what the curve makes of its energy."""
    step = STEP // _BLOCK
    plain, shaped = (
        np.concatenate([[0.0], np.cumsum(energy, dtype=np.float64)]) for energy in (heard.energy, heard.energy * curve**2)
    )
    ends = np.minimum((np.arange(WINDOW - 1, len(heard.momentary)) + 1) * step, len(heard.energy))
    before, after = (total[ends] - total[ends - WINDOW * step] for total in (plain, shaped))
    return gated(heard.momentary[WINDOW - 1 :] + 10 * np.log10(np.maximum(after, 1e-20) / np.maximum(before, 1e-20)))


def _peaks(kept: IO[bytes], heights: Samples, gain: float) -> Samples:
    """The true peaks of a programme, oversampled only where they could pass the ceiling."""
    near = 10 ** ((CEILING - gain - 2 * _MARGIN) / 20)
    peaks, at = heights.copy(), 0
    for chunk in _read_back(kept):
        count = -(-len(chunk) // _BLOCK)
        wanted = np.flatnonzero(heights[at : at + count] > near)
        peaks[at + wanted] = np.maximum(peaks[at + wanted], _between(chunk, wanted))
        at += count
    return peaks


def _between(sound: Samples, wanted: NDArray[np.intp]) -> Samples:
    """The highest point between the samples of some blocks."""
    if not len(wanted):
        return np.zeros(0, np.float32)
    span = _BLOCK + len(_TAPS) - 1
    padded = np.pad(sound, ((-int(_TAPS[0]), span + _BLOCK), (0, 0))).astype(np.float32)
    spans = padded[(wanted * _BLOCK)[:, None] + np.arange(span)].transpose(0, 2, 1)
    windows = np.lib.stride_tricks.sliding_window_view(spans, len(_TAPS), axis=2)
    return np.abs(windows @ _KERNEL).max(axis=(1, 2, 3))


def _loudest(sound: Samples) -> Samples:
    """The higher of both channels at each sample; column by column, which is ten times faster than along the rows."""
    return np.maximum(np.abs(sound[:, 0]), np.abs(sound[:, 1]))


def _blocks(samples: Samples) -> Samples:
    """One channel in rows of 64 samples, the last filled up with silence."""
    padded = np.zeros(-(-len(samples) // _BLOCK) * _BLOCK, np.float32)
    padded[: len(samples)] = samples
    return padded.reshape(-1, _BLOCK)


def _curve(peaks: Samples, gain: float) -> Samples:
    """The factor for each block: `gain` decibels, less where peaks would pass the ceiling.

    Attenuation is there four blocks (5 ms) before a peak, and leaves by 90 dB a second: the loudest point of a window, averaged
    over a window one block shorter, never lets a peak through.
    """
    over = np.maximum(0, 20 * np.log10(np.maximum(peaks, 1e-9)) + gain - CEILING)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(over, _REACH + 1), 2 * _REACH + 3)
    steps = np.arange(len(over)) * (_RELEASE * _BLOCK / RATE)
    falling = np.maximum.accumulate(windows.max(axis=1) + steps) - steps
    width = 2 * _REACH + 1
    smooth = np.convolve(np.pad(falling, _REACH, mode="edge"), np.ones(width) / width, "valid")
    return (10 ** ((gain - smooth) / 20)).astype(np.float32)


def _applied(blocks: Blocks, curve: Samples) -> Blocks:
    """The programme with the factor of each block, gliding between the middles of blocks."""
    at, centres = 0, np.arange(len(curve)) * _BLOCK + _BLOCK // 2
    for chunk in blocks:
        factor = np.interp(np.arange(at, at + len(chunk)), centres, curve).astype(np.float32)
        yield chunk * factor[:, None]
        at += len(chunk)
