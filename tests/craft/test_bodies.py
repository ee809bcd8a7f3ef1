"""What words say of hair, years and faces, and what they do not say."""

import pytest

from aiuteur.craft import bodies
from aiuteur.film.bible import Age


@pytest.mark.parametrize(("told", "age"), [
    ("He was a big man of sixty with a bald head.", Age.ELDERLY),
    ("Priya, a nurse of thirty-four in blue scrubs, sat down.", Age.ADULT),
    ("He was a thin man of twenty-two.", Age.YOUNG),
    ("She was in her late seventies.", Age.ELDERLY),
    ("A seventy-two-year-old woman came in.", Age.ELDERLY),
    ("She came with a flock of sixty.", None),
    ("It was sixty miles to the sea.", None),
    ("He was nine.", None),
])
def test_years_are_told_of_people_alone(told: str, age: Age | None) -> None:
    assert bodies.grown_age(told) is age


@pytest.mark.parametrize(("told", "colour", "style"), [
    ("His bald head shone, and he had a grey moustache.", "grey", "bald"),
    ("Her white hair hung in a plait.", "white", "braid"),
    ("She wore her silver hair in a bun.", "white", "bun"),
    ("He ate a bun on the bald hill.", None, None),
    ("Her long black hair was wet.", "black", "long"),
])
def test_hair_is_as_it_is_told(told: str, colour: str | None, style: str | None) -> None:
    assert (bodies.hair_colour(told), bodies.hair_style(told)) == (colour, style)


def test_a_face_is_known_by_its_marks_and_a_drink_is_no_mark() -> None:
    assert bodies.marks("A freckled boy with thick glasses and a scar.") == ("glasses", "freckles", "scar")
    assert bodies.marks("She filled the glasses, and drank two glasses of wine.") == ()
