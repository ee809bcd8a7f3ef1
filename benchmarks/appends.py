"""How fast versions are appended, beside bare commits of the same rows: eight processes on one item, and on a thousand.

Belongs here: the writers and their tally. Does not belong here: what a whole command costs (`benchmarks.commands`).

An append is what recording does for each draft, in a transaction of its own: the item's row held, its selected version compared,
the version inserted, the pointers moved. A bare commit is the same two rows written by hand, nothing compared, nothing decided.
"""

import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Final
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import func, select, text

from aiuteur.craft.world import Key
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.story import Beat, Turn
from aiuteur.lane import Lane
from aiuteur.registry import embedded, projects, versions
from aiuteur.registry.addresses import as_role, conninfo, parse
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.lanes import LaneRow, lane_row
from aiuteur.registry.tables import Artifact, Version
from aiuteur.registry.versions import Draft, Outcome
from benchmarks.place import Place
from benchmarks.table import Found, group

WRITERS: Final = 8
SECONDS: Final = 5.0
ITEMS: Final = 1000
LANE: Final = Lane("appends")
LEAST: Final = {1: 250.0, ITEMS: 1500.0}
RATIO: Final = 0.6

_LOCK: Final = """
SELECT id, head_n + 1 FROM aiuteur.artifacts WHERE branch_id = %s AND kind = 'beats' AND item = %s FOR NO KEY UPDATE
"""
_POINT: Final = "UPDATE aiuteur.artifacts SET head_n = %s, head_version_id = %s, selected_version_id = %s WHERE id = %s"
_INSERT: Final = """
INSERT INTO aiuteur.versions (id, owner_id, author_id, artifact_id, n, origin, schema_version, content, digest, fields, basis)
VALUES (%s, %s, %s, %s, %s, 'generated', 1, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a writer is to do: where, and on how many items; `number` makes its words its own."""

    url: str
    row: LaneRow
    items: int
    number: int
    bare: bool


@group("appends", f"{WRITERS} processes append versions for {SECONDS:g} s, to one item and to {ITEMS:,}, or commit rows bare.")
def measure() -> Iterator[Found]:
    """Appends a second, what was lost, and the ratio to bare commits."""
    with _server() as (url, registry, row):
        for items, least in LEAST.items():
            name = "one item" if items == 1 else f"{items:,} items"
            appended = _appended(url, row, items, bare=False)
            yield Found(f"appends to {name}", appended / SECONDS, "/s", least, least=True)
            bare = _appended(url, row, items, bare=True)
            yield Found(f"bare commits to {name}", bare / SECONDS, "/s")
            yield Found(f"appends / bare commits, {name}", appended / bare, "", RATIO, least=True)
        yield Found("versions lost", _lost(registry), "", 0)


def _appended(url: str, row: LaneRow, items: int, *, bare: bool) -> int:
    fresh = get_context("spawn")
    with ProcessPoolExecutor(WRITERS, fresh, _meet, (fresh.Barrier(WRITERS),)) as pool:
        return sum(pool.map(write, [Writing(url, row, items, number, bare) for number in range(WRITERS)]))


_MEETING: list[Barrier] = []
"""Where the writers wait for each other before they begin; one in each process."""


def _meet(barrier: Barrier) -> None:
    _MEETING.append(barrier)


def write(writing: Writing) -> int:
    """Append until the time is up; returns how many versions."""
    return _bare(writing) if writing.bare else _ours(writing)


def _ours(writing: Writing) -> int:
    registry = Registry.connect(writing.url, local_user())
    with registry.transaction() as session:
        session.execute(text("SELECT 1"))

    def append(n: int) -> None:
        with registry.transaction() as session:
            versions.write(session, writing.row, Outcome(drafts=(_draft(writing, n),)))

    done = _until(append)
    registry.close()
    return done


def _bare(writing: Writing) -> int:
    url = as_role(parse(writing.url), Registry.connect(writing.url, local_user()).role)
    with psycopg.connect(conninfo(url)) as connection:

        def commit(n: int) -> None:
            draft = _draft(writing, n)
            (mark, fields), made = draft.noun.digests(), uuid4()
            with connection.transaction():
                connection.execute("SELECT set_config('app.user_id', %s, true)", [str(local_user())])
                held = connection.execute(_LOCK, [writing.row.branch_id, draft.key.item]).fetchone()
                item, number = held or (None, 0)
                values = [Jsonb(draft.noun.document()), mark, Jsonb(fields), Jsonb({})]
                connection.execute(_INSERT, [made, writing.row.owner_id, local_user(), item, number, *values])
                connection.execute(_POINT, [number, made, made, item])

        return _until(commit)


def _until(append: Callable[[int], None]) -> int:
    append(0)
    _MEETING[0].wait()
    done, begun = 0, time.monotonic()
    while time.monotonic() < begun + SECONDS:
        append(done + 1)
        done += 1
    return done


def _draft(writing: Writing, n: int) -> Draft:
    item = f"beat{(writing.number + n * WRITERS) % writing.items:04d}"
    return _beat(item, f"Writer {writing.number} says it for the {n}th time, bare or not: {writing.bare}. " * 8)


def _beat(item: str, words: str) -> Draft:
    return Draft(Key("beats", item), Beat(id=item, text=words, turn=Turn.RISING, emotion="calm", passages=(), seconds=3), {})


def _lost(registry: Registry) -> float:
    """Versions that an item has counted and that are not there."""
    with registry.transaction() as session:
        counted = session.execute(select(func.sum(Artifact.head_n)).where(Artifact.kind == "beats")).scalar_one()
        wanted = select(func.count(Version.id)).join(Artifact, Artifact.id == Version.artifact_id).where(Artifact.kind == "beats")
        return float(counted - session.execute(wanted).scalar_one())


@contextmanager
def _server() -> Generator[tuple[str, Registry, LaneRow]]:
    """A fresh database with a lane of a thousand beats."""
    place = Place("appends").fresh()
    url = embedded.start(place.folder / "home")
    prepare(url)
    registry = Registry.connect(url, local_user())
    try:
        with registry.transaction() as session:
            story = Narrative(title="Appends", text="She rowed.", format=SourceFormat.PROSE)
            projects.create_project(session, LANE, story, Brief(length_seconds=60))
            row = lane_row(session, LANE)
            versions.record(session, LANE, Outcome(drafts=[_beat(f"beat{n:04d}", "She rows.") for n in range(ITEMS)]))
        yield url, registry, row
    finally:
        registry.close()
        place.leave()
