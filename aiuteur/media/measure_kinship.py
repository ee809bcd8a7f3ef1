"""Kinship, measured: how well a shot goes into the next, and how like its key image a character's frame is.

Belongs here: proxies that need no trained weights, named as such: they compare colours and structure and know nobody's face.
They are told for information and fail no take. Does not belong here: gates (`aiuteur.media.gates`), which takes are compared
(`aiuteur.stages`).
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.errors import InvalidInput
from aiuteur.media.measure_likeness import likeness, thumb

_SIZE: Final = (320, 180)
_BINS: Final = (16, 12, 12)
_LAB: Final = [0.0, 256.0] * 3


@dataclass(frozen=True, slots=True)
class Kinship:
    """Two pictures compared, each 0 to 1: `colour` by Lab histograms (Bhattacharyya), `structure` in place or nearby."""

    colour: float
    structure: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is compared: small, in colour, and its structure."""

    small: MatLike
    thumb: MatLike


def picture(data: bytes) -> Picture:
    """Read a picture to compare it with others; raises `InvalidInput` for what is none."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if found is None:
        message = f"The {len(data)} bytes given are not a picture that can be read."
        raise InvalidInput(message)
    small = cv2.resize(found, _SIZE, interpolation=cv2.INTER_AREA)
    return Picture(small, thumb(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)))


def kinship(one: Picture, other: Picture) -> Kinship:
    """How akin two pictures are: the last frame of a shot and the first of the next."""
    return Kinship(_colours(one.small, other.small), likeness(one.thumb, other.thumb))


def resemblance(frame: Picture, key_image: Picture) -> float:
    """How much of a key image's middle, where somebody stands, has its colours in a frame, 0 to 1.

    The intersection of hue and saturation histograms (Swain and Ballard 1991, IJCV 7), taken of the key image's middle half:
    wardrobe, hair and skin, and no likeness of features.
    """
    shown, known = frame.small, key_image.small
    height, width = known.shape[:2]
    middle = known[height // 8 : height - height // 8, width // 4 : width - width // 4]
    wanted, found = (_hues(each) for each in (middle, shown))
    return float(np.minimum(wanted / wanted.sum(), found / found.sum() * (shown.size / middle.size)).sum())


def _colours(one: MatLike, other: MatLike) -> float:
    first, second = (
        cv2.calcHist([cv2.cvtColor(each, cv2.COLOR_BGR2LAB)], [0, 1, 2], None, list(_BINS), _LAB) for each in (one, other)
    )
    return 1 - float(cv2.compareHist(first, second, cv2.HISTCMP_BHATTACHARYYA))


def _hues(colours: MatLike) -> MatLike:
    return cv2.calcHist([cv2.cvtColor(colours, cv2.COLOR_BGR2HSV)], [0, 1], None, [24, 8], [0.0, 180.0, 0.0, 256.0])
