"""Money in the terminal: budgets, costs and what changes made stale.

Belongs here: which facts are told, and their tables. Does not belong here: quotes (`quotes`), or reckoning any of them
(`aiuteur.accounts`).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiuteur.craft.naming import key_of
from aiuteur.craft.staleness import say_path
from aiuteur.registry.naming import name_of
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.answers import plain
from aiuteur_dagster.terminal.quotes import dollars

if TYPE_CHECKING:
    from aiuteur.accounts import BudgetRow, Costs
    from aiuteur.craft.world import Key
    from aiuteur.digest import Json
    from aiuteur.lane import Lane
    from aiuteur.registry.costs import Spent
    from aiuteur.registry.invalidations import InvalidationRow

_SHOWN: Final = 4
_NONE: Final[Mapping[str, "Json"]] = {}
_NOTHING: Final[Mapping[str, "Json"]] = {"cost_usd": 0, "reserved_usd": 0, "calls": 0, "unpriced": 0}


def budgets(rows: "Sequence[BudgetRow]", labels: "Mapping[Key, str]") -> "list[dict[str, Json]]":
    """Budgets as they stand."""
    return [{
        "scope": row.scope, "shot": name_of(key_of(f"shot_list/{row.shot}"), labels) if row.shot else None,
        "cap_usd": plain(row.cap_usd), "reserved_usd": plain(row.reserved_usd), "spent_usd": plain(row.spent_usd),
        "left_usd": plain(row.left_usd), "approve_above_usd": plain(row.approve_above_usd),
        "unknown_allowance_usd": plain(row.unknown_allowance_usd),
    } for row in rows]


def costs(
    lane: "Lane", found: "Costs", to_come: "Mapping[str, Decimal | None]", labels: "Mapping[Key, str]"
) -> "dict[str, Json]":
    """What a lane has cost, summed in every way, and what its plan would still cost by stage."""
    return {
        "lane": str(lane), "total": _spent(found.total),
        "by": {what: {_called(what, name, labels): _spent(one) for name, one in sums.items()} for what, sums in found.by.items()},
        "accepted_seconds": found.accepted_seconds, "cost_per_accepted_second": plain(found.per_accepted_second),
        "wasted_usd": plain(found.wasted_usd), "wasted_calls": found.wasted_calls,
        "to_come": {stage: plain(usd) for stage, usd in to_come.items()},
    }


def _called(what: str, name: str, labels: "Mapping[Key, str]") -> str:
    artifact = {"scene": "scenes", "shot": "shot_list"}.get(what)
    return name_of(key_of(f"{artifact}/{name}"), labels) if artifact and name else name or "–"


def _spent(one: "Spent") -> "dict[str, Json]":
    return {
        "cost_usd": plain(one.cost_usd), "reserved_usd": plain(one.reserved_usd), "calls": one.calls, "unpriced": one.unpriced,
    }


def draw_costs(answer: "Mapping[str, Json]", by: str) -> None:
    """The sums by one thing, then the whole."""
    spent, coming = _of(_of(answer["by"]).get(by)), _of(answer["to_come"]) if by == "stage" else _NONE
    rows: list[dict[str, Json]] = []
    for name in dict.fromkeys([*spent, *coming]):
        told: dict[str, Json] = {by: name, **_NOTHING, **_of(spent.get(name))}
        rows.append({**told, "to_come_usd": coming.get(name, 0)} if by == "stage" else told)
    screen.table(rows, "Nothing has been asked for yet.")
    screen.facts("\nTogether", {
        **_of(answer["total"]), "accepted_seconds": answer["accepted_seconds"],
        "cost_per_accepted_second": answer["cost_per_accepted_second"], "wasted_usd": answer["wasted_usd"],
    })


def _of(value: "Json") -> "Mapping[str, Json]":
    return value if isinstance(value, Mapping) else _NONE


def invalidations(rows: "Sequence[InvalidationRow]", labels: "Mapping[Key, str]", *, taken: bool) -> "list[dict[str, Json]]":
    """What changes made stale, by the names of the items."""
    return [{
        "id": str(row.id), "at": plain(row.at), "scope": row.scope, "moved": [say_path(path, labels) for path in row.paths],
        "items": [name_of(key_of(item), labels) for item in row.items],
        "scenes": [name_of(key_of(f"scenes/{scene}"), labels) for scene in row.scenes],
        "cost_usd": None if row.cost_expected_usd is None else {
            "low": plain(row.cost_low_usd), "expected": plain(row.cost_expected_usd), "high": plain(row.cost_high_usd),
        },
        "acknowledged": taken or row.acknowledged_at is not None,
    } for row in rows]


def briefly(rows: "Sequence[Mapping[str, Json]]") -> "list[dict[str, Json]]":
    """The same for the eye: counts in place of long lists."""
    found: list[dict[str, Json]] = []
    for row in rows:
        moved, items, scenes = (_names(row[name]) for name in ("moved", "items", "scenes"))
        found.append({
            "at": row["at"], "scope": str(row["scope"]).replace("_", " "), "moved": _some(moved),
            "stale": f"{len(items)}: {_some(items)}", "scenes": _some(scenes), "usd": dollars(row["cost_usd"]),
        })
    return found


def _names(value: "Json") -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
