"""What bytes are: container, codec, size, rate, length, colour tags and sound, told without decoding pictures.

Belongs here: reading headers, and refusing what is too large to be worth reading. Does not belong here: whether the pictures are
any good (`aiuteur.media.measure`).
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from aiuteur.errors import Corrupt, InvalidInput, NotFound

MAX_BYTES: Final = 2 << 30
MAX_PIXELS: Final = 8192 * 4320
MAX_SECONDS: Final = 4 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Colour:
    """Colour tags by their H.273 numbers; 1 is BT.709 and, as a range, limited; 2 is unspecified."""

    matrix: int
    primaries: int
    transfer: int
    range: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A stream of pictures: size in pixels, frames per second (0 where it has no rate), and how many frames it says it has."""

    codec: str
    width: int
    height: int
    fps: float
    frames: int
    pixel_format: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Sound:
    """A stream of sound: its rate in hertz and its channels."""

    codec: str
    rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Probe:
    """What bytes are; `seconds` is None for a still picture and where the container does not tell."""

    container: str
    seconds: float | None
    picture: Picture | None
    sound: Sound | None


def probe(
    source: bytes | Path, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS, max_seconds: float = MAX_SECONDS,
) -> Probe:
    """Read the headers of a video, sound or picture.

    Raises `NotFound` where the path is no file, `Corrupt` where the bytes are a medium that cannot be opened to its end,
    `InvalidInput` where they are no medium at all or are past a limit (`max_pixels` is of one picture).
    """
    _sized(source, max_bytes)
    try:
        with av.open(io.BytesIO(source) if isinstance(source, bytes) else str(source), "r") as container:
            found = _read(container)
    except (FFmpegError, UnicodeDecodeError) as error:
        raise _unreadable(source, error) from error
    if found.picture and found.picture.width * found.picture.height > max_pixels:
        message = f"The picture is {found.picture.width}×{found.picture.height}: more than {max_pixels} pixels are not taken."
        raise InvalidInput(message)
    if found.seconds and found.seconds > max_seconds:
        message = f"The medium lasts {found.seconds:.0f} s: more than {max_seconds:.0f} s are not taken."
        raise InvalidInput(message)
    return found


def _sized(source: bytes | Path, max_bytes: int) -> None:
    if isinstance(source, Path) and not source.is_file():
        message = f"There is no file {source}."
        raise NotFound(message)
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if not size:
        message = f"{_name(source)} is empty."
        raise InvalidInput(message)
    if size > max_bytes:
        message = f"{_name(source)} has {size} bytes: more than {max_bytes} are not taken."
        raise InvalidInput(message)


def _read(container: InputContainer) -> Probe:
    video, audio = container.streams.best("video"), container.streams.best("audio")
    picture = _picture(video) if isinstance(video, VideoStream) else None
    sound = Sound(audio.codec_context.name, audio.rate, audio.channels) if isinstance(audio, AudioStream) else None
    if picture is None and sound is None:
        message = "It holds neither pictures nor sound."
        raise InvalidInput(message)
    return Probe(container.format.name, _seconds(container, video, picture), picture, sound)


def _picture(stream: VideoStream) -> Picture:
    context = stream.codec_context
    if not context.width or not context.height:
        message = "Its picture stream has no size: the file is cut short or not what it says."
        raise Corrupt(message)
    colour = Colour(int(context.colorspace), int(context.color_primaries), int(context.color_trc), int(context.color_range))
    fps = float(stream.average_rate or stream.guessed_rate or 0)
    return Picture(context.name, context.width, context.height, fps, stream.frames, context.pix_fmt or "", colour)


def _seconds(container: InputContainer, stream: object, picture: Picture | None) -> float | None:
    if picture and isinstance(stream, VideoStream) and stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else None  # AV_TIME_BASE is a microsecond


def _unreadable(source: bytes | Path, error: Exception) -> Corrupt | InvalidInput:
    head = source[:12] if isinstance(source, bytes) else _head(source)
    known = head[4:8] == b"ftyp" or head.startswith((b"\x1aE\xdf\xa3", b"RIFF", b"\x89PNG", b"\xff\xd8\xff", b"fLaC", b"OggS"))
    if known:
        return Corrupt(f"{_name(source)} begins like a medium but cannot be opened ({error}): it is cut short or damaged.")
    return InvalidInput(f"{_name(source)} is no video, sound or picture that can be read.")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(12)


def _name(source: bytes | Path) -> str:
    return f"The medium of {len(source)} bytes" if isinstance(source, bytes) else str(source)
