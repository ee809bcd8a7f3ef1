"""The contact sheet: a few pictures on one small JPEG that fits into an event log.

Belongs here: its cells and its size in bytes. Does not belong here: choosing the pictures, or the sheet that people print
(`storyboard`).
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil, sqrt
from typing import Final, TypeVar

import cv2
import numpy as np

from aiuteur.exports.paper import Page, decoded, fitted, write

T = TypeVar("T")

_AT_ONCE: Final = 2
_THUMBNAIL: Final = 640
"""How wide a picture is at most."""
_QUALITIES: Final = (82, 70, 58, 46, 34, 24, 16)


def thumbnails(pictures: Iterable[T], read: Callable[[T], bytes]) -> list[Page]:
    """Pictures as BGR, as small as a contact sheet needs them; a grey card for one whose bytes are no PNG or JPEG.

    `read` gives the bytes of a picture, and what it raises is raised.
    """

    def small(picture: T) -> Page:
        return _small(decoded(read(picture)))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(small, pictures))


def _small(picture: Page) -> Page:
    height, width = picture.shape[:2]
    if width <= _THUMBNAIL:
        return picture
    small = cv2.resize(picture, (_THUMBNAIL, max(1, round(height * _THUMBNAIL / width))), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def contact_sheet(thumbnails: Sequence[Page], labels: Sequence[str], limit_bytes: int = 48 * 1024) -> bytes:
    """A JPEG of all pictures, labelled, at most `limit_bytes` long whatever their number."""
    for columns_wide in (960, 720, 560, 420, 320, 240):
        page = _contact(thumbnails, labels, columns_wide)
        for quality in _QUALITIES:
            data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
            if len(data) <= limit_bytes:
                return data
    smallest = cv2.resize(_contact(thumbnails, labels, 240), (64, 64), interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", smallest, [cv2.IMWRITE_JPEG_QUALITY, 10])[1].tobytes()


def _contact(thumbnails: Sequence[Page], labels: Sequence[str], width: int) -> Page:
    columns = max(1, ceil(sqrt(len(thumbnails))))
    cell = max(24, min(_THUMBNAIL, width // columns))
    tall = cell * 9 // 16 + 18
    page: Page = np.full((max(1, ceil(len(thumbnails) / columns)) * tall, columns * cell, 3), 28, np.uint8)
    for order, (picture, label) in enumerate(zip(thumbnails, labels, strict=True)):
        row, column = divmod(order, columns)
        y, x = row * tall, column * cell
        page[y : y + tall - 18, x : x + cell] = fitted(picture, (cell, tall - 18))
        write(page, label, (x + 4, y + tall - 5), 11, (220, 220, 220), cell - 8)
    return page
