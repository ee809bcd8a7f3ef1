"""Proxies of kinship: the same place goes together, another does not; a wardrobe is found again, another is not."""

import cv2
import numpy as np
import pytest

from aiuteur.errors import InvalidInput
from aiuteur.media.measure_kinship import Picture, kinship, picture, resemblance
from benchmarks import looks


def shown(seed: int, light: str = "day", aside: float = 0.5) -> Picture:
    return picture(looks.png(looks.framed(looks.painting(seed, light), aside, 0.5, 1.0)))


def portrait(coat: tuple[int, int, int], size: tuple[int, int] = (320, 180), share: float = 0.5) -> Picture:
    """Somebody in a coat before grey."""
    made = np.full((size[1], size[0], 3), 128, np.uint8)
    wide = int(size[0] * share / 2)
    cv2.rectangle(made, (size[0] // 2 - wide, 20), (size[0] // 2 + wide, size[1]), coat, -1)
    return picture(looks.png(made))


def test_the_same_place_goes_together_better_than_another() -> None:
    near, far = kinship(shown(3), shown(3, aside=0.52)), kinship(shown(3), shown(9, "night"))
    assert near.colour > far.colour + 0.2
    assert near.structure > far.structure + 0.2
    assert kinship(shown(3), shown(3)).colour == pytest.approx(1.0)


def test_a_coat_is_found_again() -> None:
    key = portrait((200, 30, 30))
    assert resemblance(portrait((200, 30, 30), share=0.3), key) > resemblance(portrait((30, 30, 200), share=0.3), key) + 0.3


def test_what_is_no_picture_is_an_error() -> None:
    with pytest.raises(InvalidInput):
        picture(b"no picture")
