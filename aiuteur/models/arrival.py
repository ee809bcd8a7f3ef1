"""Arrival: what a maker sent is brought to the house's terms before it is stored.

Belongs here: conforming clips, and fitting pictures, as they come. Does not belong here: how that is done (`aiuteur.media`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from aiuteur.film.formats import FPS
from aiuteur.models.protocols import Made, Request

_CLIP: Final = "clip"


def arrived(request: Request, made: Sequence[Made]) -> list[Made]:
    """The media of a reply: a clip in the house format and no longer than its shot, a picture a PNG of exactly its size.

    What a medium was before, and a clip's sound, are kept beside it. Raises `InvalidInput` or `Corrupt` for what is none.
    """
    kept: list[Made] = []
    for item in made:
        if request.task == _CLIP and item.role == "video":
            kept += _conformed(request, item)
        else:
            kept += _fitted(request, item) if item.role == "picture" else [item]
    return kept


def _fitted(request: Request, made: Made) -> list[Made]:
    """A picture as it was asked for; one that is already so stays byte for byte."""
    asked = request.payload.get("picture")
    width, height = (cast("int | None", asked.get(side)) if isinstance(asked, Mapping) else None for side in ("width", "height"))
    fits = (made.mime, made.width, made.height) == ("image/png", width, height)
    if width is None or height is None or made.width is None or fits:
        return [made]
    from aiuteur.media.pictures import fit  # OpenCV loads only where a foreign picture arrives

    return [Made("picture", fit(made.data, width, height), "image/png", width, height),
            Made("original", made.data, made.mime, made.width, made.height)]


def _conformed(request: Request, made: Made) -> list[Made]:
    from aiuteur.media.conform import conform  # PyAV loads only where a clip arrives
    from aiuteur.media.encode import House

    house = House(int(str(request.payload["width"])), int(str(request.payload["height"])))
    motion = cast("Mapping[str, Any]", request.payload.get("motion") or {})
    found = conform(made.data, house, seconds=motion.get("seconds", request.payload.get("seconds")))
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
