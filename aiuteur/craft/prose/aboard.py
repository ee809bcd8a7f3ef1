"""Aboard a spaceship: which of its rooms is like which place, and when a story's ship is one that flies between planets.

Belongs here: the words of spaceships. Does not belong here: ships at sea and every other place (`places`).
"""

import re
from collections.abc import Mapping
from typing import Final

from aiuteur.film.bible import PlaceKind

SHIP_ROOMS: Final[Mapping[str, PlaceKind]] = {
    **dict.fromkeys((
        "airlock", "spaceship", "starship", "spacecraft", "ship", "vessel", "bridge", "control-room", "cockpit", "station",
        "platform", "deck", "corridor", "passage", "tunnel", "engine-room", "boiler-room", "dock", "bay",
        "cabin", "compartment", "cell",
    ), PlaceKind.SPACESHIP),
    "medbay": PlaceKind.HOSPITAL, "galley": PlaceKind.KITCHEN,
}
"""What a room of a spaceship is most like; all of it is inside."""

ONLY_SHIPS: Final = frozenset({"airlock", "spaceship", "starship", "spacecraft", "medbay"})
"""Rooms and ships that there are in space alone."""

_SPACE: Final = re.compile(
    r"\b(?:reactors?|orbit(?:s|ed|ing|al)?|planets?|airlocks?|spaceships?|starships?|spacecraft|asteroids?|galax(?:y|ies)|"
    r"thrusters?|bulkheads?|consoles?|outer\s+space|deep\s+space|spacesuits?|hulls?|androids?|gravity|oxygen|cryo\w*|"
    r"hyperdrive|moons|light-?years?|drifting\s+in\s+space|telemetry|vacuum)\b",
    re.IGNORECASE,
)
_SEA: Final = re.compile(r"\b(?:sails?|seas?|harbou?r|waves?|tide|anchor|ocean|oars?|nets?|gulls?|fish\w*)\b", re.IGNORECASE)


def in_space(text: str) -> bool:
    """Whether a story plays aboard a spaceship: several different words of space, and more of them than of the sea."""
    told = {word.lower().removesuffix("s") for word in _SPACE.findall(text)}
    return len(told) >= 3 and len(_SPACE.findall(text)) > len(_SEA.findall(text))  # noqa: PLR2004 - one or two may be figures of speech
