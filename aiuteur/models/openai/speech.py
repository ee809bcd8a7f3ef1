"""Speech from OpenAI: one line of dialogue in one of its voices.

Belongs here: the wire form, and which voice a profile gets. Does not belong here: where a line stands in its scene.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from aiuteur.craft.prices import Usage
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import VoiceProfile
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready
from aiuteur.models.openai.clients import Line
from aiuteur.models.protocols import Reply, Request
from aiuteur.models.understanding import spoken
from aiuteur.models.voices import voice

_WOMEN: Final = ("sage", "coral", "nova", "shimmer")
_MEN: Final = ("onyx", "ash", "echo", "verse")
"""Voices from low to high."""

_ORDINARY: Final = 160
"""Words a minute of an unhurried reader."""


class SpeechVoice(Ready):
    """Answers `line` by `POST /audio/speech`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside the text, written out."""
        profile = VoiceProfile.model_validate(request.payload["voice"])
        speed = round(min(1.5, max(0.75, profile.rate / _ORDINARY)), 2)
        return {"voice": voice(profile, _WOMEN, _MEN), "speed": speed, "response_format": "wav", **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Speak one line; raises `Corrupt` where what came is no sound."""
        if request.task != "line":
            message = f"A voice speaks lines; {self._line.model.full_name} cannot answer {request.task!r}."
            raise InvalidInput(message)
        text, sent = str(request.payload["text"]), self.parameters(request)
        with self._line.explained():
            answer = await self._line.client.audio.speech.create(model=self.card.name, input=text, **sent)
            data = answer.content
        seconds = float(cast("float", request.payload["seconds"]))
        return spoken(data, seconds, Usage(characters=len(text)), str(sent["voice"]))
