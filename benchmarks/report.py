"""How the table of benchmarks is shown: in the terminal, as JSON, and as the page docs/benchmarks.md.

Belongs here: looks. Does not belong here: measuring.
"""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks.table import GROUPS, Row

ROOT: Final = Path(__file__).resolve().parent.parent
JSON: Final = ROOT / "out" / "bench.json"
PAGE: Final = ROOT / "docs" / "benchmarks.md"
_HEADING: Final = "\n## "


def merged(before: Iterable[Row], now: Iterable[Row], measured: Iterable[str]) -> list[Row]:
    """The table after some groups were measured anew: their old rows go, the others stay, in the order of declaration."""
    order = {name: at for at, name in enumerate(GROUPS)}
    kept = [row for row in before if row.group not in set(measured) and row.group in order]
    return sorted([*kept, *now], key=lambda row: order[row.group])


def load(path: Path = JSON) -> list[Row]:
    """The rows of an earlier run; none where there was none."""
    return [Row(**row) for row in json.loads(path.read_text(encoding="utf-8"))["rows"]] if path.exists() else []


def save(rows: Sequence[Row], path: Path = JSON) -> None:
    """Write the rows, and on what machine they were measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document: dict[str, Any] = {"machine": machine(), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> str:
    """The machine in a few words."""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def show(rows: Sequence[Row], console: Console) -> None:
    """Print the table."""
    table = Table("group", "what", "value", "bound", "holds", show_edge=False, header_style="bold")
    for row in rows:
        verdict = {None: "", True: "[green]yes[/]", False: "[red]no[/]"}[row.holds]
        table.add_row(row.group, row.name, _value(row), _bound(row), verdict)
    console.print(table)


def page(rows: Iterable[Row], on: str, before: str = "") -> str:
    """The page of the documentation: a section for each group, from the page as it was `before` where none was measured anew."""
    head = "\n".join((
        "# Benchmarks", "",
        f"Measured by `make bench` (`make bench ONLY=name` for one group) on {on}. Times are of the whole command,",
        "process start included; CPU is that of the command, of every process it started and of the database server; memory is",
        "the proportional set size of all of them but the server. Rows without a bound are told for information.", "",
    ))
    sections = {section.split("\n", 1)[0]: section for section in before.split(_HEADING)[1:]}
    sections |= {name: _section(name, found) for name, found in groupby(rows, key=lambda row: row.group)}
    return _HEADING.join((head, *(sections[name] for name in GROUPS if name in sections)))


def _section(name: str, rows: Iterable[Row]) -> str:
    table = [f"| {row.name} | {_value(row)} | {_bound(row)} | {_holds(row)} |" for row in rows]
    return "\n".join((name, "", GROUPS[name].does, "", "| what | value | bound | holds |", "|---|---|---|---|", *table, ""))


def _value(row: Row) -> str:
    number = f"{row.value:,.0f}" if row.value == round(row.value) or abs(row.value) >= 1000 else f"{row.value:.3g}"
    return f"{number} {row.unit}".strip()


def _bound(row: Row) -> str:
    return "" if row.bound is None else f"{row.bound:g} {row.unit}".strip()


def _holds(row: Row) -> str:
    return "" if row.holds is None else "yes" if row.holds else "**no**"
