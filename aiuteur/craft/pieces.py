"""The pieces a film is cut from: every sentence of a story, told or spoken, with its offsets, speaker and screen time.

Belongs here: cutting a read story into pieces, with tags of speech taken off. Does not belong here: choosing among them
(`outline`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.quotes import gaps
from aiuteur.craft.prose.reading import read
from aiuteur.craft.prose.segments import Span, sentences, trimmed
from aiuteur.craft.prose.story import Speech, Story
from aiuteur.craft.timing import spoken_seconds

_VERBS: Final = "|".join(sorted(words.SPEECH, key=len, reverse=True))
_TAG: Final = re.compile(
    rf"^[\s,⁠—–]*(?:\w+ly,?\s+)?(?:(?:{_VERBS})\b|[^.!?;:]{{1,60}}?\b(?:{_VERBS})\b)(?P<rest>[^.!?]*)[.!?,:;—⁠–]*", re.IGNORECASE
)
_LEAD: Final = re.compile(
    rf"(?:[,;]?\s*(?:and\s+|then\s+|now\s+)*(?:\w+\s+heard\s+)?(?:[^\s,;]+\s+){{0,2}}?)\b(?:{_VERBS}|say|ask|reply|answer|cry|"
    rf"whisper)\b[^.!?]{{0,40}}[,:—⁠–-]+\s*$",
    re.IGNORECASE,
)
_BREAKS: Final = (",", ";", ":", "—", "–")
"""What a tag ends with that breaks into a sentence."""

_MANNER: Final = re.compile(r"^[\s,]*(?P<manner>\w+ly|[a-z]+ing\b[^,.;]*|with (?:a|an)\b[^,.;]*|in a\b[^,.;]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence, told or spoken. `speaker` is a person's index for speech; `seconds` its screen time at an ordinary pace.

    `off_screen`: a narrator tells it in the first person, so that it is heard and not seen; `goes_on`: a tag of speech breaks
    into the sentence, which the next spoken piece ends.
    """

    order: int
    paragraph: int
    span: Span
    spoken: bool
    speaker: int | None
    text: str
    seconds: float
    manner: str | None = None
    quote: int | None = None
    off_screen: bool = False
    goes_on: bool = False

    @property
    def heard(self) -> bool:
        """Whether somebody's voice says it, in the scene or over it."""
        return self.spoken or self.off_screen


def action_seconds(text: str) -> float:
    """Screen time of a told sentence: seeing is faster than reading aloud, but a picture needs two seconds."""
    return round(min(5.0, max(2.0, 0.55 * spoken_seconds(text) + 0.8)), 3)


@lru_cache(maxsize=4)
def pieces_of(text: str) -> tuple[Piece, ...]:
    """Every piece of a narrative, in order."""
    return tuple(_pieces(read(text))) or (_whole(text),)


def _whole(text: str) -> Piece:
    """The one piece of a text in which no sentence was found: a word, a row of signs."""
    span = trimmed(text, 0, len(text))
    shown = clean(span.of(text)[:300])
    return Piece(0, 0, span, spoken=False, speaker=None, text=shown, seconds=action_seconds(shown))


def _pieces(story: Story) -> Iterator[Piece]:
    by_paragraph: dict[int, list[Speech]] = {}
    for speech in story.speeches:
        by_paragraph.setdefault(speech.quote.paragraph, []).append(speech)
    order = 0
    for number, span in enumerate(story.paragraphs):
        if number == 0 and len(story.paragraphs) > 1 and _is_heading(span.of(story.text)):
            continue
        for made in _paragraph(story, span, by_paragraph.get(number, [])):
            yield Piece(order, number, *made)
            order += 1


def _is_heading(text: str) -> bool:
    """Whether a first paragraph is the story's title: a few words with no stop."""
    return len(text.split()) <= 9 and text.rstrip()[-1:] not in '.!?。！？…”"’»'  # noqa: PLR2004 - a title's length


Made = tuple[Span, bool, int | None, str, float, str | None, int | None, bool, bool]
_FIRST_PERSON: Final = re.compile(r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves)\b")


def _paragraph(story: Story, span: Span, spoken: Sequence[Speech]) -> Iterator[Made]:
    flat = [speech for speech in spoken if speech.quote.inner.of(story.text).strip()]
    marks = sorted(flat, key=lambda speech: speech.quote.inner.start)
    holes = gaps(span, [speech.quote for speech in marks])
    parts: list[tuple[Span, Speech | None]] = [(speech.quote.inner, speech) for speech in marks]
    parts += [(hole, None) for hole in holes]
    parts.sort(key=lambda part: part[0].start)
    for place, (part, speech) in enumerate(parts):
        if speech is None:
            after = place > 0 and parts[place - 1][1] is not None
            before = place + 1 < len(parts)
            narrator = next((person.index for person in story.people if person.narrator), None)
            yield from _told(story.text, part, narrator, after_speech=after, before_speech=before)
        else:
            tag = parts[place + 1][0] if place + 1 < len(parts) and parts[place + 1][1] is None else None
            broken = tag is not None and place + 2 < len(parts) and story.text[tag.start : tag.end].rstrip()[-1:] in _BREAKS
            manner = _manner(story.text, tag) if tag is not None else None
            yield from _spoken(story.text, part, speech, manner, broken=broken)


def _spoken(text: str, part: Span, speech: Speech, manner: str | None, *, broken: bool) -> Iterator[Made]:
    found = [sentence for sentence in sentences(text, part) if re.search(r"\w", sentence.of(text))]
    for sentence in found:
        shown = clean(sentence.of(text))
        goes_on = broken and sentence is found[-1] and shown[-1:] not in ".!?…"
        if shown.endswith(",") and not goes_on:  # the comma is the tag's: without the tag a stop stands there
            shown = f"{shown[:-1]}."
        yield sentence, True, speech.speaker, shown, spoken_seconds(shown) + 0.35, manner, speech.quote.index, False, goes_on
        manner = None


def _told(text: str, part: Span, narrator: int | None, *, after_speech: bool, before_speech: bool) -> Iterator[Made]:
    start, end = part
    if after_speech and (tag := _TAG.match(text[start:end])):
        start += tag.end()
    if before_speech and text[start:end].rstrip()[-1:] in ",:—⁠–-" and (lead := _LEAD.search(text[start:end])):
        end = start + lead.start()
    for sentence in sentences(text, Span(start, end)):
        shown = _unquoted(clean(sentence.of(text)))
        count = len(re.findall(r"\w+", shown))
        if count >= 2 or (count and shown[-1:] in ".!?。！？…"):  # noqa: PLR2004 - a lone word is a leftover
            voice = narrator if narrator is not None and _FIRST_PERSON.search(shown) else None
            shown = finished(shown)
            seconds = action_seconds(shown) if voice is None else spoken_seconds(shown) + 0.35
            yield sentence, False, voice, shown, seconds, None, None, voice is not None, False


def _unquoted(text: str) -> str:
    """A told sentence without marks at its ends that have no partner within it."""
    shown = text.strip(" ,;:⁠—–")
    for opening, closing in ("“”", "»«", "«»", '""'):
        if shown.count(opening) % 2 if opening == closing else shown.count(opening) != shown.count(closing):
            shown = shown.strip(opening + closing).replace(closing, "") if opening not in shown[1:] else f"{shown}{closing}"
    return shown.strip(" ,;:⁠—–")


def _manner(text: str, hole: Span) -> str | None:
    tag = _TAG.match(text[hole.start : hole.end])
    rest = tag["rest"] if tag else ""
    for part in rest.split(",")[:3]:
        found = _MANNER.match(part)
        if found and len(found["manner"].split()) <= 7:  # noqa: PLR2004 - a parenthetical is short
            return found["manner"].strip()
    return None


def clean(text: str) -> str:
    """One line: spaces and word joiners made plain."""
    return re.sub(r"\s+", " ", text.replace("⁠", "")).strip()


def finished(text: str) -> str:
    """A sentence with its first letter large and a stop at its end, as a line of action needs."""
    shown = text[:1].upper() + text[1:]
    return shown if re.search(r"[.!?…。！？؟۔।][\"”’»)」]*$", shown) else shown.rstrip(",;:—– ") + "."
