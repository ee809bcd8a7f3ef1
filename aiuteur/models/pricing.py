"""Pricing a call: what is reserved before it, and what it cost by its own usage.

Belongs here: from a request and a reply to dollars. Does not belong here: the price book (`aiuteur.craft.prices`), or how much is
estimated for what (`aiuteur.craft.estimating`).
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from aiuteur.craft import estimating
from aiuteur.craft.planning import Calls
from aiuteur.craft.prices import Usage, book
from aiuteur.digest import Json, canonical
from aiuteur.errors import Refused
from aiuteur.film.crew import ModelCard
from aiuteur.models import catalogue
from aiuteur.models.protocols import Reply, Request

_ONCE: Final = Calls(1, 1, 1)
_ANSWERS: Final = {"treatment": 2500, "beats": 4000, "script": 12000, "bible": 8000, "shot_list": 4000}
_ANSWER: Final = 1200
"""Tokens an answer may have that no other figure is known for."""

_NOTHING: Final = Decimal(0)


def reserve(card: ModelCard, request: Request) -> Decimal | None:
    """The most that a call is likely to cost, in dollars, which is what is reserved for it; None where the price is unknown."""
    if card.replayable:
        return _NOTHING
    found = _rates().price(card, _foreseen(card, request), _ONCE)
    return found.high if found is not None else None


def cost(card: ModelCard, reply: Reply) -> Decimal | None:
    """What a call cost, in dollars: as the provider says, else by its usage and the price book; None where neither tells."""
    if reply.cost_usd is not None:
        return Decimal(str(reply.cost_usd))
    if card.replayable:
        return _NOTHING
    known = {name: value for name, value in reply.usage.items() if name in Usage.__slots__}
    if not known:
        return None
    found = book().price(card.provider, card.name, Usage.read(known), _today())
    return found.usd if found is not None else None


def _foreseen(card: ModelCard, request: Request) -> Usage:
    """What a call is likely to use."""
    shown = len((request.prompt + request.system).encode()) + len(canonical(request.payload))
    match request.task:
        case "key_image" | "frame":
            return estimating.pictured(shown, len(request.references))
        case "clip":
            return estimating.filmed(_lasting(card, _seconds(request.payload)))
        case "line":
            return estimating.spoken(len(str(request.payload.get("text", ""))))
        case "review_frame" | "review_clip":
            return estimating.reviewed(_seconds(request.payload), len(request.references), _ANSWER)
        case task:
            return estimating.written(shown, _ANSWERS.get(task, _ANSWER))


def _seconds(payload: Mapping[str, Json]) -> float:
    motion = payload.get("motion")
    seconds = motion.get("seconds") if isinstance(motion, Mapping) else None
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _lasting(card: ModelCard, seconds: float) -> float:
    """The length that is bought: a model may make no shorter one."""
    known = catalogue.models().get(f"{card.provider}/{card.name}")
    try:
        return known.lasting(seconds) if known is not None else seconds
    except Refused:
        return seconds


def _rates() -> estimating.Rates:
    return estimating.Rates(book(), _today())


def _today() -> date:
    return datetime.now(UTC).date()
