"""Paragraphs and sentences of a text, as spans of character offsets.

Belongs here: where a paragraph or a sentence begins and ends, in any script. Does not belong here: what stands in quotation marks
(`quotes`).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from aiuteur.craft.prose import words

LONGEST_PARAGRAPH: Final = 6000
"""Characters; a longer one (a text without line breaks) is cut at sentence ends, so that work per paragraph stays bounded."""

_BLANK: Final = re.compile(r"\n[^\S\n]*\n\s*")
_ABBREVIATIONS: Final = words.word_set("""
        mr mrs ms dr st prof rev capt col gen lt sgt mme mlle messrs hon jr sr vs etc no vol fig ave mt ft e.g i.e a.m
        p.m
    """)
WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
"""A word, hyphens inside it included."""

_END: Final = re.compile(r"[.!?…]+[\"”’»)\]*_]*(?=\s|$|[⁠—])|[。！？｡]+[」』”’）]*|[؟۔।]+\s*|(?<=\S)\n(?=\s*\S)")
_OPENS: Final = re.compile(r"[\s\"“‘'«„(\[⁠—–*_]*([^\W_])?")


class Span(NamedTuple):
    """Characters `start` inclusive to `end` exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def holds(self, offset: int) -> bool:
        """Whether an offset lies inside."""
        return self.start <= offset < self.end


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text: parts between blank lines, or lines where the text has no blank lines, without outer spaces."""
    breaks = _BLANK if _BLANK.search(text) else re.compile(r"\n\s*")
    found: list[Span] = []
    start = 0
    for gap in [*breaks.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found += _bounded(text, trimmed(text, start, end))
        start = gap.end() if gap else end
    return found


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without spaces at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _bounded(text: str, span: Span) -> Iterator[Span]:
    if span.end - span.start <= LONGEST_PARAGRAPH:
        if span.end > span.start:
            yield span
        return
    start = span.start
    for sentence in sentences(text, span):
        if sentence.end - start > LONGEST_PARAGRAPH // 2:
            yield trimmed(text, start, sentence.end)
            start = sentence.end
    if text[start : span.end].strip():
        yield trimmed(text, start, span.end)


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of a stretch of text; an abbreviation or an initial ends none, nor does a stop before a small letter."""
    found: list[Span] = []
    start = within.start
    for mark in _END.finditer(text, within.start, within.end):
        if _ends(text, mark, within.end):
            span = trimmed(text, start, mark.end())
            if span.end > span.start:
                found.append(span)
            start = mark.end()
    rest = trimmed(text, start, within.end)
    if rest.end > rest.start:
        found.append(rest)
    return found


def _ends(text: str, mark: re.Match[str], limit: int) -> bool:
    shown = mark.group().strip()
    if not shown:
        return _verse_break(text, mark.start(), mark.end())
    if not shown.startswith("."):
        return _opens_anew(text, mark.end(), limit) or shown[0] in "。！？｡؟۔।"
    word = re.search(r"[\w.]*$", text[max(0, mark.start() - 12) : mark.start()])
    last = word.group().lower() if word else ""
    if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i"):
        return False
    return _opens_anew(text, mark.end(), limit)


def _verse_break(text: str, before: int, after: int) -> bool:
    """A line break ends a sentence only where verse or a list sets lines: short lines that begin with a capital."""
    line = text[text.rfind("\n", 0, before) + 1 : before]
    following = text[after : after + 3].lstrip()
    return len(line) < 60 and bool(following) and (following[0].isupper() or not following[0].isascii())  # noqa: PLR2004 - a set line


def _opens_anew(text: str, offset: int, limit: int) -> bool:
    opening = _OPENS.match(text, offset, limit)
    first = opening.group(1) if opening else None
    return first is None or not first.islower()


def sentence_around(text: str, place: Span) -> str:
    """The words about a mention, as far as the sentence goes on both sides, 160 characters at most."""
    before = re.split(r"[.!?]\s", text[max(0, place.start - 160) : place.start])[-1]
    return before + re.split(r"[.!?]\s", text[place.start : place.end + 160])[0]
