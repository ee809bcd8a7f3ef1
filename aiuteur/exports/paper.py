"""Paper: pictures and words put on a sheet.

Belongs here: decoding, fitting, lettering, breaking lines. Does not belong here: how a sheet is laid out (`storyboard`,
`contact_sheet`).
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cv2.typing import Scalar

Page: TypeAlias = NDArray[np.uint8]


def decoded(data: bytes) -> Page:
    """An image as BGR; a grey card, 16:9, where the bytes are not one."""
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    return np.full((90, 160, 3), 128, np.uint8) if image is None else np.asarray(image, np.uint8)


def fitted(image: Page, size: tuple[int, int]) -> Page:
    """An image shrunk into a box of another shape, on black."""
    width, height = size
    scale = min(width / image.shape[1], height / image.shape[0])
    inner = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    small = cv2.resize(image, inner, interpolation=cv2.INTER_AREA)
    box: Page = np.zeros((height, width, 3), np.uint8)
    x, y = (width - inner[0]) // 2, (height - inner[1]) // 2
    box[y : y + inner[1], x : x + inner[0]] = small
    return box


@cache
def _face() -> "cv2.FontFace":
    return cv2.FontFace("sans")


def _measure(text: str, size: float, weight: int = 400) -> int:
    return cv2.getTextSize((0, 0), text, (0, 0), _face(), round(size), weight)[2]


def write(page: Page, text: str, at: tuple[int, int], size: float, colour: "Scalar", room: int, weight: int = 400) -> int:
    """One line of text, cut with an ellipsis where it does not fit; returns where it ends."""
    text = _cut(" ".join(text.split()), size, room, weight)
    if text:
        cv2.putText(page, text, at, colour, _face(), round(size), weight)
    return at[0] + (_measure(text, size, weight) if text else 0)


def _cut(text: str, size: float, room: int, weight: int) -> str:
    if not text or _measure(text, size, weight) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _measure(text[:middle].rstrip() + "…", size, weight) <= room else (low, middle - 1)
    return text[:low].rstrip() + "…" if low else ""


def wrapped(text: str, size: float, room: int) -> list[str]:
    """Lines that fit a width: broken between words, or anywhere in scripts that write without spaces."""
    lines: list[str] = []
    current = ""
    for piece in _pieces(text):
        if current and _measure((current + piece).strip(), size) > room:
            lines.append(current.strip())
            current = piece.lstrip()
        else:
            current += piece
    if current.strip():
        lines.append(current.strip())
    if len(lines) > 3:  # noqa: PLR2004 - a panel has room for three lines
        lines[2] = _cut(f"{lines[2]} {lines[3]}", size, room, 400)
    return lines


def _pieces(text: str) -> list[str]:
    """The parts between which a line may break."""
    pieces: list[str] = []
    for word in text.split():
        if any(unicodedata.east_asian_width(letter) in "WF" for letter in word):
            pieces.extend(word)
            pieces.append(" ")
        else:
            pieces.append(word + " ")
    return pieces
