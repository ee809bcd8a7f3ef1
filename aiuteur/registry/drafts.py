"""Drafts: what is handed to the registry to become versions, and what became of it.

Belongs here: the shapes. Does not belong here: the writing (`versions`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.registry.ledger import Completion


class Origin(StrEnum):
    """How a version came to be."""

    GENERATED = "generated"
    EDITED = "edited"
    IMPORTED = "imported"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become a version: the noun, what it was made from, and how.

    `seen` is the version that was selected in the snapshot worked from: when another is by now, the draft is recorded and not
    selected. `pin` makes it the best, which no automation moves. `score` is what its dailies gave it: one that scores lower than
    another made from the same inputs is recorded and not selected.
    """

    key: Key
    noun: Noun
    basis: Mapping[str, str]
    origin: Origin = Origin.GENERATED
    label: str | None = None
    generation_id: UUID | None = None
    seen: UUID | None = None
    guidance: str | None = None
    final_prompt: str | None = None
    template: str | None = None
    provider: str | None = None
    model: str | None = None
    parameters: Mapping[str, Json] = field(default_factory=dict[str, Json])
    cost_usd: Decimal | None = None
    pin: bool = False
    parent_id: UUID | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one step of work writes at once: drafts, items that are gone, ids minted, calls settled, media no call made.

    What is `gone` and pinned or locked stays: a person decided on it. `measured` is what was found of media, by their digests.
    """

    drafts: Sequence[Draft] = ()
    gone: Sequence[Key] = ()
    counters: Mapping[str, int] = field(default_factory=dict[str, int])
    completions: Sequence[Completion] = ()
    media: Sequence[MediaRef] = ()
    measured: Mapping[str, Mapping[str, Json]] = field(default_factory=dict[str, Mapping[str, Json]])
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a draft: `written` is False where the selected version was the same already.

    `selected` says whether the item shows it; `shows` is the version it shows instead, None where it shows none.
    """

    key: Key
    version_id: UUID
    n: int
    digest: str
    written: bool
    selected: bool
    shows: UUID | None = None
