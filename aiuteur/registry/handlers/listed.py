"""Lists as commands see them: an item's list, its order and what is beside it, fetched by themselves.

Belongs here: reading and writing one list. Does not belong here: any command (`lists`), or what becomes of an order
(`aiuteur.craft.relisting`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from aiuteur.craft import relisting
from aiuteur.craft.world import ORDER, Key, Selected, mint
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.noun import Noun
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Order, Shot
from aiuteur.lane import Lane
from aiuteur.registry.drafts import Draft, Outcome, Recorded
from aiuteur.registry.handlers.edits import edited
from aiuteur.registry.lanes import LaneRow, lane_row
from aiuteur.registry.pointers import held_for
from aiuteur.registry.tables import Counter
from aiuteur.registry.versions import write
from aiuteur.registry.worlds import some

_LABELS: Final = text("""
SELECT item, label FROM aiuteur.artifacts WHERE branch_id = :branch AND kind = :kind AND item = ANY(:items)
""")
_FOLLOWING: Final = text("""
SELECT a.item FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.id = a.selected_version_id
WHERE a.branch_id = :branch AND a.kind = 'shot_list' AND a.item = ANY(:listed) AND v.content->>'continues_from' = ANY(:items)
""")
_NUMBER: Final = text("""
SELECT s->>'number' FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.id = a.selected_version_id,
    jsonb_path_query(v.content, '$.scenes[*] ? (@.id == $id)', jsonb_build_object('id', CAST(:item AS text))) s
WHERE a.branch_id = :branch AND a.kind = 'script' AND a.item = ''
""")
ARTIFACTS: Final = {"beat": "beats", "scene": "scenes", "shot": "shot_list", "entry": "bible"}
_SCRIPT: Final = Key("script")
_SCENES: Final = Key(ORDER, "scenes")


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of a lane: the artifact of its items, the scope of its order, and its order, held until the transaction ends."""

    session: Session
    lane: Lane
    row: LaneRow
    artifact: str
    scope: str
    found: Selected

    @classmethod
    def hold(cls, session: Session, lane: Lane, command: str, artifact: str, scope: str) -> "Listed":
        """A list whose order may be changed by a command; raises `NotFound` where it was never made, and `Refused`."""
        row = lane_row(session, lane)
        key = Key(ORDER, scope)
        held_for(session, row, command, [key])
        return cls(session, lane, row, artifact, scope, some(session, lane, row.branch_id, [key])[key])

    @property
    def order(self) -> Order:
        """The order as it is."""
        if not isinstance(self.found.noun, Order):
            raise TypeError(self.scope)
        return self.found.noun

    @property
    def counter(self) -> str:
        """The scope that its ids are minted in."""
        return f"{self.artifact}/{self.scope}"

    def reordered(self, order: Order) -> Draft:
        """A person's new order."""
        return edited(self.found, order)

    def noun(self, item: str | None) -> Noun | None:
        """An item's content, None where there is no such item."""
        if item is None:
            return None
        key = Key(self.artifact, item)
        found = some(self.session, self.lane, self.row.branch_id, [key]).get(key)
        return found.noun if found is not None else None

    def minted(self) -> tuple[str, dict[str, int]]:
        """A fresh id and the counter after it; whoever holds the order mints alone."""
        wanted = select(Counter.next).where(Counter.branch_id == self.row.branch_id, Counter.scope == self.counter)
        count = self.session.execute(wanted).scalar_one_or_none() or 0
        return mint(self.row.seed, self.counter, count), {self.counter: count + 1}

    def script(self, command: str) -> tuple[Selected, Script]:
        """The script, which its scenes are part of; held."""
        held_for(self.session, self.row, command, [_SCRIPT])
        found = some(self.session, self.lane, self.row.branch_id, [_SCRIPT]).get(_SCRIPT)
        if found is None or not isinstance(found.noun, Script):
            message = f"{self.lane} has no script yet: make it first."
            raise NotFound(message)
        return found, found.noun

    def labels(self) -> dict[str, str]:
        """What people call the items of the list, by id."""
        rows = self.session.execute(_LABELS, {"branch": self.row.branch_id, "kind": self.artifact, "items": list(self.order.ids)})
        return {item: label for item, label in rows if label}

    def number(self) -> str:
        """The number of the scene whose shots these are."""
        asked = {"branch": self.row.branch_id, "item": self.scope}
        return self.session.execute(_NUMBER, asked).scalar_one_or_none() or self.scope

    def following(self, items: Collection[str]) -> list[Selected]:
        """The shots that continue from some of these, held."""
        asked = {"branch": self.row.branch_id, "listed": list(self.order.ids), "items": list(items)}
        keys = [Key("shot_list", item) for item in self.session.execute(_FOLLOWING, asked).scalars() if item not in items]
        if keys:
            held_for(self.session, self.row, "edit", keys)
        return list(some(self.session, self.lane, self.row.branch_id, keys).values())


def list_of(session: Session, lane: Lane, command: str, key: Key) -> Listed:
    """The list that an item stands in; raises `InvalidInput` for what stands in none, and `NotFound`."""
    if key.artifact not in ARTIFACTS.values() or "/" in key.item:
        message = f"{key} stands in no list: beats, scenes, shots and bible entries do."
        raise InvalidInput(message)
    scope = key.artifact
    if key.artifact == "shot_list":
        row = lane_row(session, lane)
        shot = some(session, lane, row.branch_id, [key]).get(key)
        if shot is None or not isinstance(shot.noun, Shot):
            message = f"There is no {key} on this branch: `aiuteur status {lane}` lists what there is."
            raise NotFound(message)
        scope = shot.noun.scene_id
    return Listed.hold(session, lane, command, key.artifact, scope)


def follow_script(session: Session, lane: Lane, moved: Collection[Key]) -> Sequence[Recorded]:
    """Bring the order of scenes in line with the script, where one of the two was `moved` to a version with other scenes.

    Raises `Refused` where the order is locked.
    """
    row = lane_row(session, lane)
    shown = some(session, lane, row.branch_id, [_SCRIPT, _SCENES]) if {_SCRIPT, _SCENES} & set(moved) else {}
    script, found = (shown[key].noun if key in shown else None for key in (_SCRIPT, _SCENES))
    if not isinstance(script, Script) or not isinstance(found, Order):
        return ()
    order = relisting.following(found, script)
    if order == found:
        return ()
    listed = Listed.hold(session, lane, "move", "scenes", "scenes")
    return write(session, row, Outcome([edited(listed.found, order, pin=listed.found.pinned)])).recorded
