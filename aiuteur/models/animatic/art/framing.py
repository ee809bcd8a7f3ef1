"""Framing: from shot size, angle and lens to a camera, and from screen sides to places on the ground.

Belongs here: perspective and composition. Does not belong here: what stands in front of the camera.
The camera never tilts or turns: it shifts its horizon and its vanishing point, as an architectural lens does, so that uprights
stay upright and walls that face us stay square.
"""

from dataclasses import dataclass, replace
from typing import Final

from aiuteur.film.shots import CameraAngle, ScreenSide, ShotSize
from aiuteur.film.takes import Picture
from aiuteur.models.animatic.art.display import Point

OVERSCAN: Final = 1.2
"""Layers are this much larger than the frame, so that the camera has somewhere to go."""
NEAR: Final = 0.4
"""The nearest depth in metres at which anything is drawn."""

_HELD: Final = {
    ShotSize.EXTREME_WIDE: (6.6, 4.4), ShotSize.WIDE: (3.9, 3.3), ShotSize.FULL: (2.2, 2.15), ShotSize.MEDIUM_WIDE: (1.7, 1.7),
    ShotSize.MEDIUM: (1.18, 1.18), ShotSize.MEDIUM_CLOSE: (0.84, 0.84), ShotSize.CLOSE_UP: (0.58, 0.58),
    ShotSize.EXTREME_CLOSE_UP: (0.34, 0.34), ShotSize.INSERT: (0.6, 0.6),
}
"""Metres that the frame's height holds where the subject stands: in the open, and indoors."""
_FEET: Final = {ShotSize.EXTREME_WIDE: 0.84, ShotSize.WIDE: 0.88, ShotSize.FULL: 0.94}
_BEDSIDE: Final = 0.8
"""Where in the frame's height the ground is on which somebody lies, seen closer than whole."""
_SOLES: Final = 1.06
"""Where in the frame's height the ground may not be without being shown: those behind stand higher."""
_TALLEST: Final = 0.8
"""How high the lens may be over the ground, in heights of the frame: higher, and all the frame is ground."""
_LYING: Final = 0.5
"""Whose eyes are lower than this many metres lies."""
_EYES: Final = {
    ShotSize.MEDIUM_WIDE: 0.2, ShotSize.MEDIUM: 0.27, ShotSize.MEDIUM_CLOSE: 0.34, ShotSize.CLOSE_UP: 0.42,
    ShotSize.EXTREME_CLOSE_UP: 0.46, ShotSize.INSERT: 0.45,
}
_BEHIND: Final = {
    ShotSize.MEDIUM_WIDE: 2.35, ShotSize.MEDIUM: 2.1, ShotSize.MEDIUM_CLOSE: 1.85, ShotSize.CLOSE_UP: 1.65,
    ShotSize.EXTREME_CLOSE_UP: 1.5, ShotSize.INSERT: 1.9,
}
"""Metres of place the frame's height holds behind a subject too close to show their feet: enough to tell where we are."""
_LENS_HEIGHT: Final = {
    CameraAngle.EYE_LEVEL: 1.5, CameraAngle.DUTCH: 1.4, CameraAngle.LOW: 0.4, CameraAngle.HIGH: 2.9, CameraAngle.BIRDS_EYE: 5.0
}
_HORIZON: Final = {
    CameraAngle.EYE_LEVEL: 0.47, CameraAngle.DUTCH: 0.47, CameraAngle.LOW: 0.72, CameraAngle.HIGH: 0.2, CameraAngle.BIRDS_EYE: 0.0
}
_TURN: Final = 0.27
"""How far the vanishing point moves aside, as a share of the frame's width, where the camera looks at an end of the set."""
_STEP: Final = 0.5
"""How many metres the camera steps aside with it, where no ground shows that people stand on."""
_SIDES: Final = {ScreenSide.LEFT: 0.33, ScreenSide.CENTRE: 0.5, ScreenSide.RIGHT: 0.67}


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole over the overscanned canvas; metres in the world, z from the subject's plane away from the lens."""

    width: int
    height: int
    frame_width: int
    frame_height: int
    focal: float
    lens_height: float
    horizon: float
    subject: float
    vanish: float = 0.0
    pan: float = 0.0

    def scale(self, z: float = 0.0) -> float:
        """Pixels per metre at a depth."""
        return self.focal / max(NEAR, self.subject + z)

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a point of the world falls on the canvas."""
        scale = self.scale(z)
        return (self.width / 2 + self.vanish + (x - self.pan) * scale, self.horizon + (self.lens_height - y) * scale)

    def x_of(self, share: float, z: float = 0.0) -> float:
        """The world's x that falls at a share of the frame's width."""
        return self.pan + ((share - 0.5) * self.frame_width - self.vanish) / self.scale(z)

    def span(self, z: float = 0.0) -> float:
        """The metres from the middle of the set to the farther edge of the canvas at a depth."""
        return (self.width / 2 + abs(self.vanish)) / self.scale(z)

    def sees(self, x: float, z: float) -> bool:
        """Whether a spot on the ground is within the canvas from side to side, or a metre beside it."""
        spot, metre = self.at(x, 0, z)[0], self.scale(z)
        return -metre < spot < self.width + metre

    @property
    def near(self) -> float:
        """The z just before the lens."""
        return NEAR - self.subject

    @property
    def middle(self) -> Point:
        """The canvas's centre."""
        return (self.width / 2, self.height / 2)


def shows_feet(size: ShotSize) -> bool:
    """Whether people stand on visible ground in a shot of this size."""
    return size in _FEET


def share_of(side: ScreenSide) -> float:
    """Where in the frame's width a screen side is."""
    return _SIDES[side]


def cameras(picture: Picture, level: tuple[float, float], room: float) -> tuple[Camera, Camera]:
    """The camera for people and the one for the place behind them; the same one where the ground they stand on shows.

    `level` is the lowest and the highest pair of eyes in metres above the ground, `room` the metres the cast needs side by side.
    """
    low, eyes = level
    held = max(_HELD[picture.size][1 if picture.interior else 0], (eyes - low) / 0.4)
    if picture.size is ShotSize.FULL:
        held = max(held, eyes * 1.36)
    held = max(held, room * picture.height / picture.width)
    lens = _LENS_HEIGHT[picture.angle]
    if shows_feet(picture.size):
        return _standing(picture, held, lens, _FEET[picture.size])
    if picture.figures and picture.size is not ShotSize.INSERT:
        if eyes < _LYING:
            return _standing(picture, held, 0.5 * held + 0.1, _BEDSIDE)
        if _EYES[picture.size] + eyes / held < _SOLES:  # a crowd, or somebody on the ground beside somebody who stands
            return _standing(picture, held, lens, _FEET[ShotSize.FULL])
    eyes *= squash(picture.angle)
    people = _camera(picture, held, lens, _EYES[picture.size] - (lens - eyes) / held)
    behind = max(_BEHIND[picture.size], held)
    place = _camera(picture, behind, min(lens, 2.2), _HORIZON[picture.angle])
    return people, replace(place, pan=_STEP * picture.view)


def squash(angle: CameraAngle) -> float:
    """How much shorter people look from an angle."""
    return 0.8 if angle is CameraAngle.BIRDS_EYE else 1.0


def _standing(picture: Picture, held: float, lens: float, feet: float) -> tuple[Camera, Camera]:
    """One camera for people and place, the ground where they stand at `feet` of the frame's height."""
    if picture.angle is CameraAngle.BIRDS_EYE:
        feet -= 0.14
        lens = max(lens, held * 1.25)
    else:
        lens = min(lens, _TALLEST * held)
    one = _camera(picture, held, lens, feet - lens / held)
    return one, one


def _camera(picture: Picture, held: float, lens_height: float, horizon: float) -> Camera:
    distance = held * min(2.0, max(1.1, picture.lens_mm / 26))
    width, height = canvas(picture)
    return Camera(
        width=width,
        height=height,
        frame_width=picture.width,
        frame_height=picture.height,
        focal=picture.height * distance / held,
        lens_height=lens_height,
        horizon=(height - picture.height) / 2 + horizon * picture.height,
        subject=distance,
        vanish=-_TURN * picture.view * picture.width,
    )


def canvas(picture: Picture) -> tuple[int, int]:
    """The overscanned canvas in pixels, even, with the frame in its middle."""
    return (_grown(picture.width), _grown(picture.height))


def _grown(side: int) -> int:
    extra = round(side * (OVERSCAN - 1) / 2)
    return side + 2 * extra
