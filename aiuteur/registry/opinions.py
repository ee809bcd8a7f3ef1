"""Opinions: what people say of takes, which a judge's verdicts are held against, and which completes a shot whatever dailies say.

Belongs here: writing them down. Does not belong here: the commands they come with (`aiuteur.registry.handlers`), or how far judge
and people agree (`aiuteur.craft.figures.agreement`).
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.review import VALUES
from aiuteur.errors import InvalidInput
from aiuteur.film.dailies import Dimension, Rating
from aiuteur.registry.figure_rows import TAKES, finish
from aiuteur.registry.items import Held
from aiuteur.registry.lanes import LaneRow, person

# A take is said something of once: what is said later counts, and dimensions that it leaves out stay as they were.
_SAY: Final = text("""
INSERT INTO aiuteur.opinions AS o (take_id, owner_id, project_id, accepted, ratings, by)
SELECT t.take_id, t.owner_id, t.project_id, :accepted, :ratings, :by FROM aiuteur.figure_takes t WHERE t.take_id = ANY(:takes)
ON CONFLICT (take_id) DO UPDATE
SET accepted = excluded.accepted, ratings = o.ratings || excluded.ratings, by = excluded.by, at = now()
""").bindparams(bindparam("ratings", type_=JSONB))


def say(
    session: Session, takes: Sequence[UUID | None], ratings: Mapping[Dimension, Rating] | None = None, *, accepted: bool,
) -> None:
    """Write down what a person says of some versions; of those that are no takes of frames or clips, nothing."""
    values = {dimension.value: VALUES[rating] for dimension, rating in (ratings or {}).items()}
    found = [take for take in takes if take is not None]
    session.execute(_SAY, {"takes": found, "accepted": accepted, "ratings": values, "by": person(session)})


def accept(session: Session, lane_at: LaneRow, held: Sequence[Held], ratings: Mapping[Dimension, Rating] | None = None) -> None:
    """Write down that a person takes what is selected as it is, and complete the shots whose clips are among it."""
    say(session, [one.selected for one in held], ratings, accepted=True)
    for one in held:
        if one.key.artifact == "clips":
            finish(session, lane_at, one.key.item, "accepted")


def rateable(held: Sequence[Held], ratings: Mapping[Dimension, Rating]) -> None:
    """Raise `InvalidInput` where anything else than takes is rated."""
    others = sorted(str(one.key) for one in held if one.key.artifact not in TAKES)
    if ratings and others:
        message = f"{', '.join(others)} cannot be rated: only takes of frames and clips are; leave the ratings out."
        raise InvalidInput(message)
