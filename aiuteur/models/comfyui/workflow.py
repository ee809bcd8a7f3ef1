"""Workflows: ComfyUI's own JSON with places to be filled in, as {{prompt}}, {{seed}}, {{width}}, {{height}}, {{frames}}.

Belongs here: reading a template and filling it in. Does not belong here: talking to ComfyUI (`maker`).

Any workflow exported in the API format becomes a template by writing the places into it; a place that stands alone becomes a
number where it is one.
"""

import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final, cast

from aiuteur.errors import InvalidInput, NotFound

_PLACE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
NEGATIVE: Final = "text, watermark, border, deformed hands, extra limbs, blurry"
"""What local models are told to keep out; hosted ones take no such list."""


def template(name: str, own: Path | None) -> dict[str, Any]:
    """A workflow by name, a person's `own` folder before ours; raises `NotFound` and `InvalidInput`."""
    if own is not None and (own / f"{name}.json").is_file():
        text, where = (own / f"{name}.json").read_text("utf-8"), str(own / f"{name}.json")
    else:
        found = resources.files("aiuteur.models.comfyui").joinpath("workflows", f"{name}.json")
        if not found.is_file():
            message = f"There is no workflow {name!r}: put {name}.json into the folder that AIUTEUR_COMFYUI_WORKFLOWS names."
            raise NotFound(message)
        text, where = found.read_text("utf-8"), f"workflows/{name}.json"
    try:
        nodes: object = json.loads(text)
    except ValueError as error:
        message = f"{where} is no JSON: {error}."
        raise InvalidInput(message) from error
    listed: Mapping[str, object] = cast("Mapping[str, object]", nodes) if isinstance(nodes, dict) else {}
    if not listed or not all(isinstance(node, dict) and "class_type" in node for node in listed.values()):
        message = f"{where} is no workflow in the API format: export it with `Save (API format)`."
        raise InvalidInput(message)
    return dict(listed)


def filled(nodes: Mapping[str, Any], values: Mapping[str, str | int | float]) -> dict[str, Any]:
    """A workflow with its places filled in; raises `InvalidInput` for a place there is no value for."""
    return {name: _filled(node, values) for name, node in nodes.items()}


def places(nodes: Mapping[str, Any]) -> set[str]:
    """The names of a workflow's places."""
    return set(_PLACE.findall(json.dumps(nodes)))


def _filled(found: Any, values: Mapping[str, str | int | float]) -> Any:  # noqa: ANN401 - JSON is of every kind
    match found:
        case dict():
            return {name: _filled(value, values) for name, value in cast("dict[str, Any]", found).items()}
        case list():
            return [_filled(value, values) for value in cast("list[Any]", found)]
        case str():
            return _text(found, values)
        case _:
            return found


def _text(found: str, values: Mapping[str, str | int | float]) -> str | int | float:
    missing = set(_PLACE.findall(found)) - set(values)
    if missing:
        message = f"The workflow asks for {', '.join(sorted(missing))}, which this request does not have."
        raise InvalidInput(message)
    alone = _PLACE.fullmatch(found)
    return values[alone[1]] if alone else _PLACE.sub(lambda place: str(values[place[1]]), found)
