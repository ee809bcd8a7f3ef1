"""`figures`: quality, attempts, cost and what is left, as a table and as a page."""

from pathlib import Path
from typing import Annotated

import typer

from aiuteur.lane import Lane
from aiuteur.settings import load
from aiuteur_dagster.terminal import figures as counted
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.options import AsJson


def figures(
    project: Annotated[
        str | None, typer.Argument(metavar="[PROJECT]", help="A project or lane; the whole studio if not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the page.", file_okay=True)] = None,
    parquet: Annotated[Path | None, typer.Option(help="Also write every table to this folder as Parquet.")] = None,
    at_once: Annotated[
        int | None, typer.Option(min=1, help="Calls under way at once, for the time that is left; the studio's if not given."),
    ] = None,
    *,
    address: Annotated[bool, typer.Option("--address", help="Only say where a BI tool connects, read-only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show quality, attempts, cost and what is left, and write the page with its charts."""
    settings = load(**({"out": out} if out is not None else {}))
    if address:
        where = counted.address(settings)
        screen.json_value({"address": where}) if as_json else screen.out.print(where, soft_wrap=True, highlight=False)
        return
    lane = Lane.parse(project) if project is not None else None
    said = counted.told(lane, settings, at_once=at_once or settings.calls)
    page = counted.written(said, settings)
    files = counted.parquet(lane, parquet, settings) if parquet is not None else []
    if as_json:
        screen.json_value({**counted.answer(said, page), "files": [str(file) for file in files]})
        return
    screen.table(counted.rows(said), f"{said.name} has made nothing yet.")
    for note in counted.notes(said):
        screen.out.print(f"\n{note}", highlight=False)
    screen.out.print("\n".join(["", *map(str, [page, *files])]), soft_wrap=True, highlight=False)
