"""`aiuteur`: the studio for people who like a terminal.

Belongs here: the commands and their options. Does not belong here: what they do (`aiuteur_dagster.terminal`, `aiuteur.studio`).

Exit codes are those of `aiuteur.errors`; 1 is a failed run, 130 an interrupt by Ctrl-C. With `--json` stdout bears one JSON value
and nothing else. An error is one sentence on stderr; `AIUTEUR_DEBUG=1` adds where it came from.
"""

import gc
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from aiuteur.errors import AiuteurError, InvalidInput
from aiuteur.film.brief import AspectRatio, Rating
from aiuteur.lane import MAIN, Lane

if TYPE_CHECKING:
    from aiuteur.digest import Json
    from aiuteur_dagster.terminal.serving import Serving

INTERRUPTED: Final = 130

app: Final = typer.Typer(
    name="aiuteur", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="From a story to a film: every artifact versioned, branched, priced and judged.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Answer with JSON on stdout and nothing else.")]
OfLane = Annotated[str, typer.Argument(metavar="LANE", help="project@branch, or project for its main branch.")]


@app.callback(invoke_without_command=True)
def _help(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def make(
    story: Annotated[Path, typer.Argument(metavar="STORY", help="Prose or a treatment (.txt, .md), Fountain or Final Draft.")],
    project: Annotated[str | None, typer.Option(help="The project's name; the file's if not given.")] = None,
    branch: Annotated[str, typer.Option(help="The branch of it.")] = MAIN,
    length: Annotated[
        float | None, typer.Option(help="The film's length in seconds; 90, or as long as a screenplay plays, if not given.")
    ] = None,
    aspect: Annotated[AspectRatio, typer.Option(help="Width to height.")] = AspectRatio.WIDE,
    genre: Annotated[list[str] | None, typer.Option(help="A genre; may be given more than once.")] = None,
    rating: Annotated[Rating, typer.Option(help="Content rating.")] = Rating.PG,
    tone: Annotated[str, typer.Option(help="How it should feel, in a few words.")] = "",
    out: Annotated[Path | None, typer.Option(help="The folder for the film.", file_okay=True)] = None,
    models: Annotated[str, typer.Option(help="Who makes it: animatic, the built-in studio.")] = "animatic",
    as_json: AsJson = False,
) -> None:
    """Make a film of a story; run again, it makes only what is missing."""
    started = time.monotonic()
    from aiuteur.intake import check_out_folder
    from aiuteur.settings import load
    from aiuteur_dagster import orders
    from aiuteur_dagster.terminal import answers, screen
    from aiuteur_dagster.terminal.making import make_film

    orders.check_models(models)
    settings = load(**({"out": out} if out is not None else {}))
    fields: dict[str, object] = {"aspect_ratio": aspect, "rating": rating, "tone": tone}
    order = orders.of_file(story, orders.Wish(project, branch, length, genre or (), fields))
    check_out_folder(settings.out)
    with screen.working() as progress:
        new, film = make_film(order.lane, order.narrative, order.brief, settings, progress)
    answer = answers.made(order.lane, film, time.monotonic() - started, new=new)
    if as_json:
        _print_json(answer)
    else:
        screen.facts(f"{order.narrative.title} {'is made' if film.calls_made else 'was made already'}.", answer)


@app.command()
def up(
    port: Annotated[int | None, typer.Option(help="The port on 127.0.0.1; 3000 if it is free, else any free one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Start Postgres, the Dagster webserver and its daemon; Ctrl-C stops the last two."""
    from aiuteur.settings import load
    from aiuteur_dagster.terminal import screen, serving

    def ready(now: "Serving") -> None:
        if as_json:
            _print_json({"address": now.address, "pid": now.pid, "orphans": now.orphans})
            return
        if now.orphans:
            screen.out.print(f"Ended {now.orphans} runs that nobody worked on any more.")
        screen.out.print(f"The studio is up at {now.address} (Ctrl-C to stop).")

    serving.up(load(), port, ready)


@app.command()
def down(*, as_json: AsJson = False) -> None:
    """Stop what `up` started, and the embedded Postgres."""
    from aiuteur.settings import load
    from aiuteur_dagster.terminal import screen, serving

    was_up, had_server = serving.down(load())
    if as_json:
        _print_json({"dagster_stopped": was_up, "postgres_stopped": had_server})
        return
    stopped = [name for name, was in (("Dagster", was_up), ("Postgres", had_server)) if was]
    screen.out.print(f"Stopped {' and '.join(stopped)}." if stopped else "Nothing was running.")


@app.command()
def lanes(*, as_json: AsJson = False) -> None:
    """List every lane: project@branch."""
    from aiuteur.studio import Studio
    from aiuteur_dagster.terminal import answers, screen

    with Studio.open() as studio:
        rows = answers.lanes(studio)
    _print_json(rows) if as_json else screen.table(rows, "No lanes yet: `aiuteur make STORY` begins one.")


@app.command()
def status(lane: OfLane, *, as_json: AsJson = False) -> None:
    """Show every artifact of a lane: its state, version and cost."""
    from aiuteur.studio import Studio
    from aiuteur_dagster.terminal import answers, screen

    with Studio.open() as studio:
        rows = answers.status(studio, Lane.parse(lane))
    _print_json(rows) if as_json else screen.table(answers.summed(rows), f"{lane} has nothing yet.")


@app.command()
def show(
    lane: OfLane,
    artifact: Annotated[str, typer.Argument(metavar="ARTIFACT[/ITEM]", help="script, or shot_list/3A.")],
    version: Annotated[int | None, typer.Option(help="Which version; the selected one if not given.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show one artifact, the list of its items, or one of them."""
    from aiuteur.studio import Studio
    from aiuteur_dagster.terminal import answers, screen

    where = Lane.parse(lane)
    with Studio.open() as studio:
        if answers.is_list(artifact):
            rows = answers.items(studio, where, artifact)
            _print_json(rows) if as_json else screen.table(rows, "")
        else:
            answer = answers.version(studio, where, artifact, version)
            _print_json(answer) if as_json else screen.document(answer)


@app.command()
def log(lane: OfLane, *, as_json: AsJson = False) -> None:
    """Show what happened on a lane, oldest first."""
    from aiuteur.studio import Studio
    from aiuteur_dagster.terminal import answers, screen

    with Studio.open() as studio:
        rows = answers.events(studio, Lane.parse(lane))
    _print_json(rows) if as_json else screen.table(answers.told(rows), f"Nothing has happened on {lane} yet.")


def _print_json(answer: "Json") -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run the command line; every error this project raises on purpose becomes a sentence and its exit code."""
    # Importing makes 300,000 objects that stay: looking for rubbish among them as often as Python does takes a second of a start.
    gc.set_threshold(50_000, 50, 100)
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as error:
        code = _told(error, error.format_message().replace("Value error, ", ""), InvalidInput.exit_code)
    except AiuteurError as error:
        code = _told(error, str(error), error.exit_code)
    except BrokenPipeError:  # whoever read our answer (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 - the last resort of a program that promises a sentence
        sentence = f"Something went wrong that should not: {type(error).__name__}: {error} (AIUTEUR_DEBUG=1 tells where)."
        code = _told(error, sentence, AiuteurError.exit_code)
    if code == INTERRUPTED:  # typer's answer to Ctrl-C
        sys.stderr.write("aiuteur: Stopped. What is made is kept: run the same command again to go on.\n")
    sys.exit(code)


def _told(error: Exception, sentence: str, code: int) -> int:
    """Say what happened on stderr, in one sentence unless asked for more; returns the exit code."""
    if os.environ.get("AIUTEUR_DEBUG"):
        traceback.print_exception(error)
    sys.stderr.write(f"aiuteur: {sentence}\n")
    return code


if __name__ == "__main__":
    main()
