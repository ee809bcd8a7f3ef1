"""From the start frame's figures to the end frame's: a dissolve of what differs, in the middle third of a clip.

Belongs here: finding what moved between two pictures of one set-up, and fading it in. Does not belong here: the camera's own
movement, which goes on beneath (`camera.path`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.media.encode import Canvas
from aiuteur.models.animatic.camera.laying import cross, lay
from aiuteur.models.animatic.camera.path import Path, ease
from aiuteur.models.animatic.camera.planes import PAD, CutOut, Plane, cut_out

_LONGEST: Final = 12
"""Frames that a dissolve of figures takes at most."""
_SEEN: Final = 10
"""A difference of 8-bit values that counts, after a blur that evens out grain."""
_ANOTHER_SET_UP: Final = 0.6
"""Where more of the frame than this differs, the whole picture dissolves."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """One depth of a clip: the plane it starts with, and the cut-out it ends with where that is another.

    What `stays` is covered by what comes, anything else gives way to it.
    """

    depth: float
    before: Plane | None
    after: CutOut | None = None
    stays: bool = True

    def draw(self, canvas: Canvas, path: Path, n: int) -> None:
        """Draw this depth as it is at frame `n`."""
        come, window = _come(path.frames, n), path.window(n, self.depth)
        if isinstance(self.before, CutOut) and self.after is not None and not self.stays and 0 < come < 1:
            cross(self.before, self.after, window, canvas, come)
            return
        left = 1.0 if self.stays else 1 - come
        if self.before is not None and left > 0:
            lay(self.before, window, canvas, left)
        if self.after is not None and come > 0:
            lay(self.after, window, canvas, come)


def _come(frames: int, n: int) -> float:
    """How far a dissolve has come at frame `n`: within the middle third, and never so slow that two figures stand for one."""
    lasts = min(_LONGEST, max(1.0, frames / 3))
    return ease(min(1.0, max(0.0, (n - (frames - 1) / 2) / lasts + 0.5)))


def patch_between(start: MatLike, end: MatLike, size: tuple[int, int], depth: float) -> CutOut | None:
    """What has to cover one BGR picture to make another of it, as a cut-out for planes of `size`; None for alike pictures."""
    mask = difference(start, end)
    high, wide = mask.shape
    above, before = (size[1] - high) // 2, (size[0] - wide) // 2
    sides = (above, size[1] - high - above, before, size[0] - wide - before)
    alpha = cv2.copyMakeBorder(mask, *sides, cv2.BORDER_REPLICATE)
    return cut_out(cv2.copyMakeBorder(end, *sides, cv2.BORDER_REFLECT_101), alpha, depth)


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


def depth_of(patch: CutOut, planes: Sequence[Plane]) -> float:
    """The depth of the cut-out that most of a patch lies on, of the farthest plane where it lies on none."""
    changed = _spread(patch)
    best, depth = 0, planes[0].depth
    for plane in planes:
        if isinstance(plane, CutOut):
            shared = int(np.count_nonzero(cv2.bitwise_and(changed, _spread(plane))))
            if shared > best:
                best, depth = shared, plane.depth
    return depth


def _spread(plane: CutOut) -> MatLike:
    """Where a cut-out is, as 0 and 1 over its whole size."""
    whole = np.zeros((plane.size[1], plane.size[0]), np.uint8)
    inner = plane.full[1][PAD:-PAD, PAD:-PAD]
    whole[plane.top : plane.top + plane.height, plane.left : plane.left + plane.width] = inner < 128
    return whole
