"""Pictures from Gemini: from words and up to fourteen pictures; an edit is the same call with the picture to be changed in it.

Belongs here: the wire form of a picture's request. Does not belong here: what is in it (`aiuteur.prompts`), or bringing it to the
frame's exact size (`aiuteur.models.arrival`).
"""

import base64
from collections.abc import Mapping
from typing import Any, cast

from aiuteur.errors import InvalidInput
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready
from aiuteur.models.clips import nearest
from aiuteur.models.google.clients import Line
from aiuteur.models.google.content import blob, generated, usage
from aiuteur.models.protocols import Reply, Request, Spoiled
from aiuteur.models.showing import shown
from aiuteur.models.understanding import pictured


class GeminiIllustrator(Ready):
    """Answers key_image and frame by `generateContent` with a picture for an answer."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside words and pictures, written out."""
        picture = cast("Mapping[str, int]", request.payload["picture"])
        ratio = nearest(picture["width"] / picture["height"], self._line.model.aspect_ratios)
        return {"aspect_ratio": ratio, "image_size": "1K", **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Ask for one picture; raises `Spoiled` where what came is none."""
        if not request.prompt:
            message = f"The request for a {request.task} has no words for {self._line.model.full_name} to draw from."
            raise InvalidInput(message)
        sent = self.parameters(request)
        parts = [part for one in shown(request, self._line.model.references) for part in (
            {"text": one.caption}, {"inline_data": {"mime_type": one.mime, "data": base64.b64encode(one.data).decode()}},
        )]
        answer = await generated(
            self._line, [{"role": "user", "parts": [*parts, {"text": request.prompt}]}],
            {"response_modalities": ["IMAGE"], "image_config": dict(sent)},
        )
        found = blob(answer)
        if found is None:
            message = f"{self._line.model.full_name} answered without a picture."
            raise Spoiled(message, Reply(usage=usage(answer).document()))
        return pictured(found[0], self._line.model.full_name, usage(answer, images=1, size=str(sent["image_size"])))
