"""Commands that change lists: insert, move, split. What they delete is in `deleting`.

Belongs here: one list at a time, its order and its new items. Does not belong here: what becomes of an order, a script or a shot
(`aiuteur.craft.relisting`).
"""

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy.orm import Session

from aiuteur.craft import relisting
from aiuteur.craft.continuity import shot_labels
from aiuteur.craft.revising import fitting
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film import commands as c
from aiuteur.film.bible import ENTRY, Style
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order, Shot
from aiuteur.film.story import Beat
from aiuteur.lane import Lane
from aiuteur.registry.drafts import Draft, Origin, Outcome
from aiuteur.registry.handlers.edits import edited, told
from aiuteur.registry.handlers.handled import UNCHANGED, Handled, weighed
from aiuteur.registry.handlers.listed import ARTIFACTS, Listed, list_of
from aiuteur.registry.items import relabel
from aiuteur.registry.naming import resolve
from aiuteur.registry.pointers import held_for
from aiuteur.registry.versions import write
from aiuteur.registry.worlds import some


def insert(session: Session, lane: Lane, command: c.Insert) -> Handled:
    """Put a new item into its list."""
    after = _beside(session, lane, command.what, command.after)
    listed = _list_for(session, lane, command, after)
    item, counters = listed.minted()
    content = weighed(cast("Mapping[str, Json]", command.content))
    drafts = _new(listed, command.what, content, item, after)
    drafts.append(listed.reordered(relisting.inserted(listed.order, item, after)))
    return _written(listed, drafts, "inserted", counters, item=str(Key(listed.artifact, item)))


def move(session: Session, lane: Lane, command: c.Move) -> Handled:
    """Put an item elsewhere in its list."""
    key = resolve(session, lane, command.item)
    listed = list_of(session, lane, command.kind, key)
    held_for(session, listed.row, command.kind, [key])
    after = resolve(session, lane, command.after).item if command.after is not None else None
    _must_hold(listed, key.item, command.item)
    if after is not None:
        _must_hold(listed, after, command.after or "")
    order = relisting.moved(listed.order, key.item, after)
    if order == listed.order:
        return UNCHANGED
    return _written(listed, [listed.reordered(order)], "moved", item=str(key))


def split(session: Session, lane: Lane, command: c.Split) -> Handled:
    """Make two of a scene or a shot."""
    key = resolve(session, lane, command.item)
    if key.artifact not in {"scenes", "shot_list"}:
        message = f"{command.item} cannot be split: scenes and shots can."
        raise InvalidInput(message)
    listed = list_of(session, lane, command.kind, key)
    _must_hold(listed, key.item, command.item)
    new, counters = listed.minted()
    drafts = _split_scene(listed, key, command.at, new) if key.artifact == "scenes" else _split_shot(listed, key, command.at, new)
    drafts.append(listed.reordered(relisting.inserted(listed.order, new, key.item)))
    return _written(listed, drafts, "split", counters, item=str(key), new=str(Key(key.artifact, new)))


def _beside(session: Session, lane: Lane, what: str, after: str | None) -> str | None:
    """The id of the item that a new one is to follow."""
    if after is None:
        return None
    key = resolve(session, lane, after)
    if key.artifact != ARTIFACTS[what] or "/" in key.item:
        message = f"A {what} cannot follow {after}: name a {what}."
        raise InvalidInput(message)
    return key.item


def _list_for(session: Session, lane: Lane, command: c.Insert, after: str | None) -> Listed:
    artifact = ARTIFACTS[command.what]
    if after is not None:
        listed = list_of(session, lane, command.kind, Key(artifact, after))
        _must_hold(listed, after, command.after or after)
        return listed
    if artifact != "shot_list":
        return Listed.hold(session, lane, command.kind, artifact, artifact)
    if command.within is None:
        message = "A shot that follows none needs its scene: within, for instance scene:4."
        raise InvalidInput(message)
    return Listed.hold(session, lane, command.kind, artifact, resolve(session, lane, command.within).item)


def _must_hold(listed: Listed, item: str, name: str) -> None:
    if item not in listed.order.ids:
        message = f"{name} is not in this list of {listed.artifact}: name one that is."
        raise InvalidInput(message)


def _new(listed: Listed, what: str, content: Mapping[str, Json], item: str, after: str | None) -> list[Draft]:
    """What the new item is written as; a scene is a part of the script."""
    if what == "scene":
        found, script = listed.script("insert")
        return [edited(found, relisting.new_scene(script, content, item, after))]
    neighbour = listed.noun(after or (listed.order.ids[0] if listed.order.ids else None))
    return [Draft(Key(listed.artifact, item), _noun(listed, what, content, item, neighbour), {}, Origin.EDITED, pin=True)]


def _noun(listed: Listed, what: str, content: Mapping[str, Json], item: str, neighbour: Noun | None) -> Noun:
    match what:
        case "beat":
            return relisting.new_beat(content, item, neighbour if isinstance(neighbour, Beat) else None)
        case "entry":
            return _entry(listed, fitting("bible entry", lambda: ENTRY.validate_python({**content, "id": item})))
        case _:
            names = {"id": item, "scene_id": listed.scope, "label": _label(listed, item)}
            return relisting.new_shot(content, names, neighbour if isinstance(neighbour, Shot) else None)


def _entry(listed: Listed, entry: Noun) -> Noun:
    """A new entry; of a film's style there is one, which whatever is drawn relies upon."""
    if isinstance(entry, Style) and any(isinstance(listed.noun(one), Style) for one in listed.order.ids):
        message = "A film has one style: edit the one it has."
        raise InvalidInput(message)
    return entry


def _label(listed: Listed, item: str) -> str:
    """The first letter that is free in the scene."""
    return shot_labels(listed.number(), [item], listed.labels())[0]


def _split_scene(listed: Listed, key: Key, at: float, new: str) -> list[Draft]:
    found, script = listed.script("split")
    return [edited(found, relisting.split_scene(script, key.item, round(at), new))]


def _split_shot(listed: Listed, key: Key, at: float, new: str) -> list[Draft]:
    """Both halves; what continued from the shot continues from its second half."""
    held_for(listed.session, listed.row, "split", [key])
    old = some(listed.session, listed.lane, listed.row.branch_id, [key])[key]
    if not isinstance(old.noun, Shot):
        raise TypeError(key)
    first, second = relisting.split_shot(old.noun, at, new, _label(listed, new))
    made = Draft(Key("shot_list", new), second, old.basis, Origin.EDITED, pin=True, parent_id=old.version_id)
    after = [
        edited(one, one.noun.model_copy(update={"continues_from": new}), pin=one.pinned) for one in listed.following({key.item})
    ]
    return [edited(old, first), made, *after]


def _written(
    listed: Listed, drafts: Sequence[Draft], event: str, counters: Mapping[str, int] | None = None, **details: Json
) -> Handled:
    recorded = write(listed.session, listed.row, Outcome(drafts, counters=counters or {})).recorded
    order = next(draft.noun for draft in drafts if isinstance(draft.noun, Order))
    if listed.artifact == "beats":
        relabel(listed.session, listed.row, {Key("beats", item): str(place) for place, item in enumerate(order.ids, 1)})
    return told(event, recorded, **details)
