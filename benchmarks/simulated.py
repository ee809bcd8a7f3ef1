"""A world for the coordinator: the ledger's rules in a dictionary, a provider that fails and keeps a bill, workers that die.

Belongs here: one worker's bookings and deeds, with chance from a seed and no wait. Does not belong here: the coordinator
(`aiuteur.models.coordinator`), which is run as it is, or what a history has to hold to (`simulation`).
"""

import itertools
import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from aiuteur.models.coordinator import step
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
from aiuteur.registry.states import OPEN, STEPS, UNREPEATABLE, State

POLICY: Final = Policy(look_every=1.0, deadline=400.0, keep_for=5.0, longest_wait=8.0)
GRACE: Final = 20.0
LATE: Final = 10.0
"""The longest delay with which this provider registers a call: shorter than the grace, or nothing can be promised."""

LEASE: Final = 20.0


@dataclass(slots=True)
class Row:
    """One row of the ledger."""

    id: int
    key: str
    state: State
    worker: int
    lease: float
    sent: float = 0.0
    operation: str | None = None
    cost: Decimal | None = None
    reserved: Decimal | None = None
    suspected: bool = False
    lost: bool = False


@dataclass(slots=True)
class Job:
    """A call that the provider took: for which intent, from when it is known, when it is done, and how it ends."""

    intent: int
    key: str
    known: float
    done: float
    good: bool


@dataclass(slots=True)
class Kind:
    """What sort of call it is."""

    long: bool
    free: bool
    price: Decimal | None
    grace: float | None


@dataclass(slots=True)
class History:
    """One world: the ledger, the provider's jobs and its bill, and everything that went wrong with the rules."""

    chance: random.Random
    faults: float
    now: float = 0.0
    rows: dict[int, Row] = field(default_factory=dict[int, Row])
    jobs: dict[str, Job] = field(default_factory=dict[str, Job])
    bill: Counter[str] = field(default_factory=Counter[str])
    charged: dict[int, Decimal] = field(default_factory=dict[int, Decimal])
    kinds: dict[str, Kind] = field(default_factory=dict[str, Kind])
    wrong: list[str] = field(default_factory=list[str])
    answers: Counter[str] = field(default_factory=Counter[str])
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    deaths: int = 0

    def faulty(self) -> bool:
        """Whether something goes wrong now."""
        return self.chance.random() < self.faults

    def holder(self, key: str) -> Row | None:
        """The row that bears a key."""
        return next((row for row in self.rows.values() if row.key == key and row.state in UNREPEATABLE), None)

    def put(self, key: str, worker: int) -> Row:
        """A new intent; two rows with one key are a broken rule."""
        if self.holder(key) is not None:
            self.wrong.append(f"two live rows for {key}")
        row = Row(next(self.ids), key, State.CREATED, worker, self.now + LEASE, reserved=self.kinds[key].price)
        self.rows[row.id] = row
        return row

    def advance(self, row: Row, book: Booking) -> bool:
        """Book a step; False where the ledger refuses it because somebody else took one meanwhile."""
        if book.state not in STEPS[row.state]:
            return False
        if book.state is State.AMBIGUOUS and row.operation is None and row.state is not State.SUBMITTING:
            self.wrong.append(f"{row.key} was {row.state} without an operation and became ambiguous")
        row.state, row.suspected = book.state, book.suspected
        row.operation = book.operation or row.operation
        if book.cost is not None:
            row.cost = book.cost
        row.lost = row.lost or book.state is State.AMBIGUOUS or book.suspected
        return True


@dataclass(slots=True)
class Worker:
    """Somebody who brings one call to its end: alive until it dies, stalled at times."""

    id: int
    history: History
    row: Row
    move: Move

    def turn(self) -> float | None:
        """One booking and one deed; the seconds until the next, None where it has ended or died."""
        history, move = self.history, self.move
        self.row.lease = history.now + LEASE
        if move.book is not None and not self._booked(move.book):
            return None
        if self._dies():
            return None
        if move.do in {Do.GIVE, Do.RAISE}:
            self.row.lease = history.now
            return None
        event = self._done(move)
        if self._dies():
            return None
        if event == Kept() and not self._settled(move.call):
            return None
        self.move = step(move.call, event, POLICY, history.now)
        stalled = history.chance.uniform(0, 3 * LEASE) if history.faulty() and history.faulty() else 0.0
        return max(self.move.after, 0.01) + stalled

    def _dies(self) -> bool:
        dead = self.history.chance.random() < self.history.faults / 4
        self.history.deaths += dead
        return dead

    def _booked(self, book: Booking) -> bool:
        if not self.history.advance(self.row, book):
            return False
        if book.again:
            self.row = self.history.put(self.row.key, self.id)
        return True

    def _settled(self, call: Call) -> bool:
        """The answer is booked, with what it cost; or somebody else gave the call up, and then only its cost is."""
        cost = self.history.charged.get(self.row.id, Decimal(0))
        if self.history.advance(self.row, Booking(State.COMPLETED, cost=cost, operation=call.operation)):
            return True
        if self.row.state not in OPEN and self.row.cost is None:
            self.row.cost, self.row.suspected = cost, False
        return False

    def _done(self, move: Move) -> Event:
        deeds = {
            Do.TURN: self._turn, Do.SEND: self._send, Do.POLL: self._poll, Do.LOOK: self._look, Do.KEEP: self._keep,
            Do.STOP: self._stop,
        }
        return deeds[move.do](move.call)

    def _turn(self, call: Call) -> Event:
        del call
        if self.history.faulty():
            return Full(0.5)
        if not self.history.advance(self.row, Booking(State.SUBMITTING)):
            return Failed(Trouble.STOPPED, "it was given up by somebody else")
        self.row.sent = self.history.now
        return Granted()

    def _send(self, call: Call) -> Event:
        """The provider may take it and charge, and its answer may be lost all the same."""
        history, kind = self.history, self.history.kinds[self.row.key]
        if history.now - self.row.sent > LEASE / 2:
            return Failed(Trouble.UNREACHED if kind.free else Trouble.UNCERTAIN, "held up")
        why = history.chance.random()
        if history.faulty() and why < 0.4:
            trouble = history.chance.choice([Trouble.LIMITED, Trouble.UNREACHED, Trouble.REFUSED])
            return Failed(trouble, trouble.value, after=1.0 if trouble is Trouble.LIMITED else None)
        operation = self._taken(kind)
        if history.faulty():
            return Failed(Trouble.UNCERTAIN, "the line was cut")
        return Taken(operation) if call.long else Answered()

    def _taken(self, kind: Kind) -> str:
        """The provider takes the call: it is on the bill from here on."""
        history, row = self.history, self.row
        late = history.chance.uniform(0, LATE) if history.faulty() else 0.0
        operation = f"op{row.id}-{history.bill[row.key]}"
        done = history.now + late + history.chance.uniform(0.1, 60)
        history.jobs[operation] = Job(row.id, row.key, history.now + late, done, not history.faulty())
        history.bill[row.key] += 0 if kind.free else 1
        if not kind.free:
            history.charged[row.id] = history.charged.get(row.id, Decimal(0)) + (kind.price or Decimal(1))
        return operation

    def _poll(self, call: Call) -> Event:
        history = self.history
        if history.faulty():
            return Failed(history.chance.choice([Trouble.UNREACHED, Trouble.LIMITED, Trouble.UNCERTAIN]), "asked in vain")
        job = history.jobs[str(call.operation)]
        if history.now < job.done:
            return Waiting()
        if job.good:
            return Answered()
        return Over("it failed", cost=history.charged.get(job.intent, Decimal(0)))

    def _look(self, call: Call) -> Event:
        del call
        history = self.history
        if history.faulty():
            return Failed(Trouble.UNREACHED, "looked in vain")
        found = [name for name, job in history.jobs.items() if job.intent == self.row.id and job.known <= history.now]
        return Taken(found[0]) if found else Missing()

    def _keep(self, call: Call) -> Event:
        cost = self.history.charged.get(self.row.id, Decimal(0))
        if self.history.faulty():
            why = self.history.chance.choice([Trouble.UNKEPT, Trouble.WASTED])
            return Failed(why, "the disk is full" if why is Trouble.UNKEPT else "half a film", cost=cost)
        if call.state is State.COMPLETED:
            self.history.wrong.append(f"{call.key} was kept twice")
        return Kept()

    def _stop(self, call: Call) -> Event:
        del call
        return StopHeard(stopped=self.history.chance.random() < 0.5)
