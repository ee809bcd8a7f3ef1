"""What a person sees in the terminal: bars while it works on stderr, tables and summaries on stdout.

Belongs here: looks. Does not belong here: what is shown (`aiuteur_dagster.terminal.answers`) or doing anything.
"""

import json
import re
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from aiuteur.film.stages import STAGES

if TYPE_CHECKING:
    from aiuteur.digest import Json
    from aiuteur.stages.run import Progress as Told

Row: TypeAlias = "Mapping[str, Json]"

out: Final = Console(highlight=False, soft_wrap=False)
err: Final = Console(stderr=True, highlight=False)

_WORDS: Final[Mapping[str, str]] = {"script": "fountain", "narrative": "text"}
"""Artifacts that are read as a text, and the field that holds it."""

_STATES: Final[Mapping[str, str]] = {
    "current": "green", "stale": "yellow", "missing": "red", "blocked": "red", "not_applicable": "dim",
}


_MOMENT: Final = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")


class _Bars:
    """Two bars: the stages of the film, and the items of the stage under way."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._film: TaskID = progress.add_task("film", total=len(STAGES))
        self._stage: TaskID = progress.add_task("", total=None, visible=False)
        self._order = list(STAGES)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` items of a stage are made."""
        place = self._order.index(stage)
        self._progress.update(self._film, description="film", completed=place + (done == total))
        self._progress.update(self._stage, description=stage.replace("_", " "), completed=done, total=total, visible=True)


class _Lines:
    """One line a stage, for what is not a terminal: logs, pipes."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell that a stage is done."""
        if done == total:
            err.print(f"{stage.replace('_', ' ')}: {total}")


@contextmanager
def working() -> "Generator[Told]":
    """Show progress on stderr for the block; yields what is told of it."""
    if not err.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, refresh_per_second=4) as progress:
        yield _Bars(progress)


def table(rows: Sequence[Row], empty: str) -> None:
    """Rows as a table, their keys as its head, without columns in which no row says anything; a sentence where there are none."""
    if not rows:
        out.print(empty)
        return
    grid = Table(box=None, pad_edge=False, header_style="bold")
    shown = [name for place, name in enumerate(rows[0]) if not place or any(row[name] is not None for row in rows)]
    for name in shown:
        grid.add_column(name.replace("_", " "), overflow="fold", no_wrap=name == shown[0])
    for row in rows:
        grid.add_row(*(_cell(name, row[name]) for name in shown))
    out.print(grid)


def facts(title: str, rows: Row) -> None:
    """A title and what there is to know, a line each."""
    out.print(Text(title, style="bold"))
    grid = Table.grid(padding=(0, 2))
    for name, value in rows.items():
        if value == []:
            continue
        grid.add_row(Text(name.replace("_", " "), style="dim"), _cell(name, value))
    out.print(grid)


def _cell(name: str, value: "Json") -> Text:
    if value is None:
        return Text("–", style="dim")
    text = "\n".join(str(one) for one in value) if isinstance(value, list | tuple) else _MOMENT.sub(_here, str(value))
    return Text(text, style=_STATES.get(text, "") if name == "state" else "")


def _here(moment: re.Match[str]) -> str:
    """A moment in UTC as the clock on this wall shows it, to the minute."""
    return f"{datetime.fromisoformat(moment[0]).astimezone():%Y-%m-%d %H:%M}"


def document(answer: Row) -> None:
    """One version: how it came to be, and its content in the form that reads best."""
    content = answer["content"]
    names = ("version", "newest", "origin", "model", "cost_usd", "created_at")
    about = {name: answer[name] for name in names if answer[name] is not None}
    facts(f"{answer['lane']} {answer['artifact']}" + (f"/{answer['item']}" if answer["item"] else ""), about)
    out.print()
    words = _WORDS.get(str(answer["artifact"]))
    if words is not None and isinstance(content, Mapping):
        out.print(Text(str(content.get(words, ""))))
    else:
        out.print_json(data=content)


def json_value(answer: "Json") -> None:
    """One JSON value on stdout, for machines."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()
