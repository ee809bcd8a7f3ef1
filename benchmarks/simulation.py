"""Histories of the coordinator, one for each seed, and what each has to hold to.

Belongs here: who asks for what and when, what becomes of the calls of the dead, the invariants. Does not belong here: the world
it happens in (`simulated`).

One seed is one history: several calls by several workers, each of which may die or stall between any booking and any deed.
Whoever lives takes up what is left, as `aiuteur.registry.leases` has it. At the end all is held against the provider's bill.
"""

import heapq
import random
from collections import Counter
from decimal import Decimal
from typing import Final

from aiuteur.models.coordinator import begin
from aiuteur.models.moves import Booking, Call
from aiuteur.registry.states import OPEN, State
from benchmarks.simulated import GRACE, LEASE, POLICY, History, Kind, Row, Worker

_UNTIL: Final = 4000.0
_RUNS: Final = 40
"""How often a lane is run again for what is not answered."""


def simulate(seed: int, calls: int = 6, faults: float | None = None, grace: float = GRACE) -> History:
    """One history by a seed: every call is asked for until it is answered, refused or waits for a person, whoever dies.

    `grace` is how long a lost call is looked for: what is shorter than the provider's delay breaks the promise.
    """
    chance = random.Random(seed)  # noqa: S311 - histories to be told again, not secrets
    history = History(chance, chance.uniform(0.0, 0.5) if faults is None else faults)
    due: list[tuple[float, int, Worker | str]] = []
    for number in range(calls):
        key = f"k{number}"
        history.kinds[key] = _kind(chance, grace)
        for _ in range(chance.choice([1, 1, 2])):  # some are asked for by two at once
            heapq.heappush(due, (chance.uniform(0, 5), next(history.ids), key))
    rounds: Counter[str] = Counter()
    while due and due[0][0] < _UNTIL:
        history.now, _, who = heapq.heappop(due)
        worker = who if isinstance(who, Worker) else _asks(history, who)
        if worker is None:
            continue
        after = worker.turn()
        if after is not None:
            heapq.heappush(due, (history.now + after, next(history.ids), worker))
        elif _wanted(history, worker.row.key) and rounds[worker.row.key] < _RUNS:
            rounds[worker.row.key] += 1
            heapq.heappush(due, (history.now + LEASE + 1, next(history.ids), worker.row.key))
    _held_against_the_bill(history)
    return history


def _kind(chance: random.Random, grace: float) -> Kind:
    long = chance.random() < 0.6
    free = chance.random() < 0.1
    price = chance.choice([None, Decimal("0.02"), Decimal("0.70")])
    return Kind(long, free, Decimal(0) if free else price, grace if long and chance.random() < 0.7 else None)


def _wanted(history: History, key: str) -> bool:
    row = history.holder(key)
    of_key = [row for row in history.rows.values() if row.key == key and row.state not in OPEN]
    spent = any(row.cost or (row.suspected and not row.lost) for row in of_key)
    return not spent and (row is None or row.state is not State.COMPLETED)


def _asks(history: History, key: str) -> Worker | None:
    """Somebody asks for a key: a new intent, or what a dead worker left; None where it is answered, held or spent."""
    row, kind, worker = history.holder(key), history.kinds[key], next(history.ids)
    if not _wanted(history, key) or (row is not None and row.lease >= history.now):
        return None
    resends = sum(one.suspected and one.lost for one in history.rows.values() if one.key == key)
    if row is not None and row.state in {State.CREATED, State.SUBMITTING}:
        _lose(history, row, kind)
        row = history.holder(key)
    if row is None:
        row = history.put(key, worker)
    row.worker, row.lease = worker, history.now + LEASE
    if row.cost:
        resends = POLICY.resends
    call = Call(
        key, row.state, kind.long, kind.free, kind.price, kind.grace, operation=row.operation, sent=row.sent, resends=resends,
    )
    return Worker(worker, history, row, begin(call, POLICY, history.now))


def _lose(history: History, row: Row, kind: Kind) -> None:
    free = kind.free or row.state is State.CREATED
    history.advance(row, Booking(State.CANCELLED, cost=Decimal(0)) if free else Booking(State.AMBIGUOUS, "its worker died"))


def _held_against_the_bill(history: History) -> None:
    """The invariants: what was charged is booked or still reserved, nothing was bought twice unseen, and everything has ended."""
    for key, kind in history.kinds.items():
        rows = [row for row in history.rows.values() if row.key == key]
        suspected = sum(row.suspected for row in rows)
        wasted = sum(1 for row in rows if row.state in {State.FAILED, State.REFUSED} and row.cost)
        if history.bill[key] > 1 + suspected + wasted:
            history.wrong.append(f"{key} was charged {history.bill[key]} times, {suspected} of them suspected, {wasted} in vain")
        dear = kind.price is None or kind.price > POLICY.resend_under
        if dear and any(row.lost and row.suspected for row in rows):
            history.wrong.append(f"{key} was sent again unseen at {kind.price}")
        if sum(row.state is State.COMPLETED for row in rows) > 1:
            history.wrong.append(f"{key} was completed twice")
    for row in history.rows.values():
        charged = history.charged.get(row.id, Decimal(0))
        if row.state is State.COMPLETED and row.cost != charged:
            history.wrong.append(f"{row.key} cost {charged} and is booked at {row.cost}")
        open_ = row.state in OPEN or row.suspected
        if charged and not open_ and row.cost != charged:
            history.wrong.append(f"{row.key} was charged {charged}, is {row.state} at {row.cost} and reserves nothing")
