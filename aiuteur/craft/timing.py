"""How long things take: spoken words, the title and end cards, and what is left of a film for its content.

Belongs here: seconds that follow from words or from a film's length. Does not belong here: how a scene shares its seconds among
shots (`aiuteur.craft.coverage`).
"""

import re
from typing import Final

from aiuteur.film.formats import FPS

WORDS_PER_SECOND: Final = 2.7
"""A calm reading of English; audiobook and film dialogue lie between 150 and 180 words a minute."""

CJK_PER_SECOND: Final = 4.5
"""Characters of Chinese, Japanese or Korean script a second: each is about a syllable."""

_PAUSES: Final = (
    (re.compile(r"[.!?…]+(?=[\s”’\"'»)]|$)"), 0.30),
    (re.compile(r"[;:—–⁠]|--"), 0.20),
    (re.compile(r"[,،、](?!\d)"), 0.12),
    (re.compile(r"[。！？؟।]"), 0.30),
)
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002ffff]")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST_LINE: Final = 0.6
_CARD_SHARE: Final = 0.04
_CARD_BOUNDS: Final = (1.5, 4.0)


def spoken_seconds(text: str) -> float:
    """How long a person takes to speak a text aloud, pauses at its punctuation included; never under 0.6 s unless it is empty."""
    ideographs = len(_CJK.findall(text))
    words = len(_WORD.findall(_CJK.sub(" ", text)))
    if not ideographs and not words:
        return 0.0
    spoken = words / WORDS_PER_SECOND + ideographs / CJK_PER_SECOND
    pauses = sum(seconds * len(mark.findall(text)) for mark, seconds in _PAUSES) - _trailing_pause(text)
    return round(max(_SHORTEST_LINE, spoken + max(0.0, pauses)), 3)


def _trailing_pause(text: str) -> float:
    """The pause after the last word, which belongs to the cut and not to the line."""
    return 0.30 if re.search(r"[.!?…。！？؟।]\W*$", text) else 0.0


def title_seconds(length: float) -> float:
    """Seconds of the title card of a film of `length` seconds: 4 % of it, between 1.5 and 4."""
    low, high = _CARD_BOUNDS
    return round(min(high, max(low, _CARD_SHARE * length)), 3)


def end_seconds(length: float) -> float:
    """Seconds of the end card of a film of `length` seconds: as long as its title card."""
    return title_seconds(length)


def content_seconds(length: float) -> float:
    """Seconds of a film of `length` seconds between its title and its end card: what its beats share."""
    return round(length - title_seconds(length) - end_seconds(length), 3)


def on_frames(seconds: float, fps: int = FPS) -> float:
    """The nearest whole number of frames, in seconds."""
    return round(seconds * fps) / fps
