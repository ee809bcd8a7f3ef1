"""The breakdown of a scene: where it is, when, who is in it, its mood and how it ends."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.feelings import mood_of
from aiuteur.craft.prose.place_words import place_kind
from aiuteur.craft.prose.surroundings import time_cue, weather_cue
from aiuteur.digest import Json
from aiuteur.film.bible import TimeOfDay, Weather
from aiuteur.film.screenplay import ElementKind, ScriptScene, SlugLine

_SLUG_TIMES: Final = {
    "MORNING": TimeOfDay.DAY,
    "DAWN": TimeOfDay.DAWN,
    "SUNRISE": TimeOfDay.DAWN,
    "DAY": TimeOfDay.DAY,
    "AFTERNOON": TimeOfDay.DAY,
    "NOON": TimeOfDay.DAY,
    "DUSK": TimeOfDay.DUSK,
    "EVENING": TimeOfDay.DUSK,
    "SUNSET": TimeOfDay.DUSK,
    "NIGHT": TimeOfDay.NIGHT,
    "MIDNIGHT": TimeOfDay.NIGHT,
}

_GOES_ON: Final = re.compile(r"\b(?:CONTINUOUS|CONTINUING|CONT[’']?D|LATER|SAME|MOMENTS?)\b")
"""What a slug line says that leaves the hour to the scene before."""


def scene_text(scene: ScriptScene) -> str:
    """Action and dialogue of a scene as running text."""
    kinds = {ElementKind.ACTION, ElementKind.DIALOGUE}
    return " ".join(element.text for element in scene.elements if element.kind in kinds)


def break_down(
    scene: ScriptScene, entries: Sequence[Mapping[str, Json]], *, english: bool = True,
    before: TimeOfDay | None = None,
) -> dict[str, Json]:
    """The content of a scene's breakdown; ids are those of the bible entries given.

    Hours and weather are English words: of a text that is not `english` only what the slug line says is read. `before` is the
    time of the scene before, where the slug line says that this one goes on from it.
    """
    text = scene_text(scene)
    told = text if english else ""
    spoken = {element.text.lower() for element in scene.elements if element.kind is ElementKind.CHARACTER}
    cast = [str(entry["id"]) for entry in entries if entry["kind"] == "character" and _present(entry, spoken, text)]
    props = [str(entry["id"]) for entry in entries if entry["kind"] == "prop" and _named(entry, text)]
    action = [element.text for element in scene.elements if element.kind is ElementKind.ACTION]
    return {
        "location_id": _location(scene, entries),
        "cast": cast,
        "props": props,
        "time_of_day": (before or hour(scene, told)).value,
        "weather": (weather_cue(scene.slug.time or "") or weather_cue(told) or Weather.CLEAR).value,
        "mood": mood_of(text),
        "excerpt": text[:600],
        "end_state": (action[-1] if action else text[-200:])[:300],
    }


def _names(entry: Mapping[str, Json]) -> list[str]:
    aliases = entry.get("aliases") or ()
    return [str(entry["name"]), *(str(alias) for alias in aliases)] if isinstance(aliases, Sequence) else [str(entry["name"])]


def _present(entry: Mapping[str, Json], spoken: set[str], text: str) -> bool:
    names = _names(entry)
    return any(name.lower().removeprefix("the ") in spoken for name in names) or _named(entry, text)


def _named(entry: Mapping[str, Json], text: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in _names(entry) if len(name) > 1)


def _location(scene: ScriptScene, entries: Sequence[Mapping[str, Json]]) -> str | None:
    places = [entry for entry in entries if entry["kind"] == "location"]
    wanted = scene.slug.place.lower()
    for entry in places:
        if any(name.lower() == wanted for name in _names(entry)):
            return str(entry["id"])
    kind = place_kind(wanted)
    return next((str(entry["id"]) for entry in places if kind and entry.get("place") == kind[0].value), None)


def goes_on(slug: SlugLine) -> bool:
    """Whether a slug line gives no hour of its own but that of the scene before: CONTINUOUS, LATER, SAME."""
    return bool(_GOES_ON.search((slug.time or "").upper())) and _slug_time(slug) is None


def hour(scene: ScriptScene, text: str) -> TimeOfDay:
    """The time of day that a scene's slug line says, else `text`; day where neither says anything."""
    return _slug_time(scene.slug) or time_cue(text) or TimeOfDay.DAY


def _slug_time(slug: SlugLine) -> TimeOfDay | None:
    shown = (slug.time or "").upper()
    return next((time for word, time in _SLUG_TIMES.items() if word in shown), None)
