"""The built-in cinematographer: moves a camera over drawn layers, and lets the weather pass in front of it.

Belongs here: the request and the reply. Does not belong here: how a frame comes about (`aiuteur.models.animatic.camera`).
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Final

from pydantic import ValidationError

from aiuteur.errors import InvalidInput
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.takes import Motion
from aiuteur.media.encode import House
from aiuteur.models.animatic.cards import CARDS
from aiuteur.models.protocols import Made, Reference, Reply, Request

CARD: Final = CARDS[Role.CINEMATOGRAPHER]


class AnimaticCinematographer:
    """Answers `clip` by filming a request's start frame or layers; the work runs in `executor`, in a thread where None."""

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return CARD

    async def make(self, request: Request) -> Reply:
        """Film one clip; raises `InvalidInput` for another task, a motion that is none, or references that are no pictures."""
        motion, house = read_request(request)
        arguments = (motion, house, tuple(request.references))
        loop = asyncio.get_running_loop()
        data = await loop.run_in_executor(self._executor, film, *arguments)
        seconds = max(1, round(motion.seconds * motion.fps)) / motion.fps
        video = Made("video", data, "video/mp4", width=house.width, height=house.height, seconds=seconds)
        return Reply(media=(video,), usage={"seconds": seconds}, cost_usd=0.0)


def film(motion: Motion, house: House, references: Sequence[Reference]) -> bytes:
    """Film one clip in whatever process this is called in; the drawing libraries are loaded there, and only there."""
    from aiuteur.models.animatic.camera.shooting import shoot

    return shoot(motion, house, references)


def read_request(request: Request) -> tuple[Motion, House]:
    """The motion and the format a clip request asks for; raises `InvalidInput`."""
    if request.task != "clip":
        message = f"The cinematographer films clips; it cannot do {request.task!r}."
        raise InvalidInput(message)
    try:
        motion = Motion.model_validate(request.payload.get("motion"))
    except ValidationError as error:
        message = f"The clip's motion cannot be read: {error.errors()[0]['msg']} at {error.errors()[0]['loc']}."
        raise InvalidInput(message) from error
    width, height = request.payload.get("width"), request.payload.get("height")
    if not isinstance(width, int) or not isinstance(height, int):
        message = f"A clip's width and height are whole numbers of pixels, not {width!r} and {height!r}."
        raise InvalidInput(message)
    return _another_take(motion, request.seed), House(width, height, motion.fps)


def _another_take(motion: Motion, seed: int | None) -> Motion:
    """The motion of a take: with a seed not its own the camera goes a little farther or less far, and the air moves otherwise."""
    if seed is None or seed == motion.seed:
        return motion
    leaning = 0.75 + 0.5 * (seed % 1000) / 1000
    return motion.model_copy(update={"seed": seed, "travel": round(min(1.0, motion.travel * leaning), 4)})
