"""Sheets of pictures: sizes of paper and of bytes, words in any script, pictures that are none."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from aiuteur.exports.storyboard import Panel, contact_sheet, storyboard

_A4 = 297 / 210


def picture(shade: int, width: int = 160, height: int = 90) -> bytes:
    image = np.full((height, width, 3), (shade, 120, 255 - shade), np.uint8)
    cv2.circle(image, (width // 2, height // 2), height // 3, (255, 255, 255), -1)
    return cv2.imencode(".png", image)[1].tobytes()


def panels(count: int, **size: int) -> list[Panel]:
    return [Panel(picture(10 + 7 * (order % 30), **size), f"{order + 1}A", "wide, push in", "He opens the door and waits. " * 3)
        for order in range(count)]


def opened(data: bytes) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_REDUCED_COLOR_2), np.uint8)


@pytest.mark.parametrize(
    ("count", "width", "height"), [(1, 160, 90), (5, 90, 160), (24, 120, 120), (24, 210, 90)],
    ids=["one wide", "five tall", "24 square", "24 in scope"],
)
def test_up_to_24_panels_are_one_a4_landscape_page(count: int, width: int, height: int) -> None:
    page = opened(storyboard(panels(count, width=width, height=height), "A Title"))

    assert page.shape[1] / page.shape[0] == pytest.approx(_A4, rel=0.01)
    assert page[-10:, :].mean() > 225


def test_more_panels_make_it_taller_within_bounds() -> None:
    few, many = opened(storyboard(panels(24), "A Title")), opened(storyboard(panels(90), "A Title"))

    assert many.shape[0] / many.shape[1] > few.shape[0] / few.shape[1]
    assert many.shape[0] * many.shape[1] * 4 <= 12_500_000


def test_paper_is_light_and_frames_are_on_it() -> None:
    page = opened(storyboard(panels(6), "A Title"))

    assert page[5, 5].min() > 225
    assert (np.abs(page[::4, ::4].astype(int) - 255).sum(axis=2) > 200).mean() > 0.3


@pytest.mark.parametrize("text", ["", "雨が降り始めて、通りには誰もいない。" * 6, "مرحبا بالعالم " * 8, "x" * 400, "🙂 " * 30],
    ids=["none", "cjk", "arabic", "unbroken", "emoji"])
def test_words_of_any_script_stay_under_their_panel(text: str) -> None:
    blank = opened(storyboard([Panel(picture(40), "1A", "", "")] * 4, ""))
    told = opened(storyboard([Panel(picture(40), "1A", "", text), *[Panel(picture(40), "1A", "", "")] * 3], ""))
    _, columns = np.nonzero(cv2.absdiff(told, blank).sum(axis=2) > 60)

    assert columns.max(initial=0) <= told.shape[1] / 2


def test_no_panels_and_broken_pictures_still_make_a_page() -> None:
    assert opened(storyboard([], "Nothing yet")).size
    assert opened(storyboard([Panel(b"not a picture", "1A", "wide", "")], "Broken")).size


@pytest.mark.parametrize("count", [0, 1, 9, 120])
def test_contact_sheet_keeps_its_limit(count: int) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (180, 320, 3)).astype(np.uint8)
    images = [cv2.imencode(".png", noise)[1].tobytes()] * count
    sheet = contact_sheet(images, [str(order) for order in range(count)])

    assert len(sheet) <= 48 * 1024
    assert sheet[:2] == b"\xff\xd8"
    assert opened(sheet).size
