"""Mentions of people in narration: names, pronouns, and role nouns with what describes them.

Belongs here: finding the words that point to somebody. Does not belong here: whom they point to (`people`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.segments import Span


class Kind(StrEnum):
    """By what a mention points."""

    NAME = "name"
    ROLE = "role"
    PRONOUN = "pronoun"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """One pointer to a person: `key` is the alias, head noun or pronoun in lower case; `tail` the words of its adjunct."""

    span: Span
    kind: Kind
    key: str
    determiner: str = ""
    modifiers: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()
    subject: bool = False
    possessive: bool = False


_TITLES: Final = "|".join(sorted((word.capitalize() for word in words.TITLES), key=len, reverse=True))
_DETERMINERS: Final = "the|an|a|his|her|my|our|your|their|this|that|another|one|some|old|young|poor|its|no"


@lru_cache(maxsize=8)
def role_pattern(also: frozenset[str] = frozenset()) -> re.Pattern[str]:
    """A pattern of role nouns with what stands about them; `also` are nouns that are one in this text alone (a heron)."""
    heads = "|".join(sorted((re.escape(word) for word in words.ROLES | also), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\b(?P<det>{_DETERMINERS})\s+(?P<mods>(?:[^\W\d_][\w’'\-]*,?\s+){{0,5}}?)(?P<head>{heads})\b(?!-)(?!\s+(?:{heads})\b)"
        r"(?!\s+of\s+(?:the\s+)?(?:war|steel))(?P<own>[’']s?\b)?"
        r"(?P<tail>(?:\s+(?:in|from|with|at|of|on|by|behind|beside|under)\s+(?:(?:the|a|an|his|her|my|their|our)\s+)?"
        r"[\w’'\-]+(?:\s+[\w’'\-]+)?){0,2})?",
        re.IGNORECASE,
    )


_TELLS: Final = "|".join(sorted(words.STRONG_SPEECH | {"sobbed", "laughed", "growled", "squeaked"}))
_TOLD_OF: Final = re.compile(
    rf"[”»\"’'」]\s*(?:\w+ly\s+)?(?:{_TELLS})\s+the\s+"
    r"(?:(?:old|young|little|poor|big|small|great)\s+)*(?P<noun>[a-z]{3,})\b(?![’'])"
)
_NO_SPEAKERS: Final = words.word_set("""
        other others former latter first second third last next one voice two three four words news first-named crowd whole
        same name names letter sign truth
    """)


def speaking_nouns(text: str) -> frozenset[str]:
    """The nouns that speak in this text, as its tags show: “…,” said the heron."""
    return frozenset(found["noun"] for found in _TOLD_OF.finditer(text)) - words.ROLES - _NO_SPEAKERS


_PRONOUN: Final = re.compile(r"(?<![\w’'])(?:he|she|I|him|her|his|me|my|mine|hers|himself|herself|myself|they|we)(?![\w])")
_SPEAKS: Final = "said|says|asked|answered|replied|cried|whispered|called|shouted"
_OTHER: Final = re.compile(
    rf"\b(?:the\s+(?:other|latter|former|second|first|next)|another|one(?:\s+of\s+(?:them|the\s+\w+))?|"
    rf"(?P<unseen>(?:a|the)(?:\s+\w+)?\s+voice)|somebody|"
    rf"someone)\b(?=\s+(?:{_SPEAKS})|[.,;:!?]|\s*$|\s+(?:behind|from|at|in|with)\b)(?![’'])",
    re.IGNORECASE,
)
_PREPOSITION: Final = re.compile(
    r"\b(?:to|of|with|from|at|by|for|on|upon|in|into|over|beside|behind|toward|towards|after|before|about|"
    r"near|against|between|like|than|"
    r"told|asked|saw|met|found|watched|held|took|gave|called|kissed|hugged|followed|left|let|made|help|helped|heard|thanked)\s+$",
    re.IGNORECASE,
)
_PREMISES: Final = re.compile(
    r"\s+(?:\w+\s+)?(?:shop|office|house|store|desk|room|hut|court|stall|cottage|skiff|boat|wharf|hall|lodge|stair|door)\b"
)
_WHO: Final = re.compile(r",\s+who\s+(?:had|was|\w+ed|sat|stood|came|went)\b")
"""A clause that makes somebody just named in passing the one the text goes on about."""

_SIMILE: Final = re.compile(r"\b(?:like|than|such|as|as\s+if\s+\w+\s+(?:were|was))\s+$", re.IGNORECASE)
_STOP_MODIFIER: Final = words.word_set("""
        and or but was were is had has said in on at of to the a an with from who as when if that by for he she his
        her their its
    """)
_SUBJECTS: Final = frozenset({"he", "she", "i", "they", "we"})
_TAIL_STOP: Final = words.word_set("""
        the his her its from with who whose behind beside under and was had said that this their they them there then
        when what were have been which will would could into upon about very but for not you your all are our out one
    """)


def stems(text: str) -> frozenset[str]:
    """The first four letters of every telling word: "door" and "doorway" are one."""
    return frozenset(word[:4] for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in _TAIL_STOP and len(word) > 2)  # noqa: PLR2004 - a handful, by the look of prose


def alias_pattern(aliases: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of all aliases, longest first, with optional titles before them; None where there are none."""
    shown = "|".join(re.escape(alias).replace(r"\ ", r"\s+") for alias in sorted(aliases, key=lambda alias: (-len(alias), alias)))
    return (
        re.compile(rf"(?<![\w’'])(?P<title>(?:(?:{_TITLES})\.?\s+)?)(?P<name>{shown})(?![\w])(?P<own>[’']s?\b)?")
        if shown
        else None
    )


def mentions(text: str, span: Span, aliases: re.Pattern[str] | None, roles: re.Pattern[str] | None = None) -> list[Mention]:
    """Every mention of a person in one stretch of narration, in order; which of them are subjects is a guess from their place."""
    found = [
        *_names(text, span, aliases),
        *_roles(text, span, roles or role_pattern()),
        *_pronouns(text, span),
        *_others(text, span),
    ]
    found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept


def _names(text: str, span: Span, aliases: re.Pattern[str] | None) -> Iterator[Mention]:
    for found in aliases.finditer(text, span.start, span.end) if aliases else ():
        title = found["title"].strip(" .").lower()
        start = found.start() if title in words.TITLES else found.start("name")
        place = Span(start, found.end("name"))
        name = re.sub(r"\s+", " ", found["name"])
        yield Mention(
            place,
            Kind.NAME,
            name,
            determiner=title if title in words.TITLES else "",
            modifiers=frozenset(),
            subject=_subject(text, span, place) and not found["own"],
            possessive=bool(found["own"]),
        )


def _roles(text: str, span: Span, roles: re.Pattern[str]) -> Iterator[Mention]:
    at = span.start
    while found := roles.search(text, at, span.end):
        at = found.start() + 1
        modifiers = [word.strip(",").lower() for word in found["mods"].split()]
        if _SIMILE.search(text, max(span.start, found.start() - 24), found.start()):
            continue
        if found["own"] and _PREMISES.match(text, found.end("own")):
            at = found.end()
            continue
        if any(word in _STOP_MODIFIER or word.endswith(("’s", "'s")) for word in modifiers):
            continue
        place = Span(found.start(), found.end("head"))
        tail = stems((found["tail"] or "").lower())
        determiner = found["det"].lower()
        if determiner in {"old", "young", "poor"}:
            modifiers, determiner = [determiner, *modifiers], "the"
        yield Mention(
            place,
            Kind.ROLE,
            found["head"].lower(),
            determiner=determiner,
            modifiers=frozenset(modifiers),
            tail=tail,
            subject=_subject(text, span, place) and not found["own"],
            possessive=bool(found["own"]),
        )
        at = found.end("head")


def _pronouns(text: str, span: Span) -> Iterator[Mention]:
    for found in _PRONOUN.finditer(text, span.start, span.end):
        word = found.group().lower()
        yield Mention(Span(*found.span()), Kind.PRONOUN, word, subject=word in _SUBJECTS, possessive=word in {"his", "my"})
    for found in re.finditer(r"\b(?:He|She|They|We|His|Her|My)\b", text[span.start : span.end]):
        word = found.group().lower()
        place = Span(span.start + found.start(), span.start + found.end())
        yield Mention(place, Kind.PRONOUN, word, subject=word in _SUBJECTS, possessive=word in {"his", "my", "her"})


def _others(text: str, span: Span) -> Iterator[Mention]:
    for found in _OTHER.finditer(text, span.start, span.end):
        place = Span(*found.span())
        yield Mention(place, Kind.OTHER, "unseen" if found["unseen"] else "other", subject=_subject(text, span, place))


def _subject(text: str, span: Span, place: Span) -> bool:
    before = text[max(span.start, place.start - 24) : place.start]
    return not _PREPOSITION.search(before) or bool(_WHO.match(text, place.end, span.end))
