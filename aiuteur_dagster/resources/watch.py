"""The studio's watch as a Dagster resource: what sensors ask.

Belongs here: what a sensor may ask, and the resource that answers. Does not belong here: the answers (`aiuteur.watch`). A tick
comes every few seconds and lives in the code server's process, so the connections behind it are opened once and kept.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import dagster as dg

if TYPE_CHECKING:
    from datetime import datetime

    from aiuteur.craft.world import World
    from aiuteur.film.noun import MediaRef
    from aiuteur.film.watch import Changed, Drained, Due, Failed, Mark, Noted, Permitted, Swept, Work
    from aiuteur.lane import Lane


class Watch(Protocol):
    """What the sensors ask of the studio."""

    def due(self, most: int, after: "Lane | None" = None) -> "Sequence[Due]":
        """The lanes to look at in a tick."""
        ...

    def plan(self, due: "Due") -> "Work":
        """What a lane asks for, as far as its project's policy allows."""
        ...

    def mark(self, stood: "Sequence[Mark]") -> None:
        """Keep where automation stands with lanes."""
        ...

    def sweep(self, seconds: float, after: "Lane | None" = None) -> "Swept":
        """Plan lanes that are believed to need nothing; those that do need something are due again."""
        ...

    def changed(self, most: int, after: "Lane | None" = None) -> "Sequence[Changed]":
        """Lanes whose artifacts have other data versions than were last reported."""
        ...

    def world(self, lane: "Lane") -> "World":
        """A lane as it is now, to be shown."""
        ...

    def media(self, ref: "MediaRef") -> bytes:
        """Stored bytes."""
        ...

    def reported(self, lane: "Lane", revision: int, told: "Mapping[str, str]") -> None:
        """Keep what Dagster has of a lane."""
        ...

    def note_invalidations(self, most: int) -> "Sequence[str]":
        """Write down what changes made stale, off their critical path; sentences of what was written."""
        ...

    def drain(self, most: int) -> "Sequence[Drained]":
        """Do the commands that wait in the inbox."""
        ...

    def permitted(self, since: "datetime", most: int) -> "Sequence[Permitted]":
        """What waited for a person and may go on since a moment; its lanes are due again."""
        ...

    def left(self) -> int:
        """How many calls providers still work on for workers that are gone."""
        ...

    def failed(self, failure: "Failed") -> "Noted":
        """Make a failed run an interrupt on its lane."""
        ...


class WatchResource(dg.ConfigurableResource[Watch]):
    """Gives the one studio of this process, opened as the service at the first tick."""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Watch]:  # noqa: ARG002 - Dagster's signature
        """The watch itself, in place of this resource."""
        from aiuteur.watch import the_watch

        yield the_watch()
