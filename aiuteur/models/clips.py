"""Clips from a distance: what a shot asks of a video model that makes only certain lengths and shapes, and what comes back.

Belongs here: planning around a model's limits, and looking at a clip before it is kept. Does not belong here: any provider's wire
form, the poller (`aiuteur.models.polling`), or the house format (`aiuteur.models.arrival`).
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from aiuteur.craft.prices import Usage
from aiuteur.errors import Corrupt, InvalidInput, Unavailable
from aiuteur.film.takes import Motion
from aiuteur.models.catalogue import Model
from aiuteur.models.protocols import Ended, Made, Pending, Reference, Reply, Request, Spoiled

if TYPE_CHECKING:
    from aiuteur.models.protocols import Submitting

MAX_BYTES: Final = 512 * 1024 * 1024
MAX_SECONDS: Final = 60.0
_PIXELS: Final = 4096 * 2304


@dataclass(frozen=True, slots=True)
class Filmed:
    """What is asked for: a length the model makes, no shorter than the shot; its shape; the frames it begins and ends on.

    `last` is the frame it ends on where the model takes one; `guide` is that frame where it is only shown to it.
    """

    seconds: float
    width: int
    height: int
    aspect_ratio: str
    resolution: str
    start: Reference | None
    last: Reference | None
    guide: Reference | None


def filmed(request: Request, model: Model) -> Filmed:
    """What a clip's request becomes at a model; raises `InvalidInput` for one that is none, `Refused` past the longest clip."""
    if request.task != "clip" or not request.prompt:
        message = f"{model.full_name} films clips from words; it cannot do {request.task!r}."
        raise InvalidInput(message)
    try:
        motion = Motion.model_validate(request.payload.get("motion"))
        width, height = (int(str(request.payload[side])) for side in ("width", "height"))
    except (ValidationError, KeyError, ValueError) as error:
        message = f"The clip's motion or size cannot be read: {error}."
        raise InvalidInput(message) from error
    shown = {reference.role: reference for reference in request.references}
    end = shown.get("end_frame")
    return Filmed(
        model.lasting(motion.seconds), width, height, nearest(width / height, model.aspect_ratios), _resolution(model),
        shown.get("start_frame") if model.first_frame or model.references else None,
        end if model.last_frame else None, end if not model.last_frame and model.references > 1 else None,
    )


def nearest(ratio: float, offered: tuple[str, ...]) -> str:
    """The offered aspect ratio that is closest to one, on a scale where twice as wide is as far as twice as tall; "" of none."""
    def distance(name: str) -> float:
        wide, tall = (float(part) for part in name.split(":"))
        return max(ratio * tall / wide, wide / tall / ratio)

    return min(offered, key=distance, default="")


def _resolution(model: Model) -> str:
    """The house works at 720 lines; a model that has no such thing makes its smallest."""
    return "720p" if "720p" in model.resolutions else next(iter(model.resolutions), "")


def fetched(data: bytes, who: str, usage: Usage, operation: str | None = None) -> Reply:
    """A clip as it came, looked at before it is kept; raises `Spoiled` for what is no video, cut short, or past all bounds."""
    from aiuteur.media.probe import probe

    try:
        found = probe(data, max_bytes=MAX_BYTES, max_pixels=_PIXELS, max_seconds=MAX_SECONDS)
    except (InvalidInput, Corrupt) as error:
        message = f"{who} sent what is no clip: {error}"
        raise Spoiled(message, Reply(usage=usage.document(), operation=operation)) from error
    if found.picture is None or not found.seconds:
        message = f"{who} sent what is no clip: there are no moving pictures in it."
        raise Spoiled(message, Reply(usage=usage.document(), operation=operation))
    video = Made("video", data, "video/mp4", found.picture.width, found.picture.height, found.seconds)
    return Reply(media=(video,), usage=usage.document(), operation=operation)


async def watched(maker: "Submitting", request: Request) -> Reply:
    """Hand in, ask after and wait, for who has no poller; raises `Unavailable` where it ended without a clip."""
    operation = await maker.submit(request, "")
    while isinstance(found := await maker.poll(operation), Pending):  # noqa: ASYNC110 - the provider offers nothing to wait on
        await asyncio.sleep(found.after or 5.0)
    if isinstance(found, Ended):
        raise Unavailable(found.reason)
    return found
