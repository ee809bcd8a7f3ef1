"""What a handler answers: what happened, to which items, and whether anything changed.

Belongs here: the shape, and the way from a person's words to held rows. Does not belong here: any command.

A handler is `(session, lane, command) -> Handled`. It changes rows and writes neither the event nor the lane's revision: `table`
does that once a command, from what it answers. One that has told of it already answers with no event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rfc8785 import CanonicalizationError
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import Json, canonical
from aiuteur.errors import InvalidInput
from aiuteur.lane import Lane
from aiuteur.registry.drafts import Recorded
from aiuteur.registry.items import Held
from aiuteur.registry.lanes import LaneRow, lane_row
from aiuteur.registry.naming import resolve
from aiuteur.registry.pointers import held_for

MOST_BYTES: Final = 4_000_000
"""A long novel; whatever is larger was given by mistake, and every reading of the lane would carry it."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What a command did: the event that tells of it, the items it touched, versions made, details for whoever asks.

    `event` None: nothing changed, or the handler has told of it and moved the revision itself. `details` go into the event,
    `answer` to the caller only.
    """

    event: str | None
    items: Sequence[Key] = ()
    made: Sequence[Recorded] = ()
    details: Mapping[str, Json] = field(default_factory=dict[str, Json])
    answer: Mapping[str, Json] = field(default_factory=dict[str, Json])


UNCHANGED = Handled(None)
"""The lane says already what the command asked for."""


def held_items(session: Session, lane: Lane, command: str, names: Sequence[str]) -> tuple[LaneRow, list[Held]]:
    """The lane's row, and the rows of the items a command names, held; raises what naming and the table of transitions raise."""
    row = lane_row(session, lane)
    keys = [resolve(session, lane, name) for name in names]
    return row, held_for(session, row, command, keys)


def weighed(content: Mapping[str, Json]) -> dict[str, Json]:
    """What a person wrote, as it is; raises `InvalidInput` where no item can hold so much, or where it is no text."""
    try:
        size = len(canonical(content))
    except CanonicalizationError as error:
        message = f"The change cannot be stored ({error}): remove half surrogate pairs, endless numbers and the like."
        raise InvalidInput(message) from error
    if size > MOST_BYTES:
        message = f"The change has {size / 1e6:.1f} MB, the limit is {MOST_BYTES // 10**6} MB: give a part of it."
        raise InvalidInput(message)
    return dict(content)
