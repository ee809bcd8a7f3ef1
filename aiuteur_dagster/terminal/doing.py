"""Giving a command at the desk, and telling what became of it.

Belongs here: what all commands that change something share. Does not belong here: what any of them takes
(`aiuteur_dagster.terminal.commands`) or does (`aiuteur.registry.handlers`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aiuteur.lane import Lane
from aiuteur.registry.naming import name_of
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.past import called

if TYPE_CHECKING:
    from aiuteur.craft.world import Key
    from aiuteur.desk import CommandResult
    from aiuteur.digest import Json
    from aiuteur.film.commands import Command


def give(lane: str, command: "Command", said: str, *, as_json: bool) -> None:
    """Open the studio, carry one command out, and tell of it; raises what the desk raises."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        tell(carry_out(studio, where, command), said, as_json=as_json)


def carry_out(studio: Studio, lane: Lane, command: "Command") -> "dict[str, Json]":
    """Carry one command out and answer in names: the lane's revision, the versions made, and what the command itself answers."""
    return answered(studio, lane, studio.desk.do(lane, command))


def answered(studio: Studio, lane: Lane, result: "CommandResult") -> "dict[str, Json]":
    """A command's result as a plain value."""
    labels = studio.branches.labels(lane) if result.made or result.answer else {}
    made: list[Json] = [
        {"item": name_of(one.key, labels), "version": one.n, "selected": one.selected, "new": one.written} for one in result.made
    ]
    told = {name: _named(value, labels) for name, value in result.answer.items()}
    return {"lane": str(lane), "state": result.state, "revision": result.revision, "made": made, **told}


def _named(value: "Json", labels: "Mapping[Key, str]") -> "Json":
    """A part of an answer, items told by their names where it speaks of them by key."""
    if isinstance(value, Mapping):
        return {called(name, labels): part for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [called(part, labels) if isinstance(part, str) else part for part in value]
    return value


def tell(answer: "Mapping[str, Json]", said: str, *, as_json: bool) -> None:
    """The answer as JSON, or a sentence and a table of what was made."""
    if as_json:
        screen.json_value(answer)
        return
    screen.out.print(f"{said} ({answer['lane']} is at revision {answer['revision']}).")
    made = answer["made"]
    if isinstance(made, list) and made:
        screen.table([one for one in made if isinstance(one, Mapping)], "")
