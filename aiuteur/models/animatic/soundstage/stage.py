"""The stage that a scene's sounds are put on: where each stands between left and right, and how much of the room answers it.

Belongs here: buses, panning, the room of each kind of place. Does not belong here: any particular sound.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from aiuteur.film.bible import Period, PlaceKind, TimeOfDay, Weather
from aiuteur.media.tones import LOW, generator, impulse, upsampled
from aiuteur.media.waves import Samples, sample_count


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a scene plays, as its sound needs it."""

    place: PlaceKind
    interior: bool
    time_of_day: TimeOfDay
    weather: Weather
    mood: str
    period: Period
    seed: int


@dataclass(frozen=True, slots=True)
class Room:
    """How a place answers: seconds until its echo has fallen by 60 dB, darkness of its walls, share of it that is heard."""

    decay: float
    darkness: float
    share: float


_INSIDE: Final = {
    PlaceKind.CHURCH: Room(2.6, 0.55, 0.5), PlaceKind.HALL: Room(1.5, 0.45, 0.4), PlaceKind.CELLAR: Room(0.9, 0.5, 0.4),
    PlaceKind.RAILWAY: Room(1.3, 0.35, 0.35), PlaceKind.ATTIC: Room(0.45, 0.6, 0.25), PlaceKind.OFFICE: Room(0.4, 0.5, 0.22),
    PlaceKind.SHOP: Room(0.45, 0.5, 0.24), PlaceKind.TAVERN: Room(0.5, 0.6, 0.26), PlaceKind.KITCHEN: Room(0.5, 0.25, 0.28),
}
_OUTSIDE: Final = {
    PlaceKind.STREET: Room(0.7, 0.5, 0.14), PlaceKind.FOREST: Room(0.9, 0.8, 0.12), PlaceKind.MOUNTAIN: Room(1.8, 0.7, 0.12),
    PlaceKind.RAILWAY: Room(0.8, 0.5, 0.14), PlaceKind.CHURCH: Room(0.8, 0.6, 0.12),
}


def room_of(place: PlaceKind, *, interior: bool) -> Room:
    """How a kind of place answers a sound."""
    if interior:
        return _INSIDE.get(place, Room(0.42, 0.6, 0.22))
    return _OUTSIDE.get(place, Room(0.3, 0.7, 0.06))


@dataclass(slots=True)
class Stage:
    """Buses of one scene: `low` and `wet` at `LOW` samples a second, `air` at 48 kHz, all stereo (2, samples)."""

    seconds: float
    low: Samples = field(init=False)
    wet: Samples = field(init=False)
    air: Samples = field(init=False)

    def __post_init__(self) -> None:
        self.low = np.zeros((2, int(self.seconds * LOW) + 2), np.float32)
        self.wet = np.zeros_like(self.low)
        self.air = np.zeros((2, sample_count(self.seconds)), np.float32)

    @property
    def count(self) -> int:
        """Samples of the low buses."""
        return self.low.shape[1]

    def spread(self, left: Samples, right: Samples, gain: float) -> None:
        """A continuous sound around the listener, at `LOW`; each side at least as long as the scene."""
        self.low[0] += left[: self.count] * np.float32(gain)
        self.low[1] += right[: self.count] * np.float32(gain)

    def hiss(self, left: Samples, right: Samples, gain: float) -> None:
        """A continuous sound around the listener at 48 kHz, repeated as loops."""
        for side, loop in enumerate((left, right)):
            self.air[side] += np.resize(loop, self.air.shape[1]) * np.float32(gain)

    def put(self, grain: Samples, at: float, pan: float = 0.0, gain: float = 1.0, wet: float = 0.0) -> None:
        """A short mono sound at a moment: `pan` −1 (left) to 1, `wet` how much of it the room hears besides."""
        first = int(at * LOW)
        cut = max(0, -first)
        last = min(self.count, first + len(grain))
        if last <= first + cut:
            return
        heard = grain[cut : last - first]
        for side, share in enumerate(panned(pan)):
            self.low[side, first + cut : last] += heard * np.float32(gain * share)
            if wet:
                self.wet[side, first + cut : last] += heard * np.float32(gain * wet * share)

    def mixed(self, room: Room | None, seed: int) -> Samples:
        """Everything on the stage as (2, samples) at 48 kHz, heard in a room."""
        answer = impulse(generator(seed, "room"), room.decay, room.darkness) if room is not None else None
        return self.air + upsampled(self.low, self.wet if room is not None else None, answer, self.air.shape[1])


def panned(pan: float) -> tuple[float, float]:
    """Gains of left and right at equal power, 1 each in the middle."""
    angle = (pan + 1) * np.pi / 4
    return float(np.cos(angle) * 2**0.5), float(np.sin(angle) * 2**0.5)


def level(sound: Samples) -> float:
    """The RMS of a sound; 1e-9 for silence, so that it can be divided by."""
    return max(1e-9, float(np.sqrt(np.mean(np.square(sound)))))


def decibels(amount: float) -> float:
    """The gain of so many decibels."""
    return 10 ** (amount / 20)
