"""History, and forks by pointers alone."""

import pytest
from sqlalchemy import func, select

from aiuteur.craft.world import Key
from aiuteur.errors import NotFound
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.tables import Version
from aiuteur.registry.versions import history, version, world
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


def test_a_version_that_is_not_there_is_told_by_the_name_people_know(studio: Registry) -> None:
    put(studio, draft("two", label="7"))
    said = r"^beat:7 of ferry@main has no version 9: it has 1 to 4\.$"
    with studio.transaction() as session, pytest.raises(NotFound, match=said):
        version(session, LANE, B1, 9)
