"""Speech from Gemini: one line of dialogue in one of its voices.

Belongs here: the wire form, and which voice a profile gets. Does not belong here: where a line stands in its scene.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from aiuteur.errors import InvalidInput
from aiuteur.film.bible import VoiceProfile
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready
from aiuteur.models.google.clients import Line
from aiuteur.models.google.content import blob, generated, usage
from aiuteur.models.protocols import Reply, Request, Spoiled
from aiuteur.models.understanding import spoken
from aiuteur.models.voices import voice

_WOMEN: Final = ("Gacrux", "Kore", "Aoede", "Leda")
_MEN: Final = ("Algenib", "Charon", "Iapetus", "Puck")
"""Voices from low to high."""

_RATE: Final = 24_000


class GeminiVoice(Ready):
    """Answers `line` by `generateContent` with sound for an answer."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside the text, written out."""
        return {"voice": voice(VoiceProfile.model_validate(request.payload["voice"]), _WOMEN, _MEN), **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Speak one line; raises `Spoiled` where what came is no sound."""
        if request.task != "line":
            message = f"A voice speaks lines; {self._line.model.full_name} cannot answer {request.task!r}."
            raise InvalidInput(message)
        name = str(self.parameters(request)["voice"])
        answer = await generated(
            self._line, [{"role": "user", "parts": [{"text": str(request.payload["text"])}]}],
            {"response_modalities": ["AUDIO"],
             "speech_config": {"voice_config": {"prebuilt_voice_config": {"voice_name": name}}}},
        )
        found = blob(answer)
        if found is None:
            message = f"{self._line.model.full_name} answered without a sound."
            raise Spoiled(message, Reply(usage=usage(answer).document()))
        seconds = float(cast("float", request.payload["seconds"]))
        return spoken(found[0], seconds, usage(answer), name, _rate(found[1]))


def _rate(mime: str) -> int | None:
    """Hertz of bare samples (`audio/L16;rate=24000`); None for a sound in a container."""
    if "l16" not in mime.lower() and "pcm" not in mime.lower():
        return None
    found = re.search(r"rate=(\d+)", mime)
    return int(found[1]) if found else _RATE
