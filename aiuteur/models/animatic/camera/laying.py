"""Planes onto a canvas: shifted or scaled to where the camera stands, blended by their alpha, crossed into one another.

Belongs here: pixels meeting pixels. Does not belong here: where the camera is (`camera.path`).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.media.encode import Canvas
from aiuteur.models.animatic.camera.planes import CutOut, Plane, Solid

_WARP: Final = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


class Window(NamedTuple):
    """What the lens sees of a plane: a scale, and how far in pixels of the plane it looks past the plane's centre."""

    scale: float
    x: float
    y: float


class Box(NamedTuple):
    """A part of a canvas."""

    left: int
    top: int
    width: int
    height: int

    def of(self, pixels: MatLike) -> MatLike:
        """The view of an array that this box covers."""
        return pixels[self.top : self.top + self.height, self.left : self.left + self.width]

    def halved(self) -> "Box":
        """The same part of a chroma plane."""
        return Box(*(side // 2 for side in self))

    def around(self, other: "Box") -> "Box":
        """The smallest box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right = max(self.left + self.width, other.left + other.width)
        bottom = max(self.top + self.height, other.top + other.height)
        return Box(left, top, right - left, bottom - top)


def lay(plane: Plane, window: Window, canvas: Canvas, strength: float = 1.0) -> None:
    """Draw a plane on a canvas as a window shows it; `strength` below 1 fades a cut-out."""
    if isinstance(plane, Solid):
        _cover(plane.y, window, canvas.y)
        half = Window(window.scale, window.x / 2, window.y / 2)
        _cover(plane.u, half, canvas.u)
        _cover(plane.v, half, canvas.v)
        return
    box = _reach(plane, window, canvas)
    if box is not None:
        for shown, targets in zip(_seen(plane, window, canvas, box), _parts(canvas, box), strict=True):
            _blend(_faded(shown, strength), targets)


def cross(before: CutOut, after: CutOut, window: Window, canvas: Canvas, come: float) -> None:
    """Draw one cut-out on its way to becoming another, `come` (0 to 1) of the way; what both cover stays covered."""
    boxes = [box for box in (_reach(before, window, canvas), _reach(after, window, canvas)) if box is not None]
    if not boxes:
        return
    box = boxes[0].around(boxes[-1])
    both = (_seen(before, window, canvas, box), _seen(after, window, canvas, box))
    for going, coming, targets in zip(*both, _parts(canvas, box), strict=True):
        mixed = [cv2.addWeighted(old, 1 - come, new, come, 0) for old, new in zip(going, coming, strict=True)]
        _blend(mixed, targets)


def _cover(source: MatLike, window: Window, target: MatLike) -> None:
    height, width = target.shape
    centre_x, centre_y = (source.shape[1] - 1) / 2 + window.x, (source.shape[0] - 1) / 2 + window.y
    if window.scale == 1.0:
        cv2.getRectSubPix(source, (width, height), (centre_x, centre_y), target)
        return
    step = 1 / window.scale
    matrix = np.array([[step, 0, centre_x - step * (width - 1) / 2], [0, step, centre_y - step * (height - 1) / 2]])
    cv2.warpAffine(source, matrix, (width, height), target, _WARP)


def _reach(plane: CutOut, window: Window, canvas: Canvas) -> Box | None:
    """The even-sided part of a canvas that a cut-out touches."""
    sides: list[tuple[int, int]] = []
    for start, count, whole, shift, room in (
        (plane.left, plane.full[0].shape[1], plane.size[0], window.x, canvas.y.shape[1]),
        (plane.top, plane.full[0].shape[0], plane.size[1], window.y, canvas.y.shape[0]),
    ):
        origin = (start - (whole - 1) / 2 - shift) * window.scale + (room - 1) / 2
        first = max(0, int(np.floor(origin)) // 2 * 2)
        last = min(room, (int(np.ceil(origin + count * window.scale)) + 1) // 2 * 2)
        if last <= first:
            return None
        sides.append((first, last - first))
    (left, wide), (top, high) = sides
    return Box(left, top, wide, high)


def _parts(canvas: Canvas, box: Box) -> tuple[list[MatLike], list[MatLike]]:
    """A box of the luma plane, and of both chroma planes."""
    return [box.of(canvas.y)], [box.halved().of(canvas.u), box.halved().of(canvas.v)]


def _seen(plane: CutOut, window: Window, canvas: Canvas, box: Box) -> tuple[Sequence[MatLike], Sequence[MatLike]]:
    """A cut-out's channels as they fall on a box, at full and at half resolution."""
    height, width = canvas.y.shape
    x = (plane.size[0] - 1) / 2 + window.x + (box.left - (width - 1) / 2) / window.scale - plane.left
    y = (plane.size[1] - 1) / 2 + window.y + (box.top - (height - 1) / 2) / window.scale - plane.top
    # Half a pixel of luma is a quarter of chroma: the centres of 2×2 blocks, not their corners, coincide.
    shift = (1 / window.scale - 1) / 4
    half = (x / 2 + shift, y / 2 + shift)
    size, small = (box.width, box.height), (box.width // 2, box.height // 2)
    return (
        _moved(plane.full, plane.full_packed, (x, y), size, window.scale),
        _moved(plane.half, plane.half_packed, half, small, window.scale),
    )


def _moved(
    channels: Sequence[MatLike], packed: MatLike, corner: tuple[float, float], size: tuple[int, int], scale: float,
) -> Sequence[MatLike]:
    """Channels as they fall on a box of `size` whose first pixel shows `corner`."""
    if scale == 1.0:
        centre = (corner[0] + (size[0] - 1) / 2, corner[1] + (size[1] - 1) / 2)
        return [cv2.getRectSubPix(channel, size, centre) for channel in channels]
    matrix = np.array([[1 / scale, 0, corner[0]], [0, 1 / scale, corner[1]]])
    border = (0, 255, 0, 255) if len(channels) == 2 else (0, 0, 255, 255)
    warped = cv2.warpAffine(packed, matrix, size, None, _WARP, cv2.BORDER_CONSTANT, border)
    return cv2.split(warped)[: len(channels)]


def _faded(channels: Sequence[MatLike], strength: float) -> Sequence[MatLike]:
    if strength >= 1.0:
        return channels
    *colours, inverse = channels
    return [
        *(cv2.convertScaleAbs(colour, None, strength, 0) for colour in colours),
        cv2.convertScaleAbs(inverse, None, strength, 255 * (1 - strength)),
    ]


def _blend(channels: Sequence[MatLike], targets: Sequence[MatLike]) -> None:
    """Lay premultiplied channels, the last of them inverse alpha, over parts of a canvas."""
    for pixels, target in zip(channels[:-1], targets, strict=True):
        cv2.multiply(target, channels[-1], target, 1 / 255)
        cv2.add(target, pixels, target)
