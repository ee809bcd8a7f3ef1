"""The measured gates: a take in numbers, held against what was asked and against a project's thresholds.

Belongs here: the bounds' meaning. Does not belong here: measuring (`aiuteur.media.measure`), or what a failed gate leads to
(`aiuteur.craft.review`).
"""

from dataclasses import dataclass, field
from typing import Final

from aiuteur.errors import AiuteurError, Corrupt, InvalidInput
from aiuteur.film.dailies import Gate, Thresholds
from aiuteur.film.formats import FPS
from aiuteur.media.groups import Groups
from aiuteur.media.measure import Moving, Still, measure_clip, measure_picture
from aiuteur.media.measure_sound import Heard, measure_sound

MEASURED: Final = 1
"""How takes are measured and held against what was asked: raised when it is done otherwise, so that no old answer is kept."""

_RATE: Final = 0.01
"""Frames per second that a rate may be off: containers round."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a take was asked to be: pixels; of a clip seconds, rate, whether it moves and whether its light may jump."""

    width: int | None = None
    height: int | None = None
    seconds: float = 0.0
    fps: float = FPS
    moves: bool = True
    flickers: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """A take that was looked at: its gates, and of a clip the groups of pictures that need not be decoded again for its film."""

    gates: tuple[Gate, ...]
    groups: Groups = field(default_factory=dict[str, tuple[int, int]])


def watch_picture(data: bytes, asked: Asked, bounds: Thresholds) -> Watched:
    """A frame take, as `review_picture` finds it."""
    return Watched(review_picture(data, asked, bounds))


def review_picture(data: bytes, asked: Asked, bounds: Thresholds) -> tuple[Gate, ...]:
    """Measure a frame take and hold it against what was asked; one that cannot be read fails `decodes` alone."""
    try:
        return picture_gates(measure_picture(data), asked, bounds)
    except InvalidInput:
        return (_yes("decodes", 0.0, 1.0, passed=False),)


def review_clip(
    data: bytes, asked: Asked, bounds: Thresholds, *, start: bytes | None = None, end: bytes | None = None,
    stem: bytes | None = None,
) -> tuple[Gate, ...]:
    """The gates of a clip, as `watch_clip` finds them."""
    return watch_clip(data, asked, bounds, start=start, end=end, stem=stem).gates


def watch_clip(
    data: bytes, asked: Asked, bounds: Thresholds, *, start: bytes | None = None, end: bytes | None = None,
    stem: bytes | None = None,
) -> Watched:
    """Measure a clip take, its ends and its own sound, and hold them against what was asked.

    Raises `InvalidInput` for a start or end frame that cannot be read: that is not the take's fault.
    """
    begun, ended = (measure_picture(frame) if frame is not None else None for frame in (start, end))
    try:
        found = measure_clip(data, begun, ended)
    except (InvalidInput, Corrupt):
        return Watched((_yes("decodes", 0.0, 1.0, passed=False),))
    heard = _sound(stem, bounds) if stem is not None else ()
    return Watched(clip_gates(found, asked, bounds, begun) + heard, found.groups)


def picture_gates(found: Still, asked: Asked, bounds: Thresholds) -> tuple[Gate, ...]:
    """A frame's gates."""
    return (
        _yes("decodes", 1.0, 1.0, passed=True),
        *_size(found.width, found.height, asked),
        _at_most("black", float(found.black), 0.5),
        _at_most("blown", found.blown, bounds.frame_blown),
        _at_most("crushed", found.crushed, bounds.frame_crushed),
        _at_least("contrast", found.contrast, bounds.frame_contrast),
        _at_least("sharpness", found.sharpness, bounds.frame_sharpness),
        _at_most("off_centre", found.off_centre, bounds.frame_off_centre),
    )


def clip_gates(found: Moving, asked: Asked, bounds: Thresholds, start: Still | None = None) -> tuple[Gate, ...]:
    """A clip's gates; exposure and focus are held against its start frame, or else against what a frame may be."""
    return (
        _yes("decodes", found.frames / max(1, found.told), 1.0, passed=found.decodes),
        *_size(found.width, found.height, asked),
        _yes("rate", found.fps, asked.fps, passed=abs(found.fps - asked.fps) <= _RATE),
        _at_most("duration", abs(found.seconds - asked.seconds), bounds.duration),
        *_moving(found, asked, bounds),
        *_exposed(found, bounds, start),
        *([] if found.starts is None else [_at_least("starts", found.starts, bounds.starts)]),
        *([] if found.ends is None else [_at_least("ends", found.ends, bounds.ends)]),
    )


def _moving(found: Moving, asked: Asked, bounds: Thresholds) -> list[Gate]:
    """What passes in time; a held shot may stand as still as it likes, and firelight may jump."""
    return [
        _at_most("black", found.black, bounds.black),
        _at_most("frozen", found.frozen if asked.moves else 0.0, bounds.frozen),
        _at_most("flicker", found.flicker, 1.0 if asked.flickers else bounds.flicker),
        _at_most("cut", found.cut, bounds.cut),
    ]


def _exposed(found: Moving, bounds: Thresholds, start: Still | None) -> list[Gate]:
    if start is None:
        return [
            _at_most("blown", found.blown, bounds.frame_blown), _at_most("crushed", found.crushed, bounds.frame_crushed),
            _at_least("sharpness", found.sharpness, bounds.frame_sharpness / 2),  # it may fade in
        ]
    return [
        _at_most("blown", found.blown - start.blown, bounds.blown),
        _at_most("crushed", found.crushed - start.crushed, bounds.crushed),
        _at_least("sharpness", min(now / then for now, then in zip(found.acuity, start.acuity, strict=True)), bounds.sharpness),
    ]


def _sound(stem: bytes, bounds: Thresholds) -> tuple[Gate, ...]:
    try:
        found = measure_sound(stem)
    except AiuteurError:
        return (_yes("decodes", 0.0, 1.0, passed=False),)
    return sound_gates(found, bounds)


def sound_gates(found: Heard, bounds: Thresholds) -> tuple[Gate, ...]:
    """The gates of a clip's own sound."""
    return (
        _at_least("quiet", found.lufs, bounds.quietest), _at_most("loud", found.lufs, bounds.loudest),
        _at_most("true_peak", found.true_peak, bounds.true_peak),
    )


def _size(width: int, height: int, asked: Asked) -> tuple[Gate, ...]:
    """How much of the size asked was given; none where no size was asked."""
    if asked.width is None or asked.height is None:
        return ()
    given = (width, height) == (asked.width, asked.height)
    return (_yes("size", width * height / max(1, asked.width * asked.height), 1.0, passed=given),)


def _at_most(name: str, value: float, bound: float) -> Gate:
    return _yes(name, value, bound, passed=value <= bound + 1e-9)


def _at_least(name: str, value: float, bound: float) -> Gate:
    return _yes(name, value, bound, passed=value >= bound - 1e-9)


def _yes(name: str, value: float, bound: float, *, passed: bool) -> Gate:
    return Gate(name=name, value=round(value, 4), bound=round(bound, 4), passed=passed)
