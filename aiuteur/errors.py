"""What can go wrong, by permanence: who catches one of these knows whether to retry, ask a person, or stop.

    AiuteurError
    ├── Permanent            the same call will fail again
    │   ├── InvalidInput     what a person gave cannot be used            exit 2
    │   ├── NotFound         no such lane, artifact, item or version      exit 3
    │   ├── Conflict         something else holds or already is there     exit 4
    │   ├── Refused          a gate, a lock or a provider said no         exit 5
    │   ├── OverBudget       the reservation does not fit the budget      exit 6
    │   └── Corrupt          stored bytes are not what their digest says  exit 7
    ├── Transient            a later call may succeed
    │   ├── Unavailable      a server, a disk or a network is not there   exit 8
    │   └── RateLimited      the provider asks to wait                    exit 9
    └── Ambiguous            a paid call may or may not have happened     exit 10

Each carries a sentence for the person who can act: what, where, what to do. Exit 1 is a failed run, 130 an interrupt by Ctrl-C.
"""

from typing import ClassVar


class AiuteurError(Exception):
    """The base of every error this project raises on purpose; `str()` of it is a sentence for a person."""

    exit_code: ClassVar[int] = 1


class Permanent(AiuteurError):
    """The same call will fail again."""


class InvalidInput(Permanent):
    """What a person gave cannot be used."""

    exit_code = 2


class NotFound(Permanent):
    """There is no such lane, artifact, item or version."""

    exit_code = 3


class Conflict(Permanent):
    """Something else holds what is asked for, or another thing already bears the name."""

    exit_code = 4


class Refused(Permanent):
    """A gate, a lock or a provider said no."""

    exit_code = 5


class OverBudget(Permanent):
    """The reservation does not fit what is left of a budget."""

    exit_code = 6


class Corrupt(Permanent):
    """Stored bytes are not what their digest says."""

    exit_code = 7


class Transient(AiuteurError):
    """A later call may succeed."""


class Unavailable(Transient):
    """A server, a disk or a network is not there."""

    exit_code = 8


class RateLimited(Transient):
    """The provider asks to wait; `retry_after` is in seconds, None where it did not say."""

    exit_code = 9

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Ambiguous(AiuteurError):
    """A paid call may or may not have happened; it is never simply repeated."""

    exit_code = 10
