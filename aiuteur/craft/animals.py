"""Animals of a cast: which of a story's people are animals, and how such a one looks.

Belongs here: from the signs of a text to traits. Does not belong here: the signs (`prose.creatures`), the looks of people
(`appearance`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.appearance import near_text
from aiuteur.craft.costume import chance
from aiuteur.craft.prose.beasts import COATS, COLOURS, NOUNS, Noun, coat_of
from aiuteur.craft.prose.creatures import Known, kinds, named_noun
from aiuteur.craft.prose.story import Person, Story
from aiuteur.film.bible import Age, PhysicalTraits, Sex, VoiceProfile
from aiuteur.film.species import Species

_HIGH: Final = frozenset({
    Species.MOUSE, Species.RAT, Species.SQUIRREL, Species.RABBIT, Species.HEDGEHOG, Species.MOLE, Species.WEASEL,
    Species.SONGBIRD, Species.CAT, Species.INSECT,
})
_LOW: Final = frozenset({
    Species.BEAR, Species.LION, Species.TIGER, Species.ELEPHANT, Species.HORSE, Species.COW, Species.CROCODILE, Species.TOAD,
})
_ASIDE: Final = re.compile(
    r"\s*(?:\([^)]*\))?,?\s+an?\s+(?P<what>(?:[\w-]+\s+){0,3}?[\w-]+)(?=[.,;]|\s+(?:with|in|who|wearing|on)\b)"
)
"""How the action brings somebody in after their name: "PIP (8), a mouse in boots"."""
_ARTICLE: Final = re.compile(r"\b(?:an?|the)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)


def animals_of(story: Story) -> dict[int, str]:
    """The animals of a story's cast: the noun that each is called by, by the index of the person."""
    cast = story.cast()
    known = [_known(story, person) for person in cast]
    spoken = "\n".join(speech.quote.inner.of(story.text) for speech in story.speeches)
    found = kinds(known, " ".join(story.narration), spoken)
    return {person.index: noun for person, noun in zip(cast, found, strict=True) if noun is not None}


def _known(story: Story, person: Person) -> Known:
    names = tuple(name for name in (person.name, *person.aliases) if person.named and not name.startswith("the "))
    enchanted = person.modifiers if {"prince", "princess", "king", "queen"} & {*person.roles} else ()
    roles = (*(word for word in enchanted if word in NOUNS), *person.roles)
    return Known(names, roles, person.titles, near_text(story, person), person.narrator)


def animals_on_screen(cues: Sequence[str], told: Mapping[str, tuple[str, str]], action: str) -> dict[str, str]:
    """The animals of a screenplay by cue: whom the action brings in as one ("A FOX"), or tells to be one.

    `told` has for each cue what stands before its first mention and what follows its mentions.
    """
    named = {cue: " ".join(word.capitalize() for word in cue.split()) for cue in cues}
    text = re.sub("|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True)) or "(?!)",
        lambda found: named[found.group()], action)
    known = [Known((named[cue],), _brought_in(cue, *told[cue]), (), told[cue][1]) for cue in cues]
    return {cue: noun for cue, noun in zip(cues, kinds(known, text, ""), strict=True) if noun is not None}


def _brought_in(cue: str, before: str, after: str) -> tuple[str, ...]:
    """The noun for an animal with which the action brings somebody in."""
    aside = _ASIDE.match(after)
    words_said = [word.lower() for word in aside["what"].split()[-1:]] if aside else []
    if _ARTICLE.search(before):
        words_said += [noun] if (noun := named_noun([part.lower() for part in cue.split()])) else []
    return tuple(word for word in words_said if word in NOUNS)


def sex_of(noun: str | None, sex: Sex) -> Sex:
    """Somebody's sex, where nothing else tells it by what the animal is called: a hen, a stag."""
    return NOUNS[noun].sex if noun is not None and sex is Sex.UNKNOWN else sex


def as_animal(traits: PhysicalTraits, noun: str | None, name: str, near: str, taken: Sequence[PhysicalTraits]) -> PhysicalTraits:
    """Traits as an animal has them: its species and coat; whatever only people have is left out."""
    if noun is None:
        return traits
    kind = NOUNS[noun]
    age = Age.CHILD if kind.young else traits.age
    return traits.model_copy(update={
        "species": kind.species, "age": age, "skin": coat_of(kind.species), "hair_colour": _coat(kind, noun, name, near, taken),
        "hair_style": "none", "facial_hair": "none",
    })


def _coat(kind: Noun, noun: str, name: str, near: str, taken: Sequence[PhysicalTraits]) -> str:
    """The colour that the text tells of an animal, else its kind's own, and if need be one that no other of its species has."""
    told = re.search(rf"\b(?P<colour>{'|'.join(sorted(COLOURS))})(?:,?\s+\w+)?\s+{re.escape(noun)}\b", f"{name} {near}",
        re.IGNORECASE)
    if told is not None:
        return told["colour"].lower().replace("gray", "grey")
    if kind.coat is not None:
        return kind.coat
    coats = COATS[kind.species]
    start = chance(name, "coat", len(coats))
    worn = [other.hair_colour for other in taken if other.species is kind.species]
    return min((*coats[start:], *coats[:start]), key=worn.count)


def voiced_as(voice: VoiceProfile, species: Species) -> VoiceProfile:
    """A voice as high or as low as the animal lets expect."""
    step = 12 if species in _HIGH else -10 if species in _LOW else 0
    return voice.model_copy(update={"pitch": max(0, min(99, voice.pitch + step))}) if step else voice
