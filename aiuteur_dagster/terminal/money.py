"""Money in the terminal: quotes, budgets, costs and what changes made stale.

Belongs here: which facts are told, and their tables. Does not belong here: reckoning any of them (`aiuteur.accounts`).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiuteur.craft.naming import key_of
from aiuteur.registry.naming import name_of
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.answers import plain

if TYPE_CHECKING:
    from aiuteur.accounts import BudgetRow, Costs, Quoted
    from aiuteur.craft.planning import Planned, Price
    from aiuteur.craft.world import Key
    from aiuteur.digest import Json
    from aiuteur.lane import Lane
    from aiuteur.registry.costs import Spent
    from aiuteur.registry.invalidations import InvalidationRow

_SHOWN: Final = 4
_NONE: Final[Mapping[str, "Json"]] = {}
_NOTHING: Final[Mapping[str, "Json"]] = {"cost_usd": 0, "reserved_usd": 0, "calls": 0, "unpriced": 0}


def quote(quoted: "Quoted", labels: "Mapping[Key, str]") -> "dict[str, Json]":
    """A plan with its prices: every item with its reason, and whether it may be carried out."""
    plan, gate = quoted.plan, quoted.gate
    return {
        "lane": str(quoted.lane), "revision": quoted.revision, "fingerprint": quoted.fingerprint,
        "items": [_planned(item, labels) for item in plan.items],
        "foreseen": [{**_planned(item, labels), "count": item.foreseen} for item in plan.foreseen],
        "held": [{"item": name_of(key, labels), "why": why} for key, why in (plan.held or {}).items()],
        "gone": [name_of(key, labels) for key in plan.gone],
        "price": _price(plan.price), "known_price": _price(plan.known), "unpriced": list(plan.unpriced),
        "gate": {
            "closed": gate.closed, "sentence": gate.sentence, "needs_usd": plain(gate.needs_usd),
            "up_to_usd": plain(gate.up_to_usd),
        },
    }


def _planned(item: "Planned", labels: "Mapping[Key, str]") -> "dict[str, Json]":
    return {
        "stage": item.stage, "item": name_of(item.key, labels), "label": item.label, "why": item.why, "upstream": item.upstream,
        "waits_for": [name_of(key, labels) for key in item.waits_for],
        "role": item.role.value if item.role is not None else None,
        "model": f"{item.model.provider}/{item.model.name}" if item.model is not None else None,
        "calls": {"low": item.calls.low, "expected": item.calls.expected, "high": item.calls.high},
        "seconds": round(item.seconds, 3), "price": _price(item.price), "paid": item.paid,
    }


def _price(price: "Price | None") -> "Json":
    """Dollars at best, as expected and at most; None where that is unknown."""
    return None if price is None else {"low": plain(price.low), "expected": plain(price.expected), "high": plain(price.high)}


def draw_quote(answer: "Mapping[str, Json]", *, full: bool) -> None:
    """The plan by stage or item, what it comes to, and what may be done about it."""
    items = [*_rows(answer["items"]), *_rows(answer["foreseen"])]
    if not items:
        screen.out.print(f"{answer['lane']} is as it should be: nothing would be made.")
    else:
        screen.table([_line(item) for item in items] if full else _by_stage(items), "")
        screen.out.print(f"\n{_total(answer)}")
    for held in _rows(answer["held"]):
        screen.out.print(f"{held['item']} waits for a person: {held['why']}.")
    gate = answer["gate"]
    if isinstance(gate, Mapping) and items:
        screen.out.print(str(gate["sentence"]))
        if gate["closed"]:
            screen.out.print(f"`aiuteur allow {answer['lane']}` approves it.")


def _rows(value: "Json") -> "list[Mapping[str, Json]]":
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _line(item: "Mapping[str, Json]") -> "dict[str, Json]":
    why = str(item["why"]) + (" (may turn out unchanged)" if item["upstream"] else "")
    return {"item": item["item"], "why": why, "by": item["model"], "usd": _said(item["price"])}


def _by_stage(items: "Sequence[Mapping[str, Json]]") -> "list[dict[str, Json]]":
    found: dict[str, list[Mapping[str, Json]]] = {}
    for item in items:
        found.setdefault(str(item["stage"]), []).append(item)
    return [_stage(stage, rows) for stage, rows in found.items()]


def _stage(stage: str, rows: "Sequence[Mapping[str, Json]]") -> "dict[str, Json]":
    names = [str(row["item"]) for row in rows]
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    prices = [row["price"] for row in rows]
    known = [price for price in prices if isinstance(price, Mapping)]
    summed: Json = {name: sum(_number(price[name]) for price in known) for name in ("low", "expected", "high")}
    return {
        "stage": stage, "items": shown if stage != names[0] else "", "why": next((str(row["why"]) for row in rows), ""),
        "by": next((row["model"] for row in rows if row["model"]), None),
        "usd": _said(summed if len(known) == len(prices) else None),
    }


def _number(value: "Json") -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _said(price: "Json") -> str:
    """A price in a cell: nothing for free, a range where it is one."""
    if not isinstance(price, Mapping):
        return "unknown"
    low, expected, high = (_number(price[name]) for name in ("low", "expected", "high"))
    if high == 0:
        return "0"
    return f"{expected:.2f}" if low == high else f"{expected:.2f} ({low:.2f} to {high:.2f})"


def _total(answer: "Mapping[str, Json]") -> str:
    unpriced = answer["unpriced"]
    if answer["price"] is None and isinstance(unpriced, list):
        models, rest = ", ".join(map(str, unpriced)), _said(answer["known_price"])
        return f"The price is unknown: nobody knows what {models} cost; the rest comes to ${rest}."
    return f"Together ${_said(answer['price'])}."


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
        "id": str(row.id), "at": plain(row.at), "scope": row.scope, "moved": list(row.paths),
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
            "stale": f"{len(items)}: {_some(items)}", "scenes": _some(scenes), "usd": _said(row["cost_usd"]),
        })
    return found


def _names(value: "Json") -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
