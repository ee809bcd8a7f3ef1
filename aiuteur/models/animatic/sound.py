"""The built-in sound department: one scene's finished mix from its place, hour, weather, mood, and the lines spoken in it.

Belongs here: the request, balance, ducking and the place of lines. Does not belong here: ambience and music themselves
(`aiuteur.models.animatic.soundstage`), the loudness of the film (`aiuteur.media.mix`).
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import Period, PlaceKind, TimeOfDay, Weather
from aiuteur.film.crew import Role
from aiuteur.media.tones import LOW, edges
from aiuteur.media.waves import RATE, Samples, decode, flac, resampled, sample_count
from aiuteur.models.animatic.cards import CARDS
from aiuteur.models.animatic.soundstage.ambience import ambience, loudness
from aiuteur.models.animatic.soundstage.music import colour_of, music
from aiuteur.models.animatic.soundstage.stage import Room, Setting, Stage, decibels, level, panned, room_of
from aiuteur.models.protocols import Made, Reply, Request

_FADE: Final = 0.3
_PAN: Final = {"left": -0.28, "right": 0.28}
_DUCK: Final = {"music": -8.0, "ambience": -4.0}
_ATTACK: Final = 0.18
_RELEASE: Final = 0.45
_MUSIC_ROOM: Final = Room(1.9, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A line's place in its scene: seconds at which it starts, seconds it has, side, and its speech where there is one."""

    start: float
    seconds: float
    side: str
    speech: bytes | None


class AnimaticSound:
    """Answers `scene_sound` with two sounds of exactly the seconds asked: `sound`, the mix, and `bed`, the same without voices.

    The bed depends on which lines are spoken, never on how: what lies under a line is lowered by the line's time in the script.
    """

    card = CARDS[Role.SOUND]

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor

    async def make(self, request: Request) -> Reply:
        """Mix one scene; raises `InvalidInput` for another task and `Corrupt` for speech that cannot be decoded."""
        if request.task != "scene_sound":
            message = f"The sound department mixes scenes; it cannot answer {request.task!r}."
            raise InvalidInput(message)
        speech = {reference.role: reference.data for reference in request.references}
        made = await asyncio.get_running_loop().run_in_executor(self._executor, scene_sound, dict(request.payload), speech)
        seconds = cast("float", request.payload["seconds"])
        media = [Made(role, data, "audio/flac", seconds=seconds) for role, data in zip(("sound", "bed"), made, strict=True)]
        return Reply({"lines_voiced": sum(role.startswith("line:") for role in speech)}, media, cost_usd=0.0)


def scene_sound(payload: Mapping[str, Json], speech: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """The FLAC bytes of a scene's mix and of its bed, from the payload of `scene_sound` and speech by role `line:<index>`."""
    seconds, setting, lines = cast("float", payload["seconds"]), _setting(payload), _lines(payload, speech)
    shots = cast("Sequence[Mapping[str, float]]", payload["shots"])
    bed = _bed(seconds, setting, [shot["start"] for shot in shots], lines)
    quiet = flac(bed.T)
    voices = _voices(seconds, setting, lines)
    return (quiet if voices is None else flac((bed + voices).T)), quiet


def _setting(payload: Mapping[str, Json]) -> Setting:
    """The setting that a payload describes."""
    return Setting(
        place=PlaceKind(payload["place"] or PlaceKind.ROOM), interior=bool(payload["interior"]),
        time_of_day=TimeOfDay(payload["time_of_day"]), weather=Weather(payload["weather"]), mood=str(payload["mood"]),
        period=Period(payload["period"]), seed=cast("int", payload["seed"]),
    )


def _lines(payload: Mapping[str, Json], speech: Mapping[str, bytes]) -> list[Line]:
    """The lines of a payload, each with its speech where there is one."""
    told = cast("Sequence[Mapping[str, Json]]", payload["lines"])
    return [Line(cast("float", line["start"]), cast("float", line["seconds"]), str(line.get("side")), speech.get(f"line:{index}"))
            for index, line in enumerate(told)]


def _bed(seconds: float, setting: Setting, cuts: Sequence[float], lines: Sequence[Line]) -> Samples:
    """Ambience and music (2, samples), ducked under the lines that are spoken, faded at both ends."""
    spoken = [(line.start, line.start + line.seconds) for line in lines if line.speech is not None]
    around, band = Stage(seconds), Stage(seconds)
    ambience(around, setting)
    music(band, setting, cuts, spoken)
    place = room_of(setting.place, interior=setting.interior)
    sound = np.zeros((2, sample_count(seconds)), np.float32)
    parts = (("ambience", around, place, loudness(setting)), ("music", band, _MUSIC_ROOM, colour_of(setting.mood).decibels))
    for name, stage, room, target in parts:
        part = stage.mixed(room, setting.seed)
        sound += part * (_ducked(spoken, part.shape[1], _DUCK[name]) * np.float32(decibels(target) / level(part)))
    return sound * np.sqrt(edges(sound.shape[1], _FADE, _FADE, RATE))


def _ducked(spoken: Sequence[tuple[float, float]], count: int, amount: float) -> Samples:
    """The gain of `amount` decibels under speech and 1 elsewhere, begun before the first word and released after the last."""
    if not spoken:
        return np.ones(count, np.float32)
    step = RATE // 100
    down = np.zeros(count // step + 2, np.float32)
    moments = np.arange(len(down)) / 100
    for start, end in spoken:
        into = np.clip((moments - start + _ATTACK) / _ATTACK, 0, 1)
        out = np.clip((end + _RELEASE - moments) / _RELEASE, 0, 1)
        down = np.maximum(down, np.minimum(into, out).astype(np.float32))
    gain = 10 ** (amount * (0.5 - 0.5 * np.cos(np.pi * down)) / 20)
    return np.interp(np.arange(count), np.arange(len(gain)) * step, gain).astype(np.float32)


def _voices(seconds: float, setting: Setting, lines: Sequence[Line]) -> Samples | None:
    """Every spoken line in its place (2, samples), with the room's answer; None where nobody speaks."""
    spoken = [(line, line.speech) for line in lines if line.speech is not None]
    if not spoken:
        return None
    stage, room = Stage(seconds), room_of(setting.place, interior=setting.interior)
    for line, data in spoken:
        voice = np.ascontiguousarray(decode(data)[:, 0])
        start = max(0.0, min(line.start, seconds - len(voice) / RATE))
        _say(stage, voice, start, _PAN.get(line.side, 0.0), room.share)
    return np.clip(stage.mixed(room, setting.seed), -0.98, 0.98)


def _say(stage: Stage, voice: Samples, start: float, pan: float, share: float) -> None:
    """Put a voice on the stage at full rate, and what the room hears of it at the low one."""
    first = sample_count(start)
    heard = voice[: max(0, stage.air.shape[1] - first)]
    for side, gain in enumerate(panned(pan)):
        stage.air[side, first : first + len(heard)] += heard * np.float32(gain)
    send = resampled(heard, RATE, LOW)
    at = int(start * LOW)
    send = send[: stage.count - at]
    for side, gain in enumerate(panned(pan * 0.5)):
        stage.wet[side, at : at + len(send)] += send * np.float32(gain * share)
