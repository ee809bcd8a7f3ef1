"""The one place that encodes pictures that move: the house format, and nothing else writes video.

Belongs here: what the house format is, and frames to bytes. Does not belong here: what the frames show, sound
(`aiuteur.media.mix`), or making foreign video fit (`aiuteur.media.conform`).

Every clip of one size carries the same parameter sets (SPS, PPS), starts on a keyframe and has closed groups of pictures, so
clips join by copying their packets. Bytes depend on the frames alone: x264 runs on one thread, since its output differs between
thread counts, and without AVX-512, with which its macroblock tree was measured to differ from run to run (11 of 80 encodes of
the same frames; 0 of 80 without it, at the same speed, and the same bytes as with SSE4.2).
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import TracebackType
from typing import Final, Self, cast

import av
import numpy as np
import numpy.typing as npt
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from aiuteur.errors import InvalidInput
from aiuteur.film.brief import AspectRatio
from aiuteur.film.formats import FPS, FRAME_SIZES

Pixels = npt.NDArray[np.uint8]

BT709: Final = 1
"""The value of BT.709 in H.273, for matrix, primaries and transfer alike; as a range 1 is limited (MPEG)."""

PRESET: Final = "veryfast"
CRF: Final = "20"
_PARAMS: Final = "keyint=48:min-keyint=48:scenecut=0:open-gop=0:threads=1"
"""A clip is one shot: no cut to look for. A keyframe every two seconds keeps seeking quick; closed groups let clips be joined."""
_WITHOUT_AVX512: Final = ":asm=MMX2,SSE,SSE2Fast,SSSE3,SSE4.2,AVX,FMA3,BMI2,AVX2"
_CPU_AVX_512F: Final = 13
"""OpenCV's number for the feature, which its Python module does not name."""


@dataclass(frozen=True, slots=True)
class House:
    """The house format at one size: width and height in pixels, frames per second."""

    width: int
    height: int
    fps: int = FPS

    @classmethod
    def of(cls, aspect: AspectRatio) -> Self:
        """The house format of an aspect ratio."""
        return cls(*FRAME_SIZES[aspect])


class Canvas:
    """One yuv420p frame whose planes are drawn on in place: `y` (H×W), `u` and `v` (H/2×W/2), uint8, BT.709 limited range."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = VideoFrame(width, height, "yuv420p")
        self.frame.colorspace = BT709
        self.frame.color_range = BT709
        shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
        self.y, self.u, self.v = (plane_of(self.frame, n)[:high, :wide] for n, (high, wide) in enumerate(shapes))


def plane_of(frame: VideoFrame, n: int) -> Pixels:
    """Plane `n` of an 8-bit planar frame as an array on its own memory, with the padding at the end of each line."""
    plane = frame.planes[n]
    memory = np.frombuffer(cast("bytes", plane), np.uint8)  # a plane has the buffer protocol, which its stub does not tell
    return memory.reshape(-1, plane.line_size)


class Encoder:
    """Encodes frames to a house-format mp4 in memory; use as a context manager, `write` each frame, read `data` after it closed.

    `canvas()` lends a frame to draw on: the next call may lend the same memory again, so write it first.
    """

    def __init__(self, house: House) -> None:
        if house.width % 2 or house.height % 2 or min(house.width, house.height) < 16:  # noqa: PLR2004 - a macroblock
            message = f"{house.width}×{house.height} cannot be encoded: both must be even and at least 16."
            raise InvalidInput(message)
        self._house = house
        self._buffer = io.BytesIO()
        self._container = av.open(self._buffer, "w", format="mp4")
        self._stream = _stream(self._container, house)
        self._canvas = Canvas(house.width, house.height)
        self.frames = 0
        self.data = b""

    def canvas(self) -> Canvas:
        """The frame to draw on next; x264 keeps its own copy of what was written, so one is enough."""
        return self._canvas

    def write(self, frame: "Canvas | VideoFrame | Pixels") -> None:
        """Encode the next frame: a canvas, a PyAV frame, rgb24 (H×W×3) or planar yuv420p (3H/2×W, as OpenCV lays out I420)."""
        found = frame.frame if isinstance(frame, Canvas) else frame if isinstance(frame, VideoFrame) else self._video_frame(frame)
        found.pts = self.frames
        found.time_base = Fraction(1, self._house.fps)
        self._container.mux(self._stream.encode(found))
        self.frames += 1

    def _video_frame(self, pixels: Pixels) -> VideoFrame:
        width, height = self._house.width, self._house.height
        if pixels.shape == (height, width, 3):
            return to_house_colour(VideoFrame.from_ndarray(pixels, format="rgb24"))
        if pixels.shape == (height * 3 // 2, width):
            frame = VideoFrame.from_ndarray(pixels, format="yuv420p")
            frame.colorspace = frame.color_range = BT709
            return frame
        message = f"A frame of shape {pixels.shape} does not fit {width}×{height}: give (H, W, 3) rgb24 or (3H/2, W) yuv420p."
        raise InvalidInput(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._container.mux(self._stream.encode())
        self._container.close()
        self.data = self._buffer.getvalue()


@cache
def x264_options() -> dict[str, str]:
    """The options of the house's x264 on this processor; the stream they make is the same on each."""
    import cv2  # knows the processor on every platform

    avx512 = cv2.checkHardwareSupport(_CPU_AVX_512F)
    return {"preset": PRESET, "crf": CRF, "x264-params": _PARAMS + (_WITHOUT_AVX512 if avx512 else "")}


def _stream(container: OutputContainer, house: House) -> VideoStream:
    stream = container.add_stream("libx264", rate=house.fps, options=dict(x264_options()))
    stream.width, stream.height, stream.pix_fmt = house.width, house.height, "yuv420p"
    stream.time_base = Fraction(1, house.fps)
    context = stream.codec_context
    context.thread_count = 1
    context.colorspace = context.color_primaries = context.color_trc = context.color_range = BT709
    return stream


def to_house_colour(frame: VideoFrame, width: int | None = None, height: int | None = None) -> VideoFrame:
    """A frame of any pixel format as yuv420p in BT.709, limited range; without this swscale would silently use BT.601."""
    made = frame.reformat(
        width, height, "yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG", interpolation="BICUBIC",
    )
    made.colorspace = made.color_range = BT709
    return made


def encode(frames: Iterable[Pixels | VideoFrame], house: House) -> bytes:
    """Encode frames (see `Encoder.write`) in the house format; raises `InvalidInput` for none at all or ones of another size."""
    with Encoder(house) as encoder:
        for frame in frames:
            encoder.write(frame)
    if not encoder.frames:
        message = "There are no frames to encode."
        raise InvalidInput(message)
    return encoder.data


def decode(data: bytes) -> Iterator[VideoFrame]:
    """Every frame of a video's first picture stream in order, on one thread; raises PyAV's errors where it cannot be decoded."""
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        yield from container.decode(stream)
