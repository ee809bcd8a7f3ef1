"""Gating: whether a plan may spend, or has to be asked about first.

Belongs here: the rule, as a function of the plan and of what is allowed. Does not belong here: budgets and approvals themselves
(`aiuteur.registry.budgets`), what a run does at a closed gate (`aiuteur.stages.run`).

What is free is never gated. What is paid needs a yes: a budget that is large enough and asks no approval for the sum, or an
approval of this very plan. Once given, an approval holds for the items of its plan until each was made once, up to its sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from aiuteur.craft.planning import Plan, Planned, Price

_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Assent:
    """A person's yes: to which plan, the items it covers (none written down yet: empty), dollars left, what was made since."""

    id: UUID
    fingerprint: str
    covers: frozenset[str]
    left_usd: Decimal
    made: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is allowed: dollars left (None: no cap), the sum above which to ask, for a call of unknown price; and the yeses."""

    left_usd: Decimal | None = None
    approve_above_usd: Decimal | None = None
    unknown_allowance_usd: Decimal | None = None
    assents: Sequence[Assent] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether paid items wait, for how many dollars' approval (None: the price is unknown), and the sentence that says so.

    `fingerprint` is the plan's, `opened_by` the approval that opens it, `covers` the items that approving it would cover;
    `short` where the budget has less left than the plan is expected to cost.
    """

    sentence: str
    fingerprint: str = ""
    closed: bool = False
    needs_usd: Decimal | None = Decimal(0)
    opened_by: UUID | None = None
    covers: tuple[str, ...] = ()
    up_to_usd: Decimal | None = None
    short: bool = False


FREE: Final = Gate("Nothing here costs anything.")
SHUT: Final = Gate("This run was begun to make only what is free.", closed=True)


def gate(plan: Plan, allowed: Allowance) -> Gate:
    """Whether a plan may spend."""
    paid = [item for item in (*plan.items, *plan.foreseen) if item.paid]
    if not paid:
        return FREE
    price, covers = plan.price, tuple(sorted({name for item in paid for name in covered(item)}))
    assent = _assent(plan, allowed, covers)
    if assent is not None:
        return Gate(f"Approved: ${_usd(assent.left_usd)} left of it.", plan.fingerprint, opened_by=assent.id, covers=covers)
    why = _why_closed(price, allowed)
    if why is None:
        return Gate(f"Within budget: {say(price, plan)}.", plan.fingerprint, covers=covers)
    needs, most = (None, plan.known.high) if price is None else (price.expected, price.high)
    return Gate(
        f"{why}: {say(price, plan)}.", plan.fingerprint, closed=True, needs_usd=needs, covers=covers, up_to_usd=most,
        short=_short(price, allowed),
    )


def opening(lane: str, *, short: bool) -> str:
    """What a person does about a closed gate; where it is `short` of money a yes alone reaches no further than the budget."""
    if short:
        return f"`aiuteur budget {lane} --cap USD` raises it, `aiuteur allow {lane}` goes on as far as what is left reaches"
    return f"`aiuteur allow {lane}` lets it go on"


def covered(item: Planned) -> tuple[str, ...]:
    """How a planned unit is written down among what an approval covers; what has no name yet is covered by its stage."""
    return tuple(str(key) for key in item.keys) if item.keys else (f"{item.stage}/{_ANY}",)


def say(price: Price | None, plan: Plan | None = None) -> str:
    """A price in words: what is expected, and between what it lies."""
    if price is None:
        known = f"at least ${_usd(plan.known.low)}, and " if plan is not None and plan.known.high else ""
        return f"{known}nobody knows the price of {', '.join(plan.unpriced) if plan is not None else 'a part of it'}"
    if price.low == price.high:
        return f"${_usd(price.expected)}"
    return f"${_usd(price.expected)} expected, ${_usd(price.low)} to ${_usd(price.high)}"


def _assent(plan: Plan, allowed: Allowance, covers: Sequence[str]) -> Assent | None:
    """The approval that holds for this plan: of the plan itself, or of one that it is a part of."""
    needed = plan.known.expected
    for assent in allowed.assents:
        if assent.left_usd < needed:
            continue
        if assent.fingerprint == plan.fingerprint or all(_within(name, assent) for name in covers):
            return assent
    return None


def _within(name: str, assent: Assent) -> bool:
    """Whether an approval covers an item that was not made since; one whose stage was approved without names counts by stage."""
    stage = name.partition("/")[0]
    return name not in assent.made and (name in assent.covers or f"{stage}/{_ANY}" in assent.covers)


def _why_closed(price: Price | None, allowed: Allowance) -> str | None:
    """Why a plan that nobody approved has to wait, None where it need not."""
    if price is None:
        return None if allowed.unknown_allowance_usd is not None and allowed.left_usd is not None else "Needs approval"
    if allowed.left_usd is not None and _short(price, allowed):
        return f"Only ${_usd(max(allowed.left_usd, Decimal(0)))} is left of the budget"
    above = allowed.approve_above_usd
    if above is None:
        # A person who set a cap said yes to spending within it.
        return None if allowed.left_usd is not None else f"Needs approval of ${_usd(price.expected)}"
    return f"Needs approval of ${_usd(price.expected)}" if price.expected > above else None


def _short(price: Price | None, allowed: Allowance) -> bool:
    """Whether less is left than is expected: what may turn out unchanged costs nothing at best, so that `low` says little."""
    return price is not None and allowed.left_usd is not None and price.expected > allowed.left_usd


def _usd(amount: Decimal) -> str:
    return f"{amount:.2f}" if amount >= Decimal("0.1") or amount == round(amount, 2) else f"{amount:.4f}"
