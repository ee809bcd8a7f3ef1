"""Other takes of a drawn frame: the first is as planned, every other its own, a refined one keeps its composition."""

import cv2
import numpy as np
import pytest

from aiuteur.craft.guidance import leanings, seed
from aiuteur.digest import canonical
from aiuteur.film.shots import ShotSize
from aiuteur.media.measure import measure_picture
from aiuteur.media.measure_likeness import likeness
from aiuteur.models.animatic.illustrator import draw
from aiuteur.models.protocols import Made
from tests.models.test_illustrator import brief

PICTURE = brief(size=ShotSize.MEDIUM, width=320, height=180)
DOCUMENT = canonical(PICTURE.document()).decode()


def take(attempt: int, composition: int | None = None, words: str = "") -> list[Made]:
    parameters = {**leanings(words), **({} if composition is None else {"composition": seed(PICTURE.seed, composition)})}
    return draw(DOCUMENT, "frame", seed(PICTURE.seed, attempt), parameters)


def luma(made: list[Made]) -> float:
    return measure_picture(made[0].data).luma


def test_the_first_take_is_the_picture_as_planned() -> None:
    assert [made.data for made in take(1)] == [made.data for made in draw(DOCUMENT, "frame")]


def test_every_other_take_is_its_own_and_always_the_same() -> None:
    pictures = [take(attempt)[0].data for attempt in range(1, 5)]
    assert len(set(pictures)) == 4
    assert take(3)[0].data == pictures[2]


def test_other_takes_show_the_same_place_and_layers() -> None:
    planned, other = take(1), take(4)
    assert [(made.role, made.depth) for made in planned] == [(made.role, made.depth) for made in other]
    assert likeness(measure_picture(planned[0].data).thumb, measure_picture(other[0].data).thumb) > 0.4


def test_a_refined_take_keeps_its_composition() -> None:
    parent, child, stranger = take(3), take(5, composition=3), take(5)
    thumbs = [measure_picture(made[0].data).thumb for made in (parent, child, stranger)]
    assert likeness(thumbs[0], thumbs[1]) > likeness(thumbs[0], thumbs[2])


@pytest.mark.parametrize(("words", "brighter"), [("darker, please", False), ("brighter", True)])
def test_words_lean_the_light(words: str, *, brighter: bool) -> None:
    assert (luma(take(5, composition=3, words=words)) > luma(take(5, composition=3))) is brighter


def test_warmer_is_redder_and_closer_is_larger() -> None:
    def redness(made: list[Made]) -> float:
        pixels = np.asarray(cv2.imdecode(np.frombuffer(made[0].data, np.uint8), cv2.IMREAD_COLOR), float)
        return float((pixels[:, :, 2] - pixels[:, :, 0]).mean())

    assert redness(take(5, 3, "warmer")) > redness(take(5, 3))
    assert take(5, 3, "closer")[0].data != take(5, 3)[0].data
    assert leanings("not darker but closer") == {"light": -1, "nearness": 1}
