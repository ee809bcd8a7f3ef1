"""Quotations: what stands in quotation marks (or after a dialogue dash), within a paragraph and over several.

Belongs here: where an utterance begins and ends. Does not belong here: who says it (`speakers`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose.segments import Span

_PAIRS: Final = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", '"': '"', "‘": "’", "'": "'", "‹": "›", "»": "«"}
_STARTS: Final = r"(?:(?<=[\s(\[—–])|^)"
_OPENS: Final = {
    mark: re.compile(shown, re.MULTILINE)
    for mark, shown in {
        "“": "“", "„": "„", "«": "«", "»": rf"{_STARTS}»(?=\w)", "「": "「", '"': rf"{_STARTS}\"(?=\S)",
        "‘": rf"{_STARTS}‘(?=\w)", "'": rf"{_STARTS}'(?=\w)",
    }.items()
}
"""What an opening mark looks like: those that also close, or stand for letters left out, open where a word begins."""
_DASH: Final = re.compile(r"[—–―]\s*(?=\S)|--?\s+(?=\S)")
_DASH_TURN: Final = re.compile(r"(?<=[,.!?…])\s+[—–―]\s*")
_INNER: Final = {"“": "‘", '"': "'", "‘": "“", "'": '"', "«": "„“", "„": "‚‘"}
_STOPS: Final = ",.;:!?…—-"
_ALNUM: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance: the span inside its marks, the one with them; `continues` where the quote before ran on unclosed.

    `told_by` is the index of the outer quote when somebody tells this quote within a tale of their own.
    """

    index: int
    paragraph: int
    inner: Span
    outer: Span
    continues: bool = False
    told_by: int | None = None


def house_mark(text: str) -> str:
    """The opening mark a text uses for speech; the empty string where it uses none, a dash where dialogue opens with dashes.

    A mark that opens paragraphs is the house's own; a mark that is frequent only inside other quotations is not.
    """
    counts = {mark: len(shown.findall(text)) for mark, shown in _OPENS.items()}
    counts["“"] *= not counts["„"]
    counts["«"] *= not counts["»"]
    leading = {mark: len(re.findall(rf"(?m)^[ \t_*]*{mark}(?=\S)", text)) if counts[mark] else 0 for mark in counts}
    mark = max(counts, key=lambda mark: 4 * leading[mark] + counts[mark])
    if counts[mark]:
        return mark
    return "—" if len(re.findall(r"(?m)^\s*[—–―]\s*\S", text)) >= 2 else "『" * text.count("『")  # noqa: PLR2004 - once is chance


def quotes(text: str, spans: list[Span]) -> list[Quote]:
    """Every utterance of the paragraphs given, in order."""
    mark = house_mark(text)[:1]
    found: list[Quote] = []
    running = False
    for number, span in enumerate(spans):
        running = _paragraph(text, number, span, mark, found, running=running)
    return found


def _paragraph(text: str, number: int, span: Span, mark: str, found: list[Quote], *, running: bool) -> bool:
    """Add one paragraph's quotes; whether its last one runs on into the next."""
    if mark == "—":
        _dashed(text, number, span, found)
        return False
    at = span.start
    first = True
    while mark and (opening := _opening(text, at, span.end, mark)) is not None:
        closing = _closing(text, opening + 1, span.end, mark)
        continues = running and first and not text[span.start : opening].strip()
        end = closing if closing is not None else span.end
        _add(text, number, Span(opening, min(end + 1, span.end)), Span(opening + 1, end), found, continues=continues)
        first, running = False, closing is None
        at = end + 1
    return running if not first else False


def _add(text: str, number: int, outer: Span, inner: Span, found: list[Quote], *, continues: bool) -> None:
    if not _ALNUM.search(text, inner.start, inner.end):
        return
    told = _told(text, inner)
    if not told:
        found.append(Quote(len(found), number, inner, outer, continues))
        return
    teller = len(found)
    lead = Span(inner.start, told[0].start - 1)
    found.append(Quote(teller, number, lead if lead.end > lead.start else Span(inner.start, inner.start), outer, continues))
    found.extend(
        Quote(teller + 1 + place, number, span, Span(span.start - 1, span.end + 1), told_by=teller)
        for place, span in enumerate(told)
    )


def _told(text: str, inner: Span) -> list[Span]:
    """The quotes within a quote that are speech of its tale: they begin a sentence or follow a comma, and end as speech."""
    marks = _INNER.get(text[inner.start - 1 : inner.start], "")
    found: list[Span] = []
    at = inner.start
    while marks and (start := _opening(text, at, inner.end, marks[0])) is not None:
        end = _closing(text, start + 1, inner.end, marks[0])
        found.append(Span(start + 1, end if end is not None else inner.end))
        at = found[-1].end + 1
    return found if any(_spoken(text, inner, span) for span in found) else []


def _spoken(text: str, inner: Span, span: Span) -> bool:
    before = text[inner.start : span.start - 1].rstrip()
    return before[-1:] in _STOPS and text[span.end - 1 : span.end] in _STOPS


def _opening(text: str, at: int, limit: int, mark: str) -> int | None:
    while (place := text.find(mark, at, limit)) >= 0:
        before = text[place - 1] if place else " "
        if mark not in "'‘\"" or (
            not (before.isalnum() or (mark == '"' and before in ".,!?")) and text[place + 1 : place + 2].strip()
        ):
            return place
        at = place + 1
    return None


def _closing(text: str, at: int, limit: int, mark: str) -> int | None:
    closers = _PAIRS[mark]
    depth = 0
    for place in range(at, limit):
        sign = text[place]
        if sign == mark and mark not in closers and mark in "„「『«":
            depth += 1
        elif sign in closers and not _apostrophe(text, place, limit, mark):
            if depth == 0:
                return place
            depth -= 1
    return None


def _apostrophe(text: str, place: int, limit: int, mark: str) -> bool:
    """Whether a mark that could close a single quotation is an apostrophe: inside a word, or after one with no stop before it."""
    if mark not in "'‘":
        return False
    after = text[place + 1] if place + 1 < limit else " "
    before = text[place - 1] if place else " "
    return after.isalnum() or (before.isalnum() and before in "sSnd" and after == " ") or before.isspace()


def _dashed(text: str, number: int, span: Span, found: list[Quote]) -> None:
    """Dialogue opened by a dash: each part of the line between dashes is speech and narration in turn."""
    opening = _DASH.match(text, span.start, span.end)
    if opening is None:
        return
    start, speech = opening.end(), True
    for turn in [*_DASH_TURN.finditer(text, start, span.end), None]:
        end = turn.start() if turn else span.end
        if speech and end > start:
            found.append(Quote(len(found), number, Span(start, end), Span(start, end)))
        start, speech = (turn.end() if turn else end), not speech


def gaps(span: Span, quoted: Sequence[Quote]) -> list[Span]:
    """The parts of a paragraph outside its quotations."""
    found: list[Span] = []
    at = span.start
    for quote in quoted:
        if quote.outer.start > at:
            found.append(Span(at, quote.outer.start))
        at = max(at, quote.outer.end)
    if at < span.end:
        found.append(Span(at, span.end))
    return found
