"""Loudness as EBU R 128 has it (ITU-R BS.1770-4), by FFmpeg's meter: integrated, and of each 400 ms.

Belongs here: how loud stereo sound at 48 kHz is. Does not belong here: making it louder (`aiuteur.media.levelling`).
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import numpy as np

from aiuteur.media.waves import RATE, Samples

STEP: Final = RATE // 10
"""Samples between two momentary figures."""

WINDOW: Final = 4
"""Steps that one momentary figure is about: the 400 ms that end with it."""

_ABSOLUTE: Final = -70.0
_RELATIVE: Final = -10.0
_OFFSET: Final = -0.691
_SILENT: Final = -69.0


def integrated(blocks: Iterable[Samples]) -> float | None:
    """Integrated loudness in LUFS of stereo blocks at 48 kHz; None where it is silent."""
    meter = Meter()
    for block in blocks:
        meter.hear(block)
    meter.end()
    return meter.integrated


class Meter:
    """FFmpeg's ebur128 filter, fed block by block; `momentary` has the loudness of 400 ms in LUFS, one figure each 100 ms."""

    def __init__(self) -> None:
        from av.filter import Graph

        self._graph = Graph()
        source = self._graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo", time_base=Fraction(1, RATE))
        meter = self._graph.add("ebur128", "metadata=1:peak=none")
        source.link_to(meter)
        meter.link_to(self._graph.add("abuffersink"))
        self._graph.configure()
        self._heard = 0
        self._last = _SILENT
        self.momentary: list[float] = []

    @property
    def integrated(self) -> float | None:
        """The integrated loudness so far; None where nothing was above the gate."""
        return self._last if self._last > _SILENT else None

    def hear(self, block: Samples) -> None:
        """Take in the next samples."""
        import av

        if not len(block):
            return
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block, np.float32).reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._heard, Fraction(1, RATE)
        self._graph.push(frame)
        self._heard += len(block)
        self._read()

    def end(self) -> None:
        """Hear what is still on its way through the filter."""
        if self._heard:
            self._graph.push(None)
            self._read()

    def _read(self) -> None:
        """Keep the latest figures the filter has."""
        from av.error import BlockingIOError, EOFError  # noqa: A004 - PyAV's own, which derive from the builtins

        while True:
            try:
                out = self._graph.pull()
            except (BlockingIOError, EOFError):
                return
            self._last = float(out.metadata.get("lavfi.r128.I", self._last))
            self.momentary.append(float(out.metadata.get("lavfi.r128.M", _ABSOLUTE)))


def gated(momentary: Samples) -> float | None:
    """The integrated loudness in LUFS that momentary figures (one each 100 ms) come to; None where all is silent.

    BS.1770-4: the mean power of what is above −70 LUFS, then of what is above ten below that.
    """
    powers = 10 ** ((momentary[momentary > _ABSOLUTE] - _OFFSET) / 10)
    if not len(powers):
        return None
    threshold = powers.mean() * 10 ** (_RELATIVE / 10)
    return float(_OFFSET + 10 * np.log10(powers[powers > threshold].mean()))
