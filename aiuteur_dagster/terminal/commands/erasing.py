"""`erase`: a whole project, for good."""

import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from aiuteur.errors import InvalidInput, Refused
from aiuteur.housekeeping import Housekeeping
from aiuteur.settings import load
from aiuteur_dagster import locks
from aiuteur_dagster.home import opened, prepare
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.clearing import clear_the_way
from aiuteur_dagster.terminal.options import AsJson


def erase(
    project: Annotated[str, typer.Argument(metavar="PROJECT", help="The project, with all its branches.")],
    reason: Annotated[str, typer.Option(help="Why, kept with the record of it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove a project's words and pictures for good; what it cost stays known."""
    settings = load()
    home = prepare(settings)
    with Housekeeping.open(settings) as keeping:
        if not yes:
            _ask(project, _lanes(keeping, project))
        lanes = _lanes(keeping, project)
        from aiuteur_dagster.forgetting import forget

        with _held(home, lanes), opened(home, capture=False) as instance:
            clear_the_way(home, instance, lanes)
            runs = forget(instance, lanes)
            gone = keeping.erase(project, reason)
    if as_json:
        counts = {"versions": gone.versions, "media": len(gone.media), "bytes": gone.bytes, "runs": runs}
        screen.json_value({"project": project, "lanes": [*lanes], **counts})
        return
    screen.out.print(
        f"{project} is erased: {gone.versions} versions, {len(gone.media)} media ({gone.bytes / 1e6:.1f} MB) and {runs} runs. "
        f"What it cost stays in the figures. Films that were written to {settings.out / project} are yours to delete.",
    )


def _lanes(keeping: Housekeeping, project: str) -> list[str]:
    return [str(lane) for lane in keeping.lanes_of(project)]


@contextmanager
def _held(home: Path, lanes: list[str]) -> Generator[None]:
    """Let no terminal begin on these lanes for the block; raises `Conflict` where one is at work, be it between two stages."""
    with ExitStack() as mine:
        for lane in lanes:
            busy = f"{lane} is being made by another `aiuteur make`: wait for it to end, or stop it, and erase the project then."
            mine.enter_context(locks.held_by_me(home, locks.lane_lock(lane), busy))
        yield


def _ask(project: str, lanes: list[str]) -> None:
    """Go on only where the person types the project's name; raises `Refused`, and `InvalidInput` where nobody can be asked."""
    if not sys.stdin.isatty():
        message = f"Erasing {project} cannot be undone, and nobody is here to ask: give --yes to do it."
        raise InvalidInput(message)
    typer.echo(f"This removes every version, picture and clip of {', '.join(lanes)}, and cannot be undone.")
    if typer.prompt(f"Type {project} to go on", default="", show_default=False) != project:
        message = f"{project} is as it was."
        raise Refused(message)
