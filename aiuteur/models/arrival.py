"""Arrival: what a maker sent is brought to the house's terms before it is stored.

Belongs here: conforming clips as they come. Does not belong here: how a clip is conformed (`aiuteur.media.conform`).
"""

from collections.abc import Sequence
from typing import Final

from aiuteur.film.formats import FPS
from aiuteur.models.protocols import Made, Request

_CLIP: Final = "clip"


def arrived(request: Request, made: Sequence[Made]) -> list[Made]:
    """The media of a reply, each video of a clip in the house format; what it was before and its sound are kept beside it.

    Raises `InvalidInput` or `Corrupt` for a clip that is none.
    """
    kept: list[Made] = []
    for item in made:
        kept += _conformed(request, item) if request.task == _CLIP and item.role == "video" else [item]
    return kept


def _conformed(request: Request, made: Made) -> list[Made]:
    from aiuteur.media.conform import conform  # PyAV loads only where a clip arrives
    from aiuteur.media.encode import House

    house = House(int(str(request.payload["width"])), int(str(request.payload["height"])))
    found = conform(made.data, house)
    kept = [Made("video", found.video, "video/mp4", house.width, house.height, _seconds(found.video, made))]
    if found.original is not None:
        kept.append(Made("original", found.original, made.mime, made.width, made.height, made.seconds))
    if found.stem is not None:
        kept.append(Made("stem", found.stem, "audio/flac", seconds=made.seconds))
    return kept


def _seconds(video: bytes, made: Made) -> float | None:
    """How long the conformed video is: as sent where it was not touched, else by its frames."""
    if video is made.data and made.seconds is not None:
        return made.seconds
    from aiuteur.media.probe import probe

    picture = probe(video).picture
    return picture.frames / FPS if picture is not None and picture.frames else made.seconds
