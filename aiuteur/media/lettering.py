"""Letters drawn into pictures with OpenCV's built-in face: what can be drawn, how wide it is, where it wraps.

Belongs here: text of any script as the built-in face can show it. Does not belong here: what a card looks like
(`aiuteur.media.cards`). The face draws every script from left to right and has Arabic letters in their isolated forms alone:
lines are put in visual order here, joined letters cannot be had of it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Style:
    """How letters are set: size in pixels, weight 100 to 1000, space between letters as a share of the size, colour (RGB)."""

    size: int
    weight: int = 400
    tracking: float = 0.0
    colour: tuple[int, int, int] = (255, 255, 255)


def drawable(text: str) -> str:
    """What of a text the face can draw: emoji and scripts it lacks are dropped, white space is single."""
    kept = "".join(letter if letter.isspace() or _known(letter) else " " for letter in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())


def measured(text: str, style: Style) -> int:
    """The width in pixels that a text takes."""
    return _put(np.zeros((1, 1, 3), np.uint8), text, 0, 0, style)


def draw(picture: Pixels, text: str, left: float, baseline: float, style: Style) -> None:
    """Draw one line of text into an RGB picture, from its left edge in pixels."""
    _put(picture, text, round(left), round(baseline), style)


def wrapped(text: str, style: Style, width: int) -> list[str]:
    """Lines no wider than `width` pixels, as even as they can be; a word that is wider alone stands alone."""
    tokens = _words(text)
    least = _filled(tokens, style, width)
    low, high = width // max(1, len(least)), width
    while len(least) > 1 and high - low > style.size // 2:
        middle = (low + high) // 2
        tried = _filled(tokens, style, middle)
        fits = len(tried) == len(least) and max(measured(line, style) for line in tried) <= width
        low, high, least = (low, middle, tried) if fits else (middle, high, least)
    return least


def _filled(tokens: Sequence[str], style: Style, width: int) -> list[str]:
    """Lines filled from the first word on."""
    lines = [""]
    for token in tokens:
        if lines[-1].strip() and measured((lines[-1] + token).strip(), style) > width:
            lines.append("")
        lines[-1] += token
    return [line.strip() for line in lines]


def _words(text: str) -> list[str]:
    """Words with the space after them; letters of scripts without spaces one by one."""
    found = [""]
    for letter in text:
        wide = unicodedata.east_asian_width(letter) in "WF"
        closing = unicodedata.category(letter) in {"Pe", "Pf", "Po"}
        if (found[-1].endswith(" ") and letter != " ") or (wide and found[-1] and not closing):
            found.append("")
        found[-1] += letter
    return found


def _put(picture: Pixels, text: str, left: int, baseline: int, style: Style) -> int:
    """Draw a text letter by letter where they are spaced out, else at once; returns how wide it is."""
    shown, face = visual(text), cv2.FontFace("sans")
    pieces = list(shown) if style.tracking else [shown]
    at = float(left)
    for piece in pieces:
        end, _ = cast("tuple[tuple[int, int], Pixels]", cv2.putText(
            picture, piece, (round(at), baseline), style.colour, face, style.size, style.weight, cv2.PUT_TEXT_ALIGN_LEFT,
            (-100_000, 100_000)))
        at = end[0] + (style.tracking * style.size if len(piece) == 1 else 0)
    return round(at - (style.tracking * style.size if style.tracking else 0)) - left


@cache
def _known(letter: str) -> bool:
    """Whether the face has a letter: one it lacks looks like a question mark."""
    if letter == "?":
        return True
    if unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cn", "Cs"}:
        return False
    return not np.array_equal(_glyph(letter), _glyph("?"))


@cache
def _glyph(letter: str) -> Pixels:
    """A letter as it is drawn."""
    picture = np.zeros((48, 64, 3), np.uint8)
    cv2.putText(picture, letter, (8, 36), (255, 255, 255), cv2.FontFace("sans"), 32, 400)
    return picture


def visual(text: str) -> str:
    """A line in the order in which it is drawn from left to right.

    Enough of the bidirectional algorithm (UAX #9) for titles and names: runs of one direction, numbers kept, brackets mirrored.
    """
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    if not {"R", "AL"} & set(kinds):
        return text
    base = next(kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"})
    runs: list[tuple[bool, str]] = []
    for index, letter in enumerate(text):
        right = _right_to_left(kinds, index, base=base)
        if runs and runs[-1][0] == right:
            runs[-1] = (right, runs[-1][1] + letter)
        else:
            runs.append((right, letter))
    return "".join(_mirrored(run) if right else run for right, run in (reversed(runs) if base else runs))


def _right_to_left(kinds: Sequence[str], index: int, *, base: bool) -> bool:
    """Whether a letter is drawn right to left: by itself, or where it has no direction by its neighbours on both sides."""
    if kinds[index] in {"L", "EN", "AN"}:
        return False
    if kinds[index] in {"R", "AL"}:
        return True
    sides = [next((kind != "L" for kind in around if kind in {"L", "R", "AL", "EN", "AN"}), base)
             for around in (kinds[index::-1], kinds[index:])]
    return sides[0] if sides[0] == sides[1] else base


def _mirrored(run: str) -> str:
    """A right-to-left run as drawn from the left."""
    return run[::-1].translate(str.maketrans("()[]{}«»<>", ")(][}{»«><"))
