"""Two lanes compared, and items of one taken over by the other."""

from collections.abc import Mapping
from typing import Any

import pytest

from aiuteur.craft.merging import How
from aiuteur.craft.taking import Why
from aiuteur.craft.world import ORDER, Key
from aiuteur.errors import InvalidInput, NotFound, Refused
from aiuteur.film.commands import Approve, Lock, Pin
from aiuteur.film.shots import Order
from aiuteur.lane import Lane
from aiuteur.registry import branches
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.history import history
from aiuteur.registry.merges import Merged, differing, merge
from aiuteur.registry.versions import Draft, Origin
from aiuteur.registry.worlds import world
from tests.registry.builders import LANE, begun, draft, put

B1, B2 = Key("beats", "b1"), Key("beats", "b2")
NIGHT = Lane("ferry", "night")


def ordered(*ids: str) -> Draft:
    return Draft(Key(ORDER, "beats"), Order(ids=ids), {})


@pytest.fixture
def parted(registry: Registry) -> Registry:
    """Two beats on main, and a branch."""
    begun(registry)
    put(registry, ordered("b1", "b2"), draft("Ada leaves", label="1"), draft("Ada rows", "b2", label="2"))
    with registry.transaction() as session:
        branches.fork(session, LANE, "night")
    return registry


def merged(registry: Registry, *names: str, into: Lane = LANE, source: Lane = NIGHT, theirs: bool = False) -> Merged:
    with registry.transaction() as session:
        return merge(session, into, source, names, theirs=theirs)


def texts(registry: Registry, lane: Lane = LANE) -> Mapping[str, Any]:
    with registry.transaction() as session:
        return {item: found.noun.document()["text"] for item, found in world(session, lane).of("beats").items()}


def left(found: Merged) -> dict[str, Why]:
    return {one.label: one.why for one in found.taking.left}


def test_a_branch_just_forked_differs_in_nothing(parted: Registry) -> None:
    with parted.transaction() as session:
        assert differing(session, LANE, NIGHT)[0] == []
    assert merged(parted).made == ()


def test_equal_content_made_twice_is_no_difference(parted: Registry) -> None:
    put(parted, draft("Ada leaves", basis={"treatment::variants": "x"}), lane=NIGHT)
    with parted.transaction() as session:
        assert differing(session, LANE, NIGHT)[0] == []


def test_what_changed_there_is_taken_as_a_merged_version_with_its_parent(parted: Registry) -> None:
    there = put(parted, draft("Ada flies", model="m1"), lane=NIGHT)[0]
    found = merged(parted)
    assert texts(parted) == {"b1": "Ada flies", "b2": "Ada rows"}
    with parted.transaction() as session:
        newest = history(session, LANE, B1)[0]
    assert (newest.n, newest.origin, newest.parent_id, newest.model) == (2, "merged", there.version_id, "m1")
    assert [(take.label, take.how, take.fields) for take in found.taking.takes] == [("beat:1", How.THEIRS, ("text",))]
    assert merged(parted).made == ()


def test_other_fields_of_the_same_item_merge_and_the_same_field_is_a_conflict(parted: Registry) -> None:
    put(parted, draft("Ada flies"), lane=NIGHT)
    longer = draft("Ada leaves")
    put(parted, Draft(B1, longer.noun.model_copy(update={"seconds": 9}), {}))
    assert merged(parted).taking.takes[0].how is How.BOTH
    with parted.transaction() as session:
        document = world(session, LANE).items[B1].noun.document()
    assert (document["text"], document["seconds"]) == ("Ada flies", 9)
    put(parted, draft("Ada swims"), lane=NIGHT)
    put(parted, draft("Ada sinks", pin=True))
    torn = merged(parted)
    assert left(torn) == {"beat:1": Why.CONFLICT}
    assert torn.taking.left[0].fields == ("text",)
    assert texts(parted)["b1"] == "Ada sinks"
    merged(parted, "beat:1", theirs=True)
    assert texts(parted)["b1"] == "Ada swims"


def test_what_came_over_once_is_the_common_past_of_the_next_merge(parted: Registry) -> None:
    put(parted, draft("Ada flies"), lane=NIGHT)
    merged(parted)
    put(parted, draft("Ada flies home"))
    put(parted, draft("Ada rows on", "b2"), lane=NIGHT)
    assert left(merged(parted)) == {}
    assert texts(parted) == {"b1": "Ada flies home", "b2": "Ada rows on"}
    merged(parted, into=NIGHT, source=LANE)
    assert texts(parted, NIGHT) == texts(parted)


def test_only_the_named_items_come_over_and_stay(parted: Registry) -> None:
    put(parted, draft("Ada flies"), draft("Ada drifts", "b2"), lane=NIGHT)
    merged(parted, "beat:2")
    assert texts(parted) == {"b1": "Ada leaves", "b2": "Ada drifts"}
    with parted.transaction() as session:
        assert world(session, LANE).items[B2].pinned


def test_a_new_item_brings_its_place_and_a_deleted_one_leaves(parted: Registry) -> None:
    put(parted, ordered("b1", "n1", "b2", "n2"), draft("A gull", "n1", label="3"), draft("A wave", "n2", label="4"), lane=NIGHT)
    merged(parted, "beat:3")
    with parted.transaction() as session:
        assert world(session, LANE).order("beats") == ("b1", "n1", "b2")
    assert set(texts(parted)) == {"b1", "b2", "n1"}
    put(parted, ordered("n1", "b2", "n2"), lane=NIGHT, gone=[B1])
    found = merged(parted)
    assert [label for _, label in found.taking.gone] == ["beat:1"]
    with parted.transaction() as session:
        assert world(session, LANE).order("beats") == ("n1", "b2", "n2")
    assert set(texts(parted)) == {"b2", "n1", "n2"}


def test_an_item_deleted_there_and_changed_here_stays_in_its_place(parted: Registry) -> None:
    put(parted, ordered("b2"), lane=NIGHT, gone=[B1])
    put(parted, draft("Ada stays"))
    assert left(merged(parted)) == {"beat:1": Why.CONFLICT}
    with parted.transaction() as session:
        assert world(session, LANE).order("beats") == ("b1", "b2")


def test_pins_and_locks_are_respected_and_named(parted: Registry) -> None:
    put(parted, draft("Ada flies"), draft("Ada drifts", "b2"), lane=NIGHT)
    with parted.transaction() as session:
        perform(session, LANE, Approve(items=("beat:1",)))
        perform(session, LANE, Lock(items=("beat:2",)))
    assert left(merged(parted)) == {"beat:1": Why.PINNED, "beat:2": Why.LOCKED}
    assert texts(parted) == {"b1": "Ada leaves", "b2": "Ada rows"}
    assert left(merged(parted, "beat:1", "beat:2", theirs=True)) == {"beat:2": Why.LOCKED}
    assert texts(parted) == {"b1": "Ada flies", "b2": "Ada rows"}


def test_the_pin_of_an_edit_stands_for_the_edit_alone(parted: Registry) -> None:
    put(parted, draft("Ada leaves at dusk", pin=True, origin=Origin.EDITED))
    with parted.transaction() as session:
        branches.fork(session, LANE, "later")
    put(parted, draft("Ada leaves at dawn", pin=True, origin=Origin.EDITED), lane=Lane("ferry", "later"))
    merged(parted, source=Lane("ferry", "later"))
    assert texts(parted)["b1"] == "Ada leaves at dawn"


def test_siblings_merge_from_where_the_first_of_them_left(parted: Registry) -> None:
    put(parted, draft("Ada leaves late"))
    with parted.transaction() as session:
        branches.fork(session, LANE, "dawn")
    dawn = Lane("ferry", "dawn")
    put(parted, draft("Ada drifts", "b2"), lane=dawn)
    merged(parted, into=NIGHT, source=dawn)
    assert texts(parted, NIGHT) == {"b1": "Ada leaves late", "b2": "Ada drifts"}


@pytest.mark.parametrize(
    ("source", "names", "error", "says"),
    [
        (LANE, (), InvalidInput, "into itself"),
        (Lane("ferry", "noon"), (), NotFound, "no branch noon"),
        (Lane("other"), (), InvalidInput, "of two projects"),
        (NIGHT, ("scene:99",), NotFound, "no scene '99'"),
        (NIGHT, ("colour:2",), InvalidInput, "no artifact called 'colour'"),
    ],
    ids=["itself", "no-branch", "two-projects", "no-item", "no-artifact"],
)
def test_a_merge_that_cannot_be_says_why(
    source: Lane, names: tuple[str, ...], error: type[Exception], says: str, parted: Registry
) -> None:
    begun(parted, Lane("other"))
    with pytest.raises(error, match=says):
        merged(parted, *names, source=source)


def test_nothing_is_merged_from_or_into_an_archived_branch(parted: Registry) -> None:
    put(parted, draft("Ada flies"), lane=NIGHT)
    with parted.transaction() as session:
        branches.archive(session, NIGHT)
    for into, source in ((LANE, NIGHT), (NIGHT, LANE)):
        with pytest.raises(Refused, match=r"ferry@night is archived.*restore ferry@night"):
            merged(parted, into=into, source=source)


def test_a_named_item_that_is_the_same_is_told_to_be_nothing(parted: Registry) -> None:
    assert left(merged(parted, "beat:1")) == {"beat:1": Why.NOTHING}


def test_an_edit_that_a_person_pins_by_a_word_of_its_own_is_held(parted: Registry) -> None:
    put(parted, draft("Ada leaves at dusk", pin=True, origin=Origin.EDITED))
    with parted.transaction() as session:
        branches.fork(session, LANE, "later")
        perform(session, LANE, Pin(items=("beat:1",)))
    put(parted, draft("Ada leaves at dawn", pin=True, origin=Origin.EDITED), lane=Lane("ferry", "later"))
    assert left(merged(parted, source=Lane("ferry", "later"))) == {"beat:1": Why.PINNED}


def test_a_branch_of_a_branch_that_is_archived_meanwhile_still_merges(parted: Registry) -> None:
    put(parted, draft("Ada leaves late"), lane=NIGHT)
    with parted.transaction() as session:
        branches.fork(session, NIGHT, "deeper")
        branches.archive(session, NIGHT)
    put(parted, draft("Ada drifts", "b2"), lane=Lane("ferry", "deeper"))
    merged(parted, source=Lane("ferry", "deeper"))
    assert texts(parted) == {"b1": "Ada leaves late", "b2": "Ada drifts"}
