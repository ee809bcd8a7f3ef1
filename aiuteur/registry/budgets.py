"""Budgets and approvals: what may be spent on a project, a branch, a shot, and what a person said yes to.

Belongs here: reserving a call's price in the transaction that books its intent; reading how budgets stand. Does not belong here:
settling and releasing, which a trigger on the ledger does wherever a call ends (`migrations`), or whether a plan has to be asked
about (`aiuteur.craft.gating`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.gating import Allowance, Assent
from aiuteur.craft.world import Key
from aiuteur.errors import OverBudget
from aiuteur.lane import Lane
from aiuteur.registry.lanes import LaneRow, lane_row, person
from aiuteur.registry.naming import labels_of, name_of, name_on

SHOT_WORK: Final = frozenset({"shot_list", "prompts", "frames", "clips", "dailies"})
"""Artifacts whose items begin with a shot's id."""

_OVER: Final = """
FROM aiuteur.budgets WHERE project_id = :project AND (branch_id IS NULL OR branch_id = :branch)
"""
# In the order of ids and to the end of the transaction: two who reserve cannot wait for each other, nor both take what is left.
_HELD: Final = text(f"""
SELECT id, branch_id, shot, cap_usd, reserved_usd, spent_usd, approve_above_usd, unknown_allowance_usd {_OVER}
    AND (shot IS NULL OR branch_id = :branch AND shot = :shot) ORDER BY id FOR UPDATE
""")
_ALL: Final = text(f"""
SELECT id, branch_id, shot, cap_usd, reserved_usd, spent_usd, approve_above_usd, unknown_allowance_usd {_OVER}
ORDER BY branch_id NULLS FIRST, shot NULLS FIRST
""")
_RESERVE: Final = text("UPDATE aiuteur.generations SET reserved_usd = :amount, budget_ids = :ids WHERE id = :id")
_SENT_AGAIN: Final = text("SELECT branch_id, artifact, item, reserved_usd FROM aiuteur.generations WHERE id = :id")
_LANE: Final = text("""
SELECT id, project_id, owner_id, seed, revision, archived_at FROM aiuteur.branches WHERE id = :branch
""")
_NAME: Final = text("""
SELECT p.name, b.name FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id WHERE b.id = :branch
""")
_ASSENTS: Final = text("""
SELECT id, fingerprint, covers, up_to_usd - used_usd, at FROM aiuteur.approvals
WHERE branch_id = :branch ORDER BY at DESC LIMIT 20
""")
_COVER: Final = text("""
UPDATE aiuteur.approvals SET covers = :covers WHERE id = :id AND covers = '[]'::jsonb
""").bindparams(bindparam("covers", type_=JSONB))
_MADE_SINCE: Final = text("""
SELECT a.kind, a.item FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.id = a.head_version_id
WHERE a.branch_id = :branch AND v.created_at > :since AND v.origin = 'generated'
""")
_SET: Final = text("""
INSERT INTO aiuteur.budgets AS b (owner_id, project_id, branch_id, shot, cap_usd, approve_above_usd, unknown_allowance_usd)
VALUES (:owner, :project, :branch, :shot, :cap, :above, :unknown)
ON CONFLICT (project_id, branch_id, shot) DO UPDATE SET cap_usd = coalesce(excluded.cap_usd, b.cap_usd),
    approve_above_usd = coalesce(excluded.approve_above_usd, b.approve_above_usd),
    unknown_allowance_usd = coalesce(excluded.unknown_allowance_usd, b.unknown_allowance_usd)
RETURNING id, xmax = 0
""")
# The trigger on the ledger adds what these calls cost to a budget that they were not under before.
_CATCH_UP: Final = text("""
UPDATE aiuteur.generations g SET budget_ids = array_append(g.budget_ids, :budget)
FROM aiuteur.branches b WHERE b.id = g.branch_id AND b.project_id = :project AND (g.cost_usd > 0 OR g.reserved_usd > 0)
    AND (CAST(:branch AS uuid) IS NULL OR g.branch_id = :branch) AND NOT :budget = ANY(g.budget_ids)
    AND (CAST(:shot AS text) IS NULL OR g.artifact = ANY(:work) AND split_part(g.item, '/', 1) = :shot)
""")
_APPROVE: Final = text("""
INSERT INTO aiuteur.approvals (owner_id, branch_id, fingerprint, up_to_usd, by) VALUES (:owner, :branch, :fingerprint, :sum, :by)
""")


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One budget as it stands: its scope, its cap and what is left of it (None: no cap)."""

    id: UUID
    branch_id: UUID | None
    shot: str | None
    cap_usd: Decimal | None
    reserved_usd: Decimal
    spent_usd: Decimal
    approve_above_usd: Decimal | None
    unknown_allowance_usd: Decimal | None

    @property
    def scope(self) -> str:
        """What it is a budget of."""
        return "shot" if self.shot is not None else "branch" if self.branch_id is not None else "project"

    @property
    def left_usd(self) -> Decimal | None:
        """What may still be reserved."""
        return None if self.cap_usd is None else self.cap_usd - self.reserved_usd - self.spent_usd


def hold(session: Session, row: LaneRow, generation_id: UUID, key: Key, price_usd: Decimal | None) -> None:
    """Reserve a call's price in every budget over it, in the transaction that books its intent; what is free needs none.

    A call of unknown price is reserved at the allowance of the narrowest budget that has one. Raises `OverBudget` where a budget
    has less left than that, or no allowance: then nothing is booked.
    """
    if price_usd == 0:
        return
    found = [BudgetRow(*one) for one in session.execute(_HELD, {**_place(row), "shot": _shot(key)})]
    if not found:
        return
    amount = price_usd if price_usd is not None else _allowance(session, row, found, key)
    for budget in found:
        if budget.left_usd is not None and amount > budget.left_usd:
            raise _over(session, row, budget, key, amount)
    session.execute(_RESERVE, {"id": generation_id, "amount": amount, "ids": [budget.id for budget in found]})


def hold_again(session: Session, generation_id: UUID) -> None:
    """Reserve for a call that is sent again what was reserved for it before; raises `OverBudget`."""
    branch, artifact, item, price = session.execute(_SENT_AGAIN, {"id": generation_id}).one()
    row = session.execute(_LANE, {"branch": branch}).one()
    hold(session, LaneRow(*row), generation_id, Key(artifact, item), price)


def budgets(session: Session, lane: Lane) -> list[BudgetRow]:
    """Every budget over a lane, widest first; raises `NotFound`."""
    return [BudgetRow(*one) for one in session.execute(_ALL, _place(lane_row(session, lane)))]


def allowance(session: Session, lane: Lane) -> Allowance:
    """What is allowed on a lane and what people said yes to, as a gate asks for it."""
    row = lane_row(session, lane)
    found = [BudgetRow(*one) for one in session.execute(_ALL, _place(row))]
    wide = [budget for budget in found if budget.shot is None]
    left = [budget.left_usd for budget in wide if budget.left_usd is not None]
    return Allowance(
        left_usd=min(left, default=None), approve_above_usd=_narrowest([one.approve_above_usd for one in wide]),
        unknown_allowance_usd=_narrowest([one.unknown_allowance_usd for one in wide]),
        assents=[_assent(session, row, *one) for one in session.execute(_ASSENTS, {"branch": row.branch_id})],
    )


def cover(session: Session, assent: UUID, items: Sequence[str]) -> None:
    """Write down what a yes to a plan covers, the first time it is heeded, so that it holds while the plan is carried out."""
    session.execute(_COVER, {"id": assent, "covers": sorted(items)})


def set_budget(
    session: Session, row: LaneRow, *, scope: str, shot: str | None, cap: Decimal | None, above: Decimal | None,
    unknown: Decimal | None,
) -> None:
    """Make or change a budget; a sum left out stays as it is. A new one begins with what was spent in its scope already."""
    branch = None if scope == "project" else row.branch_id
    made = session.execute(_SET, {
        "owner": row.owner_id, "project": row.project_id, "branch": branch, "shot": shot, "cap": cap, "above": above,
        "unknown": unknown,
    }).one()
    if made[1]:
        session.execute(_CATCH_UP, {
            "budget": made[0], "project": row.project_id, "branch": branch, "shot": shot, "work": sorted(SHOT_WORK),
        })


def approve(session: Session, row: LaneRow, fingerprint: str, up_to_usd: Decimal) -> None:
    """Record a person's yes to a plan."""
    session.execute(_APPROVE, {
        "owner": row.owner_id, "branch": row.branch_id, "fingerprint": fingerprint, "sum": up_to_usd, "by": person(session),
    })


def _assent(
    session: Session, row: LaneRow, id_: UUID, fingerprint: str, covers: Sequence[str], left: Decimal, at: datetime,
) -> Assent:
    made = session.execute(_MADE_SINCE, {"branch": row.branch_id, "since": at}) if covers else ()
    return Assent(id_, fingerprint, frozenset(covers), left, frozenset(str(Key(*one)) for one in made))


def _narrowest(values: Sequence[Decimal | None]) -> Decimal | None:
    return next((value for value in reversed(values) if value is not None), None)


def _name(session: Session, row: LaneRow) -> str:
    """What people call the lane, for the command that would let it go on."""
    return "@".join(session.execute(_NAME, {"branch": row.branch_id}).one())


def _allowance(session: Session, row: LaneRow, found: Sequence[BudgetRow], key: Key) -> Decimal:
    ranked = sorted(found, key=lambda one: ("project", "branch", "shot").index(one.scope))
    allowed = _narrowest([one.unknown_allowance_usd for one in ranked])
    if allowed is None:
        message = (
            f"Nobody knows what {name_on(session, row.branch_id, key)} will cost, and no budget allows for it: say with "
            f"`aiuteur budget {_name(session, row)} --unknown USD` what may be reserved for each call of "
            "unknown price, or cast a model with a price."
        )
        raise OverBudget(message)
    return allowed


def _over(session: Session, row: LaneRow, budget: BudgetRow, key: Key, amount: Decimal) -> OverBudget:
    lane, labels = _name(session, row), labels_of(session, [row.branch_id])
    whose = f"--scope {budget.scope}" if budget.shot is None else f"--shot {name_of(Key('shot_list', budget.shot), labels)}"
    needed = budget.reserved_usd + budget.spent_usd + amount
    return OverBudget(
        f"The {budget.scope}'s budget is ${_short(budget.cap_usd)}, of which ${_short(budget.spent_usd)} is spent and "
        f"${_short(budget.reserved_usd)} reserved: ${_short(amount)} for {name_of(key, labels)} does not fit. "
        f"Nothing was asked for. `aiuteur budget {lane} {whose} --cap {_short(needed)}` would let it go on."
    )


def _short(amount: Decimal | None) -> str:
    """Dollars with as many places as they need, two at least."""
    plain = f"{amount or Decimal(0):.6f}".rstrip("0")
    whole, _, places = plain.partition(".")
    return f"{whole}.{places:0<2}"


def _place(row: LaneRow) -> Mapping[str, object]:
    return {"project": row.project_id, "branch": row.branch_id}


def _shot(key: Key) -> str | None:
    return key.item.partition("/")[0] if key.artifact in SHOT_WORK else None
