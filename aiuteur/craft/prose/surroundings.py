"""Where and when: the kind of place, inside or out, the time of day, the weather and the period, from the words of the text.

Belongs here: the vocabulary of places, hours, weather and periods, and following them through a text. Does not belong here: how a
place is lit or drawn.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.film.bible import Period, PlaceKind, TimeOfDay, Weather

_PLACES: Final[Mapping[PlaceKind, str]] = {
    PlaceKind.STREET: """street avenue alley lane boulevard sidewalk pavement square plaza corner crossing kerb curb gutter lamppost doorway
        bridge market piazza quay embankment block neighbourhood neighborhood city town thoroughfare court courtyard steps mews terrace
        rooftop roof marketplace fair bazaar slum""",
    PlaceKind.ROOM: """room bedroom parlour parlor sitting-room drawing-room lounge flat apartment bedside bed chamber nursery study library
        dining-room bedchamber cabin hut cottage house home hotel-room dressing-room living-room couch sofa fireside hearth sickroom cell ward
        hospital caravan tent villa bungalow lodge farmhouse mansion""",
    PlaceKind.ATTIC: "attic garret loft studio workroom workshop atelier easel lantern-room belfry eaves lighthouse lamp-room",
    PlaceKind.OFFICE: """office bureau desk counting-house headquarters police-station precinct courtroom bank school classroom laboratory
        lab newsroom embassy surgery clinic control-room cockpit bridge-deck university college""",
    PlaceKind.SHOP: """shop store drugstore bakery grocery bookshop pharmacy pawnshop barbershop counter showroom boutique supermarket
        butcher's tailor's florist's warehouse""",
    PlaceKind.RAILWAY: "railway railroad station platform train carriage compartment locomotive depot tracks rails tram "
    "subway underground terminus signal-box",
    PlaceKind.FOREST: "forest wood woods woodland jungle grove thicket clearing glade pines copse bush undergrowth",
    PlaceKind.SEA: """sea ocean beach shore ship boat deck harbour harbor pier wharf dock jetty coast bay cove raft sail waves
        seashore seaside sands cliff cliffs ferry vessel yacht lagoon river riverbank lake canal landing tide skiff rowboat oars""",
    PlaceKind.FIELD: "field fields meadow prairie farm farmyard pasture plain plains orchard vineyard moor heath desert "
    "wheat cornfield barn stable paddock",
    PlaceKind.CHURCH: "church chapel cathedral abbey temple mosque synagogue altar pew nave churchyard graveyard cemetery "
    "crypt monastery convent vestry",
    PlaceKind.ROAD: "road highway path track lane roadside motorway crossroads gate drive trail milestone causeway car "
    "taxi cab hansom wagon coach bus truck automobile",
    PlaceKind.KITCHEN: "kitchen stove scullery pantry oven sink larder galley",
    PlaceKind.CELLAR: "cellar basement vault dungeon den cave cavern tunnel mine crypt sewer catacomb undercroft passage bunker",
    PlaceKind.TAVERN: "tavern inn pub saloon bar restaurant café cafe diner taproom alehouse public-house canteen brewery",
    PlaceKind.GARDEN: "garden yard lawn park arbour arbor greenhouse conservatory backyard patio hedge flowerbed fountain "
    "terrace veranda porch",
    PlaceKind.MOUNTAIN: "mountain mountains hill hillside summit peak ridge pass glacier valley slope cliff ravine gorge "
    "canyon volcano",
    PlaceKind.HALL: """hall hallway corridor stairs staircase stairway stair landing lobby vestibule foyer ballroom theatre theater museum palace castle
        throne-room auditorium gallery arena ward-room concert-hall upstairs downstairs""",
}
_OUTDOORS: Final = frozenset(
    {
        PlaceKind.STREET,
        PlaceKind.FOREST,
        PlaceKind.SEA,
        PlaceKind.FIELD,
        PlaceKind.ROAD,
        PlaceKind.GARDEN,
        PlaceKind.MOUNTAIN,
        PlaceKind.RAILWAY,
    }
)
_INDOOR_WORDS: Final = words.word_set("""
        train carriage compartment cabin barn stable lighthouse car taxi cab lamp-room greenhouse conservatory station
    """)
_OUTDOOR_WORDS: Final = frozenset(["churchyard", "graveyard", "cemetery", "rooftop", "roof"])
_KIND_OF: Final[Mapping[str, PlaceKind]] = {word: kind for kind, shown in reversed(_PLACES.items()) for word in shown.split()}
_PLACE: Final = re.compile(
    r"\b(?P<lead>in|into|inside|at|on|onto|through|to|along|down|up|across|outside|from|of|over|near|by|"
    r"under|beneath|behind|reached|entered|left|"
    r"crossed|climbed|toward|towards|upon)\s+(?P<det>the|a|an|his|her|their|my|our|its|this|that|another|"
    r"one)?\s*(?P<mods>(?:[^\W\d_][\w’'-]*\s+){0,3}?)"
    r"(?P<noun>" + "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True)) + r")\b(?!-)(?![’']s)",
    re.IGNORECASE,
)
_FITTINGS: Final = words.word_set("""
        stove oven sink desk counter couch sofa bed bedside oars waves sands kerb curb gutter steps easel pew altar
        stair stairs landing fireside hearth track tracks rails wheat hedge sail corner block doorway tide skiff
        rowboat raft deck fountain gate drive bar train
    """)
"""Words that tell a kind of place but are no name for it."""

_COMES: Final = re.compile(
    r"\b(?:went|came|walked|hurried|ran|returned|rode|drove|back|home|rowed|climbed|got|sailed|travelled|"
    r"traveled|led|brought|followed)\s+(?:\w+\s+)?$"
)
_STANDS: Final = re.compile(
    r"(?:^|[.!?]\s+)The\s+(?:\w+\s+)?(?P<noun>"
    + "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))
    + r")\s+(?:was|were|lay|stood|looked|smelled|smelt)\b"
)
_STRONG: Final = words.word_set("""
        in into inside at on onto through reached entered outside along across crossed climbed upon down up under
        beneath
    """)

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

_PERIODS: Final[Mapping[Period, str]] = {
    Period.ANCIENT: "chariot toga legion gladiator pharaoh papyrus centurion sandals oracle temple senate bronze amphora",
    Period.MEDIEVAL: "knight knights castle sword swords armour armor squire lance castle dragon king kingdom minstrel "
    "monk abbey peasant moat crossbow bow arrows",
    Period.VICTORIAN: """hansom gaslight gas-lamp carriage brougham victorian waistcoat frock-coat top-hat snuff sovereign sovereigns crinoline
        bonnet coachman footman parlour lamplighter lantern candle candles telegram governess quill foolscap steamer workhouse pawnbroker inverness""",
    Period.EDWARDIAN: """streetcar street-car street-cars telephone gramophone motor-car motorcar phonograph trolley gaslights electric dollar
        cents hatpin automobile derby typewriter ragtime tenement lunch-counter""",
    Period.MIDCENTURY: "jukebox radio television fedora telegram typewriter diner cadillac trenchcoat airfield blackout "
    "ration vinyl cigarette",
    Period.CONTEMPORARY: "phone smartphone internet laptop computer email e-mail text selfie website app taxi car highway "
    "supermarket jeans tv airport wifi",
    Period.FUTURE: "spaceship starship android robot robots hologram airlock spacesuit orbit galaxy laser colony-ship "
    "hyperspace drone drones cyborg planet",
}
_PERIOD_OF: Final[Mapping[str, tuple[Period, ...]]] = {
    word: tuple(period for period, shown in _PERIODS.items() if word in shown.split())
    for shown_ in _PERIODS.values()
    for word in shown_.split()
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_YEAR: Final = re.compile(r"\b(1\d{3}|20\d{2}|2[1-9]\d{2})\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the text names it: the kind, the name in the text's words, inside or not."""

    kind: PlaceKind
    name: str
    interior: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a stretch of text is."""

    place: Place
    time: TimeOfDay
    weather: Weather


def place_cues(text: str) -> Iterator[tuple[Place, float, int]]:
    """Every place a text leads to: the place, how surely (0 to 1), and the offset."""
    for found in _PLACE.finditer(text):
        noun = found["noun"].lower()
        kind = _KIND_OF[noun]
        proper = any(word[0].isupper() for word in found["mods"].split())
        arrives = found["lead"].lower() in _STRONG or bool(_COMES.search(text, max(0, found.start() - 24), found.start()))
        yield (
            Place(kind, _name(found["mods"], noun), is_inside(noun, kind)),
            1.0 if arrives and (found["det"] or proper) else 0.4,
            found.start(),
        )
    for found in _STANDS.finditer(text):
        noun = found["noun"].lower()
        yield Place(_KIND_OF[noun], noun, is_inside(noun, _KIND_OF[noun])), 1.0, found.start()


def is_inside(noun: str, kind: PlaceKind) -> bool:
    """Whether a place named by this noun is under a roof."""
    return noun in _INDOOR_WORDS or (kind not in _OUTDOORS and noun not in _OUTDOOR_WORDS)


_PLAIN_MODS: Final = words.word_set("""
        same very own next other first last old whole little big great small new of the a an and his her their
    """)


def _name(mods: str, noun: str) -> str:
    kept = [word for word in re.findall(r"[\w’'-]+", mods.lower()) if word not in _PLAIN_MODS and not word.endswith("ing")]
    return " ".join([*kept[-3:], noun])


def place_kind(words: str) -> tuple[PlaceKind, bool] | None:
    """The kind of place that the words of a slug line or a name say, and whether it is inside; None where they say nothing."""
    for word in reversed(_WORD.findall(words.lower())):
        for form in (word, word.removesuffix("s")):
            if form in _KIND_OF:
                return _KIND_OF[form], is_inside(form, _KIND_OF[form])
    return None


def time_cue(text: str) -> TimeOfDay | None:
    """The time of day the words say last; None where they say nothing."""
    said = [_TIME_OF[word] for word in _WORD.findall(text.lower()) if word in _TIME_OF]
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
    counts = Counter(_WEATHER_OF[word] for word in _WORD.findall(text.lower()) if word in _WEATHER_OF)
    falling = [weather for weather in (Weather.SNOW, Weather.RAIN, Weather.FOG) if counts[weather]]
    if falling:
        return max(falling, key=lambda weather: counts[weather])
    return counts.most_common(1)[0][0] if counts else None


def period_of(text: str) -> Period:
    """The period that the words and years of a text speak for; contemporary where they are silent."""
    counts: Counter[Period] = Counter()
    for word in _WORD.findall(text.lower()):
        for form in {word, word.removesuffix("s")}:
            for period in _PERIOD_OF.get(form, ()):
                counts[period] += 1
    for year in _YEAR.findall(text):
        counts[_period_of_year(int(year))] += 4
    if not counts:
        return Period.CONTEMPORARY
    ranked = list(Period)
    return max(counts, key=lambda period: (counts[period], -ranked.index(period)))


def _period_of_year(year: int) -> Period:
    bounds = (
        (1500, Period.MEDIEVAL),
        (1901, Period.VICTORIAN),
        (1930, Period.EDWARDIAN),
        (1970, Period.MIDCENTURY),
        (2100, Period.CONTEMPORARY),
    )
    return next((period for bound, period in bounds if year < bound), Period.FUTURE)


def settings(paragraphs: Sequence[str]) -> list[Setting]:
    """The setting of every paragraph's narration, carried forward until the text moves on."""
    cues = [list(place_cues(paragraph)) for paragraph in paragraphs]
    first = next(
        (place for found in cues for place, weight, _ in found if weight >= 1 and place.name.split(" ")[-1] not in _FITTINGS),
        None,
    ) or next((place for found in cues for place, _, _ in found), Place(PlaceKind.ROOM, "room", interior=True))
    place, time, weather = first, _first_time(paragraphs), _first_weather(paragraphs)
    made: list[Setting] = []
    for paragraph, found in zip(paragraphs, cues, strict=True):
        strong = [candidate for candidate, weight, _ in found if weight >= 1]
        real = [candidate for candidate in strong if candidate.name.split(" ")[-1] not in _FITTINGS] or [
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
