from hypothesis import given
from hypothesis import strategies as st

from aiuteur.craft.continuity import align, shot_label

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
