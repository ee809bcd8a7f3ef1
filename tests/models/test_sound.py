"""The built-in sound department: exact lengths, the same bytes in every process, audible weather, and room for the voices."""

import asyncio
import hashlib
import io
import json
import subprocess
import sys
import wave
from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import pytest

from aiuteur.digest import Json
from aiuteur.film.bible import Period, PlaceKind, TimeOfDay, Weather
from aiuteur.media.waves import RATE, Samples, decode, smooth_even
from aiuteur.models.animatic.sound import AnimaticSound, scene_sound
from aiuteur.models.animatic.soundstage.ambience import layers
from aiuteur.models.animatic.soundstage.music import COLOURS, bars, colour_of, music
from aiuteur.models.animatic.soundstage.stage import Setting, Stage
from aiuteur.models.protocols import Reference, Request


def payload(seconds: float = 6.0, lines: Sequence[Mapping[str, Json]] = (), **setting: Json) -> dict[str, Json]:
    return {
        "seconds": seconds, "lines": list(lines),
        "shots": [{"start": 0.0, "seconds": 2.5}, {"start": 2.5, "seconds": seconds - 2.5}],
        "place": "street", "interior": False, "time_of_day": "day", "weather": "clear", "mood": "tense", "period": "contemporary",
        "seed": 11, **setting}


def speech(seconds: float) -> bytes:
    """A stand-in for a spoken line: a buzz at the level of speech, as 16-bit WAV."""
    time = np.arange(round(seconds * RATE)) / RATE
    buzz = sum((np.sin(2 * np.pi * 140 * k * time) / k for k in range(1, 12)), np.zeros_like(time)) * 0.12
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((buzz * 20_000).astype(np.int16).tobytes())
    return out.getvalue()


def loudness(sound: Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(sound**2))))


def share_above(sound: Samples, hertz: float) -> float:
    power = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    return float(power[np.fft.rfftfreq(len(sound), 1 / RATE) > hertz].sum() / power.sum())


@pytest.mark.parametrize("seconds", [0.5, 1.7, 6.0, 13.3337])
def test_a_scene_lasts_exactly_its_seconds(seconds: float) -> None:
    sound, bed = scene_sound(payload(seconds), {})
    assert len(decode(sound)) == len(decode(bed)) == round(seconds * RATE)


@pytest.mark.parametrize("place", list(PlaceKind))
def test_every_place_sounds_quietly_and_nowhere_clips(place: PlaceKind) -> None:
    for interior, weather, period in ((True, "rain", "medieval"), (False, "snow", "victorian"), (False, "fog", "future")):
        sound = decode(scene_sound(payload(4.0, place=place.value, interior=interior, weather=weather, period=period), {})[0])
        assert -46 < loudness(sound) < -26
        assert np.abs(sound).max() < 0.5


def test_the_same_scene_is_the_same_bytes_in_another_process() -> None:
    asked = payload(5.0, weather="rain", mood="hopeful", period="edwardian", place="sea")
    program = ("import sys, json, hashlib; from aiuteur.models.animatic.sound import scene_sound; "
               "print(hashlib.sha256(scene_sound(json.loads(sys.argv[1]), {})[0]).hexdigest())")
    told = [subprocess.run([sys.executable, "-c", program, json.dumps(asked)], check=True, capture_output=True, text=True,
                           env={"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": threads, "PYTHONPATH": "."}).stdout.strip()
            for threads in ("1", "2")]
    assert told == [hashlib.sha256(scene_sound(asked, {})[0]).hexdigest()] * 2


def test_another_seed_is_another_sound() -> None:
    assert scene_sound(payload(seed=1), {})[0] != scene_sound(payload(seed=2), {})[0]


def test_rain_is_brighter_outside_than_behind_a_wall() -> None:
    street, room, clear = (decode(scene_sound(payload(place=place, interior=interior, weather=weather, mood="calm"), {})[0])
                           for place, interior, weather in (
                               ("street", False, "rain"), ("room", True, "rain"), ("street", False, "clear")))
    assert share_above(street, 3000) > 5 * share_above(room, 3000)
    assert share_above(street, 3000) > 5 * share_above(clear, 3000)


def setting(place: PlaceKind, hour: TimeOfDay, weather: Weather = Weather.CLEAR, period: Period = Period.VICTORIAN, *,
            interior: bool = False) -> Setting:
    return Setting(place, interior, hour, weather, "calm", period, 1)


@pytest.mark.parametrize(("where", "heard", "unheard"), [
    (setting(PlaceKind.FOREST, TimeOfDay.DAY), "birds", "crickets"),
    (setting(PlaceKind.FOREST, TimeOfDay.NIGHT), "crickets", "birds"),
    (setting(PlaceKind.FOREST, TimeOfDay.DAY, Weather.RAIN), "rain_outside", "birds"),
    (setting(PlaceKind.STREET, TimeOfDay.DAY), "hooves", "rumble"),
    (setting(PlaceKind.STREET, TimeOfDay.DAY, period=Period.CONTEMPORARY), "rumble", "hooves"),
    (setting(PlaceKind.ROOM, TimeOfDay.NIGHT, interior=True), "fire", "hum"),
    (setting(PlaceKind.RAILWAY, TimeOfDay.DAY, interior=True), "rail_joints", "birds"),
    (setting(PlaceKind.CELLAR, TimeOfDay.NIGHT, Weather.RAIN, interior=True), "drips", "rain_inside"),
], ids=lambda value: value if isinstance(value, str) else f"{value.place}-{value.time_of_day}-{value.weather}")
def test_a_place_has_its_own_sounds(where: Setting, heard: str, unheard: str) -> None:
    names = [layer.sound.__name__ for layer in layers(where)]
    assert heard in names
    assert unheard not in names
    assert len(names) == len(set(names))


def test_the_bed_is_lowered_under_a_line_and_does_not_depend_on_its_voice() -> None:
    line: Mapping[str, Json] = {"start": 4.0, "seconds": 3.0, "side": "left"}
    asked = payload(12.0, [line], weather="rain")
    plain, (first, first_bed), (_, second_bed) = (scene_sound(asked, references) for references in (
        {}, {"line:0": speech(2.8)}, {"line:0": speech(2.5)}))
    assert first_bed == second_bed
    assert plain[0] == plain[1]
    under, free = slice(int(4.3 * RATE), int(6.7 * RATE)), slice(int(8 * RATE), int(11 * RATE))
    lowered = loudness(decode(first_bed)[under]) - loudness(decode(plain[0])[under])
    assert -9 < lowered < -3
    assert abs(loudness(decode(first_bed)[free]) - loudness(decode(plain[0])[free])) < 1.5
    assert loudness(decode(first)[under]) > loudness(decode(first_bed)[under]) + 10


@pytest.mark.parametrize(("side", "louder"), [("left", 0), ("right", 1)])
def test_a_line_comes_gently_from_its_side(side: str, louder: int) -> None:
    asked = payload(4.0, [{"start": 1.0, "seconds": 2.0, "side": side}])
    sound, bed = (decode(data) for data in scene_sound(asked, {"line:0": speech(2.0)}))
    voice = (sound - bed)[RATE : 3 * RATE]
    difference = loudness(voice[:, louder]) - loudness(voice[:, 1 - louder])
    assert 1 < difference < 7


@pytest.mark.parametrize(("moods", "sounds"), [
    (("tense", "ominous", "Afraid", "full of dread"), "tense"), (("fierce", "angry", "a battle"), "fierce"),
    (("melancholy", "sad", "grieving"), "sad"), (("uneasy", "mysterious", "surprised"), "eerie"),
    (("warm", "tender", "loving"), "tender"), (("hopeful", "determined"), "hopeful"), (("joyful", "bright", "comic"), "bright"),
    (("quiet", "calm"), "calm"), (("plain", "neutral", ""), "plain"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_mood_has_its_colour(moods: tuple[str, ...], sounds: str) -> None:
    assert {colour_of(mood) for mood in moods} == {COLOURS[sounds]}


def test_chords_fill_the_scene_and_change_on_cuts() -> None:
    starts = bars(20.0, 4.0, [0.0, 3.6, 11.9, 17.9])
    assert starts == [0.0, 3.6, 8.0, 11.9, 16.0, 20.0]
    assert bars(1.0, 4.0, []) == [0.0, 1.0]


def test_the_melody_rests_while_anybody_speaks() -> None:
    def brightness(lines: list[tuple[float, float]]) -> float:
        stage = Stage(16.0)
        music(stage, setting(PlaceKind.ROOM, TimeOfDay.DAY, interior=True), [], lines)
        high = np.fft.rfft(stage.low[0, 16_000 : 14 * 16_000])[13 * 900 :]
        return float(np.square(np.abs(high)).sum())

    assert brightness([(0.0, 16.0)]) < 0.2 * brightness([])


def test_a_church_answers_longer_than_a_room() -> None:
    tails: list[float] = []
    for place in ("church", "room"):
        asked = payload(5.0, [{"start": 1.0, "seconds": 1.0, "side": "centre"}], place=place, interior=True)
        sound, bed = (decode(data) for data in scene_sound(asked, {"line:0": speech(1.0)}))
        voice = sound - bed
        tails.append(loudness(voice[int(2.2 * RATE) : int(2.6 * RATE)]) - loudness(voice[RATE : 2 * RATE]))
    assert tails[0] > tails[1] + 10


def test_the_reply_holds_the_mix_and_the_bed() -> None:
    data = speech(1.0)
    asked = payload(3.0, [{"start": 0.5, "seconds": 1.2, "side": "centre"}, {"start": 2.0, "seconds": 0.9, "side": None}])
    reference = Reference("line:0", hashlib.sha256(data).hexdigest(), "audio/wav", data)
    reply = asyncio.run(AnimaticSound().make(Request("scene_sound", asked, references=(reference,))))
    assert [(made.role, made.mime, made.seconds) for made in reply.media] == [
        ("sound", "audio/flac", 3.0), ("bed", "audio/flac", 3.0)]
    assert cast("dict[str, Json]", reply.content) == {"lines_voiced": 1}
    assert reply.media[0].data != reply.media[1].data


@pytest.mark.parametrize("least", [1, 7, 246_786, 253_073, 270_466])
def test_sound_is_transformed_at_lengths_that_are_even_and_quick(least: int) -> None:
    size = smooth_even(least)
    assert least <= size <= least * 1.1 + 2
    rest = size // 2
    assert rest * 2 == size
    for factor in (2, 3, 5):
        while rest % factor == 0:
            rest //= factor
    assert rest == 1
