"""Cards: readable in any script, of the right length, joined to clips without re-encoding, and never black for long."""

import io

import av
import cv2
import numpy as np
import pytest

from aiuteur.errors import Corrupt
from aiuteur.media.cards import Credit, end_card, title_card
from aiuteur.media.encode import House, Pixels, decode, encode, plane_of
from aiuteur.media.lettering import Style, drawable, measured, visual, wrapped

SMALL = House(320, 180)
WORDS = "The Long and Winding Account of an Entirely Ordinary Tuesday in a Small Town by the Sea, Told by the Baker"


def frames(video: bytes) -> list[Pixels]:
    return [plane_of(frame, 0)[: frame.height, : frame.width].copy() for frame in decode(video)]


def lettering(video: bytes) -> tuple[int, int, int, int]:
    """The box (left, top, right, bottom) of what is bright in the middle of a card's time."""
    seen = frames(video)
    bright = seen[len(seen) // 2] > 120
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


@pytest.mark.parametrize("house", [House(640, 360), House(360, 640), House(360, 360)], ids=["wide", "tall", "square"])
@pytest.mark.parametrize("title", ["Dusk", WORDS, "山の上のランプ", "مصباح على التل", "Лампа на холме"],
                         ids=["short", "long", "japanese", "arabic", "russian"])
def test_a_title_stands_within_its_margins_and_in_the_middle(title: str, house: House) -> None:
    left, top, right, bottom = lettering(title_card(title, "Ida Blom", house, 0.5))
    assert left > 0.05 * house.width
    assert right < 0.95 * house.width
    assert abs((left + right) / 2 - house.width / 2) < 0.04 * house.width
    assert 0.15 * house.height < top < bottom < 0.85 * house.height


@pytest.mark.parametrize("seconds", [1.5, 2.04, 3.6])
def test_a_card_has_the_frames_of_its_seconds(seconds: float) -> None:
    assert len(frames(title_card("Dusk", None, SMALL, seconds))) == round(seconds * 24)
    assert len(frames(end_card([Credit("Written by", "Ida Blom")], SMALL, seconds))) == round(seconds * 24)


def test_a_card_joins_clips_by_copying() -> None:
    clip = encode([np.zeros((180, 320, 3), np.uint8)], SMALL)
    heads: list[bytes | None] = []
    for video in (clip, title_card("Dusk", None, SMALL, 0.5)):
        with av.open(io.BytesIO(video)) as container:
            heads.append(container.streams.video[0].codec_context.extradata)
    assert heads[0] == heads[1]


def test_a_card_comes_out_of_black_moves_slowly_and_goes() -> None:
    seen = frames(title_card("Dusk", "Ida Blom", House(640, 360), 3.0))
    light = [float(frame.mean()) for frame in seen]
    assert light[0] < 18
    assert light[-1] < 20
    assert min(light[14:-12]) > 28
    difference = np.abs(seen[30].astype(float) - seen[50]).mean()
    assert 0.2 < difference < 8


def test_a_card_may_stand_over_a_frame() -> None:
    picture = np.zeros((360, 640, 3), np.uint8)
    picture[:, :320] = (40, 90, 220)
    found, data = cv2.imencode(".png", picture)
    assert found
    card = title_card("Dusk", None, SMALL, 1.0, data.tobytes())
    shown = [frame.to_ndarray(format="rgb24") for frame in decode(card)][12].astype(float)
    left, right = shown[20:60, 40:120].reshape(-1, 3).mean(axis=0), shown[20:60, 200:280].reshape(-1, 3).mean(axis=0)
    assert left[0] > left[2] + 10
    assert left.mean() > right.mean() + 5
    with pytest.raises(Corrupt, match="cannot be decoded"):
        title_card("Dusk", None, SMALL, 1.0, b"no picture")


def test_the_same_card_is_the_same_bytes() -> None:
    assert title_card("Dusk", "Ida", SMALL, 0.5) == title_card("Dusk", "Ida", SMALL, 0.5)


@pytest.mark.parametrize(("text", "expected"), [
    ("🎭 A Play 🎬", "A Play"), ("Ünïcode — “x”", "Ünïcode — “x”"), ("👻", ""), ("what?", "what?"), ("a\u200bb\nc", "a b c"),
    ("山と川", "山と川"),
])
def test_what_cannot_be_drawn_is_left_out(text: str, expected: str) -> None:
    assert drawable(text) == expected


def test_a_title_that_cannot_be_drawn_at_all_still_gives_a_card() -> None:
    assert len(frames(title_card("👻", None, SMALL, 0.5))) == 12
    assert len(frames(end_card([], SMALL, 0.5))) == 12


@pytest.mark.parametrize(("text", "expected"), [
    ("ab", "ab"), ("אב", "בא"), ("אב (1923)", "(1923) בא"), ("see אב ג now", "see ג בא now"), ("א: abc", "abc :א"),
])
def test_lines_are_drawn_in_visual_order(text: str, expected: str) -> None:
    assert visual(text) == expected


@pytest.mark.parametrize("text", [WORDS, "彼は何も言わずに立ち上がり、窓を開けた。"], ids=["latin", "japanese"])
def test_wrapped_lines_fit_lose_nothing_and_are_even(text: str) -> None:
    style = Style(24)
    lines = wrapped(text, style, 300)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    widths = [measured(line, style) for line in lines]
    assert max(widths) <= 300
    assert min(widths) > 0.5 * max(widths)
