"""`aiuteur`: the studio for people who like a terminal.

Belongs here: the way in and the way out. Does not belong here: the commands (`aiuteur_dagster.terminal.menu` lists them).

Exit codes are those of `aiuteur.errors`; 1 is a failed run, 130 an interrupt by Ctrl-C. With `--json` stdout bears one JSON value
and nothing else. An error is one sentence on stderr; `AIUTEUR_DEBUG=1` adds where it came from.
"""

import gc
import io
import os
import re
import sys
import traceback
from typing import Final

import typer

from aiuteur.errors import AiuteurError, InvalidInput
from aiuteur_dagster.terminal.menu import Menu

INTERRUPTED: Final = 130
ASKED_BY: Final = "AIUTEUR_ASKED_BY"
"""In the environment, `make` where `make film` asks: its MAKELEVEL would also be there for whatever another makefile starts."""
_OPTION: Final = re.compile(r"--(project|branch|length|aspect|genre|rating|tone|out|models|budget)\b(?: (?=\S*\d\b))?")
"""An option of `make`, with the space before a value that ends in a number, such as the name of another project."""

app: Final = typer.Typer(
    name="aiuteur", cls=Menu, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="From a story to a film: every artifact versioned, branched, priced and judged.",
)


@app.callback(invoke_without_command=True)
def _help(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command line; every error this project raises on purpose becomes a sentence and its exit code."""
    # Importing makes 300,000 objects that stay: looking for rubbish among them as often as Python does takes a second of a start.
    gc.set_threshold(50_000, 50, 100)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that lacks a letter shows a mark in its place
        sys.stdout.reconfigure(errors="replace")
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as error:
        code = told(error, error.format_message().replace("Value error, ", ""), InvalidInput.exit_code)
    except AiuteurError as error:
        code = told(error, str(error), error.exit_code)
    except BrokenPipeError:  # whoever read our answer (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 - the last resort of a program that promises a sentence
        sentence = f"Something went wrong that should not: {type(error).__name__}: {error} (AIUTEUR_DEBUG=1 tells where)."
        code = told(error, sentence, AiuteurError.exit_code)
    if code == INTERRUPTED:  # typer's answer to Ctrl-C
        sys.stderr.write("aiuteur: Stopped. What is made is kept: run the same command again to go on.\n")
    gc.freeze()  # what goes away with the process need not be searched for rubbish, which takes a second after a film
    sys.exit(code)


def told(error: Exception, sentence: str, code: int) -> int:
    """Say what happened on stderr, in one sentence unless asked for more; returns the exit code."""
    if os.environ.get("AIUTEUR_DEBUG"):
        traceback.print_exception(error)
    if os.environ.get(ASKED_BY) == "make":  # whoever said `make film` gives variables, not options
        sentence = _OPTION.sub(lambda option: f"{option[1].upper()}=", sentence)
    sys.stderr.write(f"aiuteur: {sentence}\n")
    return code


if __name__ == "__main__":
    main()
