"""A storm: many lanes, many edits, models that fail now and then; and updates that other automation loses.

Belongs here: the real sensors, the real plan and real runs of the job around makers that take no time (`benchmarks.light`). Does
not belong here: how long a tick takes (`benchmarks.tick`).
"""

import os
import random
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Never

import dagster as dg

from aiuteur.desk import Desk
from aiuteur.errors import AiuteurError
from aiuteur.film.commands import Edit
from aiuteur.film.stages import STAGES
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import branches, embedded, versions
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.settings import load
from aiuteur.stages.plan import plan
from aiuteur.watch import Watch
from aiuteur_dagster.definitions import build
from aiuteur_dagster.partitions import LANES as PARTITIONS
from aiuteur_dagster.sensors.stale import stale_sensor
from benchmarks.lanes import fill
from benchmarks.light import FIGURES, Light
from benchmarks.place import Place
from benchmarks.table import Found, group

LANES: Final = int(os.environ.get("STORM_LANES", "200"))
EDITS: Final = int(os.environ.get("STORM_EDITS", "50"))
SHOTS: Final = 3
BETWEEN: Final = 400
"""Edits between two ticks: what a few people and a script do in ten seconds."""

FAILS: Final = 0.02
"""How often a stage's maker fails."""

QUIET: Final = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_PEOPLE: Final = ("person001", "person002")


@dataclass
class Orchestra:
    """Sensors, queue and runs without a daemon: what it would do, done at once.

    Of the `runs`, those that `failed` had a maker that was made to (`injected` counts how often), those `astray` had not.
    """

    registry: Registry
    desk: Desk
    watch: Watch
    studio: Light
    instance: dg.DagsterInstance
    job: dg.JobDefinition
    asked: dict[str, str] = field(default_factory=dict[str, str])
    runs: int = 0
    injected: int = 0
    failed: int = 0
    astray: int = 0
    needless: int = 0

    def tick(self) -> int:
        """One tick of `stale`, and every run it asks for by a run key that is new; returns how many."""
        context = dg.build_sensor_context(instance=self.instance, resources={"watch": self.watch})
        result = stale_sensor(context)
        if not isinstance(result, dg.SensorResult):
            return 0
        requests = [one for one in result.run_requests or [] if one.run_key is not None and one.run_key not in self.asked]
        for request in requests:
            self._run(request)
        return len(requests)

    def settle(self, most: int = 400) -> None:
        """Tick until nothing is asked for any more."""
        for _ in range(most):
            if self.tick() == 0:
                return

    def current(self, lane: Lane) -> bool:
        """Whether nothing is left to do on a lane, by a fresh look at all of it."""
        with self.registry.transaction() as session:
            return plan(versions.world(session, lane)).empty

    def fail(self, message: str) -> Never:
        """Let a maker fail: neither passing, which the step would try again by itself, nor permanent."""
        self.injected += 1
        raise AiuteurError(message)

    def _run(self, request: dg.RunRequest) -> None:
        lane = Lane.parse(request.partition_key or "")
        self.needless += self.current(lane)
        self.asked[request.run_key or ""], injected = request.tags["aiuteur/plan"], self.injected
        done = self.job.execute_in_process(
            instance=self.instance, partition_key=str(lane), asset_selection=list(request.asset_selection or []),
            tags=dict(request.tags), run_config=QUIET, raise_on_error=False,
        )
        self.runs += 1
        self.failed += self.injected > injected
        self.astray += not done.success and self.injected == injected


@contextmanager
def orchestra(url: str, folder: str, lanes: int) -> Generator[tuple[Orchestra, list[Lane]]]:
    """So many finished lanes, branches of one project, with the service watching them and an ephemeral instance."""
    registry, service = Registry.connect(url, local_user(url)), Registry.connect(url, None, "service")
    settings, storage = load(), Storage.open(folder)
    try:
        names = finished(registry, lanes)
        with dg.DagsterInstance.ephemeral() as instance:
            instance.add_dynamic_partitions(PARTITIONS, [str(lane) for lane in names])
            watch, studio = Watch(service, storage, settings), Light(registry)
            job = build(resources={"studio": studio, "watch": watch}).resolve_job_def("film")
            yield Orchestra(registry, Desk(registry, storage, settings), watch, studio, instance, job), names
    finally:
        registry.close()
        service.close()


def finished(registry: Registry, lanes: int) -> list[Lane]:
    """So many finished lanes: one that is filled, and branches of it."""
    first = Lane("storm")
    fill(registry, first, SHOTS)
    for stage in FIGURES:  # the last stages, which the filled lane leaves out
        if stage in STAGES:
            Light(registry).run(stage, first)
    names = [first]
    for number in range(1, lanes):
        with registry.transaction() as session:
            names.append(branches.fork(session, first, f"b{number:04d}")[0])
    return names


def edit(desk: Desk, lane: Lane, chance: random.Random, word: str) -> None:
    """One random edit of a lane: what a shot shows, or who somebody is."""
    if chance.random() < 0.7:
        desk.do(lane, Edit(item=f"shot:1{chance.choice('ABC')}", changes={"action": f"They row {word}."}))
    else:
        desk.do(lane, Edit(item=f"bible/{chance.choice(_PEOPLE)}", changes={"traits.face": f"face {word}"}))


@group("storm", f"{LANES} lanes × {EDITS} random edits, a tick every {BETWEEN}, makers that fail in {FAILS:.0%} of their stages.")
def storm() -> Iterator[Found]:
    """Runs against what was to be done."""
    place = Place("storm").fresh()
    url = embedded.start(place.folder / "home")
    prepare(url)
    chance = random.Random(7)  # noqa: S311 - moments to be tried again, not secrets
    with orchestra(url, str(place.folder / "media"), LANES) as (all_of_it, lanes):
        raging(all_of_it, lanes, chance, LANES * EDITS)
        left = sum(not all_of_it.current(lane) for lane in lanes)
        plans = len({(key.rpartition(":")[0]) for key in all_of_it.asked})
        swept = all_of_it.watch.sweep(600)
    place.leave()
    yield Found("runs", all_of_it.runs, "", plans + all_of_it.failed)
    yield Found("distinct plans", plans, "")
    yield Found("runs in which a maker was let fail", all_of_it.failed, "")
    yield Found("runs that failed otherwise", all_of_it.astray, "", 0)
    yield Found("runs for a lane with nothing stale", all_of_it.needless, "", 0)
    yield Found("lanes that are not current at the end", left, "", 0)
    yield Found("lanes that the sweep finds missed", len(swept.missed), "", 0)


def raging(all_of_it: Orchestra, lanes: list[Lane], chance: random.Random, edits: int) -> None:
    """Edit at random, tick now and then, let makers fail; in the end the makers mend and everything settles."""

    def failing(stage: str, lane: Lane) -> None:
        if chance.random() < FAILS:
            all_of_it.fail(f"{stage} of {lane} could not be made just now.")

    all_of_it.studio.before = failing
    for number in range(edits):
        edit(all_of_it.desk, chance.choice(lanes), chance, f"{number}")
        if number % BETWEEN == BETWEEN - 1:
            all_of_it.tick()
    all_of_it.settle()
