"""`policy`, `interrupts`, `resolve`, `resume`: what automation may do, and what waits for a person."""

from typing import Annotated, Literal

import typer

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.commands import ResolveInterrupt, Resume, SetPolicy
from aiuteur.lane import Lane
from aiuteur.registry.interrupts import InterruptRow
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import doing, screen
from aiuteur_dagster.terminal.answers import plain
from aiuteur_dagster.terminal.options import AsJson, OfLane

_SHORT = 8
"""Characters of an interrupt's id that tell it from others."""


def policy(
    lane: OfLane,
    auto: Annotated[Literal["off", "free", "within_budget"] | None, typer.Option(help="How far automation may go.")] = None,
    max_failures: Annotated[int | None, typer.Option(help="Failures in a row before it stops asking.", min=1, max=100)] = None,
    webhook: Annotated[str | None, typer.Option(help="An address that is told of interrupts; '' for none.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set how far automation may go: off, free, within_budget."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        if auto is not None or max_failures is not None or webhook is not None:
            studio.desk.do(where, SetPolicy(auto=auto, max_failures=max_failures, webhook=webhook))
        found = studio.desk.policy(where)
    answer: dict[str, Json] = {
        "project": where.project, "auto": found.auto, "max_failures": found.max_failures, "webhook": found.webhook,
    }
    screen.json_value(answer) if as_json else screen.facts(f"Automation of {where.project}", answer)


def interrupts(
    lane: Annotated[str | None, typer.Argument(metavar="[LANE]", help="One lane; all of them if not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what waits for a person."""
    with Studio.open() as studio:
        found = studio.desk.waiting(Lane.parse(lane) if lane is not None else None)
        elsewhere = 0 if found or lane is None else len(studio.desk.waiting())
    rows = [_row(one) for one in found]
    if as_json:
        screen.json_value(rows)
        return
    short: list[dict[str, Json]] = [{**row, "id": str(row["id"])[:_SHORT]} for row in rows]
    where, more = f" on {lane}" if lane else "", f"; on other lanes {elsewhere} do: `aiuteur interrupts`" if elsewhere else ""
    screen.table(short, f"Nothing waits for a person{where}{more}.")


def resolve(
    lane: OfLane,
    interrupt: Annotated[str | None, typer.Argument(metavar="[ID]", help="How its id begins; none: the only one.")] = None,
    action: Annotated[Literal["retry", "accept", "skip"], typer.Option(help="What to do about it.")] = "retry",
    guidance: Annotated[str | None, typer.Option(help="What is to be different, in words for the prompt.")] = None,
    attempts: Annotated[int | None, typer.Option(help="How many more attempts it may have.", min=1, max=8)] = None,
    as_json: AsJson = False,
) -> None:
    """Answer what waits: retry, accept or skip."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        one = _one(studio.desk.waiting(where), where, interrupt)
        command = ResolveInterrupt(interrupt=one.id, action=action, guidance=guidance, attempts=attempts)
        answer = doing.carry_out(studio, where, command)
    doing.tell(answer, f"Answered with {action}: {one.reason}", as_json=as_json)


def resume(
    lane: OfLane, note: Annotated[str, typer.Option(help="What was changed.")] = "", as_json: AsJson = False,
) -> None:
    """Let a lane go on that stopped asking after failures."""
    doing.give(lane, Resume(note=note), "It goes on", as_json=as_json)


def _row(one: InterruptRow) -> dict[str, Json]:
    return {
        "id": str(one.id), "lane": str(one.lane), "kind": one.kind, "item": one.item, "reason": one.reason,
        "remedy": one.remedy, "opened_at": plain(one.opened_at),
    }


def _one(waiting: list[InterruptRow], lane: Lane, wanted: str | None) -> InterruptRow:
    found = [one for one in waiting if wanted is None or str(one.id).startswith(wanted.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        what = "waits" if wanted is None else f"with id {wanted} waits"
        message = f"Nothing {what} on {lane}: see `aiuteur interrupts {lane}`."
        raise NotFound(message)
    message = f"{len(found)} things wait on {lane}: give the id of one, as `aiuteur interrupts {lane}` tells it."
    raise InvalidInput(message)
