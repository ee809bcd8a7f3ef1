"""`up`, `down` and `listen`."""

from typing import TYPE_CHECKING, Annotated

import typer

from aiuteur.settings import load
from aiuteur_dagster.terminal import screen, serving
from aiuteur_dagster.terminal.options import AsJson

if TYPE_CHECKING:
    from aiuteur_dagster.terminal.serving import Serving


def up(
    port: Annotated[int | None, typer.Option(help="The port on 127.0.0.1; 3000 if it is free, else any free one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Start Postgres, the Dagster webserver and its daemon; Ctrl-C stops the last two."""

    def ready(now: "Serving") -> None:
        if as_json:
            screen.json_value({"address": now.address, "pid": now.pid, "orphans": now.orphans})
            return
        if now.orphans:
            screen.out.print(f"Ended {now.orphans} runs that nobody worked on any more.")
        screen.out.print(f"The studio is up at {now.address} (Ctrl-C to stop).")

    serving.up(load(), port, ready)


def listen(
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 for any free one.")] = 8717, as_json: AsJson = False,
) -> None:
    """Take in what providers' webhooks tell of calls whose answer was lost; Ctrl-C stops it."""
    from aiuteur.listening import PATH, server
    from aiuteur.studio import Studio

    settings = load()
    with Studio.open(settings) as studio, server(settings.google_webhook_secret, studio.purchases.heard, port) as open_:
        address = f"http://{open_.server_name}:{open_.server_port}{PATH}"
        if as_json:
            screen.json_value({"address": address})
        else:
            screen.out.print(f"Listening at {address} (Ctrl-C to stop): let what faces the network pass events on to it.")
        open_.serve_forever()


def down(*, as_json: AsJson = False) -> None:
    """Stop what `up` started, and the embedded Postgres."""
    was_up, had_server = serving.down(load())
    if as_json:
        screen.json_value({"dagster_stopped": was_up, "postgres_stopped": had_server})
        return
    stopped = [name for name, was in (("Dagster", was_up), ("Postgres", had_server)) if was]
    screen.out.print(f"Stopped {' and '.join(stopped)}." if stopped else "Nothing was running.")
