"""The real command line, started as a person starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "from aiuteur_dagster.cli import main; main()"]
STORY = """The Lamp

Ida Marsh climbed the stair of the lighthouse at night. The lamp was out. "Who is there?" she asked. Nobody answered.

"The ship will not see us," said Tom Reed behind her. He was wet with rain. Ida struck a match, and the great lamp burned again.

In the morning the ship lay safe in the harbour. "You kept your word," said Tom. Ida smiled and went to sleep.
"""


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal in a folder of its own, with a studio of its own."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / ".aiuteur"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIUTEUR_", "DAGSTER_"))}
        return {**kept, "AIUTEUR_HOME": str(self.home)}

    @contextmanager
    def start(self, *arguments: str) -> Generator[subprocess.Popen[str]]:
        """A command under way; what is still running at the end of the block is ended, so that a failed test fails."""
        words, pipe = [*PROGRAM, *arguments], subprocess.PIPE
        with subprocess.Popen(words, cwd=self.folder, env=self.environment(), stdout=pipe, stderr=pipe, text=True) as command:
            try:
                yield command
            except BaseException:
                command.kill()
                raise

    def run(self, *arguments: str, code: int = 0) -> str:
        """What a command says on stdout; fails where its exit code is another."""
        with self.start(*arguments) as command:
            out, err = command.communicate(timeout=280)
        assert command.returncode == code, f"aiuteur {' '.join(arguments)} ended with {command.returncode}: {err or out}"
        return err if code else out

    def json(self, *arguments: str) -> dict[str, Any]:
        return json.loads(self.run(*arguments, "--json"))

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        return json.loads(self.run(*arguments, "--json"))


class WarmTerminal(Terminal):
    """A terminal whose commands are forked from a process that has imported the program: real ones, without the start."""

    @cached_property
    def _warm(self) -> subprocess.Popen[str]:
        pipe, words = subprocess.PIPE, [sys.executable, "-c", "from tests.journeys.warm import main; main()"]
        return subprocess.Popen(words, cwd=ROOT, env=self.environment(), stdin=pipe, stdout=pipe, text=True)

    def run(self, *arguments: str, code: int = 0) -> str:
        files = {name: str(self.folder / f"said.{name}") for name in ("out", "err")}
        asked = {"arguments": arguments, "folder": str(self.folder), "environment": self.environment(), **files}
        assert self._warm.stdin is not None
        assert self._warm.stdout is not None
        self._warm.stdin.write(json.dumps(asked) + "\n")
        self._warm.stdin.flush()
        ended = self._warm.stdout.readline()
        out, err = (Path(files[name]).read_text(encoding="utf-8") for name in ("out", "err"))
        assert ended == f"{code}\n", f"aiuteur {' '.join(arguments)} ended with {ended.strip() or 'its server'}: {err or out}"
        return err if code else out

    def close(self) -> None:
        """Stop what the commands left running, and the process they came from."""
        self.run("down")
        self._warm.communicate()
