"""`python -m benchmarks.encoding FILM`: the CPU seconds that encoding a film's frames takes PyAV alone, as JSON.

Frames are decoded a second at a time, outside the measured time, to the form that a renderer has (rgb24) and to the one that the
encoder wants (yuv420p). Both are encoded with x264, veryfast, crf 20, on one thread, and nothing else is done.
"""

import io
import json
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

import av
from av.video.frame import VideoFrame

RATE: Final = 24


class Encoding:
    """An encoder that adds up the CPU seconds it takes."""

    def __init__(self, width: int, height: int) -> None:
        self._container = av.open(io.BytesIO(), "w", format="mp4")
        self._stream = self._container.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "20"})
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"
        self._stream.codec_context.thread_count = 1
        self._frames = 0
        self.cpu = 0.0

    def write(self, frame: VideoFrame) -> None:
        """Encode one frame, from whichever pixel format."""
        started = time.process_time()
        ready = frame if frame.format.name == "yuv420p" else frame.reformat(format="yuv420p")
        ready.pts, ready.time_base = self._frames, Fraction(1, RATE)
        self._container.mux(self._stream.encode(ready))
        self.cpu += time.process_time() - started
        self._frames += 1

    def close(self) -> None:
        """Encode what is still held back."""
        started = time.process_time()
        self._container.mux(self._stream.encode(None))
        self._container.close()
        self.cpu += time.process_time() - started


def measure(path: str) -> dict[str, float]:
    """CPU seconds from rgb24 and from yuv420p, and the number of frames."""
    with av.open(path) as film:
        video = film.streams.video[0]
        video.codec_context.thread_count = 1
        drawn, planar = (Encoding(video.width, video.height) for _ in range(2))
        frames, count = film.decode(video), 0
        while second := list(islice(frames, RATE)):
            count += len(second)
            for pixels in list(_drawn(second)):
                drawn.write(pixels)
            for frame in second:
                planar.write(_bare(frame))
        drawn.close()
        planar.close()
    return {"drawn": drawn.cpu, "planar": planar.cpu, "frames": float(count)}


def _drawn(frames: list[VideoFrame]) -> Iterator[VideoFrame]:
    return (VideoFrame.from_ndarray(frame.to_ndarray(format="rgb24"), format="rgb24") for frame in frames)


def _bare(frame: VideoFrame) -> VideoFrame:
    """The frame without what the first encoder thought of it: a picture type would be forced on the second."""
    return VideoFrame.from_ndarray(frame.to_ndarray(format="yuv420p"), format="yuv420p")


if __name__ == "__main__":
    json.dump(measure(sys.argv[1]), sys.stdout)
