"""The coordinator: what is done next with a call, as a pure state machine. Events in, a booking and one deed out.

Belongs here: the submit protocol, from intent to settlement, under every failure. Does not belong here: doing any of it
(`aiuteur.models.purchase`), counting seconds, or how patient to be (`policy`).

The order is the protocol: a move's booking is committed before its deed is done, so that at every moment the ledger knows at
least as much as the provider. `benchmarks.simulation` runs this module, and no copy of it, against providers that fail.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from aiuteur.models.moves import (
    Answered,
    Booking,
    Call,
    Do,
    Event,
    Failed,
    Full,
    Granted,
    Kept,
    Missing,
    Move,
    Over,
    StopHeard,
    Taken,
    Waiting,
)
from aiuteur.models.policy import Policy, Trouble
from aiuteur.registry.states import State

_NOTHING: Final = Decimal(0)


def begin(call: Call, policy: Policy, now: float) -> Move:
    """The first move of whoever takes a call up, fresh or as a dead worker left it."""
    match call.state:
        case State.COMPLETED:
            return Move(call, Do.GIVE)
        case State.SUBMITTED | State.RUNNING:
            return Move(call, Do.POLL)
        case State.SUBMITTING:  # booked by this worker a moment ago, with its intent
            return Move(call, Do.SEND)
        case State.AMBIGUOUS:
            return Move(call, Do.POLL) if call.operation else _lost(call, policy, now, "its worker was lost", booked=True)
        case _:
            return Move(call, Do.TURN)


def step(call: Call, event: Event, policy: Policy, now: float) -> Move:  # noqa: C901, PLR0911 - one arm for each event
    """What follows from an event; `now` is in the seconds of `call.sent`."""
    match event:
        case Granted():
            return Move(replace(call, state=State.SUBMITTING, sent=now), Do.SEND)
        case Full(after):
            return _queue(call, policy, after)
        case Answered():
            return Move(replace(call, troubled=None), Do.KEEP)
        case Taken(operation):
            taken = replace(call, state=State.SUBMITTED, operation=operation, troubled=None, failed=0)
            return Move(taken, Do.POLL, policy.first_poll, Booking(State.SUBMITTED, operation=operation))
        case Waiting(after):
            return _wait(call, policy, now, after)
        case Over(reason, refused, cost):
            end = State.REFUSED if refused else State.FAILED
            return _give_up(call, end, Trouble.REFUSED if refused else Trouble.WASTED, reason, cost)
        case Missing():
            return _missing(call, policy, now)
        case Kept():
            return Move(replace(call, state=State.COMPLETED), Do.GIVE)
        case StopHeard(stopped):
            return _halted(call, stopped=stopped)
        case Failed():
            return _failed(call, event, policy, now)


def _queue(call: Call, policy: Policy, after: float) -> Move:
    if after > policy.patience(spare=call.spare):
        return _give_up(call, State.CANCELLED, Trouble.LIMITED, f"its turn comes in {after:.0f} s", _NOTHING)
    return Move(replace(call, state=State.CREATED), Do.TURN, after)  # one that missed its moment was not sent


def _wait(call: Call, policy: Policy, now: float, told: float | None) -> Move:
    if now - call.sent > policy.deadline:
        reason = f"the operation {call.operation} has not ended after {now - call.sent:.0f} s"
        return _hold(call, Trouble.UNCERTAIN, reason)
    running = replace(call, state=State.RUNNING, troubled=None, gone=0, failed=0)
    book = Booking(State.RUNNING) if call.state in {State.SUBMITTED, State.AMBIGUOUS} else None
    return Move(running, Do.POLL, policy.poll_after(now - call.sent, told), book)


def _missing(call: Call, policy: Policy, now: float) -> Move:
    """Nothing turned up: look again within the grace period; after it the call never arrived, and is sent anew."""
    left = (call.grace or 0.0) - (now - call.sent)
    if left > 0:
        return Move(replace(call, failed=0), Do.LOOK, min(policy.look_every, left))
    if not call.sure:
        return _lost(replace(call, grace=None), policy, now, "nobody told what became of it", booked=True)
    if call.tries + 1 >= policy.tries:
        return _give_up(call, State.FAILED, Trouble.UNREACHED, "it never reached the provider, time and again", _NOTHING)
    return _again(replace(call, tries=call.tries + 1), "it never reached the provider", 0.0)


def _failed(call: Call, event: Failed, policy: Policy, now: float) -> Move:
    if event.why is Trouble.STOPPED:
        return _stopped(call, event)
    if call.state is State.CREATED:
        return _give_up(call, State.CANCELLED, event.why, event.reason, _NOTHING)
    if call.state is State.SUBMITTING:
        return _unsent(call, event, policy, now)
    if call.state is State.AMBIGUOUS and call.operation is None:
        return _unseen(call, event, policy)
    return _unpolled(call, event, policy, now)


def _unsent(call: Call, event: Failed, policy: Policy, now: float) -> Move:
    """The sending failed, or what it answered is no good."""
    match event.why:
        case Trouble.REFUSED:
            return _give_up(call, State.REFUSED, event.why, event.reason, event.cost or _NOTHING)
        case Trouble.WASTED:
            return _give_up(call, State.FAILED, event.why, event.reason, event.cost)
        case Trouble.UNKEPT:
            return _unkept(call, event, policy, now)
        case Trouble.LIMITED | Trouble.UNREACHED:
            wait = event.after if event.after is not None else policy.wait(call.key, call.tries)
            tried = call.tries + 1 >= (policy.spared_tries if call.spare else policy.tries)
            if tried or wait > policy.patience(spare=call.spare):
                return replace(_give_up(call, State.FAILED, event.why, event.reason, _NOTHING), cool=wait)
            return _again(replace(call, tries=call.tries + 1), event.reason, wait, cool=wait)
        case _:
            return _lost(call, policy, now, event.reason, booked=False)


def _lost(call: Call, policy: Policy, now: float, reason: str, *, booked: bool) -> Move:
    """A call that may have been taken: made again where it is free, looked for where it can be, else sent again only if cheap."""
    if call.free:
        return _again(call, reason, 0.0)
    if call.long and call.grace is not None:
        book = None if booked else Booking(State.AMBIGUOUS, reason)
        first = 0.0 if booked else min(policy.look_every, call.grace)
        return Move(replace(call, state=State.AMBIGUOUS, troubled=now), Do.LOOK, first, book)
    if call.price is not None and call.price <= policy.resend_under and call.resends < policy.resends:
        return _again(replace(call, resends=call.resends + 1), reason, policy.wait(call.key, call.resends), suspected=True)
    if booked:
        return Move(call, Do.RAISE, why=Trouble.UNCERTAIN, reason=reason)
    return _hold(call, Trouble.UNCERTAIN, reason)


def _unseen(call: Call, event: Failed, policy: Policy) -> Move:
    """Looking failed, which says nothing about the call."""
    if call.failed + 1 >= policy.looks_failed or event.why is Trouble.REFUSED:
        return Move(call, Do.RAISE, why=Trouble.UNCERTAIN, reason=event.reason)
    wait = event.after if event.after is not None else policy.wait(call.key, call.failed)
    return Move(replace(call, failed=call.failed + 1), Do.LOOK, wait)


def _unpolled(call: Call, event: Failed, policy: Policy, now: float) -> Move:
    """Asking after an operation, or fetching what it made, failed: it is asked again, for that costs nothing."""
    wait = event.after if event.after is not None else policy.wait(call.key, call.failed)
    match event.why:
        case Trouble.REFUSED:  # a wrong key, say: the work goes on, and is paid for; whoever mends that takes it up
            return _leave(call, Trouble.UNCERTAIN, event.reason)
        case Trouble.UNKEPT:
            return _unkept(call, event, policy, now)
        case Trouble.WASTED if call.fetched < policy.refetches:
            return Move(replace(call, fetched=call.fetched + 1), Do.POLL, wait)
        case Trouble.WASTED:
            return _give_up(call, State.FAILED, event.why, event.reason, event.cost)
        case Trouble.GONE if call.gone + 1 >= policy.gone_polls:
            return _hold(call, Trouble.UNCERTAIN, event.reason)
        case Trouble.GONE:
            return Move(replace(call, gone=call.gone + 1), Do.POLL, wait)
        case _ if now - call.sent > policy.deadline:
            return _hold(call, Trouble.UNCERTAIN, event.reason)
        case _:
            return Move(replace(call, failed=call.failed + 1), Do.POLL, wait)


def _unkept(call: Call, event: Failed, policy: Policy, now: float) -> Move:
    """The store takes nothing: what is in hand is tried again for a while; what the provider still has is left there."""
    since = now if call.troubled is None else call.troubled
    troubled = replace(call, troubled=since, failed=call.failed + 1)
    if now - since < policy.keep_for:
        return Move(troubled, Do.KEEP, policy.wait(call.key, call.failed))
    if call.operation is not None:
        return _leave(call, event.why, event.reason)
    if call.free:
        return _give_up(call, State.FAILED, event.why, event.reason, _NOTHING)
    return _hold(call, event.why, event.reason, event.cost)


def _halted(call: Call, *, stopped: bool) -> Move:
    """The provider stopped, and may have charged for what it did until then; or it goes on, to be taken up by whoever comes."""
    reason = "the run was ended"
    if stopped:
        return _give_up(call, State.CANCELLED, Trouble.STOPPED, reason, None)
    return _leave(call, Trouble.STOPPED, reason)


def _stopped(call: Call, event: Failed) -> Move:
    """The run was ended: what was never sent is cancelled, an operation is stopped if it can be, the rest may be paid for."""
    if call.operation is not None and call.state is not State.COMPLETED:
        return Move(call, Do.STOP)
    if call.state is State.CREATED or (call.free and call.state is State.SUBMITTING):
        return _give_up(call, State.CANCELLED, event.why, event.reason, _NOTHING)
    return _hold(call, event.why, event.reason) if call.state is State.SUBMITTING else _leave(call, event.why, event.reason)


def _again(call: Call, reason: str, wait: float, *, suspected: bool = False, cool: float | None = None) -> Move:
    """End this sending and take a new turn for the same key."""
    book = Booking(State.FAILED, reason, cost=None if suspected else _NOTHING, suspected=suspected, again=True)
    fresh = replace(call, state=State.CREATED, operation=None, troubled=None, failed=0, gone=0)
    return Move(fresh, Do.TURN, wait, book, cool=cool)


def _hold(call: Call, why: Trouble, reason: str, cost: Decimal | None = None) -> Move:
    """It waits for a person, its reservation with it; `cost` where it is known to have been charged."""
    book = None if call.state is State.AMBIGUOUS else Booking(State.AMBIGUOUS, reason, cost=cost)
    return Move(replace(call, state=State.AMBIGUOUS), Do.RAISE, book=book, why=why, reason=reason)


def _leave(call: Call, why: Trouble, reason: str) -> Move:
    """Leave it as the ledger has it: whoever comes next takes it up."""
    return Move(call, Do.RAISE, why=why, reason=reason)


def _give_up(call: Call, end: State, why: Trouble, reason: str, cost: Decimal | None) -> Move:
    """It ends with nothing; where nobody says what it cost, it may have been charged, and its reservation stays."""
    cost = _NOTHING if cost is None and call.free else cost
    book = Booking(end, reason, cost=cost, suspected=cost is None)
    return Move(replace(call, state=end), Do.RAISE, book=book, why=why, reason=reason)
