"""Fields as people give them: words on the command line, a file, or an editor opened on what there is.

Belongs here: reading them. Does not belong here: whether they fit an item, which the desk says.
"""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, cast

from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.dailies import Dimension, Rating

if TYPE_CHECKING:
    from aiuteur.craft.world import Key
    from aiuteur.digest import Json
    from aiuteur.lane import Lane
    from aiuteur.studio import Studio

_TEXTS: Final = {"script": ("fountain", ".fountain"), "narrative": ("text", ".txt")}
"""Artifacts that are edited as a text: the field that holds it, and what such a file ends with."""

_ENDINGS: Final = {".fountain": "fountain", ".txt": "text", ".md": "text"}


def wanted(studio: "Studio", lane: "Lane", item: str, words: Sequence[str], file: str | None) -> dict[str, Any]:
    """The changes a person wants of an item; raises `InvalidInput`, also where nothing changes."""
    if words:
        return {**(of_file(file) if file is not None else {}), **of_words(words)}
    key = studio.branches.find(lane, item)
    found = studio.world(lane).items.get(key)
    if found is None:
        message = f"{lane} has no selected {item} to edit: see `aiuteur status {lane}`."
        raise NotFound(message)
    before = found.noun.document()
    after = of_file(file) if file is not None else _edited(key, before)
    changes = {name: value for name, value in after.items() if before.get(name) != value}
    if not changes:
        message = f"Nothing changed in {item}: give FIELD=VALUE, --file, or change something in the editor."
        raise InvalidInput(message)
    return changes


def of_words(words: Sequence[str]) -> dict[str, Any]:
    """`FIELD=VALUE` words as fields, a value as JSON where it is that, else as it stands; raises `InvalidInput`."""
    found: dict[str, Any] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            message = f"{word!r} is no field: write FIELD=VALUE, such as duration=4 or wardrobe.headwear=cap."
            raise InvalidInput(message)
        found[name.strip()] = _value(value)
    return found


def ratings(words: Sequence[str]) -> dict[Dimension, Rating]:
    """`DIMENSION=RATING` words as ratings; raises `InvalidInput` naming the dimensions and ratings there are."""
    found: dict[Dimension, Rating] = {}
    for word in words:
        name, _, value = word.partition("=")
        try:
            found[Dimension(name.strip().lower())] = Rating(value.strip().upper())
        except ValueError:
            known = f"{', '.join(Dimension)}; {', '.join(Rating).lower()}"
            message = f"{word!r} rates nothing: write DIMENSION=RATING, of {known}."
            raise InvalidInput(message) from None
    return found


def of_file(file: str) -> dict[str, Any]:
    """The fields that a file gives; `-` is stdin. Raises `InvalidInput`."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read ({error}): give a text file."
        raise InvalidInput(message) from error
    name = _ENDINGS.get(Path(file).suffix.lower())
    return {name: text} if name is not None else _document(text, file)


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _document(text: str, where: str) -> dict[str, Any]:
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{where} is no JSON: {error.msg} in line {error.lineno}."
        raise InvalidInput(message) from error
    if not isinstance(found, dict):
        message = f"{where} holds no fields: write a JSON object."
        raise InvalidInput(message)
    return cast("dict[str, Any]", found)


def _edited(key: "Key", before: "Mapping[str, Json]") -> dict[str, Any]:
    """What a person leaves in $VISUAL or $EDITOR; raises `InvalidInput` where there is none, or it fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        message = "There is nothing to change it to: give FIELD=VALUE or --file, or set EDITOR."
        raise InvalidInput(message)
    field, ending = _TEXTS.get(key.artifact, (None, ".json"))
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{key.artifact}{ending}"
        text = str(before[field]) if field is not None else json.dumps(before, ensure_ascii=False, indent=2) + "\n"
        file.write_text(text, encoding="utf-8")
        _run([*shlex.split(editor), str(file)])
        left = file.read_text(encoding="utf-8")
    return {field: left} if field is not None else _document(left, "What the editor left")


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=True)  # noqa: S603 - the person's own editor
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"The editor {command[0]!r} did not end well ({error}): nothing was changed. Set EDITOR, or give FIELD=VALUE."
        raise InvalidInput(message) from error
