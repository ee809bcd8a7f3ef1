"""A counter: a place with a database, a store and the loopback services, where spenders are let loose and the bill is counted.

Belongs here: setting the place up, starting spenders, comparing ledger and bill. Does not belong here: what is tried (`chaos`,
`paying`).
"""

import multiprocessing
import shutil
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from sqlalchemy import text

from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.lane import Lane
from aiuteur.registry import embedded, projects
from aiuteur.registry.database import Registry, local_user, prepare
from benchmarks.place import BENCH
from benchmarks.spender import CLIP, Job, spend
from tests.wire.serving import Services, serving

_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["benchmarks.spender", "aiuteur.media.conform", "google.genai", "openai"])
_ROWS: Final = text("""
SELECT id, request_key, item, state, cost_usd, reserved_usd, suspected, operation, coalesce(error, ''), api
FROM aiuteur.generations
""")


@dataclass(frozen=True, slots=True)
class Booked:
    """One row of the ledger, as it is counted."""

    id: str
    key: str
    item: str
    state: str
    cost: Decimal | None
    reserved: Decimal | None
    suspected: bool
    operation: str | None
    error: str
    api: str

    @property
    def long(self) -> bool:
        """Whether it is a call that is asked after."""
        return self.api == "predict_long_running"


@dataclass(slots=True)
class Shop:
    """The place."""

    folder: Path
    url: str
    registry: Registry
    services: Services

    @property
    def media(self) -> str:
        """The folder of the store."""
        return str(self.folder / "media")

    def lane(self, name: str) -> str:
        """A project of its own."""
        with self.registry.transaction() as session:
            narrative = Narrative(title="Chaos", text="She rowed.", format=SourceFormat.PROSE)
            projects.create_project(session, Lane(name), narrative, Brief(length_seconds=30))
        return str(Lane(name))

    def settings(self, **given: object) -> dict[str, object]:
        """The settings a spender works with."""
        found = {name.removeprefix("AIUTEUR_").lower(): value for name, value in self.services.environment().items()}
        return {**found, "google_enterprise": True, "google_output": "gs://films/out", "call_seconds": 30.0, **given}

    def job(self, lane: str, keys: Sequence[str], model: str = CLIP, worker: str = "w", **more: object) -> Job:
        """A spender's job here."""
        given = {"settings": self.settings(), **more}
        return Job(self.url, self.media, lane=lane, model=model, keys=tuple(keys), worker=worker, **given)  # pyright: ignore[reportArgumentType] - fields of Job by name

    def start(self, job: Job) -> BaseProcess:
        """Let a spender loose."""
        process = _CONTEXT.Process(target=spend, args=(job,))
        process.start()
        return process

    def spend(self, job: Job) -> int:
        """Let a spender loose, and wait for its end: its exit code, -9 where it was killed."""
        process = self.start(job)
        process.join()
        return process.exitcode or 0

    def booked(self) -> list[Booked]:
        """Every row of the ledger."""
        with self.registry.transaction() as session:
            rows = session.execute(_ROWS)
            return [Booked(str(row[0]), *row[1:]) for row in rows]


def stored(registry: Registry) -> list[str]:
    """The digests of all media that the ledger knows of."""
    with registry.transaction() as session:
        return [str(row[0]) for row in session.execute(text("SELECT sha256 FROM aiuteur.media"))]


def by_key(rows: Sequence[Booked]) -> Mapping[str, list[Booked]]:
    """The rows of each request key."""
    found: dict[str, list[Booked]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def twice(shop: Shop, rows: Sequence[Booked]) -> int:
    """How many calls the services took more than once for one request key, by the intents on their bill."""
    keys = {row.id: row.key for row in rows}
    charged = Counter(keys.get(str(line["intent"]), str(line["intent"])) for line in shop.services.bill().lines if line["intent"])
    return sum(count - 1 for count in charged.values())


@contextmanager
def shop(name: str, pace: Mapping[str, float] | None = None, limit: float | None = None, seed: int = 0) -> Generator[Shop]:
    """A fresh place, with services of their own; what is in it afterwards stays to be looked at."""
    folder = BENCH / name
    _leave(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    url = embedded.start(folder / "home")
    prepare(url)
    registry = Registry.connect(url, local_user())
    try:
        with serving(pace=pace, limit=limit, seed=seed) as services:
            yield Shop(folder, url, registry, services)
    finally:
        registry.close()
        _leave(folder)


def _leave(folder: Path) -> None:
    if (folder / "home").exists():
        embedded.stop(folder / "home")
