"""Where and when: the kind of place, inside or out, the time of day, the weather and the period, from the words of the text.

Belongs here: the vocabulary of places, hours, weather and periods, and following them through a text. Does not belong here: how a
place is lit or drawn.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose.places import FITTINGS, Place, place_cues
from aiuteur.craft.prose.segments import WORD
from aiuteur.film.bible import PlaceKind, TimeOfDay, Weather

_TIMES: Final[Mapping[TimeOfDay, str]] = {
    TimeOfDay.DAWN: "dawn sunrise daybreak cockcrow first-light early-morning",
    TimeOfDay.DAY: "morning noon midday afternoon day daylight sunshine sunlight sun breakfast lunch tea-time",
    TimeOfDay.DUSK: "dusk twilight sunset evening nightfall gloaming sundown eventide supper",
    TimeOfDay.NIGHT: "night midnight moon moonlight starlight darkness lamplight lamplit gaslight candlelight asleep "
    "bedtime tonight",
}


_TIME_OF: Final = {word: time for time, shown in _TIMES.items() for word in shown.split()}


_CLOCK: Final = re.compile(
    r"\b(?P<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+o[’']clock(?P<tail>(?:\s+\w+){0,4})",
    re.IGNORECASE,
)


_NUMBERS: Final[list[str]] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


_WEATHERS: Final[Mapping[Weather, str]] = {
    Weather.RAIN: "rain raining rained drizzle drizzling downpour shower showers storm thunder thunderstorm lightning "
    "umbrella umbrellas puddle puddles wet rainy",
    Weather.SNOW: "snow snowing snowed snowfall blizzard sleet frost snowflakes snowy ice icy",
    Weather.FOG: "fog mist misty foggy haze smog mists",
    Weather.WIND: "wind windy gust gusts gale breeze gusty hurricane squall",
    Weather.OVERCAST: "clouds cloudy overcast grey-sky leaden",
    Weather.CLEAR: "sunny sunshine cloudless clear bright",
}


_WEATHER_OF: Final = {word: weather for weather, shown in _WEATHERS.items() for word in shown.split()}


_OVER: Final = re.compile(
    r"\b(?:storm|rain|snow|fog|mist|wind|shower)\s+(?:was|were|had|has|is)\s+(?:over|stopped|gone|passed|"
    r"lifted|ended|cleared|died)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a stretch of text is."""

    place: Place
    time: TimeOfDay
    weather: Weather


def time_cue(text: str) -> TimeOfDay | None:
    """The time of day the words say last; None where they say nothing."""
    said = [_TIME_OF[word] for word in WORD.findall(text.lower()) if word in _TIME_OF]
    between = [time for time in said if time in {TimeOfDay.DAWN, TimeOfDay.DUSK}]
    clock = _CLOCK.search(text)
    return _hour(clock) if clock else next(iter([*reversed(between), *reversed(said)]), None)


def _hour(clock: re.Match[str]) -> TimeOfDay:
    raw, tail = clock["hour"].lower(), clock["tail"].lower()
    hour = int(raw) if raw.isdigit() else _NUMBERS.index(raw)
    if "night" in tail or "evening" in tail:
        return TimeOfDay.NIGHT if hour >= 8 or "night" in tail else TimeOfDay.DUSK  # noqa: PLR2004 - eight in the evening
    return TimeOfDay.DAWN if "morning" in tail and hour <= 5 else TimeOfDay.DAY  # noqa: PLR2004 - five in the morning


def weather_cue(text: str) -> Weather | None:
    """The weather the words say most of; None where they say nothing."""
    if _OVER.search(text):
        return Weather.CLEAR
    counts = Counter(_WEATHER_OF[word] for word in WORD.findall(text.lower()) if word in _WEATHER_OF)
    falling = [weather for weather in (Weather.SNOW, Weather.RAIN, Weather.FOG) if counts[weather]]
    if falling:
        return max(falling, key=lambda weather: counts[weather])
    return counts.most_common(1)[0][0] if counts else None


def settings(paragraphs: Sequence[str]) -> list[Setting]:
    """The setting of every paragraph's narration, carried forward until the text moves on."""
    cues = [list(place_cues(paragraph)) for paragraph in paragraphs]
    first = next(
        (place for found in cues for place, weight, _ in found if weight >= 1 and place.name.split(" ")[-1] not in FITTINGS),
        None,
    ) or next((place for found in cues for place, _, _ in found), Place(PlaceKind.ROOM, "room", interior=True))
    place, time, weather = first, _first_time(paragraphs), _first_weather(paragraphs)
    made: list[Setting] = []
    for paragraph, found in zip(paragraphs, cues, strict=True):
        strong = [candidate for candidate, weight, _ in found if weight >= 1]
        real = [candidate for candidate in strong if candidate.name.split(" ")[-1] not in FITTINGS] or [
            Place(candidate.kind, candidate.kind.value, candidate.interior) for candidate in strong
        ]
        if real and not any(candidate.kind is place.kind for candidate in real):
            place = real[-1]
        time = time_cue(paragraph) or time
        weather = weather_cue(paragraph) or weather
        made.append(Setting(place, time, weather))
    return made


def _first_time(paragraphs: Sequence[str]) -> TimeOfDay:
    return next((found for paragraph in paragraphs if (found := time_cue(paragraph))), TimeOfDay.DAY)


def _first_weather(paragraphs: Sequence[str]) -> Weather:
    return next((found for paragraph in paragraphs[:6] if (found := weather_cue(paragraph))), Weather.CLEAR)
