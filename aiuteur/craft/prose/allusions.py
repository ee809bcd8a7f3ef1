"""Persons a text speaks of without their being there: in similes, in what never was or might have been, by a realm far off.

Belongs here: the signs that a mention is an allusion. Does not belong here: what follows for the people of a story (`resolving`).
"""

import re
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.segments import Span

_SIMILE: Final = re.compile(
    r"\b(?:like|than|such\s+as|as\s+(?:if|though)\s+\w+\s+(?:were|was)|as\s+\w+(?:\s+\w+)?\s+as|as\s+any|as\s+some|worthy\s+of|"
    r"in\s+the\s+(?:manner|style|days|time)\s+of|"
    r"(?:air|look|gesture|manner|voice|tone|face|expression|step|smile|ease|skill|patience|strength|heart|soul|nature)\s+of|"
    r"since\s+the\s+days\s+of|sort\s+of|kind\s+of)\s+"
    r"(?:(?:the|a|an|any|some|that|old|poor|great|many|ever|did)\s+)*$",
    re.IGNORECASE,
)
_AS_IF: Final = re.compile(r"\bas\s+(?:if|though)\b[^.,;:!?]*$")
_NEVER: Final = re.compile(r"\bnever\s+(?:yet\s+|before\s+)?\w+\s+(?:such\s+)?(?:(?:a|an|any)\s+(?:\w+\s+)?)?$", re.IGNORECASE)
_UNREAL: Final = re.compile(
    r"\b(?:would|might|could|may|wouldn[’']t|couldn[’']t)(?:\s+(?:\w+ly|never|not|even|himself|herself|themselves))?\s+have\b|"
    r"^\W*(?:Had|Were)\s+(?:[^.!?,]+)\b(?:been|lived|come|known|seen|heard|\w+ed|to)\b[^.!?]*\b(?:would|could|might)\b|"
    r"^\W*(?:If|Suppose|Imagine)\b[^.!?]*\b(?:had|were)\b[^.!?]*\b(?:would|could|might)\b"
)
_RULES: Final = words.word_set("""
        king queen prince princess duke duchess earl count countess emperor empress lady lord bishop archbishop pope
        sultan baron baroness knight shah czar tsar caliph maid
    """)
_REALM: Final = re.compile(r"\s+of\s+(?:the\s+)?[A-Z]\w+")
_STOP: Final = re.compile(r"[.!?…][”’\"»)]*\s")
_TITLE_STOP: Final = re.compile(r"\b(?:mr|mrs|dr|st|messrs|[A-Z])\.\s$", re.IGNORECASE)
_REACH: Final = 320


def allusive(text: str, place: Span, *, subject: bool) -> bool:
    """Whether a mention is part of a simile or of what never happened, or names a ruler in passing by the realm."""
    named = text[place.start].isupper()
    if not named and _NEVER.search(text, max(0, place.start - 40), place.start):
        return True
    if _SIMILE.search(text, max(0, place.start - 48), place.start) or _AS_IF.search(text, max(0, place.start - 80), place.start):
        return True
    head = text[place.start : place.end].rsplit(" ", 1)[-1].lower()
    if head in _RULES and not subject and _REALM.match(text, place.end):
        return True
    return bool(_UNREAL.search(_sentence(text, place)))


def _sentence(text: str, place: Span) -> str:
    """The sentence a mention stands in, as far as it goes on both sides within its paragraph."""
    low = max(text.rfind("\n\n", 0, place.start) + 1, place.start - _REACH, 0)
    start = low
    for stop in _STOP.finditer(text, low, place.start):
        if not _TITLE_STOP.search(text, max(low, stop.end() - 8), stop.end()):
            start = stop.end()
    end = _STOP.search(text, place.end, min(len(text), place.end + _REACH))
    return text[start : end.start() if end else min(len(text), place.end + _REACH)].split("\n\n", maxsplit=1)[0]
