"""Moves: a call as its coordinator sees it, what can happen to it, and what can be done next.

Belongs here: the shapes. Does not belong here: what follows from what (`coordinator`), or doing it (`purchase`).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from aiuteur.models.policy import Trouble
from aiuteur.registry.states import State


class Do(StrEnum):
    """What to do next."""

    TURN = "wait for a turn with the provider, and book the sending"
    SEND = "send the request"
    POLL = "ask after the operation"
    LOOK = "look for a call whose answer was lost"
    KEEP = "fetch, check and store what came"
    STOP = "ask the provider to stop"
    GIVE = "answer whoever asked"
    RAISE = "tell whoever asked that nothing came"


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the coordinator sees it; times are seconds on any clock that only goes on.

    `grace` is how long a lost call may still turn up where it can be looked for, None where it cannot; `sure` whether its absence
    after that proves that it never arrived; `spare` whether somebody else is cast next; `sent` when it was sent, `troubled`
    since when nothing can be stored; `tries`, `resends`, `gone`, `failed` and `fetched` count what was in vain.
    """

    key: str
    state: State = State.CREATED
    long: bool = False
    free: bool = False
    price: Decimal | None = None
    grace: float | None = None
    sure: bool = True
    spare: bool = False
    operation: str | None = None
    sent: float = 0.0
    troubled: float | None = None
    tries: int = 0
    resends: int = 0
    gone: int = 0
    failed: int = 0
    fetched: int = 0


@dataclass(frozen=True, slots=True)
class Granted:
    """The turn has come, and the sending is booked."""


@dataclass(frozen=True, slots=True)
class Full:
    """The turn comes in so many seconds."""

    after: float


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer is in hand."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The provider took the call, or it was found there: its operation's id."""

    operation: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The operation goes on; `after` is what the provider asks to wait."""

    after: float | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """The operation ended with nothing; `cost` 0 where that was not charged, None where nobody says."""

    reason: str
    refused: bool = False
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The provider knows no call of that intent, so far."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came is stored."""


@dataclass(frozen=True, slots=True)
class StopHeard:
    """Whether the provider could stop."""

    stopped: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The deed failed; `after` is what the provider asks to wait, `cost` what it charged, None where nobody knows."""

    why: Trouble
    reason: str
    after: float | None = None
    cost: Decimal | None = None


Event: TypeAlias = "Granted | Full | Answered | Taken | Waiting | Over | Missing | Kept | StopHeard | Failed"


@dataclass(frozen=True, slots=True)
class Booking:
    """What is committed before the deed: the state, and with `again` a new intent for the same key in the same transaction.

    `suspected` keeps the reservation of a call that may have been charged although it is given up.
    """

    state: State
    reason: str = ""
    operation: str | None = None
    cost: Decimal | None = None
    suspected: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The call as it now stands, what to book, and what to do after so many seconds; `cool` leaves the provider alone as long."""

    call: Call
    do: Do
    after: float = 0.0
    book: Booking | None = None
    why: Trouble | None = None
    reason: str = ""
    cool: float | None = None
