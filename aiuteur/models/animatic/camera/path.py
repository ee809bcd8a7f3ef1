"""Where the lens looks, frame by frame: eased moves, the handheld's tremor, and how far each depth follows.

Belongs here: geometry of moves as pure functions. Does not belong here: pixels (`camera.laying`).

Every move begins at the picture as it was drawn (scale 1, centred), so that a clip starts on its start frame. It ends as far away
as `travel` says and as the planes reach: nothing beyond their edge is ever looked at.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from aiuteur.film.shots import CameraMovement
from aiuteur.models.animatic.camera.laying import Window

_DIRECTION: Final = {
    CameraMovement.PAN_LEFT: (-1, 0), CameraMovement.PAN_RIGHT: (1, 0),
    CameraMovement.TILT_UP: (0, -1), CameraMovement.TILT_DOWN: (0, 1),
    CameraMovement.TRACK_LEFT: (-1, 0), CameraMovement.TRACK_RIGHT: (1, 0),
    CameraMovement.CRANE_UP: (0, -1), CameraMovement.CRANE_DOWN: (0, 1),
}
_FAR_FOLLOWS: Final = {
    # A head that turns sees all depths pass alike but for the little its lens is off the axis; a camera that travels does not.
    CameraMovement.PAN_LEFT: 0.8, CameraMovement.PAN_RIGHT: 0.8, CameraMovement.TILT_UP: 0.8, CameraMovement.TILT_DOWN: 0.8,
    CameraMovement.TRACK_LEFT: 0.35, CameraMovement.TRACK_RIGHT: 0.35,
    CameraMovement.CRANE_UP: 0.35, CameraMovement.CRANE_DOWN: 0.35,
    CameraMovement.PUSH_IN: 0.4, CameraMovement.PULL_OUT: 0.4, CameraMovement.HANDHELD: 0.7, CameraMovement.STATIC: 0.5,
}
"""What the farthest plane takes part in of a move; the nearest takes part fully."""

_FLAT_ZOOM: Final = {CameraMovement.STATIC: 1.012, CameraMovement.HANDHELD: 1.035, CameraMovement.PUSH_IN: 1.0}
_FLAT_ZOOM_ELSE: Final = 1.09
"""How far a picture without a margin is enlarged to give a move room."""


_RATES: Final = np.array([0.31, 0.73, 1.31, 2.37])
_SIZES: Final = np.array([0.5, 0.28, 0.15, 0.07])
"""Hertz and shares of the sines that a hand's unrest is made of."""


def ease(t: float) -> float:
    """Smootherstep (Perlin 2002): 0 to 1 with speed and acceleration nought at both ends."""
    return t * t * t * (t * (6 * t - 15) + 10)


@dataclass(frozen=True, slots=True)
class Path:
    """A move over planes of `size` seen through a frame of `frame` (width, height in pixels), lasting `frames`."""

    movement: CameraMovement
    frames: int
    travel: float
    frame: tuple[int, int]
    size: tuple[int, int]
    seed: int

    def window(self, n: int, depth: float) -> Window:
        """What frame `n` sees of the plane at a depth (0 farthest, 1 nearest)."""
        share = self._share(depth)
        zoom, x, y = self._pose(n)
        base = self._base()
        scale = base * (1 + (zoom - 1) * share)
        return Window(scale, *self._held(x * share, y * share, scale))

    def _share(self, depth: float) -> float:
        far = _FAR_FOLLOWS[self.movement]
        return far + (1 - far) * min(1.0, max(0.0, depth))

    def _base(self) -> float:
        """The scale that fits the planes to the frame, enlarged for a move where they have no margin."""
        fit = max(self.frame[0] / self.size[0], self.frame[1] / self.size[1])
        if fit < 0.985:
            return 1.0
        return fit * _FLAT_ZOOM.get(self.movement, _FLAT_ZOOM_ELSE)

    def _margin(self, axis: int, scale: float) -> float:
        """How far the window may look off-centre before it meets an edge, in pixels of the plane."""
        return max(0.0, (self.size[axis] - self.frame[axis] / scale) / 2 - 1)

    def _held(self, x: float, y: float, scale: float) -> tuple[float, float]:
        across, along = self._margin(0, scale), self._margin(1, scale)
        return min(across, max(-across, x)), min(along, max(-along, y))

    def _pose(self, n: int) -> tuple[float, float, float]:
        """Zoom, and the offset in pixels, of the nearest plane."""
        t = n / max(1, self.frames - 1)
        reach = 0.35 + 0.65 * self.travel
        if self.movement is CameraMovement.PUSH_IN:
            return 1 + 0.24 * reach * ease(t), 0.0, 0.0
        if self.movement is CameraMovement.PULL_OUT:
            return self._pull_out(ease(t), reach), 0.0, 0.0
        if self.movement is CameraMovement.HANDHELD:
            return 1.0, *self._tremor(n)
        if self.movement is CameraMovement.STATIC:
            return 1.0, *self._breath(t)
        right, down = _DIRECTION[self.movement]
        far = ease(t) * reach * 0.97
        return 1.0, right * far * self._margin(0, self._base()), down * far * self._margin(1, self._base())

    def _pull_out(self, eased: float, reach: float) -> float:
        base = self._base()
        widest = max(self.frame[0] / self.size[0], self.frame[1] / self.size[1]) * 1.002 / base
        return 1 + (max(widest, 0.8) - 1) * reach * eased

    def _breath(self, t: float) -> tuple[float, float]:
        """A tripod on a floor where people work: a drift nobody sees, without which a picture is a slide."""
        swell = math.sin(math.pi * t) ** 2
        side = 1 if self.seed % 2 else -1
        return side * 0.0022 * self.frame[0] * swell, -0.0016 * self.frame[1] * swell

    def _tremor(self, n: int) -> tuple[float, float]:
        begins = ease(min(1.0, n / 12))
        size = 0.011 * self.frame[0] * (0.5 + 0.5 * self.travel)
        across, along = tremor(self.seed, n / 24)
        return begins * size * across, begins * size * 0.7 * along


def tremor(seed: int, seconds: float) -> tuple[float, float]:
    """Two smooth noises in about [-1, 1] at a time: sums of incommensurable sines, phases from the seed."""
    phases: npt.NDArray[np.float64] = np.random.default_rng(seed).uniform(0, 2 * math.pi, 8)
    angles = 2 * math.pi * _RATES * seconds
    return float(_SIZES @ np.sin(angles + phases[:4])), float(_SIZES @ np.sin(angles + phases[4:]))
