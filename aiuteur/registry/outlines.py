"""Outlines: a lane without its content, for planning thousands of items in milliseconds.

Belongs here: fetching what a plan reads (digests, orders, casts, who continues from whom, how long things are) and remembering
versions, which never change. Does not belong here: whole worlds (`worlds`), what a difference leads to (`aiuteur.stages.plan`).

An outline's world fits wherever a world does, but its nouns are views of a few fields: reading another raises `AttributeError`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.world import ORDER, Key, Selected, World
from aiuteur.errors import NotFound
from aiuteur.film.bible import Character, KeyImage, Location, Prop, Style
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.dailies import Overall, Verdict
from aiuteur.film.noun import Noun
from aiuteur.film.remakes import Remake
from aiuteur.film.shots import Order, Scene, Shot
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row

KEPT: Final = 60_000
"""Versions remembered by one process, some 150 MB at the most; beyond that all are fetched anew."""

MEMOS: Final = 32
"""Lanes of which is remembered what planning found out; the one not fetched for the longest goes first."""

_HEAD: Final = text(r"""
SELECT b.id, b.seed, b.revision,
    (SELECT jsonb_object_agg(scope, next) FROM aiuteur.counters c WHERE c.branch_id = b.id),
    (SELECT jsonb_agg(to_jsonb(r)) FROM aiuteur.remakes r WHERE r.branch_id = b.id AND r.closed_at IS NULL),
    (SELECT string_agg(ROW(a.kind, a.item, a.selected_version_id, a.pinned, a.locked)::text, E'\n')
     FROM aiuteur.artifacts a WHERE a.branch_id = b.id AND a.tombstoned_at IS NULL AND a.selected_version_id IS NOT NULL)
FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id WHERE p.name = :project AND b.name = :branch
""")
_VERSIONS: Final = text("""
SELECT v.id, a.kind, v.n, v.digest, v.fields, v.basis, v.score,
    CASE a.kind
        WHEN 'order' THEN v.content->'ids'
        WHEN 'brief' THEN v.content
        WHEN 'narrative' THEN jsonb_build_object('format', v.content->'format', 'language', v.content->'language')
        WHEN 'bible' THEN jsonb_build_object('kind', v.content->'kind', 'name', v.content->'name')
        WHEN 'scenes' THEN jsonb_build_object('number', v.content->'number', 'cast', v.content->'cast')
        WHEN 'dailies' THEN jsonb_build_object('again', coalesce(v.content->'again', 'false'))
        WHEN 'shot_list' THEN v.content - '{cinematography,lighting,action,dialogue,blocking,props,continuity_flags}'::text[]
    END,
    CASE WHEN a.kind = 'shot_list'
        THEN (SELECT sum(octet_length(line->>'text')) FROM jsonb_array_elements(v.content->'dialogue') line)
        WHEN a.kind IN ('narrative', 'brief', 'treatment', 'beats', 'script') THEN octet_length(v.content::text) END,
    CASE a.kind WHEN 'shot_list' THEN jsonb_array_length(v.content->'dialogue')
        WHEN 'script' THEN jsonb_array_length(v.content->'scenes') END
FROM aiuteur.versions v JOIN aiuteur.artifacts a ON a.id = v.artifact_id WHERE v.id = ANY(:ids)
""")
_ENTRIES: Final[Mapping[str, type[Noun]]] = {
    "character": Character, "location": Location, "prop": Prop, "style": Style, "key_image": KeyImage,
}
_BLANK: Final = Noun()
_AGAIN: Final = Verdict(take="", judge="", gates=(), overall=Overall.UNKNOWN, again=True).only("again")


class Length(NamedTuple):
    """How long an item's text is, in bytes of UTF-8, and how many parts it has: scenes of a script, spoken lines of a shot."""

    bytes: int = 0
    parts: int = 0


_NO_LENGTH: Final = Length()


@dataclass(frozen=True, slots=True)
class Outline:
    """A lane without its content, and how long its texts are."""

    world: World
    _lengths: Mapping[UUID, Length]

    def length(self, key: Key) -> Length:
        """How long an item's text is; nothing where it is not there, or nobody asks for its length."""
        found = self.world.items.get(key)
        return self._lengths.get(found.version_id, _NO_LENGTH) if found is not None else _NO_LENGTH


@dataclass(slots=True)
class Outlines:
    """Fetches outlines, each version once: what one process has seen it fetches no more.

    A lane is fetched as one line for each item (what it is, which version is selected, whether it is held), and an item whose
    line is known is the very object it was before.
    """

    _items: dict[str, Selected] = field(default_factory=dict[str, Selected])
    _lengths: dict[UUID, Length] = field(default_factory=dict[UUID, Length])
    _memos: dict[Lane, dict[str, object]] = field(default_factory=dict[Lane, dict[str, object]])

    def fetch(self, session: Session, lane: Lane) -> Outline:
        """The outline of a lane now; raises `NotFound`."""
        head = session.execute(_HEAD, {"project": lane.project, "branch": lane.branch}).one_or_none()
        if head is None:
            lane_row(session, lane)
            message = f"{lane} appeared a moment ago: try again."
            raise NotFound(message)
        _, seed, revision, counters, remakes, rows = head
        lines = str(rows).split("\n") if rows else []
        self._learn(session, lines)
        known = self._items
        items = {found.key: found for found in [known[line] for line in lines]}
        world = World(lane, seed, revision, items, counters or {}, _remakes(remakes), memo=self._memo(lane))
        return Outline(world, self._lengths)

    def _memo(self, lane: Lane) -> dict[str, object]:
        """The memo of a lane that was fetched not long ago, a new one for any other."""
        found = self._memos.pop(lane, {})
        self._memos[lane] = found
        if len(self._memos) > MEMOS:
            self._memos.pop(next(iter(self._memos)))
        return found

    def _learn(self, session: Session, lines: Sequence[str]) -> None:
        if len(self._items) + len(lines) > KEPT:
            self._items.clear()
            self._lengths.clear()
        wanted = {_row(line)[1]: line for line in lines if line not in self._items}
        if not wanted:
            return
        for id_, kind, n, digest, fields, basis, score, shown, length, parts in session.execute(_VERSIONS, {"ids": list(wanted)}):
            line = wanted[id_]
            key, _, pinned, locked = _row(line)
            self._items[line] = Selected(key, id_, n, _view(kind, shown), digest, fields, basis, pinned, locked, score=score)
            if length:
                self._lengths[id_] = Length(length, parts or 0)


def _row(line: str) -> tuple[Key, UUID, bool, bool]:
    """One item of a lane: the text of a row `(kind,item,version,pinned,locked)`."""
    kind, item, version, pinned, locked = line[1:-1].split(",")
    return Key(kind, "" if item == '""' else item), UUID(version), pinned == "t", locked == "t"


def _view(kind: str, shown: object) -> Noun:
    """A noun that shows what a plan reads of it."""
    if shown is None:
        return _BLANK
    if kind == ORDER:
        return Order.model_construct(ids=tuple(cast("Iterable[str]", shown)))
    found = cast("dict[str, object]", shown)
    match kind:
        case "brief":
            return Brief.model_validate(found)
        case "narrative":
            return _only(Narrative, {**found, "format": SourceFormat(str(found["format"]))})
        case "bible":
            return _only(_ENTRIES[str(found["kind"])], found)
        case "scenes":
            return _only(Scene, {**found, "cast": tuple(cast("Iterable[str]", found["cast"]))})
        case "dailies":
            return _AGAIN if found["again"] is True else _BLANK
        case _:
            return _only(Shot, found)


def _only(noun: type[Noun], fields: dict[str, object]) -> Noun:
    """A view of these fields and no others, as `Noun.only` gives."""
    view = noun.model_construct(set(fields))
    object.__setattr__(view, "__dict__", fields)
    return view


def _remakes(rows: object) -> dict[Key, Remake]:
    return {
        Key(str(row["kind"]), str(row["item"])): Remake.model_validate({name: row[name] for name in Remake.model_fields})
        for row in cast("Sequence[Mapping[str, object]]", rows or ())
    }
