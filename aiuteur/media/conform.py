"""Conforming: whatever a provider sent becomes the house format; its own sound becomes a stem.

Belongs here: making foreign video fit. Does not belong here: encoding itself (`aiuteur.media.encode`), or mixing the stem
(`aiuteur.media.mix`).
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

import av
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.media.encode import BT709, Canvas, Encoder, House, plane_of, to_house_colour
from aiuteur.media.probe import Probe, probe

_UNTOLD: Final = 2
_HD: Final = 720


@dataclass(frozen=True, slots=True)
class Conformed:
    """House-format `video`; `original` is what was sent, where that was something else, and `stem` its sound as FLAC."""

    video: bytes
    original: bytes | None = None
    stem: bytes | None = None


def conform(data: bytes, house: House, *, max_seconds: float = 600.0, seconds: float | None = None) -> Conformed:
    """Bring a video to the house format: what is already in it stays as it is, without sound and byte for byte.

    Anything else is scaled and padded with black to the house's size, brought to its rate by repeating or dropping frames and to
    BT.709, and encoded once; what goes on beyond `seconds` is cut off. Raises `InvalidInput` for what is no video and `Corrupt`
    for what cannot be decoded to its end.
    """
    found = probe(data, max_seconds=max_seconds)
    if found.picture is None or found.seconds is None:
        message = "A clip needs moving pictures, and there are none in what was sent."
        raise InvalidInput(message)
    frames = round(seconds * house.fps) if seconds is not None else None
    if is_house(data, found, house) and (frames is None or found.picture.frames <= frames):
        return Conformed(data)
    try:
        stem = _stem(data) if found.sound else None
        return Conformed(_encoded(data, house, frames), data, stem)
    except FFmpegError as error:
        message = f"The video cannot be decoded to its end ({error}): ask for it again."
        raise Corrupt(message) from error


def is_house(data: bytes, found: Probe, house: House) -> bool:
    """Whether a video can be joined to the house's clips by copying its packets."""
    picture = found.picture
    if picture is None or found.sound is not None or "mp4" not in found.container:
        return False
    colour = picture.colour
    same = (
        (picture.codec, picture.pixel_format, picture.fps) == ("h264", "yuv420p", house.fps)
        and (picture.width, picture.height) == (house.width, house.height)
        and {colour.matrix, colour.primaries, colour.transfer, colour.range} == {BT709}
    )
    return same and _parameter_sets(data) == _house_parameter_sets(house)


def _parameter_sets(data: bytes) -> bytes:
    with av.open(io.BytesIO(data), "r") as container:
        return bytes(container.streams.video[0].codec_context.extradata or b"")


@cache
def _house_parameter_sets(house: House) -> bytes:
    with Encoder(house) as encoder:
        canvas = encoder.canvas()
        canvas.y[:], canvas.u[:], canvas.v[:] = 16, 128, 128
        encoder.write(canvas)
    return _parameter_sets(encoder.data)


def _encoded(data: bytes, house: House, frames: int | None = None) -> bytes:
    with av.open(io.BytesIO(data), "r") as container, Encoder(house) as encoder:
        for frame in islice(_at_rate(container, house), frames):
            encoder.write(frame)
    if not encoder.frames:
        message = "Not one frame of the video can be decoded: ask for it again."
        raise Corrupt(message)
    return encoder.data


def _at_rate(container: InputContainer, house: House) -> Iterator[VideoFrame]:
    """The container's pictures at the house's size, colour and rate: each tick shows the picture that was on at its time."""
    stream = container.streams.video[0]
    stream.codec_context.thread_count = 1
    scaler: _Scaler | None = None
    shown: VideoFrame | None = None
    start, made, last = 0.0, 0, 0.0
    for frame in container.decode(stream):
        scaler = scaler or _Scaler(stream, frame, house)
        time = frame.time or 0.0
        start = time if shown is None else start
        # A tick belongs to the picture whose time it has reached, half a tick's rounding allowed.
        while shown is not None and (made + 0.5) / house.fps <= time - start:
            yield shown
            made += 1
        shown, last = scaler.fit(frame), time - start
    if shown is not None:
        step = 1 / float(stream.average_rate or house.fps)
        for _ in range(max(1, round((last + step) * house.fps)) - made):
            yield shown


class _Scaler:
    """Scales to fit, pads the rest with black."""

    def __init__(self, stream: VideoStream, frame: VideoFrame, house: House) -> None:
        shape = float(stream.sample_aspect_ratio or 1) or 1.0
        wide, high = frame.width * shape, float(frame.height)
        scale = min(house.width / wide, house.height / high)
        self._size = (min(house.width, round(wide * scale / 2) * 2), min(house.height, round(high * scale / 2) * 2))
        self._house = house

    def fit(self, frame: VideoFrame) -> VideoFrame:
        """One frame in the house's colours and size."""
        if frame.colorspace == _UNTOLD and frame.height >= _HD:
            frame.colorspace = BT709  # what players assume of untagged high definition; swscale would take it for BT.601
        scaled = to_house_colour(frame, *self._size)
        if self._size == (self._house.width, self._house.height):
            return scaled
        return _padded(scaled, self._house)


def _padded(frame: VideoFrame, house: House) -> VideoFrame:
    canvas = Canvas(house.width, house.height)
    left, top = (house.width - frame.width) // 4, (house.height - frame.height) // 4  # in chroma pixels
    for n, (plane, black) in enumerate(((canvas.y, 16), (canvas.u, 128), (canvas.v, 128))):
        x, y, width, height = (side * (1 if n else 2) for side in (left, top, frame.width // 2, frame.height // 2))
        plane[:] = black
        plane[y : y + height, x : x + width] = plane_of(frame, n)[:height, :width]
    return canvas.frame


def _stem(data: bytes) -> bytes:
    """The sound of a video as 48 kHz stereo FLAC."""
    out = io.BytesIO()
    resampler = AudioResampler(format="s16", layout="stereo", rate=48_000)
    with av.open(io.BytesIO(data), "r") as container, av.open(out, "w", format="flac") as target:
        stream = target.add_stream("flac", rate=48_000, layout="stereo")
        for frame in container.decode(container.streams.audio[0]):
            for part in resampler.resample(frame):
                target.mux(stream.encode(part))
        for part in resampler.resample(None):
            target.mux(stream.encode(part))
        target.mux(stream.encode(None))
    return out.getvalue()
