"""Commands about who makes things: `cast_model`."""

from sqlalchemy.orm import Session

from aiuteur.errors import InvalidInput
from aiuteur.film import commands as c
from aiuteur.lane import Lane
from aiuteur.registry.castings import cast_models
from aiuteur.registry.handlers.handled import Handled
from aiuteur.registry.naming import resolve

_KINDS = {"shot_list": "shot", "prompts": "shot", "clips": "shot", "frames": "shot", "scenes": "scene"}
"""Of which kind the item is that a person names, for the casting."""


def cast_model(session: Session, lane: Lane, command: c.CastModel) -> Handled:
    """Cast models for a role, or nobody in particular; models in a row are joined by `+`."""
    models = tuple(one.strip() for one in (command.model or "").split("+") if one.strip())
    if command.scope == "items" and not command.items:
        message = "Say for which scenes or shots: items is empty."
        raise InvalidInput(message)
    keys = [resolve(session, lane, name) for name in command.items] if command.scope == "items" else []
    for key, name in zip(keys, command.items, strict=False):
        if key.artifact not in _KINDS:
            message = f"Models are cast for scenes and shots, not for {name}."
            raise InvalidInput(message)
    items = [f"{_KINDS[key.artifact]}:{key.item.partition('/')[0]}" for key in keys]
    cast_models(session, lane, command.role, models, project=command.scope == "project", items=items)
    return Handled("cast", keys, details={"role": command.role.value, "models": list(models), "scope": command.scope})
