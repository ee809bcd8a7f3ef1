"""Tones, plucks, shaped noise and rooms: what music and ambience are made of.

Belongs here: instruments that know frequencies and seconds; everything is made at `LOW` samples a second unless said otherwise,
since nothing in it lies above 8 kHz. Does not belong here: harmony or places (`aiuteur.models.animatic.soundstage`), bytes
(`aiuteur.media.waves`).
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from aiuteur.media.waves import RATE, Samples, smooth_even

LOW: Final = 16_000
TONIC: Final = 38
"""D2 as a MIDI note: all music stands on D, so that scenes in different modes still butt together."""

_TABLE: Final = 8192
_HIGHEST: Final = 0.42
"""Partials stop a little under half the rate."""

Hertz: TypeAlias = NDArray[np.float32]


def generator(*seeds: int | str) -> np.random.Generator:
    """A source of chance that is the same for the same seeds, in every process."""
    raw = hashlib.sha256("/".join(map(str, seeds)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(raw[:16], "big")))


def hertz(note: float) -> float:
    """Frequency of a MIDI note in equal temperament, A4 = 440 Hz."""
    return 440.0 * 2 ** ((note - 69) / 12)


def wavetable(partials: Sequence[float]) -> Samples:
    """One period of a sound of harmonic partials with these amplitudes, peak 1."""
    phase = np.arange(_TABLE) * (2 * np.pi / _TABLE)
    table = sum((amount * np.sin(k * phase + 0.7 * k * k) for k, amount in enumerate(partials, 1)), np.zeros(_TABLE))
    return (table / np.abs(table).max()).astype(np.float32)


def tone(table: Samples, frequency: float, count: int, phase: float = 0.0) -> Samples:
    """A steady tone of `count` samples read from a wavetable; `phase` in periods."""
    step = frequency * _TABLE / LOW
    place = (np.arange(count, dtype=np.float64) * step + phase * _TABLE).astype(np.int64)
    return table[place & (_TABLE - 1)]


def pluck(frequency: float, seconds: float, brightness: float, stretch: float = 0.0004, ratios: Sequence[float] = ()) -> Samples:
    """A struck or plucked note that dies away: `brightness` 0 to 1, `ratios` of its partials where it is no string (bells, bars).

    String partials follow k·√(1 + B·k²) with stiffness B = `stretch` (Fletcher & Rossing, The Physics of Musical Instruments).
    """
    count = int(seconds * LOW)
    time = np.arange(count, dtype=np.float32) / LOW
    sound = np.zeros(count, np.float32)
    made = ratios or [k * (1 + stretch * k * k) ** 0.5 for k in range(1, 9)]
    for rank, ratio in enumerate(made):
        if frequency * ratio > _HIGHEST * LOW:
            break
        amount = (0.25 + 0.7 * brightness) ** rank / (1 + 0.15 * rank)
        decay = 4.5 * (1 + 0.55 * rank) / seconds
        sound += np.float32(amount) * np.exp(-decay * time) * np.sin(np.float32(2 * np.pi * frequency * ratio) * time)
    return sound * edges(count, 0.004, 0.03) / 1.5


def edges(count: int, attack: float, release: float, rate: int = LOW) -> Samples:
    """An envelope of ones with raised-cosine ends, `attack` and `release` in seconds."""
    shape = np.ones(count, np.float32)
    for seconds, side in ((attack, slice(None)), (release, slice(None, None, -1))):
        length = min(count, int(seconds * rate))
        shape[side][:length] *= (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(1, length))).astype(np.float32)
    return shape


def noise_loop(chance: np.random.Generator, seconds: float, shape: Callable[[Hertz], Hertz], rate: int = LOW) -> Samples:
    """Noise whose spectrum has the amplitude `shape(hertz)`, RMS 1, that can be repeated end to end without a seam."""
    count = smooth_even(int(seconds * rate))
    frequencies = np.fft.rfftfreq(count, 1 / rate).astype(np.float32)
    wave = chance.standard_normal((2, len(frequencies)), np.float32)
    spectrum = (wave[0] + 1j * wave[1]) * shape(frequencies)
    spectrum[0] = 0
    sound = np.fft.irfft(spectrum, count).astype(np.float32)
    return sound / max(1e-9, float(np.sqrt(np.mean(sound**2))))


def band(low: float, high: float, slope: float = 2.0) -> Callable[[Hertz], Hertz]:
    """The amplitude of a band between two frequencies, falling by `slope` · 6 dB an octave on either side."""
    def amplitude(frequencies: Hertz) -> Hertz:
        safe = np.maximum(frequencies, 4.0)
        return (1 / np.sqrt((1 + (low / safe) ** (2 * slope)) * (1 + (safe / high) ** (2 * slope)))).astype(np.float32)
    return amplitude


def drift(chance: np.random.Generator, count: int, period: float, low: float, high: float, rate: int = LOW) -> Samples:
    """A slow aimless curve of `count` samples between two bounds, turning about every `period` seconds."""
    knots = int(count / rate / period) + 4
    values = chance.uniform(low, high, knots).astype(np.float32)
    fine = np.repeat(values, 8)
    kernel = np.hanning(18)[1:-1]
    smooth = cast("Samples", np.convolve(fine, kernel / kernel.sum(), "same"))[8:-8]
    return np.interp(np.arange(count) * (8 / rate / period), np.arange(len(smooth)), smooth).astype(np.float32)


def impulse(chance: np.random.Generator, decay: float, darkness: float) -> Samples:
    """A room's answer (2, samples): noise that falls by 60 dB in `decay` seconds, duller the darker the walls (0 to 1)."""
    count = max(64, int(decay * LOW))
    fall = np.exp(-6.9 * np.arange(count, dtype=np.float32) / count) * edges(count, 0.006, 0.02)
    loops = [noise_loop(chance, decay + 0.1, band(180, 6500 - 5000 * darkness, 1))[:count] for _ in range(2)]
    answer = np.stack(loops)[:, :count] * fall
    return answer / np.sqrt((answer**2).sum(axis=1, keepdims=True))


def upsampled(low: Samples, wet: Samples | None, answer: Samples | None, count: int) -> Samples:
    """Stereo (2, n) at `LOW` as (2, count) at 48 kHz, `wet` (2, n) heard through a room's `answer`: one transform for both."""
    room = answer.shape[1] if answer is not None else 0
    factor = RATE // LOW
    size = smooth_even(low.shape[1] + room + 64)
    sound = np.empty((2, count), np.float32)
    for side in range(2):
        spectrum = np.fft.rfft(low[side], size)
        if wet is not None and answer is not None:
            spectrum += np.fft.rfft(wet[side], size) * np.fft.rfft(answer[side], size)
        wide = np.zeros(size * factor // 2 + 1, spectrum.dtype)
        wide[: len(spectrum)] = spectrum * factor
        sound[side] = np.fft.irfft(wide, size * factor)[:count]
    return sound
