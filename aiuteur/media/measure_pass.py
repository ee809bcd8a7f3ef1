"""One decode of a clip, shared by every family that measures it.

Belongs here: decoding once, and reducing each frame once. Does not belong here: what any family makes of a frame
(`measure_light`, `measure_motion`, `measure_focus`, `measure_likeness`).

A clip is decoded without the loop filter, which smooths what nobody will look at here and costs a fifth of the time. Pictures are
halved by area as often as they can be, which is the cheapest reduction there is and lets no grain through as noise.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import av
import cv2
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from cv2.typing import MatLike

from aiuteur.errors import AiuteurError, InvalidInput
from aiuteur.media.encode import plane_of, to_house_colour
from aiuteur.media.groups import Groups, VideoPacket, black_plane, groups, mark, tally

_DAMAGED: Final = "A frame of the clip is damaged."
WIDE: Final = 320
"""Pixels that a reduced frame is wide."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame as it passes: its ordinal, its luma (uint8, 16 is black) at a moderate size, and 320 pixels wide."""

    n: int
    half: MatLike
    small: MatLike


@dataclass(frozen=True, slots=True)
class Passed:
    """How many frames of a clip passed, whether decoding came to the end, and if so its groups of pictures."""

    frames: int
    whole: bool
    groups: Groups = field(default_factory=dict[str, tuple[int, int]])


class Family(Protocol):
    """A family of signals, told of every frame in order."""

    def see(self, seen: Seen) -> None:
        """Take note of one frame."""
        ...


def run(data: bytes, families: Sequence[Family]) -> Passed:
    """Show every frame of a clip to the families, and tell what passed."""
    packets, black = list[VideoPacket](), list[bool]()
    try:
        with av.open(io.BytesIO(data), "r") as container:
            stream = container.streams.video[0]
            for luma in _lumas(container, stream, packets):
                seen = Seen(len(black), *reduced(luma))
                for family in families:
                    family.see(seen)
                black.append(black_plane(luma))
            marks = [(mark(group, stream.codec_context.extradata), len(group)) for group in groups(packets)]
    except (FFmpegError, AiuteurError):
        return Passed(len(black), whole=False)
    return Passed(len(black), whole=True, groups=tally(marks, black))


def reduced(luma: MatLike) -> tuple[MatLike, MatLike]:
    """A luma plane between 480 and 960 pixels wide (as it is where smaller), and 320 wide."""
    half = luma
    while half.shape[1] >= 3 * WIDE:
        half = cv2.resize(half, (half.shape[1] // 2, half.shape[0] // 2), interpolation=cv2.INTER_AREA)
    if half.shape[1] == WIDE:
        return half, half
    height = max(2, round(WIDE * half.shape[0] / half.shape[1]))
    return half, cv2.resize(half, (WIDE, height), interpolation=cv2.INTER_AREA)


def _lumas(container: InputContainer, stream: VideoStream, packets: list[VideoPacket]) -> Iterator[MatLike]:
    """The luma plane of every frame as it is shown; the packets they were in are added to `packets`."""
    stream.codec_context.thread_count = 1
    stream.codec_context.options = {"skip_loop_filter": "all", "err_detect": "explode"}
    sized = stream.codec_context.name == "h264" and (stream.codec_context.extradata or b"")[:1] == b"\x01"
    for packet in container.demux(stream):
        if sized and packet.size and not _sound(bytes(packet)):
            raise InvalidInput(_DAMAGED)
        packets.append(packet)
        for frame in packet.decode():
            if frame.is_corrupt:
                raise InvalidInput(_DAMAGED)
            yield _luma(frame)


def _sound(packet: bytes) -> bool:
    """Whether an H.264 packet is made of whole units (ISO 14496-15), none with the zeroes that the format never writes.

    The decoder conceals much of what is damaged and says nothing of it; a unit that was lost whole it does not even miss.
    """
    place = 0
    while place + 4 < len(packet):
        size = int.from_bytes(packet[place : place + 4], "big")
        place += 4 + size
        if size == 0 or packet.find(b"\0\0\0", place - size, min(place, len(packet)) - 2) >= 0:
            return False
    return place == len(packet)


def _luma(frame: VideoFrame) -> MatLike:
    planar = frame if frame.format.name == "yuv420p" else to_house_colour(frame)
    return plane_of(planar, 0)[: planar.height, : planar.width]
