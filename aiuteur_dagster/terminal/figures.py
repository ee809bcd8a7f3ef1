"""`aiuteur figures`: a project's figures, or the studio's, as a table, a page and Parquet files.

Belongs here: what is printed and written. Does not belong here: the numbers (`aiuteur.figures`), the page
(`aiuteur.exports.report`) or the command (`aiuteur_dagster.terminal.commands.counting`).
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aiuteur import figures
from aiuteur.craft.figures.summary import Summary, summarised
from aiuteur.exports import report
from aiuteur.exports.report_notes import notes
from aiuteur.lane import Lane
from aiuteur.registry.addresses import Role, as_role, parse
from aiuteur.settings import Settings
from aiuteur.studio import database_url

if TYPE_CHECKING:
    from aiuteur.digest import Json

__all__ = ["address", "answer", "notes", "parquet", "rows", "told", "written"]


def told(lane: Lane | None, settings: Settings, *, at_once: int = 1) -> Summary:
    """Everything there is to say of a lane's project, or of the studio; raises `NotFound` and `Unavailable`."""
    with figures.reading(settings=settings) as session:
        found = figures.facts(session, lane, at_once=at_once)
    return summarised(found)


def written(said: Summary, settings: Settings) -> Path:
    """Write the page beside the films, and say where."""
    path = settings.out / f"figures-{said.name.replace(' ', '-')}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now().astimezone()
    path.write_text(report.page(said, made=f"{now.day} {now:%B %Y, %H:%M}"), encoding="utf-8")
    return path


def parquet(lane: Lane | None, folder: Path, settings: Settings) -> list[Path]:
    """Write every table to a Parquet file of its own."""
    project = lane.project if lane is not None else None
    return [figures.export(table, folder / f"{table}.parquet", project=project, settings=settings) for table in figures.TABLES]


def address(settings: Settings) -> str:
    """Where a BI tool connects, as the read-only analyst; with the password, for whoever may see it."""
    return as_role(parse(database_url(settings)), Role.ANALYST).set(drivername="postgresql").render_as_string(hide_password=False)


def rows(said: Summary) -> "list[dict[str, Json]]":
    """The figures as a table: what, how much, between what."""
    found: list[dict[str, Json]] = []
    for what, value, within in report.cards(said):
        found.append({"figure": what, "value": value, "between": within})
    for name, trend in said.trends.items():
        row = report.trend_row(name, trend)
        found.append({"figure": f"{row['series'].lower()} over the shots", "value": row["claim"], "between": row["why"]})
    for row in report.forecast_rows(said):
        within = f"{row['most']} (90 %)" if row["most"] else row["half"]
        found.append({"figure": f"{row['what']} to come", "value": row["median"], "between": within})
    return found


def answer(said: Summary, page: Path) -> "dict[str, Json]":
    """The same for a machine."""
    return {
        "name": said.name, "page": str(page), "figures": rows(said), "notes": list(notes(said)),
        "agreement": [report.agreement_row(name, found) for name, found in said.agreement.items()],
        "comparisons": {name: report.comparison_rows(found) for name, found in said.comparisons.items()},
    }
