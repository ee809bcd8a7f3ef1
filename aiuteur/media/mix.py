"""The master: scene sounds, one after another, as the film's one continuous soundtrack at its loudness.

Belongs here: joining, loudness (EBU R 128), true peaks, AAC. Does not belong here: what a scene sounds like
(`aiuteur.models.animatic.sound`), or the film's file (`aiuteur.media.assemble`).

The film is read block by block, more than once, and never held whole: a long film takes no more memory than a short one.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from aiuteur.errors import InvalidInput
from aiuteur.media.theme import end_theme, title_theme
from aiuteur.media.waves import RATE, Samples, decoded, sample_count

LOUDNESS: Final = -16.0
"""Integrated loudness of a film in LUFS: what streaming on small speakers asks for."""

CEILING: Final = -1.5
"""The highest true peak in dBTP."""

_BIT_RATE: Final = 160_000
_BLOCK: Final = 64
_REACH: Final = 4
_RELEASE: Final = 90.0
_MOST_GAIN: Final = 30.0
_CLOSE: Final = 0.15
_TRIES: Final = 6
_SILENT: Final = -69.0

Blocks = Iterator[Samples]


@dataclass(frozen=True, slots=True)
class Loudness:
    """A sound's integrated loudness in LUFS (None for silence) and the true peak of each 64 samples."""

    integrated: float | None
    peaks: Samples


def master(scene_sounds: Sequence[bytes], head_seconds: float, tail_seconds: float,
           scene_seconds: Sequence[float] | None = None) -> bytes:
    """The film's soundtrack as AAC in an mp4, at −16 LUFS with true peaks under −1.5 dBTP.

    `scene_sounds` are audio bytes of any format; `scene_seconds`, where given, is how long the pictures of each scene are, and
    its sound is cut or held to that. Music plays under the title (`head_seconds`) and end cards (`tail_seconds`). The
    soundtrack has exactly the sum of these samples: what the codec primes and pads is left out by the file's edit list.
    Raises `Corrupt` for a sound that cannot be decoded, `InvalidInput` for seconds that do not match the sounds.
    """
    if scene_seconds is not None and len(scene_seconds) != len(scene_sounds):
        message = f"{len(scene_sounds)} scene sounds were given lengths for {len(scene_seconds)} scenes."
        raise InvalidInput(message)

    def programme() -> Blocks:
        yield title_theme(head_seconds)
        for index, data in enumerate(scene_sounds):
            blocks = decoded(data)
            yield from blocks if scene_seconds is None else _held(blocks, sample_count(scene_seconds[index]))
        yield end_theme(tail_seconds)

    return _aac(levelled(programme))


def integrated(blocks: Iterable[Samples]) -> float | None:
    """Integrated loudness in LUFS (EBU R 128, ITU-R BS.1770-4) of stereo blocks at 48 kHz; None where it is silent."""
    meter = _Meter()
    for block in blocks:
        meter.hear(block)
    return meter.loudness()


class _Meter:
    """FFmpeg's ebur128 filter, fed block by block."""

    def __init__(self) -> None:
        from av.filter import Graph

        self._graph = Graph()
        source = self._graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo", time_base=Fraction(1, RATE))
        meter = self._graph.add("ebur128", "metadata=1:peak=none")
        source.link_to(meter)
        meter.link_to(self._graph.add("abuffersink"))
        self._graph.configure()
        self._heard = 0
        self._last = _SILENT

    def hear(self, block: Samples) -> None:
        """Take in the next samples."""
        import av

        if not len(block):
            return
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block, np.float32).reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._heard, Fraction(1, RATE)
        self._graph.push(frame)
        self._heard += len(block)
        self._read()

    def _read(self) -> None:
        """Keep the latest figure the filter has."""
        from av.error import BlockingIOError, EOFError  # noqa: A004 - PyAV's own, which derive from the builtins

        while True:
            try:
                out = self._graph.pull()
            except (BlockingIOError, EOFError):
                return
            self._last = float(out.metadata.get("lavfi.r128.I", self._last))

    def loudness(self) -> float | None:
        """The integrated loudness so far; None where nothing was above the gate."""
        if self._heard:
            self._graph.push(None)
            self._read()
        return self._last if self._last > _SILENT else None


def _held(blocks: Blocks, count: int) -> Blocks:
    """Blocks cut to a number of samples, or followed by silence up to it."""
    left = count
    for block in blocks:
        yield block[:left]
        left -= min(left, len(block))
    if left:
        yield np.zeros((left, 2), np.float32)


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


def levelled(programme: Callable[[], Blocks]) -> Blocks:
    """The programme at the film's loudness: measured, raised, limited, and corrected for what limiting took."""
    before = measured(programme())
    if before.integrated is None:
        return programme()
    gain = min(_MOST_GAIN, LOUDNESS - before.integrated)
    for _ in range(_TRIES):
        curve = _curve(before.peaks, gain)
        if np.ptp(curve) == 0:
            break  # nothing is limited, so the loudness moves by the gain alone
        found = integrated(_applied(programme(), curve))
        missing = LOUDNESS - (found if found is not None else LOUDNESS)
        if abs(missing) <= _CLOSE or gain + missing > _MOST_GAIN:
            break
        gain += 1.3 * missing  # the more gain, the more is limited
    return _applied(programme(), _curve(before.peaks, gain))


def measured(blocks: Blocks) -> Loudness:
    """Loudness and the true peaks of a programme."""
    meter, peaks = _Meter(), list[Samples]()
    for chunk in chunks(blocks, 1024 * _BLOCK):
        meter.hear(chunk)
        peaks.append(true_peaks(chunk))
    return Loudness(meter.loudness(), np.concatenate(peaks) if peaks else np.zeros(1, np.float32))


def true_peaks(chunk: Samples) -> Samples:
    """The highest true peak of each 64 samples of both channels, four times oversampled by a windowed sinc (BS.1770-4)."""
    taps = np.arange(-7, 9)
    heights = np.abs(chunk).max(axis=1)
    for phase in (0.25, 0.5, 0.75):
        kernel = (np.sinc(taps - phase) * np.kaiser(18, 6)[1:-1]).astype(np.float32)
        for channel in (0, 1):
            # Correlating with taps −7…8 around each sample: the value `phase` of the way to the next one.
            between = np.convolve(chunk[:, channel], kernel[::-1], "full")[8 : 8 + len(chunk)]
            np.maximum(heights, np.abs(between), out=heights)
    padded = np.zeros(-(-len(heights) // _BLOCK) * _BLOCK, np.float32)
    padded[: len(heights)] = heights
    return padded.reshape(-1, _BLOCK).max(axis=1)


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
    for chunk in chunks(blocks, 1024 * _BLOCK):
        factor = np.interp(np.arange(at, at + len(chunk)), centres, curve).astype(np.float32)
        yield chunk * factor[:, None]
        at += len(chunk)


def _aac(blocks: Blocks) -> bytes:
    """Stereo blocks as AAC at 160 kbit/s in an mp4, whose edit list leaves out the encoder's priming."""
    import av

    out, at = io.BytesIO(), 0
    with av.open(out, "w", format="mp4", options={"fflags": "+bitexact", "movie_timescale": str(RATE)}) as container:
        # The quick coder costs half of the default one; at this rate the difference was not measurable on this material.
        stream = container.add_stream("aac", rate=RATE, layout="stereo", options={"aac_coder": "fast", "flags": "+bitexact"})
        stream.bit_rate = _BIT_RATE
        for chunk in chunks(blocks, 1024):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(chunk.T, np.float32), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            container.mux(stream.encode(frame))
            at += len(chunk)
        container.mux(stream.encode(None))
    return out.getvalue()
