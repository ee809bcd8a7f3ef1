"""What people approve, promote, reject, pin, lock and star, by commands; and the one rule by which a version is shown."""

from dataclasses import replace
from typing import Any

import pytest

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, NotFound, Refused
from aiuteur.film.commands import (
    Approve,
    Lock,
    Pin,
    Promote,
    Reject,
    Star,
    Unlock,
    Unpin,
    Unstar,
    UpdateSceneAsset,
)
from aiuteur.film.noun import MediaRef
from aiuteur.film.story import Treatment, TreatmentVariant
from aiuteur.film.takes import Clip
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft, Outcome, Recorded, digests, history, record, world
from tests.registry.builders import LANE, begun, command, draft, put

B1 = Key("beats", "b1")
ITEM = str(B1)
CLIP = Key("clips", "x1")


@pytest.fixture
def studio(registry: Registry) -> Registry:
    begun(registry)
    for text in ("one", "two", "three"):
        put(registry, draft(text))
    return registry


def _text(registry: Registry, key: Key = B1) -> object:
    with registry.transaction() as session:
        found = world(session, LANE).items.get(key)
    return found.noun.document()["text"] if found else None


def _take(registry: Registry, take: int, score: float | None, basis: str = "A", **more: Any) -> Recorded:
    """Record a take of one clip; takes differ by their bytes."""
    video = MediaRef(sha256=f"{take:064x}", mime="video/mp4", size=1)
    made = replace(Draft(CLIP, Clip(shot_id="x1", video=video), {"prompts:x1:video": basis}, score=score), **more)
    return put(registry, made)[0]


def _shown(registry: Registry) -> int | None:
    with registry.transaction() as session:
        found = world(session, LANE).items.get(CLIP)
    return found.n if found else None


def test_promoting_selects_and_pins_an_old_version(studio: Registry) -> None:
    command(studio, Promote(item=ITEM, version=1))
    put(studio, draft("four"))
    assert _text(studio) == "one"


def test_rejecting_shows_the_newest_that_is_left_until_nothing_is(studio: Registry) -> None:
    for n, shown in ((3, "two"), (1, "two"), (2, None)):
        command(studio, Reject(items=(ITEM,), version=n, reason="too slow"))
        assert _text(studio) == shown
    with studio.transaction() as session:
        assert digests(session, LANE).items[B1].rejected
        assert [row.rejected for row in history(session, LANE, B1)] == [True, True, True]
    put(studio, draft("four"))
    assert _text(studio) == "four"


def test_rejecting_without_a_number_means_what_is_shown(studio: Registry) -> None:
    for shown in ("two", "one", None):
        command(studio, Reject(items=(ITEM,)))
        assert _text(studio) == shown
    with pytest.raises(Conflict, match="nothing selected: name one of its versions"):
        command(studio, Reject(items=(ITEM,)))


def test_a_rejected_version_may_be_promoted_after_all(studio: Registry) -> None:
    command(studio, Reject(items=(ITEM,), version=3))
    command(studio, Promote(item=ITEM, version=3))
    with studio.transaction() as session:
        assert [row.rejected for row in history(session, LANE, B1)] == [False, False, False]
    assert _text(studio) == "three"


@pytest.mark.parametrize("hold", [Approve(items=(ITEM,)), Pin(items=(ITEM,))], ids=["approved", "pinned"])
def test_what_is_held_stays_until_it_is_let_go(studio: Registry, hold: Approve | Pin) -> None:
    command(studio, hold)
    assert not put(studio, draft("four"))[0].selected
    assert _text(studio) == "three"
    command(studio, Unpin(items=(ITEM,)))
    assert _text(studio) == "four"


def test_with_no_version_nothing_is_shown_until_another_is_made(studio: Registry) -> None:
    command(studio, UpdateSceneAsset(item=ITEM))
    assert _text(studio) is None
    command(studio, Reject(items=(ITEM,), version=1))
    assert _text(studio) is None
    put(studio, draft("four"))
    assert _text(studio) == "four"
    command(studio, UpdateSceneAsset(item=ITEM, version=2))
    assert _text(studio) == "two"


def test_there_must_be_something_to_approve(studio: Registry) -> None:
    command(studio, UpdateSceneAsset(item=ITEM))
    with pytest.raises(Refused, match="approve is refused, nothing of it is selected: promote one of its versions, or make it"):
        command(studio, Approve(items=(ITEM,)))


def test_a_lock_refuses_every_move_and_proposals_pass_it_by(studio: Registry) -> None:
    command(studio, Lock(items=(ITEM,)))
    for given in (Promote(item=ITEM, version=1), Reject(items=(ITEM,)), Approve(items=(ITEM,)), UpdateSceneAsset(item=ITEM)):
        with pytest.raises(Refused, match=r"is refused, it is locked: unlock it first\."):
            command(studio, given)
    assert not put(studio, draft("four"))[0].selected
    command(studio, Unlock(items=(ITEM,)))
    assert _text(studio) == "three"
    assert put(studio, draft("five"))[0].selected


def test_a_version_that_does_not_exist_is_answered_with_those_that_do(studio: Registry) -> None:
    with pytest.raises(NotFound, match=r"has no version 9: it has 1 to 3\."):
        command(studio, Promote(item=ITEM, version=9))


def test_every_command_that_changes_something_moves_the_revision_once(studio: Registry) -> None:
    put(studio, draft("other", item="b2"))
    with studio.transaction() as session:
        before = world(session, LANE).revision
    both = (ITEM, "beats/b2")
    assert command(studio, Pin(items=both)).revision == before + 1
    assert command(studio, Lock(items=both)).revision == before + 2
    assert command(studio, Lock(items=both)).revision == before + 2


def test_several_versions_of_one_item_may_be_starred(studio: Registry) -> None:
    command(studio, Star(items=(ITEM,), version=1))
    command(studio, Star(items=(ITEM,)))
    with studio.transaction() as session:
        assert world(session, LANE).items[B1].starred
    command(studio, Unstar(items=(ITEM,)))
    command(studio, Promote(item=ITEM, version=1))
    with studio.transaction() as session:
        assert world(session, LANE).items[B1].starred


def test_a_take_that_scores_lower_does_not_displace_one_of_the_same_inputs(studio: Registry) -> None:
    _take(studio, 1, 0.9)
    worse = _take(studio, 2, 0.7)
    assert (worse.selected, worse.shows is not None, _shown(studio)) == (False, True, 1)
    assert _take(studio, 3, 0.95).selected
    assert not _take(studio, 4, None).selected
    assert _shown(studio) == 3


def test_other_inputs_begin_anew_and_old_ones_bring_their_best_back(studio: Registry) -> None:
    _take(studio, 1, 0.9)
    assert _take(studio, 2, 0.5, basis="B").selected
    back = _take(studio, 3, 0.8, basis="A")
    assert (back.selected, _shown(studio)) == (False, 1)


def test_rejecting_the_best_take_shows_the_next_best(studio: Registry) -> None:
    for take, score in ((1, 0.7), (2, 0.9), (3, 0.8)):
        _take(studio, take, score)
    for shown in (3, 1, None):
        command(studio, Reject(items=("clips/x1",)) if shown != 3 else Reject(items=("clips/x1",), version=2))
        assert _shown(studio) == shown


def test_two_takes_of_one_score_show_the_newer(studio: Registry) -> None:
    _take(studio, 1, 0.9)
    assert _take(studio, 2, 0.9).selected


def test_the_selection_that_a_person_moved_meanwhile_is_left_alone(studio: Registry) -> None:
    first = _take(studio, 1, 0.6)
    _take(studio, 2, 0.7)
    assert not _take(studio, 3, 0.99, seen=first.version_id).selected
    assert _shown(studio) == 2


def test_what_is_pinned_or_locked_is_not_gone_when_a_list_is_rewritten(studio: Registry) -> None:
    for item in ("b2", "b3"):
        put(studio, draft(item, item=item))
    command(studio, Pin(items=("beats/b2",)))
    command(studio, Lock(items=("beats/b3",)))
    put(studio, gone=[B1, Key("beats", "b2"), Key("beats", "b3")])
    with studio.transaction() as session:
        assert sorted(world(session, LANE).of("beats")) == ["b2", "b3"]


def test_a_proposal_renames_nobody(studio: Registry) -> None:
    put(studio, draft("one", item="b9", label="1"))
    command(studio, Pin(items=("beat:1",)))
    put(studio, draft("two", item="b9", label="2"))
    with studio.transaction() as session:
        assert digests(session, LANE).labels[Key("beats", "b9")] == "1"


def test_a_number_follows_its_place_though_nothing_else_changed(studio: Registry) -> None:
    put(studio, draft("three", label="1"))
    with studio.transaction() as session:
        (done,) = record(session, LANE, Outcome([draft("three", label="2")]))
        assert not done.written
        assert digests(session, LANE).labels[B1] == "2"


def test_the_narrative_is_fixed_once_there_is_a_treatment(studio: Registry) -> None:
    variant = TreatmentVariant(angle="plain", logline="…", prose="…", passages=())
    put(studio, Draft(Key("treatment"), Treatment(variants=(variant,)), {}))
    with pytest.raises(Refused, match="it is fixed since a treatment or script was made from it: fork the lane at `brief`"):
        command(studio, Promote(item="brief", version=1))
