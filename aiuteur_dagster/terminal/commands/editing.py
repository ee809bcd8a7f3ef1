"""`edit`, `insert`, `delete`, `move`, `split`, `select`: words and lists."""

from typing import Annotated, Literal

import typer

from aiuteur.film.commands import Delete, Edit, Insert, Move, SelectVariant, Split
from aiuteur.lane import Lane
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import doing, fields
from aiuteur_dagster.terminal.options import AsJson, OfFields, OfFile, OfItem, OfItems, OfLane

_WHY = Annotated[str | None, typer.Option("--why", help="Why, kept with the version.")]


def edit(
    lane: OfLane, item: OfItem, changes: OfFields = None, file: OfFile = None, why: _WHY = None, as_json: AsJson = False,
) -> None:
    """Change fields of an item: a new version, selected and pinned.

    Without fields or a file $EDITOR opens what is selected: a script as Fountain, anything else as JSON.
    """
    where = Lane.parse(lane)
    with Studio.open() as studio:
        found = fields.wanted(studio, where, item, changes or (), file)
        answer = doing.carry_out(studio, where, Edit(item=item, changes=found, guidance=why))
    doing.tell(answer, f"Edited {item}", as_json=as_json)


def insert(
    lane: OfLane,
    what: Annotated[Literal["beat", "scene", "shot", "entry"], typer.Argument(help="What it is.")],
    content: OfFields = None,
    file: OfFile = None,
    after: Annotated[str | None, typer.Option(help="The item it follows; it comes first if not given.")] = None,
    within: Annotated[str | None, typer.Option(help="The scene of a shot that comes first in it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put a new beat, scene, shot or bible entry into its list."""
    given = {**(fields.of_file(file) if file is not None else {}), **fields.of_words(content or ())}
    doing.give(lane, Insert(what=what, content=given, after=after, within=within), f"Inserted a {what}", as_json=as_json)


def delete(lane: OfLane, items: OfItems, *, as_json: AsJson = False) -> None:
    """Take items out of their lists; their history stays."""
    doing.give(lane, Delete(items=tuple(items)), f"Deleted {', '.join(items)}", as_json=as_json)


def move(
    lane: OfLane,
    item: OfItem,
    after: Annotated[str | None, typer.Option(help="The item it is to follow; it comes first if not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put an item elsewhere in its list; it keeps its number or letter."""
    doing.give(lane, Move(item=item, after=after), f"Moved {item}", as_json=as_json)


def split(
    lane: OfLane,
    item: OfItem,
    at: Annotated[float, typer.Option(help="Of a scene, how many elements stay in the first; of a shot, the second of the cut.")],
    as_json: AsJson = False,
) -> None:
    """Make two of a scene or a shot."""
    doing.give(lane, Split(item=item, at=at), f"Split {item}", as_json=as_json)


def select(
    lane: OfLane,
    variant: Annotated[int, typer.Argument(metavar="N", help="The variant's number, from 1.", min=1)],
    as_json: AsJson = False,
) -> None:
    """Choose one of the treatment's variants."""
    doing.give(lane, SelectVariant(variant=variant), f"Selected variant {variant}", as_json=as_json)
