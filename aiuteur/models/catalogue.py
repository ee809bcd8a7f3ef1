"""The catalogue: which models there are, what each can do, until when, and how to engage one.

Belongs here: `catalogue/models.toml` and a person's own file of the same form, read, checked and asked. Does not belong here:
prices (`aiuteur.craft.prices`), who is cast for which role (`aiuteur.models.casting`), any provider's wire format.
"""

import functools
import math
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib import import_module, resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from aiuteur.errors import InvalidInput, NotFound, Refused
from aiuteur.film.crew import ModelCard, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiuteur.models.protocols import Maker
    from aiuteur.settings import Settings

_FILLED: Final = 0.8
"""Share of a context that is filled: tokens are counted by eye."""

_MATERIAL_FOR_ANSWER: Final = 4
"""Tokens of material for one of the answer: what is written of a story is hardly ever longer than a quarter of it."""

ANIMATIC: Final = "animatic"
"""The built-in studio, which is in no file: it is engaged by `aiuteur.models.casting`."""


class Recovery(StrEnum):
    """How a call whose answer was lost is found again."""

    NONE = "none"
    LOOKUP = "lookup"
    PREFIX = "prefix"
    WEBHOOK = "webhook"


class Model(BaseModel):
    """One model: what it is called, what it can do, and the day it goes; times in seconds, contexts in tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(min_length=1)
    api: str
    roles: tuple[Role, ...] = Field(min_length=1)
    context_tokens: int = Field(default=128_000, ge=1000)
    output_tokens: int = Field(default=16_384, ge=256)
    seconds: tuple[float, float] | None = None
    durations: tuple[float, ...] = ()
    resolutions: tuple[str, ...] = ()
    aspect_ratios: tuple[str, ...] = ()
    any_size: bool = False
    first_frame: bool = False
    last_frame: bool = False
    references: int = Field(default=0, ge=0)
    audio: bool = False
    seed: bool = False
    enterprise: bool = False
    recovery: Recovery = Recovery.NONE
    replayable: bool = False
    retires_on: date | None = None
    replaced_by: str | None = None
    source: str = ""

    @model_validator(mode="after")
    def _long_enough(self) -> "Model":
        if Role.CINEMATOGRAPHER in self.roles and self.seconds is None and self.retires_on is None:
            message = "a cinematographer needs `seconds`: the shortest and the longest clip it makes"
            raise ValueError(message)
        return self

    @property
    def full_name(self) -> str:
        """`provider/name`, as people write it."""
        return f"{self.provider}/{self.name}"

    def retired(self, today: date) -> bool:
        """Whether its day has come."""
        return self.retires_on is not None and self.retires_on <= today

    def lasting(self, seconds: float) -> float:
        """The length to ask for so that a clip of `seconds` can be cut from it; raises `Refused` where it makes none so long."""
        offered = [length for length in self.durations if length >= seconds - 1e-6]
        if offered:
            return min(offered)
        shortest, longest = self.seconds or (0.0, math.inf)
        if seconds > longest + 1e-6 or self.durations:
            message = f"{self.full_name} makes clips of at most {longest:g} s, not of {seconds:g} s: split or recast the shot."
            raise Refused(message)
        return max(seconds, shortest)

    def card(self) -> ModelCard:
        """The card that names it in the ledger."""
        longest = self.seconds[1] if self.seconds else 8.0
        return ModelCard(self.provider, self.api, self.name, replayable=self.replayable, reads_words=True, max_seconds=longest)


@functools.cache
def models(own: Path | None = None) -> Mapping[str, Model]:
    """Every model by `provider/name`, those of a person's `own` file before ours; raises `InvalidInput` for a bad file."""
    ours = resources.files("aiuteur.catalogue").joinpath("models.toml").read_text("utf-8")
    listed = [*(_read(own.read_text("utf-8"), str(own)) if own is not None else ()), *_read(ours, "models.toml")]
    found: dict[str, Model] = {}
    for model in listed:
        found.setdefault(model.full_name, model)
    return found


def find(provider: str, name: str, role: Role, *, own: Path | None = None, today: date | None = None) -> Model:
    """A model that can be cast; raises `NotFound` for an unknown one and `Refused` for one that is gone or plays another role.

    Each sentence names what can be cast instead.
    """
    found = models(own).get(f"{provider}/{name}")
    others = ", ".join(model.full_name for model in playing(role, own=own, today=today)) or "none"
    if found is None:
        message = f"There is no model {provider}/{name} in the catalogue. For a {role} there are: {others}."
        raise NotFound(message)
    if found.retired(today or _today()):
        heir = f"{provider}/{found.replaced_by} took its place" if found.replaced_by else f"there are: {others}"
        message = f"{found.full_name} was shut down on {found.retires_on}: {heir}."
        raise Refused(message)
    if role not in found.roles:
        message = f"{found.full_name} is a {' and '.join(found.roles)}, not a {role}. For a {role} there are: {others}."
        raise Refused(message)
    return found


def playing(role: Role, provider: str | None = None, *, own: Path | None = None, today: date | None = None) -> list[Model]:
    """The models of a role that are still there, in the catalogue's order; of one provider where it is named."""
    day = today or _today()
    return [
        model for model in models(own).values()
        if role in model.roles and not model.retired(day) and provider in {None, model.provider}
    ]


def chosen(provider: str, role: Role, settings: "Settings") -> Model | None:
    """The model a provider is cast with for a role when only the provider is named; None where it has none.

    One that lives on the enterprise platform is chosen only with a key for it, and one of the developer API only without.
    """
    offered = playing(role, provider, own=settings.models_file)
    fitting = [model for model in offered if provider != "google" or model.enterprise == settings.google_enterprise]
    return next(iter(fitting or offered), None)


def room(card: ModelCard) -> int | None:
    """How many tokens of material a model is given at once: most of its context, and no more than its answer can do justice to.

    None for one that is in no catalogue and reads no words.
    """
    found = models().get(f"{card.provider}/{card.name}")
    if found is None:
        return None
    return min(round((found.context_tokens - found.output_tokens) * _FILLED), found.output_tokens * _MATERIAL_FOR_ANSWER)


def ends_on_frames(card: ModelCard) -> bool:
    """Whether a clip can be led to a given last frame: by a model that takes one, or that is shown it as a picture."""
    found = models().get(f"{card.provider}/{card.name}")
    return found is None or found.last_frame or found.references > 1


def engage(provider: str, name: str, role: Role, settings: "Settings | None" = None) -> "Maker":
    """A maker for a role; raises what `find` raises, and `Refused` where its key or address is not set.

    Nothing of a provider's library is loaded before its maker's first call.
    """
    from aiuteur.settings import load

    known = settings or load()
    model = find(provider, name, role, own=known.models_file)
    module, _, maker = _MAKERS[model.api].partition(":")
    made: Callable[[Model, Role, Settings], Maker] = getattr(import_module(module), maker)
    return made(model, role, known)


_MAKERS: Final[Mapping[str, str]] = {
    "generate_content": "aiuteur.models.google.engaging:content_maker",
    "interactions": "aiuteur.models.google.engaging:omni",
    "predict_long_running": "aiuteur.models.google.engaging:veo",
    "responses": "aiuteur.models.openai.engaging:writer",
    "chat_completions": "aiuteur.models.openai.engaging:chat_writer",
    "images": "aiuteur.models.openai.engaging:illustrator",
    "speech": "aiuteur.models.openai.engaging:voice",
    "videos": "aiuteur.models.openai.engaging:cinematographer",
    "comfyui": "aiuteur.models.comfyui.engaging:maker",
}
"""Which maker speaks which protocol."""


def _read(text: str, where: str) -> Iterable[Model]:
    """The models of one file; raises `InvalidInput` with the first thing that is wrong."""
    try:
        rows = cast("list[object]", tomllib.loads(text).get("models", []))
    except tomllib.TOMLDecodeError as error:
        message = f"{where} is not valid TOML: {error}."
        raise InvalidInput(message) from error
    return [_checked(row, where, number) for number, row in enumerate(rows, 1)]


def _checked(row: object, where: str, number: int) -> Model:
    try:
        model = Model.model_validate(row)
    except ValidationError as error:
        wrong = error.errors()[0]
        message = f"{where}: model {number}: {'.'.join(map(str, wrong['loc'])) or 'it'}: {wrong['msg']}."
        raise InvalidInput(message) from error
    if model.api not in _MAKERS:
        message = f"{where}: {model.full_name}: there is no protocol {model.api!r}, only {', '.join(_MAKERS)}."
        raise InvalidInput(message)
    return model


def _today() -> date:
    return datetime.now(UTC).date()
