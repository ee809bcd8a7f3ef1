"""The studio as a Dagster resource.

Belongs here: what the orchestra asks of a studio, and the resource that opens one for a run and closes it after. Does not belong
here: the studio (`aiuteur.studio`). Assets see the studio itself, never this resource, so any object with these methods fits the
same parameter. About resources: https://docs.dagster.io/guides/build/external-resources
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import dagster as dg
from pydantic import Field

if TYPE_CHECKING:
    from aiuteur.craft.gating import Gate
    from aiuteur.craft.world import World
    from aiuteur.exports.deliver import Delivery
    from aiuteur.film.brief import Brief, Narrative
    from aiuteur.film.commands import Command
    from aiuteur.film.noun import MediaRef
    from aiuteur.lane import Lane
    from aiuteur.registry.figure_rebuild import Difference
    from aiuteur.registry.inbox import CommandResult
    from aiuteur.registry.interrupts import InterruptRow
    from aiuteur.registry.lanes import LaneInfo
    from aiuteur.stages.anchoring import Anchored
    from aiuteur.stages.checks import CheckReport
    from aiuteur.stages.kinship import Proxy
    from aiuteur.stages.run import StageReport


class Desk(Protocol):
    """Where commands arrive."""

    def do(self, lane: "Lane", command: "Command", *, key: str | None = None) -> "CommandResult":
        """Carry a command out, once for its key; raises the studio errors with their sentences."""
        ...

    def waiting(self, lane: "Lane | None" = None) -> "Sequence[InterruptRow]":
        """What waits for a person, oldest first."""
        ...


class Accounts(Protocol):
    """What may be spent."""

    def gate(self, lane: "Lane") -> "Gate":
        """Whether what costs something waits, and the sentence that says so."""
        ...


class Purchases(Protocol):
    """What was asked of providers."""

    def adopt(self, worker: str) -> int:
        """Bring home what providers made for workers that are gone; how many answers that were."""
        ...


class Measurements(Protocol):
    """What is measured of media once."""

    def proxies(self, world: "World") -> "Sequence[Proxy]":
        """How a lane's frames go together, and how like their key images its characters are."""
        ...


class Studio(Protocol):
    """What the orchestra asks of the studio."""

    @cached_property
    def desk(self) -> Desk:
        """Where commands arrive."""
        ...

    def create(self, lane: "Lane", narrative: "Narrative", brief: "Brief") -> bool:
        """Begin a lane; False where it is there already with the same narrative and brief. Raises `Conflict`."""
        ...

    def lanes(self) -> "Sequence[LaneInfo]":
        """Every lane, the archived ones too."""
        ...

    @cached_property
    def accounts(self) -> Accounts:
        """What may be spent."""
        ...

    @cached_property
    def purchases(self) -> Purchases:
        """What was asked of providers."""
        ...

    def run(self, stage: str, lane: "Lane", *, spend: bool = True, anew: bool = False) -> "StageReport":
        """Make what is missing of one stage, only what is free where it may not `spend`, and tell what it is now.

        `anew` makes all of it again.
        """
        ...

    def check(self, name: str, lane: "Lane") -> "CheckReport":
        """Hold a lane against one of the studio's checks."""
        ...

    def media(self, ref: "MediaRef") -> bytes:
        """Stored bytes."""
        ...

    @cached_property
    def measurements(self) -> Measurements:
        """What is measured of media."""
        ...

    def read_anchors(self, lane: "Lane") -> "Anchored":
        """Have the takes judged again that tell a judge who drifts."""
        ...

    def rebuild_figures(self) -> "Sequence[Difference]":
        """Hold every row of figures to its sources, mend what differs, and tell it."""
        ...

    def play(self, lane: "Lane") -> None:
        """Begin to play a lane's film, for the check that will ask how it plays."""
        ...

    def deliver(self, lane: "Lane", out: Path | None = None) -> "Delivery":
        """Write the film and what goes out with it to its folder."""
        ...


class StudioResource(dg.ConfigurableResource[Studio]):
    """Opens the studio that the environment describes: once for a run, closed when the run ends.

    What is given here wins over the environment and `aiuteur.toml`. Give keys as `dg.EnvVar("NAME")`: they are then read where
    the run is, and neither the run's config nor anything else that Dagster keeps has more of them than that name.
    """

    google_api_key: str | None = Field(default=None, repr=False, description="a Gemini key, or one of the enterprise platform")
    google_base_url: str | None = Field(default=None, description="another address for Google")
    google_enterprise: bool | None = Field(default=None, description="whether the key is one of the enterprise platform")
    google_output: str | None = Field(default=None, description="gs://bucket/folder that enterprise videos are written to")
    openai_api_key: str | None = Field(default=None, repr=False, description="an OpenAI key")
    openai_base_url: str | None = Field(default=None, description="another address for OpenAI")
    compatible_base_url: str | None = Field(default=None, description="any server that speaks as OpenAI does, ending in /v1")
    compatible_api_key: str | None = Field(default=None, repr=False, description="its key, where it wants one")
    comfyui_url: str | None = Field(default=None, description="your ComfyUI")

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Studio]:  # noqa: ARG002 - Dagster's signature
        """The studio itself, in place of this resource; raises `InvalidInput` for what is no such setting."""
        from aiuteur.settings import load
        from aiuteur.studio import Studio as TheStudio

        named = {name: getattr(self, name) for name in StudioResource.model_fields}
        with TheStudio.open(load(**{name: value for name, value in named.items() if value is not None})) as studio:
            yield studio
