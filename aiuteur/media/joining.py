"""Clips one after another: their packets copied into one video stream, nothing encoded that need not be.

Belongs here: which part of a clip is shown, and the times of packets. Does not belong here: sound, captions and the film's file
(`aiuteur.media.assemble`).

The same parts give the same packets: only a part that is trimmed, or is not in the house's parameter sets, is encoded anew.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.film.formats import FPS
from aiuteur.media.encode import House, encode, to_house_colour
from aiuteur.media.groups import VideoPacket

_DELAY: Final = 2
"""Frames by which x264's veryfast preset lets decoding run ahead of showing (a pyramid of B-frames)."""

_FRAME: Final = Fraction(1, FPS)
_UNSEEN: Final = {"skip_frame": "all", "threads": "1"}
"""How a clip is opened whose pictures nobody looks at: FFmpeg would decode one, which is most of what opening takes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One clip in the film: its bytes or file, and the part of it that is shown, in seconds (`out_point` None: to its end)."""

    video: bytes | Path
    in_point: float = 0.0
    out_point: float | None = None


def shown_frames(part: Part) -> int:
    """How many frames of a part are in the film: what its scene's seconds are counted from."""
    if part.out_point is not None:
        return max(0, round(part.out_point * FPS) - round(part.in_point * FPS))
    with _opened(part, seen=False) as container:
        return _length(container.streams.video[0]) - round(part.in_point * FPS)


def join(parts: Iterable[Part], path: Path) -> int:
    """Every part's packets one after another in an mp4 file; the number of frames.

    Raises `InvalidInput` for no frames at all and for another picture size among the parts, `Corrupt` for a part that is no
    video.
    """
    with av.open(str(path), "w", format="mp4", options={"fflags": "+bitexact"}) as out:
        at = 0
        for index, part in enumerate(parts):
            at += _added(out, part, index, at)
    if not at:
        message = "A film needs at least one clip with a frame in it."
        raise InvalidInput(message)
    return at


def _added(out: OutputContainer, part: Part, index: int, at: int) -> int:
    """Add one part where the film has come to, `at` frames; how many frames it has."""
    with _opened(part, seen=False) as container:
        source = container.streams.video[0]
        packets = [packet for packet in container.demux(source) if packet.size]
        if _is_whole(source, part) and _is_house(source, packets):
            return _copied(out, source, packets, index, at)
    with _opened(_encoded(part), seen=False) as container:
        source = container.streams.video[0]
        return _copied(out, source, [packet for packet in container.demux(source) if packet.size], index, at)


def _copied(out: OutputContainer, source: VideoStream, packets: Sequence[VideoPacket], index: int, at: int) -> int:
    """Copy a clip's packets into the film; how many they were."""
    if not out.streams.video:
        out.add_stream_from_template(source).time_base = _FRAME
    stream = out.streams.video[0]
    _same_size(index, source, stream)
    for count, packet in enumerate(packets):
        packet.pts = at + _shown_at(packet)
        # Clips of one or two frames have no delay of their own; counted anew, decoding times rise by one everywhere.
        packet.dts = at + count - _DELAY
        packet.time_base, packet.stream, packet.duration = _FRAME, stream, 1
        out.mux(packet)
    return len(packets)


def _shown_at(packet: VideoPacket) -> int:
    """The frame at which a packet is shown."""
    return round((packet.pts or 0) * (packet.time_base or _FRAME) / _FRAME)


def _is_whole(stream: VideoStream, part: Part) -> bool:
    """Whether all of a clip is shown."""
    length = _length(stream)
    return round(part.in_point * FPS) == 0 and (part.out_point is None or round(part.out_point * FPS) == length)


def _encoded(part: Part) -> Part:
    """The shown frames of a part, encoded in the house format; raises `InvalidInput` where it shows none."""
    with _opened(part) as container:
        shown = container.streams.video[0]
        first, last = round(part.in_point * FPS), round(part.out_point * FPS) if part.out_point is not None else _length(shown)
        if last <= first:
            message = f"A clip is to be shown from {part.in_point:.3f} to {part.out_point} s, which is no frame of it."
            raise InvalidInput(message)
        house = House(shown.codec_context.width, shown.codec_context.height)
        return Part(encode(_frames(container, first, last), house))


def _frames(container: InputContainer, first: int, last: int) -> Iterator[VideoFrame]:
    """Frames `first` up to `last` of a clip; its last one stands where it has no more."""
    frame: VideoFrame | None = None
    made = 0
    for index, frame in enumerate(container.decode(container.streams.video[0])):
        if index >= last:
            return
        if index >= first:
            made += 1
            yield to_house_colour(frame)
    while frame is not None and made < last - first:
        made += 1
        yield to_house_colour(frame)


def _is_house(stream: VideoStream, packets: Sequence[VideoPacket]) -> bool:
    """Whether a clip can be copied: 24 fps, the house's parameter sets, no more decoding delay than the house's encoder has."""
    context = stream.codec_context
    if stream.average_rate != FPS or context.name != "h264":
        return False
    if context.extradata != _parameter_sets(context.width, context.height):
        return False
    shown = [_shown_at(packet) for packet in packets]
    return sorted(shown) == list(range(len(shown))) and all(at >= index - _DELAY for index, at in enumerate(shown))


@cache
def _parameter_sets(width: int, height: int) -> bytes | None:
    """What the house's encoder writes at the head of every clip of one size."""
    with av.open(io.BytesIO(encode([np.zeros((height, width, 3), np.uint8)], House(width, height)))) as container:
        return container.streams.video[0].codec_context.extradata


def _opened(part: Part, *, seen: bool = True) -> InputContainer:
    """A part's container, whose pictures can be had where they are to be `seen`; raises `Corrupt` where it is no video."""
    source = io.BytesIO(part.video) if isinstance(part.video, bytes) else str(part.video)
    try:
        container = av.open(source, "r", options={} if seen else _UNSEEN)
    except FFmpegError as error:
        message = f"A clip of the film cannot be read ({error}): make it again."
        raise Corrupt(message) from error
    if not container.streams.video:
        container.close()
        message = "A clip of the film has no pictures: make it again."
        raise Corrupt(message)
    return container


def _length(stream: VideoStream) -> int:
    """How many frames a clip has, at the house's rate."""
    if stream.frames and stream.average_rate == FPS:
        return stream.frames
    return round((stream.duration or 0) * (stream.time_base or _FRAME) * FPS)


def _same_size(index: int, source: VideoStream, stream: VideoStream) -> None:
    """Raise `InvalidInput` where a part's pictures are not of the film's size."""
    found, wanted = ((each.codec_context.width, each.codec_context.height) for each in (source, stream))
    if found != wanted:
        message = f"Part {index + 1} is {found[0]}×{found[1]}, the film {wanted[0]}×{wanted[1]}: conform it first."
        raise InvalidInput(message)
