"""The words by which one text speaks of people: its names, its role nouns and those nouns that speak in it alone.

Belongs here: the patterns that find them. Does not belong here: the mentions found (`mentions`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aiuteur.craft.prose import words

_DETERMINERS: Final = (
    r"the|an|a|his|her|my|our|your|their|this|that|another|one|some|old|young|poor|its|no|(?-i:[A-Z][\w-]+[’']s?(?=\s))"
)


_STYLED: Final = "|".join(
    word.capitalize() for word in sorted(words.HONORIFICS & words.ROLES, key=lambda word: (-len(word), word))
)
"""Role nouns that are written with a capital: the Count, the Captain."""


@lru_cache(maxsize=8)
def role_pattern(also: frozenset[str] = frozenset()) -> re.Pattern[str]:
    """A pattern of role nouns with what stands about them; `also` are nouns that are one in this text alone (a heron)."""
    heads = "|".join(sorted((re.escape(word) for word in words.ROLES | also), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\b(?P<det>{_DETERMINERS})\s+(?P<mods>(?:[^\W\d_][\w’'\-]*,?\s+){{0,4}}?)(?P<made>[^\W\d_]+-)?(?P<head>(?-i:{heads}|{_STYLED}))\b(?!-)(?!\s+(?:{heads})\b)"
        r"(?!\s+of\s+(?:the\s+)?(?:war|steel))(?P<own>[’']s?\b)?"
        r"(?P<tail>(?:\s+(?:in|from|with|at|of|on|by|behind|beside|under)\s+(?:(?:the|a|an|his|her|my|their|our)\s+)?"
        r"[\w’'\-]+(?:\s+[\w’'\-]+)?){0,2})?",
        re.IGNORECASE,
    )


TELLS: Final = "|".join(sorted(words.SPEECH))
_FOLLOWS: Final = (
    "in|to|with|as|and|from|at|who|of|again|when|while|on|by|for|under|over|behind|beside|inside|outside|beneath|below|above|near|"
    "across|through|without|after|before|against|between|beyond|into|out|up|down|off|around|round|along|towards?|back|him|her"
)
"""What goes on after the noun of a tag, wherever its speaker is, and is no such noun itself."""

_TOLD_OF: Final = re.compile(
    rf"[”»\"'’」]\s*(?:\w+ly\s+)?(?:{TELLS})\s+the\s+(?:(?!(?:{_FOLLOWS})\b)[a-z-]+\s+){{0,2}}?"
    rf"(?P<noun>(?!(?:{_FOLLOWS})\b)[a-z]{{3,}})\b(?=\s*(?:[.,;:!?—–“‘\"]|(?:{_FOLLOWS})\b|\w+ly\b|\w+ing\b|$))"
)
_NO_SPEAKERS: Final = words.word_set("""
        other others former latter first second third last next one voice two three four words news first-named crowd whole
        same name names letter sign truth
    """)


def speaking_nouns(text: str) -> frozenset[str]:
    """The nouns that speak in this text, as its tags show: “…,” said the heron."""
    told = {found["noun"] for found in _TOLD_OF.finditer(text)}
    return frozenset(told | {noun.removesuffix("s") for noun in told}) - words.ROLES - _NO_SPEAKERS


def alias_pattern(aliases: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of all aliases, longest first, with optional titles before them; None where there are none."""
    shown = "|".join(re.escape(alias).replace(r"\ ", r"\s+") for alias in sorted(aliases, key=lambda alias: (-len(alias), alias)))
    return (
        re.compile(rf"(?<![\w’'])(?P<title>(?:(?:{words.TITLE_PATTERN})\s+)?)(?P<name>{shown})(?![\w])(?P<own>[’']s?\b)?")
        if shown
        else None
    )


@dataclass(frozen=True, slots=True)
class Lexis:
    """The words of one text: patterns of its names (None: it has none) and of its role nouns, and its nouns."""

    aliases: re.Pattern[str] | None
    roles: re.Pattern[str]
    nouns: frozenset[str] = frozenset()

    def compound(self, text: str, end: int) -> bool:
        """Whether the word after a role noun is a noun too, so that the two name a thing: "a spirit case"."""
        after = _NEXT.match(text, end)
        return after is not None and after[1] in self.nouns


def lexis(text: str, names: Iterable[str]) -> Lexis:
    """The words of a text, whose people have these names."""
    nouns = frozenset(_AFTER_ARTICLE.findall(text)) - frozenset(_AFTER_PRONOUN.findall(text)) - words.ROLES - words.SPEECH
    return Lexis(alias_pattern(names), role_pattern(speaking_nouns(text)), nouns)


_NEXT: Final = re.compile(r"\s([a-z]{3,})\b(?<!ed)(?<!ing)(?<!ly)(?<!self)")
_AFTER_ARTICLE: Final = re.compile(r"\b(?:the|a|an|this|my|his|their|our|your)\s([a-z]{3,})\b")
_AFTER_PRONOUN: Final = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Yy]ou|[Ii]t|who|to|had|was|were|is)\s([a-z]{3,})\b")
