"""The guide's pages of commands and of transitions, rendered from the nouns and the table that the studio goes by.

Belongs here: these two pages. Does not belong here: writing pages, and the list of them (`benchmarks.pages`).
"""

import re
from collections.abc import Iterator
from typing import Final, get_args

from pydantic.fields import FieldInfo

from aiuteur.film.commands import COMMANDS
from aiuteur.film.noun import Noun
from aiuteur.film.transitions import TRANSITIONS

_COMMANDS: Final = """\
# Commands

Everything a person can tell the studio to do to a lane. Each is carried out wholly or not at all, once for its key, in the name
of who gave it, and is refused with a reason where [the transitions](transitions.md) forbid it. They are given in the terminal,
in the launchpad's forms of the job `command`, or put into the inbox.

Items are written as people write them: `shot:7B`, `scene:4`, `beat:3`, `bible:sue`, `image:sue`, `script`, `script:4` (one
scene of it), `frames/7B/start`, `clip:7B`, `looks/4/sue`, `order/scenes`; or by their ids. A name that may be several things is
refused, and the answer tells them apart.
"""

_TRANSITIONS: Final = """\
# Transitions

How an item or a lane stands to being changed, and what each [command](commands.md) makes of that. What is not here is refused.

An item is *open*; *missing* (nothing of it is selected); *pinned* (a person decided: automation makes nothing in its place);
*locked* (nobody changes it); or *fixed* (the narrative and the brief, once a treatment or a script was made from them: a change
of story is a new branch). A lane is *live* or *archived*. Whether an item is current or stale is derived from what it was made
from, and forbids nothing.

| command | from | to | where | what it does |
|---|---|---|---|---|
"""

_SELECTION: Final = """
The script and the order of its scenes stay together: where another script is shown or merged, scenes it does not have leave the
order, and those it has besides come into it; where the order is locked, no script with other scenes is. A script that is written
anew keeps all the scenes of an order that is held; beside a script that is held no other order is written.

Which version is selected, where nothing is pinned: the best-scored unrejected one among those made from what the newest was
made from; else the newest unrejected; else none.

Beats and script tell whether they are in step: the script is out of date with the beats when a beat that it was written from
has moved; the beats are out of date with the script once a person has edited the script.
"""

_WORDS: Final = (
    (r"typing\.|uuid\.|decimal\.|aiuteur\.film\.crew\.", ""), (r"Optional\[(.*)\]$", r"\1"),
    (r"Annotated\[(.*), FieldInfo.*", r"\1"), (r" \| None", ""), (r"Literal\[(.*)\]", r"\1"),
    (r"tuple\[(\w+), \.\.\.\]", r"list of \1"), ("'", "`"), (r"dict\[.*\]", "object"), (r"\bstr\b", "text"),
    (r"\bint\b", "whole number"), (r"\bfloat\b|\bDecimal\b", "number"), (r"\bbool\b", "yes or no"), (r"\bUUID\b", "id"),
    (r"\bRole\b", "role"),
)
"""Types as a form names them."""


def commands() -> str:
    """The page of commands, from their nouns."""
    return "\n".join([_COMMANDS, *(line for kind, command in COMMANDS.items() for line in _command(kind, command))])


def transitions() -> str:
    """The page of transitions, from the one table."""
    rows = (
        f"| {', '.join(f'`{name}`' for name in row.commands)} | {', '.join(row.sources)} | {row.to or 'as it was'} | "
        f"{row.condition or '–'} | {row.effects or '–'} |" for row in TRANSITIONS
    )
    return _TRANSITIONS + "\n".join(rows) + "\n" + _SELECTION


def _command(kind: str, command: type[Noun]) -> Iterator[str]:
    yield from (f"## `{kind}`", "", f"{(command.__doc__ or '').strip()}", "")
    fields = [(name, field) for name, field in command.model_fields.items() if name != "kind"]
    if fields:
        yield from ("| field | is | if left out | |", "|---|---|---|---|")
        yield from (_field(name, field) for name, field in fields)
        yield ""


def _field(name: str, field: FieldInfo) -> str:
    default = "–" if field.is_required() else str(field.default or "nothing").replace("False", "no")
    return f"| `{name}` | {_kind(field)} | {default} | {field.description or ''} |"


def _kind(field: FieldInfo) -> str:
    """What a field holds, in the words of a form."""
    plain = field.annotation
    told = str(plain) if get_args(plain) else getattr(plain, "__name__", str(plain))
    for pattern, words in _WORDS:
        told = re.sub(pattern, words, told)
    return told
