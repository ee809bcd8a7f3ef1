"""Captions: the words that are spoken, as cues that can be read in the time they have, and as SubRip text.

Belongs here: cutting, balancing and timing of cues, in any script. Does not belong here: when a line is spoken (the scene's shots
say that), or putting captions into a film (`aiuteur.media.assemble`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from aiuteur.craft.editing import Told
from aiuteur.film.shots import DialogueLine, Shot

COLUMNS: Final = 42
"""The width of a caption line; a wide (Chinese, Japanese, Korean) letter takes two columns."""

SHORTEST: Final = 1.0
"""Seconds that a cue stays at least, where the next one lets it."""

READING_SPEED: Final = 20.0
"""Characters a second that are read without haste (Netflix's timed text guide: 20 for adults)."""

_LINGER: Final = 1.6
_UNHURRIED: Final = 1.5
"""How much longer than its reading takes a caption of narration stays, where its shot does."""

_SENTENCE: Final = re.compile(r"[.!?…。！？؟।]\s?[\"'”’»)\]]*$")
_CLAUSE: Final = re.compile(r"[,;:—–،、，；：-][\"'”’»)\]]*$")
_CLOSING: Final = frozenset("、。，．！？：；）］｝」』】〉》〕’”…ー・")
_STRAY: Final = re.compile(r"[\"'”’»)\]!?.,;:…]+")
"""Punctuation that a stray space parted from its word, which must not begin a line."""

_PLAIN: Final = str.maketrans({"{": "(", "}": ")", "\\": "∖", "<": "‹", ">": "›"})


@dataclass(frozen=True, slots=True)
class Said:
    """A line as it is in the film: start and length in seconds, its text, the speaker's name where it is to be shown."""

    start: float
    seconds: float
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: in and out in whole milliseconds, and its one or two lines."""

    start: int
    end: int
    lines: tuple[str, ...]
    italic: bool = False

    @property
    def text(self) -> str:
        """The lines as they are shown."""
        return "\n".join(self.lines)


def shown_speaker(line: DialogueLine, shot: Shot, before: str | None = None, *, voiced: bool = True) -> str | None:
    """The name to show with a line: of one who is off screen, or whom a viewer could not tell from others in the shot.

    Where no voice speaks (`voiced`), also of who speaks after another; `before` is the speaker of the scene's line before.
    """
    seen = [figure.character_id for figure in shot.blocking if not figure.foreground]
    alone = line.speaker_id is not None and seen == [line.speaker_id]
    return line.speaker if line.off_screen or not alone or (not voiced and line.speaker != before) else None


def cues(said: Sequence[Said], until: float) -> tuple[Cue, ...]:
    """Cues for lines in order of their start: none overlap, none is shown after `until` seconds.

    A cue stays while its line is spoken, and beyond that up to the next cue where reading needs it.
    """
    ordered = sorted((line for line in said if _tidy(line.text) and line.start < until), key=lambda line: line.start)
    placed: list[Cue] = []
    for index, line in enumerate(ordered):
        limit = min(until, ordered[index + 1].start) if index + 1 < len(ordered) else until
        placed += _timed(line, max(line.start, 0.0), limit)
    return tuple(_joined([cue for cue in placed if cue.end > cue.start]))


def with_narration(shown: Sequence[Cue], told: Sequence[Told]) -> tuple[Cue, ...]:
    """Cues with those of narration, in italics, where the spoken ones leave time to read them.

    Of each silent shot the first sentences that were not shown yet and fit are shown, whole; where none fits there are none.
    """
    found = list(shown)
    already: set[str] = set()
    for shot in told:
        end = min([shot.start + shot.seconds, *(cue.start / 1000 for cue in shown if cue.start / 1000 > shot.start)])
        start = max([shot.start, *(cue.end / 1000 for cue in shown if cue.start / 1000 <= shot.start)])
        chosen: list[str] = []
        for sentence in dict.fromkeys(map(_tidy, shot.sentences)):
            if sentence in already:
                continue
            if _reading(" ".join([*chosen, sentence])) > end - start:
                break
            chosen.append(sentence)
        if chosen:
            text = " ".join(chosen)
            already.update(chosen)
            seconds = min(end - start, _UNHURRIED * _reading(text))
            found += [replace(cue, italic=True) for cue in _timed(Said(start, seconds, text), start, end)]
    return tuple(sorted(found, key=lambda cue: cue.start))


def _reading(text: str) -> float:
    """Seconds that it takes to read a text as cues."""
    return sum(max(SHORTEST, sum(map(width, part)) / READING_SPEED) for part in _cut(_tokens(text)))


def srt(shown: Sequence[Cue]) -> str:
    """Cues as SubRip text."""
    import pysubs2

    file = pysubs2.SSAFile()
    plain = (r"\N".join(line.translate(_PLAIN) for line in cue.lines) for cue in shown)
    safe = [f"{{\\i1}}{text}{{\\i0}}" if cue.italic else text for cue, text in zip(shown, plain, strict=True)]
    file.events = [pysubs2.SSAEvent(cue.start, cue.end, text) for cue, text in zip(shown, safe, strict=True)]
    return file.to_string("srt")


def _tidy(text: str) -> str:
    """One run of text: white space single, control and invisible characters gone, no arrow that SubRip would take for a time."""
    kept = "".join(letter if unicodedata.category(letter) not in {"Cc", "Co", "Cs", "Zl", "Zp"} else " " for letter in text)
    return re.sub(r"\s+", " ", kept.replace("-->", "→")).strip()


def _timed(line: Said, start: float, limit: float) -> list[Cue]:
    """The cues of one line between its start and the next one's, each in proportion to its words."""
    name = f"{_tidy(line.speaker).upper()}: " if line.speaker else ""
    parts = _cut(_tokens(name + _tidy(line.text)))
    widths = [sum(map(width, part)) for part in parts]
    needed = max(line.seconds, sum(max(SHORTEST, size / READING_SPEED) for size in widths))
    end = max(start, min(limit, start + min(needed, line.seconds + _LINGER * len(parts))))
    edges = [start]
    for rank, _size in enumerate(widths):
        left = end - edges[-1] - SHORTEST * (len(parts) - rank)
        share = _size / sum(widths[rank:])
        # Each gets its least time first and its share of what is left; below the least, time is shared alone.
        edges.append(edges[-1] + (SHORTEST + left * share if left > 0 else (end - edges[-1]) * share))
    times = pairwise(round(edge * 1000) for edge in edges)
    return [Cue(begin, finish, part) for part, (begin, finish) in zip(parts, times, strict=True)]


def _joined(placed: list[Cue]) -> list[Cue]:
    """Cues with an exchange too quick to read set as one: two short lines, each after a dash, as two people speak."""
    found: list[Cue] = []
    for cue in placed:
        last = found[-1] if found else None
        hasty = last is not None and min(last.end - last.start, cue.end - cue.start) < SHORTEST * 1000
        if last and hasty and cue.start - last.end < 400 and _dashed(last, cue):  # noqa: PLR2004 - milliseconds of a breath
            found[-1] = replace(last, end=cue.end, lines=_dashed(last, cue))
        else:
            found.append(cue)
    return found


def _dashed(first: Cue, second: Cue) -> tuple[str, ...]:
    """Two one-line cues as the lines of one, each after a dash; empty where they do not fit."""
    lines = tuple(f"– {cue.text}" for cue in (first, second))
    fits = len(first.lines) == len(second.lines) == 1 and not first.text.startswith("– ") and max(map(width, lines)) <= COLUMNS
    return lines if fits else ()


def width(text: str) -> int:
    """Columns that a text takes: two for a wide letter, none for a combining mark."""
    return sum(0 if unicodedata.combining(letter) else 2 if _wide(letter) else 1 for letter in text)


def _tokens(text: str) -> list[str]:
    """What a line may be broken between: words with the space after them, single wide letters, parts of an overlong word."""
    found: list[str] = []
    for word in re.findall(r"\S+\s*", text):
        if found and _STRAY.fullmatch(word.strip()) and width(found[-1] + word) <= COLUMNS:
            found[-1] += word
            continue
        piece = ""
        for letter in word:
            breaks = piece and (_wide(letter) or _wide(piece[-1])) and letter not in _CLOSING and not letter.isspace()
            if (breaks or width(piece + letter) > COLUMNS) and not unicodedata.combining(letter):
                found.append(piece)
                piece = ""
            piece += letter
        found.append(piece)
    return [token for token in found if token.strip()]


def _wide(letter: str) -> bool:
    """Whether a letter is of a script that is written without spaces, in wide cells."""
    return unicodedata.east_asian_width(letter) in "WF"


def _cut(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Tokens as cues of at most two balanced lines, cut near the middle and where a sentence or clause ends."""
    lines = _lines(tokens)
    if lines:
        return [lines]
    at = _best_break(tokens, clause=0.45)
    return [*_cut(tokens[:at]), *_cut(tokens[at:])]


def _lines(tokens: Sequence[str]) -> tuple[str, ...]:
    """One line, or two balanced ones; empty where two are not enough."""
    whole = "".join(tokens).strip()
    if width(whole) <= COLUMNS:
        return (whole,)
    if width(whole) > 2 * COLUMNS + 1:  # no split of a page is worth trying
        return ()
    splits = [("".join(tokens[:at]).strip(), "".join(tokens[at:]).strip()) for at in range(1, len(tokens))]
    fitting = [pair for pair in splits if max(map(width, pair)) <= COLUMNS]
    # A little longer below than above reads best; a clause's end is worth a few columns of imbalance.
    return min(fitting, key=lambda pair: abs(width(pair[1]) - width(pair[0]) - 2) - _worth(pair[0]), default=())


def _worth(line: str) -> int:
    """Columns of imbalance that it is worth to end a line here."""
    return 18 if _SENTENCE.search(line) else 14 if _CLAUSE.search(line) else 0


def _best_break(tokens: Sequence[str], clause: float) -> int:
    """Where to cut a text for two cues: the middle, drawn to the end of a sentence or (by `clause`) of a clause."""
    total, before = sum(map(width, tokens)), 0
    best, least = 1, float("inf")
    for at in range(1, len(tokens)):
        before += width(tokens[at - 1])
        word = tokens[at - 1].strip()
        pull = 0.35 if _SENTENCE.search(word) else clause if _CLAUSE.search(word) else 1.0
        distance = (abs(before / total - 0.5) + 0.12) * pull
        if distance < least:
            best, least = at, distance
    return best
