"""Mentions of people in narration: names, pronouns, and role nouns with what describes them.

Belongs here: finding the words that point to somebody. Does not belong here: whom they point to (`people`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.lexis import TELLS, Lexis
from aiuteur.craft.prose.names import ACTS
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


_PRONOUN: Final = re.compile(
    r"(?<![\w’'])(?:[Hh]e|[Ss]he|I|him|[Hh]er|[Hh]is|me|[Mm]y|mine|hers|himself|herself|myself|[Tt]hey|[Ww]e)(?![\w])"
)
_SPEAKS: Final = "said|says|asked|answered|replied|cried|whispered|called|shouted"
_ONE_OF: Final = re.compile(
    rf"(?<![\w’'])[Oo]ne\s+of\s+(?:them|the\s+(?:\w+\s+)?(?P<many>\w+))(?=\s+(?P<does>(?:had|was|wore|were)\s[^.,;!?]{{3,60}}|(?:{TELLS})\b))|"
    rf"(?<=[”»\"’'」]\s)(?:{TELLS})\s+one\s+of\s+(?:them|the\s+(?:\w+\s+)?(?P<tellers>\w+))"
)
"""One of several, brought in by what they have or say."""

_OTHER: Final = re.compile(
    rf"\b(?:(?P<many>the\s+others)|the\s+(?:other|latter|former|second|first|next)|another|one(?:\s+of\s+(?:them|the\s+\w+))?|"
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
_VERB: Final = re.compile(r"\b(\w{2,}ed|was|were|is|been|be|being)\s+$")
_DOES: Final = re.compile(rf"{ACTS.pattern}|\s+(?:\w+ly\s+)?(?:{TELLS})\b")
_CLAUSE: Final = re.compile(
    r"(?:[.!?,;:—–⁠“”‘’\"'(\n]\s*|\b(?:and|but|or|so|then|when|while|as|that|if|because|where|though|until|now|once|here|there|only|even|"
    r"suddenly|presently|" + TELLS + r")\s+)$",
    re.IGNORECASE,
)
"""What a clause begins after, or an inverted verb of speech."""

_WHO: Final = re.compile(r",\s+who\s+(?:had|was|\w+ed|sat|stood|came|went)\b")
"""A clause that makes somebody just named in passing the one the text goes on about."""

_SIMILE: Final = re.compile(r"\b(?:like|than|such|as|as\s+if\s+\w+\s+(?:were|was))\s+$", re.IGNORECASE)
_MANNER: Final = re.compile(
    r"\b(?:voice|tone|whisper|manner|way|accents?|smile|laugh|sigh|frown|nod|start|shrug|grin|look|bow|gesture|sneer|chuckle|groan|"
    r"last|once|length)\b|^\s+(?:with|in)\s+(?!the|an?|his|her|my|our|their)[a-z]+$"
)
"""How something is said or done, which describes nobody."""

_THEN: Final = re.compile(r"\s+([A-Z]\w+)")
_RELATIVE: Final = re.compile(
    r",?\s+(who\s+(?:came|entered|appeared|stood|sat|opened|answered|met|got|lay|was\s+\w+ing)(?:\s+[\w’'-]+){0,3})"
)
_POSSESSED: Final = re.compile(
    r"\s+(?!(?:to|and|but|or|that|in|on|at|as|with|the|a|an|of|by|from|if|when|into|for|so|it|then|what|how|who|away|back|up|down)"
    r"\b)\w"
)
_STOP_MODIFIER: Final = words.word_set("""
        and or but was were is had has said in on at of to the a an with from who as when if that by for he she his
        her their its me him us them you it through into over under about after before between against not so than up down out
        off all any led took made came went which whom whose
    """)
_SUBJECTS: Final = frozenset({"he", "she", "i", "they", "we"})
_TAIL_STOP: Final = words.word_set("""
        the his her its from with who whose behind beside under and was had said that this their they them there then
        when what were have been which will would could into upon about very but for not you your all are our out one
    """)


def stems(text: str) -> frozenset[str]:
    """The first four letters of every telling word: "door" and "doorway" are one."""
    return frozenset(word[:4] for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in _TAIL_STOP and len(word) > 2)  # noqa: PLR2004 - a handful, by the look of prose


def mentions(text: str, span: Span, lexis: Lexis) -> list[Mention]:
    """Every mention of a person in one stretch of narration, in order; which of them are subjects is a guess from their place."""
    found = [
        *_names(text, span, lexis.aliases),
        *_roles(text, span, lexis),
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
        if (after := _THEN.match(text, found.end("name"), span.end)) and after[1].lower() in words.PLACE_WORDS:
            continue
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


def _roles(text: str, span: Span, lexis: Lexis) -> Iterator[Mention]:
    at = span.start
    while found := lexis.roles.search(text, at, span.end):
        at = found.start() + 1
        modifiers = [word.strip(",").lower() for word in (found["mods"] + (found["made"] or "").rstrip("-")).split()]
        if _SIMILE.search(text, max(span.start, found.start() - 24), found.start()):
            continue
        if _body(found["det"], found["head"]) or lexis.compound(text, found.end("own" if found["own"] else "head")):
            continue
        if found["own"] and _PREMISES.match(text, found.end("own")):
            at = found.end()
            continue
        if any(word in _STOP_MODIFIER or word.endswith(("’s", "'s")) for word in modifiers):
            continue
        determiner = found["det"].lower()
        owned = determiner.rstrip("s")[-1:] in "’'"
        place = Span(found.end("det") + 1 if owned else found.start(), found.end("head"))
        told = _RELATIVE.match(text, found.end("head"), span.end)
        adjunct = "" if found["tail"] is None or _MANNER.search(found["tail"]) else found["tail"]
        tail = stems(adjunct + (told[1] if told else ""))
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


def _body(determiner: str, head: str) -> bool:
    """Whether a noun for people means a shape or a mood: "his tall figure", "her spirit"."""
    owned = determiner.lower() in {"his", "her", "my", "its", "their"}
    return owned and head.lower() in {"figure", "person", "spirit", "character"}


def _pronouns(text: str, span: Span) -> Iterator[Mention]:
    for found in _PRONOUN.finditer(text, span.start, span.end):
        word = found.group().lower()
        possessive = word in {"his", "my"} or (word == "her" and bool(_POSSESSED.match(text, found.end(), span.end)))
        yield Mention(Span(*found.span()), Kind.PRONOUN, word, subject=word in _SUBJECTS, possessive=possessive)


def _others(text: str, span: Span) -> Iterator[Mention]:
    for found in _ONE_OF.finditer(text, span.start, span.end):
        many = (found["many"] or found["tellers"] or "").lower()
        one = next((form for form in (many.removesuffix("s"), many.removesuffix("en") + "an") if form in words.ROLES), "person")
        start = found.start() + found.group().lower().index("one of")
        yield Mention(Span(start, found.end()), Kind.ROLE, one, "a", tail=stems(found["does"] or ""), subject=True)
    for found in _OTHER.finditer(text, span.start, span.end):
        place = Span(*found.span())
        key = "others" if found["many"] else "unseen" if found["unseen"] else "other"
        yield Mention(place, Kind.OTHER, key, subject=_subject(text, span, place))


def _subject(text: str, span: Span, place: Span) -> bool:
    before = text[max(span.start, place.start - 24) : place.start]
    if (verb := _VERB.search(before)) and verb[1] not in words.SPEECH:
        return False
    if _PREPOSITION.search(before):
        return bool(_WHO.match(text, place.end, span.end))
    return bool(_CLAUSE.search(before) or place.start - span.start < 2 or _DOES.match(text, place.end, span.end))  # noqa: PLR2004 - a mark
