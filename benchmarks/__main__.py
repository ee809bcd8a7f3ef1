"""`python -m benchmarks [--only NAME …]`: measure each group in a process of its own, print the table, record it.

Exit 0 where every bound holds, 1 where one does not or a group failed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks import report
from benchmarks.table import GROUPS, Row

MODULES: Final = (
    "film", "line", "oracle", "novel", "calls", "crash", "branching", "chaos", "outages", "full", "paying", "storm", "lost",
    "tick", "statistics", "figures", "dailies", "loop", "commands", "appends", "planning",
)
"""The modules that declare groups, in the order of the table."""


def main() -> int:
    """Run what is asked for, and tell."""
    for module in MODULES:
        import_module(f"benchmarks.{module}")
    wanted = _arguments()
    if wanted.inside:
        _measure(wanted.only[0], Path(wanted.inside))
        return 0
    console = Console()
    names = [name for name in GROUPS if not wanted.only or name in wanted.only]
    rows, failed = _all(names, console)
    table = report.merged(report.load(), rows, {row.group for row in rows})
    report.save(table)
    before = report.PAGE.read_text(encoding="utf-8") if report.PAGE.exists() else ""
    report.PAGE.write_text(report.page(rows, report.machine(), before), encoding="utf-8")
    report.show(rows, console)
    return 1 if failed or any(row.holds is False for row in rows) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, and record what was measured.")
    parser.add_argument("--only", action="append", choices=list(GROUPS), metavar="NAME", help=", ".join(GROUPS))
    parser.add_argument("--inside", metavar="FILE", help=argparse.SUPPRESS)
    return parser.parse_args()


def _all(names: list[str], console: Console) -> tuple[list[Row], list[str]]:
    """Every group's rows, each group in a process of its own; and the groups that failed."""
    rows: list[Row] = []
    failed: list[str] = []
    for name in names:
        console.print(f"[dim]{name}: {GROUPS[name].does}[/]", soft_wrap=True, highlight=False)
        with tempfile.NamedTemporaryFile(suffix=".json") as found:
            command = [sys.executable, "-m", "benchmarks", "--only", name, "--inside", found.name]
            if subprocess.run(command, check=False, cwd=report.ROOT).returncode == 0:
                rows += [Row(**row) for row in json.loads(Path(found.name).read_text(encoding="utf-8"))]
            else:
                failed.append(name)
                console.print(f"[red]{name} could not be measured.[/]")
    return rows, failed


def _measure(name: str, into: Path) -> None:
    into.write_text(json.dumps([asdict(row) for row in GROUPS[name].rows()]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
