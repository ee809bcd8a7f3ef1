"""`aiuteur make`: the `film` job, run in this process on the same instance that the UI shows.

Belongs here: one film from a story to its files. Does not belong here: how the terminal shows it (`aiuteur_dagster.terminal.screen`).
"""

import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

from aiuteur.craft.world import Key
from aiuteur.errors import AiuteurError, Conflict
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.takes import Film
from aiuteur.lane import Lane
from aiuteur.settings import Settings
from aiuteur_dagster import labels, locks
from aiuteur_dagster.home import opened, prepare
from aiuteur_dagster.orphans import sweep, under_way

if TYPE_CHECKING:
    import dagster as dg

    from aiuteur.stages.run import Progress
    from aiuteur.studio import Studio

_JOB: Final = "film"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run asked of the crew: calls made, calls answered from the ledger, and dollars."""

    calls_made: int
    calls_reused: int
    cost_usd: float


@dataclass(frozen=True, slots=True)
class Made:
    """A film that stands: where, how long, and what this run of the command took. `seconds` is the film's length."""

    lane: Lane
    new: bool
    run_id: str
    seconds: float
    shots: int
    spent: Spent
    took: float
    folder: Path
    files: tuple[Path, ...]


def make_film(lane: Lane, narrative: Narrative, brief: Brief, settings: Settings, progress: "Progress") -> Made:
    """Make a lane's film, or what is missing of it; raises what stands in the way, everything made until then being kept."""
    from aiuteur.studio import Studio

    started = time.monotonic()
    home = prepare(settings)
    busy = f"{lane} is being made by another `aiuteur make`: wait until it is done, or give another --branch."
    with _stoppable(), locks.held_by_me(home, locks.lane_lock(str(lane)), busy), Studio.open(settings, progress=progress) as studio:
        new = studio.create(lane, narrative, brief)
        run_id, spent = _run(home, studio, lane)
        delivery = studio.deliver(lane)
        film = studio.world(lane).items[Key("film")].noun
        seconds, shots = (film.seconds, film.shots) if isinstance(film, Film) else (0.0, 0)
    return Made(lane, new, run_id, seconds, shots, spent, time.monotonic() - started, delivery.folder, delivery.files)


def _run(home: Path, studio: "Studio", lane: Lane) -> tuple[str, Spent]:
    """One run of the job; its own retries are off for the daemon, since nobody but this process can go on with it."""
    from aiuteur_dagster.definitions import build
    from aiuteur_dagster.partitions import LANES

    job = build(resources={"studio": studio}, loggers={"console": _silent()}).resolve_job_def(_JOB)
    tags = {labels.TERMINAL_TAG: "make", "dagster/max_retries": "0"}
    with opened(home, capture=False) as instance:
        _clear_the_way(home, instance, lane)
        instance.add_dynamic_partitions(LANES, [str(lane)])
        with _in_sentences():
            result = job.execute_in_process(instance=instance, partition_key=str(lane), tags=tags)
    return result.run_id, _spent(result)


def _clear_the_way(home: Path, instance: "dg.DagsterInstance", lane: Lane) -> None:
    """End what died on the way here, so that no dead run holds a pool slot; refuse to work beside a run that lives."""
    mine = str(lane)
    sweep(instance, held=lambda other: other != mine and locks.held(home, locks.lane_lock(other)), served=locks.held(home, locks.UP))
    if any(run.lane == mine for run in under_way(instance)):
        message = f"A run started in the UI is on {lane}: wait until it is done, or terminate it there."
        raise Conflict(message)


def _spent(result: "dg.ExecuteInProcessResult") -> Spent:
    """The sums over the run's materializations."""
    found = [event.materialization.metadata for event in result.get_asset_materialization_events()]

    def total(name: str) -> float:
        values = (metadata[name].value for metadata in found if name in metadata)
        return sum(value for value in values if isinstance(value, int | float))

    return Spent(int(total(labels.CALLS_MADE)), int(total(labels.CALLS_REUSED)), total(labels.COST_USD))


@contextmanager
def _in_sentences() -> Generator[None]:
    """A run's failure as the studio error behind it, or as the sentence of the check that did not hold."""
    import dagster as dg

    try:
        yield
    except (dg.Failure, dg.RetryRequested) as failure:
        if isinstance(failure.__cause__, AiuteurError):
            raise failure.__cause__ from None
        raise


@contextmanager
def _stoppable() -> Generator[None]:
    """Let a SIGTERM end the work as Ctrl-C does: the run is told, workers are stopped, what is made is kept."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _silent() -> "dg.LoggerDefinition":
    """A console logger that leaves the terminal to the progress bars: Dagster's events are in the UI."""
    import logging

    import dagster as dg

    def unheard(context: dg.InitLoggerContext) -> logging.Logger:
        del context
        log = logging.Logger("aiuteur")
        log.addHandler(logging.NullHandler())
        return log

    return dg.LoggerDefinition(unheard, description="Says nothing.")
