"""Pictures from OpenAI: generated from words, or edited from up to sixteen pictures.

Belongs here: the wire form of a picture's request. Does not belong here: what is in it (`aiuteur.prompts`), or bringing it to the
frame's exact size (`aiuteur.models.arrival`).
"""

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from aiuteur.craft.prices import Usage
from aiuteur.errors import InvalidInput
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready
from aiuteur.models.openai.clients import Line
from aiuteur.models.protocols import Reply, Request, Spoiled
from aiuteur.models.showing import Shown, shown
from aiuteur.models.understanding import pictured

if TYPE_CHECKING:
    from openai.types import ImagesResponse

_STEP: Final = 16
"""Sides are multiples of this many pixels."""


class ImagesIllustrator(Ready):
    """Answers key_image and frame: `POST /images/generations`, or `/images/edits` where there is something to look at."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside words and pictures, written out."""
        return {"size": _size(request), "quality": "medium", "output_format": "png", "n": 1, **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Ask for one picture; raises `Spoiled` where what came is none."""
        if not request.prompt:
            message = f"The request for a {request.task} has no words for {self._line.model.full_name} to draw from."
            raise InvalidInput(message)
        pictures = shown(request, self._line.model.references)
        with self._line.explained():
            answer = await self._asked(request, pictures)
            data, usage = answer.data, _usage(answer, self.parameters(request))
        if not data or not data[0].b64_json:
            message = f"{self._line.model.full_name} answered without a picture."
            raise Spoiled(message, Reply(usage=usage.document()))
        return pictured(_decoded(data[0].b64_json), self._line.model.full_name, usage)

    async def _asked(self, request: Request, pictures: list[Shown]) -> "ImagesResponse":
        images = self._line.client.images
        sent = {"model": self.card.name, **self.parameters(request)}
        if not pictures:
            generate = cast("Callable[..., Awaitable[ImagesResponse]]", images.generate)
            return await generate(prompt=request.prompt, **sent)
        edit = cast("Callable[..., Awaitable[ImagesResponse]]", images.edit)
        told = "\n".join(f"Picture {number}: {one.caption}" for number, one in enumerate(pictures, 1))
        files = [(f"{number}.{one.mime.partition('/')[2]}", one.data, one.mime) for number, one in enumerate(pictures, 1)]
        return await edit(image=files, prompt=f"{request.prompt}\n{told}", **sent)


def _size(request: Request) -> str:
    """The size asked for: that of the picture, its sides rounded up to what the model makes."""
    picture = cast("Mapping[str, int]", request.payload["picture"])
    width, height = (-(-picture[side] // _STEP) * _STEP for side in ("width", "height"))
    return f"{width}x{height}"


def _decoded(text: str) -> bytes:
    """The bytes that were sent; what is no base64 is no picture either."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _usage(answer: "ImagesResponse", asked: Mapping[str, Any]) -> Usage:
    told = answer.usage
    size, quality = str(asked["size"]), str(asked["quality"])
    if told is None:
        return Usage(images=1, size=size, quality=quality)
    details = told.input_tokens_details
    return Usage(
        input=details.text_tokens, image_input=details.image_tokens, image_output=told.output_tokens, images=1, size=size,
        quality=quality,
    )
