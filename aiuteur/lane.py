"""A lane: one project on one branch, written `project@branch`.

Belongs here: the names of projects and branches, and the one place that validates them.
Does not belong here: what a lane contains (see `aiuteur.registry`).
"""

import re
from dataclasses import dataclass
from typing import Final

from aiuteur.errors import InvalidInput

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
MAIN: Final = "main"


@dataclass(frozen=True, slots=True, order=True)
class Lane:
    """A project and a branch of it; raises `InvalidInput` when either name is not valid."""

    project: str
    branch: str = MAIN

    def __post_init__(self) -> None:
        for what, name in (("project", self.project), ("branch", self.branch)):
            if not _NAME.fullmatch(name):
                shown = name if len(name) <= 80 else f"{name[:77]}…"  # noqa: PLR2004 - a terminal's line
                message = (
                    f"{shown!r} is not a valid {what} name: use 1 to 63 of a-z, 0-9 and '-', starting with a letter or digit."
                )
                raise InvalidInput(message)

    @classmethod
    def parse(cls, text: str) -> "Lane":
        """Read `project@branch`, or `project` for its main branch; raises `InvalidInput`."""
        project, at, branch = text.partition("@")
        return cls(project, branch if at else MAIN)

    def __str__(self) -> str:
        return f"{self.project}@{self.branch}"


def project_name(title: str) -> str:
    """The valid project name nearest to a title: lower case, runs of other characters become one '-'."""
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:63].rstrip("-")
    return name or "untitled"
