"""Groups of pictures: what a keyframe begins and the next one ends, told from others by the digest of its packets.

Belongs here: cutting packets into groups, and what is kept of each. Does not belong here: decoding them
(`aiuteur.media.measure_pass` a clip, `aiuteur.media.screening` a film).

The house's groups are closed: each decodes by itself, in a clip as in every film that copies its packets. What was seen of one
once need not be looked at again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from cv2.typing import MatLike

from aiuteur.media.encode import plane_of

VideoPacket: TypeAlias = "Packet[VideoStream]"
Groups: TypeAlias = Mapping[str, tuple[int, int]]
"""Groups by their digest: frames that decode, and how many of them are black."""

_BLACK: Final = 24
"""Luma (16 to 235) up to which a pixel is black."""

_BLACK_SHARE: Final = 0.98


def groups(packets: Iterable[VideoPacket]) -> Iterator[list[VideoPacket]]:
    """Packets from one keyframe to the next."""
    group: list[VideoPacket] = []
    for packet in packets:
        if not packet.size:
            continue
        if packet.is_keyframe and group:
            yield group
            group = []
        group.append(packet)
    if group:
        yield group


def mark(group: Iterable[VideoPacket], parameters: bytes | None) -> str:
    """The digest of a group: its packets, and the parameter sets that its decoder is given."""
    digest = hashlib.sha256(parameters or b"")
    for packet in group:
        digest.update(bytes(packet))
    return digest.hexdigest()[:32]


def tally(marks: Sequence[tuple[str, int]], black: Sequence[bool]) -> dict[str, tuple[int, int]]:
    """The groups of a clip that decoded whole: of each its mark and its packets, of each frame as shown whether it is black."""
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for one, count in marks:
        found[one] = (count, sum(black[at : at + count]))
        at += count
    return found if at == len(black) else {}


def is_black(frame: VideoFrame) -> bool:
    """Whether nearly all of a frame is black, by every sixteenth pixel of every sixteenth line."""
    return black_plane(plane_of(frame, 0)[: frame.height, : frame.width])


def black_plane(luma: MatLike) -> bool:
    """The same of its luma plane."""
    return bool((luma[::16, ::16] <= _BLACK).mean() >= _BLACK_SHARE)
