"""`ledger`: the calls of a lane that have not ended, and a person's word on those that may have been paid for."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from aiuteur.craft.naming import key_of
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.lane import Lane
from aiuteur.registry.naming import name_of
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.answers import plain
from aiuteur_dagster.terminal.options import AsJson, OfLane, usd

if TYPE_CHECKING:
    from aiuteur.digest import Json
    from aiuteur.purchases import OpenCall

_SHORT = 8
"""Characters of a call's id that tell it from others."""


def ledger(
    lane: OfLane,
    every: Annotated[bool, typer.Option("--all", help="Those under way as well.")] = False,
    settle: Annotated[str | None, typer.Option(metavar="CALL", help="It was made and charged: how its id begins.")] = None,
    cancel: Annotated[str | None, typer.Option(metavar="CALL", help="It came to nothing, and may be made again.")] = None,
    cost: Annotated[Decimal | None, typer.Option(parser=usd, metavar="USD", help="What the provider's bill says.")] = None,
    operation: Annotated[str | None, typer.Option(help="The provider's id of it: its answer is then fetched.")] = None,
    reason: Annotated[str, typer.Option(help="What the provider's records say.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show calls that may have been paid for, and settle or cancel them by the provider's records."""
    where = Lane.parse(lane)
    if settle is not None and cancel is not None:
        message = "A call was either charged or came to nothing: give --settle or --cancel, not both."
        raise InvalidInput(message)
    with Studio.open() as studio:
        calls, named = studio.purchases, settle if settle is not None else cancel
        if named is not None:
            call = _one(calls.waiting(where), where, named)
            if settle is not None:
                calls.settle(where, call.generation_id, _charged(cost), operation=operation, reason=reason)
            else:
                calls.cancel(where, call.generation_id, cost_usd=cost, reason=reason)
        labels = studio.branches.labels(where)
        rows = [_row(call, name_of(key_of(call.item), labels)) for call in calls.waiting(where, everything=every)]
        totals: dict[str, Json] = {name: plain(usd) for name, usd in calls.totals(where).items()}
    if as_json:
        screen.json_value({"lane": str(where), "calls": rows, "usd": totals})
        return
    screen.table([{**row, "call": str(row["call"])[:_SHORT]} for row in rows], f"No call of {where} waits for a person.")
    screen.facts("\nDollars", totals)


def _one(waiting: "list[OpenCall]", where: Lane, begins: str) -> "OpenCall":
    """The call whose id begins so; raises `NotFound` and `InvalidInput`."""
    found = [call for call in waiting if str(call.generation_id).startswith(begins.lower())]
    if not found:
        message = f"No call of {where} that waits for a person begins with {begins!r}: `aiuteur ledger {where}` lists them."
        raise NotFound(message)
    if len(found) > 1:
        message = f"{len(found)} calls of {where} begin with {begins!r}: give more of its id."
        raise InvalidInput(message)
    return found[0]


def _charged(cost: Decimal | None) -> Decimal:
    if cost is None:
        message = "A call that was charged has a price: give it with --cost, as the provider's bill says."
        raise InvalidInput(message)
    return cost


def _row(call: "OpenCall", item: str) -> "dict[str, Json]":
    return {
        "call": str(call.generation_id), "item": item, "state": call.state.value, "model": call.model,
        "operation": call.operation, "reserved_usd": plain(call.reserved_usd), "minutes": round(call.age / 60, 1),
        "why": call.error,
    }
