"""`rules`, `rule`: what a project has learnt about its takes, and how far it counts."""

from typing import Annotated, Literal

import typer

from aiuteur.digest import Json
from aiuteur.film.commands import ApplyRule
from aiuteur.film.rules import Rule
from aiuteur.lane import Lane
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import doing, screen
from aiuteur_dagster.terminal.options import AsJson, OfLane


def rules(lane: OfLane, as_json: AsJson = False) -> None:
    """Show what a project has learnt about its takes: suggested, on trial, in force or off."""
    with Studio.open() as studio:
        rows = [_row(rule) for rule in studio.desk.rules(Lane.parse(lane))]
    screen.json_value(rows) if as_json else screen.table(rows, "Nothing is learnt yet.")


def rule(
    lane: OfLane,
    which: Annotated[str, typer.Argument(metavar="RULE", help="Its id, as `aiuteur rules` shows it.")],
    do: Annotated[Literal["accept", "apply", "off"], typer.Option(help="For takes to come, for those made without it, no more.")],
    items: Annotated[list[str] | None, typer.Option("--item", help="Applied to only these, not to all it speaks of.")] = None,
    as_json: AsJson = False,
) -> None:
    """Let a rule in, apply it to takes made without it, or switch it off."""
    doing.give(lane, ApplyRule(rule=which, do=do, items=tuple(items or ())), f"The rule: {do}.", as_json=as_json)


def _row(found: Rule) -> dict[str, Json]:
    about = f"{found.scope} {found.about}".strip()
    whence = found.origin or "a person"
    return {"id": str(found.id), "state": found.state.value, "about": about, "rule": found.text, "from": whence}
