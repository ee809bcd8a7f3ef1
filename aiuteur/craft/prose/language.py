"""What kind of text this is: its script and language, all capitals, and how much of a very long one is read.

Belongs here: facts about the text as a whole and what the writer cannot do with it. Does not belong here: people and speech.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.segments import Span

LONGEST_READ: Final = 240_000
"""Characters read closely of a longer text: its opening, its ending and its liveliest stretches between."""

_STRETCH: Final = 8_000
_SAMPLE: Final = 20_000
_ENGLISH: Final = words.word_set("""
        the and of to a in that it is was he she i you for on with as his her they at be this have from not had but
        what were all my we me him said so one are up out them then there no if when your would could do who an by or
        into its
    """)
_OTHERS: Final = {
    "French": words.word_set("""
        le la les et de des un une que qui dans il elle pas pour sur avec est était son sa
    """),
    "German": words.word_set("""
        der die das und ein eine nicht ist war er sie ich mit auf den dem zu von sich
    """),
    "Spanish": words.word_set("""
        el la los las y de que en un una no se por con su era había para como
    """),
    "Italian": words.word_set("""
        il la di che e un una non per con era si gli le del della più sono
    """),
    "Portuguese": words.word_set("""
        o a os as e de que em um uma não se por com era seu sua para
    """),
    "Dutch": words.word_set("""
        de het een en van dat niet is was hij zij ik met op te voor
    """),
}


@dataclass(frozen=True, slots=True)
class Script:
    """A text's writing: the script most letters belong to, the language as far as it shows, and whether it is English."""

    script: str
    language: str
    english: bool


def script_of(text: str) -> Script:
    """Name a text's script and, for Latin letters, its likeliest language by its small words."""
    sample = text[:_SAMPLE] + text[len(text) // 2 : len(text) // 2 + _SAMPLE]
    counts = Counter(_script(sign) for sign in sample if sign.isalpha())
    script = counts.most_common(1)[0][0] if counts else "NONE"
    if script != "LATIN":
        kana = counts["HIRAGANA"] + counts["KATAKANA"]
        named = "Japanese" if kana > 0.1 * max(1, sum(counts.values())) else _NAMES.get(script, script.capitalize())
        return Script(script, named, english=False)
    small = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {name: sum(small[word] for word in list_) for name, list_ in _OTHERS.items()}
    english = sum(small[word] for word in _ENGLISH)
    best = max(scores, key=lambda name: (scores[name], name))
    if scores[best] > 1.3 * english and scores[best] > 5:  # noqa: PLR2004 - a sentence or two
        return Script(script, best, english=False)
    return Script(script, "English", english=True)


_NAMES: Final = {
    "CJK": "Chinese",
    "HANGUL": "Korean",
    "CYRILLIC": "Russian or another Cyrillic language",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
    "NONE": "no language with letters",
}


def _script(sign: str) -> str:
    return "LATIN" if sign.isascii() else unicodedata.name(sign, "OTHER").split(" ")[0]


def shouts(text: str) -> bool:
    """Whether a text is all in capitals."""
    sample = [sign for sign in text[:_SAMPLE] if sign.isalpha() and (sign.isupper() or sign.islower())]
    return len(sample) >= 20 and sum(sign.isupper() for sign in sample) >= 0.8 * len(sample)  # noqa: PLR2004 - a title is no shouting text


def plain_case(text: str, spans: Sequence[Span]) -> str:
    """A text of capitals with the paragraphs given in ordinary case (same length), so that names can be told from words."""
    if not shouts(text):
        return text
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], _lowered(span.of(text))]
        at = span.end
    return "".join([*parts, text[at:]])


def _lowered(text: str) -> str:
    lower = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    named = words.MALE_NAMES | words.FEMALE_NAMES | words.HONORIFICS - words.ROLES
    lower = re.sub(r"[^\W\d_]+", lambda found: found.group().capitalize() if found.group() in named else found.group(), lower)
    lower = re.sub(r"\bi\b", "I", lower)
    return re.sub(r"(^|[.!?]\s+[“\"]?|[“\"]|\n\s*)([a-z])", lambda found: found[1] + found[2].upper(), lower)


def window(text: str, spans: Sequence[Span]) -> tuple[list[Span], bool]:
    """The paragraphs to read closely, and whether these are all: of a long text the ends and the liveliest stretches between."""
    total = sum(span.end - span.start for span in spans)
    if total <= LONGEST_READ:
        return list(spans), True
    stretches = _stretches(spans)
    budget = LONGEST_READ // _STRETCH
    bins = max(1, budget - 4)
    chosen = {0, 1, len(stretches) - 2, len(stretches) - 1}
    for place in range(bins):
        low, high = 2 + place * (len(stretches) - 4) // bins, 2 + (place + 1) * (len(stretches) - 4) // bins
        if high > low:
            chosen.add(max(range(low, high), key=lambda index: (_liveliness(text, stretches[index]), -index)))
    return [span for index in sorted(chosen) if 0 <= index < len(stretches) for span in stretches[index]], False


def _stretches(spans: Sequence[Span]) -> list[list[Span]]:
    found: list[list[Span]] = [[]]
    size = 0
    for span in spans:
        if size >= _STRETCH:
            found.append([])
            size = 0
        found[-1].append(span)
        size += span.end - span.start
    return found


def _liveliness(text: str, stretch: Sequence[Span]) -> float:
    start, end = stretch[0].start, stretch[-1].end
    return sum(text.count(mark, start, end) for mark in ("“", '"', "‘", "「", "!", "?", "—")) / max(1, end - start)


def limits(text: str) -> tuple[str, ...]:
    """Plain sentences on what the built-in writer cannot do with this text; empty for an English story of usual length."""
    found = script_of(text)
    notes: list[str] = []
    if not found.english:
        notes.append(
            f"The writer reads English; this text looks like {found.language}: cast and speakers are found by "
            f"quotation marks only."
        )
    if len(text) > LONGEST_READ:
        share = round(100 * LONGEST_READ / len(text))
        notes.append(
            f"The text is very long: the writer reads its opening, its ending and its liveliest stretches "
            f"between, about {share} % of it."
        )
    if shouts(text):
        notes.append("The text is all in capitals: names are only found where they are common first names or follow a title.")
    if not re.search(r"[“”\"«»„「『]|(?:^|\s)[‘'—–]", text):
        notes.append("The text holds no quotation marks: the film has no spoken lines.")
    return tuple(notes)
