"""The built-in voice: one line of dialogue spoken by espeak-ng, in the time it has.

Belongs here: the request, the voice and rate asked of espeak, fitting and finish. Does not belong here: espeak's C interface
(`aiuteur.models.animatic.espeak`), where a line stands in its scene (`aiuteur.models.animatic.sound`).

espeak-ng is under the GPL and therefore an extra (`pip install aiuteur[voice]`); where it is missing `available()` is False,
nobody is asked for lines, and captions carry the words in the same time.
"""

import asyncio
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput, Unavailable
from aiuteur.film.bible import VoiceProfile
from aiuteur.film.crew import Role
from aiuteur.media.waves import RATE, Samples, resampled, sample_count, smooth_size, wav
from aiuteur.models.animatic.cards import CARDS, voiced
from aiuteur.models.protocols import Made, Reply, Request

_PROGRAM: Final = Path(__file__).with_name("espeak.py")
_TIMEOUT: Final = 60.0
_FASTEST: Final = 265
"""Words a minute: quick speech that is still followed at once."""
_HURRY: Final = 1.5
_PAUSE: Final = 0.09
_LEVEL: Final = 0.1
_PEAK: Final = 0.7

_ALIASES: Final = {"zh": "cmn", "zh-tw": "cmn", "no": "nb", "en-gb": "en", "fr-fr": "fr", "jp": "ja", "iw": "he", "in": "id"}
_SCRIPTS: Final = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "cmn"), ("ARABIC", "ar"), ("HEBREW", "he"),
    ("CYRILLIC", "ru"), ("GREEK", "el"), ("DEVANAGARI", "hi"), ("BENGALI", "bn"), ("TAMIL", "ta"), ("THAI", "th"),
    ("GEORGIAN", "ka"), ("ARMENIAN", "hy"),
)
_SAME_SCRIPT: Final = {
    "cmn": {"zh", "cmn", "yue", "ja", "ko"}, "ar": {"ar", "fa", "ur", "ug", "sd", "ps"}, "hi": {"hi", "mr", "ne", "sa", "kok"},
    "ru": {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tt", "ba", "cv"}, "he": {"he", "iw", "yi"}, "bn": {"bn", "as"},
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What espeak gave: samples at 48 kHz, the voice and rate it used."""

    sound: Samples
    voice: str
    rate: int


class AnimaticVoice:
    """Answers `line` with speech of at most the seconds asked; `fits` in the answer is False where even hurrying is too slow.

    A line that does not fit is returned whole and longer: no word is ever cut.
    """

    card = CARDS[Role.VOICE]

    @staticmethod
    def available() -> bool:
        """Whether the voice extra is installed."""
        return voiced()

    async def make(self, request: Request) -> Reply:
        """Speak one line; raises `InvalidInput` for another task, `Unavailable` without espeak-ng."""
        if request.task != "line":
            message = f"The voice speaks lines; it cannot answer {request.task!r}."
            raise InvalidInput(message)
        text, seconds = _speakable(str(request.payload["text"])), cast("float", request.payload["seconds"])
        profile = VoiceProfile.model_validate(request.payload["voice"])
        spoken = await _spoken(text, profile, str(request.payload["language"]), seconds)
        sound = _without_pauses(spoken.sound, sample_count(seconds))
        fits = len(sound) <= sample_count(seconds)
        content: Json = {"fits": fits, "seconds": round(len(sound) / RATE, 4), "voice": spoken.voice, "rate": spoken.rate}
        return Reply(content, (Made("speech", wav(_finished(sound)), "audio/wav", seconds=len(sound) / RATE),), cost_usd=0.0)


def _speakable(text: str) -> str:
    """The text without what is seen and not said: emoji, control characters, stage marks."""
    said = "".join(" " if unicodedata.category(letter) in {"So", "Sk", "Cc", "Cf", "Co", "Cn"} else letter for letter in text)
    return re.sub(r"\s+", " ", re.sub(r"[*_#~^|<>\[\]{}]", " ", said)).strip()


def _voices(text: str, language: str, variant: str) -> list[str]:
    """Names of espeak's voices to try in order: the language, its primary tag, the language the script suggests, English."""
    tag = language.strip().lower().replace("_", "-")
    primary = tag.partition("-")[0]
    tried = [_ALIASES.get(tag, tag), _ALIASES.get(primary, primary), "en"]
    written = _written_in(text)
    if written is not None and primary not in _SAME_SCRIPT.get(written, {written}):
        tried.insert(0, written)
    names = [name for name in dict.fromkeys(tried) if re.fullmatch(r"[a-z0-9-]+", name)]
    suffix = f"+{variant}" if re.fullmatch(r"[A-Za-z0-9]{1,24}", variant) else ""
    return [name + suffix for name in names]


def _written_in(text: str) -> str | None:
    """The language that most of a text's letters suggest by their script; None for Latin letters."""
    letters = [unicodedata.name(letter, "") for letter in text if letter.isalpha()]
    for script, language in _SCRIPTS:
        share = sum(name.startswith(script) for name in letters)
        # Japanese is told by its kana even where most of a line is kanji.
        if share * (10 if language == "ja" else 2) > len(letters):
            return language
    return None


async def _spoken(text: str, profile: VoiceProfile, language: str, seconds: float) -> Spoken:
    """One line through a fresh espeak process; raises `Unavailable` where the extra is missing or espeak fails."""
    if not any(letter.isalnum() for letter in text):
        return Spoken(np.zeros(min(sample_count(seconds), RATE // 10), np.float32), "none", 0)
    library, data = _installed()
    top = max(profile.rate, min(_FASTEST, round(profile.rate * _HURRY)))
    asked: Json = {"library": library, "data": data, "text": text, "voices": _voices(text, language, profile.variant),
                   "rate": profile.rate, "top_rate": top, "pitch": profile.pitch, "seconds": max(0.05, seconds)}
    raw = await _run(json.dumps(asked).encode())
    header, _, samples = raw.partition(b"\n")
    told = cast("dict[str, Json]", json.loads(header))
    voice = np.frombuffer(samples, "<i2").astype(np.float32) / 32768
    return Spoken(resampled(voice, cast("int", told["sample_rate"])), str(told["voice"]), cast("int", told["rate"]))


def _installed() -> tuple[str, str]:
    """Paths of espeak-ng's library and data; raises `Unavailable` where the extra is missing."""
    try:
        import espeakng_loader
    except ImportError as error:
        message = "No voice is installed: run `pip install aiuteur[voice]`, or make the film with captions alone."
        raise Unavailable(message) from error
    return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())


async def _run(asked: bytes) -> bytes:
    """What the espeak program answers; raises `Unavailable` with its last words where it fails or hangs."""
    pipe = asyncio.subprocess.PIPE
    program = (sys.executable, "-I", "-S", str(_PROGRAM))
    process = await asyncio.create_subprocess_exec(*program, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        out, complaint = await asyncio.wait_for(process.communicate(asked), _TIMEOUT)
    except TimeoutError as error:
        message = f"espeak-ng did not finish a line within {_TIMEOUT:.0f} s."
        raise Unavailable(message) from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        message = f"espeak-ng could not speak a line ({complaint.decode(errors='replace').strip()[-200:]})."
        raise Unavailable(message)
    return out


def _without_pauses(sound: Samples, room: int) -> Samples:
    """A line whose inner pauses are shortened, longest share first, just as far as it needs to fit `room` samples."""
    if len(sound) <= room:
        return sound
    step = RATE // 100
    blocks = np.abs(sound[: len(sound) // step * step]).reshape(-1, step).max(axis=1) < 0.01
    keep = np.ones(len(sound), bool)
    over = len(sound) - room
    for first, last in _runs(blocks):
        spare = min(over, max(0, (last - first) * step - int(_PAUSE * RATE)))
        middle = (first + last) * step // 2
        keep[middle - spare // 2 : middle - spare // 2 + spare] = False
        over -= spare
    return sound[keep]


def _runs(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Sequence[tuple[int, int]]:
    """Stretches of True as (first, one past the last), longest first."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    pairs = [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]
    return sorted(pairs, key=lambda pair: pair[0] - pair[1])


def _finished(sound: Samples) -> Samples:
    """A line at an even level, espeak's buzz above 5 kHz and boom below 90 Hz taken back, with soft ends."""
    if not len(sound) or not sound.any():
        return sound
    size = smooth_size(len(sound) + RATE // 10)
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    shape = (hertz / (hertz + 60)) ** 2 / np.sqrt(1 + (hertz / 5200) ** 4) * (1 + 0.35 * np.exp(-(((hertz - 2600) / 1400) ** 2)))
    toned = np.fft.irfft(np.fft.rfft(sound, size) * shape, size)[: len(sound)].astype(np.float32)
    active = toned[np.abs(toned) > 0.02 * np.abs(toned).max()]
    gain = _LEVEL / max(1e-6, float(np.sqrt(np.mean(active**2))))
    toned *= min(gain, _PEAK / max(1e-6, float(np.abs(toned).max())))
    fade = min(len(toned) // 2, RATE // 200)
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    toned[:fade] *= ramp
    toned[len(toned) - fade :] *= ramp[::-1]
    return toned
