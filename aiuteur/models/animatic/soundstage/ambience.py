"""Ambience: what a place sounds like in its age, at its hour, in its weather.

Belongs here: the choice and strength of sounds. Does not belong here: the sounds themselves (`textures`, `events`).
"""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from aiuteur.film.bible import Period, PlaceKind, TimeOfDay, Weather
from aiuteur.media.tones import generator
from aiuteur.models.animatic.soundstage import events, textures
from aiuteur.models.animatic.soundstage.stage import Setting, Stage

Sounding: TypeAlias = Callable[[Stage, np.random.Generator, float], None]


class Layer(NamedTuple):
    """One sound of an ambience and its strength."""

    sound: Sounding
    strength: float


_OLD: Final = frozenset({Period.ANCIENT, Period.MEDIEVAL})
_STEAM: Final = frozenset({Period.VICTORIAN, Period.EDWARDIAN})
_GREEN: Final = frozenset({PlaceKind.FOREST, PlaceKind.FIELD, PlaceKind.GARDEN, PlaceKind.ROAD, PlaceKind.MOUNTAIN})
_TOWN: Final = frozenset({
    PlaceKind.STREET, PlaceKind.SHOP, PlaceKind.OFFICE, PlaceKind.TAVERN, PlaceKind.HALL, PlaceKind.KITCHEN, PlaceKind.SCHOOL,
    PlaceKind.HOSPITAL,
})
_LOUDNESS: Final = {
    PlaceKind.SEA: 3.0, PlaceKind.RAILWAY: 3.0, PlaceKind.TAVERN: 2.0, PlaceKind.STREET: 1.0, PlaceKind.CHURCH: -3.0,
    PlaceKind.ROOM: -2.0, PlaceKind.ATTIC: -2.0, PlaceKind.CELLAR: -2.0, PlaceKind.BEDROOM: -2.0, PlaceKind.CAVE: -2.0,
    PlaceKind.SHIP: 3.0, PlaceKind.SPACESHIP: 1.0, PlaceKind.DESERT: -1.0,
}
_LONELY: Final = {
    PlaceKind.CELLAR: Layer(events.drips, 1.0), PlaceKind.CAVE: Layer(events.drips, 1.2),
    PlaceKind.ATTIC: Layer(textures.wind, 0.25), PlaceKind.SPACESHIP: Layer(textures.hum, 1.2),
}
_WEATHER_LOUDNESS: Final = {Weather.RAIN: 4.0, Weather.WIND: 3.0, Weather.SNOW: -2.0, Weather.FOG: -1.0}


def ambience(stage: Stage, setting: Setting) -> None:
    """Put a setting's ambience on a stage."""
    for layer in layers(setting):
        layer.sound(stage, generator(setting.seed, layer.sound.__name__), layer.strength)


def loudness(setting: Setting) -> float:
    """The RMS level in decibels full scale that a setting's ambience is brought to."""
    weather = _WEATHER_LOUDNESS.get(setting.weather, 0.0) * (0.5 if setting.interior else 1.0)
    night = -1.5 if setting.time_of_day is TimeOfDay.NIGHT else 0.0
    return -41.0 + _LOUDNESS.get(setting.place, 0.0) + weather + night - (2.0 if setting.interior else 0.0)


def layers(setting: Setting) -> tuple[Layer, ...]:
    """The sounds of a setting, each once."""
    if setting.interior:
        found = [Layer(textures.room_tone, 0.6), *_inside(setting), *_weather_inside(setting)]
    else:
        found = [Layer(textures.open_air, 0.45), *_outside(setting), *_weather_outside(setting)]
    return tuple({layer.sound.__name__: layer for layer in reversed(found)}.values())


def _hearth(setting: Setting) -> list[Layer]:
    """What warms and times a room of the age."""
    if setting.period in _OLD:
        return [Layer(events.fire, 0.8)]
    if setting.period in _STEAM:
        evening = setting.time_of_day in {TimeOfDay.NIGHT, TimeOfDay.DUSK} or setting.weather is Weather.SNOW
        return [Layer(events.clock, 1.0), *([Layer(events.fire, 0.7)] if evening else [])]
    if setting.period is Period.MIDCENTURY:
        return [Layer(events.clock, 0.8)]
    return [Layer(textures.hum, 0.4)]


def _inside(setting: Setting) -> list[Layer]:
    """A room's own sounds."""
    by_day = setting.time_of_day in {TimeOfDay.DAY, TimeOfDay.DAWN}
    modern = setting.period not in _OLD | _STEAM
    match setting.place:
        case PlaceKind.TAVERN:
            return [Layer(textures.murmur, 1.0), Layer(events.glasses, 1.0), Layer(events.fire, 0.5)]
        case PlaceKind.SHOP:
            return [Layer(textures.murmur, 0.4 if by_day else 0.1), *_hearth(setting)]
        case PlaceKind.OFFICE:
            return [Layer(textures.hum, 0.7)] if modern and setting.period is not Period.MIDCENTURY else [
                Layer(events.typing, 0.7), Layer(events.clock, 0.6)]
        case PlaceKind.RAILWAY:
            return [Layer(textures.carriage, 1.0), Layer(events.rail_joints, 1.0)]
        case PlaceKind.CHURCH | PlaceKind.HALL | PlaceKind.HOSPITAL:
            return [Layer(events.footfalls, 0.8)]
        case PlaceKind.SCHOOL:
            return [Layer(textures.murmur, 0.5 if by_day else 0.0), Layer(events.clock, 0.8)]
        case PlaceKind.KITCHEN:
            return [Layer(events.fire if not modern else textures.hum, 0.6), Layer(events.glasses, 0.5)]
        case _:
            return [_LONELY[setting.place]] if setting.place in _LONELY else _hearth(setting)


def _outside(setting: Setting) -> list[Layer]:
    """A place's own sounds under the sky."""
    quiet = 0.45 if setting.time_of_day is TimeOfDay.NIGHT else 1.0
    match setting.place:
        case town if town in _TOWN:
            return _street(setting, quiet)
        case PlaceKind.RAILWAY:
            return [Layer(textures.carriage, 0.8), Layer(events.rail_joints, 0.6)]
        case PlaceKind.SEA | PlaceKind.SHIP:
            return [Layer(textures.surf, 1.0), *([Layer(events.gulls, 1.0)] if quiet == 1 else [])]
        case PlaceKind.MOUNTAIN | PlaceKind.DESERT:
            return [Layer(textures.wind, 0.8)]
        case PlaceKind.FOREST:
            return [Layer(textures.leaves, 0.7), *_creatures(setting)]
        case PlaceKind.ROAD:
            traffic = [Layer(events.hooves, 0.5)] if setting.period in _OLD | _STEAM else [Layer(textures.rumble, 0.5)]
            return [Layer(textures.wind, 0.3), *traffic, *_creatures(setting)]
        case PlaceKind.SPACESHIP:
            return [_LONELY[setting.place]]
        case _:
            return [Layer(textures.leaves, 0.35), Layer(textures.wind, 0.2), *_creatures(setting)]


def _street(setting: Setting, quiet: float) -> list[Layer]:
    """A town by its age."""
    if setting.period in _OLD | _STEAM:
        return [Layer(events.hooves, 0.9 * quiet), Layer(textures.murmur, 0.35 * quiet)]
    return [Layer(textures.rumble, 0.9 * quiet), Layer(textures.murmur, 0.12 * quiet)]


def _creatures(setting: Setting) -> list[Layer]:
    """Birds by day, most of all at dawn; crickets and an owl by night; none in rain or snow."""
    if setting.weather in {Weather.RAIN, Weather.SNOW} or (setting.place is PlaceKind.MOUNTAIN):
        return []
    match setting.time_of_day:
        case TimeOfDay.DAWN:
            return [Layer(events.birds, 1.2)]
        case TimeOfDay.DAY:
            return [Layer(events.birds, 0.8)]
        case TimeOfDay.DUSK:
            return [Layer(events.crickets, 0.6), Layer(events.birds, 0.4)]
        case TimeOfDay.NIGHT:
            return [Layer(events.crickets, 1.0), *([Layer(events.owl, 1.0)] if setting.place is PlaceKind.FOREST else [])]


def _weather_outside(setting: Setting) -> list[Layer]:
    """What falls or blows."""
    match setting.weather:
        case Weather.RAIN:
            return [Layer(textures.rain_outside, 1.3)]
        case Weather.WIND:
            return [Layer(textures.wind, 1.3), *([Layer(textures.leaves, 1.0)] if setting.place in _GREEN else [])]
        case Weather.SNOW:
            return [Layer(textures.wind, 0.35)]
        case Weather.FOG:
            return [Layer(events.foghorn, 1.0)] if setting.place in {PlaceKind.SEA, PlaceKind.SHIP} else []
        case _:
            return []


def _weather_inside(setting: Setting) -> list[Layer]:
    """What walls let through of it."""
    if setting.place in {PlaceKind.CELLAR, PlaceKind.CAVE, PlaceKind.SPACESHIP}:
        return []
    match setting.weather:
        case Weather.RAIN:
            return [Layer(textures.rain_inside, 1.0)]
        case Weather.WIND | Weather.SNOW:
            return [Layer(textures.wind, 0.5 if setting.weather is Weather.WIND else 0.2)]
        case _:
            return []
