"""The storyboard: a sheet of all shots that people print.

Belongs here: laying frames and words out. Does not belong here: choosing them, drawing what they show, or the sheet in an event
log (`contact_sheet`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from math import ceil, sqrt
from typing import Final

import cv2
import numpy as np

from aiuteur.digest import digest
from aiuteur.exports.paper import Page, decoded, fitted, wrapped, write

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
_PNG: Final = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP)
"""Half the time of the filters that libpng tries row by row, to write and to read, for three bytes in a hundred."""
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
    height, width = decoded(frame(panels[0].picture) if panels else b"").shape[:2]
    grid = _grid(len(panels), width / height)
    made_from = tuple(digest([_DESIGN, astuple(grid), panel.picture]) for panel in panels)
    known = _pictures(before, made_from, grid)
    page = _page(len(panels), grid)
    write(page, title, (grid.margin, round(grid.unit * 72)), grid.unit * 42, _INK, page.shape[1] - grid.margin * 2, weight=700)
    for order, (panel, made) in enumerate(zip(panels, made_from, strict=True)):
        picture = known[made] if made in known else fitted(decoded(frame(panel.picture)), grid.picture)
        _panel(page, panel, picture, grid, grid.corner(order))
    return Sheet(cv2.imencode(".png", page, _PNG)[1].tobytes(), made_from)


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
    page, (width, height) = decoded(before.data), grid.picture
    corners = {made: grid.corner(order) for order, made in enumerate(before.made_from) if made in wanted}
    return {made: page[y : y + height, x : x + width] for made, (x, y) in corners.items()}


def _panel(page: Page, panel: Panel, picture: Page, grid: _Grid, corner: tuple[int, int]) -> None:
    x, y = corner
    width, height = grid.picture
    page[y : y + height, x : x + width] = picture
    cv2.rectangle(page, (x, y), (x + width - 1, y + height - 1), _INK, max(1, round(grid.unit * 2)))
    size = max(7.0, grid.unit * 25)
    base = y + height + round(size * 1.35)
    after = write(page, panel.label, (x, base), size, _INK, width, weight=700)
    beside = min(after + round(size * 0.6), x + width)
    write(page, panel.camera, (beside, base), size * 0.86, _FAINT, x + width - beside)
    for row, line in enumerate(wrapped(panel.text, size * 0.92, width)[:3]):
        write(page, line, (x, base + round(size * 1.22 * (row + 1))), size * 0.92, _INK, width)
