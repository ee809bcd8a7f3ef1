"""Sound as arrays: reading and writing audio bytes, and changing their rate.

Belongs here: what voice, scene sound and mix share about samples; arrays are floats in [-1, 1], shaped (samples,) for one
channel and (samples, channels) for more. Does not belong here: what anything sounds like (`aiuteur.media.tones`).
"""

import io
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from aiuteur.errors import Corrupt

RATE: Final = 48_000
"""Samples a second of everything that is stored."""

Samples: TypeAlias = NDArray[np.floating[Any]]

_FULL_SCALE: Final = 32_767


def sample_count(seconds: float) -> int:
    """The exact number of samples of a sound that lasts so many seconds."""
    return round(seconds * RATE)


def smooth_size(least: int) -> int:
    """The smallest number ≥ `least` with no prime factor above 5: the lengths at which an FFT is fast."""
    best = 1 << max(0, least - 1).bit_length()
    fives = 1
    while fives < best:
        threes = fives
        while threes < best:
            rest = -(-least // threes)
            best = min(best, threes << max(0, rest - 1).bit_length())
            threes *= 3
        fives *= 5
    return best


def smooth_even(least: int) -> int:
    """The smallest even number ≥ `least` of that kind: the halves of a real transform fit together."""
    return 2 * smooth_size(-(-least // 2))


def resampled(sound: Samples, rate: int, to_rate: int = RATE) -> Samples:
    """One channel at another rate, by zero-padding or cutting its spectrum; `round(len · to_rate / rate)` samples."""
    common = int(np.gcd(rate, to_rate))
    source, target = rate // common, to_rate // common
    blocks = smooth_size(-(-len(sound) // source) + 1)
    padded = np.zeros(blocks * source, np.float32)
    padded[: len(sound)] = sound
    # The pad at the end keeps the transform's wrap-around away from the sound.
    spectrum = np.fft.rfft(padded)
    wide = np.zeros(blocks * target // 2 + 1, np.complex64)
    kept = min(len(spectrum), len(wide))
    wide[:kept] = spectrum[:kept]
    count = round(len(sound) * to_rate / rate)
    return (np.fft.irfft(wide, blocks * target) * (target / source))[:count].astype(np.float32)


def decoded(source: bytes | Path) -> Iterator[Samples]:
    """Audio bytes, or the sound of a file, as stereo float32 blocks at 48 kHz; raises `Corrupt` where they cannot be read."""
    import av
    from av.error import FFmpegError

    plain = _pcm(source) if isinstance(source, bytes) else None
    if plain is not None:
        yield plain
        return
    try:
        with av.open(io.BytesIO(source) if isinstance(source, bytes) else str(source), "r") as container:
            resampler = av.AudioResampler(format="flt", layout="stereo", rate=RATE)
            for frame in container.decode(audio=0):
                ours = (frame.layout.name, frame.sample_rate) == ("stereo", RATE)
                if ours and frame.format.name == "s16":
                    yield frame.to_ndarray().reshape(-1, 2).astype(np.float32) / 32768
                elif ours and frame.format.name == "fltp":
                    yield cast("Samples", frame.to_ndarray()).T
                else:
                    yield from map(_stereo, resampler.resample(frame))
            yield from map(_stereo, resampler.resample(None))
    except (FFmpegError, IndexError) as error:
        message = f"A sound cannot be decoded ({error}): make it again."
        raise Corrupt(message) from error


def _pcm(data: bytes) -> Samples | None:
    """The samples of a 16-bit WAV at 48 kHz, which FFmpeg takes 15 ms to open; None for anything else."""
    if not data.startswith(b"RIFF"):
        return None
    try:
        with wave.open(io.BytesIO(data)) as file:
            if (file.getsampwidth(), file.getframerate()) != (2, RATE) or file.getnchannels() > 2:  # noqa: PLR2004 - 16-bit stereo
                return None
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
    except (wave.Error, EOFError, ValueError):
        return None
    return np.broadcast_to(samples, (len(samples), 2)).astype(np.float32) / 32768


def _stereo(frame: object) -> Samples:
    """The interleaved samples of a decoded frame, as (samples, 2)."""
    from av import AudioFrame

    return cast("Samples", cast("AudioFrame", frame).to_ndarray()).reshape(-1, 2)


def decode(data: bytes) -> Samples:
    """A whole sound as (samples, 2) float32 at 48 kHz; raises `Corrupt`."""
    blocks = list(decoded(data))
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


def integers(sound: Samples) -> NDArray[np.int16]:
    """16-bit samples, rounded and clipped."""
    return np.clip(np.rint(sound * _FULL_SCALE), -_FULL_SCALE - 1, _FULL_SCALE).astype(np.int16)


def flac(sound: Samples) -> bytes:
    """A stereo sound, (samples, 2), as 16-bit FLAC at 48 kHz: the same samples give the same bytes."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="flac", options={"fflags": "+bitexact"}) as container:
        options = {"compression_level": "1", "flags": "+bitexact"}
        stream = container.add_stream("flac", rate=RATE, layout="stereo", options=options)
        whole = np.ascontiguousarray(integers(sound)).reshape(1, -1)
        step = 2 * 4608
        for start in range(0, whole.shape[1], step):
            frame = av.AudioFrame.from_ndarray(whole[:, start : start + step], format="s16", layout="stereo")
            frame.sample_rate = RATE
            frame.pts = start // 2
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def wav(sound: Samples) -> bytes:
    """A mono sound, (samples,), as 16-bit WAV at 48 kHz."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(integers(sound).tobytes())
    return out.getvalue()
