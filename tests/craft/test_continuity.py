from hypothesis import given
from hypothesis import strategies as st

from aiuteur.craft.continuity import align, numbers, shot_label, shot_labels, woven

OLD = [("a", "Ada opens the shop at dawn."), ("b", "A stranger asks for the blue lamp."), ("c", "Ada refuses to sell it.")]


def test_unchanged_texts_keep_their_ids() -> None:
    assert align(OLD, [text for _, text in OLD]) == ["a", "b", "c"]


def test_an_insertion_moves_no_identity() -> None:
    texts = [OLD[0][1], "Snow begins to fall over the harbour.", OLD[1][1], OLD[2][1]]
    assert align(OLD, texts) == ["a", None, "b", "c"]


def test_a_reworded_text_keeps_its_id() -> None:
    assert align(OLD, [OLD[0][1], "A stranger asks Ada for the blue lamp.", OLD[2][1]]) == ["a", "b", "c"]


def test_a_single_replaced_text_is_the_same_item_rewritten() -> None:
    assert align(OLD, [OLD[0][1], "Wholly other words.", OLD[2][1]]) == ["a", "b", "c"]


def test_a_removed_text_gives_its_id_to_nobody() -> None:
    assert align(OLD, [OLD[0][1], OLD[2][1]]) == ["a", "c"]


@given(st.lists(st.text(min_size=1), max_size=8), st.lists(st.text(min_size=1), max_size=8))
def test_no_id_is_given_twice_and_the_order_of_ids_is_kept(old: list[str], new: list[str]) -> None:
    known = [(str(place), text) for place, text in enumerate(old)]
    given_ids = [int(found) for found in align(known, new) if found is not None]
    assert given_ids == sorted(set(given_ids))


def test_shots_are_lettered_without_i_and_o_and_doubled_after_z() -> None:
    assert [shot_label("3", place) for place in (0, 1, 7, 8, 13, 23, 24)] == ["3A", "3B", "3H", "3J", "3P", "3Z", "3AA"]
    assert shot_label("3.1", 1) == "3.1B"


def test_a_shot_of_scene_12a_is_never_taken_for_one_of_scene_12() -> None:
    assert shot_label("12A", 0) == "12A-A"
    assert len({shot_label(number, place) for number in ("12", "12A", "12AA", "1", "12.1") for place in range(700)}) == 5 * 700


def test_scenes_keep_their_numbers_and_new_ones_get_numbers_in_between() -> None:
    assert numbers(["a", "b", "c"], {}) == ["1", "2", "3"]
    assert numbers(["a", "x", "y", "b", "z"], {"a": "1", "b": "2"}) == ["1", "1.1", "1.2", "2", "3"]
    assert numbers(["x", "b"], {"b": "1"}) == ["0.1", "1"]
    assert numbers(["a", "x", "b"], {"a": "12A", "b": "13"}) == ["12A", "12A.1", "13"]
    assert numbers(["b", "a", "x"], {"a": "1", "b": "2"}) == ["2", "1", "3"]


def test_shots_keep_their_letters_and_new_ones_take_what_is_free() -> None:
    assert shot_labels("3", ["a", "x", "b"], {"a": "3A", "b": "3B"}) == ["3A", "3C", "3B"]
    assert shot_labels("3", ["x"], {"gone": "3A"}) == ["3B"]


def test_what_is_held_is_put_back_after_what_it_followed() -> None:
    assert woven(["a", "c"], ["a", "b", "c"], {"b"}) == ("a", "b", "c")
    assert woven(["c", "n"], ["a", "b", "c"], {"a", "b"}) == ("a", "b", "c", "n")
    assert woven(["n"], ["a", "b"], set()) == ("n",)


SOME = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(SOME, SOME, st.sets(st.sampled_from("abc")))
def test_nothing_held_is_lost_and_nothing_comes_twice(old: list[str], new: list[str], held: set[str]) -> None:
    made = woven(new, old, held)
    assert sorted(made) == sorted({*new, *(held & set(old))})
    assert [item for item in made if item in new] == new
    labels = numbers(made, {item: str(place) for place, item in enumerate(old, 1) if item in made})
    assert len(set(labels)) == len(made)
