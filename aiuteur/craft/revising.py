"""Revising: one item's content after a person changed some of its fields.

Belongs here: what may be changed, and what follows from a change within the item. Does not belong here: what follows for others,
which is staleness, or the lists that items stand in (`aiuteur.craft.relisting`).
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import singledispatch
from typing import Any, Final, TypeVar, cast

from pydantic import BaseModel, ValidationError

from aiuteur.craft import fountain
from aiuteur.craft.screenplay import revised
from aiuteur.craft.timing import on_frames
from aiuteur.craft.world import ABSENT, Key
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import KeyImage
from aiuteur.film.noun import Noun
from aiuteur.film.screenplay import Script, ScriptScene
from aiuteur.film.shots import Order, Scene, Shot
from aiuteur.film.story import Treatment
from aiuteur.film.takes import Clip, Film, Frame

N = TypeVar("N")

_IDENTITY: Final = frozenset({"id", "kind", "scene_id", "shot_id", "entry_id"})
_HEADING: Final = "INT. ANYWHERE - DAY"
"""Stands where only the words of a scene are given, so that they can be read as a screenplay."""


def revise(noun: Noun, changes: Mapping[str, Json], part: str | None = None) -> Noun:
    """An item with some fields changed; a field inside another is written `wardrobe.headwear` or `elements.2.text`.

    `part` is the id of the one scene of a script that is meant. Raises `InvalidInput` for what does not fit or cannot be changed.
    """
    fixed = sorted({name.partition(".")[0] for name in changes} & _IDENTITY)
    if fixed:
        message = f"{fixed[0]} says which item this is, and is never edited."
        raise InvalidInput(message)
    if part is not None and isinstance(noun, Script):
        return _scene_of(noun, part, changes)
    return _revise(noun, changes)


@singledispatch
def _revise(noun: Noun, changes: Mapping[str, Json]) -> Noun:
    return fitting(type(noun), lambda: type(noun).model_validate(patched(noun.document(), changes)))


@_revise.register
def _(noun: Script, changes: Mapping[str, Json]) -> Noun:
    whole = {name.partition(".")[0] for name in changes}
    patch = changes if "fountain" in changes else {name: patched(noun.document(), changes)[name] for name in whole}
    return fitting(Script, lambda: revised(noun, patch))


@_revise.register
def _(noun: Treatment, changes: Mapping[str, Json]) -> Noun:
    made = fitting(Treatment, lambda: Treatment.model_validate(patched(noun.document(), changes)))
    if made.selected >= len(made.variants):
        message = f"The treatment has no variant {made.selected + 1}: it has 1 to {len(made.variants)}."
        raise InvalidInput(message)
    return made


@_revise.register
def _(noun: Shot, changes: Mapping[str, Json]) -> Noun:
    document = patched(noun.document(), changes)
    if "duration" in changes and "out_point" not in changes and noun.out_point is not None:
        whole = noun.out_point >= noun.duration
        document["out_point"] = document["duration"] if whole else min(noun.out_point, float(cast("float", document["duration"])))
    return fitting(Shot, lambda: timed(Shot.model_validate(document)))


@_revise.register
def _(noun: Scene, changes: Mapping[str, Json]) -> Noun:
    if {"number", "slug"} & set(changes):
        message = f"A scene's number and heading are the script's: edit script:{noun.number}."
        raise InvalidInput(message)
    return fitting(Scene, lambda: Scene.model_validate(patched(noun.document(), changes)))


@_revise.register
def _(noun: Order, changes: Mapping[str, Json]) -> Noun:
    del noun, changes
    message = "The order of a list is changed by insert, delete and move."
    raise InvalidInput(message)


@_revise.register(Frame)
@_revise.register(Clip)
@_revise.register(Film)
@_revise.register(KeyImage)
def _(noun: Noun, changes: Mapping[str, Json]) -> Noun:
    del changes
    what = type(noun).__name__.lower()
    message = f"A {what} is made, not written: promote another take, remake it, or edit what it is made from."
    raise InvalidInput(message)


def timed(shot: Shot) -> Shot:
    """A shot with its times on whole frames; raises `InvalidInput` where its in and out points leave nothing of it."""
    out = on_frames(shot.out_point) if shot.out_point is not None else None
    made = shot.model_copy(update={
        "duration": on_frames(shot.duration), "in_point": on_frames(shot.in_point), "out_point": out,
    })
    end = made.out_point if made.out_point is not None else made.duration
    if not made.in_point < end <= made.duration:
        message = f"Shot {shot.label}: in {made.in_point:g} s and out {end:g} s do not lie within its {made.duration:g} s."
        raise InvalidInput(message)
    return made


def read_scene(content: Mapping[str, Json], base: ScriptScene) -> ScriptScene:
    """A scene of the script from what a person gave: `slug` as a heading or in parts, `text` as Fountain or `elements`."""
    given = dict(content)
    heading, text = given.get("slug"), given.pop("text", None)
    if isinstance(heading, str) or text is not None:
        head = heading if isinstance(heading, str) else _HEADING
        scenes = fountain.parse(f"Title: -\n\n{head}\n\n{text or ''}\n").scenes
        if len(scenes) != 1:
            message = "That is more than one scene: insert the others by themselves."
            raise InvalidInput(message)
        given |= {"slug": scenes[0].slug.document()} if isinstance(heading, str) else {}
        given |= {"elements": [element.document() for element in scenes[0].elements]} if text is not None else {}
    return fitting(ScriptScene, lambda: ScriptScene.model_validate(patched(base.document(), given)))


def patched(document: Mapping[str, Json], changes: Mapping[str, Json]) -> dict[str, Json]:
    """A document with fields replaced; a name with dots goes into objects by field and into lists by place, from 0."""
    made = dict(document)
    for name, value in changes.items():
        head, dot, rest = name.partition(".")
        made[head] = _into(made.get(head), rest, value, name) if dot else value
    return made


def fitting(what: type[BaseModel] | str, make: Callable[[], N]) -> N:
    """What `make` gives, which is a `what`; raises `InvalidInput` with each field that does not fit."""
    try:
        return make()
    except ValidationError as error:
        missing = "extra_forbidden"
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {_unknown(what, one['loc']) if one['type'] == missing else one['msg']}"
            for one in error.errors()
        )
        name = what if isinstance(what, str) else what.__name__
        message = f"That does not fit a {name}: {wrong.removesuffix('?')}{'?' if wrong.endswith('?') else '.'}"
        raise InvalidInput(message) from error


def _unknown(what: object, where: Sequence[int | str]) -> str:
    """That there is no such field, and which one may be meant."""
    for step in where[:-1]:
        inside = _fields(what).get(str(step))
        what = inside.annotation if inside is not None else None
    near = get_close_matches(str(where[-1]), _fields(what), n=1)
    return f"there is no such field, did you mean {near[0]}?" if near else "there is no such field"


def _fields(of: object) -> Mapping[str, Any]:
    return of.model_fields if isinstance(of, type) and issubclass(of, BaseModel) else {}


def rebased(basis: Mapping[str, str], now: Mapping[Key, Mapping[str, str]]) -> dict[str, str]:
    """The same read paths with the digests found there now; `now` has the field digests of the items that are there."""
    made: dict[str, str] = {}
    for path in basis:
        artifact, item, name = path.split(":", 2)
        made[path] = now.get(Key(artifact, item), {}).get(name, ABSENT)
    return made


def _into(value: Json, rest: str, new: Json, name: str) -> Json:
    head, dot, more = rest.partition(".")
    if isinstance(value, Mapping):
        return {**value, head: _into(value.get(head), more, new, name) if dot else new}
    if isinstance(value, Sequence) and not isinstance(value, str) and head.isdigit() and int(head) < len(value):
        place = int(head)
        changed = _into(value[place], more, new, name) if dot else new
        return [*value[:place], changed, *value[place + 1:]]
    message = f"There is nothing called {name}: name a field, or one inside it, as in wardrobe.headwear."
    raise InvalidInput(message)


def _scene_of(script: Script, part: str, changes: Mapping[str, Json]) -> Noun:
    old = next((scene for scene in script.scenes if scene.id == part), None)
    if old is None:
        message = f"The script has no scene {part}."
        raise InvalidInput(message)
    new = read_scene(changes, old)
    if new.number != old.number and any(scene.number == new.number for scene in script.scenes):
        message = f"There is a scene {new.number} already: give this one another number."
        raise InvalidInput(message)
    scenes = [new.document() if scene.id == part else scene.document() for scene in script.scenes]
    return fitting(Script, lambda: revised(script, {"scenes": scenes}))
