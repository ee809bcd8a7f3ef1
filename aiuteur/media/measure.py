"""What can be told of a picture or a clip without eyes: measured once, from the luma plane at reduced size.

Belongs here: signals as numbers. Does not belong here: what is good enough (`aiuteur.models.animatic.judge`).

A clip is decoded once and without the loop filter, which smooths what nobody will look at here and costs a fifth of the time.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import av
import cv2
import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from cv2.typing import MatLike

from aiuteur.errors import AiuteurError, InvalidInput
from aiuteur.media.encode import plane_of, to_house_colour
from aiuteur.media.probe import probe

_WIDE: Final = 320
_SMALL: Final = (160, 90)
_BLACK: Final = 21.0
_FLAT: Final = 6.0
"""A frame is black where its mean luma (16 is black) is at most this, and nothing in it stands out."""
_STILL: Final = 0.04
"""Mean absolute change of 8-bit luma below which a frame repeats the one before."""
_JUMP: Final = 5.0
"""Second difference of mean luma that the eye sees as a flicker."""
_CRUSHED: Final = 17
_BLOWN: Final = 234


@dataclass(frozen=True, slots=True)
class Still:
    """A picture in numbers.

    `luma` and `contrast` (mean and standard deviation) and `crushed` and `blown` (shares of pixels at the ends of the range)
    are in [0, 1]; `sharpness` is the standard deviation of the Laplacian at 320 pixels' width; `off_centre` is how far the
    weight of its edges lies from the middle, 0 to 1 at a side.
    """

    width: int
    height: int
    luma: float
    contrast: float
    crushed: float
    blown: float
    sharpness: float
    off_centre: float
    black: bool


@dataclass(frozen=True, slots=True)
class Moving:
    """A clip in numbers: `frames` decoded of `told`, seconds, and shares of frames that are black, frozen or flicker.

    The rest are means over its frames as in `Still`; `starts` and `ends` are the likeness (0 to 1) of its first and last frame
    to the pictures it should start and end on, None where there is none. `decodes` is False where decoding broke off.
    """

    width: int
    height: int
    fps: float
    frames: int
    told: int
    seconds: float
    decodes: bool
    black: float
    frozen: float
    flicker: float
    luma: float
    contrast: float
    crushed: float
    blown: float
    sharpness: float
    starts: float | None
    ends: float | None


def measure_picture(data: bytes) -> Still:
    """Measure a picture (PNG, JPEG…); raises `InvalidInput` where it is none."""
    luma = _read_luma(data)
    small = _reduced(luma)
    signals = _signals(small)
    return Still(luma.shape[1], luma.shape[0], *signals, _off_centre(small), black=_is_black(small))


def thumbnail(data: bytes) -> MatLike:
    """A picture as small as likenesses are measured at: softened luma, 90×160; raises `InvalidInput` where it is none."""
    return _thumb(_read_luma(data))


def measure_clip(data: bytes, start: MatLike | None = None, end: MatLike | None = None) -> Moving:
    """Measure a clip, and how like its ends are to `start` and `end`, the thumbnails of the pictures they should be.

    Raises `InvalidInput` or `Corrupt` (from `aiuteur.media.probe`) where it cannot even be opened.
    """
    found = probe(data)
    if found.picture is None:
        message = "A clip needs moving pictures, and there are none in what was sent."
        raise InvalidInput(message)
    run = _Run()
    whole = run.over(_lumas(data))
    counted = max(1, len(run.means))
    means = np.array(run.means or [0.0])
    jumps = np.abs(np.diff(means, 2)) > _JUMP
    told = found.picture.frames or len(run.means)
    rest = np.mean(run.signals, axis=0) if run.signals else np.zeros(5)
    return Moving(
        found.picture.width, found.picture.height, found.picture.fps, len(run.means), told,
        len(run.means) / (found.picture.fps or 1.0), whole and len(run.means) >= told > 0,
        run.black / counted, run.still / max(1, counted - 1), float(jumps.sum()) / counted,
        *(float(value) for value in rest),
        starts=_alike(run.first, start), ends=_alike(run.last, end),
    )


class _Run:
    """What is summed up while a clip passes."""

    def __init__(self) -> None:
        self.means: list[float] = []
        self.signals: list[tuple[float, ...]] = []
        self.black = self.still = 0
        self.first: MatLike | None = None
        self.last: MatLike | None = None

    def over(self, lumas: Iterator[MatLike]) -> bool:
        """Measure every frame; False where decoding broke off."""
        previous: MatLike | None = None
        luma: MatLike | None = None
        whole = True
        try:
            for luma in lumas:
                small = _reduced(luma)
                self._count(small, previous)
                if self.first is None:
                    self.first = _thumb(luma)
                previous = small
        except (FFmpegError, AiuteurError):
            whole = False
        self.last = _thumb(luma) if luma is not None else None
        return whole

    def _count(self, small: MatLike, previous: MatLike | None) -> None:
        self.means.append(cv2.mean(small)[0])
        self.black += _is_black(small)
        if previous is not None:
            self.still += cv2.norm(small, previous, cv2.NORM_L1) < _STILL * small.size
        if len(self.means) % 4 == 1:  # exposure and sharpness drift slowly: every fourth frame tells them
            self.signals.append(_signals(small))


def _lumas(data: bytes) -> Iterator[MatLike]:
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        stream.codec_context.options = {"skip_loop_filter": "all"}
        for frame in container.decode(stream):
            if frame.is_corrupt:
                message = "A frame of the clip is damaged."
                raise InvalidInput(message)
            yield _luma(frame)


def _luma(frame: VideoFrame) -> MatLike:
    planar = frame if frame.format.name == "yuv420p" else to_house_colour(frame)
    return plane_of(planar, 0)[: planar.height, : planar.width]


def _read_luma(data: bytes) -> MatLike:
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if found is None:
        message = f"The {len(data)} bytes given are not a picture that can be read."
        raise InvalidInput(message)
    weights = np.array([[0.0722, 0.7152, 0.2126]]) * 219 / 255  # BT.709 luma of BGR in limited range, as in a clip
    return cv2.transform(found, np.hstack([weights, [[16.0]]]))


def _reduced(luma: MatLike) -> MatLike:
    height, width = luma.shape
    return cv2.resize(luma, (_WIDE, max(2, round(_WIDE * height / width))), interpolation=cv2.INTER_LINEAR)


def _thumb(luma: MatLike) -> MatLike:
    return cv2.GaussianBlur(cv2.resize(luma, _SMALL, interpolation=cv2.INTER_AREA), (3, 3), 0)


def _signals(small: MatLike) -> tuple[float, float, float, float, float]:
    """Luma, contrast, crushed, blown and sharpness of a reduced picture."""
    mean, spread = cv2.meanStdDev(small)
    counts = cv2.calcHist([small], [0], None, [256], [0, 256]).ravel() / small.size
    edges = cv2.meanStdDev(cv2.Laplacian(small, cv2.CV_16S))[1]
    return (
        max(0.0, (float(mean[0, 0]) - 16) / 219), float(spread[0, 0]) / 219,
        float(counts[: _CRUSHED + 1].sum()), float(counts[_BLOWN:].sum()), float(edges[0, 0]),
    )


def _is_black(small: MatLike) -> bool:
    mean, spread = cv2.meanStdDev(small)
    return bool(mean[0, 0] <= _BLACK and spread[0, 0] <= _FLAT)


def _off_centre(small: MatLike) -> float:
    edges = cv2.convertScaleAbs(cv2.Laplacian(cv2.GaussianBlur(small, (5, 5), 0), cv2.CV_16S))
    moments = cv2.moments(edges)
    if not moments["m00"]:
        return 1.0
    height, width = small.shape
    x, y = moments["m10"] / moments["m00"] / (width - 1), moments["m01"] / moments["m00"] / (height - 1)
    return 2 * max(abs(x - 0.5), abs(y - 0.5))


def _alike(shown: MatLike | None, wanted: MatLike | None) -> float | None:
    return None if shown is None or wanted is None else likeness(shown, wanted)


def likeness(one: MatLike, other: MatLike) -> float:
    """How like two thumbnails are, 0 to 1: structure in place (SSIM), or found again where a camera move has taken it."""
    return max(0.0, ssim(one, other), _found_again(one, other))


def ssim(one: MatLike, other: MatLike) -> float:
    """Mean structural similarity (Wang et al. 2004) over a Gaussian window of σ 1.5."""
    a, b = one.astype(np.float32), other.astype(np.float32)
    blurred = [cv2.GaussianBlur(part, (0, 0), 1.5) for part in (a, b, a * a, b * b, a * b)]
    mean_a, mean_b = blurred[0], blurred[1]
    spread_a, spread_b = blurred[2] - mean_a * mean_a, blurred[3] - mean_b * mean_b
    shared = blurred[4] - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_a * mean_b + c1) * (2 * shared + c2)
    return float(np.mean(top / ((mean_a**2 + mean_b**2 + c1) * (spread_a + spread_b + c2))))


def _found_again(one: MatLike, other: MatLike, scales: Sequence[float] = (0.82, 0.9, 1.0, 1.1, 1.22)) -> float:
    """The best correlation of the middle of one thumbnail anywhere in the other, at some scales."""
    height, width = one.shape
    middle = one[height // 5 : height - height // 5, width // 5 : width - width // 5]
    if float(middle.std()) < 2 or float(other.std()) < 2:  # noqa: PLR2004 - nothing to recognise in a flat grey
        return 0.0
    best = 0.0
    for scale in scales:
        sized = cv2.resize(middle, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        best = max(best, float(cv2.matchTemplate(other, sized, cv2.TM_CCOEFF_NORMED).max()))
    return best
