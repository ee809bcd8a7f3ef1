"""Merging three documents, against a model that holds a document as a flat table of leaves."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiuteur.craft.merging import How, merge_order, settle

BASE: dict[str, Any] = {"text": "Sue waits.", "seconds": 3, "wardrobe": {"coat": "red", "hat": None}, "tags": ["wet"]}


@pytest.mark.parametrize(
    ("ours", "theirs", "how"),
    [
        (BASE, BASE, How.SAME),
        ({**BASE, "text": "Sue sings."}, {**BASE, "text": "Sue sings."}, How.SAME),
        ({**BASE, "text": "Sue sings."}, BASE, How.OURS),
        (BASE, {**BASE, "text": "Sue sings."}, How.THEIRS),
        ({**BASE, "seconds": 4}, {**BASE, "text": "Sue sings."}, How.BOTH),
        ({**BASE, "text": "Sue hums."}, {**BASE, "text": "Sue sings."}, How.CONFLICT),
        (BASE, None, How.GONE),
        (None, BASE, How.OURS),
        (None, {**BASE, "seconds": 4}, How.CONFLICT),
        ({**BASE, "seconds": 4}, None, How.CONFLICT),
    ],
    ids=["nothing", "alike", "ours", "theirs", "other-fields", "same-field", "deleted-there", "deleted-here", "gone-changed",
         "changed-gone"],
)
def test_the_rule_for_one_item(ours: dict[str, Any] | None, theirs: dict[str, Any] | None, how: How) -> None:
    assert settle(BASE, ours, theirs).how is how


def test_fields_inside_fields_merge_and_a_conflict_names_its_path() -> None:
    ours = {**BASE, "wardrobe": {"coat": "blue", "hat": None}}
    theirs = {**BASE, "wardrobe": {"coat": "red", "hat": "felt"}}
    merged = settle(BASE, ours, theirs)
    assert merged.document == {**BASE, "wardrobe": {"coat": "blue", "hat": "felt"}}
    assert merged.taken == ("wardrobe.hat",)
    torn = settle(BASE, ours, {**BASE, "seconds": 9, "wardrobe": {"coat": "green", "hat": None}})
    assert torn.how is How.CONFLICT
    assert torn.clashes == ("wardrobe.coat",)


def test_a_take_is_never_put_together_from_two() -> None:
    base: dict[str, Any] = {"picture": {"sha256": "a"}, "layers": []}
    found = settle(base, {**base, "picture": {"sha256": "b"}}, {**base, "layers": [1]}, whole=True)
    assert found.how is How.CONFLICT
    assert found.clashes == ("picture", "layers")


def test_a_medium_is_one_thing() -> None:
    base = {"key_image": {"sha256": "a", "width": 1}, "name": "Sue"}
    ours = {"key_image": {"sha256": "b", "width": 1}, "name": "Sue"}
    theirs = {"key_image": {"sha256": "a", "width": 2}, "name": "Sue"}
    assert settle(base, ours, theirs).clashes == ("key_image",)


def scene(item: str, text: str) -> dict[str, Any]:
    return {"id": item, "text": text}


def test_elements_with_ids_merge_one_by_one_and_keep_their_places() -> None:
    base = {"scenes": [scene("a", "1"), scene("b", "2"), scene("c", "3")]}
    ours = {"scenes": [scene("a", "1!"), scene("b", "2"), scene("n", "new"), scene("c", "3")]}
    theirs = {"scenes": [scene("m", "first"), scene("a", "1"), scene("c", "3!")]}
    merged = settle(base, ours, theirs)
    assert merged.document == {"scenes": [scene("m", "first"), scene("a", "1!"), scene("n", "new"), scene("c", "3!")]}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abc", "abc", "acb", "acb"),
        ("abc", "bac", "abc", "bac"),
        ("abc", "bac", "bac", "bac"),
        ("abc", "bac", "acb", None),
        ("abc", "abxc", "aybc", "aybxc"),
        ("abc", "ab", "abcz", "abz"),
        ("", "ab", "ba", "ab"),
    ],
    ids=["they-moved", "we-moved", "both-alike", "both-otherwise", "both-inserted", "one-deleted", "no-past"],
)
def test_the_order_of_a_list(base: str, ours: str, theirs: str, merged: str | None) -> None:
    alive = (set(ours) | set(theirs)) - {item for item in base if item not in ours or item not in theirs}
    found = merge_order(base, ours, theirs, alive)
    assert (None if found is None else "".join(found)) == merged


LEAVES = st.sampled_from(["red", "blue", "green"])
WARDROBE: st.SearchStrategy[Any] = st.fixed_dictionaries({"coat": LEAVES, "hat": LEAVES})
TABLE: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({"text": LEAVES, "wardrobe": WARDROBE})


def flat(document: dict[str, Any], path: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in document.items():
        found |= flat(cast("dict[str, Any]", value), f"{path}{name}.") if isinstance(value, dict) else {f"{path}{name}": value}
    return found


@given(base=TABLE, ours=TABLE, theirs=TABLE)
def test_a_merge_is_what_a_table_of_leaves_says(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    was, here, there = flat(base), flat(ours), flat(theirs)
    clashes = {leaf for leaf in was if was[leaf] != here[leaf] and was[leaf] != there[leaf] and here[leaf] != there[leaf]}
    expected = {leaf: there[leaf] if here[leaf] == was[leaf] else here[leaf] for leaf in was}
    found = settle(base, ours, theirs)
    assert set(found.clashes) == clashes
    assert (found.how is How.CONFLICT) == bool(clashes)
    if not clashes:
        assert flat(dict(found.document or ours)) == expected


@given(base=TABLE, ours=TABLE, theirs=TABLE)
def test_who_merges_into_whom_makes_no_difference(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    one, other = settle(base, ours, theirs), settle(base, theirs, ours)
    assert set(one.clashes) == set(other.clashes)
    if one.how is How.BOTH:
        assert one.document == other.document


ITEMS = st.lists(st.sampled_from("abcdef"), unique=True)


@given(base=ITEMS, ours=ITEMS, theirs=ITEMS)
def test_an_order_holds_everything_alive_once_and_keeps_what_one_side_said(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    gone = {item for item in base if item not in ours or item not in theirs}
    alive = (set(ours) | set(theirs)) - gone
    found = merge_order(base, ours, theirs, alive)
    common = [item for item in base if item in alive]
    here, there = ([item for item in ids if item in common] for ids in (ours, theirs))
    assert (found is None) == (common != here != there != common)
    if found is not None:
        assert sorted(found) == sorted(alive)
        assert [item for item in found if item in common] == (there if here == common else here)
