"""Means: what a purchase is made with, and what it brings.

Belongs here: the shapes. Does not belong here: making one (`purchase`).
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from aiuteur.film.crew import ModelCard
from aiuteur.models.policy import Policy, Trouble
from aiuteur.models.polling import Poller
from aiuteur.models.protocols import Made, Reply, Request
from aiuteur.models.till import Till
from aiuteur.registry.calls import StoredMedia

Keep = Callable[[Request, Sequence[Made]], Awaitable[tuple[StoredMedia, ...]]]
Cost = Callable[[ModelCard, Reply], Decimal | None]


@dataclass(frozen=True, slots=True)
class Means:
    """What a purchase is made with: the till, the poller, the store, prices, patience, and what must never be told on."""

    till: Till
    poller: Poller
    keep: Keep
    cost: Cost
    policy: Policy
    secrets: tuple[str, ...] = ()


class Fruitless(Exception):
    """A call that brought nothing: what kind of trouble it was, and the failure that tells of it."""

    def __init__(self, why: Trouble, error: BaseException) -> None:
        super().__init__(str(error))
        self.why, self.error = why, error


@dataclass(slots=True)
class Bought:
    """What a purchase brought: the call it was booked under last, the reply, what of it was stored, and its cost."""

    generation_id: UUID
    reply: Reply
    media: tuple[StoredMedia, ...]
    cost: Decimal | None
