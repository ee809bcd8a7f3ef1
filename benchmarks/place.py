"""Where benchmarks work: folders under out/bench with a studio of their own, and the real command line run in them.

Belongs here: making, using and leaving such a place. Does not belong here: what is measured there.
"""

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from benchmarks.meter import Usage, metered

ROOT: Final = Path(__file__).resolve().parent.parent
BENCH: Final = ROOT / "out" / "bench"
AIUTEUR: Final = Path(sys.executable).with_name("aiuteur")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with its own database, media and films."""

    name: str

    @property
    def folder(self) -> Path:
        """Where everything of it is."""
        return BENCH / self.name

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which the studio works there; no setting of the person's own leaks in."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("AIUTEUR_", "DAGSTER_"))}
        return own | {"AIUTEUR_HOME": str(self.folder / "home"), "AIUTEUR_OUT": str(self.folder / "films"), "COLUMNS": "200"}

    @property
    def server(self) -> int | None:
        """The process id of its database server, None where none runs."""
        found = next((self.folder / "home").rglob("postmaster.pid"), None)
        return int(found.read_text(encoding="utf-8").split("\n")[0]) if found is not None else None

    def fresh(self) -> "Place":
        """Begin anew: what was there goes, the server is started and the schema made, as set-up does."""
        self.leave()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.aiuteur("lanes", "--json")
        return self

    def leave(self) -> None:
        """Stop the server; everything stays where it is."""
        if (self.folder / "home").exists():
            self.aiuteur("down", "--json")

    def aiuteur(self, *words: str, **extra: str) -> Usage:
        """Run the real command line here; `extra` goes into its environment. Raises `RuntimeError` where it fails."""
        used = self.attempt(*words, **extra)
        if used.code != 0:
            message = f"aiuteur {' '.join(words)} ended with {used.code}: {used.err[-2000:]}"
            raise RuntimeError(message)
        return used

    def attempt(self, *words: str, **extra: str) -> Usage:
        """Run it, however it may end."""
        return metered([str(AIUTEUR), *words], self.environment | extra, self.folder / "last.log", self.server)


def answer(used: Usage) -> dict[str, object]:
    """What a command with `--json` said."""
    return cast("dict[str, object]", json.loads(used.out))
