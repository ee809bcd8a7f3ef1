from uuid import UUID

import pytest

from aiuteur.craft.world import ABSENT, ORDER, Blocked, Key, Reading, Selected, World, mint
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Look, Order
from aiuteur.film.story import Beat, Turn
from aiuteur.lane import Lane

LANE = Lane("lamplighter")
BEAT = Beat(id="b1", text="He lights the lamp.", turn=Turn.SETUP, emotion="calm", passages=(), seconds=4.0)


def selected(key: Key, noun: Noun) -> Selected:
    return Selected(key, UUID(int=1), 1, noun, noun.digest(), noun.field_digests(), {})


def world(**extra: Noun) -> World:
    items = {Key("beats", "b1"): selected(Key("beats", "b1"), BEAT)}
    items |= {Key(ORDER, scope): selected(Key(ORDER, scope), noun) for scope, noun in extra.items()}
    return World(LANE, "seed", 1, items)


def test_a_reading_records_the_fields_it_showed_and_no_others() -> None:
    reading = Reading(world())
    reading.view(Beat, Key("beats", "b1"), "text")
    assert reading.basis == {"beats:b1:text": BEAT.field_digests()["text"]}


@pytest.mark.parametrize("field", ["emotion", "passages"])
def test_a_view_refuses_a_field_that_was_not_asked_for(field: str) -> None:
    beat = Reading(world()).view(Beat, Key("beats", "b1"), "text")
    with pytest.raises(AttributeError):
        getattr(beat, field)


def test_a_view_does_not_answer_with_a_default_for_a_field_that_was_not_asked_for() -> None:
    look = Look(scene_id="s", entry_id="e", tags=("wet",))
    items = {Key("looks", "s/e"): selected(Key("looks", "s/e"), look)}
    view = Reading(World(LANE, "seed", 1, items)).view(Look, Key("looks", "s/e"), "scene_id")
    with pytest.raises(AttributeError):
        _ = view.carry_forward
    assert view.document() == {"scene_id": "s"}


def test_what_was_looked_for_and_not_there_is_in_the_basis() -> None:
    reading = Reading(world())
    assert reading.maybe(Look, Key("looks", "s/e"), "tags") is None
    assert reading.basis == {"looks:s/e:tags": ABSENT}


def test_a_missing_item_that_is_needed_blocks_with_a_sentence_naming_it() -> None:
    with pytest.raises(Blocked, match=r"lamplighter@main has no beats b9 yet: make `beats` first"):
        Reading(world()).view(Beat, Key("beats", "b9"), "text")


def test_a_missing_list_is_named_by_the_artifact_that_makes_it() -> None:
    with pytest.raises(Blocked, match=r"has no script yet: make `script` first"):
        Reading(world()).order("scenes")
    with pytest.raises(Blocked, match=r"has no shot_list yet"):
        Reading(world()).order("s3hg74oty6sz")


def test_an_insertion_moves_only_the_neighbour_that_comes_after_it() -> None:
    before = Order(ids=("a", "b", "c")).field_digests()
    after = Order(ids=("a", "x", "b", "c")).field_digests()
    moved = {name for name in before if name.startswith("after.") and before[name] != after[name]}
    assert moved == {"after.b"}


def test_reading_what_comes_before_records_only_that_neighbourhood() -> None:
    reading = Reading(world(scenes=Order(ids=("a", "b", "c"))))
    assert reading.before("scenes", "c") == "b"
    assert reading.before("scenes", "a") is None
    assert set(reading.basis) == {"order:scenes:after.c", "order:scenes:after.a"}


def test_ids_are_reproducible_and_different_by_scope_and_seed() -> None:
    assert world().mint("beats/beats", 2) == world().mint("beats/beats", 2)
    assert len({mint("seed", "a", 0), mint("seed", "a", 1), mint("seed", "b", 0), mint("other", "a", 0)}) == 4


def test_minting_continues_from_the_scope_s_counter() -> None:
    first = World(LANE, "seed", 1, {}, {})
    later = World(LANE, "seed", 1, {}, {"shots": 2})
    assert first.mint("shots", 3)[2:] == later.mint("shots", 1)
