"""`quote`, `budget`, `allow`, `costs`, `invalidations`: what things cost, and what may be spent."""

from decimal import Decimal
from typing import Annotated, Literal

import typer

from aiuteur.digest import Json
from aiuteur.film.commands import SetBudget
from aiuteur.lane import Lane
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import doing, money, quotes, screen, whatif
from aiuteur_dagster.terminal.options import AsJson, OfLane, usd


def quote(
    lane: OfLane,
    change: Annotated[str | None, typer.Option(metavar="CHANGE", help=whatif.HELP)] = None,
    models: Annotated[str | None, typer.Option(help="Price these models in place of who is cast.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="The whole film, as if nothing were made.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Every item, and not their sums by stage and reason.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what would be made now, why, and what it costs: also of a change not made yet."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        quoted = studio.accounts.quote(where, whatif.command(change) if change is not None else None, models, whole=whole)
        answer = quotes.quote(quoted, studio.branches.labels(where))
    screen.json_value(answer) if as_json else quotes.draw_quote(answer, full=full)


def budget(
    lane: OfLane,
    cap: Annotated[Decimal | None, typer.Option(parser=usd, metavar="USD", help="Never more than this.")] = None,
    approve_above: Annotated[
        Decimal | None, typer.Option(parser=usd, metavar="USD", help="A plan expected to cost more waits for a person.")
    ] = None,
    unknown: Annotated[
        Decimal | None, typer.Option(parser=usd, metavar="USD", help="What is reserved for a call of unknown price.")
    ] = None,
    scope: Annotated[Literal["project", "branch", "shot"], typer.Option(help="Whose budget.")] = "project",
    shot: Annotated[str | None, typer.Option(help="The shot whose budget it is.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set what may be spent on a project, a branch or a shot."""
    where = Lane.parse(lane)
    sums = (cap, approve_above, unknown)
    with Studio.open() as studio:
        if any(one is not None for one in sums):
            whose = "shot" if shot is not None else scope
            studio.accounts.set_budget(where, SetBudget(
                scope=whose, shot=shot, cap_usd=cap, approve_above_usd=approve_above, unknown_allowance_usd=unknown,
            ))
        rows = money.budgets(studio.accounts.budgets(where), studio.branches.labels(where))
    none = f"No budget is set over {where}: only what is free is made. `aiuteur budget {where} --cap 5` allows five dollars."
    screen.json_value(rows) if as_json else screen.table(rows, none)


def allow(
    lane: OfLane,
    up_to: Annotated[
        Decimal | None, typer.Option(parser=usd, metavar="USD", help="At most this; what the plan may cost if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Approve what the plan of a lane costs, so that it goes on."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        answer: dict[str, Json] = doing.answered(studio, where, studio.accounts.approve(where, up_to))
    doing.tell(answer, "Approved: the plan goes on", as_json=as_json)


def costs(
    lane: OfLane,
    by: Annotated[Literal["stage", "scene", "shot", "provider", "model"], typer.Option(help="Summed by what.")] = "stage",
    as_json: AsJson = False,
) -> None:
    """Show what a lane has cost and is still to cost, by stage, scene, shot, provider or model."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        answer = money.costs(where, studio.accounts.costs(where), studio.accounts.to_come(where), studio.branches.labels(where))
    screen.json_value(answer) if as_json else money.draw_costs(answer, by)


def invalidations(
    lane: OfLane,
    acknowledge: Annotated[bool, typer.Option("--acknowledge", help="Take note of all that are open.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Those taken note of before, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what changes made stale and what that costs; acknowledge it."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        found = studio.accounts.invalidations(where, only_open=not every)
        if acknowledge and found:
            studio.accounts.acknowledge(where, [row for row in found if row.acknowledged_at is None])
        rows = money.invalidations(found, studio.branches.labels(where), taken=acknowledge)
    if as_json:
        screen.json_value(rows)
        return
    screen.table(money.briefly(rows), f"Nothing on {where} is open: every change was taken note of.")
