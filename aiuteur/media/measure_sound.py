"""Sound, measured: how loud a clip's own sound is, and its true peak.

Belongs here: signals as numbers, by FFmpeg's `ebur128` (EBU R 128, ITU-R BS.1770). Does not belong here: what is good enough
(`aiuteur.media.gates`).
"""

import io
import math
from dataclasses import dataclass
from typing import Final

import av
import av.filter
from av.error import FFmpegError

from aiuteur.errors import InvalidInput

_SILENCE: Final = -70.0
"""LUFS below which the standard counts nothing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound in numbers: integrated loudness in LUFS (−70 is silence), true peak in dBTP, seconds."""

    lufs: float
    true_peak: float
    seconds: float


def measure_sound(data: bytes) -> Heard:
    """Measure a sound file; raises `InvalidInput` where it cannot be read to its end."""
    try:
        return _heard(data)
    except (FFmpegError, IndexError) as error:
        message = f"The sound cannot be read to its end ({error})."
        raise InvalidInput(message) from error


def _heard(data: bytes) -> Heard:
    found: dict[str, float] = {}
    seconds = 0.0
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.audio[0]
        graph = av.filter.Graph()
        graph.link_nodes(
            graph.add_abuffer(template=stream), graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink"),
        ).configure()
        for frame in container.decode(stream):
            seconds += frame.samples / frame.sample_rate
            graph.push(frame)
            found |= _read(graph)
        graph.push(None)
        found |= _read(graph)
    peak = max((value for name, value in found.items() if name.startswith("lavfi.r128.true_peaks_ch")), default=0.0)
    return Heard(found.get("lavfi.r128.I", _SILENCE), 20 * math.log10(peak) if peak > 0 else _SILENCE, seconds)


def _read(graph: av.filter.Graph) -> dict[str, float]:
    """What the meter has told since it was last asked; the latest counts, since it measures from the start."""
    found: dict[str, float] = {}
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return found
        found |= {name: float(value) for name, value in frame.metadata.items() if name.startswith("lavfi.r128")}
