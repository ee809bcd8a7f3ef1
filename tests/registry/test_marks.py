"""Which lanes are due, and what is kept of each: on a real database."""

from collections.abc import Generator

import pytest
from sqlalchemy import event, text

from aiuteur.film.watch import Mark
from aiuteur.lane import Lane
from aiuteur.registry import branches, interrupts, marks
from aiuteur.registry.database import Registry
from tests.databases import administrator
from tests.registry.builders import begun, draft, put

ANN, BOB = Lane("ann"), Lane("bob")


@pytest.fixture
def service(registry: Registry, database_url: str) -> Generator[Registry]:
    """What sensors work as: it sees everybody's lanes."""
    for lane in (ANN, BOB):
        begun(registry, lane)
    opened = Registry.connect(database_url, None, "service")
    yield opened
    opened.close()


def due(service: Registry, most: int = 10, after: Lane | None = None) -> list[str]:
    with service.transaction() as session:
        return [str(one.lane) for one in marks.due(session, most, after)]


def stand(service: Registry, lane: Lane, *, empty: bool, revision: int | None = None) -> None:
    with service.transaction() as session:
        now = next((one.revision for one in marks.due(session, 10) if one.lane == lane), 1)
        marks.mark(session, Mark(lane, revision or now, empty, "p1", 2, 1))


def set_policy(database_url: str, lane: Lane, policy: str) -> None:
    with administrator(database_url) as connection:
        connection.execute("UPDATE aiuteur.projects SET settings = %s WHERE name = %s", [policy, lane.project])


def command(service: Registry, lane: Lane, kind: str = "edit") -> None:
    with service.transaction() as session:
        session.execute(text("""
            INSERT INTO aiuteur.commands (owner_id, lane, branch_id, key, kind, payload, state, done_at)
            SELECT b.owner_id, :lane, b.id, gen_random_uuid()::text, :kind, '{}', 'done', now()
            FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id WHERE p.name = :project AND b.name = :branch
        """), {"lane": str(lane), "project": lane.project, "branch": lane.branch, "kind": kind})


def test_a_lane_is_due_until_its_plan_is_empty_and_again_when_it_moves(registry: Registry, service: Registry) -> None:
    assert due(service) == ["ann@main", "bob@main"]
    stand(service, ANN, empty=True)
    assert due(service) == ["bob@main"]
    stand(service, BOB, empty=False)
    assert due(service) == ["bob@main"]
    put(registry, draft(), lane=ANN)
    assert due(service) == ["ann@main", "bob@main"]


def test_lanes_that_moved_come_before_those_that_wait_and_each_in_turn(registry: Registry, service: Registry) -> None:
    stand(service, ANN, empty=False)
    assert due(service) == ["bob@main", "ann@main"]
    with registry.transaction() as session:
        for branch in ("b1", "b2", "b3"):
            branches.fork(session, BOB, branch)
    assert due(service, after=Lane("bob", "b2")) == ["bob@b3", "bob@main", "bob@b1", "bob@b2", "ann@main"]
    assert due(service, most=2) == ["bob@b1", "bob@b2", "ann@main"]


def test_a_project_that_is_off_and_a_branch_that_is_archived_are_never_due(service: Registry, database_url: str) -> None:
    set_policy(database_url, ANN, '{"auto": "off"}')
    with administrator(database_url) as connection:
        connection.execute("UPDATE aiuteur.branches SET archived_at = now()")
        assert due(service) == []
        connection.execute("UPDATE aiuteur.branches SET archived_at = NULL")
    assert due(service) == ["bob@main"]


def test_the_policy_comes_with_the_lane_and_has_defaults(service: Registry, database_url: str) -> None:
    set_policy(database_url, BOB, '{"auto": "within_budget", "max_failures": 5, "webhook": "https://example.org"}')
    with service.transaction() as session:
        ann, bob = (one.policy for one in marks.due(session, 10))
        assert (ann.auto, ann.max_failures, ann.webhook) == ("free", 3, None)
        assert (bob.auto, bob.max_failures, bob.webhook) == ("within_budget", 5, "https://example.org")
        assert marks.policy(session, "bob") == bob


def test_what_a_person_did_last_is_told_on_the_lane_or_its_project(registry: Registry, service: Registry) -> None:
    with registry.transaction() as session:
        branches.fork(session, ANN, "dark")
    command(service, ANN)
    with service.transaction() as session:
        assert [one.changed_at is not None for one in marks.due(session, 10)] == [False, True, False]
    command(service, ANN, "set_policy")
    with service.transaction() as session:
        assert [one.changed_at is not None for one in marks.due(session, 10)] == [True, True, False]


def test_a_critical_failure_holds_its_lane_until_it_is_resolved(service: Registry) -> None:
    with service.transaction() as session:
        interrupts.interrupt(session, ANN, "failure", "A provider said no.", "Resume.", fingerprint="p1")
        interrupts.interrupt(session, BOB, "failure", "A picture is damaged.", "Resume.", fingerprint=interrupts.CRITICAL)
        assert [one.held for one in marks.due(session, 10)] == [None, "A picture is damaged."]
        assert interrupts.resolve(session, BOB, {"action": "retry"}) == 1
        assert [one.held for one in marks.due(session, 10)] == [None, None]
        assert [(one.lane, one.reason) for one in interrupts.waiting(session)] == [(ANN, "A provider said no.")]
        assert interrupts.waiting(session, BOB) == []


def test_the_same_interrupt_is_open_once(service: Registry) -> None:
    with service.transaction() as session:
        opened = [interrupts.interrupt(session, ANN, "approval", "It costs.", "Approve.", fingerprint="p1") for _ in range(2)]
        assert opened == [True, False]
        interrupts.resolve(session, ANN, {}, kind="failure")
        assert len(interrupts.waiting(session, ANN)) == 1
        interrupts.resolve(session, ANN, {}, kind="approval")
        assert interrupts.interrupt(session, ANN, "approval", "It costs.", "Approve.", fingerprint="p1")


def test_a_lane_that_was_missed_is_due_again(service: Registry) -> None:
    for lane in (ANN, BOB):
        stand(service, lane, empty=True)
    with service.transaction() as session:
        assert [one.lane for one in marks.resting(session, 10)] == [ANN, BOB]
        assert [one.lane for one in marks.resting(session, 10, after=ANN)] == [BOB]
        marks.forget(session, BOB)
        assert [one.lane for one in marks.due(session, 10)] == [BOB]


def test_a_lane_is_unreported_when_it_has_moved_since(registry: Registry, service: Registry) -> None:
    with service.transaction() as session:
        (ann, bob) = marks.unreported(session, 10)
        assert (ann.reported, bob.lane) == ({}, BOB)
        marks.reported(session, ANN, ann.revision, {"script": "v1"})
        assert [one.lane for one in marks.unreported(session, 10)] == [BOB]
    put(registry, draft(), lane=ANN)
    with service.transaction() as session:
        assert marks.unreported(session, 10)[0].reported == {"script": "v1"}


def test_reporting_and_planning_leave_each_other_alone(service: Registry) -> None:
    stand(service, ANN, empty=True)
    with service.transaction() as session:
        marks.reported(session, ANN, 1, {"script": "v1"})
    assert due(service) == ["bob@main"]


def test_the_lanes_of_a_tick_are_found_by_one_statement(service: Registry) -> None:
    asked: list[str] = []
    event.listen(service.engine, "before_cursor_execute", lambda *call: asked.append(str(call[2])))
    due(service)
    assert len(asked) == 1


def test_a_person_without_rights_sees_no_marks(service: Registry, database_url: str) -> None:
    stand(service, ANN, empty=True)
    stranger = Registry.connect(database_url)
    with stranger.transaction() as session:
        assert marks.due(session, 10) == []
    stranger.close()
