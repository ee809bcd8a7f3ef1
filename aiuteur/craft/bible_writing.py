"""The bible of a story: one entry for each character, place and prop of the script, and one for the style of the film."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from aiuteur.craft.animals import animals_of, as_animal, sex_of, voiced_as
from aiuteur.craft.appearance import near_text, seen_as, told_of, traits_of, voice_of
from aiuteur.craft.breakdown import goes_on, scene_text
from aiuteur.craft.costume import wardrobe_of
from aiuteur.craft.cues import known_as
from aiuteur.craft.feelings import mood_of
from aiuteur.craft.prose import words
from aiuteur.craft.prose.period import period_of
from aiuteur.craft.prose.place_words import place_kind
from aiuteur.craft.prose.reading import read
from aiuteur.craft.prose.story import Person
from aiuteur.craft.screen_people import screen_people
from aiuteur.craft.screenwriting import cue
from aiuteur.digest import Json
from aiuteur.film.bible import (
    Character,
    Lighting,
    LightQuality,
    Location,
    Period,
    PhysicalTraits,
    PlaceKind,
    Prop,
    Style,
    Wardrobe,
    Weight,
)
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.screenplay import ElementKind, ScriptScene

_PROPS: Final = words.word_set("""
        letter note watch ring key knife gun pistol revolver sword lantern lamp candle book newspaper paper map
        photograph picture painting brush brushes ladder palette bag suitcase box package parcel comb combs chain
        cigar pipe bottle glass cup umbrella stick cane rope coin coins money purse basket flower flowers rose doll
        toy violin guitar piano telescope compass bell mirror card envelope telegram club leaf vine thermometer easel
        canvas kettle axe hammer spade shovel net boat model diary notebook pen phone telephone camera radio clock
        crown necklace locket medal scarf hat broth bread apple cake tree kite drum whistle matches match
    """)
_PALETTES: Final = {
    "warm": ("#e8b873", "#a65a34", "#5c3a2a", "#f2e2c4", "#3d4b46"),
    "melancholy": ("#5b6b7c", "#8c95a0", "#2e3640", "#c7b9a4", "#6f5a50"),
    "ominous": ("#1f2430", "#3a4552", "#7c3f34", "#c2a36b", "#0f1218"),
    "fierce": ("#7c2b24", "#c2632f", "#2a2024", "#e0b070", "#4b4a52"),
    "uneasy": ("#47566b", "#96876a", "#2b2d38", "#d2c4a0", "#6b4a50"),
    "tense": ("#2a3344", "#5a6675", "#a4793f", "#d8c79a", "#14181f"),
    "quiet": ("#8a9a8c", "#c9bfa5", "#56656a", "#e6dfcf", "#7a6a58"),
    "plain": ("#8f8574", "#c8b68f", "#4f5a5f", "#e7ddc8", "#6c4f3c"),
}


def entries(narrative: Narrative, brief: Brief, scenes: Sequence[ScriptScene]) -> list[dict[str, Json]]:
    """Every entry of the bible as a document without id and key image: characters, locations, props, one style."""
    story = read(narrative.text)
    text = " ".join(span.of(story.text) for span in story.paragraphs)
    period = period_of(text, english=story.script.english)
    people = _characters if narrative.format is SourceFormat.PROSE else _screen_characters
    made: list[dict[str, Json]] = [*people(narrative, scenes, period), *_locations(scenes), *_props(text, scenes)]
    mood = mood_of(" ".join(scene_text(scene) for scene in scenes))
    style = Style(
        id="",
        name=f"{mood.capitalize()} {period.value}",
        period=period,
        palette=_PALETTES[mood],
        description=", ".join(part for part in (f"{mood} {period.value} story", brief.tone, *brief.genres) if part),
    )
    return [_document(entry) for entry in made] + [_document(style.document())]


_THING: Final = re.compile(
    rf"\b(?:the|an?|his|her|my|your|their|our|its|this|that|\w+[’']s)\s+(?:[\w-]+\s+)?(?P<thing>{'|'.join(sorted(_PROPS))})\b"
    r"(?=[^\w\s’'-]|\s*$|\s+(?:of|in|on|at|and|or|to|from|with|that|which|was|is|had|were|by|for|as|into|over|under|out|he|she|it|"
    r"they|i|\w+ed|\w+ly)\b)"
)
"""A thing as a thing: with an article or an owner before it, and no noun after it that it would only describe."""


def titled(name: str) -> str:
    """Words in capitals as a name is written: "JOHNSY’S ROOM" is Johnsy’s Room."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())


def _document(entry: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in entry.items() if name != "id"}


def _characters(narrative: Narrative, scenes: Sequence[ScriptScene], period: Period) -> list[dict[str, Json]]:
    story = read(narrative.text)
    cues = Counter(element.text for scene in scenes for element in scene.elements if element.kind is ElementKind.CHARACTER)
    text = " ".join(scene_text(scene) for scene in scenes)
    animals = animals_of(story)
    made: list[dict[str, Json]] = []
    traits: list[PhysicalTraits] = []
    clothes: list[Wardrobe] = []
    for person in story.cast():
        if not cues[cue(person)] and not _shown(person, text):
            continue
        near, told, animal = near_text(story, person), told_of(story, person), animals.get(person.index)
        shown = seen_as(story, person, told)
        shown = replace(shown, sex=sex_of(animal, shown.sex))
        traits.append(as_animal(traits_of(shown, near, traits, told), animal, person.name, near, traits))
        clothes.append(wardrobe_of(shown, near, period, clothes, traits[-1].age))
        made.append(
            Character(
                id="",
                name=titled(cue(person)),
                aliases=person.aliases,
                weight=_weight(len(made), cues[cue(person)]),
                description=near[:240],
                traits=traits[-1],
                wardrobe=clothes[-1],
                voice=voiced_as(voice_of(shown, traits[-1]), traits[-1].species),
            ).document()
        )
    known = {str(entry["name"]).upper() for entry in made}
    made += [Character(id="", name=titled(name)).document() for name in cues if name not in known]
    return made


def _screen_characters(narrative: Narrative, scenes: Sequence[ScriptScene], period: Period) -> list[dict[str, Json]]:
    """The people of a screenplay by their cues, the first to speak first."""
    del narrative
    cues = Counter(element.text for scene in scenes for element in scene.elements if element.kind is ElementKind.CHARACTER)
    found = screen_people(scenes, period).items()
    also = {name: [cue for cue in cues if cue != name and known_as(cue, cues) == name] for name, _ in found}
    lines = {name: sum(cues[cue] for cue in (name, *also[name])) for name, _ in found}
    return [
        Character(
            id="", name=titled(name), aliases=tuple(map(titled, also[name])), weight=_weight(place, lines[name]),
            description=person.description, traits=person.traits, wardrobe=person.wardrobe, voice=person.voice,
        ).document()
        for place, (name, person) in enumerate(found)
    ]


def _shown(person: Person, text: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in (person.name, *person.aliases))


def _weight(place: int, lines: int) -> Weight:
    if place < 2 and lines:  # noqa: PLR2004 - two leads
        return Weight.LEAD
    return Weight.SUPPORT if lines > 1 else Weight.MINOR


def _locations(scenes: Sequence[ScriptScene]) -> list[dict[str, Json]]:
    made: dict[str, dict[str, Json]] = {}
    night = False
    for scene in scenes:
        name = scene.slug.place
        night = night if goes_on(scene.slug) else (scene.slug.time or "").startswith("NIGHT")
        if name in made:
            continue
        kind = place_kind(name)
        inside = scene.slug.int_ext.startswith("INT")
        lighting = Lighting(
            quality=LightQuality.LOW_KEY if night else LightQuality.NATURAL,
            colour_temperature=3200 if inside or night else 5600,
        )
        made[name] = Location(
            id="",
            name=titled(name),
            place=kind[0] if kind else (PlaceKind.ROOM if inside else PlaceKind.STREET),
            interior=inside,
            lighting=lighting,
        ).document()
    return list(made.values())


def _props(text: str, scenes: Sequence[ScriptScene]) -> list[dict[str, Json]]:
    shown = Counter(re.findall(r"[a-z]+", " ".join(scene_text(scene) for scene in scenes).lower()))
    everywhere = Counter(found["thing"] for found in _THING.finditer(text.lower()))
    chosen = [word for word, count in everywhere.most_common(12) if shown[word] and count > 1][:6]
    return [Prop(id="", name=word).document() for word in chosen]
