"""Sheets of pictures: the storyboard people print, and the contact sheet that fits into an event log.

Belongs here: laying frames and words out on paper. Does not belong here: choosing them, or drawing what they show.
"""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from aiuteur.digest import digest

if TYPE_CHECKING:
    from cv2.typing import Scalar

Page: TypeAlias = NDArray[np.uint8]

_PAGE_WIDTH: Final = 2480
"""A4 landscape at a little over 200 dots an inch; the measures below are in the same dots."""
_MARGIN: Final = 56
_HEAD: Final = 110
_GAP: Final = 28
_WORDS: Final = 164
"""The height of the words under a picture."""
_A4: Final = 297 / 210
_MOST_PIXELS: Final = 12_000_000
"""What a sheet may hold at most: beyond it panels get smaller, so that memory stays bounded."""
_ONE_PAGE: Final = 24
_PAPER: Final = (236, 242, 246)
_INK: Final = (38, 34, 32)
_FAINT: Final = (120, 116, 112)
_QUALITIES: Final = (82, 70, 58, 46, 34, 24, 16)
_DESIGN: Final = 1
"""How pictures are fitted into a panel: raised when it is done otherwise, so that old ones are not taken over."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One shot on the storyboard: its frame by digest, label, camera (size and movement), and what happens or is said."""

    picture: str
    label: str
    camera: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A storyboard: the PNG, and what each picture on it was made from, in order, so that the next need not make it again."""

    data: bytes
    made_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The measures of a sheet in pixels."""

    columns: int
    cell: tuple[int, int]
    picture: tuple[int, int]
    margin: int
    unit: float

    @property
    def head(self) -> int:
        """The height of the title above the cells."""
        return round(self.unit * _HEAD)

    def corner(self, order: int) -> tuple[int, int]:
        """The upper left corner of a cell."""
        row, column = divmod(order, self.columns)
        return self.margin + column * self.cell[0], self.head + row * self.cell[1]


def storyboard(panels: Sequence[Panel], title: str, frame: Callable[[str], bytes], before: Sheet | None = None) -> Sheet:
    """All panels on light paper: one A4 landscape page up to 24, taller beyond; at most 12 million pixels.

    `frame` gives the bytes of a digest (PNG or JPEG), and what it raises is raised; of the sheet `before`, pictures that would
    be the same are taken over.
    """
    height, width = _decoded(frame(panels[0].picture) if panels else b"").shape[:2]
    grid = _grid(len(panels), width / height)
    made_from = tuple(digest([_DESIGN, astuple(grid), panel.picture]) for panel in panels)
    known = _pictures(before, made_from, grid)
    page = _page(len(panels), grid)
    _write(page, title, (grid.margin, round(grid.unit * 72)), grid.unit * 42, _INK, page.shape[1] - grid.margin * 2, weight=700)
    for order, (panel, made) in enumerate(zip(panels, made_from, strict=True)):
        picture = known[made] if made in known else _fitted(_decoded(frame(panel.picture)), grid.picture)
        _panel(page, panel, picture, grid, grid.corner(order))
    return Sheet(cv2.imencode(".png", page, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes(), made_from)


def contact_sheet(images: Sequence[bytes], labels: Sequence[str], limit_bytes: int = 48 * 1024) -> bytes:
    """A JPEG of all images, labelled, at most `limit_bytes` long whatever their number."""
    for columns_wide in (960, 720, 560, 420, 320, 240):
        page = _contact(images, labels, columns_wide)
        for quality in _QUALITIES:
            data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
            if len(data) <= limit_bytes:
                return data
    smallest = cv2.resize(_contact(images, labels, 240), (64, 64), interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", smallest, [cv2.IMWRITE_JPEG_QUALITY, 10])[1].tobytes()


def _grid(count: int, aspect: float) -> _Grid:
    """The columns that make panels largest on an A4 landscape page; beyond a page, six, on as many rows as it takes."""
    if count <= _ONE_PAGE:
        columns, width = max(((number, _cell(number, count, aspect)) for number in range(1, 9)), key=lambda found: found[1])
    else:
        columns, width = 6, (_PAGE_WIDTH - 2 * _MARGIN) / 6
    rows = max(1, ceil(count / columns))
    tall = (width - _GAP) / aspect + _WORDS
    unit = min(1.0, sqrt(_MOST_PIXELS / (_PAGE_WIDTH * (rows * tall + _HEAD + _MARGIN))))
    picture = (round((width - _GAP) * unit), round((width - _GAP) / aspect * unit))
    margin = round((_PAGE_WIDTH - width * columns) / 2 * unit)
    return _Grid(columns, (round(width * unit), round(tall * unit)), picture, margin, unit)


def _cell(columns: int, count: int, aspect: float) -> float:
    """How wide a cell can be for so many columns if all rows are to fit the page."""
    rows = max(1, ceil(count / columns))
    room = (_PAGE_WIDTH / _A4 - _HEAD - _MARGIN) / rows - _WORDS
    return min((_PAGE_WIDTH - 2 * _MARGIN) / columns, room * aspect + _GAP)


def _page(count: int, grid: _Grid) -> Page:
    """Empty paper for so many cells."""
    rows = max(1, ceil(count / grid.columns))
    width = round(_PAGE_WIDTH * grid.unit)
    height = round(width / _A4) if count <= _ONE_PAGE else grid.head + rows * grid.cell[1] + round(_MARGIN * grid.unit)
    return np.full((height, width, 3), _PAPER, np.uint8)


def _pictures(before: Sheet | None, wanted: Collection[str], grid: _Grid) -> Mapping[str, Page]:
    """The pictures of an earlier sheet that are wanted again, by what they were made from; the same grid is part of that."""
    if before is None or set(wanted).isdisjoint(before.made_from):
        return {}
    page, (width, height) = _decoded(before.data), grid.picture
    corners = {made: grid.corner(order) for order, made in enumerate(before.made_from) if made in wanted}
    return {made: page[y : y + height, x : x + width] for made, (x, y) in corners.items()}


def _panel(page: Page, panel: Panel, picture: Page, grid: _Grid, corner: tuple[int, int]) -> None:
    x, y = corner
    width, height = grid.picture
    page[y : y + height, x : x + width] = picture
    cv2.rectangle(page, (x, y), (x + width - 1, y + height - 1), _INK, max(1, round(grid.unit * 2)))
    size = max(7.0, grid.unit * 25)
    base = y + height + round(size * 1.35)
    after = _write(page, panel.label, (x, base), size, _INK, width, weight=700)
    beside = min(after + round(size * 0.6), x + width)
    _write(page, panel.camera, (beside, base), size * 0.86, _FAINT, x + width - beside)
    for row, line in enumerate(_wrapped(panel.text, size * 0.92, width)[:3]):
        _write(page, line, (x, base + round(size * 1.22 * (row + 1))), size * 0.92, _INK, width)


def _contact(images: Sequence[bytes], labels: Sequence[str], width: int) -> Page:
    columns = max(1, ceil(sqrt(len(images))))
    cell = max(24, width // columns)
    tall = cell * 9 // 16 + 18
    page: Page = np.full((max(1, ceil(len(images) / columns)) * tall, columns * cell, 3), 28, np.uint8)
    for order, (image, label) in enumerate(zip(images, labels, strict=True)):
        row, column = divmod(order, columns)
        y, x = row * tall, column * cell
        page[y : y + tall - 18, x : x + cell] = _fitted(_decoded(image), (cell, tall - 18))
        _write(page, label, (x + 4, y + tall - 5), 11, (220, 220, 220), cell - 8)
    return page


def _decoded(data: bytes) -> Page:
    """An image as BGR; a grey card, 16:9, where the bytes are not one."""
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    return np.full((90, 160, 3), 128, np.uint8) if image is None else np.asarray(image, np.uint8)


def _fitted(image: Page, size: tuple[int, int]) -> Page:
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


def _write(page: Page, text: str, at: tuple[int, int], size: float, colour: "Scalar", room: int, weight: int = 400) -> int:
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


def _wrapped(text: str, size: float, room: int) -> list[str]:
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
