"""The coordinator: the submit protocol as a pure machine, tried on histories of failing providers and dying workers."""

import os
from decimal import Decimal

import pytest

from aiuteur.models.coordinator import begin, step
from aiuteur.models.moves import Answered, Call, Do, Failed, Granted, Kept, Missing, Taken, Waiting
from aiuteur.models.policy import Policy, Trouble
from aiuteur.registry.states import State
from benchmarks.simulation import simulate

POLICY = Policy()
SEEDS = int(os.environ.get("AIUTEUR_SEEDS", "500"))


def test_every_history_holds_to_its_bill() -> None:
    broken = {seed: history.wrong for seed in range(SEEDS) if (history := simulate(seed)).wrong}
    assert not broken, f"seeds whose history breaks a rule: {broken}"


def test_a_grace_that_is_too_short_is_found_out() -> None:
    assert any(simulate(seed, grace=2.0).wrong for seed in range(120))


def test_histories_hold_deaths_answers_and_calls_that_wait_for_people() -> None:
    histories = [simulate(seed) for seed in range(40)]
    states = {row.state for history in histories for row in history.rows.values()}
    assert states >= {State.COMPLETED, State.FAILED, State.REFUSED, State.CANCELLED, State.AMBIGUOUS}
    assert sum(history.deaths for history in histories) > 100


def test_a_history_is_told_the_same_twice() -> None:
    assert [row.state for row in simulate(7).rows.values()] == [row.state for row in simulate(7).rows.values()]


def test_a_call_goes_from_intent_to_answer() -> None:
    call = Call("k", long=True, price=Decimal(1), grace=60)
    move = begin(call, POLICY, 0)
    told = []
    for event in (Granted(), Taken("op"), Waiting(), Answered(), Kept()):
        told.append(move.do)
        move = step(move.call, event, POLICY, 1)
    assert [*told, move.do] == [Do.TURN, Do.SEND, Do.POLL, Do.POLL, Do.KEEP, Do.GIVE]
    assert move.call.state is State.COMPLETED


@pytest.mark.parametrize(("call", "expected"), [
    (Call("k", State.SUBMITTING, long=True, price=Decimal(9), grace=60), (Do.LOOK, State.AMBIGUOUS)),
    (Call("k", State.SUBMITTING, price=Decimal("0.01")), (Do.TURN, State.FAILED)),
    (Call("k", State.SUBMITTING, price=Decimal("0.01"), resends=1), (Do.RAISE, State.AMBIGUOUS)),
    (Call("k", State.SUBMITTING, price=Decimal(1)), (Do.RAISE, State.AMBIGUOUS)),
    (Call("k", State.SUBMITTING), (Do.RAISE, State.AMBIGUOUS)),
    (Call("k", State.SUBMITTING, free=True, price=Decimal(0)), (Do.TURN, State.FAILED)),
], ids=["looked for", "cheap: again", "cheap, once only", "dear: a person", "price unknown: a person", "free: again"])
def test_a_lost_answer(call: Call, expected: tuple[Do, State]) -> None:
    move = step(call, Failed(Trouble.UNCERTAIN, "the line was cut"), POLICY, 1)
    assert move.book is not None
    assert (move.do, move.book.state) == expected


def test_a_call_that_nobody_finds_is_sent_again_only_after_the_grace() -> None:
    call = Call("k", State.AMBIGUOUS, long=True, price=Decimal(9), grace=60, sent=0)
    within, after = step(call, Missing(), POLICY, 59), step(call, Missing(), POLICY, 61)
    assert (within.do, within.book) == (Do.LOOK, None)
    assert (after.do, after.book is not None and after.book.again) == (Do.TURN, True)


def test_silence_of_a_webhook_proves_nothing() -> None:
    call = Call("k", State.AMBIGUOUS, long=True, price=Decimal(9), grace=60, sure=False)
    assert step(call, Missing(), POLICY, 61).do is Do.RAISE


def test_waits_are_decided_by_the_request() -> None:
    assert POLICY.wait("a", 3) == POLICY.wait("a", 3) != POLICY.wait("b", 3)
    assert all(POLICY.wait("a", times) <= POLICY.longest_wait for times in range(40))


@pytest.mark.parametrize(("state", "operation", "do"), [
    (State.CREATED, None, Do.RAISE), (State.SUBMITTING, None, Do.RAISE), (State.RUNNING, "op", Do.STOP),
], ids=["not sent: cancelled", "sending: may be paid", "running: stopped there"])
def test_a_run_that_is_ended_books_what_becomes_of_its_calls(state: State, operation: str | None, do: Do) -> None:
    call = Call("k", state, long=True, price=Decimal(1), operation=operation)
    move = step(call, Failed(Trouble.STOPPED, "the run was ended"), POLICY, 1)
    assert move.do is do
    ends = {State.CREATED: State.CANCELLED, State.SUBMITTING: State.AMBIGUOUS}
    assert (move.book.state if move.book else None) == ends.get(state)
