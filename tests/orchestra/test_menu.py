"""The menu of commands: what the help says is what is there, and costs nothing until it is given."""

import ast
import inspect
import os
import subprocess
import sys
from importlib import import_module

import pytest

from aiuteur.errors import InvalidInput
from aiuteur_dagster.cli import ASKED_BY, told
from aiuteur_dagster.terminal.menu import COMMANDS, command

HELP = """
import sys
from aiuteur_dagster.cli import app
app(["--help"], standalone_mode=False)
print(sorted({name.split(".")[0] for name in sys.modules} & {"dagster", "sqlalchemy", "pydantic_settings", "cv2", "av"}))
"""

PLAIN = """
from aiuteur_dagster import cli
cli.app = lambda standalone_mode: print("“A lamp” – 灯")
cli.main()
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_where_the_menu_says_and_does_what_it_says(name: str) -> None:
    module, does = COMMANDS[name]
    function = getattr(import_module(f"aiuteur_dagster.terminal.commands.{module}"), name)
    assert (inspect.getdoc(function) or "").splitlines()[0] == does
    assert command(name).name == name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_in_json_if_asked(name: str) -> None:
    assert "--json" in {option for parameter in command(name).params for option in parameter.opts}


def test_help_imports_neither_the_orchestra_nor_the_registry() -> None:
    told = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True).stdout
    assert ast.literal_eval(told.strip().splitlines()[-1]) == []
    assert all(name in told for name in COMMANDS)


@pytest.mark.parametrize(("letters", "shown"), [
    ("utf-8", "“A lamp” – 灯"), ("latin-1", "?A lamp? ? ?"), ("ascii", "?A lamp? ? ?"),
])
def test_a_terminal_that_lacks_a_letter_shows_a_mark_in_its_place(letters: str, shown: str) -> None:
    there = {**os.environ, "PYTHONIOENCODING": letters}
    told = subprocess.run([sys.executable, "-c", PLAIN], capture_output=True, check=True, env=there)
    assert told.stdout.decode(letters).strip() == shown


def test_whoever_says_make_is_told_of_variables_and_not_of_options(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ASKED_BY, "make")
    assert told(InvalidInput("x"), "Start another with --project lamp-2, or leave --branch out.", 2) == 2
    assert capsys.readouterr().err == "aiuteur: Start another with PROJECT=lamp-2, or leave BRANCH= out.\n"
    monkeypatch.delenv(ASKED_BY)
    told(InvalidInput("x"), "Choose another with --project.", 2)
    assert capsys.readouterr().err == "aiuteur: Choose another with --project.\n"
