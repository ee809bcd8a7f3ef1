"""The command that takes items out of their lists, with everything made for them.

Belongs here: what belongs to whom. Does not belong here: erasing; nothing is, history stays.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft import relisting
from aiuteur.craft.world import ORDER, Key
from aiuteur.errors import InvalidInput, Refused
from aiuteur.film import commands as c
from aiuteur.film.bible import image_item
from aiuteur.film.takes import FrameEnd
from aiuteur.lane import Lane
from aiuteur.registry import remakes
from aiuteur.registry.drafts import Draft, Outcome
from aiuteur.registry.handlers.edits import edited
from aiuteur.registry.handlers.handled import Handled
from aiuteur.registry.handlers.listed import Listed, list_of
from aiuteur.registry.items import Held, hold, point, relabel
from aiuteur.registry.lanes import LaneRow, lane_row
from aiuteur.registry.naming import resolve
from aiuteur.registry.pointers import called
from aiuteur.registry.versions import write

_LOOKS: Final = text("""
SELECT item FROM aiuteur.artifacts WHERE branch_id = :branch AND kind = 'looks' AND tombstoned_at IS NULL
    AND (split_part(item, '/', 1) = ANY(:ids) OR split_part(item, '/', 2) = ANY(:ids))
""")


def delete(session: Session, lane: Lane, command: c.Delete) -> Handled:
    """Take items out of their lists, with all that was made for them; refused where any of that is locked."""
    row = lane_row(session, lane)
    keys = list(dict.fromkeys(resolve(session, lane, name) for name in command.items))
    gone = _with_belongings(session, row, [*keys, *_shots_of(session, lane, keys)])
    drafts = [draft for listed, items in _lists(session, lane, keys) for draft in _relisted(listed, items)]
    recorded = write(session, row, Outcome(drafts)).recorded
    point(session, [one._replace(gone=True) for one in gone])
    remakes.close(session, row, [one.key for one in gone])
    return Handled("deleted", [*keys, *(one.key for one in recorded)], recorded, {"gone": [str(one.key) for one in gone]})


def _lists(session: Session, lane: Lane, keys: Sequence[Key]) -> list[tuple[Listed, set[str]]]:
    """The lists that the items stand in, each held once, with what leaves it."""
    lists: dict[str, Listed] = {}
    leaving: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        listed = list_of(session, lane, "delete", key)
        lists[listed.scope] = listed
        leaving[listed.scope].add(key.item)
    for scope, listed in lists.items():
        strangers = leaving[scope] - set(listed.order.ids)
        if strangers:
            message = f"{', '.join(sorted(strangers))}: not in this list of {listed.artifact}: name what is."
            raise InvalidInput(message)
    return [(listed, leaving[scope]) for scope, listed in lists.items()]


def _relisted(listed: Listed, items: set[str]) -> list[Draft]:
    """The new order, the script without its scenes, and shots that no longer continue from what is gone."""
    order = relisting.without(listed.order, items)
    drafts = [listed.reordered(order)]
    if listed.artifact == "scenes":
        found, script = listed.script("delete")
        drafts.append(edited(found, relisting.without_scenes(script, items)))
    if listed.artifact == "beats":
        relabel(listed.session, listed.row, {Key("beats", item): str(place) for place, item in enumerate(order.ids, 1)})
    if listed.artifact == "shot_list":
        drafts += [
            edited(one, one.noun.model_copy(update={"continues_from": None}), pin=one.pinned) for one in listed.following(items)
        ]
    return drafts


def _shots_of(session: Session, lane: Lane, keys: Sequence[Key]) -> list[Key]:
    """The shots of scenes that go, and their orders."""
    found: list[Key] = []
    for key in keys:
        there = key.artifact == "scenes" and hold(session, lane_row(session, lane), [Key(ORDER, key.item)])
        if there:
            listed = Listed.hold(session, lane, "delete", "shot_list", key.item)
            found += [Key(ORDER, key.item), *(Key("shot_list", item) for item in listed.order.ids)]
    return found


def _with_belongings(session: Session, row: LaneRow, keys: Sequence[Key]) -> list[Held]:
    """The rows of items and of all that belongs to them, held; raises `Refused` where one is locked."""
    held = hold(session, row, dict.fromkeys([*keys, *(own for key in keys for own in _own(key)), *_looks(session, row, keys)]))
    locked = [called(one) for one in held.values() if one.locked and not one.gone]
    if locked:
        message = f"delete is refused: {', '.join(locked)} {'is' if len(locked) == 1 else 'are'} locked: unlock first."
        raise Refused(message)
    return [one for one in held.values() if not one.gone]


def _own(key: Key) -> list[Key]:
    """What is called after a shot or an entry, and goes with it."""
    if key.artifact == "bible":
        return [Key("bible", image_item(key.item))]
    if key.artifact != "shot_list":
        return []
    parts = [("frames", end) for end in FrameEnd] + [("dailies", part) for part in (*FrameEnd, "clip")]
    return [Key("prompts", key.item), Key("clips", key.item), *(Key(kind, f"{key.item}/{part}") for kind, part in parts)]


def _looks(session: Session, row: LaneRow, keys: Sequence[Key]) -> list[Key]:
    """The looks of scenes and entries that go."""
    ids = [key.item for key in keys if key.artifact in {"scenes", "bible"}]
    found = session.execute(_LOOKS, {"branch": row.branch_id, "ids": ids}).scalars() if ids else ()
    return [Key("looks", item) for item in found]
