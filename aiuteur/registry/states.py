"""The states of a generation and the steps allowed between them: one table, used by the ledger, the schema and the tests.

Belongs here: what may follow what. Does not belong here: who takes the step (`aiuteur.registry.ledger`).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from aiuteur.errors import Conflict


class State(StrEnum):
    """Where a generation stands, from intent to settlement."""

    CREATED = "CREATED"
    SUBMITTING = "SUBMITTING"
    SUBMITTED = "SUBMITTED"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"
    AMBIGUOUS = "AMBIGUOUS"


_ENDS: Final = frozenset({State.COMPLETED, State.FAILED, State.REFUSED, State.CANCELLED})

STEPS: Final[Mapping[State, frozenset[State]]] = MappingProxyType({
    State.CREATED: frozenset({State.SUBMITTING, State.CANCELLED}),
    # A synchronous provider answers while we are still submitting, so every end can follow directly.
    State.SUBMITTING: frozenset({State.SUBMITTED, State.RUNNING, State.AMBIGUOUS}) | _ENDS,
    State.SUBMITTED: frozenset({State.RUNNING, State.AMBIGUOUS}) | _ENDS,
    State.RUNNING: frozenset({State.AMBIGUOUS}) | _ENDS,
    # Reconciling finds the operation, its result, or that it never was.
    State.AMBIGUOUS: frozenset({State.SUBMITTED, State.RUNNING}) | _ENDS,
    State.COMPLETED: frozenset(),
    State.FAILED: frozenset(),
    State.REFUSED: frozenset(),
    State.CANCELLED: frozenset(),
})
"""From each state, the states that may follow it."""

GENERATION_STATES: Final = tuple(State)
LIVE: Final = (State.CREATED, State.SUBMITTING, State.SUBMITTED, State.RUNNING)
"""Somebody is at it."""

UNREPEATABLE: Final = (*LIVE, State.COMPLETED, State.AMBIGUOUS)
"""No second row may bear the same request key while one is in these."""

OPEN: Final = (*LIVE, State.AMBIGUOUS)
"""Not ended."""

LOST_WITH_WORKER: Final = (State.CREATED, State.SUBMITTING)
"""What a dead worker leaves that nobody can take up: no operation to poll is known yet."""


def step(before: State, after: State) -> State:
    """The state after a step; raises `Conflict` where the table does not allow it."""
    if after not in STEPS[before]:
        message = f"A generation that is {before} cannot become {after}: look at `aiuteur log` for what happened to it meanwhile."
        raise Conflict(message)
    return after


def before(after: State) -> tuple[State, ...]:
    """Every state from which `after` may be reached in one step."""
    return tuple(state for state, allowed in STEPS.items() if after in allowed)


def sql_list(values: Iterable[str]) -> str:
    """Constants of this package as an SQL list; never given anything from outside."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"
