"""What every stage is made of: units of work, what making one yields, and the seam to the crew.

Belongs here: the shape of a stage. Does not belong here: any particular stage, or how units are run (`aiuteur.stages.run`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiuteur.craft.world import Key, Reading, World
from aiuteur.digest import Json
from aiuteur.film.crew import Role
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.media.storage import Storage
from aiuteur.models.protocols import Reference, Request
from aiuteur.models.routing import Asked, Crew
from aiuteur.registry.versions import Draft, Outcome


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a stage's work, made by one reading.

    `keys` are the items it answers for, all of which must be current for it to rest; `after` the anchors of the stage's own
    units that must be done first. One that is made `always` is only as good as the moment it was made.
    """

    anchor: str
    keys: tuple[Key, ...]
    after: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a unit is made: the world as it is now, the crew, the bytes."""

    world: World
    crew: Crew
    storage: Storage

    async def fetch(self, ref: MediaRef, role: str, *, depth: float = 0.0, overscan: float = 1.0) -> Reference:
        """Stored bytes as a reference for a request."""
        data = await self.storage.aget(ref.sha256)
        return Reference(role, ref.sha256, ref.mime, data, ref.width, ref.height, depth, overscan)


class Stage(Protocol):
    """One stage: which units there are in a world, and how one is made."""

    @property
    def name(self) -> str:
        """The artifact's name in the stage graph."""
        ...

    def units(self, world: World) -> Sequence[Unit]:
        """Every unit that ought to exist, in order; empty where the stage is not applicable."""
        ...

    async def make(self, unit: Unit, bench: Bench) -> Outcome:
        """Make one unit; raises `Blocked` where it cannot read what it needs, and whatever the crew raises."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """A request on behalf of an item, with the reading it stands on."""

    role: Role
    task: str
    key: Key
    reading: Reading
    payload: Mapping[str, Json]
    prompt: str = ""
    references: tuple[Reference, ...] = ()
    parameters: Mapping[str, Json] = field(default_factory=dict[str, Json])
    seed: int | None = None

    async def by(self, crew: Crew) -> Asked:
        """Ask the crew."""
        request = Request(
            task=self.task, payload=self.payload, prompt=self.prompt, references=self.references, parameters=self.parameters,
            seed=self.seed,
        )
        return await crew.ask(self.role, request, self.key, self.reading.basis)


def drafted(key: Key, noun: Noun, reading: Reading, world: World, asked: Asked | None = None, **extra: object) -> Draft:
    """A version about to be recorded: content, basis, what it was made by, and the selection it was made in view of."""
    seen = world.items.get(key)
    made: dict[str, object] = {}
    if asked is not None:
        made = {"generation_id": asked.generation_id, "provider": asked.card.provider, "model": asked.card.name,
                "cost_usd": asked.cost_usd}
    return Draft(key=key, noun=noun, basis=dict(reading.basis), seen=seen.version_id if seen else None, **made, **extra)  # pyright: ignore[reportArgumentType] - a keyword bundle of Draft's own fields


def outcome(
    drafts: Sequence[Draft], *asked: Asked, gone: Sequence[Key] = (), counters: Mapping[str, int] | None = None
) -> Outcome:
    """What recording a unit commits at once: its versions, what vanished, minted ids and the completions of what was asked."""
    completions = tuple(one.completion for one in asked if one.completion is not None)
    return Outcome(drafts=tuple(drafts), gone=tuple(gone), counters=dict(counters or {}), completions=completions)


def content(asked: Asked) -> dict[str, Any]:
    """A structured answer as an object; raises `TypeError` where a maker answered with something else."""
    if not isinstance(asked.content, dict):
        message = f"{asked.card.provider}/{asked.card.name} answered with {type(asked.content).__name__}, not an object."
        raise TypeError(message)
    return asked.content
