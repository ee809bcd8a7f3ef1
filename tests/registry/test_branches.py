"""A fork is pointers alone; an archived lane can only be read."""

import pytest
from sqlalchemy import func, select, text

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, InvalidInput, NotFound, Refused
from aiuteur.film.commands import Archive, Fork, Reject, Restore
from aiuteur.lane import Lane
from aiuteur.registry import branches, locks
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.history import history
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.tables import Artifact, Event, Generation, Media, Version
from aiuteur.registry.versions import Outcome, record
from aiuteur.registry.worlds import world
from tests.registry.builders import LANE, begun, draft, put

B1 = Key("beats", "b1")
TABLES = (Version, Media, Generation)


def forked(registry: Registry, name: str = "night", at_stage: str = "all", lane: Lane = LANE) -> Lane:
    with registry.transaction() as session:
        return branches.fork(session, lane, name, at_stage)[0]


def counts(registry: Registry) -> list[int]:
    with registry.transaction() as session:
        return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def test_a_fork_copies_pointers_and_no_version_medium_or_call(registry: Registry) -> None:
    begun(registry)
    put(registry, draft("Ada leaves"), draft("Ada rows", "b2"))
    put(registry, draft("Ada leaves at dusk"))
    before = counts(registry)
    night = forked(registry)
    assert counts(registry) == before
    with registry.transaction() as session:
        ours, theirs = world(session, LANE), world(session, night)
    assert {key: found.version_id for key, found in theirs.items.items()} == {
        key: found.version_id for key, found in ours.items.items()
    }
    assert theirs.items[B1].n == 2


def test_numbers_go_on_and_neither_branch_sees_what_the_other_makes(registry: Registry) -> None:
    begun(registry)
    put(registry, draft("Ada leaves"))
    night = forked(registry)
    assert put(registry, draft("By night"), lane=night)[0].n == 2
    assert put(registry, draft("By day"), lane=LANE)[0].n == 2
    with registry.transaction() as session:
        told = [[row.n for row in history(session, lane, B1)] for lane in (LANE, night)]
        texts = [world(session, lane).items[B1].noun.document()["text"] for lane in (LANE, night)]
    assert told == [[2, 1], [2, 1]]
    assert texts == ["By day", "By night"]


def test_pins_and_locks_are_copied(registry: Registry) -> None:
    begun(registry)
    put(registry, draft(pin=True), draft("Ada rows", "b2"))
    with registry.transaction() as session:
        session.execute(text("UPDATE aiuteur.artifacts SET locked = true WHERE item = 'b2'"))
    night = forked(registry)
    with registry.transaction() as session:
        found = world(session, night).items
    assert (found[B1].pinned, found[Key("beats", "b2")].locked) == (True, True)
    with pytest.raises(Refused, match="locked"):
        put(registry, draft("Ada swims", "b2", pin=True), lane=night)


def test_a_fork_at_a_stage_has_nothing_of_the_later_ones_but_remembers_their_numbers(registry: Registry) -> None:
    begun(registry)
    put(registry, draft("Ada leaves"))
    put(registry, draft("Ada leaves again"))
    early = forked(registry, "early", "treatment")
    with registry.transaction() as session:
        assert set(world(session, early).items) == {Key("narrative"), Key("brief")}
        assert [row.n for row in history(session, early, B1)] == [2, 1]
    assert put(registry, draft("Nobody leaves"), lane=early)[0].n == 3
    with registry.transaction() as session:
        assert world(session, early).items[B1].n == 3
        assert world(session, LANE).items[B1].n == 2


@pytest.mark.parametrize(("stage", "last"), [("1", "brief"), ("narrative", "brief"), ("5", "bible"), ("film", "film")])
def test_a_stage_is_named_or_numbered(stage: str, last: str) -> None:
    kinds = branches.inherited(stage)
    assert kinds is not None
    assert kinds[-1] == last


def test_ids_minted_after_a_fork_never_meet(registry: Registry) -> None:
    begun(registry)
    with registry.transaction() as session:
        record(session, LANE, Outcome((draft(),), counters={"beats/beats": 3}))
    night = forked(registry)
    twice = forked(registry, "twice", lane=night)
    with registry.transaction() as session:
        found = [world(session, lane) for lane in (LANE, night, twice)]
    assert [each.counters["beats/beats"] for each in found] == [3, 3, 3]
    minted = [item for each in found for item in each.mint("beats/beats", 5)]
    assert len(set(minted)) == 15


def test_a_branch_of_a_branch_remembers_it_all(registry: Registry) -> None:
    begun(registry)
    put(registry, draft("one"))
    night = forked(registry)
    put(registry, draft("two"), lane=night)
    later = forked(registry, "later", lane=night)
    put(registry, draft("three"), lane=later)
    with registry.transaction() as session:
        assert [row.n for row in history(session, later, B1)] == [3, 2, 1]
        assert branches.line(session, later) == [lane_row(session, lane).branch_id for lane in (later, night, LANE)]


def test_both_lanes_tell_of_the_fork(registry: Registry) -> None:
    begun(registry)
    with registry.transaction() as session:
        done = perform(session, LANE, Fork(branch="night", message="What if it were dark?"))
    assert done.answer == {"lane": "ferry@night", "inherited": 2}
    with registry.transaction() as session:
        told = session.execute(select(Event.kind, Event.payload).order_by(Event.id).offset(1)).all()
    assert [(kind, payload["message"]) for kind, payload in told] == [
        ("begun", "What if it were dark?"), ("forked", "What if it were dark?"),
    ]


@pytest.mark.parametrize(
    ("name", "stage", "error", "says"),
    [
        ("Night!", "all", InvalidInput, "not a valid branch name"),
        ("night", "colour", InvalidInput, "no stage 'colour'.*treatment"),
        ("main", "all", Conflict, "ferry@main is there already"),
    ],
    ids=["bad-name", "no-such-stage", "taken"],
)
def test_a_fork_that_cannot_be_says_why(name: str, stage: str, error: type[Exception], says: str, registry: Registry) -> None:
    begun(registry)
    with pytest.raises(error, match=says):
        forked(registry, name, stage)


def test_an_archived_lane_can_be_read_and_not_changed(registry: Registry) -> None:
    night = forked(registry, lane=begun(registry))
    put(registry, draft("one"), lane=night)
    with registry.transaction() as session:
        assert branches.archive(session, night) is True
        assert branches.archive(session, night) is False
    with pytest.raises(Refused, match="`aiuteur restore ferry@night`"):
        put(registry, draft("two"), lane=night)
    with pytest.raises(Refused, match="begins no branches"):
        forked(registry, "later", lane=night)
    with pytest.raises(Conflict, match="archived: `aiuteur restore"):
        forked(registry, "night")
    with pytest.raises(Refused), registry.transaction() as session:
        perform(session, night, Reject(items=(str(B1),)))
    with registry.transaction() as session:
        assert world(session, night).items[B1].noun.document()["text"] == "one"
        assert branches.restore(session, night) is True
        assert branches.restore(session, night) is False
    assert put(registry, draft("two"), lane=night)[0].written


def test_a_lane_that_is_being_made_is_not_archived(registry: Registry) -> None:
    night = forked(registry, lane=begun(registry))
    with locks.live_run(registry, night), registry.transaction() as session, pytest.raises(Conflict, match="A run is making"):
        branches.archive(session, night)


def test_a_lane_nobody_has_is_neither_forked_nor_archived(registry: Registry) -> None:
    begun(registry)
    with pytest.raises(NotFound, match="has no branch nowhere"):
        forked(registry, lane=Lane("ferry", "nowhere"))
    with registry.transaction() as session, pytest.raises(NotFound):
        branches.archive(session, Lane("nobody"))


def test_the_selection_at_the_fork_is_remembered(registry: Registry) -> None:
    begun(registry)
    first = put(registry, draft("one"))[0]
    night = forked(registry)
    put(registry, draft("two"), lane=night)
    with registry.transaction() as session:
        of_night = Artifact.branch_id == lane_row(session, night).branch_id
        wanted = select(Artifact.forked_version_id).where(of_night, Artifact.item == "b1")
        assert session.execute(wanted).scalar_one() == first.version_id


def test_archive_and_restore_are_commands_and_say_where_they_are_refused(registry: Registry) -> None:
    night = forked(registry, lane=begun(registry))
    with registry.transaction() as session:
        perform(session, night, Archive(reason="done with it"))
    with pytest.raises(Refused, match="restore it first"), registry.transaction() as session:
        perform(session, night, Fork(branch="later"))
    with registry.transaction() as session:
        perform(session, night, Restore())
    with pytest.raises(Refused, match="not archived"), registry.transaction() as session:
        perform(session, night, Restore())
    with registry.transaction() as session:
        told = session.execute(select(Event.kind).where(Event.branch_id == lane_row(session, night).branch_id).order_by(Event.id))
        assert list(told.scalars()) == ["begun", "archived", "restored"]
