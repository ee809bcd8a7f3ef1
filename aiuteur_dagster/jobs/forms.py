"""Commands as forms: one `dg.Config` class for each command, made from its noun, so that neither can go without the other.

Belongs here: how a field of a noun becomes a field of a form. Does not belong here: what commands there are
(`aiuteur.film.commands`) or doing them (`aiuteur_dagster.jobs.command`).

A form cannot hold all that a noun can: tuples become lists, sums and ids become numbers and text, and a choice becomes an enum,
whose names are what a person writes. YAML reads a bare `off` as *no*, so that choice goes by the name `nothing`.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin
from uuid import UUID

import dagster as dg
from pydantic import Field, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from aiuteur.errors import InvalidInput
from aiuteur.film.commands import COMMAND, COMMANDS, Command
from aiuteur.film.noun import Noun

KIND: Final = "kind"
_SPELT: Final = MappingProxyType({"off": "nothing", "on": "everything", "yes": "agreed", "no": "declined"})
"""Choices that YAML would take for a truth value, and what they are called in a form."""

_PLAIN: Final[Mapping[type[object], type[object]]] = MappingProxyType({Decimal: float, UUID: str})


def form(noun: type[Noun]) -> type[dg.Config]:
    """The form of a command."""
    fields = {name: _field(name, info, noun) for name, info in noun.model_fields.items()}
    return create_model(noun.__name__, __base__=dg.Config, __doc__=noun.__doc__, **fields)


def command(filled: dg.Config) -> Command:
    """What was filled in, as a command; raises `InvalidInput` with every field that does not fit."""
    values = {name: _value(getattr(filled, name)) for name in type(filled).model_fields}
    try:
        return COMMAND.validate_python(values)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        message = f"The form of {values[KIND]} does not hold: {wrong}."
        raise InvalidInput(message) from None


def _field(name: str, info: FieldInfo, noun: type[Noun]) -> Any:  # noqa: ANN401 - pydantic's own
    if name == KIND:
        return info.annotation, info.default
    kind = _type(info.annotation, f"{noun.__name__}_{name}")
    choices = next((one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, Enum)), None)
    says = [info.description or "", ", ".join(map(_called, choices or _rated(info.annotation)))]
    default = _default(info.get_default(call_default_factory=True, validated_data={}), choices)
    return kind, Field(default=default, description=": ".join(filter(None, says)))


def _called(choice: Enum) -> str:
    return choice.name if choice.name == choice.value else f"{choice.name} ({choice.value})"


def _rated(annotation: Any) -> Iterable[Enum]:  # noqa: ANN401 - a type, whatever it is
    """The choices for the values of an object, which a form has no type for."""
    last = next(reversed(get_args(annotation)), None)
    return last if isinstance(last, type) and issubclass(last, Enum) else ()


def _default(given: object, choices: type[Enum] | None) -> Any:  # noqa: ANN401 - what the field has
    if given is PydanticUndefined:
        return ...
    if isinstance(given, tuple):
        return list(cast("tuple[object, ...]", given))
    return choices(given) if choices is not None and isinstance(given, str) else given


def _type(annotation: Any, name: str) -> Any:  # noqa: ANN401 - a type, whatever it is
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inner[0], name)
    if origin in {Union, UnionType}:
        return _type(next(one for one in inner if one is not NoneType), name) | None
    if origin is Literal:
        return Enum(name, {_SPELT.get(choice, choice): choice for choice in inner})
    if origin is tuple:
        return list[_type(inner[0], name)]
    if origin is dict:
        return dict[str, float] if inner[1] is float else dict[str, Any]
    plain = cast("type[object]", annotation)
    return Enum(name, {str(one.value): one.value for one in plain}) if issubclass(plain, Enum) else _PLAIN.get(plain, plain)


def _value(filled: object) -> object:
    return filled.value if isinstance(filled, Enum) else filled


FORMS: Final[Mapping[str, type[dg.Config]]] = MappingProxyType({kind: form(noun) for kind, noun in COMMANDS.items()})
"""The form of every command, by its kind."""
