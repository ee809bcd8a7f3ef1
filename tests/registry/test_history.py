"""History, forks by pointers alone, and what a person approves, promotes or rejects."""

import pytest
from sqlalchemy import func, select, update

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, Refused
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.tables import Artifact, Version
from aiuteur.registry.versions import approve, digests, history, promote, reject, version, world
from tests.registry.builders import LANE, begun, draft, fork, put

B1 = Key("beats", "b1")


@pytest.fixture
def studio(registry: Registry) -> Registry:
    begun(registry)
    for text in ("one", "two", "three"):
        put(registry, draft(text))
    return registry


def _text(registry: Registry, lane: Lane = LANE) -> object:
    with registry.transaction() as session:
        found = world(session, lane).items.get(B1)
    return found.noun.document()["text"] if found else None


def test_a_fork_shows_what_its_parent_showed_without_a_version_of_its_own(studio: Registry) -> None:
    with studio.transaction() as session:
        versions = session.execute(select(func.count()).select_from(Version)).scalar_one()
    night = fork(studio, LANE, "night")
    with studio.transaction() as session:
        assert session.execute(select(func.count()).select_from(Version)).scalar_one() == versions
        here, there = world(session, LANE), world(session, night)
    assert {key: found.version_id for key, found in here.items.items()} == {
        key: found.version_id for key, found in there.items.items()
    }
    assert here.seed == there.seed


def test_a_fork_numbers_on_and_neither_side_flows_to_the_other(studio: Registry) -> None:
    night = fork(studio, LANE, "night")
    put(studio, draft("four by day"))
    (made,) = put(studio, draft("four by night"), lane=night)
    assert made.n == 4
    assert (_text(studio), _text(studio, night)) == ("four by day", "four by night")
    with studio.transaction() as session:
        assert [row.n for row in history(session, night, B1)] == [4, 3, 2, 1]
        assert version(session, night, B1, 4).noun != version(session, LANE, B1, 4).noun
        assert version(session, night, B1, 2).noun == version(session, LANE, B1, 2).noun


def test_history_goes_through_a_fork_of_a_fork(studio: Registry) -> None:
    night = fork(studio, LANE, "night")
    put(studio, draft("four"), lane=night)
    deep = fork(studio, night, "deep")
    put(studio, draft("five"), lane=deep)
    put(studio, draft("other five"), lane=night)
    with studio.transaction() as session:
        assert [row.n for row in history(session, deep, B1)] == [5, 4, 3, 2, 1]
        assert [row.selected for row in history(session, deep, B1)] == [True, False, False, False, False]


def test_promoting_selects_and_pins_an_old_version(studio: Registry) -> None:
    with studio.transaction() as session:
        promote(session, LANE, B1, 1)
    put(studio, draft("four"))
    assert _text(studio) == "one"


def test_rejecting_shows_the_newest_that_is_left_until_nothing_is(studio: Registry) -> None:
    for n, shown in ((3, "two"), (1, "two"), (2, None)):
        with studio.transaction() as session:
            reject(session, LANE, B1, n, "too slow")
        assert _text(studio) == shown
    with studio.transaction() as session:
        assert digests(session, LANE).items[B1].rejected
        assert [row.rejected for row in history(session, LANE, B1)] == [True, True, True]
    put(studio, draft("four"))
    assert _text(studio) == "four"


def test_a_rejected_version_may_be_promoted_after_all(studio: Registry) -> None:
    with studio.transaction() as session:
        reject(session, LANE, B1, 3)
        promote(session, LANE, B1, 3)
        assert not version(session, LANE, B1, 3).rejected
    assert _text(studio) == "three"


def test_approving_pins_what_is_shown(studio: Registry) -> None:
    with studio.transaction() as session:
        assert approve(session, LANE, B1).n == 3
    put(studio, draft("four"))
    assert _text(studio) == "three"


def test_there_must_be_something_to_approve(studio: Registry) -> None:
    with studio.transaction() as session:
        for n in (1, 2, 3):
            reject(session, LANE, B1, n)
        with pytest.raises(Conflict, match="nothing selected to approve"):
            approve(session, LANE, B1)


def test_a_lock_refuses_every_move(studio: Registry) -> None:
    with studio.transaction() as session:
        session.execute(update(Artifact).where(Artifact.kind == "beats").values(locked=True))
    with studio.transaction() as session:
        with pytest.raises(Refused, match="is locked"):
            promote(session, LANE, B1, 1)
        with pytest.raises(Refused, match="is locked"):
            reject(session, LANE, B1, 1)
        with pytest.raises(Refused, match="is locked"):
            approve(session, LANE, B1)


def test_every_move_of_a_pointer_moves_the_revision(studio: Registry) -> None:
    with studio.transaction() as session:
        before = world(session, LANE).revision
        promote(session, LANE, B1, 1)
        reject(session, LANE, B1, 1)
        approve(session, LANE, B1)
        assert world(session, LANE).revision == before + 3
