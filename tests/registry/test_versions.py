"""Versions: written once, selected by one rule, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import event, func, select, text, update

from aiuteur.craft.world import Key
from aiuteur.digest import digest
from aiuteur.errors import Conflict, Corrupt, InvalidInput, NotFound, Refused
from aiuteur.film.bible import Character, Style
from aiuteur.film.shots import Order
from aiuteur.registry.database import Registry
from aiuteur.registry.ledger import Completion
from aiuteur.registry.tables import Artifact, Event, Version
from aiuteur.registry.versions import Draft, Origin, Outcome, digests, history, record, version, world
from tests.databases import administrator
from tests.registry.builders import LANE, ask, beat, begun, draft, put

B1 = Key("beats", "b1")


@pytest.fixture
def studio(registry: Registry) -> Registry:
    begun(registry)
    return registry


def _selected(registry: Registry, key: Key = B1) -> str | None:
    with registry.transaction() as session:
        found = world(session, LANE).items.get(key)
    return found.noun.document()["text"] if found else None  # pyright: ignore[reportReturnType] - a beat's text is one


def test_what_is_recorded_comes_back_as_it_was_with_its_digests(studio: Registry) -> None:
    noun = beat("Ada leaves — “now”, 渡し船 🛶")
    put(studio, Draft(B1, noun, {"narrative::text": "d1"}, label="1", cost_usd=Decimal("0.012345")))
    with studio.transaction() as session:
        found = world(session, LANE).items[B1]
        row = version(session, LANE, B1, 1)
    assert found.noun == noun
    assert digest(found.noun.document()) == found.digest == noun.digest()
    assert found.fields == noun.field_digests()
    assert found.basis == {"narrative::text": "d1"}
    assert (row.noun, row.cost_usd, row.author_id) == (noun, Decimal("0.012345"), studio.user_id)


def test_bible_entries_and_orders_come_back_as_what_they_are(studio: Registry) -> None:
    put(
        studio, Draft(Key("bible", "c1"), Character(id="c1", name="Ada"), {}, label="Ada"),
        Draft(Key("bible", "s1"), Style(id="s1", name="style"), {}), Draft(Key("order", "beats"), Order(ids=("b2", "b1")), {}),
    )
    with studio.transaction() as session:
        found, traces = world(session, LANE), digests(session, LANE)
    assert isinstance(found.items[Key("bible", "c1")].noun, Character)
    assert isinstance(found.items[Key("bible", "s1")].noun, Style)
    assert found.order("beats") == ("b2", "b1")
    assert traces.labels[Key("bible", "c1")] == "character Ada"


def test_a_regeneration_that_changed_nothing_is_not_written_again(studio: Registry) -> None:
    (first,) = put(studio, draft())
    (again,) = put(studio, draft())
    assert (again.written, again.version_id, again.n) == (False, first.version_id, 1)
    with studio.transaction() as session:
        assert world(session, LANE).revision == 2


def test_the_same_content_from_another_basis_is_a_new_version_with_the_same_digest(studio: Registry) -> None:
    (first,) = put(studio, draft(basis={"narrative::text": "d1"}))
    (second,) = put(studio, draft(basis={"narrative::text": "d2"}))
    assert (second.n, second.written, second.digest) == (2, True, first.digest)


def test_an_edit_is_pinned_and_later_generations_beside_it_are_proposals(studio: Registry) -> None:
    put(studio, draft("one"))
    put(studio, draft("mine", origin=Origin.EDITED, pin=True))
    (proposal,) = put(studio, draft("three"))
    assert (proposal.n, proposal.selected) == (3, False)
    assert _selected(studio) == "mine"


def test_a_take_made_from_an_older_selection_is_recorded_and_not_selected(studio: Registry) -> None:
    (seen,) = put(studio, draft("one"))
    put(studio, draft("two"))
    (late,) = put(studio, draft("late", seen=seen.version_id))
    assert (late.written, late.selected) == (True, False)
    assert _selected(studio) == "two"


def test_a_locked_item_keeps_proposals_and_refuses_edits(studio: Registry) -> None:
    put(studio, draft("one"))
    with studio.transaction() as session:
        session.execute(update(Artifact).where(Artifact.kind == "beats").values(locked=True))
    (proposal,) = put(studio, draft("two"))
    assert not proposal.selected
    with pytest.raises(Refused, match="beats/b1 is locked"):
        put(studio, draft("mine", pin=True))


def test_what_is_gone_leaves_the_world_and_keeps_its_history_and_may_return(studio: Registry) -> None:
    put(studio, draft("one"))
    put(studio, gone=[B1])
    assert _selected(studio) is None
    with studio.transaction() as session:
        assert B1 not in digests(session, LANE).items
        assert [row.n for row in history(session, LANE, B1)] == [1]
    put(studio, draft("two"))
    assert _selected(studio) == "two"


def test_counters_only_ever_grow(studio: Registry) -> None:
    for count in (5, 3):
        with studio.transaction() as session:
            record(session, LANE, Outcome(counters={"beats": count, "shots/s1": 2}))
    with studio.transaction() as session:
        assert world(session, LANE).counters == {"beats": 5, "shots/s1": 2}


def test_an_outcome_is_recorded_whole_or_not_at_all(studio: Registry) -> None:
    reservation = ask(studio)
    once = Completion(reservation.generation_id)
    with studio.transaction() as session:
        record(session, LANE, Outcome(completions=[once]))
    with pytest.raises(Conflict), studio.transaction() as session:
        record(session, LANE, Outcome([draft()], counters={"beats": 9}, completions=[once], event="twice"))
    with studio.transaction() as session:
        found = world(session, LANE)
    assert (set(found.items), found.counters, found.revision) == ({Key("narrative"), Key("brief")}, {}, 1)


def test_each_recording_moves_the_revision_by_one_and_says_what_it_made(studio: Registry) -> None:
    with studio.transaction() as session:
        record(session, LANE, Outcome([draft(), draft(item="b2")], event="beats"))
    with studio.transaction() as session:
        assert world(session, LANE).revision == 2
        told = session.execute(select(Event.payload).where(Event.kind == "beats")).scalar_one()
    assert told == {"made": ["beats/b1", "beats/b2"], "proposed": [], "gone": []}


def test_text_that_postgres_cannot_hold_is_refused_in_a_sentence(studio: Registry) -> None:
    with pytest.raises(InvalidInput, match="NUL"):
        put(studio, draft("Ada\x00leaves"))
    with pytest.raises(InvalidInput, match="half a surrogate pair"):
        put(studio, draft("Ada\ud800leaves"))
    with pytest.raises(InvalidInput, match="half a surrogate pair"):
        put(studio, draft(guidance="slower\ud800"))
    with pytest.raises(InvalidInput, match="NUL"):
        put(studio, draft(guidance="slower\x00"))


def test_a_document_that_no_longer_validates_is_named(studio: Registry, database_url: str) -> None:
    put(studio, draft())
    with administrator(database_url) as connection:
        connection.execute("ALTER TABLE aiuteur.versions DISABLE TRIGGER append_only")
        connection.execute("UPDATE aiuteur.versions SET content = content - 'turn' WHERE content ? 'turn'")
    with studio.transaction() as session, pytest.raises(Corrupt, match=r"ferry@main beats/b1 version 1 .*turn: Field required"):
        world(session, LANE)


def test_a_version_that_is_not_there_is_told_with_those_that_are(studio: Registry) -> None:
    put(studio, draft())
    with studio.transaction() as session:
        with pytest.raises(NotFound, match="no version 7: it has 1 to 1"):
            version(session, LANE, B1, 7)
        with pytest.raises(NotFound, match="has no beats/b9"):
            history(session, LANE, Key("beats", "b9"))


def test_eight_threads_on_one_item_lose_nothing(studio: Registry) -> None:
    def append(number: int) -> int:
        return put(studio, draft(f"take {number}"))[0].n

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(append, range(40)))
    assert numbers == list(range(1, 41))
    with studio.transaction() as session:
        texts = {str(version(session, LANE, B1, n).noun) for n in numbers}
        assert world(session, LANE).revision == 41
    assert len(texts) == 40


def test_sixty_items_take_as_many_statements_as_one(studio: Registry) -> None:
    counted: list[str] = []
    event.listen(studio.engine, "before_cursor_execute", lambda *seen: counted.append(seen[2]))
    put(studio, draft(item="one"))
    for_one = len(counted)
    counted.clear()
    put(studio, *(draft(item=f"b{number}") for number in range(60)))
    assert len(counted) == for_one <= 8


def test_a_world_is_one_statement(studio: Registry) -> None:
    put(studio, *(draft(item=f"b{number}") for number in range(20)))
    counted: list[str] = []
    with studio.transaction() as session:
        session.execute(text("SELECT 1"))
        event.listen(studio.engine, "before_cursor_execute", lambda *seen: counted.append(seen[2]))
        world(session, LANE)
    assert len(counted) == 1


@pytest.mark.parametrize("statement", [
    "UPDATE aiuteur.versions SET content = '{}'", "DELETE FROM aiuteur.versions", "TRUNCATE aiuteur.versions CASCADE",
])
def test_versions_never_change_not_even_for_the_administrator(studio: Registry, database_url: str, statement: str) -> None:
    put(studio, draft())
    with administrator(database_url) as connection, pytest.raises(Exception, match="a version never changes"):
        connection.execute(statement.encode())
    with studio.transaction() as session:
        assert session.execute(select(func.count()).select_from(Version)).scalar_one() == 3
