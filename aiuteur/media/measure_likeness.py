"""Likeness, measured: whether a clip begins and ends on the pictures it should.

Belongs here: comparing pictures by structure. Does not belong here: what is good enough (`aiuteur.media.gates`), or how well
shots go together (`measure_kinship`).
"""

from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.media.measure_pass import Seen

_SMALL: Final = (160, 90)
_SPECK: Final = 5
_LOCAL, _AROUND, _FAINT = 8.0, 12.0, 4.0
"""Structure is what stands out from its surroundings (σ in pixels), for the contrast there is around it (σ, and a floor in
levels)."""

_JOLT: Final = (16, 8)
"""How far the frame may stand off, in pixels."""

_SCALES: Final = (0.92, 0.96, 1.0, 1.04, 1.08)
"""How much nearer or farther it may be."""


class Ends:
    """The first and the last frame of a clip, as thumbnails."""

    def __init__(self) -> None:
        self.first: MatLike | None = None
        self._last: MatLike | None = None

    def see(self, seen: Seen) -> None:
        """Keep the first frame and the latest."""
        if self.first is None:
            self.first = thumb(seen.half)
        self._last = seen.half

    @property
    def last(self) -> MatLike | None:
        """The last frame seen."""
        return None if self._last is None else thumb(self._last)


def thumb(luma: MatLike) -> MatLike:
    """A picture as small as likenesses are measured at (90×160); what falls through the air is taken out."""
    return cv2.medianBlur(cv2.resize(luma, _SMALL, interpolation=cv2.INTER_AREA), _SPECK)


def likeness(one: MatLike, other: MatLike) -> float:
    """How like the structure of two thumbnails is, 0 to 1, whatever their brightness: as it stands, or found again nearby.

    The correlation (OpenCV's TM_CCOEFF_NORMED) of the middle of one with the other, at the best place and scale within what a
    codec or a model's own cropping moves.
    """
    first, second = structure(one), structure(other)
    middle = first[_JOLT[1] : -_JOLT[1], _JOLT[0] : -_JOLT[0]]
    best = 0.0
    for scale in _SCALES:
        sized = cv2.resize(middle, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        best = max(best, float(cv2.matchTemplate(second, sized, cv2.TM_CCOEFF_NORMED).max()))
    return best


def structure(luma: MatLike) -> MatLike:
    """What stands out from its surroundings, in units of the contrast around it: light and shade alone are no structure."""
    found = luma.astype(np.float32)
    found -= cv2.GaussianBlur(found, (0, 0), _LOCAL)
    return found / (cv2.sqrt(cv2.GaussianBlur(found * found, (0, 0), _AROUND)) + _FAINT)
