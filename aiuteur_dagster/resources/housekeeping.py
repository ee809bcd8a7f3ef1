"""The studio's housekeeping as a Dagster resource.

Belongs here: what the nightly job may ask, and the resource that answers. Does not belong here: the answers
(`aiuteur.housekeeping`).
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import dagster as dg

if TYPE_CHECKING:
    from aiuteur.housekeeping import Swept


class Housekeeping(Protocol):
    """What the orchestra asks of housekeeping."""

    def sweep(self) -> "Swept":
        """Remove the bytes that nothing has referred to for a week."""
        ...


class HousekeepingResource(dg.ConfigurableResource[Housekeeping]):
    """Opens the housekeeping of the studio that the environment describes, once for a run."""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Housekeeping]:  # noqa: ARG002 - Dagster's signature
        """The housekeeping itself, in place of this resource."""
        from aiuteur.housekeeping import Housekeeping as TheHousekeeping

        with TheHousekeeping.open() as keeping:
            yield keeping
