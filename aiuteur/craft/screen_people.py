"""The people of a screenplay: how they look, from where the action brings them in and from the pronouns that follow their names.

Belongs here: reading introductions ("JONAS (30s), in a grey coat"), and telling a cast apart where the script is silent. Does not
belong here: the people of prose (`prose`), nor the vocabulary of bodies and clothes (`appearance`, `costume`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, TypeVar

from aiuteur.craft import bodies
from aiuteur.craft.animals import animals_on_screen, as_animal, voiced_as
from aiuteur.craft.appearance import traits_of, voice_of
from aiuteur.craft.costume import chance, wardrobe_of
from aiuteur.craft.cues import known_as
from aiuteur.craft.prose import words
from aiuteur.craft.prose.roles import sex_of_name, sex_of_role
from aiuteur.craft.prose.story import Person
from aiuteur.film.bible import Age, Period, PhysicalTraits, Sex, VoiceProfile, Wardrobe
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene

Choice = TypeVar("Choice")

_YEARS: Final = re.compile(r"(?:\(\s*|,\s*)(?:early |mid[- ]|late )?(?P<years>\d{1,2})(?:['’]?s)?\b(?:[^)]*\)|[,.;])")
_WORD: Final = re.compile(r"[^\W\d_]+")
_DOES: Final = re.compile(r"(?:She|He)\b[^.!?;,]*[.!?;,]?")
_APPOSED: Final = re.compile(r",\s+an?\s+(?P<what>(?:[\w-]+\s+){0,3}?[\w-]+)(?=[.,;]|\s+(?:with|in|who)\b)")
_SURNAME: Final = re.compile(r"(?:\s+[A-Z][\w’'-]+)+(?=\s*[(,])")
"""The rest of a name whose first part alone is the cue."""
_PRONOUN: Final = re.compile(
    r"\b(?:(?P<he>he|his|himself)|(?P<she>she|hers|herself|"
    r"her(?=\s+[a-z]+)(?!\s+(?:in|into|to|with|from|and|at|on|by|over|up|down|off|out|away)\b)))\b",
    re.IGNORECASE,
)
"""Pronouns that may stand for a subject again: "him" is somebody else, and so is "her" where nothing of hers follows."""
_HAIRS: Final = ("brown", "black", "blond", "auburn", "red", "grey", "white")
_STYLES: Final = {
    Sex.FEMALE: ("long", "bun", "bob", "braid", "wavy", "curly"),
    Sex.MALE: ("short", "parted", "curly", "swept", "cropped", "wavy"),
}
_OUTFITS: Final = {
    Sex.FEMALE: (("coat", "trousers"), ("dress",), ("blouse", "skirt"), ("sweater", "skirt"), ("shirt", "trousers"),
                 ("shawl", "dress"), ("jacket", "skirt"), ("cape", "dress")),
    Sex.MALE: (("jacket", "shirt", "trousers"), ("sweater", "trousers"), ("coat", "trousers"), ("waistcoat", "shirt", "trousers"),
               ("suit",), ("shirt", "trousers"), ("overcoat", "suit"), ("vest", "trousers")),
}
_WHOLE: Final = frozenset({"dress", "gown", "nightgown", "robe", "kimono", "suit", "uniform", "pyjamas"})
_COLOURS: Final = ("#2f4a5f", "#8a3b34", "#3f6a45", "#5f4272", "#b08a3e", "#2b2f3a", "#a06a52", "#38787b", "#8a8d92", "#7a5a34")
_PLAIN: Final = ("#4a4f58", "#d8d2c4", "#3a3430", "#6d6a5c")


@dataclass(frozen=True, slots=True)
class ScreenPerson:
    """One of a screenplay's people: what the script tells of them, and what follows from their name."""

    description: str
    traits: PhysicalTraits
    wardrobe: Wardrobe
    voice: VoiceProfile


def screen_people(scenes: Sequence[ScriptScene], period: Period) -> dict[str, ScreenPerson]:
    """The people who have cues, by cue; up to eight differ in hair, in garments and in their colours."""
    every = [element for scene in scenes for element in scene.elements]
    called = tuple(dict.fromkeys(element.text for element in every if element.kind is ElementKind.CHARACTER))
    cues = tuple(dict.fromkeys(known_as(cue, called) for cue in called))
    action = [element.text for element in every if element.kind is ElementKind.ACTION]
    busy = _busy(every)
    told = {name: _told(name, cues, action) for name in cues}
    animals = animals_on_screen(cues, told, "\n".join(action))
    made: dict[str, ScreenPerson] = {}
    for name in cues:
        found = _person(name, *told[name], busy.get(name, ""), period, list(made.values()))
        made[name] = _animal(found, animals[name], name, told[name][1], list(made.values())) if name in animals else found
    return made


def _animal(person: ScreenPerson, noun: str, name: str, near: str, cast: Sequence[ScreenPerson]) -> ScreenPerson:
    traits = as_animal(person.traits, noun, name, near, [other.traits for other in cast])
    return replace(person, traits=traits, voice=voiced_as(person.voice, traits.species))


def _busy(every: Sequence[Element]) -> dict[str, str]:
    """By cue, what whoever just spoke then does by pronoun alone: "She holds the key to the lamp."."""
    done: dict[str, str] = {}
    speaker: str | None = None
    for element in every:
        if element.kind is ElementKind.CHARACTER:
            speaker = element.text
        elif element.kind is ElementKind.ACTION:
            found = _DOES.match(element.text)
            if speaker and found:
                done[speaker] = f"{done.get(speaker, '')} {found.group()}".strip()
            speaker = None
    return done


def _told(name: str, cues: Sequence[str], action: Sequence[str]) -> tuple[str, str]:
    """The words just before a person's first mention, and those after every mention up to the next person's name."""
    others = "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True) if cue != name)
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    before, after = None, list[str]()
    for text in action:
        for found in named.finditer(text):
            ahead = re.split(r"[.,;:!?]", text[max(0, found.start() - 40) : found.start()])[-1]
            before = ahead if before is None else before
            surname = _SURNAME.match(text, found.end())
            rest = text[surname.end() if surname else found.end() : found.end() + 240]
            after.append(re.split(rf"(?<!\w)(?:{others})(?!\w)", rest, flags=re.IGNORECASE)[0] if others else rest)
    return before or "", " ".join(after[:8])


def _person(name: str, before: str, near: str, busy: str, period: Period, cast: Sequence[ScreenPerson]) -> ScreenPerson:
    aside = _APPOSED.match(near)
    own = [word.lower() for word in _WORD.findall(f"{before} {name} {aside['what'] if aside else ''}")]
    sex = _sex(name, own, near, busy)
    roles = tuple(word for word in own if word in words.ROLES)
    person = Person(
        index=len(cast), name=name, aliases=(), sex=sex, roles=roles, titles=tuple(word for word in own if word in words.TITLES),
        modifiers=tuple(own), mentioned=1, acts=1, lines=1, narrator=False, named=True, first=0, paragraphs=(),
    )
    traits = _apart(_aged(traits_of(person, near, ()), near), person, near, cast)
    return ScreenPerson(
        description=" ".join(f"{before} {name.title()}{near}".split())[:240], traits=traits,
        wardrobe=_clothes(person, near, period, cast), voice=voice_of(person, traits),
    )


def _sex(name: str, own: Sequence[str], near: str, busy: str) -> Sex:
    """What a role, a title or a first name says; else pronouns after the name, or after their lines; else the name's digest."""
    votes: Counter[Sex] = sex_of_name(name, own)
    for word in [*own, *(word.lower() for word in _WORD.findall(re.split(r"[.!?]", near)[0])[:4])]:
        votes[sex_of_role(word)] += 4
    for text in (near, busy):
        if votes[Sex.MALE] == votes[Sex.FEMALE]:
            votes.update(Sex.MALE if found["he"] else Sex.FEMALE for found in _PRONOUN.finditer(text))
    if votes[Sex.MALE] == votes[Sex.FEMALE]:
        return (Sex.FEMALE, Sex.MALE)[chance(name, "sex", 2)]
    return Sex.MALE if votes[Sex.MALE] > votes[Sex.FEMALE] else Sex.FEMALE


def _aged(traits: PhysicalTraits, near: str) -> PhysicalTraits:
    found = _YEARS.match(near.lstrip(" "))
    return traits.model_copy(update={"age": bodies.age_at(int(found["years"]))}) if found else traits


def _apart(traits: PhysicalTraits, person: Person, near: str, cast: Sequence[ScreenPerson]) -> PhysicalTraits:
    """Hair of one's own, in colour and style; what the script tells of either stays."""
    old = traits.age is Age.ELDERLY
    colours = (traits.hair_colour,) if bodies.hair_colour(near) else ("grey", "white") if old else _HAIRS[:5]
    styles = (traits.hair_style,) if bodies.hair_style(near) else _STYLES[person.sex]
    worn = [(other.traits.hair_colour, other.traits.hair_style) for other in cast]
    hairs = [(worn.count(hair), _shared(hair, worn), hair) for hair in product(colours, styles)]
    fewest = min(hairs)[:2]
    least = [hair for *count, hair in hairs if tuple(count) == fewest]
    colour, style = least[chance(person.name, "hair", len(least))]
    return traits.model_copy(update={"hair_colour": colour, "hair_style": style})


def _shared(hair: tuple[str, str], worn: Sequence[tuple[str, str]]) -> int:
    """How often its colour or its style is somebody's already."""
    return sum((hair[0] == colour) + (hair[1] == style) for colour, style in worn)


def _clothes(person: Person, near: str, period: Period, cast: Sequence[ScreenPerson]) -> Wardrobe:
    """Garments the script names, else an outfit nobody else wears; the outer colour is nobody else's where none is told."""
    usual, told = wardrobe_of(person, "", period, ()), wardrobe_of(person, near, period, ())
    named = {garment: colour for garment, colour in zip(told.garments, told.colours, strict=False) if _says(near, garment)}
    worn = [other.wardrobe.garments for other in cast]
    if named:
        garments = tuple(named) if set(named) & _WHOLE else tuple(dict.fromkeys([*named, "trousers"]))
    else:
        garments = usual.garments if "uniform" in usual.garments else _free(_OUTFITS[person.sex], person.name, "outfit", worn)
    outer = _free(_COLOURS, person.name, "coat", [colour for other in cast for colour in other.wardrobe.colours[:1]])
    rest = _PLAIN[chance(person.name, "under", len(_PLAIN))]
    coloured = {garment: shade for garment, shade in named.items() if shade != _usual_colour(person, garment, period)}
    colours = tuple(
        coloured.get(garment, shade)
        for garment, shade in zip(garments, (outer, *[rest] * (len(garments) - 1)), strict=True)
    )
    return Wardrobe(garments=garments, colours=colours, headwear=told.headwear)


def _usual_colour(person: Person, garment: str, period: Period) -> str | None:
    """The colour that a garment gets where the text names it and no colour."""
    bare = wardrobe_of(person, garment, period, ())
    return dict(zip(bare.garments, bare.colours, strict=False)).get(garment)


def _says(near: str, pattern: str) -> bool:
    return bool(re.search(rf"\b{pattern}\b", near, re.IGNORECASE))


def _free(choices: Sequence[Choice], name: str, what: str, taken: Sequence[Choice]) -> Choice:
    """The choice that a name's digest begins at, or the next that fewest others have."""
    start = chance(name, what, len(choices))
    ranked = [*choices[start:], *choices[:start]]
    return min(ranked, key=taken.count)
