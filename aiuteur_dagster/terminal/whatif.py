"""A change that is not made, in words: what `quote --change` takes.

Belongs here: reading it. Does not belong here: what it would lead to (`aiuteur.accounts`).
"""

import shlex
from typing import TYPE_CHECKING, Final

from aiuteur.errors import InvalidInput
from aiuteur.film.commands import Delete, Edit, Move, Reject, Remake, SelectVariant
from aiuteur_dagster.terminal.fields import of_words

if TYPE_CHECKING:
    from aiuteur.film.commands import Command

HELP: Final = "A change not made yet: 'bible:sue wardrobe.headwear=cap', 'delete shot:7B', 'remake shot:7B', 'select 2'."


def command(text: str) -> "Command":
    """The command that a change in words stands for; raises `InvalidInput`."""
    try:
        verb, *rest = shlex.split(text)
    except ValueError as error:
        message = f"{text!r} cannot be read ({error}): close the quotation marks."
        raise InvalidInput(message) from error
    match verb, rest:
        case "delete", [_, *_]:
            return Delete(items=tuple(rest))
        case "reject", [_, *_]:
            return Reject(items=tuple(rest))
        case "remake", [_, *_]:
            return Remake(items=tuple(rest))
        case "move", [item]:
            return Move(item=item)
        case "move", [item, "after", after]:
            return Move(item=item, after=after)
        case "select", [number] if number.isdigit() and int(number):
            return SelectVariant(variant=int(number))
        case "edit", [item, _, *_]:
            return Edit(item=item, changes=of_words(rest[1:]))
        case item, [_, *_]:
            return Edit(item=item, changes=of_words(rest))
        case _:
            message = f"{text!r} is no change: write 'ITEM FIELD=VALUE', 'delete ITEM', 'move ITEM after ITEM' or 'remake ITEM'."
            raise InvalidInput(message)
