"""What is asked of a model and what it answers: one request, one reply, six roles.

Belongs here: the seams between the stages and whoever makes things. Does not belong here: any provider's wire format, the
ledger's states (`aiuteur.registry.ledger`) or who is cast for which role (`aiuteur.models.casting`).

What a maker raises decides what becomes of the money, so an adapter says no more than it knows:

    Refused       the provider said no (a filter, a bad request, a wrong key), and charged nothing
    Declined      the model will not do this, and said what that cost, or leaves it open
    RateLimited   the provider asks to wait, and has not taken the call
    Unavailable   the call surely never reached the provider (no connection was made, the name is unknown)
    Malformed     an answer came, was charged, and is not what was asked for: it may be asked for once more, mended
    Corrupt       what came was charged, and is no such media; it is never bought again under the same attempt (`Spoiled`, where
                  the provider told what it used)
    Ambiguous     anything else (a timeout, a dropped line, a 5xx): the call may have been taken and charged
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from aiuteur.digest import Json, digest
from aiuteur.errors import Corrupt, Refused
from aiuteur.film.crew import ModelCard


@dataclass(frozen=True, slots=True)
class Reference:
    """Bytes that a request shows to the model, by role (start_frame, end_frame, layer, key_image, line…) and digest."""

    role: str
    sha256: str
    mime: str
    data: bytes = field(repr=False, compare=False)
    width: int | None = None
    height: int | None = None
    depth: float = 0.0
    overscan: float = 1.0


@dataclass(frozen=True, slots=True)
class Repair:
    """An answer that did not meet its schema, and what the validator said: shown to the model that is asked once more."""

    answer: str
    because: str


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked of one model.

    `task` names the kind of work (treatment, beats, script, bible, breakdown, shot_list, looks, key_image, frame, clip, line,
    scene_sound, review_frame, review_clip); `payload` is the structured content, `prompt` the words rendered from it, `schema`
    the JSON schema a textual answer must meet, `parameters` every parameter with its default written out, `repair` the answer
    that is to be mended where this asks for the second time.
    """

    task: str
    payload: Mapping[str, Json]
    prompt: str = ""
    system: str = ""
    schema: Mapping[str, Json] | None = None
    parameters: Mapping[str, Json] = field(default_factory=dict[str, Json])
    references: tuple[Reference, ...] = ()
    seed: int | None = None
    repair: Repair | None = None

    def key(self, card: ModelCard, attempt: int) -> str:
        """The request key of FILM.md §5: equal keys are the same purchase; `attempt` counts authorised attempts, from 1."""
        return digest({
            "v": 1, "task": self.task, "provider": card.provider, "api": card.api, "model": card.name,
            "prompt": self.prompt, "system": self.system, "payload": self.payload,
            "schema": digest(self.schema) if self.schema is not None else None, "parameters": self.parameters,
            "references": [[shown.role, shown.sha256, shown.depth, shown.overscan] for shown in self.references],
            "seed": self.seed, "attempt": attempt,
            **({"repair": [self.repair.answer, self.repair.because]} if self.repair is not None else {}),
        })


@dataclass(frozen=True, slots=True)
class Made:
    """Bytes a model made: `role` tells them apart within a reply (picture, layer, video, stem, speech, sound)."""

    role: str
    data: bytes = field(repr=False)
    mime: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    depth: float = 0.0
    overscan: float = 1.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: structured content, bytes, and the usage and cost in dollars as the provider tells them (None: unknown)."""

    content: Json = None
    media: Sequence[Made] = ()
    usage: Mapping[str, Json] = field(default_factory=dict[str, Json])
    cost_usd: float | None = None
    operation: str | None = None


class Malformed(Refused):
    """A model's words are not what was asked for: `answer` holds them, `reply` what they used and cost, `str()` what is wrong."""

    def __init__(self, message: str, answer: str, reply: Reply) -> None:
        super().__init__(message)
        self.answer, self.reply = answer, reply


class Declined(Refused):
    """A model answered that it will not do this, and may have been paid for saying so: `reply` holds what that used and cost."""

    def __init__(self, message: str, reply: Reply) -> None:
        super().__init__(message)
        self.reply = reply


class Spoiled(Corrupt):
    """What a model made is no such media, and was charged all the same: `reply` holds what it used and cost."""

    def __init__(self, message: str, reply: Reply) -> None:
        super().__init__(message)
        self.reply = reply


class Maker(Protocol):
    """Anything that answers requests; raises what the module's page lists, and nothing else on purpose."""

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        ...

    async def make(self, request: Request) -> Reply:
        """Answer one request; called once per attempt, never retried inside."""
        ...


@runtime_checkable
class Spelling(Maker, Protocol):
    """A maker that tells beforehand what it will send beside words and pictures, so that all of it is in the request's key."""

    def parameters(self, request: Request) -> Mapping[str, Json]:
        """Every parameter, its default written out; raises `Refused` or `InvalidInput` for a request it can never answer."""
        ...


@dataclass(frozen=True, slots=True)
class Pending:
    """Work that goes on: ask again in `after` seconds, None where the provider does not say; `state` is its word for it."""

    after: float | None = None
    state: str = "in_progress"


@dataclass(frozen=True, slots=True)
class Ended:
    """Work that gave nothing and never will: why, and whether it was billed (None: the provider does not say)."""

    reason: str
    billed: bool | None = None


@runtime_checkable
class Submitting(Maker, Protocol):
    """A maker whose work outlasts a call: it is handed in once, then asked after by whoever holds its operation id.

    `make` stays for who has no poller: it hands in, asks after and waits.
    """

    async def submit(self, request: Request, intent: str) -> str:
        """Hand in a request and return the provider's operation id: one POST, never repeated.

        `intent` is the ledger's id of this call, given along wherever the provider keeps such a thing. Raises as `make` does;
        `Ambiguous` where the connection was cut after sending.
        """
        ...

    async def poll(self, operation: str) -> Pending | Reply | Ended:
        """Ask after an operation once; needs nothing of the process that handed it in, and may be repeated at no cost.

        The reply carries the bytes, fetched and checked. Raises `Declined` where the provider filtered the result, `NotFound`
        where it no longer knows the operation, `Corrupt` where what it made is no such media, `Unavailable` or `RateLimited`
        where it is to be asked again later, and `Refused` where it will not say (a wrong key): the work goes on all the same.
        """
        ...

    async def cancel(self, operation: str) -> bool:
        """Ask the provider to stop; False where it cannot, and the work has to be waited for or written off."""
        ...

    async def find(self, intent: str) -> str | None:
        """The operation handed in under an intent whose answer was lost; None where the provider knows none.

        Raises `Refused` where the provider offers no way to look (`catalogue.Model.recovery` tells beforehand).
        """
        ...


class Writer(Maker, Protocol):
    """Answers treatment, beats, script, bible, breakdown, shot_list and looks with structured content."""


class Illustrator(Maker, Protocol):
    """Answers key_image and frame with a picture, and layers where it keeps them apart."""


class Cinematographer(Maker, Protocol):
    """Answers clip with a video in the length asked."""


class Voice(Maker, Protocol):
    """Answers line with speech."""


class Sound(Maker, Protocol):
    """Answers scene_sound with one scene's finished mix."""


class Judge(Maker, Protocol):
    """Answers review_frame and review_clip with a verdict."""
