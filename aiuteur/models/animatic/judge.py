"""The built-in judge: rates a take by what was measured of it, and says nothing of what needs eyes.

Belongs here: what measured faults mean for the dimensions they can speak of. Does not belong here: measuring
(`aiuteur.media.gates`), or the arithmetic of scores (`aiuteur.craft.review`).

It does not see the take: whether it tells the story, shows the right people or moves anybody it leaves unrated, and a score of
its own stands on technique (of a frame, composition too) alone.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import TypeAdapter, ValidationError

from aiuteur.craft.review import ALONE, rated, rating_of
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.dailies import Dimension, Gate, Rating, Review
from aiuteur.models.animatic.cards import CARDS
from aiuteur.models.protocols import Reply, Request

CARD: Final = CARDS[Role.JUDGE]
_GATES: Final = TypeAdapter(tuple[Gate, ...])
_LAYOUT: Final = frozenset({"off_centre", "contrast"})
"""Gates that tell of a frame's composition."""


class AnimaticJudge:
    """Answers `review_frame` and `review_clip` with a review of the gates that the request names."""

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return CARD

    async def make(self, request: Request) -> Reply:
        """Review one take; raises `InvalidInput` for another task or a request without the take's gates."""
        if request.task not in {"review_frame", "review_clip"}:
            message = f"The judge reviews frames and clips; it cannot do {request.task!r}."
            raise InvalidInput(message)
        found = review(_gates(request.payload), composed=request.task == "review_frame")
        return Reply(content=found.document(), cost_usd=0.0)


def review(gates: Sequence[Gate], *, composed: bool) -> Review:
    """The ratings that gates allow: technique, and of what is `composed` (a frame) its composition."""
    failed = {gate.name for gate in gates if not gate.passed}
    technical = Rating.FAIL if failed & ALONE else rating_of(len(failed - {"off_centre"}))
    ratings = [rated(Dimension.TECHNICAL_QUALITY, technical)]
    if composed:
        ratings.append(rated(Dimension.COMPOSITION, rating_of(len(failed & _LAYOUT))))
    return Review(ratings=tuple(ratings))


def _gates(payload: Mapping[str, Json]) -> tuple[Gate, ...]:
    try:
        return _GATES.validate_python(payload.get("gates"))
    except ValidationError as error:
        message = f"The gates to review a take by cannot be read: {error.errors()[0]['msg']}."
        raise InvalidInput(message) from error
