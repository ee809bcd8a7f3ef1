"""The page of a difference: all in one file, safe whatever the words are, pictures side by side."""

import re

import cv2
import numpy as np

from aiuteur.craft.diffing import FieldChange, Happened, ItemChange, StageChange
from aiuteur.craft.world import Key
from aiuteur.digest import digest_bytes
from aiuteur.errors import NotFound
from aiuteur.exports.difference import page
from aiuteur.film.noun import MediaRef
from aiuteur.lane import Lane

OURS, THEIRS = Lane("lamp"), Lane("lamp", "night")


def picture(shade: int) -> bytes:
    return cv2.imencode(".png", np.full((90, 160, 3), shade, np.uint8))[1].tobytes()


MEDIA = {digest_bytes(data): data for data in (picture(40), picture(200))}


def refs() -> tuple[MediaRef, MediaRef]:
    one, other = (MediaRef(sha256=mark, mime="image/png", size=len(data), width=160, height=90) for mark, data in MEDIA.items())
    return one, other


def fetch(ref: MediaRef) -> bytes:
    if ref.sha256 not in MEDIA:
        message = "It is gone."
        raise NotFound(message)
    return MEDIA[ref.sha256]


def changed(*fields: FieldChange, label: str = "shot:7B") -> tuple[StageChange, ...]:
    return (StageChange("shot_list", (ItemChange(Key("shot_list", "h1"), label, Happened.CHANGED, 1, 3, fields),)),)


def test_pictures_stand_side_by_side_as_thumbnails_in_the_page() -> None:
    told = page(OURS, THEIRS, changed(FieldChange("picture", None, None, pictures=refs())), fetch)
    assert len(re.findall(r'<img src="data:image/jpeg;base64,[A-Za-z0-9+/=]+"', told)) == 2
    assert "lamp@main version 1" in told
    assert "lamp@night version 3" in told


def test_a_picture_that_is_gone_is_said_to_be() -> None:
    gone = refs()[0].model_copy(update={"sha256": "0" * 64})
    told = page(OURS, THEIRS, changed(FieldChange("picture", None, None, pictures=(gone, None))), fetch)
    assert "not shown" in told
    assert "<img" not in told


def test_words_come_and_go_line_by_line() -> None:
    lines = ("@@ -1,2 +1,2 @@", " Sue waits.", "-Rain falls.", "+Snow falls.")
    told = page(OURS, THEIRS, changed(FieldChange("action", "a", "b", lines)), fetch)
    assert '<p class="went">Rain falls.</p>' in told
    assert '<p class="came">Snow falls.</p>' in told
    assert "@@" not in told


def test_what_people_write_is_never_markup() -> None:
    told = page(OURS, THEIRS, changed(FieldChange("action", "<b>x</b>", "<script>alert(1)</script>"), label="<i>7B</i>"), fetch)
    assert "<script" not in told
    assert "<b>x</b>" not in told
    assert "&lt;i&gt;7B" in told


def test_the_page_needs_nothing_else_and_fits_the_dark_and_paper() -> None:
    told = page(OURS, THEIRS, changed(FieldChange("duration", 2.166666666, 4)), fetch)
    assert not re.search(r'(?:src|href)="(?!data:|#)', told)
    assert "prefers-color-scheme: dark" in told
    assert "@media print" in told
    assert "2.167" in told


def test_no_difference_is_said_in_a_sentence() -> None:
    assert "Nothing differs" in page(OURS, THEIRS, (), fetch)
