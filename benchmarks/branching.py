"""What branches cost: forking a lane of hundreds of shots, comparing two of them, and taking some of one over.

Belongs here: the bounds on whole lanes. Does not belong here: the lane itself (`benchmarks.lanes`), or plans of it.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Final, TypeVar

from sqlalchemy import func, select

from aiuteur.branches import Branches
from aiuteur.film.shots import Shot
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import branches, embedded, merges, versions
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.tables import Generation, Media, Version
from aiuteur.registry.versions import Draft, Origin, Outcome
from aiuteur.settings import load
from benchmarks.lanes import fill
from benchmarks.place import Place
from benchmarks.table import Found, group

SHOTS: Final = 300
CHANGED: Final = 30
TRIES: Final = 7
_MADE: Final = (Media, Version, Generation)
LANE: Final = Lane("ferry")

T = TypeVar("T")


@group("branches", f"A lane of {SHOTS} shots forked, changed in {CHANGED} of them, compared with its parent, and merged.")
def measure() -> Iterator[Found]:
    """Medians of several tries, in one process, on the embedded server."""
    with _studio() as (registry, read):
        fill(registry, LANE, SHOTS)
        before = _media(registry)
        forks = [_timed(lambda n=n: _fork(registry, f"night-{n}")) for n in range(TRIES)]
        yield Found(f"fork a lane of {SHOTS} shots", median(took for took, _ in forks), "s", 0.5)
        yield Found("media, versions and calls that the forks made", _media(registry) - before, "", 0)
        ours, theirs = LANE, Lane(LANE.project, "night-0")
        _change(registry, theirs, CHANGED)
        yield Found(f"diff, {CHANGED} shots changed", _median(lambda: read.diff(ours, theirs)), "s", 0.3)
        _change(registry, theirs, SHOTS)
        yield Found("diff, every shot changed", _median(lambda: read.diff(ours, theirs)), "s", 0.3)
        took, merged = _timed(lambda: _merge(registry, ours, theirs))
        yield Found(f"merge of {len(merged.made)} items", took, "s")


def _fork(registry: Registry, name: str) -> Lane:
    with registry.transaction() as session:
        return branches.fork(session, LANE, name)[0]


def _merge(registry: Registry, ours: Lane, theirs: Lane) -> merges.Merged:
    with registry.transaction() as session:
        return merges.merge(session, ours, theirs, ())


def _change(registry: Registry, lane: Lane, count: int) -> None:
    """Another action and length for so many shots of a lane."""
    with registry.transaction() as session:
        world = versions.world(session, lane)
        shots = [found for found in world.of("shot_list").values() if isinstance(found.noun, Shot)][:count]
        drafts = [
            Draft(found.key, found.noun.model_copy(update={"action": f"They row at night, {count} strokes.", "duration": 2.5}),
                  found.basis, Origin.EDITED, pin=True, parent_id=found.version_id)
            for found in shots if isinstance(found.noun, Shot)
        ]
        versions.record(session, lane, Outcome(drafts=drafts, event="edited"))


def _media(registry: Registry) -> int:
    with registry.transaction() as session:
        return sum(int(session.execute(select(func.count()).select_from(table)).scalar_one()) for table in _MADE)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


def _median(work: Callable[[], object]) -> float:
    return median(_timed(work)[0] for _ in range(TRIES))


@contextmanager
def _studio() -> Generator[tuple[Registry, Branches]]:
    """A fresh database of its own."""
    place = Place("branches").fresh()
    home = place.folder / "home"
    url = embedded.start(home)
    prepare(url)
    registry = Registry.connect(url, local_user(url))
    try:
        yield registry, Branches(registry, Storage.open(str(home / "media")), load())
    finally:
        registry.close()
        place.leave()
