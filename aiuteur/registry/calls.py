"""Calls as the ledger speaks of them: what it says to a request, and what it is told of an answer.

Belongs here: the shapes. Does not belong here: the booking (`ledger`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, cast
from uuid import UUID

from aiuteur.digest import Json
from aiuteur.film.noun import MediaRef
from aiuteur.registry.states import State


@dataclass(frozen=True, slots=True)
class StoredMedia:
    """Bytes of a reply once they are stored: the role they play in it, and where a layer stands."""

    role: str
    ref: MediaRef
    depth: float = 0.0
    overscan: float = 1.0

    def document(self) -> dict[str, Json]:
        """The form in the ledger."""
        return {"role": self.role, "ref": self.ref.document(), "depth": self.depth, "overscan": self.overscan}

    @classmethod
    def read(cls, found: Mapping[str, object]) -> "StoredMedia":
        """Back from the ledger."""
        depth, overscan = (cast(float, found[name]) for name in ("depth", "overscan"))
        return cls(str(found["role"]), MediaRef.model_validate(found["ref"]), depth, overscan)


@dataclass(frozen=True, slots=True)
class Reservation:
    """What the ledger says to a request: `new`, go and call; `completed`, here is the answer; `held`, another is at it.

    `taken` is a call that a dead worker left, or that may have been made, and that is now this worker's to bring to its end:
    `at` is where it stands, `operation` what to ask after, `age` the seconds since it was sent, by the database's clock.
    `ambiguous` is only ever the answer of a look-up: `reserve` raises for it, or takes it up. `resends` counts the earlier
    sendings of the same key that may have been charged.
    """

    generation_id: UUID
    state: Literal["new", "completed", "held", "ambiguous", "taken"]
    result: Json = None
    media: tuple[StoredMedia, ...] = ()
    cost_usd: Decimal | None = None
    usage: Mapping[str, Json] = field(default_factory=dict[str, Json])
    at: State = State.SUBMITTING
    operation: str | None = None
    age: float = 0.0
    resends: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """A call's answer, to be booked: the content, the stored media, and usage and cost as the provider told them."""

    generation_id: UUID
    content: Json = None
    media: Sequence[StoredMedia] = ()
    usage: Mapping[str, Json] = field(default_factory=dict[str, Json])
    cost_usd: Decimal | None = None
    operation: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One authorised attempt at an item: its ordinal, how it stands, and whether a version was made of it.

    `spent` says that it was charged, or may have been, and gave nothing: it is not to be tried again.
    """

    ordinal: int
    state: State
    generation_id: UUID
    recorded: bool
    spent: bool


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that has not ended, as a person sees it: where it stands, for what, with whom, and what is reserved for it."""

    generation_id: UUID
    item: str
    state: State
    model: str
    operation: str | None
    reserved_usd: Decimal | None
    error: str | None
    age: float
    worker: str
