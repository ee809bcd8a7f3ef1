"""From the start frame's figures to the end frame's: a dissolve of what differs, in the middle third of a clip.

Belongs here: finding what moved between two pictures of one set-up, and fading it in. Does not belong here: the camera's own
movement, which goes on beneath (`camera.path`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.media.encode import Canvas
from aiuteur.models.animatic.camera.path import Path, ease
from aiuteur.models.animatic.camera.planes import CutOut, Plane, cut_out, lay

_SEEN: Final = 10
"""A difference of 8-bit values that counts, after a blur that evens out grain."""
_ANOTHER_SET_UP: Final = 0.6
"""Where more of the frame than this differs, the whole picture dissolves."""


@dataclass(frozen=True, slots=True)
class Dissolve:
    """The part of the end frame that differs, as a plane to fade in."""

    patch: CutOut

    @classmethod
    def between(cls, start: MatLike, end: MatLike, planes: Sequence[Plane]) -> Self | None:
        """What has to be faded in over `planes` to get from one BGR picture to another of its size; None for alike ones."""
        mask = difference(start, end)
        if not mask.any():
            return None
        width, height = planes[0].size
        high, wide = mask.shape
        above, before = (height - high) // 2, (width - wide) // 2
        sides = (above, height - high - above, before, width - wide - before)
        alpha = cv2.copyMakeBorder(mask, *sides, cv2.BORDER_REPLICATE)
        bgr = cv2.copyMakeBorder(end, *sides, cv2.BORDER_REFLECT_101)
        patch = cut_out(bgr, alpha, _depth_of(alpha, planes))
        return cls(patch) if patch is not None else None

    def draw(self, canvas: Canvas, path: Path, n: int) -> None:
        """Lay what differs over frame `n`, as far as the dissolve has come."""
        t = n / max(1, path.frames - 1)
        strength = ease(min(1.0, max(0.0, 3 * t - 1)))
        if strength > 0:
            lay(self.patch, path.window(n, self.patch.depth), canvas, strength)


def difference(start: MatLike, end: MatLike) -> MatLike:
    """Where two BGR pictures differ to the eye: a soft mask (H×W), all of it where they are of different set-ups."""
    height, width = start.shape[:2]
    small = (width // 4, height // 4)
    shrunk = [cv2.resize(picture, small, interpolation=cv2.INTER_AREA) for picture in (start, end)]
    apart = cv2.absdiff(*(cv2.GaussianBlur(picture, (5, 5), 0) for picture in shrunk)).max(axis=2)
    moved = (apart > _SEEN).astype(np.uint8) * 255
    moved = cv2.morphologyEx(moved, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    if np.count_nonzero(moved) > _ANOTHER_SET_UP * moved.size:
        return np.full((height, width), 255, np.uint8)
    wider = cv2.morphologyEx(moved, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    wider = cv2.dilate(wider, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    return cv2.resize(cv2.GaussianBlur(wider, (5, 5), 0), (width, height), interpolation=cv2.INTER_LINEAR)


def _depth_of(alpha: MatLike, planes: Sequence[Plane]) -> float:
    """The depth of the plane that most of what moved is on."""
    best, depth = 0, planes[0].depth
    for plane in planes:
        if isinstance(plane, CutOut):
            inverse = plane.full[1]
            part = alpha[plane.top : plane.top + inverse.shape[0], plane.left : plane.left + inverse.shape[1]]
            shared = int(np.count_nonzero((part > 127) & (inverse < 128)))
            if shared > best:
                best, depth = shared, plane.depth
    return depth
