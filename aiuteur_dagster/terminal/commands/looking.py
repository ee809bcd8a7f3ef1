"""`lanes`, `status`, `show`, `log`: what there is and what happened."""

from typing import Annotated

import typer

from aiuteur.lane import Lane
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import answers, past, screen
from aiuteur_dagster.terminal.options import AsJson, OfLane


def lanes(*, as_json: AsJson = False) -> None:
    """List every lane: project@branch, and where it was forked."""
    with Studio.open() as studio:
        rows = answers.lanes(studio)
        home = studio.settings.home
    shown = [{**row, "archived": "yes" if row["archived"] else None} for row in rows]
    screen.json_value(rows) if as_json else screen.table(shown, f"No lanes yet in {home}: `aiuteur make STORY` begins one.")


def status(lane: OfLane, *, as_json: AsJson = False) -> None:
    """Show every artifact of a lane: its state, version and cost."""
    with Studio.open() as studio:
        rows = answers.status(studio, Lane.parse(lane))
    screen.json_value(rows) if as_json else screen.table(answers.summed(rows), f"{lane} has nothing yet.")


def show(
    lane: OfLane,
    item: Annotated[str, typer.Argument(metavar="ARTIFACT|ITEM", help="script, shot_list, shot:3A, scene:4, bible:sue.")],
    version: Annotated[int | None, typer.Option(help="Which version; the selected one if not given.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show one artifact, the list of its items, or one of them."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        if answers.is_list(item):
            rows = answers.items(studio, where, item)
            screen.json_value(rows) if as_json else screen.table(rows, "")
        else:
            answer = answers.version(studio, where, item, version)
            screen.json_value(answer) if as_json else screen.document(answer)


def log(
    lane: OfLane,
    item: Annotated[str | None, typer.Argument(metavar="[ITEM]", help="One item, whose versions are shown as a tree.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show what happened on a lane, oldest first; of one item, its versions as a tree."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        if item is not None:
            name, versions = past.versions(studio, where, item)
            screen.json_value(versions) if as_json else past.draw(name, versions)
            return
        rows = answers.events(studio, where)
        told = rows if as_json else past.told(rows, studio.branches.labels(where))
    screen.json_value(rows) if as_json else screen.table(told, f"Nothing has happened on {lane} yet.")
