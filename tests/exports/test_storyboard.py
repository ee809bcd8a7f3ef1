"""Sheets of pictures: sizes of paper and of bytes, words in any script, pictures that are none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from aiuteur.digest import digest_bytes
from aiuteur.exports.contact_sheet import contact_sheet, thumbnails
from aiuteur.exports.storyboard import Panel, storyboard

_A4 = 297 / 210


def picture(shade: int, width: int = 160, height: int = 90) -> bytes:
    image = np.full((height, width, 3), (shade, 120, 255 - shade), np.uint8)
    cv2.circle(image, (width // 2, height // 2), height // 3, (255, 255, 255), -1)
    return cv2.imencode(".png", image)[1].tobytes()


class Frames(dict[str, bytes]):
    """Frames by their digest, of which one is counted each time it is read."""

    def __init__(self) -> None:
        self.reads = 0

    def panel(self, frame: bytes, label: str = "1A", camera: str = "wide, push in", text: str = "") -> Panel:
        self[digest_bytes(frame)] = frame
        return Panel(digest_bytes(frame), label, camera, text)

    def panels(self, shades: Iterable[int], **size: int) -> list[Panel]:
        return [self.panel(picture(shade, **size), f"{order + 1}A", text="He opens the door and waits. " * 3)
            for order, shade in enumerate(shades)]

    def read(self, sha256: str) -> bytes:
        self.reads += 1
        return self[sha256]


def board(count: int, **size: int) -> bytes:
    frames = Frames()
    return storyboard(frames.panels((10 + 7 * (order % 30) for order in range(count)), **size), "A Title", frames.read).data


def opened(data: bytes) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_REDUCED_COLOR_2), np.uint8)


@pytest.mark.parametrize(
    ("count", "width", "height"), [(1, 160, 90), (5, 90, 160), (24, 120, 120), (24, 210, 90)],
    ids=["one wide", "five tall", "24 square", "24 in scope"],
)
def test_up_to_24_panels_are_one_a4_landscape_page(count: int, width: int, height: int) -> None:
    page = opened(board(count, width=width, height=height))

    assert page.shape[1] / page.shape[0] == pytest.approx(_A4, rel=0.01)
    assert page[-10:, :].mean() > 225


def test_more_panels_make_it_taller_within_bounds() -> None:
    few, many = opened(board(24)), opened(board(90))

    assert many.shape[0] / many.shape[1] > few.shape[0] / few.shape[1]
    assert many.shape[0] * many.shape[1] * 4 <= 12_500_000


def test_paper_is_light_and_frames_are_on_it() -> None:
    page = opened(board(6))

    assert page[5, 5].min() > 225
    assert (np.abs(page[::4, ::4].astype(int) - 255).sum(axis=2) > 200).mean() > 0.3


@pytest.mark.parametrize("text", ["", "雨が降り始めて、通りには誰もいない。" * 6, "مرحبا بالعالم " * 8, "x" * 400, "🙂 " * 30],
    ids=["none", "cjk", "arabic", "unbroken", "emoji"])
def test_words_of_any_script_stay_under_their_panel(text: str) -> None:
    frames = Frames()
    silent, speaking = frames.panel(picture(40), camera=""), frames.panel(picture(40), camera="", text=text)
    blank = opened(storyboard([silent] * 4, "", frames.read).data)
    told = opened(storyboard([speaking, *[silent] * 3], "", frames.read).data)
    _, columns = np.nonzero(cv2.absdiff(told, blank).sum(axis=2) > 60)

    assert columns.max(initial=0) <= told.shape[1] / 2


def test_no_panels_and_broken_pictures_still_make_a_page() -> None:
    frames = Frames()
    assert opened(storyboard([], "Nothing yet", frames.read).data).size
    assert opened(storyboard([frames.panel(b"not a picture")], "Broken", frames.read).data).size


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        (range(1, 31), range(1, 31), 1), (range(1, 31), [*range(1, 9), 200, *range(10, 31)], 2),
        (range(1, 31), [200, *range(1, 31)], 2), (range(1, 31), range(30, 0, -1), 1), (range(1, 31), range(4, 31), 1),
        (range(1, 31), range(1, 13), 13), ([], range(1, 4), 4), ([*range(1, 26), 7], [7] * 25, 1),
    ],
    ids=["same", "retaken", "inserted", "reordered", "left out", "another grid", "none before", "one frame often"],
)
def test_pictures_of_an_earlier_sheet_are_not_made_again_and_the_sheet_is_as_from_scratch(
    before: Sequence[int], after: Sequence[int], read: int,
) -> None:
    frames = Frames()
    earlier = storyboard(frames.panels(before), "A Title", frames.read)
    panels = [replace(panel, text=f"Now he says {order}.", label=f"{order}B") for order, panel in enumerate(frames.panels(after))]
    scratch, frames.reads = storyboard(panels, "Another Title", frames.read), 0

    assert storyboard(panels, "Another Title", frames.read, earlier) == scratch
    assert frames.reads == read  # the first is read for its shape


def test_pictures_of_another_shape_are_made_again() -> None:
    frames = Frames()
    wide, tall = frames.panels(range(1, 31)), frames.panels(range(1, 31), width=90, height=160)
    mixed = [tall[0], *wide[1:]]

    earlier = storyboard(wide, "", frames.read)

    assert storyboard(mixed, "", frames.read, earlier) == storyboard(mixed, "", frames.read)


@pytest.mark.parametrize("count", [0, 1, 9, 120])
def test_contact_sheet_keeps_its_limit(count: int) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (180, 320, 3)).astype(np.uint8)
    images = [cv2.imencode(".png", noise)[1].tobytes()] * count
    sheet = contact_sheet(thumbnails(images, bytes), [str(order) for order in range(count)])

    assert len(sheet) <= 48 * 1024
    assert sheet[:2] == b"\xff\xd8"
    assert opened(sheet).size
