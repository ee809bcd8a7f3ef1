"""The command line in a process of its own, forked from one that has imported it: what starting Python costs is paid once.

`serve` is what that one runs: it reads a line for each command, forks, and tells how the command ended. The child is the program
as it is: it has its own arguments, folder, environment and files for what it says, and ends as the program does.
"""

import json
import os
import sys
from importlib import import_module
from typing import Any

ALWAYS = ("aiuteur.studio", "aiuteur_dagster.definitions", "aiuteur_dagster.terminal.answers", "aiuteur_dagster.terminal.making")


def main() -> None:
    """Import what every command needs, then serve; a child goes on as `aiuteur`."""
    from aiuteur_dagster.cli import main as aiuteur
    from aiuteur_dagster.terminal.menu import COMMANDS

    for name in (*ALWAYS, *(f"aiuteur_dagster.terminal.commands.{module}" for module, _ in COMMANDS.values())):
        import_module(name)
    asked = serve()
    if asked is not None:
        become(asked)
        aiuteur()


def serve() -> dict[str, Any] | None:
    """Fork for each line of stdin; returns in the child with what is asked of it, and in the parent at the end of stdin."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            return json.loads(line)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return None


def become(asked: dict[str, Any]) -> None:
    """Take on a command's arguments, folder, environment and files."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["aiuteur", *asked["arguments"]]
    said = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for number, (path, flags) in enumerate(((os.devnull, os.O_RDONLY), (asked["out"], said), (asked["err"], said))):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
