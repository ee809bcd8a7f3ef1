"""Seconds of words and of cards."""

import pytest

from aiuteur.craft.timing import content_seconds, end_seconds, spoken_seconds, title_seconds


def test_spoken_seconds_grow_with_the_words() -> None:
    assert spoken_seconds("Stay.") < spoken_seconds("Stay with me.") < spoken_seconds("Stay with me until the morning comes.")


def test_twenty_seven_plain_words_take_ten_seconds() -> None:
    assert spoken_seconds(" ".join(["word"] * 27)) == pytest.approx(10.0)


def test_pauses_are_counted_inside_a_line_and_not_after_it() -> None:
    assert spoken_seconds("one two three. four five six") == pytest.approx(6 / 2.7 + 0.3, abs=0.01)
    assert spoken_seconds("one two three four five six.") == pytest.approx(6 / 2.7, abs=0.01)


def test_ideographs_are_timed_by_character() -> None:
    assert spoken_seconds("我在这里等你很久了") == pytest.approx(9 / 4.5, abs=0.01)


def test_silence_takes_no_time_and_a_breath_takes_a_little() -> None:
    assert spoken_seconds("…") == 0.0
    assert spoken_seconds("No!") == 0.6


@pytest.mark.parametrize("length", [5, 30, 90, 600, 10_800])
def test_cards_and_content_make_up_the_length(length: int) -> None:
    assert title_seconds(length) + content_seconds(length) + end_seconds(length) == pytest.approx(length)
    assert content_seconds(length) > 0
