"""Media for the loopback services: drawn and filmed by the animatic studio, or plain and kept, where thousands are wanted."""

import functools
import io
import re
import wave
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

import cv2
import numpy as np

from aiuteur.film.bible import Age, Build, Lighting, Period, PhysicalTraits, PlaceKind, Sex, TimeOfDay, Wardrobe, Weather
from aiuteur.film.shots import CameraAngle, CameraMovement, Pose, ScreenSide, ShotSize, ShotType
from aiuteur.film.takes import Figure, Motion, Picture
from aiuteur.media.encode import House, encode
from aiuteur.models.protocols import Reference

Word = TypeVar("Word", bound=StrEnum)
_FIGURE = re.compile(
    r"^(?P<name>[^,\n]{1,40}), (?P<side>left|centre|right) of frame, (?P<pose>\w+)[^:\n]*: "
    r"(?P<age>\w+) (?P<sex>\w+), (?P<build>\w+) build", re.MULTILINE,
)


def picture(words: str, width: int, height: int, *, plain: bool) -> bytes:
    """A PNG of what the words name, as far as the studio can draw it; a shaded plane where `plain`."""
    return _plain_picture(width, height) if plain else _drawn(words, width, height)


def clip(words: str, start: bytes | None, seconds: float, width: int, height: int, *, plain: bool) -> bytes:
    """An MP4 of these seconds, beginning on a frame where one is given."""
    if plain or start is None:
        return _plain_clip(round(seconds * 24), width, height)
    from aiuteur.models.animatic.cinematographer import film

    movement = _named(CameraMovement, words, CameraMovement.PUSH_IN)
    motion = Motion(movement=movement, seconds=seconds, travel=0.5, seed=_seed(words))
    frame = cv2.imencode(".png", cv2.resize(_decoded(start), (width, height)))[1].tobytes()
    shown = Reference("start_frame", sha256(frame).hexdigest(), "image/png", frame, width, height)
    return film(motion, House(width, height, 24), (shown,))


def speech(text: str, rate: int) -> np.ndarray:
    """A hum of about the length of a spoken text, 16-bit samples at a rate."""
    seconds = max(0.3, len(text) / 18)
    times = np.arange(round(seconds * rate)) / rate
    return (np.sin(times * 2 * np.pi * 140) * 6000 * np.abs(np.sin(times * 9))).astype("<i2")


def wav(samples: np.ndarray, rate: int) -> bytes:
    """Samples as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _drawn(words: str, width: int, height: int) -> bytes:
    from aiuteur.models.animatic.illustrator import draw

    found = Picture(
        width=width, height=height, place=_named(PlaceKind, words, PlaceKind.STREET), place_name="the place",
        interior="interior" in words, period=_named(Period, words, Period.VICTORIAN),
        time_of_day=_named(TimeOfDay, words, TimeOfDay.DUSK), weather=_named(Weather, words, Weather.CLEAR), mood="tense",
        lighting=Lighting(), shot_type=_named(ShotType, words, ShotType.SINGLE), size=_named(ShotSize, words, ShotSize.MEDIUM),
        angle=_named(CameraAngle, words, CameraAngle.EYE_LEVEL), lens_mm=35, figures=_figures(words), seed=_seed(words),
    )
    return draw(found.model_dump_json(), "key_image")[0].data


def _figures(words: str) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            name=found["name"], side=_named(ScreenSide, found["side"], ScreenSide.CENTRE),
            pose=_named(Pose, found["pose"], Pose.STANDING),
            traits=PhysicalTraits(sex=_named(Sex, found["sex"], Sex.UNKNOWN), age=_named(Age, found["age"], Age.ADULT),
                                  build=_named(Build, found["build"], Build.AVERAGE)),
            wardrobe=Wardrobe(garments=("long coat",), colours=("#445566",)),
        )
        for found in _FIGURE.finditer(words)
    )[:3]


def _named(kind: type[Word], words: str, default: Word) -> Word:
    """The member of an enumeration that words name first."""
    said = words.lower()
    places = {member: said.find(member.value.replace("_", " ")) for member in kind}
    named = {member: place for member, place in places.items() if place >= 0}
    return min(named, key=named.__getitem__, default=default)


def _seed(words: str) -> int:
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") >> 1


def _decoded(data: bytes) -> cv2.typing.MatLike:
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert found is not None
    return found


@functools.lru_cache(maxsize=32)
def _plain_picture(width: int, height: int) -> bytes:
    ramp = np.linspace(40, 200, width, dtype=np.float32)[None, :, None] * np.linspace(0.6, 1.0, height)[:, None, None]
    return cv2.imencode(".png", np.repeat(ramp, 3, axis=2).astype(np.uint8))[1].tobytes()


@functools.lru_cache(maxsize=64)
def _plain_clip(frames: int, width: int, height: int) -> bytes:
    base = _decoded(_plain_picture(width, height)).astype(np.uint8)
    return encode((np.roll(base, 4 * n, axis=1) for n in range(frames)), House(width, height, 24))
