"""Light: the colours of an hour and a weather, and where the key light stands.

Belongs here: turning time, weather, mood and lighting into colours. Does not belong here: geometry.
"""

from dataclasses import dataclass
from typing import Final

from aiuteur.film.bible import LightDirection, Lighting, LightQuality, PlaceKind, TimeOfDay, Weather
from aiuteur.film.takes import Picture
from aiuteur.models.animatic.art.colour import Rgb, luma, mix, rgb, saturate, scale, times


@dataclass(frozen=True, slots=True)
class Hour:
    """How the open air looks at a time of day: sky from zenith to horizon, haze, and the light that falls."""

    sky: tuple[Rgb, Rgb, Rgb]
    haze: Rgb
    ambient: Rgb
    key: Rgb


_HOURS: Final = {
    TimeOfDay.DAWN: Hour(
        (rgb("#5d7da6"), rgb("#e2a99a"), rgb("#ffd9a3")), rgb("#e8b8a4"), rgb("#a79bb4"), rgb("#ffc58f")
    ),
    TimeOfDay.DAY: Hour((rgb("#3f7fc4"), rgb("#86b7e0"), rgb("#d9ecf5")), rgb("#bcd5e6"), rgb("#b9c3cf"), rgb("#fff0d0")),
    TimeOfDay.DUSK: Hour((rgb("#2b2350"), rgb("#8a4a78"), rgb("#f39a63")), rgb("#a8627c"), rgb("#75648e"), rgb("#ffab6b")),
    TimeOfDay.NIGHT: Hour((rgb("#070d20"), rgb("#12233f"), rgb("#27466b")), rgb("#1c3354"), rgb("#465a80"), rgb("#a8c0ec")),
}
_GREY: Final = {Weather.OVERCAST: 0.62, Weather.RAIN: 0.72, Weather.SNOW: 0.6, Weather.FOG: 0.75, Weather.WIND: 0.15}
_GLOOM: Final = ("tense", "dark", "fear", "dread", "grim", "ominous", "horror", "menac", "myster", "sinister", "suspense")
_SORROW: Final = ("sad", "grief", "sorrow", "lonel", "melanch", "mourn", "bleak", "cold")
_CHEER: Final = ("joy", "happ", "warm", "hope", "tender", "love", "cheer", "playful", "romant", "triumph")


@dataclass(frozen=True, slots=True)
class Light:
    """All light of one picture: what every surface is multiplied by, and where the key comes from (-1 left, 1 right)."""

    hour: Hour
    ambient: Rgb
    key: Rgb
    side: float
    height: float
    hardness: float
    contrast: float
    practical: Rgb
    lamps: bool
    night: bool
    dim: bool
    haze: float
    tint: Rgb

    def on(self, albedo: Rgb, key: float = 0.5) -> Rgb:
        """A surface's colour: ambient, plus `key` (0 to 1) of the key light."""
        lit = times(albedo, self.ambient)
        more = times(albedo, self.key)
        red, green, blue = (min(1.0, one + other * key) for one, other in zip(lit, more, strict=True))
        return (red, green, blue)

    def far(self, colour: Rgb, depth: float) -> Rgb:
        """Atmospheric perspective: depth 0 is here, 1 is the horizon."""
        return mix(colour, self.hour.haze, min(1.0, depth * self.haze))


def light(picture: Picture) -> Light:
    """The light of a picture, from its hour, weather, mood, lighting and whether it is indoors."""
    hour = _weathered(_HOURS[picture.time_of_day], picture.weather, picture.time_of_day)
    night = picture.time_of_day is TimeOfDay.NIGHT
    lighting = picture.lighting
    mood = picture.mood.lower()
    ambient, key = _indoors(picture, hour) if picture.interior else (hour.ambient, hour.key)
    kelvin = _kelvin(lighting.colour_temperature)
    key = mix(key, times(key, kelvin), 0.5)
    level, contrast = _level(lighting, mood)
    tint = _tint(mood, picture.palette)
    side, height = _direction(lighting)
    return Light(
        hour=hour,
        ambient=scale(times(ambient, tint), level * (1.0 if picture.interior else 1.08)),
        key=scale(times(key, tint), (0.34 if night and not picture.interior else 0.66) * (0.7 + 0.5 * lighting.intensity)),
        side=side,
        height=height,
        hardness=lighting.hardness,
        contrast=contrast,
        practical=_practical(picture),
        lamps=night or picture.time_of_day is TimeOfDay.DUSK or picture.weather is Weather.FOG,
        night=night,
        dim=night or picture.time_of_day is TimeOfDay.DUSK,
        haze=_thickness(picture.weather),
        tint=tint,
    )


def _weathered(hour: Hour, weather: Weather, time: TimeOfDay) -> Hour:
    share = _GREY.get(weather, 0.0)
    if not share:
        return hour
    cover = {
        TimeOfDay.NIGHT: rgb("#25344a"), TimeOfDay.DUSK: rgb("#5d5870"), TimeOfDay.DAWN: rgb("#9b9aa6"),
            TimeOfDay.DAY: rgb("#aab4bd")
    }[time]
    if weather in {Weather.SNOW, Weather.FOG}:
        cover = scale(cover, 1.18)
    top, middle, low = (mix(colour, scale(cover, 0.8 + 0.15 * step), share) for step, colour in enumerate(hour.sky))
    dull = scale(saturate(hour.key, 0.5), 0.72)
    return Hour((top, middle, low), mix(hour.haze, cover, share),
        mix(hour.ambient, scale(cover, 1.7 if time is TimeOfDay.NIGHT else 1.05), share * 0.6),
        mix(hour.key, dull, share))


def _indoors(picture: Picture, hour: Hour) -> tuple[Rgb, Rgb]:
    if picture.place is PlaceKind.SPACESHIP:  # no hour comes in there
        return rgb("#8791a3"), rgb("#cfe2ff")
    match picture.time_of_day:
        case TimeOfDay.NIGHT:
            return rgb("#5c5563"), rgb("#ffc683")
        case TimeOfDay.DUSK:
            return rgb("#786878"), rgb("#ffb778")
        case TimeOfDay.DAWN:
            return rgb("#9a909a"), mix(hour.key, rgb("#ffffff"), 0.2)
        case TimeOfDay.DAY:
            return rgb("#b5afab"), mix(hour.key, rgb("#ffffff"), 0.25)


def _level(lighting: Lighting, mood: str) -> tuple[float, float]:
    level, contrast = {
        LightQuality.SOFT: (1.0, 0.55),
        LightQuality.NATURAL: (1.0, 0.7),
        LightQuality.DRAMATIC: (0.86, 1.0),
        LightQuality.LOW_KEY: (0.76, 1.1),
        LightQuality.HIGH_KEY: (1.16, 0.4),
    }[lighting.quality]
    if any(word in mood for word in _GLOOM):
        level *= 0.92
    if any(word in mood for word in _CHEER):
        level *= 1.05
    return level, contrast * (0.75 + 0.5 * lighting.hardness)


def _tint(mood: str, palette: tuple[str, ...]) -> Rgb:
    tint: Rgb = (1.0, 1.0, 1.0)
    if any(word in mood for word in _GLOOM):
        tint = (0.93, 0.99, 1.04)
    elif any(word in mood for word in _SORROW):
        tint = (0.94, 0.98, 1.06)
    elif any(word in mood for word in _CHEER):
        tint = (1.05, 1.0, 0.93)
    if palette:
        house = rgb(palette[0])
        grey = max(0.05, luma(house))
        cast: Rgb = (house[0] / grey, house[1] / grey, house[2] / grey)
        tint = mix(tint, times(tint, cast), 0.06)
    return tint


def _direction(lighting: Lighting) -> tuple[float, float]:
    return {
        LightDirection.LEFT: (-1.0, 0.4),
        LightDirection.RIGHT: (1.0, 0.4),
        LightDirection.FRONT: (-0.25, 0.3),
        LightDirection.BACK: (0.55, 0.75),
        LightDirection.TOP: (-0.2, 1.0),
        LightDirection.UNDER: (-0.3, -0.8),
    }[lighting.direction]


def _kelvin(temperature: int) -> Rgb:
    """A light's tint by colour temperature, by eye between candle (1900 K), noon (5600 K) and shade (9000 K)."""
    warm, cold = rgb("#ffb870"), rgb("#b5cfff")
    if temperature <= 5600:  # daylight film is balanced for 5600 K
        return mix((1.0, 1.0, 1.0), warm, min(1.0, (5600 - temperature) / 3700))
    return mix((1.0, 1.0, 1.0), cold, min(1.0, (temperature - 5600) / 3400))


def _practical(picture: Picture) -> Rgb:
    sources = " ".join(picture.lighting.motivated_sources).lower()
    if any(word in sources for word in ("neon", "sign")):
        return rgb("#ff6fae")
    if any(word in sources for word in ("candle", "fire", "torch", "hearth")):
        return rgb("#ff9a4a")
    if any(word in sources for word in ("moon", "screen", "monitor")):
        return rgb("#a9c8ff")
    return rgb("#ffcf86")


def _thickness(weather: Weather) -> float:
    return {Weather.FOG: 1.5, Weather.RAIN: 1.1, Weather.SNOW: 1.15, Weather.OVERCAST: 0.95}.get(weather, 0.8)
