"""Asked: a request answered, and what a run of a stage asked for.

Belongs here: the shapes that stages see. Does not belong here: how an answer is come by (`routing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from aiuteur.digest import Json
from aiuteur.errors import Unavailable
from aiuteur.film.crew import ModelCard
from aiuteur.film.noun import MediaRef
from aiuteur.registry.calls import Completion, StoredMedia


@dataclass(frozen=True, slots=True)
class Asked:
    """A request answered: content and stored media; `completion` is to be recorded with what is made of it, None if reused.

    `attempt` is the ordinal it was asked under, `bought` whether this asking made the call, `fallback` why this model answered
    and not the one cast before it, `usage` what the call used.
    """

    generation_id: UUID
    card: ModelCard
    content: Json
    media: tuple[StoredMedia, ...]
    cost_usd: Decimal | None
    completion: Completion | None
    attempt: int = 1
    bought: bool = False
    fallback: str | None = None
    usage: Mapping[str, Json] = field(default_factory=dict[str, Json])
    template: str = ""
    """The templates a model that reads words was asked by, as name@version."""

    @property
    def reused(self) -> bool:
        """Whether an earlier purchase answered."""
        return not self.bought and self.completion is None

    def first(self, role: str) -> MediaRef:
        """The reference of the reply's first medium of a role; raises `Unavailable` where the maker sent none."""
        for stored in self.media:
            if stored.role == role:
                return stored.ref
        message = f"{self.card.provider}/{self.card.name} answered without a {role}: ask again, or cast another model."
        raise Unavailable(message)


@dataclass(slots=True)
class Tally:
    """What a run of a stage asked for: calls made, calls answered by an earlier purchase, dollars."""

    made: int = 0
    reused: int = 0
    cost_usd: Decimal = field(default_factory=Decimal)
