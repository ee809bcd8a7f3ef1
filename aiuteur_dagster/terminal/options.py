"""Arguments and options that many commands have, declared once."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, TypeAlias

import typer

from aiuteur.errors import InvalidInput

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Answer with JSON on stdout and nothing else.")]
OfLane: TypeAlias = Annotated[str, typer.Argument(metavar="LANE", help="project@branch, or project for its main branch.")]
OfItem: TypeAlias = Annotated[
    str, typer.Argument(metavar="ITEM", help="shot:7B, scene:4, bible:sue, frames/7B/start, script, or an id."),
]
OfItems: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="ITEM…", help="shot:7B, scene:4, bible:sue, frames/7B/start, script, or ids."),
]
OfFields: TypeAlias = Annotated[
    list[str] | None, typer.Argument(metavar="FIELD=VALUE…", help="duration=4, wardrobe.headwear=cap; JSON or plain words."),
]
OfFile: TypeAlias = Annotated[
    str | None, typer.Option("--file", metavar="FILE", help="Fields as JSON, or a script as Fountain; - for stdin."),
]


def usd(text: str) -> Decimal:
    """A sum in dollars, as 2.50; raises `InvalidInput`."""
    try:
        found = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        message = f"{text!r} is no sum: write dollars, such as 2.50."
        raise InvalidInput(message) from None
    if not found.is_finite() or found < 0:
        message = f"{text!r} is no sum that can be spent: write dollars, such as 2.50."
        raise InvalidInput(message)
    return found
