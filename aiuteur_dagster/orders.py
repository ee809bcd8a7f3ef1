"""An order for a film: what a person filled in, at the terminal or in the launchpad, as a lane, a narrative and a brief.

Belongs here: turning options into a brief, each bad one named in a sentence. Does not belong here: reading files
(`aiuteur.intake`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from aiuteur.errors import InvalidInput
from aiuteur.film.brief import MAX_SECONDS, MIN_SECONDS, Brief, InputMode, Narrative, SourceFormat
from aiuteur.lane import MAIN, Lane, project_name

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from aiuteur.film.commands import CastModel
    from aiuteur.settings import Settings

LENGTH: Final = 90
"""Seconds of a film of prose when nobody asks for a length."""

_SUFFIXES: Final = {SourceFormat.PROSE: ".txt", SourceFormat.FOUNTAIN: ".fountain", SourceFormat.FDX: ".fdx"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was filled in: the project's name where one was given, the branch, the length in seconds, and fields of the brief.

    Without a length prose becomes a film of `LENGTH` seconds, and a screenplay one as long as it plays.
    """

    project: str | None = None
    branch: str = MAIN
    length: float | None = None
    genres: Sequence[str] = ()
    fields: dict[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Order:
    """A film to make: on which lane, of what story, to what brief."""

    lane: Lane
    narrative: Narrative
    brief: Brief


def of_file(story: Path, wish: Wish) -> Order:
    """The order for a story in a file; raises `InvalidInput`. The names are looked at before the file is read."""
    from aiuteur.intake import read_story

    lane = Lane(wish.project, wish.branch) if wish.project is not None else Lane(project_name(story.stem), wish.branch)
    _brief(wish, LENGTH)
    narrative = read_story(story)
    return _order(lane, narrative, _brief(wish, _natural_length(narrative)))


def of_text(text: str, kind: SourceFormat, wish: Wish) -> Order:
    """The order for a story that was pasted; raises `InvalidInput`."""
    if not text.strip():
        message = "There is no story: paste it as text, or give the path of its file."
        raise InvalidInput(message)
    if wish.project is None:
        message = "A pasted story has no file to be called after: give the project a name."
        raise InvalidInput(message)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{Lane(wish.project).project}{_SUFFIXES[kind]}"
        file.write_text(text, encoding="utf-8")
        return of_file(file, wish)


def casting(models: str | None, settings: "Settings") -> "list[CastModel]":
    """Who was asked for, role by role; nobody where nothing was written, which leaves the casting as it is.

    Raises `InvalidInput` for what cannot be read, `NotFound` and `Refused` for a model that is not there, is gone, or has no key.
    """
    if models is None:
        return []
    from aiuteur.film.commands import CastModel
    from aiuteur.models.casting import NEXT, check, parse

    found = parse(models)
    check(found, settings)
    return [CastModel(role=role, model=NEXT.join(names)) for role, names in found.items()]


def _order(lane: Lane, narrative: Narrative, brief: Brief) -> Order:
    """Say in the brief what only the story tells: its language, and whether it is a screenplay already."""
    mode = brief.input_mode if narrative.format is SourceFormat.PROSE else InputMode.SCREENPLAY
    return Order(lane, narrative, brief.model_copy(update={"language": narrative.language, "input_mode": mode}))


def _natural_length(narrative: Narrative) -> int:
    if narrative.format is SourceFormat.PROSE:
        return LENGTH
    from aiuteur.craft import fountain
    from aiuteur.craft.screenplay import natural_length

    return natural_length(fountain.parse(narrative.text).scenes)


def _brief(wish: Wish, length: int) -> Brief:
    genres = tuple(name for genre in wish.genres for part in genre.split(",") if (name := part.strip().lower()))
    try:
        asked = {"length_seconds": length if wish.length is None else wish.length, "genres": genres}
        return Brief.model_validate({**asked, **wish.fields})
    except ValidationError as error:
        raise InvalidInput(" ".join(_sentence(detail) for detail in error.errors())) from None


def _sentence(detail: "ErrorDetails") -> str:
    name = str(detail["loc"][0])
    if name == "length_seconds":
        return f"A film is {MIN_SECONDS} to {MAX_SECONDS} whole seconds long, not {detail.get('input'):g}: give another length."
    return f"{name.replace('_', ' ')}: {detail['msg']}."
