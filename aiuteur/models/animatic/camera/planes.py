"""Pictures as planes that a camera can move over: planar YUV 4:2:0 in BT.709, limited range, with premultiplied alpha.

Belongs here: bytes to planes. Does not belong here: planes onto a canvas (`camera.laying`).

Working in the encoder's own format means one and a half channels a pixel in place of three, and no conversion per frame. Alpha is
kept as its inverse, so that laying a plane over a canvas is `canvas·inverse + plane` in saturating 8-bit arithmetic.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.errors import InvalidInput

_BGR_TO_YUV: Final = np.array([
    [0.0722 * 219 / 255, 0.7152 * 219 / 255, 0.2126 * 219 / 255, 16.0],
    [0.5 * 224 / 255, -0.38543 * 224 / 255, -0.11457 * 224 / 255, 128.0],
    [-0.04585 * 224 / 255, -0.45415 * 224 / 255, 0.5 * 224 / 255, 128.0],
])
"""ITU-R BT.709-6, quantised to limited range (items 3.2 to 3.4)."""

PAD: Final = 24
"""Pixels of luma kept around every plane (half as many of chroma), so that a scaled part may reach past its edge."""


@dataclass(frozen=True, slots=True)
class Solid:
    """An opaque plane of a `size` (width and height): `y`, `u` and `v`, padded by repeating their edges."""

    y: MatLike
    u: MatLike
    v: MatLike
    size: tuple[int, int]
    depth: float = 0.0


@dataclass(frozen=True, slots=True)
class CutOut:
    """A plane with alpha, cut to the `width` by `height` that are visible at (`left`, `top`) of its whole `size`.

    `full` is Y and inverse alpha, `half` U, V and inverse alpha, all padded with nothing.
    """

    full: tuple[MatLike, MatLike]
    half: tuple[MatLike, MatLike, MatLike]
    size: tuple[int, int]
    left: int
    top: int
    width: int
    height: int
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
    height, width = bgr.shape[:2]
    yuv = to_yuv(bgr)
    small = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    u, v = (_padded(cv2.extractChannel(small, n), PAD // 2, None) for n in (1, 2))
    return Solid(_padded(cv2.extractChannel(yuv, 0), PAD, None), u, v, (width, height), depth)


def cut_out(bgr: MatLike, alpha: MatLike, depth: float) -> CutOut | None:
    """A plane from BGR pixels and straight alpha (H×W), cut to what is visible; None where nothing is."""
    height, width = alpha.shape
    x, y, w, h = cv2.boundingRect(alpha)
    if not w:
        return None
    left, top = x // 2 * 2, y // 2 * 2
    box = np.s_[top : min(height, (y + h + 1) // 2 * 2), left : min(width, (x + w + 1) // 2 * 2)]
    covered = np.ascontiguousarray(alpha[box])
    yuv = cv2.multiply(to_yuv(np.ascontiguousarray(bgr[box])), cv2.merge([covered] * 3), scale=1 / 255)
    high, wide = covered.shape
    inverse = cv2.bitwise_not(covered)
    small, less = (cv2.resize(part, (wide // 2, high // 2), interpolation=cv2.INTER_AREA) for part in (yuv, inverse))
    full = (_padded(cv2.extractChannel(yuv, 0), PAD, 0), _padded(inverse, PAD, 255))
    u, v = (_padded(cv2.extractChannel(small, n), PAD // 2, 0) for n in (1, 2))
    return CutOut(full, (u, v, _padded(less, PAD // 2, 255)), (width, height), left, top, wide, high, depth)


def _padded(channel: MatLike, by: int, value: int | None) -> MatLike:
    kind = cv2.BORDER_REPLICATE if value is None else cv2.BORDER_CONSTANT
    return cv2.copyMakeBorder(channel, by, by, by, by, kind, value=(value or 0,))
