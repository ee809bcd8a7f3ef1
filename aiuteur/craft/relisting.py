"""Relisting: what becomes of a list when a person inserts, moves, deletes or splits one of its items.

Belongs here: orders and the items that come new into them. Does not belong here: lists that a model writes anew
(`aiuteur.craft.continuity` aligns those), the identity of the new (`aiuteur.craft.world` mints it).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.continuity import numbers, woven
from aiuteur.craft.editing import on_screen, placed_lines
from aiuteur.craft.revising import fitting, patched, read_scene, timed
from aiuteur.craft.screenplay import compose, natural_seconds
from aiuteur.craft.timing import on_frames
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import Lighting
from aiuteur.film.screenplay import Script, ScriptScene, SlugLine
from aiuteur.film.shots import Order, Shot
from aiuteur.film.story import Beat

_NOTHING: Final = ScriptScene(id="-", number="-", slug=SlugLine(int_ext="INT.", place="-"), elements=(), seconds=1)


def inserted(order: Order, item: str, after: str | None) -> Order:
    """The order with a new item after another, first where there is none."""
    place = order.ids.index(after) + 1 if after is not None else 0
    return Order(ids=(*order.ids[:place], item, *order.ids[place:]))


def moved(order: Order, item: str, after: str | None) -> Order:
    """The order with an item elsewhere; raises `InvalidInput` where it is to follow itself."""
    if item == after:
        message = "An item cannot follow itself: name another, or none to put it first."
        raise InvalidInput(message)
    return inserted(without(order, {item}), item, after)


def without(order: Order, gone: set[str]) -> Order:
    """The order without some items."""
    return Order(ids=tuple(item for item in order.ids if item not in gone))


def following(order: Order, script: Script) -> Order:
    """The order with just the scenes of a script: those that are new to it stand where the script has them."""
    ids = [scene.id for scene in script.scenes]
    return Order(ids=woven([item for item in order.ids if item in ids], ids, ids))


def new_beat(content: Mapping[str, Json], item: str, neighbour: Beat | None) -> Beat:
    """A beat from what a person gave and its neighbour's turn, emotion and length."""
    base: dict[str, Json] = {"turn": "rising", "emotion": "neutral", "seconds": 5.0}
    if neighbour is not None:
        base = {"turn": neighbour.turn, "emotion": neighbour.emotion, "seconds": neighbour.seconds}
    return fitting(Beat, lambda: Beat.model_validate({"passages": [], **base, **content, "id": item}))


def new_scene(script: Script, content: Mapping[str, Json], item: str, after: str | None) -> Script:
    """The script with a scene from what a person gave; its number is put in between, its length as it plays."""
    if "slug" not in content:
        message = "A new scene needs a heading: slug, for instance INT. KITCHEN - DAY."
        raise InvalidInput(message)
    scene = read_scene({**content, "id": item, "number": "-"}, _NOTHING)
    if "seconds" not in content:
        scene = scene.model_copy(update={"seconds": round(natural_seconds(scene.elements), 3)})
    place = next((at + 1 for at, one in enumerate(script.scenes) if one.id == after), 0)
    return _numbered(script, [*script.scenes[:place], scene, *script.scenes[place:]], {item})


def split_scene(script: Script, item: str, at: int, new: str) -> Script:
    """The script with one scene in two; the elements from `at` on become a scene of their own, in the same place."""
    place = next(place for place, scene in enumerate(script.scenes) if scene.id == item)
    old = script.scenes[place]
    if not 0 < at < len(old.elements):
        message = f"Scene {old.number} has {len(old.elements)} elements: split it after 1 to {len(old.elements) - 1} of them."
        raise InvalidInput(message)
    head, tail = old.elements[:at], old.elements[at:]
    share = natural_seconds(head) / (natural_seconds(head) + natural_seconds(tail))
    first = old.model_copy(update={"elements": head, "seconds": round(old.seconds * share, 3)})
    second = old.model_copy(update={"id": new, "elements": tail, "seconds": round(old.seconds - first.seconds, 3)})
    return _numbered(script, [*script.scenes[:place], first, second, *script.scenes[place + 1:]], {new})


def without_scenes(script: Script, gone: set[str]) -> Script:
    """The script without some scenes; raises `InvalidInput` where none would be left."""
    left = [scene for scene in script.scenes if scene.id not in gone]
    if not left:
        message = "A script has at least one scene: this is the last."
        raise InvalidInput(message)
    return compose(script.title, script.author, left)


def new_shot(content: Mapping[str, Json], names: Mapping[str, str], neighbour: Shot | None) -> Shot:
    """A shot from what a person gave; camera, light, people and length are its neighbour's where nothing is said of them.

    `names` are its `id`, `scene_id` and `label`.
    """
    base: dict[str, Json] = {"lighting": Lighting().document(), "duration": 3.0}
    if neighbour is not None:
        kept = ("cinematography", "lighting", "blocking", "props", "duration")
        base = {name: value for name, value in neighbour.document().items() if name in kept}
    elif "cinematography" not in content:
        message = "The first shot of a scene needs a camera: cinematography, with shot_type and size."
        raise InvalidInput(message)
    return fitting(Shot, lambda: timed(Shot.model_validate({**patched(base, content), **names})))


def split_shot(shot: Shot, at: float, new: str, label: str) -> tuple[Shot, Shot]:
    """One shot in two, cut `at` seconds after it begins on screen; each line goes to the shot in which it begins."""
    cut = on_frames(shot.in_point + at)
    end = on_frames(shot.in_point + on_screen(shot))
    if not shot.in_point < cut < end:
        message = f"Shot {shot.label} is on screen for {on_screen(shot):g} s: split it within them."
        raise InvalidInput(message)
    starts = [placed.start for placed in placed_lines(shot)]
    said = [line for line, start in zip(shot.dialogue, starts, strict=True) if start < at]
    first = shot.model_copy(update={"duration": cut, "out_point": cut, "dialogue": tuple(said), "requires_end_frame": False})
    second = shot.model_copy(update={
        "id": new, "label": label, "duration": on_frames(end - cut), "in_point": 0.0, "out_point": None,
        "dialogue": shot.dialogue[len(said):], "continues_from": None,
    })
    return first, second


def _numbered(script: Script, scenes: Sequence[ScriptScene], new: set[str]) -> Script:
    known = {scene.id: scene.number for scene in scenes if scene.id not in new}
    found = numbers([scene.id for scene in scenes], known)
    made = [scene.model_copy(update={"number": number}) for scene, number in zip(scenes, found, strict=True)]
    return compose(script.title, script.author, made)
