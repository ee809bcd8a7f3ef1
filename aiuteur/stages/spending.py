"""Spending: a lane's plan with today's prices for who is cast, and whether it may be carried out.

Belongs here: putting plan, casting, prices and allowance together, in one transaction. Does not belong here: any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Never

from sqlalchemy.orm import Session

from aiuteur.craft.gating import FREE, Gate, gate
from aiuteur.craft.planning import Plan
from aiuteur.errors import InvalidInput
from aiuteur.film.crew import Role
from aiuteur.lane import Lane
from aiuteur.models import catalogue
from aiuteur.models.animatic.cards import cast
from aiuteur.models.casting import Cast, parse, scenes_of
from aiuteur.registry import budgets
from aiuteur.registry.castings import CastRow, castings
from aiuteur.registry.outlines import Outline
from aiuteur.settings import Settings
from aiuteur.stages.asks import todays
from aiuteur.stages.plan import plan


@dataclass(frozen=True, slots=True)
class Priced:
    """A lane's plan with prices, at one revision, and whether it may be carried out."""

    lane: Lane
    revision: int
    plan: Plan
    gate: Gate


def priced(session: Session, outline: Outline, settings: Settings, models: str | None = None, *, whole: bool = False) -> Priced:
    """Plan and price a lane for who is cast on it, or for `models` as they are written on the command line.

    Raises `InvalidInput` and `Refused` for models that are not known, and `NotFound`.
    """
    world = outline.world
    rows = (*_instead(models, settings), *castings(session, world.lane))
    cards = Cast(cast(), _nobody, settings=settings).on(rows, scenes_of(world))
    found = plan(world, cards.card, todays(world, outline.length), whole=whole)
    allowed = gate(found, budgets.allowance(session, world.lane)) if any(item.paid for item in found.items) else FREE
    if allowed.opened_by is not None:
        # While the plan is carried out it shrinks: from here on the yes holds for its items.
        budgets.cover(session, allowed.opened_by, allowed.covers)
    return Priced(world.lane, world.revision, found, allowed)


def may_cost(session: Session, outline: Outline) -> bool:
    """Whether anything on a lane may cost anything, without planning it: nobody but the built-in studio is cast or asked for."""
    asked = any(remake.model is not None for remake in outline.world.remakes.values())
    return asked or bool(castings(session, outline.world.lane))


def _instead(models: str | None, settings: Settings) -> Sequence[CastRow]:
    """The casting that was asked about, in place of the lane's own for each role it names; to price one takes no key."""
    found: Mapping[Role, tuple[str, ...]] = parse(models) if models else {}
    known = {model.provider for model in catalogue.models(settings.models_file).values()} | {catalogue.ANIMATIC}
    for provider in {name.partition("/")[0] for names in found.values() for name in names} - known:
        message = f"There is no provider {provider!r}. There are {', '.join(sorted(known))}."
        raise InvalidInput(message)
    return [CastRow(role, names, on_branch=True, item=None) for role, names in found.items()]


def _nobody(role: Role) -> Never:
    message = f"A plan asks nobody, not even the {role}."
    raise AssertionError(message)
