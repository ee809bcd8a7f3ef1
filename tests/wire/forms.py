"""Requests held to the forms of the official clients: values of the right kind, and no field at any depth that they do not know.

The clients' own types let unknown fields pass (TypedDicts drop them, Google's newer models keep them): a service does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from tests.wire.base import Wrong

Form = TypeVar("Form", bound=BaseModel)


def form(kind: type, *, multipart: bool = False) -> TypeAdapter[Any]:
    """A form of OpenAI's; of a `multipart` body without the fields that travel as files."""
    if not multipart:
        return TypeAdapter(kind)
    hints = {name: hint for name, hint in get_type_hints(kind).items() if "IO[bytes]" not in str(hint)}
    return TypeAdapter(TypedDict(kind.__name__, hints, total=False))  # pyright: ignore[reportArgumentType] - made of the client's own


def filled(form: TypeAdapter[Any], asked: Mapping[str, Any]) -> None:
    """Raise `Wrong` unless a request fills a form of OpenAI's."""
    try:
        strange = next(_dropped(asked, form.validate_python(asked)), None)
    except ValidationError as wrong:
        raise Wrong(_told(wrong)) from wrong
    if strange is not None:
        message = f"Unknown parameter: {strange!r}."
        raise Wrong(message)


def read(form: type[Form], asked: object) -> Form:
    """A request in a form of Google's; raises `Wrong`."""
    try:
        found = form.model_validate(asked)
    except ValidationError as wrong:
        raise Wrong(_told(wrong)) from wrong
    strange = next(_extra(found), None)
    if strange is not None:
        message = f"Unknown name {strange!r}: Cannot find field."
        raise Wrong(message)
    return found


def _told(wrong: ValidationError) -> str:
    first = wrong.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _dropped(asked: object, kept: object) -> Iterator[str]:
    """The names in a request that its form did not keep."""
    if isinstance(asked, Mapping):
        found = cast("Mapping[str, object]", kept)
        for name, value in cast("Mapping[str, object]", asked).items():
            if name not in found:
                yield name
            else:
                yield from _dropped(value, found[name])
    elif isinstance(asked, list):
        for one, other in zip(cast("list[object]", asked), cast("Iterable[object]", kept), strict=True):
            yield from _dropped(one, other)


def _extra(found: object) -> Iterator[str]:
    """The names that a form took in without knowing them."""
    if isinstance(found, BaseModel):
        yield from found.model_extra or ()
        for name in type(found).model_fields:
            yield from _extra(getattr(found, name))
    elif isinstance(found, list | tuple):
        for one in cast("Iterable[object]", found):
            yield from _extra(one)
    elif isinstance(found, Mapping):
        for one in cast("Mapping[str, object]", found).values():
            yield from _extra(one)
