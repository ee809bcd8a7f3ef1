"""One line spoken by espeak-ng, in a process of its own: a program, not a module to import.

Belongs here: espeak-ng's C interface. espeak keeps global state that changes what it says next, so each line gets a fresh
process, started with `-I -S` (about 0.03 s) and therefore with the standard library only.
Does not belong here: what a line sounds like afterwards (`aiuteur.models.animatic.voice`).

Reads one JSON document {library, data, text, voices, rate, top_rate, pitch, seconds} from standard input; writes one line of JSON
{voice, rate, sample_rate} and then 16-bit little-endian mono samples.
"""

from __future__ import annotations

import ctypes
import json
import sys
from array import array

_RETRIEVAL = 1  # AUDIO_OUTPUT_RETRIEVAL: samples come back through the callback, nothing is played
_RATE, _PITCH = 1, 3  # espeakRATE, espeakPITCH
_UTF8 = 1  # espeakCHARS_UTF8
_TRIES = 4
_SILENT = 60  # of 32767


class Espeak:
    """The library, initialised once; `speak` may be called a few times before its state has drifted audibly."""

    def __init__(self, library: str, data: str) -> None:
        self._heard = bytearray()
        self._library = ctypes.CDLL(library)
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._hear)
        self.sample_rate = int(self._library.espeak_Initialize(_RETRIEVAL, 0, data.encode(), 0))
        if self.sample_rate <= 0:
            message = f"espeak-ng does not start with its data in {data}."
            raise SystemExit(message)
        self._library.espeak_SetSynthCallback(self._callback)
        # Else the clock seeds the noise of which breathy voices (f2, f3, whisper) are made.
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(1))

    def _hear(self, samples: object, count: int, _events: object) -> int:
        """Collect what was synthesised; called by espeak with a null pointer at the end."""
        if samples and count > 0:
            self._heard += ctypes.string_at(samples, 2 * count)  # pyright: ignore[reportArgumentType] - a pointer
        return 0

    def choose(self, voices: list[str]) -> str:
        """Set the first voice that exists (0 is found) and return its name."""
        for voice in voices:
            if self._library.espeak_SetVoiceByName(voice.encode()) == 0:
                return voice
        message = f"espeak-ng has none of the voices {', '.join(voices)}."
        raise SystemExit(message)

    def speak(self, text: str, rate: int, pitch: int) -> array[int]:
        """The samples of a text, spoken at so many words a minute, without the silence around it."""
        self._library.espeak_SetParameter(_RATE, rate, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)
        self._heard.clear()
        raw = text.encode() + b"\0"
        self._library.espeak_Synth(raw, ctypes.c_size_t(len(raw)), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return _trimmed(array("h", bytes(self._heard)), self.sample_rate // 100)


def _trimmed(samples: array[int], step: int) -> array[int]:
    """Samples without the silent blocks (of `step` samples) at either end, one block of air kept."""
    loud = [at for at in range(0, len(samples), step) if max(samples[at : at + step]) - min(samples[at : at + step]) > _SILENT]
    return samples[max(0, loud[0] - step) : loud[-1] + 2 * step] if loud else array("h")


def main() -> None:
    """Speak the line on standard input, faster and faster up to the bound until it fits its seconds."""
    asked = json.load(sys.stdin)
    espeak = Espeak(asked["library"], asked["data"])
    voice, rate = espeak.choose(asked["voices"]), int(asked["rate"])
    samples = espeak.speak(asked["text"], rate, asked["pitch"])
    for _ in range(_TRIES):
        over = len(samples) / espeak.sample_rate / asked["seconds"]
        if over <= 1 or rate >= asked["top_rate"]:
            break
        rate = min(asked["top_rate"], round(rate * max(over * 1.02, 1.03)))
        samples = espeak.speak(asked["text"], rate, asked["pitch"])
    header = json.dumps({"voice": voice, "rate": rate, "sample_rate": espeak.sample_rate})
    sys.stdout.buffer.write(header.encode() + b"\n" + samples.tobytes())


if __name__ == "__main__":
    main()
