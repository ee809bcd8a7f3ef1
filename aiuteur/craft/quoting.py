"""Quoting: from a plan to the lines of a quote. An unknown price is unknown, never nought."""

import math
from collections.abc import Iterable
from functools import reduce
from itertools import groupby
from typing import Final, NamedTuple

from aiuteur.craft.planning import Ask, Calls, Planned, Price, total
from aiuteur.film.quote import Quote, QuoteLine

_NOBODY: Final = "nobody"


class _Asked(NamedTuple):
    """One ask of one planned unit."""

    item: Planned
    ask: Ask


def quote(planned: Iterable[Planned], *, approved: bool = False) -> Quote:
    """A quote with a line for each stage, role, model and reason; `approved` where somebody said yes, or it is free."""
    asked = [_Asked(item, ask) for item in planned for ask in item.asks]
    order = {stage: at for at, stage in enumerate(dict.fromkeys(one.item.stage for one in asked))}
    asked.sort(key=lambda one: (order[one.item.stage], *_line_of(one)))
    lines = [_line(list(group)) for _, group in groupby(asked, key=_line_of)]
    low, expected, high = _dollars(total(one.ask.price for one in asked))
    return Quote(lines=tuple(lines), low_usd=low, total_usd=expected, high_usd=high, approved=approved or high == 0)


def _line_of(one: _Asked) -> tuple[str, ...]:
    card = one.ask.card
    return (one.item.stage, one.ask.role, card.provider if card else "", card.name if card else "", one.item.why)


def _line(group: list[_Asked]) -> QuoteLine:
    first = group[0]
    provider, model = (first.ask.card.provider, first.ask.card.name) if first.ask.card else (_NOBODY, _NOBODY)
    calls = reduce(lambda a, b: a + b, (one.ask.calls for one in group), Calls())
    low, expected, high = _dollars(total(one.ask.price for one in group))
    return QuoteLine(
        stage=first.item.stage, role=first.ask.role, provider=provider, model=model,
        items=tuple(sorted(one.item.anchor for one in group)), reason=first.item.why, calls=math.ceil(calls.expected),
        seconds=round(sum(one.ask.seconds for one in group), 3), low_usd=low, price_usd=expected, high_usd=high,
    )


def _dollars(price: Price | None) -> tuple[float | None, float | None, float | None]:
    return (float(price.low), float(price.expected), float(price.high)) if price is not None else (None, None, None)
