"""The built-in voice: lines in their time, whole words, one voice a character, and nothing needed where it is missing."""

import asyncio
import builtins
import io
import json
import time
import wave
from collections.abc import Mapping

import numpy as np
import pytest

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput, Unavailable
from aiuteur.film.bible import VoiceProfile
from aiuteur.models.animatic import cards
from aiuteur.models.animatic.voice import AnimaticVoice
from aiuteur.models.protocols import Reply, Request

LINE = "The boat left an hour ago, and it took the last of the lamps with it."

needs_espeak = pytest.mark.skipif(not AnimaticVoice.available(), reason="the voice extra (espeakng-loader) is not installed")


def spoken(text: str = LINE, seconds: float = 6.0, language: str = "en", profile: VoiceProfile | None = None) -> Reply:
    payload: Mapping[str, Json] = {
        "text": text, "voice": (profile or VoiceProfile()).document(), "language": language, "seconds": seconds}
    return asyncio.run(AnimaticVoice().make(Request("line", payload)))


def told(reply: Reply) -> dict[str, Json]:
    return json.loads(json.dumps(reply.content))


def samples(reply: Reply) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    with wave.open(io.BytesIO(reply.media[0].data)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@needs_espeak
@pytest.mark.parametrize("seconds", [6.0, 3.4, 2.9])
def test_a_line_is_spoken_within_its_seconds(seconds: float) -> None:
    reply = spoken(seconds=seconds)
    assert told(reply)["fits"] is True
    assert 0.5 * seconds < len(samples(reply)) / 48_000 <= seconds


@needs_espeak
def test_a_line_without_enough_time_is_hurried_but_stays_whole() -> None:
    reply = spoken(seconds=0.8)
    assert told(reply)["fits"] is False
    assert told(reply)["rate"] == 240
    assert len(samples(reply)) > 1.8 * 48_000


@needs_espeak
def test_characters_sound_different() -> None:
    low = samples(spoken(profile=VoiceProfile(pitch=20, variant="m7"))).astype(float)
    high = samples(spoken(profile=VoiceProfile(pitch=80, variant="f2"))).astype(float)

    def pitch(sound: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        likeness = np.fft.irfft(np.abs(np.fft.rfft(sound, 2 * len(sound))) ** 2)[48_000 // 400 : 48_000 // 60]
        return 48_000 / (48_000 // 400 + int(np.argmax(likeness)))

    assert 60 < pitch(low) < 130
    assert pitch(high) > 1.4 * pitch(low)


@needs_espeak
@pytest.mark.parametrize("variant", ["m3", "f3", "whisper"])
def test_a_line_is_the_same_in_another_process_at_another_second(variant: str) -> None:
    profile = VoiceProfile(variant=variant)
    first = spoken(profile=profile).media[0].data
    time.sleep(1.01)  # espeak's noise would be seeded by the second
    assert spoken(profile=profile).media[0].data == first


@needs_espeak
@pytest.mark.parametrize(("text", "language", "expected"), [
    ("Good evening.", "en-GB", "en+m3"), ("Good evening.", "tlh", "en+m3"), ("Guten Abend.", "de-CH", "de+m3"),
    ("Добрый вечер.", "en", "ru+m3"), ("Добрий вечір.", "uk", "uk+m3"),
    ("晚上好。", "zh", "cmn+m3"), ("今晩は、先生。", "en", "ja+m3"), ("مساء الخير", "ar", "ar+m3"),
])
def test_the_voice_speaks_the_language_of_the_line(text: str, language: str, expected: str) -> None:
    reply = spoken(text, 4.0, language)
    assert told(reply)["voice"] == expected
    assert np.abs(samples(reply).astype(float)).max() > 3000


@needs_espeak
def test_a_line_without_words_is_a_breath_of_silence() -> None:
    reply = spoken("🎭 … ✨", 2.0)
    assert told(reply)["voice"] == "none"
    assert not samples(reply).any()


def test_a_missing_extra_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == "espeakng_loader":
            raise ImportError(name)
        return real(name, *rest)  # pyright: ignore[reportArgumentType] - passed on as it came

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(cards, "find_spec", dict[str, object]().get)
    assert not AnimaticVoice.available()
    with pytest.raises(Unavailable, match=r"pip install aiuteur\[voice\]"):
        spoken()


def test_another_task_is_refused() -> None:
    with pytest.raises(InvalidInput, match="scene_sound"):
        asyncio.run(AnimaticVoice().make(Request("scene_sound", {})))
