"""Where and when: the kind of place, inside or out, the time of day, the weather and the period, from the words of the text.

Belongs here: the vocabulary of places, hours, weather and periods, and following them through a text. Does not belong here: how a
place is lit or drawn.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose.aboard import in_space
from aiuteur.craft.prose.place_words import FITTINGS
from aiuteur.craft.prose.places import Cue, Place, place_cues
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
    Weather.RAIN: r"rain(?:s|ed|ing|y|drops?|storm)?|drizzl(?:e|ed|ing)|downpours?|showers|(?:thunder)?storms?|thunder|lightning",
    Weather.SNOW: r"snow(?:s|ed|ing|y|fall|flakes?|storm)?|blizzards?|sleet",
    Weather.FOG: r"fogs?|foggy|mists?|misty|haze|smog",
    Weather.WIND: r"wind|windy|gusts?|gale|gusty|hurricane|squalls?",
    Weather.OVERCAST: r"clouds|cloudy|overcast|leaden\s+sky|grey\s+sky|gr[ae]y-sky",
    Weather.CLEAR: r"sunny|sunshine|cloudless|(?:clear|bright)\s+(?:sky|day|night|morning|evening|afternoon|weather|sun)",
}
_SAID: Final = {weather: re.compile(rf"\b(?:{shown})\b", re.IGNORECASE) for weather, shown in _WEATHERS.items()}
_SOON: Final = 8
"""Paragraphs within which a story comes to where it begins."""

_FROM_AFAR: Final = re.compile(r"\b(?:heard|hear|sounds?|footsteps?|noises?|voices?|saw|seen|watched|glimpse)\b[^.;:!?]*$")
_FIGURATIVE: Final = frozenset({"tide", "waves", "sands"})
_ABOUT: Final = frozenset({"sea", "ocean", "waves", "yard"})
_FALLING: Final = (Weather.SNOW, Weather.RAIN, Weather.FOG)
"""What is seen in the air: it is surer of the weather than wind, clouds and sunshine are."""

_FIGURES: Final = re.compile(
    r"\b(?:like|as|white\s+as|no|without|if\s+it|smell(?:s|ed|ing)?\s+of|smelt\s+of|scent\s+of|talk(?:ed|ing)?\s+of|until\s+the|"
    r"before\s+the|after\s+the|melted|from\s+the)\s+(?:the\s+|a\s+)?(?:rain|snow|fog|mist|storm|thunder|lightning|wind|clouds)\w*|"
    r"\b(?:rain|storm|shower|fog|mist|haze|cloud|thunder|gust|gale)s?\s+of\s+\w+|"
    r"\b(?:eyes?|head|mind|memory|thoughts?)\s+(?:\w+\s+)?(?:foggy|misty|in\s+a\s+(?:fog|mist|haze))|\bsnow[\s-]white\b|"
    r"\b(?:foggy|misty)\s+(?:eyes?|head|mind|memory)",
    re.IGNORECASE,
)
"""Words of weather without weather: comparisons, absences, smells, and what only looks like it."""


_OVER: Final = re.compile(
    r"\b(?:storm|rain|snow|fog|mist|wind|shower)\s+(?:was|were|had|has|is)\s+(?:over|stopped|gone|passed|"
    r"lifted|ended|cleared|died)\b|\b(?:rain|snow|storm|shower)\s+(?:stopped|ceased|passed|let\s+up)\b|"
    r"\bsun\s+(?:had\s+|has\s+)?(?:come|came|comes|broke|broken|burst)\s+(?:out|through)\b",
    re.IGNORECASE,
)
_TURNED: Final = re.compile(
    r"\b(?:rain|snow|sleet|fog|mist|drizzle)\s+(?:had\s+|has\s+)?(?:turned|turns|turning|changed|gave\s+way|given\s+way)\s+(?:in)?to\s+"
    r"(?P<what>(?:\w+\s+)?\w+)",
    re.IGNORECASE,
)
_FALLS: Final = re.compile(
    r"\b(?:rain|snow|sleet|drizzle)\s+(?:(?:was|is)\s+\w+ing|fell|falls|beat|ran|streamed|drummed|poured|lashed|came\s+down)\b|"
    r"\bit\s+(?:(?:was|is)\s+(?:raining|snowing|drizzling)|rained|snowed|drizzled)\b",
    re.IGNORECASE,
)
"""What is plainly told as falling now, whatever fell before."""

_MOON: Final = re.compile(
    r"\b(?:moonlight|moonlit|starlight|starlit)\b|(?<!over )(?<!to )(?<!like )(?<!of )\b(?:the|a)\s+(?:\w+\s+)?moon\b",
    re.IGNORECASE,
)


_NOWHERE: Final = Place(PlaceKind.ROOM, "room", interior=True)
"""Where a text plays that says nothing of it."""


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
    """The weather the words say most of; None where they say nothing. What falls or drifts is surer than wind, clouds and sun."""
    if turned := _TURNED.search(text):
        return weather_cue(turned["what"])
    if _OVER.search(text):
        return Weather.CLEAR
    told = _FIGURES.sub(" ", text)
    counts = {weather: len(pattern.findall(told)) for weather, pattern in _SAID.items()}
    falling = max(_FALLING, key=lambda weather: counts[weather])
    most = falling if counts[falling] else max(counts, key=lambda weather: counts[weather])
    return most if counts[most] else None


def _prevailing(paragraphs: Sequence[str]) -> Weather | None:
    """The weather that is all over a story: what falls or drifts in three of its paragraphs, and in most that tell of any."""
    told = Counter(found for paragraph in paragraphs if (found := weather_cue(paragraph)) in _FALLING)
    most = told.most_common(1)
    return most[0][0] if most and most[0][1] >= 3 and 2 * most[0][1] > told.total() else None  # noqa: PLR2004 - three times is no chance


def _weather(paragraph: str, prevailing: Weather | None) -> Weather | None:
    """What a paragraph changes: where one weather prevails, only another that falls or is told of twice, or that it is over."""
    found = weather_cue(paragraph)
    if found is None or prevailing is None or found is prevailing or _OVER.search(paragraph):
        return found
    plainly = _FALLS.search(paragraph) or _TURNED.search(paragraph) or len(_SAID[found].findall(paragraph)) > 1
    return found if found in _FALLING and plainly else None


def settings(paragraphs: Sequence[str], *, english: bool = True) -> list[Setting]:
    """The setting of every paragraph's narration, carried forward until the text moves on.

    The words are English ones: in another language they mean something else ("in den Wald"), so nothing is read of it.
    """
    if not english:
        return [Setting(_NOWHERE, TimeOfDay.DAY, Weather.CLEAR)] * len(paragraphs)
    space = in_space(" ".join(paragraphs))
    cues = _likely([[_been(cue, paragraph) for cue in place_cues(paragraph, space=space)] for paragraph in paragraphs])
    prevailing = _prevailing(paragraphs)
    place, time = _first_place(cues), _first_time(paragraphs)
    weather = _first_weather(paragraphs, prevailing)
    made: list[Setting] = []
    for paragraph, found in zip(paragraphs, cues, strict=True):
        sure = [cue for cue in found if cue.weight >= 1 and not (place.kind is PlaceKind.SHIP and _about(cue))]
        real = [cue for cue in sure if not _fitting(cue.place)] or [_of_kind(cue) for cue in sure]
        if real and not any(cue.place.kind is place.kind and cue.place.interior == place.interior for cue in real):
            place = _where(real)
        time = time_cue(paragraph) or time
        shines = weather is Weather.RAIN and _MOON.search(paragraph)
        weather = _weather(paragraph, prevailing) or (Weather.CLEAR if shines else weather)
        made.append(Setting(place, time, weather))
    return made


def _been(cue: Cue, paragraph: str) -> Cue:
    """A cue, less sure where something is only heard or seen there: "a step was heard in the passage"."""
    return cue._replace(weight=0.4) if _FROM_AFAR.search(paragraph, max(0, cue.offset - 60), cue.offset) else cue


def _about(cue: Cue) -> bool:
    """Whether a cue is of what is about people aboard a ship anyway: the sea around them, the yard overhead."""
    return cue.place.name in _ABOUT and not cue.arrives


def _likely(cues: Sequence[Sequence[Cue]]) -> list[list[Cue]]:
    """The cues without the tides and waves of a story that names nothing else of the sea: those are of people or of feelings."""
    wet = {cue.place.name for found in cues for cue in found if cue.place.kind in {PlaceKind.SEA, PlaceKind.SHIP}}
    dry = not any(name.split(" ")[-1] not in _FIGURATIVE for name in wet)
    return [[cue for cue in found if not (dry and cue.place.name in wet)] for found in cues]


def _first_place(cues: Sequence[Sequence[Cue]]) -> Place:
    """Where a text begins: the first place somebody is surely in soon, else the first it names."""
    named = [cue for found in cues for cue in found]
    soon = [cue for found in cues[:_SOON] for cue in found if cue.weight >= 1]
    first = next((cue for cue in soon if not _fitting(cue.place)), None) or next(iter(map(_of_kind, [*soon, *named])), None)
    return _called(first, named) if first is not None else _NOWHERE


def _called(first: Cue, named: Sequence[Cue]) -> Place:
    """The place of a cue, by the name the text has for one of its kind where the cue itself has none."""
    alike = [cue.place for cue in named if cue.place.kind is first.place.kind and cue.place.interior == first.place.interior]
    known = [place for place in alike if not _fitting(place) and place.name != place.kind.value]
    return known[0] if known and first.place.name == first.place.kind.value else first.place


def _where(real: Sequence[Cue]) -> Place:
    """Where a paragraph plays: where somebody last comes to, else where they first are."""
    return next((cue.place for cue in reversed(real) if cue.arrives), real[0].place)


def _fitting(place: Place) -> bool:
    return place.name.split(" ")[-1] in FITTINGS and not place.name.startswith("spaceship")


def _of_kind(cue: Cue) -> Cue:
    """A cue with the name of its kind, for a fitting tells a kind of place and is no name for it."""
    kind = cue.place.kind
    return cue._replace(place=Place(kind, kind.value, cue.place.interior)) if _fitting(cue.place) else cue


def _first_time(paragraphs: Sequence[str]) -> TimeOfDay:
    return next((found for paragraph in paragraphs if (found := time_cue(paragraph))), TimeOfDay.DAY)


def _first_weather(paragraphs: Sequence[str], prevailing: Weather | None) -> Weather:
    """The weather a text begins in: what first falls soon, else what is all over it, else the first it tells of soon."""
    soon = [found for paragraph in paragraphs[:6] if (found := weather_cue(paragraph))]
    return next((found for found in soon if found in _FALLING), prevailing or next(iter(soon), Weather.CLEAR))
