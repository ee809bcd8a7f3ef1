"""Quoting: from what is to be made to what it will cost. An unknown price is unknown, never nought."""

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter

from aiuteur.film.quote import Quote, QuoteLine


def quote(
    stage: str, provider: str, model: str, wanted: Mapping[str, str], seconds: Mapping[str, float], per_second: float | None
) -> Quote:
    """A quote with one line for each reason.

    `wanted` maps an item to the reason it is to be made, `seconds` to the length of its clip; `per_second` is the model's price
    in dollars for a second, None where it is unknown. A free quote needs no approval.
    """
    by_reason = groupby(sorted(wanted.items(), key=itemgetter(1, 0)), key=itemgetter(1))
    lines = tuple(
        _line(stage, provider, model, reason, [item for item, _ in items], seconds, per_second) for reason, items in by_reason
    )
    total = None if any(line.price_usd is None for line in lines) else sum(line.price_usd or 0.0 for line in lines)
    return Quote(lines=lines, total_usd=total, approved=total == 0.0)


def _line(
    stage: str, provider: str, model: str, reason: str, items: list[str], seconds: Mapping[str, float], per_second: float | None
) -> QuoteLine:
    length = round(sum(seconds.get(item, 0.0) for item in items), 3)
    return QuoteLine(
        stage=stage, provider=provider, model=model, items=tuple(items), reason=reason, calls=len(items), seconds=length,
        price_usd=None if per_second is None else round(per_second * length, 6),
    )
