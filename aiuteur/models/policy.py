"""Policy: how often, how long and how patiently; and what each failure of a maker means. The one place for all of it.

Belongs here: numbers, and the reading of errors. Does not belong here: what follows from them step by step (`coordinator`), or
the pace of providers (`limits`).
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from aiuteur.errors import Ambiguous, Corrupt, InvalidInput, NotFound, RateLimited, Refused, Unavailable
from aiuteur.models.protocols import Malformed


class Trouble(StrEnum):
    """What went wrong, by what it means for the money and for what comes next."""

    REFUSED = "refused"
    """The provider said no and charged nothing: the same request will be refused again."""

    LIMITED = "limited"
    """It asks to wait, and has not taken the call."""

    UNREACHED = "unreached"
    """The call surely never got there."""

    WASTED = "wasted"
    """It was charged, and what came cannot be used."""

    GONE = "gone"
    """The provider no longer knows the operation."""

    UNKEPT = "unkept"
    """What came cannot be stored here and now."""

    UNCERTAIN = "uncertain"
    """It may have been taken and charged."""

    STOPPED = "stopped"
    """A person ended the run."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the studio is; seconds, dollars and counts.

    A call whose answer was lost and that cannot be looked for is sent again up to `resends` times, if its price is known to be at
    most `resend_under`. `spared` counts are used where the casting names somebody else to ask.
    """

    tries: int = 6
    spared_tries: int = 2
    spared_wait: float = 30.0
    first_wait: float = 0.5
    longest_wait: float = 60.0
    resend_under: Decimal = Decimal("0.05")
    resends: int = 1
    look_every: float = 5.0
    looks_failed: int = 20
    first_poll: float = 0.2
    longest_poll: float = 10.0
    deadline: float = 3600.0
    gone_polls: int = 3
    refetches: int = 2
    keep_for: float = 120.0

    def wait(self, key: str, times: int) -> float:
        """Seconds before the next try after so many: doubling up to a cap; the request's key takes up to half of it off."""
        longest = min(self.longest_wait, self.first_wait * 2.0 ** min(times, 16))
        return longest * (0.5 + 0.5 * chance(key, times))

    def patience(self, *, spare: bool) -> float:
        """The longest that a provider's wish to wait is heeded: a run does not stand still for a day without a word."""
        return self.spared_wait if spare else self.deadline

    def poll_after(self, elapsed: float, told: float | None) -> float:
        """Seconds before the next poll: what the provider asks for, else a twenty-fifth of what the call has taken."""
        if told is not None:
            return min(max(told, self.first_poll), self.longest_wait)
        return min(max(elapsed / 25, self.first_poll), self.longest_poll)


PATIENT: Final = Policy()
"""The policy where nothing else is set."""


def chance(key: str, times: int) -> float:
    """A number in [0, 1) that a request and a count decide, so that a run repeated waits the same."""
    return int.from_bytes(hashlib.sha256(f"{key}/{times}".encode()).digest()[:6]) / 2**48


def read(error: BaseException) -> Trouble:
    """What a failure means; whatever a maker was not supposed to raise is uncertain, since it may come after the charge."""
    match error:
        case Malformed() | Corrupt():
            return Trouble.WASTED
        case Refused() | InvalidInput():
            return Trouble.REFUSED
        case RateLimited():
            return Trouble.LIMITED
        case NotFound():
            return Trouble.GONE
        case Unavailable():
            return Trouble.UNREACHED
        case Ambiguous() | Exception():
            return Trouble.UNCERTAIN
        case _:
            return Trouble.STOPPED
