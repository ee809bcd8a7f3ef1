"""Pictures as they come: brought to the exact size that was asked for.

Belongs here: scaling and cropping a still. Does not belong here: drawing one, or measuring it (`aiuteur.media.measure`).
"""

import cv2
import numpy as np

from aiuteur.errors import Corrupt


def fit(data: bytes, width: int, height: int) -> bytes:
    """A picture as a PNG of exactly `width` × `height` pixels: scaled until it covers them, what stands over cut off evenly.

    Raises `Corrupt` for what cannot be decoded.
    """
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if found is None:
        message = "A picture cannot be decoded: ask for it again."
        raise Corrupt(message)
    high, wide = found.shape[:2]
    scale = max(width / wide, height / high)
    size = (max(width, round(wide * scale)), max(height, round(high * scale)))
    scaled = cv2.resize(found, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return cv2.imencode(".png", scaled[top : top + height, left : left + width])[1].tobytes()
