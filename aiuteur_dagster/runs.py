"""Runs of lanes, as the instance knows them: which are under way, how the last ones ended, and calling off one in the queue.

Belongs here: questions to the instance. Does not belong here: what follows from the answers (`aiuteur_dagster.sensors`), or runs
that nobody works on any more (`aiuteur_dagster.orphans`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import dagster as dg

from aiuteur_dagster.labels import FAILURE_TAG, PERMANENT, PLAN_TAG, SUPERSEDED_TAG, WORLD_TAG

PARTITION_TAG: Final = "dagster/partition"
LIVE: Final = (
    dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
)
ENDED: Final = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a lane: the plan and the world a sensor asked for it by (both empty for a person's), and how it stands.

    `begun` is when it was created, in seconds since the epoch; `superseded` one that a newer plan called off; `permanent` one
    that failed in a way that the same call would again.
    """

    run_id: str
    status: dg.DagsterRunStatus
    plan: str = ""
    world: str = ""
    begun: float = 0.0
    superseded: bool = False
    permanent: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is in the queue, put there by a sensor."""
        return self.status is dg.DagsterRunStatus.QUEUED and bool(self.plan)


@dataclass(frozen=True, slots=True)
class Past:
    """The ended runs of a lane: the newest few, newest first, and how many there are in all."""

    newest: tuple[Run, ...] = ()
    count: int = 0


def live(instance: dg.DagsterInstance) -> Mapping[str, Sequence[Run]]:
    """The runs that are under way or wait, by lane."""
    found: defaultdict[str, list[Run]] = defaultdict(list)
    for record in instance.get_run_records(dg.RunsFilter(statuses=list(LIVE))):
        lane = record.dagster_run.tags.get(PARTITION_TAG)
        if lane is not None:
            found[lane].append(_run(record))
    return found


def past(instance: dg.DagsterInstance, lane: str, newest: int) -> Past:
    """How the last runs of a lane ended."""
    ended = dg.RunsFilter(tags={PARTITION_TAG: lane}, statuses=list(ENDED))
    found = tuple(_run(record) for record in instance.get_run_records(ended, limit=newest))
    return Past(found, len(found) if len(found) < newest else instance.get_runs_count(ended))


def call_off(instance: dg.DagsterInstance, run_id: str) -> bool:
    """Take a run out of the queue for a newer plan; False where it has left the queue already."""
    run = instance.get_run_by_id(run_id)
    if run is None or run.status is not dg.DagsterRunStatus.QUEUED:
        return False
    instance.add_run_tags(run_id, {SUPERSEDED_TAG: "a newer plan"})
    instance.report_run_canceling(run, message="A newer plan takes its place.")
    instance.report_run_canceled(run)
    return True


def _run(record: dg.RunRecord) -> Run:
    run = record.dagster_run
    return Run(
        run.run_id, run.status, run.tags.get(PLAN_TAG, ""), run.tags.get(WORLD_TAG, ""), record.create_timestamp.timestamp(),
        SUPERSEDED_TAG in run.tags, run.tags.get(FAILURE_TAG) == PERMANENT,
    )
