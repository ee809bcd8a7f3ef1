"""The screening: a film played from end to end and measured.

Belongs here: whether a film plays, and what is seen and heard of it. Does not belong here: putting it together
(`aiuteur.media.assemble`).
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from aiuteur.errors import Corrupt
from aiuteur.film.formats import FPS
from aiuteur.media.groups import Groups, VideoPacket, groups, is_black, mark
from aiuteur.media.levelling import chunks
from aiuteur.media.loudness import integrated
from aiuteur.media.waves import RATE, Samples, decoded

_SILENT: Final = 0.001
"""The RMS of −60 dBFS, below which a tenth of a second is silent."""

_TENTH: Final = RATE // 10
_TENTHS: Final = 20
"""How many tenths of a second of sound are looked at together."""


@dataclass(frozen=True, slots=True)
class FilmMeasure:
    """A film as it plays: whether every frame and sample decodes, seconds, frames, shares that are black or silent, LUFS.

    `groups` are its groups of pictures, as `aiuteur.media.groups` keeps them: a film cut from the same clips has the same ones.
    """

    complete: bool
    seconds: float
    frames: int
    black_ratio: float
    silence_ratio: float
    loudness_lufs: float
    groups: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])


def measure_film(source: bytes | Path, known: Groups | None = None) -> FilmMeasure:
    """Play a film to its end and measure it; what cannot be opened or has no pictures or sound raises `Corrupt`.

    `known` are groups of pictures that were decoded before, in another film or in a clip: their packets are compared and not
    decoded. A film that breaks off is not complete, and is measured up to there; −99 LUFS stands for silence.
    """
    shown, told = _seen(source, known or {})
    frames, black = (sum(found[n] for _, found in shown) for n in (0, 1))
    windows, loudness, broken = _heard(source)
    seconds = frames / FPS
    whole = frames == told and not broken and abs(len(windows) / 10 - seconds) < 0.2  # noqa: PLR2004 - windows are tenths
    return FilmMeasure(
        complete=bool(whole), seconds=round(seconds, 4), frames=frames, black_ratio=round(black / max(1, frames), 4),
        silence_ratio=round(float(np.mean(windows < _SILENT)) if len(windows) else 1.0, 4), loudness_lufs=round(loudness, 2),
        groups=dict(shown),
    )


def _seen(source: bytes | Path, known: Groups) -> tuple[list[tuple[str, tuple[int, int]]], int]:
    """Each group of pictures with its frames and black frames, and how many frames the file says it has (−1: it breaks off)."""
    found: list[tuple[str, tuple[int, int]]] = []
    try:
        with av.open(io.BytesIO(source) if isinstance(source, bytes) else str(source), "r") as container:
            stream = container.streams.video[0]
            told = stream.frames
            stream.codec_context.thread_count = 1
            # Unfiltered blocks are near enough for black, and a third cheaper.
            stream.codec_context.options = {"skip_loop_filter": "all", "flags2": "fast"}
            try:
                parameters = stream.codec_context.extradata
                for group in groups(container.demux(stream)):
                    one = mark(group, parameters)
                    found.append((one, known[one] if one in known else _decoded(stream.codec_context, group)))
            except FFmpegError:
                return found, -1
    except (FFmpegError, IndexError) as error:
        message = f"The film cannot be played ({error}): make it again."
        raise Corrupt(message) from error
    return found, told


def _decoded(context: VideoCodecContext, group: Iterable[VideoPacket]) -> tuple[int, int]:
    """The frames of a group that decode, and how many of them are black."""
    frames = black = 0
    for packet in (*group, None):
        for frame in context.decode(packet):
            frames += not frame.is_corrupt
            black += is_black(frame)
    context.flush_buffers()
    return frames, black


def _heard(source: bytes | Path) -> tuple[Samples, float, bool]:
    """The RMS of each tenth of a second, integrated loudness in LUFS, and whether the sound broke off."""
    windows, broken = list[Samples](), False

    def listened() -> Iterator[Samples]:
        nonlocal broken
        try:
            for block in chunks(decoded(source), _TENTH * _TENTHS):
                windows.append(_rms(block))
                yield block
        except Corrupt:
            broken = True

    loudness = integrated(listened())
    return np.concatenate([np.zeros(0), *windows]), -99.0 if loudness is None else loudness, broken


def _rms(block: Samples) -> Samples:
    """The RMS of each tenth of a second, of both channels, the last of which may be shorter."""
    starts = np.arange(0, len(block), _TENTH)
    energy = np.add.reduceat(np.einsum("ij,ij->i", block, block), starts)
    return np.sqrt(energy / (2 * np.diff(starts, append=len(block))))
