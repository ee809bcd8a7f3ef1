"""What planning takes, and whether a budget can be overdrawn.

Belongs here: plans of long lanes from their outlines, and many processes reserving from one budget. Does not belong here: making
what is planned (`benchmarks.film`).
"""

import multiprocessing
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from decimal import Decimal
from statistics import median
from typing import Final
from uuid import uuid4

from aiuteur.craft.world import Key
from aiuteur.errors import OverBudget
from aiuteur.film.bible import Character
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import ModelCard, Role
from aiuteur.lane import Lane
from aiuteur.registry import budgets, embedded, ledger, projects, versions
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.outlines import Outlines
from aiuteur.registry.versions import Draft, Outcome
from aiuteur.stages.plan import plan
from benchmarks.lanes import fill
from benchmarks.place import Place
from benchmarks.table import Found, group

LONG: Final = 1000
SHORT: Final = 60
TIMES: Final = 15
PROCESSES: Final = 32
UNITS: Final = 10
ROUNDS: Final = 4
_LANE: Final = Lane("purse")
_CARD: Final = ModelCard("lumen", "rest", "lumen-3")


@group("plan", f"Planning a lane of {LONG:,} shots and one of {SHORT}, a character's wardrobe having changed: causes and all.")
def planning() -> Iterator[Found]:
    """Fetching and deriving, the medians of some tries; the first fetch of a process by itself."""
    with _registry("plan") as registry:
        for shots, bound in ((LONG, 60.0), (SHORT, 10.0)):
            yield from _planned(registry, shots, bound)


def _planned(registry: Registry, shots: int, bound: float) -> Iterator[Found]:
    lane = Lane(f"film-{shots}")
    items = fill(registry, lane, shots)
    outlines, took = Outlines(), list[tuple[float, float]]()
    cold = _once(registry, outlines, lane)[0]
    _dress_anew(registry, lane)
    for _ in range(TIMES):
        took.append(_once(registry, outlines, lane)[:2])
    found = _once(registry, outlines, lane)[2]
    yield Found(f"{shots} shots, plan with causes", 1000 * median(sum(both) for both in took), "ms", bound)
    yield Found(f"{shots} shots, of that fetching", 1000 * median(fetching for fetching, _ in took), "ms")
    yield Found(f"{shots} shots, of that deriving", 1000 * median(deriving for _, deriving in took), "ms")
    yield Found(f"{shots} shots, a process's first fetch", 1000 * cold, "ms")
    yield Found(f"{shots} shots, items / planned", items / max(1, found), "×")


def _once(registry: Registry, outlines: Outlines, lane: Lane) -> tuple[float, float, int]:
    started = time.perf_counter()
    with registry.transaction() as session:
        outline = outlines.fetch(session, lane)
    fetched = time.perf_counter()
    found = plan(outline.world)
    done = time.perf_counter()
    return fetched - started, done - fetched, len(found.items)


def _dress_anew(registry: Registry, lane: Lane) -> None:
    """Change what one character wears: about a sixth of the film is stale, each item with its cause."""
    key = Key("bible", "person003")
    with registry.transaction() as session:
        found = versions.world(session, lane).items[key]
        if not isinstance(found.noun, Character):
            raise TypeError(key)
        changed = found.noun.model_copy(update={"wardrobe": found.noun.wardrobe.model_copy(update={"headwear": "cap"})})
        versions.record(session, lane, Outcome(drafts=[Draft(key, changed, found.basis, pin=True)]))


@group("budget", f"{PROCESSES} processes reserve a unit each against a cap of {UNITS}, {ROUNDS} times over.")
def race() -> Iterator[Found]:
    """Units granted in each round, and what the budget says of them afterwards."""
    with _registry("budget") as registry:
        with registry.transaction() as session:
            story = Narrative(title="The Purse", text="It was full.", format=SourceFormat.PROSE)
            projects.create_project(session, _LANE, story, Brief(length_seconds=30))
        url, rounds = registry.admin.render_as_string(hide_password=False), list[int]()
        took: list[float] = []
        with multiprocessing.get_context("spawn").Pool(PROCESSES, _connect, [url]) as pool:
            pool.map(time.sleep, [0.1] * PROCESSES, chunksize=1)  # until all have begun
            for turn in range(1, ROUNDS + 1):
                _cap(registry, turn * UNITS)
                started = time.perf_counter()
                rounds.append(sum(pool.map(_take, [url] * PROCESSES, chunksize=1)))
                took.append(time.perf_counter() - started)
        with registry.transaction() as session:
            reserved = float(budgets.budgets(session, _LANE)[0].reserved_usd)
    yield Found("units granted, most in a round", max(rounds), "", UNITS)
    yield Found("units granted, least in a round", min(rounds), "", UNITS, least=True)
    yield Found("reserved / granted", reserved / sum(rounds), "×", 1)
    yield Found("a round", median(took), "s")


def _cap(registry: Registry, units: int) -> None:
    with registry.transaction() as session:
        row = lane_row(session, _LANE)
        budgets.set_budget(session, row, scope="project", shot=None, cap=Decimal(units), above=None, unknown=None)


_REGISTRIES: Final[dict[str, Registry]] = {}


def _connect(url: str) -> None:
    """Connect before the race, so that all start at once."""
    _REGISTRIES[url] = Registry.connect(url, local_user(url))


def _take(url: str) -> bool:
    """Reserve one unit; whether it was granted."""
    try:
        with _REGISTRIES[url].transaction() as session:
            ledger.reserve(
                session, _LANE, key=Key("clips", uuid4().hex[:12]), request_key=uuid4().hex, card=_CARD,
                role=Role.CINEMATOGRAPHER, task="clip", request={}, basis_digest="-", attempt=1, price_usd=Decimal(1),
                worker="bench",
            )
    except OverBudget:
        return False
    return True


@contextmanager
def _registry(name: str) -> Generator[Registry]:
    """A fresh database."""
    place = Place(name)
    place.fresh()
    url = embedded.start(place.folder / "home")
    prepare(url)
    registry = Registry.connect(url, local_user(url))
    try:
        yield registry
    finally:
        registry.close()
        place.leave()
