"""Pictures as planes that a camera can move over: planar YUV 4:2:0 in BT.709, limited range, with premultiplied alpha.

Belongs here: bytes to planes, and planes onto a canvas. Does not belong here: where the camera is (`camera.path`).

Working in the encoder's own format means one and a half channels a pixel in place of three, and no conversion per frame. Alpha is
kept as its inverse, so that laying a plane over a canvas is `canvas·inverse + plane` in saturating 8-bit arithmetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.errors import InvalidInput
from aiuteur.media.encode import Canvas

_BGR_TO_YUV: Final = np.array([
    [0.0722 * 219 / 255, 0.7152 * 219 / 255, 0.2126 * 219 / 255, 16.0],
    [0.5 * 224 / 255, -0.38543 * 224 / 255, -0.11457 * 224 / 255, 128.0],
    [-0.04585 * 224 / 255, -0.45415 * 224 / 255, 0.5 * 224 / 255, 128.0],
])
"""ITU-R BT.709-6, quantised to limited range (items 3.2 to 3.4)."""

_WARP: Final = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
_RIM: Final = 4
"""Transparent pixels kept around a cut-out, so that interpolation at its edge meets only transparency."""


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


@dataclass(frozen=True, slots=True)
class Solid:
    """An opaque plane: `y` (H×W), `u` and `v` (H/2×W/2)."""

    y: MatLike
    u: MatLike
    v: MatLike
    depth: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.y.shape[1], self.y.shape[0]


@dataclass(frozen=True, slots=True)
class CutOut:
    """A plane with alpha, cut to what is visible at (`left`, `top`) of its whole `size`.

    `full` is Y and inverse alpha, `half` U, V and inverse alpha. The packed twins hold the same in four interleaved channels:
    a warp of four channels takes little more time than a warp of one, while a shift is quicker channel by channel.
    """

    full: tuple[MatLike, MatLike]
    half: tuple[MatLike, MatLike, MatLike]
    full_packed: MatLike
    half_packed: MatLike
    size: tuple[int, int]
    left: int
    top: int
    depth: float = 0.0


Plane = Solid | CutOut


def read_pixels(data: bytes) -> MatLike:
    """The pixels of a PNG or JPEG as BGR or BGRA (H×W×3 or 4) with even sides; raises `InvalidInput` for anything else."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if found is None or found.dtype != np.uint8:
        message = f"A reference of {len(data)} bytes is not a picture in 8 bits a channel: give PNG or JPEG."
        raise InvalidInput(message)
    pixels: MatLike = cv2.cvtColor(found, cv2.COLOR_GRAY2BGR) if found.ndim == 2 else found
    height, width = pixels.shape[:2]
    odd = height % 2 or width % 2
    return cv2.copyMakeBorder(pixels, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE) if odd else pixels


def fitted(pixels: MatLike, size: tuple[int, int]) -> MatLike:
    """MatLike scaled to fill a size (width, height), what stands over cut off evenly; untouched where they already fit."""
    height, width = pixels.shape[:2]
    if (width, height) == size:
        return pixels
    scale = max(size[0] / width, size[1] / height)
    wide, high = max(size[0], round(width * scale)), max(size[1], round(height * scale))
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    big = cv2.resize(pixels, (wide, high), interpolation=kind)
    left, top = (wide - size[0]) // 2, (high - size[1]) // 2
    return np.ascontiguousarray(big[top : top + size[1], left : left + size[0]])


def plane_from(pixels: MatLike, depth: float) -> Plane | None:
    """A plane from BGR or straight-alpha BGRA pixels; None where nothing of it is visible."""
    if pixels.shape[2] == 3:
        return solid(pixels, depth)
    alpha = cv2.extractChannel(pixels, 3)
    bgr = cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR)
    return solid(bgr, depth) if int(alpha.min()) == 255 else cut_out(bgr, alpha, depth)


def to_yuv(bgr: MatLike) -> MatLike:
    """BGR to interleaved Y, U, V at full resolution."""
    return cv2.transform(bgr, _BGR_TO_YUV)


def solid(bgr: MatLike, depth: float = 0.0) -> Solid:
    """An opaque plane from BGR pixels."""
    yuv = to_yuv(bgr)
    small = cv2.resize(yuv, (bgr.shape[1] // 2, bgr.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return Solid(cv2.extractChannel(yuv, 0), cv2.extractChannel(small, 1), cv2.extractChannel(small, 2), depth)


def cut_out(bgr: MatLike, alpha: MatLike, depth: float) -> CutOut | None:
    """A plane from BGR pixels and straight alpha (H×W), cut to what is visible; None where nothing is."""
    height, width = alpha.shape
    x, y, w, h = cv2.boundingRect(alpha)
    if not w:
        return None
    left, top = max(0, x - _RIM) // 2 * 2, max(0, y - _RIM) // 2 * 2
    box = np.s_[top : min(height, (y + h + _RIM + 1) // 2 * 2), left : min(width, (x + w + _RIM + 1) // 2 * 2)]
    covered = np.ascontiguousarray(alpha[box])
    yuv = cv2.multiply(to_yuv(np.ascontiguousarray(bgr[box])), cv2.merge([covered] * 3), scale=1 / 255)
    small_size = (covered.shape[1] // 2, covered.shape[0] // 2)
    small = cv2.resize(yuv, small_size, interpolation=cv2.INTER_AREA)
    inverse = cv2.bitwise_not(covered)
    full = (cv2.extractChannel(yuv, 0), inverse)
    less = cv2.resize(inverse, small_size, interpolation=cv2.INTER_AREA)
    half = (cv2.extractChannel(small, 1), cv2.extractChannel(small, 2), less)
    return CutOut(full, half, cv2.merge([*full, *full]), cv2.merge([*half, less]), (width, height), left, top, depth)


def lay(plane: Plane, window: Window, canvas: Canvas, strength: float = 1.0) -> None:
    """Draw a plane on a canvas as a window shows it; `strength` below 1 fades a cut-out."""
    if isinstance(plane, Solid):
        _cover(plane.y, window, canvas.y)
        half = Window(window.scale, window.x / 2, window.y / 2)
        _cover(plane.u, half, canvas.u)
        _cover(plane.v, half, canvas.v)
        return
    box = _reach(plane, window, canvas.y.shape[1], canvas.y.shape[0])
    if box is None:
        return
    x, y = _corner(plane, window, canvas, box)
    # Half a pixel of luma is a quarter of chroma: the centres of 2×2 blocks, not their corners, coincide.
    shift = (1 / window.scale - 1) / 4
    for channels, packed, corner, part, targets in (
        (plane.full, plane.full_packed, (x, y), box, (canvas.y,)),
        (plane.half, plane.half_packed, (x / 2 + shift, y / 2 + shift), Box(*(side // 2 for side in box)), (canvas.u, canvas.v)),
    ):
        shown = _seen(channels, packed, corner, (part.width, part.height), window.scale)
        _blend(_faded(shown, strength), [part.of(target) for target in targets])


def _cover(source: MatLike, window: Window, target: MatLike) -> None:
    height, width = target.shape
    centre_x, centre_y = (source.shape[1] - 1) / 2 + window.x, (source.shape[0] - 1) / 2 + window.y
    if window.scale == 1.0:
        cv2.getRectSubPix(source, (width, height), (centre_x, centre_y), target)
        return
    step = 1 / window.scale
    matrix = np.array([[step, 0, centre_x - step * (width - 1) / 2], [0, step, centre_y - step * (height - 1) / 2]])
    cv2.warpAffine(source, matrix, (width, height), target, _WARP)


def _corner(plane: CutOut, window: Window, canvas: Canvas, box: Box) -> tuple[float, float]:
    """Which pixel of the cut-out falls on the box's first pixel."""
    height, width = canvas.y.shape
    x = (plane.size[0] - 1) / 2 + window.x + (box.left - (width - 1) / 2) / window.scale - plane.left
    y = (plane.size[1] - 1) / 2 + window.y + (box.top - (height - 1) / 2) / window.scale - plane.top
    return x, y


def _reach(plane: CutOut, window: Window, width: int, height: int) -> Box | None:
    """The even-sided part of a canvas that a cut-out touches."""
    sides: list[tuple[int, int]] = []
    for start, count, whole, shift, room in (
        (plane.left, plane.full[0].shape[1], plane.size[0], window.x, width),
        (plane.top, plane.full[0].shape[0], plane.size[1], window.y, height),
    ):
        origin = (start - (whole - 1) / 2 - shift) * window.scale + (room - 1) / 2
        first = max(0, int(np.floor(origin)) // 2 * 2)
        last = min(room, (int(np.ceil(origin + count * window.scale)) + 1) // 2 * 2)
        if last <= first:
            return None
        sides.append((first, last - first))
    (left, wide), (top, high) = sides
    return Box(left, top, wide, high)


def _seen(
    channels: Sequence[MatLike], packed: MatLike, corner: tuple[float, float], size: tuple[int, int], scale: float,
) -> Sequence[MatLike]:
    """A cut-out's channels as they fall on a box of `size` whose first pixel shows `corner`."""
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
