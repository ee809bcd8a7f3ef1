"""Planes onto a canvas: shifted or scaled to where the camera stands, blended by their alpha, crossed into one another.

Belongs here: pixels meeting pixels. Does not belong here: where the camera is (`camera.path`).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.media.encode import Canvas
from aiuteur.models.animatic.camera.planes import PAD, CutOut, Plane, Solid


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
        height, width = canvas.y.shape
        x, y = _origin(plane.size, window, canvas)
        whole = (width, height)
        half = (width // 2, height // 2)
        canvas.y[:] = _shown(plane.y, PAD, (x, y), whole, window.scale)
        canvas.u[:] = _shown(plane.u, PAD // 2, (x / 2, y / 2), half, window.scale)
        canvas.v[:] = _shown(plane.v, PAD // 2, (x / 2, y / 2), half, window.scale)
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


def _origin(size: tuple[int, int], window: Window, canvas: Canvas) -> tuple[float, float]:
    """Which point of a plane of `size` falls on the canvas's upper left corner (its edge, not its first pixel's centre)."""
    height, width = canvas.y.shape
    return size[0] / 2 + window.x - width / 2 / window.scale, size[1] / 2 + window.y - height / 2 / window.scale


def _reach(plane: CutOut, window: Window, canvas: Canvas) -> Box | None:
    """The even-sided part of a canvas that a cut-out touches."""
    sides: list[tuple[int, int]] = []
    for start, count, whole, shift, room in (
        (plane.left, plane.width, plane.size[0], window.x, canvas.y.shape[1]),
        (plane.top, plane.height, plane.size[1], window.y, canvas.y.shape[0]),
    ):
        origin = (start - whole / 2 - shift) * window.scale + room / 2
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
    x, y = _origin(plane.size, window, canvas)
    corner = (x + box.left / window.scale - plane.left, y + box.top / window.scale - plane.top)
    half, small = (corner[0] / 2, corner[1] / 2), box.halved()
    return (
        [_shown(channel, PAD, corner, (box.width, box.height), window.scale) for channel in plane.full],
        [_shown(channel, PAD // 2, half, (small.width, small.height), window.scale) for channel in plane.half],
    )


def _shown(source: MatLike, pad: int, corner: tuple[float, float], size: tuple[int, int], scale: float) -> MatLike:
    """What of a padded channel falls on `size` (width, height) pixels whose upper left edge shows the point `corner`.

    A shift interpolates once. A scaling is a resize of whole pixels onto whole pixels where a part can be found whose ends all
    but meet pixels on both sides, which is several times as quick as the warp that does it otherwise.
    """
    x, y = corner[0] + pad, corner[1] + pad
    if scale == 1.0:
        return cv2.getRectSubPix(source, size, (x + (size[0] - 1) / 2, y + (size[1] - 1) / 2))
    across, along = _span(x, size[0], scale, source.shape[1]), _span(y, size[1], scale, source.shape[0])
    if across is None or along is None:
        centre = 0.5 / scale - 0.5
        matrix = np.array([[1 / scale, 0, x + centre], [0, 1 / scale, y + centre]])
        return cv2.warpAffine(source, matrix, size, None, cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    part = source[along.start : along.end, across.start : across.end]
    big = cv2.resize(part, (across.last - across.first, along.last - along.first), interpolation=cv2.INTER_LINEAR)
    return big[-along.first : -along.first + size[1], -across.first : -across.first + size[0]]


class _Span(NamedTuple):
    """Along one side: pixels `start` to `end` of a source are resized onto pixels `first` to `last` of the target."""

    start: int
    end: int
    first: int
    last: int


_REACH: Final = np.arange(22)
_MISS: Final = 0.06
"""Pixels by which the ends of a resized part may miss: less than linear interpolation itself wavers."""


def _span(origin: float, count: int, scale: float, length: int) -> _Span | None:
    """The part to resize, of those that reach a little past the target's 0 to `count`; None where none meets both grids."""
    before, after = origin - _REACH / scale, origin + (count + _REACH) / scale
    left = np.abs(before - np.round(before)) + (before < -_MISS)
    right = np.abs(after - np.round(after)) + (after > length + _MISS)
    first, last = int(np.argmin(left)), int(np.argmin(right))
    if max(left[first], right[last]) > _MISS:
        return None
    return _Span(round(float(before[first])), round(float(after[last])), -first, count + last)


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
