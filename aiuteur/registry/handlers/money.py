"""Commands about money: budgets, approvals, and taking note of what a change will cost.

Belongs here: writing down what a person said. Does not belong here: heeding it (`aiuteur.registry.budgets`, `aiuteur.stages`).
"""

from decimal import Decimal

from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film import commands as c
from aiuteur.lane import Lane
from aiuteur.registry import budgets, invalidations
from aiuteur.registry.handlers.handled import UNCHANGED, Handled
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.naming import resolve


def set_budget(session: Session, lane: Lane, command: c.SetBudget) -> Handled:
    """Make or change a budget; raises `InvalidInput` where no sum is given, or a shot is missing or out of place."""
    sums = {"cap": command.cap_usd, "above": command.approve_above_usd, "unknown": command.unknown_allowance_usd}
    if all(amount is None for amount in sums.values()):
        message = "A budget needs a sum: a cap, a sum above which to ask, or an allowance for calls of unknown price."
        raise InvalidInput(message)
    shot = _shot(session, lane, command)
    budgets.set_budget(session, lane_row(session, lane), scope=command.scope, shot=shot, **sums)
    details: dict[str, Json] = {name: _said(amount) for name, amount in sums.items()}
    return Handled("budget_set", details={"scope": command.scope, "shot": shot, **details})


def approve_spend(session: Session, lane: Lane, command: c.ApproveSpend) -> Handled:
    """Record a person's yes to what a plan will cost: paid items go on."""
    budgets.approve(session, lane_row(session, lane), command.fingerprint, command.up_to_usd)
    return Handled("spend_approved", details={"fingerprint": command.fingerprint, "up_to": _said(command.up_to_usd)})


def acknowledge(session: Session, lane: Lane, command: c.AcknowledgeInvalidation) -> Handled:
    """Record that a person took note of what changes made stale, and of its cost as it was estimated then."""
    noted = invalidations.acknowledge(session, lane, command.ids)
    return Handled("invalidation_acknowledged", details={"ids": [str(one) for one in noted]}) if noted else UNCHANGED


def _shot(session: Session, lane: Lane, command: c.SetBudget) -> str | None:
    if command.scope != "shot":
        if command.shot is not None:
            message = f"A budget of the {command.scope} has no shot: leave the shot out, or give it the scope `shot`."
            raise InvalidInput(message)
        return None
    if command.shot is None:
        message = "Which shot is the budget for? Name it, for instance `7B`."
        raise InvalidInput(message)
    name = command.shot if ":" in command.shot or "/" in command.shot else f"shot:{command.shot}"
    found = resolve(session, lane, name)
    if found.artifact not in budgets.SHOT_WORK:
        message = f"{command.shot} is no shot: name one, for instance shot:7B."
        raise InvalidInput(message)
    return found.item.partition("/")[0]


def _said(amount: Decimal | None) -> str | None:
    return str(amount) if amount is not None else None
