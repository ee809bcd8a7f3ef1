"""Names looked up where a lane's items are: in the tables, one item at a time, or in a snapshot.

Belongs here: the queries. Does not belong here: the grammar of names (`aiuteur.craft.naming`).
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from aiuteur.craft import naming
from aiuteur.craft.naming import NAMED, Called, Place, WorldNames, matching, slug
from aiuteur.craft.world import ORDER, Key, World
from aiuteur.film.bible import IMAGE
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.tables import Artifact

__all__ = ["LaneNames", "labels_of", "locate", "name_of", "name_on", "resolve"]

# People's names for what has none of its own: a beat's number is in its label.
_NAMED: Final = sql("""
SELECT a.item, CASE a.kind WHEN 'shot_list' THEN v.content->>'label' WHEN 'scenes' THEN v.content->>'number'
    WHEN 'beats' THEN a.label ELSE v.content->>'name' END, coalesce(v.content->'aliases', '[]')
FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.id = a.selected_version_id
WHERE a.branch_id = :branch AND a.kind = :kind AND a.tombstoned_at IS NULL AND a.item NOT LIKE :image
""")
_FOUND: Final = sql("""
SELECT a.item, a.label FROM aiuteur.artifacts a
WHERE a.branch_id = :branch AND a.kind = :kind AND a.tombstoned_at IS NULL
    AND (a.item = :name OR lower(a.label) = lower(:name))
""")
_THERE: Final = sql("""
SELECT EXISTS (SELECT FROM aiuteur.artifacts WHERE branch_id = :branch AND kind = :kind AND item = :item)
""")
_IN_SCRIPT: Final = sql("""
SELECT s->>'id', s->>'number' FROM aiuteur.artifacts a JOIN aiuteur.versions v ON v.id = a.selected_version_id,
    jsonb_array_elements(v.content->'scenes') s
WHERE a.branch_id = :branch AND a.kind = 'script' AND a.item = ''
""")


def resolve(source: World | Session, lane: Lane, text: str) -> Key:
    """The item a person means by `shot:7B`, `scene:4`, `bible:sue`, `frames/7B/start`, `script`, or by an id.

    Raises `InvalidInput` (ambiguous, or no name at all) and `NotFound` with what is near. That the item is named does not mean
    that it has been made.
    """
    return locate(source, lane, text).key


def locate(source: World | Session, lane: Lane, text: str) -> Place:
    """As `resolve`, and of `script:4` also the scene's id."""
    names = WorldNames(source) if isinstance(source, World) else LaneNames(source, lane, lane_row(source, lane).branch_id)
    return naming.locate(names, text)


class LaneNames:
    """The names of a lane as they stand in the tables; nothing else of it is read."""

    def __init__(self, session: Session, lane: Lane, branch: UUID) -> None:
        self._session, self._lane, self._branch = session, lane, branch

    @property
    def lane(self) -> Lane:
        """Whose names these are."""
        return self._lane

    def find(self, artifact: str, name: str) -> Sequence[Called]:
        """The items of an artifact that bear an id or a name, whatever its case."""
        if artifact == "bible":
            return matching(self.every(artifact), name)
        rows = self._session.execute(_FOUND, {"branch": self._branch, "kind": artifact, "name": name})
        found = [Called(item, called or item) for item, called in rows]
        return found or (matching(self._in_script(), name) if artifact == "scenes" else [])

    def every(self, artifact: str) -> Sequence[Called]:
        """All items of an artifact that have names."""
        rows = self._session.execute(_NAMED, {"branch": self._branch, "kind": artifact, "image": f"%/{IMAGE}"})
        found = [Called(item, name or item, tuple(also)) for item, name, also in rows]
        return found or (self._in_script() if artifact == "scenes" else [])

    def has(self, key: Key) -> bool:
        """Whether there is such an item, by its ids."""
        asked = {"branch": self._branch, "kind": key.artifact, "item": key.item}
        return self._session.execute(_THERE, asked).scalar_one()

    def _in_script(self) -> list[Called]:
        return [Called(item, number) for item, number in self._session.execute(_IN_SCRIPT, {"branch": self._branch})]


def labels_of(session: Session, branches: Sequence[UUID]) -> dict[Key, str]:
    """What people call the items of these branches that have names of their own; the later branch's name counts."""
    wanted = select(Artifact.branch_id, Artifact.kind, Artifact.item, Artifact.label)
    named = Artifact.kind.in_(NAMED), Artifact.label.is_not(None), Artifact.branch_id.in_(branches)
    rows = sorted(session.execute(wanted.where(*named)).all(), key=lambda row: branches.index(row.branch_id))
    # An entry's label is its name; where labels are read it stands behind a word for what kind of entry it is.
    return {Key(kind, item): f"entry {label}" if kind == "bible" else str(label) for _, kind, item, label in rows}


def name_on(session: Session, branch: UUID, key: Key) -> str:
    """What a person writes for an item of a branch, for a sentence: all its names are looked up."""
    return name_of(key, labels_of(session, [branch]))


def name_of(key: Key, labels: Mapping[Key, str]) -> str:
    """What a person writes for an item, which `resolve` reads back; `labels` are a lane's traces' ("7B", "character Sue")."""
    match key.artifact:
        case _ if not key.item:
            return key.artifact
        case "shot_list" | "scenes" | "beats" as artifact:
            return f"{_NICK[artifact]}:{labels.get(key) or key.item}"
        case "bible":
            entry, slash, _ = key.item.partition("/")
            return f"{'image' if slash else 'bible'}:{_entry(entry, labels)}"
        case "looks":
            scene, _, entry = key.item.partition("/")
            return f"looks/{labels.get(Key('scenes', scene)) or scene}/{_entry(entry, labels)}"
        case artifact if artifact == ORDER:
            return f"order/{labels.get(Key('scenes', key.item)) or key.item}"
        case artifact:
            shot, slash, end = key.item.partition("/")
            return f"{artifact}/{labels.get(Key('shot_list', shot)) or shot}{slash}{end}"


_NICK: Final = {"shot_list": "shot", "scenes": "scene", "beats": "beat"}


def _entry(item: str, labels: Mapping[Key, str]) -> str:
    """An entry's name as a slug; its label says first what kind of entry it is."""
    label = labels.get(Key("bible", item), "")
    return slug(label.partition(" ")[2]) or item
