"""The built-in illustrator: draws key images and frames from their drawing briefs, without a key and the same every time.

Belongs here: the answer to a request. Does not belong here: drawing (`aiuteur.models.animatic.art`).

The media of a frame: `picture`, a PNG of exactly the size asked; then `layer`s farthest first, all `OVERSCAN` times as large:
the background (JPEG, with vignette and grain), and PNGs with alpha for what stands before it. Rain and snow that fall are in the
picture alone, since the cinematographer makes them move.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor
from types import MappingProxyType
from typing import Final

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.crew import ModelCard, Role
from aiuteur.models.animatic.cards import CARDS
from aiuteur.models.protocols import Made, Reference, Reply, Request

CARD: Final = CARDS[Role.ILLUSTRATOR]
_TASKS: Final = frozenset({"key_image", "frame"})
_PLAIN: Final[Mapping[str, Json]] = MappingProxyType({})
_BEGUN: Final = {"continues": "picture", "continues_layer": "layer"}
"""What a shot that goes on from another begins with: that one's end frame, and its layers."""


class AnimaticIllustrator:
    """Answers key_image and frame by drawing, in `executor` where one is given, else in a thread."""

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return CARD

    async def make(self, request: Request) -> Reply:
        """Draw the picture of a request; raises `InvalidInput` for another task or a brief that cannot be read."""
        if request.task not in _TASKS:
            message = f"The illustrator was asked for {request.task!r}: it draws only {' and '.join(sorted(_TASKS))}."
            raise InvalidInput(message)
        if any(reference.role == "continues" for reference in request.references):
            return Reply(media=[_begun(reference) for reference in request.references if reference.role in _BEGUN])
        loop = asyncio.get_running_loop()
        asked = (request.seed, dict(request.parameters))
        media = await loop.run_in_executor(self._executor, draw, _document(request), request.task, *asked)
        return Reply(media=media)


def _begun(reference: Reference) -> Made:
    """The end frame of the shot before, unchanged: the camera rolls on."""
    return Made(
        _BEGUN[reference.role], reference.data, reference.mime, reference.width, reference.height, depth=reference.depth,
        overscan=reference.overscan,
    )


def _document(request: Request) -> str:
    from aiuteur.digest import canonical

    if "picture" not in request.payload:
        message = f"The request for a {request.task} has no 'picture': give the drawing brief under that name."
        raise InvalidInput(message)
    return canonical(request.payload["picture"]).decode()


def draw(document: str, task: str, seed: int | None = None, parameters: Mapping[str, Json] = _PLAIN) -> list[Made]:
    """Draw a picture document (JSON); pure, and callable in another process.

    A seed that is not the picture's own is another take of it, and so are parameters that lean it (see `art.varying`).

    Returns the picture, and for a frame its layers, farthest first.
    """
    from aiuteur.film.takes import Picture
    from aiuteur.models.animatic.art import compose, finish, varying  # the engines are loaded where drawing happens
    from aiuteur.models.animatic.art.framing import OVERSCAN

    picture = Picture.model_validate_json(document)
    back, layers = compose.planes(picture, studio=task == "key_image" and bool(picture.figures or picture.props))
    if task == "frame" and (wanted := varying.variation(seed, picture.seed, parameters)) is not None:
        back, layers = varying.varied((back, layers), (picture.width, picture.height), wanted)
    flat = compose.picture_of(picture, back, layers)
    media = [Made("picture", finish.png(flat), "image/png", picture.width, picture.height)]
    if task == "frame":
        height, width = back.shape[:2]
        background = finish.jpeg(compose.background_layer(picture, back))
        media.append(Made("layer", background, "image/jpeg", width, height, depth=0.0, overscan=OVERSCAN))
        media += [
            Made("layer", finish.png(finish.straight(plane.raster)), "image/png", width, height, depth=plane.depth,
                overscan=OVERSCAN) for plane in layers
        ]
    return media
