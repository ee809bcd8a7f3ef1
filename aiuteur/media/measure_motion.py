"""Motion, measured: where a moving picture halts, and where it breaks.

Belongs here: signals as numbers. Does not belong here: what is good enough (`aiuteur.media.gates`).
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from aiuteur.media.measure_light import runs
from aiuteur.media.measure_pass import Seen

_EASE: Final = 9
"""Frames that an eased move may rest at an end of its clip."""

_STILL: Final = 0.05
"""Mean absolute change of 8-bit luma below which a frame repeats the one before."""

_REFRESHED: Final = 1.5
"""The most that a repeated picture changes where the codec writes it anew (a keyframe)."""

_MOVING: Final = 0.2
_BESIDE: Final = 5
_AT_ONCE: Final = 0.6
"""A picture moves by this much beside a halt, and most of it at once: a move that eases in or out gathers and slows."""

_THUMB: Final = (128, 72)
_SOFT, _LOCAL = 1.2, 6.0
"""What is compared is how a frame stands out from its surroundings, this many pixels around: light and shade alone are no
structure."""

_JOLT: Final = (10, 6)
"""How far a jolt may throw the frame from one to the next, in pixels of that thumbnail."""

_SPECK: Final = 5
_FAINT: Final = 4.0
"""Levels of structure below which a frame is too flat to recognise it by."""

_AROUND: Final = 8
_ALWAYS, _USUAL = 0.022, 3.7
"""A break is strong where the structure of the frame changes by this much and by so many times what is usual around it."""


class Motion:
    """How a clip moves from frame to frame."""

    def __init__(self) -> None:
        self._before: MatLike | None = None
        self._structure: MatLike | None = None
        self._changes: list[float] = []
        self._breaks: list[float] = []

    def see(self, seen: Seen) -> None:
        """Take note of one frame."""
        # The median takes out what falls through the air: rain and flakes are no structure.
        structure = cv2.medianBlur(cv2.resize(seen.small, _THUMB, interpolation=cv2.INTER_AREA), _SPECK).astype(np.float32)
        structure = cv2.GaussianBlur(structure, (0, 0), _SOFT) - cv2.GaussianBlur(structure, (0, 0), _LOCAL)
        if self._before is not None and self._structure is not None:
            self._changes.append(cv2.norm(seen.small, self._before, cv2.NORM_L1) / seen.small.size)
            self._breaks.append(_broken(structure, self._structure))
        self._before, self._structure = seen.small, structure

    def still_share(self) -> float:
        """The share of frames that repeat the one before."""
        return float(np.mean(np.array(self._changes) < _STILL)) if self._changes else 0.0

    def longest_halt(self) -> int:
        """Frames of the longest halt: repeats that begin or end while the picture moves, or that make up all of the clip.

        A move that eases in and out rests for a moment at the clip's ends, which is no halt.
        """
        changes = np.array(self._changes)
        longest = 0
        for first, last in runs(_repeats(changes)):
            length = last - first + 1
            whole = length >= 0.97 * len(changes)
            before, after = changes[max(0, first - _BESIDE) : first][::-1], changes[last + 1 : last + 1 + _BESIDE]
            if whole or _abrupt(before) or _abrupt(after):
                at_an_end = first == 0 or last == len(changes) - 1
                longest = max(longest, length - _EASE if at_an_end and not whole else length)
        return longest

    def hardest_break(self) -> float:
        """How hard the hardest break between two frames is against what is usual around it; from 1 on it is a cut."""
        breaks = np.array(self._breaks)
        strengths = [
            change / (_ALWAYS + _USUAL * float(np.median(_without(breaks, place)))) for place, change in enumerate(breaks)
            if change > _ALWAYS
        ]
        return max(strengths, default=0.0)


def _broken(one: MatLike, other: MatLike) -> float:
    """How unlike the structure of two frames is, 0 to 2; brightness, contrast and a jolt of the camera count for nothing.

    Less where one is nearly flat: there is nothing to tell a break by.
    """
    norms = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    faintest = min(norms)
    if faintest == 0.0:
        return 0.0
    unlike = 1 - float(np.vdot(one, other)) / (norms[0] * norms[1])
    if unlike > _ALWAYS:
        middle = one[_JOLT[1] : -_JOLT[1], _JOLT[0] : -_JOLT[0]]
        unlike = min(unlike, 1 - float(cv2.matchTemplate(other, middle, cv2.TM_CCOEFF_NORMED).max()))
    return unlike * min(1.0, faintest / (_FAINT * one.size**0.5))


def _abrupt(side: npt.NDArray[np.float64]) -> bool:
    """Whether a picture moves beside a halt, the nearest frames first, as fast as it does a little farther away."""
    return len(side) > 1 and float(np.median(side)) >= _MOVING and float(side[:2].max()) >= _AT_ONCE * float(side.max())


def _repeats(changes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which frames repeat the one before; a keyframe in the midst of repeats is one of them."""
    still = changes < _STILL
    between = np.zeros_like(still)
    between[1:-1] = still[:-2] & still[2:] & (changes[1:-1] < _REFRESHED)
    return still | between


def _without(breaks: npt.NDArray[np.float64], place: int) -> npt.NDArray[np.float64]:
    """The changes around a place, but for itself and its neighbours."""
    first = max(0, place - _AROUND)
    around = [breaks[first : max(first, place - 1)], breaks[place + 2 : place + 1 + _AROUND]]
    found = np.concatenate(around)
    return found if len(found) else np.zeros(1)
