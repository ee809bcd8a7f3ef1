"""The rhythm of a scene: long lines split, and every shot given its length so that speech fits and the scene fills its time.

Belongs here: seconds of shots. Does not belong here: what the shots are (`coverage`).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.timing import spoken_seconds
from aiuteur.film.shots import ShotType

SHORTEST: Final = 1.6
LONGEST_LINE: Final = 6.0
LONGEST_HOLD: Final = 6.5
"""Seconds that shots may last on average before the scene is cut into more of them."""

_AFTER_LINE: Final = 0.4
_TYPICAL: Final = {
    ShotType.ESTABLISHING: 3.4,
    ShotType.MASTER: 3.2,
    ShotType.TWO_SHOT: 3.0,
    ShotType.SINGLE: 2.8,
    ShotType.OVER_SHOULDER: 2.8,
    ShotType.REACTION: 1.9,
    ShotType.INSERT: 2.0,
    ShotType.POV: 2.4,
}
_BREATH: Final = re.compile(r"(?<=[.!?…;:—–⁠。！？])\s*|(?<=,)\s+")


@dataclass(frozen=True, slots=True)
class Held:
    """What decides a shot's length: the words spoken in it, and what kind of shot it is."""

    lines: tuple[str, ...]
    kind: ShotType

    @property
    def least(self) -> float:
        """The shortest it can be: its words spoken, or the shortest shot an eye reads."""
        return max(SHORTEST, sum(spoken_seconds(line) for line in self.lines) + _AFTER_LINE * bool(self.lines))


def split_line(text: str, longest: float = LONGEST_LINE) -> list[str]:
    """A line in parts that each fit one shot, cut where a speaker breathes; the parts joined by spaces are the line."""
    parts: list[str] = []
    for breath in (short for long in _BREATH.split(text) for short in _by_words(long, longest)):
        if parts and spoken_seconds(f"{parts[-1]} {breath}") <= longest:
            parts[-1] = f"{parts[-1]} {breath}".strip()
        elif breath:
            parts.append(breath)
    return parts or [text]


def _by_words(text: str, longest: float) -> list[str]:
    """A breath that is too long by itself, cut between words (between signs where a script sets no spaces)."""
    count = math.ceil(spoken_seconds(text) / longest)
    if count <= 1:
        return [text]
    units, glue = (text.split(" "), " ") if " " in text.strip() else (list(text), "")
    size = math.ceil(len(units) / count)
    return [glue.join(units[start : start + size]) for start in range(0, len(units), size)]


def pace(shots: Sequence[Held], seconds: float, max_seconds: float) -> list[tuple[int, float]]:
    """The index and length of every shot: lengths add up to `seconds`; a shot longer than `max_seconds` allows is cut in two."""
    order = list(range(len(shots)))
    longest = min(LONGEST_HOLD, 0.92 * max_seconds)
    count = max(len(order), math.ceil(seconds / longest)) if order else 0
    order = [order[place * len(shots) // count] for place in range(count)]
    least = [_floor(shots, order, place) for place in range(len(order))]
    if sum(least) >= seconds:
        return _closed(order, [length * seconds / sum(least) for length in least], seconds)
    want = [max(floor, _TYPICAL[shots[number].kind]) for floor, number in zip(least, order, strict=True)]
    return _closed(order, _stretched(least, want, seconds, max_seconds), seconds)


def _floor(shots: Sequence[Held], order: Sequence[int], place: int) -> float:
    repeated = place > 0 and order[place - 1] == order[place]
    return SHORTEST if repeated else shots[order[place]].least


def _stretched(least: Sequence[float], want: Sequence[float], seconds: float, max_seconds: float) -> list[float]:
    """Lengths between the least and the longest allowed, as near to the wanted ones as the sum permits."""
    low, high = 0.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        total = sum(
            min(max_seconds, max(floor, floor + (wish - floor + 0.25) * middle)) for floor, wish in zip(least, want, strict=True)
        )
        low, high = (middle, high) if total < seconds else (low, middle)
    return [min(max_seconds, max(floor, floor + (wish - floor + 0.25) * high)) for floor, wish in zip(least, want, strict=True)]


def _closed(order: Sequence[int], lengths: Sequence[float], seconds: float) -> list[tuple[int, float]]:
    rounded = [round(length, 3) for length in lengths]
    drift = round(seconds - sum(rounded), 3)
    if rounded and abs(drift) < 0.2:  # noqa: PLR2004 - rounding only
        place = (min if drift > 0 else max)(range(len(rounded)), key=lambda place: (rounded[place], place))
        rounded[place] = round(rounded[place] + drift, 3)
    return list(zip(order, rounded, strict=True))
