"""The master: loudness, true peaks, exact length, and bytes that do not depend on the process."""

import hashlib
import io
import subprocess
import sys
from fractions import Fraction

import av
import numpy as np
import pytest

from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.media.levelling import CEILING, levelled, true_peaks
from aiuteur.media.loudness import integrated
from aiuteur.media.mix import LOUDNESS, master
from aiuteur.media.waves import RATE, Samples, decode, flac, sample_count


def noise(seconds: float, level: float, seed: int = 1) -> Samples:
    """Pink noise, as the spectra of speech and places are nearer to it than to white."""
    white = np.random.default_rng(seed).standard_normal((sample_count(seconds), 2))
    spectrum = np.fft.rfft(white, axis=0)
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 20)[:, None], len(white), axis=0)
    return pink * (level / pink.std())


def bursts(seconds: float, level: float, peak: float) -> Samples:
    """Speech-like: half a second loud, half a second nearly silent, with spikes."""
    sound = noise(seconds, level)
    sound[(np.arange(len(sound)) // (RATE // 2)) % 2 == 1] *= 0.01
    sound[:: RATE // 3] = peak
    return sound


SCENES = {
    "quiet-ambience": [noise(3, 0.004)],
    "loud": [noise(3, 0.25)],
    "quiet-then-loud": [noise(3, 0.01), noise(3, 0.1)],
    "speech-with-spikes": [bursts(5, 0.05, 0.95)],
    "one-channel": [noise(3, 0.05) * [1.0, 0.0]],
}


@pytest.mark.parametrize("scenes", list(SCENES.values()), ids=list(SCENES))
def test_a_film_has_its_loudness_and_no_peak_above_the_ceiling(scenes: list[Samples]) -> None:
    sound = decode(master([flac(np.clip(scene, -1, 1)) for scene in scenes], 1.5, 1.5))
    loudness = integrated(iter([sound]))
    assert loudness is not None
    assert abs(loudness + 16) <= 1
    # AAC moves a peak a little past what the limiter let through.
    assert 20 * np.log10(true_peaks(sound).max()) < CEILING + 1.0


def test_the_limiter_lets_nothing_through() -> None:
    sound = bursts(4, 0.05, 0.99)
    limited = np.concatenate(list(levelled([sound], LOUDNESS)))
    assert 20 * np.log10(true_peaks(limited).max()) <= CEILING + 0.05
    assert abs(float(integrated(iter([limited])) or 0) - LOUDNESS) < 0.5


def test_true_peaks_between_samples_are_seen() -> None:
    time = np.arange(RATE) / RATE
    quarter = 0.5 * np.sin(2 * np.pi * 12_000 * time + np.pi / 4)
    sound = np.stack([quarter, quarter], axis=1)
    assert np.abs(sound).max() == pytest.approx(0.3536, abs=1e-3)
    assert float(true_peaks(sound)[4:-4].max()) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(("head", "scenes", "tail"), [(1.5, [3.0], 1.5), (3.6, [2.71828, 1.41421], 4.0), (0.0, [2.5], 0.0)])
def test_a_soundtrack_has_exactly_the_samples_of_its_parts(head: float, scenes: list[float], tail: float) -> None:
    data = master([flac(noise(seconds, 0.05)) for seconds in scenes], head, tail)
    with av.open(io.BytesIO(data)) as container:
        stream = container.streams.audio[0]
        assert (stream.duration, stream.time_base) == (sum(map(sample_count, [head, *scenes, tail])), Fraction(1, RATE))
        assert (stream.codec_context.name, stream.rate, stream.layout.name) == ("aac", RATE, "stereo")


def test_a_scene_keeps_its_place_to_the_sample() -> None:
    """A click put into the second scene is heard where it was put, so priming and padding are accounted for."""
    scene = noise(2.0, 0.0005)
    scene[RATE] = 0.9
    sound = decode(master([flac(noise(1.25, 0.0005)), flac(scene)], 1.5, 1.0))
    assert int(np.abs(sound).sum(axis=1).argmax()) == pytest.approx((1.5 + 1.25 + 1.0) * RATE, abs=2)


def test_a_scene_sound_is_held_to_its_pictures() -> None:
    data = master([flac(noise(2.0, 0.05)), flac(noise(1.0, 0.05))], 1.0, 1.0, [1.75, 1.5])
    with av.open(io.BytesIO(data)) as container:
        assert container.streams.audio[0].duration == sample_count(1 + 1.75 + 1.5 + 1)


def test_cards_have_music_that_begins_and_ends_in_silence() -> None:
    sound = decode(master([flac(noise(2.0, 0.02))], 3.0, 3.0))
    assert np.abs(sound[RATE : 2 * RATE]).max() > 0.05
    assert np.abs(sound[5 * RATE : 6 * RATE]).max() > 0.05
    assert np.abs(sound[:200]).max() < 0.02
    assert np.abs(sound[sample_count(8.0) - 400 : sample_count(8.0)]).max() < 0.02


def test_silence_stays_silent() -> None:
    assert np.abs(decode(master([flac(np.zeros((RATE, 2)))], 0.0, 0.0))).max() < 1e-3


def test_the_same_scenes_are_the_same_bytes_in_another_process() -> None:
    program = ("import sys, hashlib; from aiuteur.media.mix import master; "
               "print(hashlib.sha256(master([sys.stdin.buffer.read()], 2.0, 2.0)).hexdigest())")
    scene = flac(noise(2.0, 0.05))
    told = {subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, input=scene).stdout.decode().strip()
            for _ in range(2)}
    assert told == {hashlib.sha256(master([scene], 2.0, 2.0)).hexdigest()}


def test_a_broken_sound_is_told() -> None:
    with pytest.raises(Corrupt, match="cannot be decoded"):
        master([b"not a sound"], 1.0, 1.0)


def test_lengths_must_be_those_of_the_scenes() -> None:
    with pytest.raises(InvalidInput, match="1 scene sounds were given lengths for 2"):
        master([flac(noise(1.0, 0.1))], 1.0, 1.0, [1.0, 2.0])
