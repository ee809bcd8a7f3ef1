"""The learning curve as a picture: quality and attempts over the shots, with the fitted line and its band.

Belongs here: drawing it, small enough for an event log. Does not belong here: the interactive report (`report`), or the numbers.
"""

from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from aiuteur.craft.figures.running import Running
from aiuteur.film.figures import CurvePoint

if TYPE_CHECKING:
    from cv2.typing import Scalar

Page: TypeAlias = NDArray[np.uint8]
Place: TypeAlias = Callable[[float, float], tuple[int, int]]

_SIZE: Final = (420, 1040)
_PANEL: Final = (56, 52, 440, 312)
"""Left, top, width and height of the first panel's field."""
_STEP: Final = 510
_PAPER: Final = (255, 255, 255)
_INK: Final = (38, 34, 32)
_FAINT: Final = (214, 210, 206)
_DOT: Final = (190, 120, 40)
_LINE: Final = (40, 60, 200)
_BAND: Final = (222, 226, 248)
_REACH: Final = 1.959964
_STEPS: Final = 40
_PARTS: Final = 4
"""Parts of a panel's height, so that attempts are counted in whole numbers beside it."""


def picture(points: Sequence[CurvePoint], *, quality: str = "", attempts: str = "") -> bytes:
    """A PNG of two panels; the words say what is claimed of each. A band is the line's 95 % confidence, for independent shots."""
    page: Page = np.full((*_SIZE, 3), _PAPER, np.uint8)
    scored = [(point.ordinal, point.score) for point in points if point.score is not None]
    tried = [(point.ordinal, point.attempts) for point in points]
    _panel(page, 0, f"Quality: {quality or 'no claim'}", scored, (0.0, 1.0))
    most = max([1.0, *(value for _, value in tried)])
    _panel(page, _STEP, f"Attempts a shot: {attempts or 'no claim'}", tried, (0.0, _PARTS * ceil(most / _PARTS)))
    return cv2.imencode(".png", page, [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes()


def _panel(page: Page, shift: int, title: str, points: Sequence[tuple[float, float]], span: tuple[float, float]) -> None:
    left, top, width, height = _PANEL[0] + shift, *_PANEL[1:]
    last = max([2.0, *(x for x, _ in points)])

    def place(x: float, y: float) -> tuple[int, int]:
        share = min(1.0, max(0.0, (y - span[0]) / (span[1] - span[0])))
        return left + round((x - 1) / (last - 1) * width), top + height - round(share * height)

    _write(page, title, (left, top - 18), 19)
    for part in range(_PARTS + 1):
        value = span[0] + (span[1] - span[0]) * part / _PARTS
        _, y = place(1, value)
        cv2.line(page, (left, y), (left + width, y), _FAINT, 1)
        _write(page, f"{value:g}", (left - 44, y + 6), 15)
    if points:
        _line(page, points, last, place)
        for x, y in points:
            cv2.circle(page, place(x, y), 3, _DOT, -1, cv2.LINE_AA)
    _write(page, "no shot completed yet" if not points else f"shots 1 to {last:g}, in the order of completion",
           (left, top + height + 30), 15)


def _line(page: Page, points: Sequence[tuple[float, float]], last: float, place: Place) -> None:
    """The least squares line in its band, where there are points enough for one."""
    state = Running()
    for x, y in points:
        state = state.add(y, x)
    xs = np.linspace(1.0, last, _STEPS).tolist()
    lines = [(x, middle, error) for x in xs if (middle := state.at(x)) is not None and (error := state.error_at(x)) is not None]
    if not lines:
        return
    upper = [place(x, middle + _REACH * error) for x, middle, error in lines]
    lower = [place(x, middle - _REACH * error) for x, middle, error in reversed(lines)]
    cv2.fillPoly(page, [np.asarray(upper + lower, np.int32)], _BAND, cv2.LINE_AA)
    middle_line = np.asarray([place(x, middle) for x, middle, _ in lines], np.int32)
    cv2.polylines(page, [middle_line], isClosed=False, color=_LINE, thickness=2, lineType=cv2.LINE_AA)


def _write(page: Page, words: str, at: tuple[int, int], size: int, colour: "Scalar" = _INK) -> None:
    cv2.putText(page, words, at, colour, cv2.FontFace("sans"), size)
