"""Projects: made once, resumed with the same story and brief, and never changed by another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, InvalidInput, NotFound
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.projects import Creation, create_project, lane_row, lanes
from aiuteur.registry.versions import world
from tests.registry.builders import BRIEF, LANE, NARRATIVE, begun, draft, new_user, put


def test_a_project_starts_with_its_narrative_and_brief(registry: Registry) -> None:
    with registry.transaction() as session:
        assert create_project(session, LANE, NARRATIVE, BRIEF) is Creation.CREATED
    with registry.transaction() as session:
        found = world(session, LANE)
    assert {key: selected.noun for key, selected in found.items.items()} == {Key("narrative"): NARRATIVE, Key("brief"): BRIEF}
    assert found.revision == 1


def test_the_same_story_and_brief_resume_and_move_nothing(registry: Registry) -> None:
    begun(registry)
    with registry.transaction() as session:
        assert create_project(session, LANE, NARRATIVE, BRIEF) is Creation.RESUMED
        assert lane_row(session, LANE).revision == 1


def test_another_brief_is_refused_naming_what_differs_and_what_to_do(registry: Registry) -> None:
    begun(registry)
    longer = Brief(length_seconds=90)
    told = r"brief length seconds was 60, now 90.*--project ferry-2"
    with registry.transaction() as session, pytest.raises(Conflict, match=told):
        create_project(session, LANE, NARRATIVE, longer)


def test_another_story_is_refused_without_being_quoted(registry: Registry) -> None:
    begun(registry)
    other = Narrative(title="The Ferry", text="Ada stayed. " * 9, format=SourceFormat.PROSE)
    with registry.transaction() as session, pytest.raises(Conflict, match="narrative text differs") as refused:
        create_project(session, LANE, other, BRIEF)
    assert "Ada" not in str(refused.value)


def test_a_new_project_cannot_start_on_a_branch(registry: Registry) -> None:
    with pytest.raises(InvalidInput, match="a film begins on ferry@main"), registry.transaction() as session:
        create_project(session, Lane("ferry", "night"), NARRATIVE, BRIEF)
    with registry.transaction() as session:
        assert lanes(session) == []


def test_a_name_that_somebody_else_took_is_refused(registry: Registry, database_url: str) -> None:
    other = Registry.connect(database_url, new_user(database_url))
    begun(other)
    with registry.transaction() as session, pytest.raises(Conflict, match="somebody else's project"):
        create_project(session, LANE, NARRATIVE, BRIEF)
    other.close()


def test_the_same_story_gives_the_same_ids_anywhere(registry: Registry) -> None:
    begun(registry)
    begun(registry, Lane("elsewhere"))
    with registry.transaction() as session:
        here, there = world(session, LANE), world(session, Lane("elsewhere"))
    assert here.mint("beats", 3) == there.mint("beats", 3)


def test_of_many_at_once_one_creates_and_the_others_resume(registry: Registry) -> None:
    together = threading.Barrier(4)

    def make(_: int) -> Creation:
        together.wait()
        with registry.transaction() as session:
            return create_project(session, LANE, NARRATIVE, BRIEF)

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(make, range(4)))
    assert answers == ["created", "resumed", "resumed", "resumed"]


def test_lanes_are_listed_with_their_counts(registry: Registry) -> None:
    begun(registry)
    put(registry, draft("Ada leaves"))
    put(registry, draft("Ada stays"))
    with registry.transaction() as session:
        (only,) = lanes(session)
    assert (only.lane, only.revision, only.items, only.versions) == (LANE, 3, 3, 4)


def test_an_unknown_lane_is_told_with_what_there_is(registry: Registry) -> None:
    with registry.transaction() as session, pytest.raises(NotFound, match=r"no project ferry.*aiuteur make"):
        world(session, LANE)
    begun(registry)
    with registry.transaction() as session, pytest.raises(NotFound, match="no branch night: it has main"):
        world(session, Lane("ferry", "night"))
