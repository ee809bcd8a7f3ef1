"""Recovery: whether a call whose answer was lost can be looked for with its provider, and for how long it may still turn up.

Belongs here: one table of seconds. Does not belong here: looking (`purchase`), or which model offers what (`catalogue`).

A grace period exceeds the client's own timeout and the longest delay with which the provider is known to register a call: what
has not turned up by then never arrived. "Never paid twice" holds as far as these bounds do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiuteur.models import catalogue
from aiuteur.models.catalogue import Recovery
from aiuteur.models.protocols import Maker


@dataclass(frozen=True, slots=True)
class Grace:
    """How long a lost call may still turn up, None where nobody looks; `sure` whether its absence after that proves anything."""

    seconds: float | None = None
    sure: bool = True


_GRACE: Final[Mapping[Recovery, Grace]] = {
    Recovery.NONE: Grace(),
    Recovery.LOOKUP: Grace(60.0),
    Recovery.PREFIX: Grace(900.0),  # a clip takes one to five minutes, and is seen only when it is finished
    Recovery.WEBHOOK: Grace(900.0, sure=False),  # none may have been set up, or it may be lost itself
}


def grace(maker: Maker) -> Grace:
    """The grace of a maker: its own where it says one (`grace`), else by what its model offers."""
    own = getattr(maker, "grace", None)
    if isinstance(own, Grace):
        return own
    known = catalogue.models().get(f"{maker.card.provider}/{maker.card.name}")
    return _GRACE[known.recovery] if known is not None else Grace()
