"""Quotes in the terminal: what would be made, why, by whom, how often and for how much.

Belongs here: which facts of a quote are told, and their table. Does not belong here: reckoning them (`aiuteur.accounts`), or what
was spent (`money`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from aiuteur.craft.gating import opening
from aiuteur.registry.naming import name_of
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.answers import plain

if TYPE_CHECKING:
    from aiuteur.accounts import Quoted
    from aiuteur.craft.planning import Calls, Planned, Price
    from aiuteur.craft.world import Key
    from aiuteur.digest import Json

_SHOWN: Final = 4
"""Items named in a line, and reasons told of a stage."""

_CENTS: Final = 0.1
_RANGE: Final = ("low", "expected", "high")


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
            "up_to_usd": plain(gate.up_to_usd), "short": gate.short,
        },
    }


def draw_quote(answer: "Mapping[str, Json]", *, full: bool) -> None:
    """The plan by stage and reason or by item, what it comes to, and what may be done about it."""
    items = [*_rows(answer["items"]), *_rows(answer["foreseen"])]
    if not items:
        screen.out.print(f"{answer['lane']} is as it should be: nothing would be made.")
    else:
        screen.table([_line(item) for item in items] if full else _by_reason(items), "")
        screen.out.print(f"\n{_total(answer)}")
    for held in _rows(answer["held"]):
        screen.out.print(f"{held['item']} waits for a person: {held['why']}.")
    gate = answer["gate"]
    if isinstance(gate, Mapping) and items:
        screen.out.print(str(gate["sentence"]))
        if gate["closed"]:
            screen.out.print(f"{opening(str(answer['lane']), short=gate['short'] is True)}.")


def dollars(price: "Json") -> str:
    """A price in a cell: nothing for free, a range where it is one."""
    if not isinstance(price, Mapping):
        return "unknown"
    return _ranged([_number(price[name]) for name in _RANGE], _usd)


def _planned(item: "Planned", labels: "Mapping[Key, str]") -> "dict[str, Json]":
    return {
        "stage": item.stage, "item": name_of(item.key, labels), "label": item.label, "why": item.why, "upstream": item.upstream,
        "waits_for": [name_of(key, labels) for key in item.waits_for],
        "role": item.role.value if item.role is not None else None,
        "model": f"{item.model.provider}/{item.model.name}" if item.model is not None else None,
        "calls": _calls(item.calls), "seconds": round(item.seconds, 3), "price": _price(item.price), "paid": item.paid,
    }


def _calls(calls: "Calls") -> "Json":
    return {"low": calls.low, "expected": calls.expected, "high": calls.high}


def _price(price: "Price | None") -> "Json":
    """Dollars at best, as expected and at most; None where that is unknown."""
    return None if price is None else {"low": plain(price.low), "expected": plain(price.expected), "high": plain(price.high)}


def _rows(value: "Json") -> "list[Mapping[str, Json]]":
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _line(item: "Mapping[str, Json]") -> "dict[str, Json]":
    why = str(item["why"]) + (" (may turn out unchanged)" if item["upstream"] else "")
    return {"item": item["item"], "why": why, **_measures([item])}


def _by_reason(items: "Sequence[Mapping[str, Json]]") -> "list[dict[str, Json]]":
    """A line for each stage and each of its few reasons; where there are many, those of one item alone share a line."""
    found: list[dict[str, Json]] = []
    for stage, rows in groupby(items, key=lambda item: str(item["stage"])):
        reasons: dict[str, list[Mapping[str, Json]]] = {}
        for row in rows:
            reasons.setdefault(str(row["why"]), []).append(row)
        many = len(reasons) > _SHOWN
        apart = [why for why in reasons if not many or len(reasons[why]) > 1][:_SHOWN]
        found += [_reason(stage, reasons.pop(why), why) for why in apart]
        if reasons:
            rest = [row for rows in reasons.values() for row in rows]
            others = f", and {len(reasons) - 1} other reasons (--full)" if len(reasons) > 1 else ""
            found.append(_reason(stage, rest, f"{rest[0]['why']}{others}"))
    return found


def _reason(stage: str, rows: "Sequence[Mapping[str, Json]]", why: str) -> "dict[str, Json]":
    names = [str(row["item"]) for row in rows]
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    return {"stage": stage, "items": shown if stage != names[0] else "", "why": why, **_measures(rows)}


def _measures(rows: "Sequence[Mapping[str, Json]]") -> "dict[str, Json]":
    """By whom, how many calls for how many seconds, and for how much."""
    prices = [row["price"] for row in rows]
    known = [price for price in prices if isinstance(price, Mapping)]
    calls = [row["calls"] for row in rows if isinstance(row["calls"], Mapping)]
    seconds = sum(_number(row["seconds"]) for row in rows)
    models = list(dict.fromkeys(str(row["model"]) for row in rows if row["model"]))
    return {
        "by": ", ".join(models) or None, "calls": _ranged(_summed(calls), "{:.3g}".format),
        "seconds": f"{seconds:.1f}" if seconds else "",
        "usd": _ranged(_summed(known), _usd) if len(known) == len(prices) else "unknown",
    }


def _summed(ranges: "Iterable[Mapping[str, Json]]") -> list[float]:
    given = list(ranges)
    return [sum(_number(one[name]) for one in given) for name in _RANGE]


def _number(value: "Json") -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _ranged(found: Sequence[float], said: Callable[[float], str]) -> str:
    """What is expected, and between what it lies; nothing but nought where it is that at most."""
    low, expected, high = found
    if high == 0:
        return "0"
    return said(expected) if low == high else f"{said(expected)} ({said(low)} to {said(high)})"


def _usd(amount: float) -> str:
    """Cents, and of less than ten of them the parts that count."""
    return f"{amount:.2f}" if amount >= _CENTS or amount == round(amount, 2) else f"{amount:.4f}"


def _total(answer: "Mapping[str, Json]") -> str:
    unpriced = answer["unpriced"]
    if answer["price"] is None and isinstance(unpriced, list):
        models, rest = ", ".join(map(str, unpriced)), dollars(answer["known_price"])
        return f"The price is unknown: nobody knows what {models} cost; the rest comes to ${rest}."
    return f"Together ${dollars(answer['price'])}."
