"""In which age a story plays, from its words and years.

Belongs here: the vocabulary of periods. Does not belong here: places, hours and weather (`surroundings`).
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from aiuteur.craft.prose.segments import WORD
from aiuteur.film.bible import Period

_PERIODS: Final[Mapping[Period, str]] = {
    Period.ANCIENT: "chariot toga legion gladiator pharaoh papyrus centurion sandals oracle temple senate bronze amphora",
    Period.MEDIEVAL: "knight knights castle sword swords armour armor squire lance castle dragon king kingdom minstrel "
    "monk abbey peasant moat crossbow bow arrows caravan camel camels dinar dinars sultan vizier caliph minaret",
    Period.VICTORIAN: """
        hansom gaslight gas-lamp carriage brougham victorian waistcoat frock-coat top-hat snuff sovereign sovereigns
        crinoline bonnet coachman footman parlour lamplighter lantern candle candles telegram governess quill foolscap
        steamer steamship workhouse pawnbroker inverness gas-lamp gas-jet lighthouse coal steam-train steam-engine steam
        locomotive top-hat stagecoach saloon bowler ulster muslin petticoat apothecary fob lamp-oil oil-lamp
    """,
    Period.EDWARDIAN: """
        streetcar street-car street-cars telephone gramophone motor-car motorcar phonograph trolley gaslights electric
        dollar cents hatpin automobile derby typewriter ragtime tenement lunch-counter telegram gas-lamp steam-train
        top-hat
    """,
    Period.MIDCENTURY: "jukebox radio television fedora telegram typewriter diner cadillac trenchcoat airfield blackout "
    "ration vinyl cigarette",
    Period.CONTEMPORARY: "phone smartphone internet laptop computer email e-mail text selfie website app taxi car highway "
    "supermarket jeans tv airport wifi trolley trainers sneakers scrubs hoodie t-shirt freezer fridge microwave dishwasher "
    "plastic motorway car-park checkout headphones escalator online minibus",
    Period.FUTURE: "spaceship starship android robot robots hologram airlock spacesuit orbit galaxy laser colony-ship "
    "hyperspace drone drones cyborg planet",
}


_PERIOD_OF: Final[Mapping[str, tuple[Period, ...]]] = {
    word: tuple(period for period, shown in _PERIODS.items() if word in shown.split())
    for shown_ in _PERIODS.values()
    for word in shown_.split()
}


_YEAR: Final = re.compile(r"\b(1\d{3}|20\d{2}|2[1-9]\d{2})\b")


_ONE_WORD: Final = re.compile(
    r"\b(gas|top|steam|oil|frock|motor|bow|car)\s+(lamp|hat|train|engine|coat|car|street|park)", re.IGNORECASE
)
_MOST: Final = 3
"""How often one word counts: a lamp on every page says no more than three."""

_FAR: Final = frozenset({Period.ANCIENT, Period.MEDIEVAL})
"""Periods of which one word is not enough: the king may be a toast, the knight a chessman, the bow a boat's."""


def period_of(text: str, *, english: bool = True) -> Period:
    """The period that the years of a text speak for, and its words where they are English; contemporary where they are silent."""
    shown = Counter(
        next((form for form in (word, word.removesuffix("s")) if form in _PERIOD_OF), "")
        for word in (WORD.findall(_ONE_WORD.sub(r"\1-\2", text).lower()) if english else ())
    )
    telling: dict[Period, set[str]] = {}
    counts: Counter[Period] = Counter()
    for word in shown:
        for period in _PERIOD_OF.get(word, ()):
            telling.setdefault(period, set()).add(word)
            counts[period] += min(shown[word], _MOST)
    for period in _FAR & telling.keys():
        if len(telling[period]) == 1 and (counts[period] < _MOST or telling.keys() - _FAR):
            del counts[period]
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
