"""How telling each piece of a story is, seen from an angle.

Belongs here: the weights. Does not belong here: choosing by them (`choosing`).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.feelings import intensity
from aiuteur.craft.pieces import Piece
from aiuteur.craft.prose import words
from aiuteur.craft.prose.places import place_cues
from aiuteur.craft.prose.story import Story
from aiuteur.craft.prose.surroundings import time_cue, weather_cue

_WORD: Final = re.compile(r"[^\W\d_]{3,}")


_SMALL: Final = words.word_set("""
        the and was were had has have for not but with his her him she they them that this from you your are all one
        out into there what when who would could been their then than its our upon which very more some said will
    """)


@dataclass(frozen=True, slots=True)
class Angle:
    """A way to tell a story: what weighs more in it."""

    name: str
    speech: float
    lead: float
    tension: float
    setting: float


def weigh(story: Story, pieces: Sequence[Piece], angle: Angle) -> list[float]:
    """How telling each piece is: central words, who is in it, feeling and its change, reveals, introductions, position."""
    central = _centrality(pieces)
    cast = story.cast()
    leads = {name.lower() for person in cast[:3] for name in (person.name, *person.aliases) for name in name.split(" ")} - {"the"}
    lead_indices = {person.index for person in cast[:3]}
    introduced = {person.first for person in cast[:8]}
    sets = [_sets(piece) if story.script.english else 0.0 for piece in pieces]
    found: list[float] = []
    last = 0.0
    for piece in pieces:
        strong = intensity(piece.text)
        lead = piece.speaker in lead_indices or any(word.lower() in leads for word in _WORD.findall(piece.text))
        value = (
            0.6 + central[piece.order] + angle.tension * (0.5 * abs(strong) + 0.35 * abs(strong - last)) + 0.4 * angle.lead * lead
        )
        value *= angle.speech if piece.spoken else angle.setting
        value += 0.8 * any(piece.span.holds(offset) for offset in introduced) + _reveal(piece) + angle.setting * sets[piece.order]
        value *= _length_fit(piece)
        last = 0.7 * last + 0.3 * strong
        found.append(value * _position(piece.order, len(pieces)))
    return found


def _centrality(pieces: Sequence[Piece]) -> list[float]:
    bags = [{word for word in _WORD.findall(piece.text.lower()) if word not in _SMALL} for piece in pieces]
    spread = Counter(word for bag in bags for word in bag)
    top = max(spread.values(), default=1)
    raw = [
        sum(math.log1p(spread[word]) / math.log1p(top) * (spread[word] > 1) for word in bag) / math.sqrt(len(bag) + 2)
        for bag in bags
    ]
    most = max(raw, default=1.0) or 1.0
    return [value / most for value in raw]


def _sets(piece: Piece) -> float:
    """What a told sentence is worth for saying where, when and in which weather the story goes on."""
    if piece.spoken:
        return 0.0
    place = any(cue.weight >= 1 for cue in place_cues(piece.text))
    return 0.6 * place + 0.35 * (time_cue(piece.text) is not None) + 0.25 * (weather_cue(piece.text) is not None)


_REVEAL: Final = re.compile(
    r"\b(?:never|always|died|dead|love|loved|secret|truth|last|at last|suddenly|for the first time|kill|gone|sold|"
    r"promise|marry|arrest|note|letter|found|because|only)\b",
    re.IGNORECASE,
)


def _reveal(piece: Piece) -> float:
    return 0.18 * min(3, len(_REVEAL.findall(piece.text))) + 0.2 * piece.text.rstrip().endswith("?") * piece.spoken


def _length_fit(piece: Piece) -> float:
    """Short sentences cut better than long ones; a line of more than nine seconds holds a shot too long."""
    return 1.0 / (1.0 + max(0.0, piece.seconds - 4.0) / 9.0)


def _position(order: int, count: int) -> float:
    share = order / max(1, count - 1)
    return (0.9 + 0.35 * share) * (1.3 if share < 0.05 else 1.0)  # noqa: PLR2004 - the opening; the rest weighs more towards the end
