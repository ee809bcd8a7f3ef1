"""Light, measured: black that is no fade, flicker, and what is lost at either end of the range.

Belongs here: signals as numbers. Does not belong here: what is good enough (`aiuteur.media.gates`).
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from aiuteur.media.measure_pass import Seen

_BLACK: Final = 21.0
_FLAT: Final = 6.0
"""A frame is black where its mean luma (16 is black) is at most this, and nothing in it stands out."""

_JUMP: Final = 4.0
"""Second difference of mean luma (8 bit) that the eye sees as a flicker: alternating by 1 level in 219 is already 4."""

_FADE: Final = 0.7
_EDGE: Final = 5
"""A fade brings no more than this share of the light of so many frames within one of them."""

_CRUSHED: Final = 17
_BLOWN: Final = 234
_EVERY: Final = 4
"""Exposure drifts slowly: every fourth frame tells it."""


class Light:
    """What light does over a clip."""

    def __init__(self) -> None:
        self._means: list[float] = []
        self._black: list[bool] = []
        self._levels: list[tuple[float, float, float, float]] = []

    def see(self, seen: Seen) -> None:
        """Take note of one frame."""
        mean, spread = levels(seen.small)
        self._means.append(mean)
        self._black.append(is_black(mean, spread))
        if seen.n % _EVERY == 0:
            self._levels.append((mean, spread, *clipped(seen.small)))

    @property
    def black_share(self) -> float:
        """The share of frames that are black."""
        return sum(self._black) / max(1, len(self._black))

    def longest_black(self) -> int:
        """Frames of the longest run of black that is no fade in at the head or out at the tail."""
        longest = 0
        for first, last in runs(self._black):
            if not self._fades(first, last):
                longest = max(longest, last - first + 1)
        return longest

    def _fades(self, first: int, last: int) -> bool:
        """Whether black stands at one end of the clip, and the light comes or goes gradually there."""
        at_head, at_tail = first == 0, last == len(self._means) - 1
        if at_head == at_tail:  # inside the clip, or all of it
            return False
        edge = self._means[last : last + _EDGE + 1] if at_head else self._means[max(0, first - _EDGE) : first + 1]
        steps = np.abs(np.diff(edge))
        return float(steps.max()) <= _FADE * float(steps.sum())

    def worst_second(self, fps: float) -> float:
        """The share of frames whose light jumps to and fro, in the second where most do."""
        jumps = np.abs(np.diff(np.array(self._means), 2)) > _JUMP
        window = max(1, round(fps))
        if not len(jumps):
            return 0.0
        counts = np.convolve(jumps, np.ones(min(window, len(jumps))), "valid")
        return float(counts.max()) / window

    def middle(self) -> tuple[float, float, float, float]:
        """Medians of mean luma, contrast (both in [0, 1]), crushed and blown share, so that a fade at an end does not count."""
        if not self._levels:
            return (0.0, 0.0, 0.0, 0.0)
        mean, spread, crushed, blown = np.median(np.array(self._levels), axis=0)
        return (max(0.0, (float(mean) - 16) / 219), float(spread) / 219, float(crushed), float(blown))


def levels(luma: MatLike) -> tuple[float, float]:
    """Mean and standard deviation of a luma plane, in 8 bit."""
    mean, spread = cv2.meanStdDev(luma)
    return float(mean[0, 0]), float(spread[0, 0])


def clipped(luma: MatLike) -> tuple[float, float]:
    """The shares of pixels that are pure black and pure white."""
    counts = cv2.calcHist([luma], [0], None, [256], [0, 256]).ravel() / luma.size
    return float(counts[: _CRUSHED + 1].sum()), float(counts[_BLOWN:].sum())


def is_black(mean: float, spread: float) -> bool:
    """Whether a frame of such levels is black."""
    return mean <= _BLACK and spread <= _FLAT


def runs(flags: npt.ArrayLike) -> list[tuple[int, int]]:
    """Every run of true values, as its first and last place."""
    steps = np.diff(np.concatenate(([0], np.asarray(flags, dtype=np.int8), [0])))
    firsts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return [(int(first), int(end) - 1) for first, end in zip(firsts, ends, strict=True)]
