"""Passages by name: a narrative cut into numbered pieces that a model can cite, and its citations turned back into offsets.

Belongs here: cutting and finding again. Does not belong here: what the built-in writer makes of a text (`aiuteur.craft.prose`).

A model cannot count characters; it can repeat "p12". The numbers are those of the whole narrative whatever part of it is shown,
so that a citation means the same in every part of a long story.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.film.noun import Passage

_PARAGRAPH: Final = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…。！？])[”’\"'»)]*\s+")
_LONGEST: Final = 900
"""Characters beyond which a paragraph is cut between its sentences."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A numbered piece of a narrative: characters `start` to `end` of it."""

    id: str
    start: int
    end: int
    text: str


def pieces(text: str) -> list[Piece]:
    """A narrative's paragraphs in order, long ones cut between sentences; together they hold all its words."""
    spans = [span for found in _PARAGRAPH.finditer(text) for span in _cut(text, found.start(), found.end())]
    return [Piece(f"p{number}", start, end, text[start:end]) for number, (start, end) in enumerate(spans, 1)]


def cited(text: str, ids: Iterable[str]) -> tuple[Passage, ...]:
    """The passages that ids name, in the order of the text, neighbours joined; raises `KeyError` with an id there is none of."""
    known = {piece.id: piece for piece in pieces(text)}
    found = sorted({known[item].start: known[item] for item in ids}.items())
    joined: list[Passage] = []
    for _, piece in found:
        if joined and not text[joined[-1].end:piece.start].strip():
            joined[-1] = Passage(start=joined[-1].start, end=piece.end)
        else:
            joined.append(Passage(start=piece.start, end=piece.end))
    return tuple(joined)


def naming(text: str, passages: Sequence[Passage]) -> list[str]:
    """The ids of the pieces that passages touch, in order."""
    return [
        piece.id for piece in pieces(text)
        if any(piece.start < passage.end and passage.start < piece.end for passage in passages)
    ]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A paragraph's span, in pieces of at most about `_LONGEST` characters where its sentences allow it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    found: list[tuple[int, int]] = []
    first = start
    for stop in [match.end() for match in _SENTENCE_END.finditer(text, start, end)]:
        if stop - first >= _LONGEST:
            found.append((first, stop))
            first = stop
    return [*found, (first, end)] if first < end else found
