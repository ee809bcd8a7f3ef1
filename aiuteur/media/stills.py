"""Stills: a clip as a few pictures, for whoever looks but does not watch.

Belongs here: picking and encoding frames of a clip. Does not belong here: measuring them (`aiuteur.media.measure`).
"""

import io
from typing import Final

import av
import cv2
from av.error import FFmpegError

from aiuteur.errors import Corrupt

_QUALITY: Final = 88


def stills(data: bytes, count: int) -> list[tuple[float, bytes]]:
    """Up to `count` frames spread evenly over a clip, first and last among them: seconds from its start, and a JPEG of each.

    Raises `Corrupt` for what cannot be decoded.
    """
    try:
        with av.open(io.BytesIO(data), "r") as container:
            frames = [(frame.time or 0.0, frame.to_ndarray(format="bgr24")) for frame in container.decode(video=0)]
    except (FFmpegError, IndexError) as error:
        message = f"A clip cannot be decoded ({error}): make it again."
        raise Corrupt(message) from error
    last = len(frames) - 1
    wanted = sorted({round(last * place / max(1, count - 1)) for place in range(min(count, len(frames)))})
    return [(frames[place][0], _jpeg(frames[place][1])) for place in wanted]


def _jpeg(pixels: cv2.typing.MatLike) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
