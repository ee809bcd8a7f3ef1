"""What every stage is made of: units of work, what making one yields, and the seam to the crew.

Belongs here: the shape of a stage. Does not belong here: any particular stage, or how units are run (`aiuteur.stages.run`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from aiuteur.craft import asking
from aiuteur.craft.gating import Gate
from aiuteur.craft.parts import joined, parts
from aiuteur.craft.world import Key, Reading, World
from aiuteur.digest import Json
from aiuteur.film.crew import Role
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.media.storage import Storage
from aiuteur.models import catalogue
from aiuteur.models.protocols import Reference, Request
from aiuteur.models.routing import Asked, Crew
from aiuteur.models.together import together
from aiuteur.registry.versions import Draft, Outcome

if TYPE_CHECKING:
    from aiuteur.stages.slate import Slate


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
    """Where a unit is made: the world as it is now, the crew, the bytes, and for takes the slate (None: tried once, unbooked)."""

    world: World
    crew: Crew
    storage: Storage
    slate: "Slate | None" = None
    gate: Gate | None = None

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
    """A request on behalf of an item, with the reading it stands on.

    `previous` are the items of the list that it rewrites, with their ids, for a writer that can give them back. `attempt` is the
    authorised attempt it is asked under (None: the next), `model` overrides the casting, `guidance` is kept with the call.
    """

    role: Role
    task: str
    key: Key
    reading: Reading
    payload: Mapping[str, Json]
    prompt: str = ""
    references: tuple[Reference, ...] = ()
    parameters: Mapping[str, Json] = field(default_factory=dict[str, Json])
    seed: int | None = None
    previous: Sequence[Mapping[str, Json]] = ()
    attempt: int | None = 1
    model: str | None = None
    guidance: str | None = None

    async def by(self, crew: Crew) -> Asked:
        """Ask the crew; what is longer than the model cast can hold is asked in parts, each bought by itself, and joined."""
        card = crew.card(self.role, self.key)
        if card is None or not card.reads_words or self.task not in asking.TASKS:
            return await self._asked(crew, self.payload)
        room = catalogue.room(card)
        cut = parts(self.task, self.payload, room, asking.size) if room is not None else [self.payload]
        answers = await together(self._asked(crew, part, asking.words(self.task, part, self.previous)) for part in cut)
        if len(answers) == 1:
            return answers[0]
        settled = [await crew.settle(answer) for answer in answers]
        costs = [answer.cost_usd for answer in settled if answer.cost_usd is not None]
        whole = joined(self.task, self.payload, [content(answer) for answer in settled])
        return replace(settled[-1], content=whole, cost_usd=sum(costs) if costs else None)

    async def _asked(self, crew: Crew, payload: Mapping[str, Json], words: asking.Words | None = None) -> Asked:
        """One call: the payload for who works from structure, and the same in words for who reads them."""
        request = Request(
            task=self.task, payload=payload, prompt=words.prompt if words else self.prompt, system=words.system if words else "",
            schema=words.schema if words else None, references=self.references, parameters=self.parameters, seed=self.seed,
        )
        answer = await crew.ask(
            self.role, request, self.key, self.reading.basis, self.attempt, model=self.model, guidance=self.guidance,
        )
        return replace(answer, template=words.template) if words is not None and answer.card.reads_words else answer


def drafted(key: Key, noun: Noun, reading: Reading, world: World, asked: Asked | None = None, **extra: object) -> Draft:
    """A version about to be recorded: content, basis, what it was made by, and the selection it was made in view of."""
    seen = world.items.get(key)
    made: dict[str, object] = {}
    if asked is not None:
        made = {"generation_id": asked.generation_id, "provider": asked.card.provider, "model": asked.card.name,
                "cost_usd": asked.cost_usd, **({"template": asked.template} if asked.template else {})}
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
