"""What differs between two branches, told by stage and item."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiuteur.craft.diffing import FieldChange, Happened, ItemChange, compare
from aiuteur.craft.merging import Pair, Stand
from aiuteur.craft.world import ORDER, Key

PICTURE = {"sha256": "a" * 64, "mime": "image/png", "size": 9, "width": 64, "height": 36, "seconds": None}
LABELS = {Key("scenes", "s4"): "scene:4", Key("bible", "c1"): "bible:sue", Key("bible", "c2"): "bible:tom"}


def stand(document: dict[str, Any], n: int = 1) -> Stand:
    return Stand(UUID(int=n), n, str(document), document, {})


def pair(key: Key, was: dict[str, Any] | None, now: dict[str, Any] | None, label: str = "it") -> Pair:
    return Pair(key, label, None, stand(was) if was is not None else None, stand(now, 2) if now is not None else None)


def only(*pairs: Pair) -> ItemChange:
    (stage,) = compare(pairs, LABELS)
    (item,) = stage.items
    return item


def test_items_come_and_go() -> None:
    came, went = pair(Key("beats", "b1"), None, {"text": "x"}, "beat:1"), pair(Key("beats", "b2"), {"text": "y"}, None, "beat:2")
    stages = compare([came, went], {})
    assert [(item.label, item.happened, item.was, item.now) for item in stages[0].items] == [
        ("beat:1", Happened.ADDED, None, 2), ("beat:2", Happened.REMOVED, 1, None),
    ]


def test_a_change_names_the_deepest_field_that_moved() -> None:
    was = {"name": "Sue", "wardrobe": {"coat": "red", "hat": None}, "tags": ["wet"], "seconds": 3}
    now = {"name": "Sue", "wardrobe": {"coat": "blue", "hat": None}, "tags": ["wet", "torn"], "seconds": 3}
    item = only(pair(Key("bible", "c1"), was, now))
    assert item.happened is Happened.CHANGED
    assert item.fields == (FieldChange("wardrobe.coat", "red", "blue"), FieldChange("tags", ["wet"], ["wet", "torn"]))


def test_words_are_told_as_a_unified_diff_of_sentences() -> None:
    was = {"action": "Sue waits at the window of the lighthouse. Rain falls. Nobody comes up the stair."}
    now = {"action": "Sue waits at the window of the lighthouse. Snow falls. Nobody comes up the stair."}
    (field,) = only(pair(Key("shot_list", "h1"), was, now)).fields
    assert [line for line in field.lines if line[0] in "+-"] == ["-Rain falls.", "+Snow falls."]


def test_a_script_is_told_by_its_text_alone() -> None:
    was = {"fountain": "INT. HOUSE\n\nSue waits.\n", "scenes": [{"id": "s4", "text": "a"}], "staging": [1]}
    sung = "INT. HOUSE\n\nSue sings to an empty room, and the room does answer.\n"
    now = {"fountain": sung, "scenes": [{"id": "s4", "text": "b"}], "staging": [2]}
    assert [field.name for field in only(pair(Key("script"), was, now)).fields] == ["fountain"]


def test_pictures_are_told_as_pairs() -> None:
    other = {**PICTURE, "sha256": "b" * 64}
    (field,) = only(pair(Key("frames", "h1/start"), {"picture": PICTURE}, {"picture": other})).fields
    assert field.pictures is not None
    assert [ref.sha256[0] if ref else None for ref in field.pictures] == ["a", "b"]
    (came,) = only(pair(Key("frames", "h1/start"), None, {"picture": other})).fields
    assert came.pictures is not None
    assert came.pictures[0] is None


def test_ids_are_told_by_what_they_are_called() -> None:
    (cast,) = only(pair(Key("scenes", "s4"), {"cast": ["c1"]}, {"cast": ["c1", "c2"]})).fields
    assert (cast.was, cast.now) == (["bible:sue"], ["bible:sue", "bible:tom"])


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [("abc", "bca", ["a"]), ("abcd", "acbd", ["c"]), ("abc", "abxc", []), ("abc", "cba", ["b", "c"])],
    ids=["first-to-last", "one-place", "an-insertion-moves-nobody", "turned-round"],
)
def test_as_few_items_as_can_be_have_moved(was: str, now: str, moved: list[str]) -> None:
    stages = compare([pair(Key(ORDER, "scenes"), {"ids": list(was)}, {"ids": list(now)})], {})
    found = [(stage.stage, item.key.item, item.happened) for stage in stages for item in stage.items]
    assert sorted(found) == [("scenes", item, Happened.MOVED) for item in sorted(moved)]


def test_a_shot_that_moved_says_from_where_to_where() -> None:
    labels = {Key("shot_list", "a"): "shot:4A", Key("shot_list", "b"): "shot:4B"}
    (stage,) = compare([pair(Key(ORDER, "s4"), {"ids": ["a", "b", "c"]}, {"ids": ["b", "c", "a"]})], labels)
    assert stage.stage == "shot_list"
    assert stage.items[0].label == "shot:4A"
    assert [(field.was, field.now) for field in stage.items[0].fields] == [("first", "after c")]


def test_stages_come_in_their_order_and_items_by_their_labels() -> None:
    labels = ("shot:10A", "shot:3B", "shot:3A")
    pairs = [pair(Key("shot_list", label), {"n": 1}, {"n": 2}, label) for label in labels]
    stages = compare([*pairs, pair(Key("beats", "b"), {"n": 1}, {"n": 2}, "beat:1")], {})
    assert [stage.stage for stage in stages] == ["beats", "shot_list"]
    assert [item.label for item in stages[1].items] == ["shot:3A", "shot:3B", "shot:10A"]


DOCUMENTS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2) | st.dictionaries(st.sampled_from("xy"), st.integers(0, 2)))


@given(was=DOCUMENTS, now=DOCUMENTS)
def test_nothing_is_told_exactly_where_nothing_differs(was: dict[str, Any], now: dict[str, Any]) -> None:
    fields = only(pair(Key("beats", "b"), was, now)).fields
    assert bool(fields) == (was != now)
    assert all(field.was != field.now for field in fields)
