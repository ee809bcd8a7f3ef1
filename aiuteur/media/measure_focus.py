"""Focus, measured: how sharp a picture is for its contrast, and where the weight of its edges lies.

Belongs here: signals as numbers. Does not belong here: what is good enough (`aiuteur.media.gates`).
"""

from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.media.measure_light import levels
from aiuteur.media.measure_pass import Seen

_EVERY: Final = 8
_COARSER: Final = (2, 4, 8)
_NOISE, _FLAT = 0.5, 8.0
"""Levels of edges and of contrast that keep a nearly flat picture from looking sharp."""


class Focus:
    """How sharp a clip is."""

    def __init__(self) -> None:
        self._edges: list[float] = []
        self._acuity: list[tuple[float, ...]] = []

    def see(self, seen: Seen) -> None:
        """Take note of every eighth frame: focus drifts slowly."""
        if seen.n % _EVERY == 0:
            self._edges.append(edges(seen.small))
            self._acuity.append(acuity(seen.half))

    def middle(self) -> tuple[float, tuple[float, ...]]:
        """Medians of the edges' strength at 320 pixels' width, and of acuity."""
        if not self._edges:
            return 0.0, (0.0,) * (len(_COARSER) + 1)
        return float(np.median(self._edges)), tuple(float(value) for value in np.median(np.array(self._acuity), axis=0))


def edges(small: MatLike) -> float:
    """The standard deviation of the Laplacian."""
    return float(cv2.meanStdDev(cv2.Laplacian(small, cv2.CV_16S))[1][0, 0])


def acuity(half: MatLike) -> tuple[float, ...]:
    """How strong the finest edges are: against those twice, four and eight times as coarse, and for the contrast there is.

    Defocus takes the finest first. The nearer scales are true whatever falls through the air, the farther ones tell how far it
    has gone; the last (a square root, since it varies more) tells where no edges are left at all.
    """
    finest = _edges_at(half, 1)
    against = [finest / _edges_at(half, scale) for scale in _COARSER]
    return (*against, (finest / (levels(half)[1] + _FLAT)) ** 0.5)


def _edges_at(luma: MatLike, scale: int) -> float:
    size = (luma.shape[1] // scale, luma.shape[0] // scale)
    return edges(cv2.GaussianBlur(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), (3, 3), 0)) + _NOISE


def off_centre(small: MatLike) -> float:
    """How far the weight of a picture's edges lies from the middle, 0 to 1 at a side."""
    found = cv2.convertScaleAbs(cv2.Laplacian(cv2.GaussianBlur(small, (5, 5), 0), cv2.CV_16S))
    moments = cv2.moments(found)
    if not moments["m00"]:
        return 1.0
    height, width = small.shape
    x, y = moments["m10"] / moments["m00"] / (width - 1), moments["m01"] / moments["m00"] / (height - 1)
    return 2 * max(abs(x - 0.5), abs(y - 0.5))
