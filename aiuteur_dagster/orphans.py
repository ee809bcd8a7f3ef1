"""Runs that nobody works on any more: found, failed, and their pool slots freed.

Belongs here: which runs are orphans, and ending them. Does not belong here: runs that fail while somebody lives to say so;
Dagster sees to those. A run lives while its worker does. Workers of `aiuteur make` hold their lane's lock
(`aiuteur_dagster.locks`); all others are children of `aiuteur up`. Nothing else can tell: a process killed together with its code
server leaves its run STARTED for good, and its slot taken. A terminal of another store on the same database keeps its locks
there, so its runs are believed.
"""

import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiuteur.digest import digest
from aiuteur_dagster.labels import HOME_TAG, TERMINAL_TAG

if TYPE_CHECKING:
    from dagster import DagsterInstance

PARTITION_TAG: Final = "dagster/partition"


@dataclass(frozen=True, slots=True)
class LiveRun:
    """A run that the instance believes is under way: on which lane, and whose process works on it.

    `terminal` is whether that is a terminal's, `home` the store it works in (None for a run of the UI).
    """

    run_id: str
    lane: str
    terminal: bool
    home: str | None = None


def orphans(runs: Collection[LiveRun], *, held: Callable[[str], bool], served: bool) -> list[LiveRun]:
    """The runs without a worker: a terminal's whose lane lock nobody holds, and any other while nobody serves."""
    return [run for run in runs if not (held(run.lane) if run.terminal else served)]


def sweep(instance: "DagsterInstance", *, home: Path, held: Callable[[str], bool], served: bool) -> list[LiveRun]:
    """Fail every orphaned run that this store can tell of, and free its pool slots; returns them."""
    ours = [run for run in under_way(instance) if run.home in {None, home_of(home)}]
    lost = orphans(ours, held=held, served=served)
    for run in lost:
        record = instance.get_run_by_id(run.run_id)
        if record is not None:
            instance.report_run_failed(record, "Its worker was killed. What it made is kept; a new run makes what is missing.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    return lost


def home_of(home: Path) -> str:
    """A store by the machine and the folder it is on, short enough for a tag."""
    return digest([socket.gethostname(), str(home.resolve())])[:16]


def under_way(instance: "DagsterInstance") -> list[LiveRun]:
    """Runs that a worker has begun and none has ended."""
    from dagster import DagsterRunStatus, RunsFilter

    begun = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    return [
        LiveRun(run.run_id, run.tags.get(PARTITION_TAG, ""), TERMINAL_TAG in run.tags, run.tags.get(HOME_TAG))
        for run in instance.get_runs(RunsFilter(statuses=begun))
    ]
