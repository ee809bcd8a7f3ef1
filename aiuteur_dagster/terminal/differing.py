"""A difference in the terminal: a table by stage and item, or plain values.

Belongs here: how it is told. Does not belong here: the page (`aiuteur.exports.difference`), or finding what differs.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from aiuteur.craft.diffing import FieldChange, Happened, ItemChange, StageChange
from aiuteur.craft.taking import made
from aiuteur.digest import canonical
from aiuteur_dagster.terminal import screen

if TYPE_CHECKING:
    from aiuteur.digest import Json
    from aiuteur.lane import Lane

_STYLES: Final = {Happened.ADDED: "green", Happened.REMOVED: "red", Happened.CHANGED: "cyan", Happened.MOVED: "yellow"}
_SIGNS: Final = {Happened.ADDED: "+", Happened.REMOVED: "−", Happened.CHANGED: "~", Happened.MOVED: "↕"}
_VALUE: Final = 60


def answer(ours: "Lane", theirs: "Lane", stages: Sequence[StageChange]) -> "dict[str, Json]":
    """The difference as plain values."""
    return {"from": str(ours), "to": str(theirs), "stages": [
        {"stage": stage.stage, "items": [_item(item) for item in stage.items]} for stage in stages
    ]}


def _item(item: ItemChange) -> "dict[str, Json]":
    fields: list[Json] = [_field(field) for field in item.fields]
    return {
        "item": item.label, "key": str(item.key), "happened": item.happened.value, "was_version": item.was,
        "now_version": item.now, "fields": fields,
    }


def _field(field: FieldChange) -> "dict[str, Json]":
    told: dict[str, Json] = {"name": field.name, "was": field.was, "now": field.now}
    return {**told, "diff": list(field.lines)} if field.lines else told


def draw(ours: "Lane", theirs: "Lane", stages: Sequence[StageChange], *, full: bool = False) -> None:
    """The difference for the eye: a head for each stage, an item a line, its fields below.

    Of what is made from the rest, such as prompts and frames, only the names of the fields, unless it is wanted in `full`.
    """
    if not stages:
        screen.out.print(f"{ours} and {theirs} have the same selected: nothing differs.")
        return
    for stage in stages:
        screen.out.print(Text(f"{stage.stage.replace('_', ' ')} ({len(stage.items)})", style="bold"))
        grid = Table(box=None, pad_edge=False, show_header=False)
        for column in range(4):
            grid.add_column(overflow="fold", no_wrap=column == 0)
        for item in stage.items:
            _rows(grid, item, full=full or not made(item.key))
        screen.out.print(grid)


def _rows(grid: Table, item: ItemChange, *, full: bool) -> None:
    numbers = f"{item.was or '–'} → {item.now or '–'}" if item.was or item.now else ""
    sign = Text(_SIGNS[item.happened], style=_STYLES[item.happened])
    grid.add_row(sign, Text(item.label), Text(item.happened.value, style=_STYLES[item.happened]), Text(numbers, style="dim"))
    if not full and item.fields:
        names = dict.fromkeys(field.name.partition(".")[0].replace("_", " ") for field in item.fields)
        grid.add_row("", "", "", Text(", ".join(names), style="dim"))
        return
    for field in item.fields:
        grid.add_row("", "", Text(field.name.replace("_", " "), style="dim"), _change(field))


def _change(field: FieldChange) -> Text:
    if field.pictures is not None:
        was, now = (ref.sha256[:12] if ref is not None else "–" for ref in field.pictures)
        return Text(f"{was} → {now}")
    if field.lines:
        told = Text()
        for line in (line for line in field.lines if not line.startswith("@@")):
            style = "green" if line[0] == "+" else "red" if line[0] == "-" else "dim"
            told.append(line + "\n", style=style)
        told.rstrip()
        return told
    return Text.assemble((_said(field.was), "red"), " → ", (_said(field.now), "green"))


def _said(value: "Json") -> str:
    if value is None or value == "":
        return "–"
    text = value if isinstance(value, str) else f"{value:.4g}" if isinstance(value, float) else canonical(value).decode()
    return text if len(text) <= _VALUE else f"{text[:_VALUE]}…"
