"""Dagster forgets lanes: their partitions, and every run that told what was made or said on them.

Belongs here: what of an erased project the instance knows. Does not belong here: the project itself (`aiuteur.housekeeping`).
Materializations that the sensor `edits` reported belong to no run and stay: they bear digests and counts, no words, no pictures.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from aiuteur_dagster.labels import LANE_TAG
from aiuteur_dagster.partitions import LANES
from aiuteur_dagster.runs import PARTITION_TAG


def forget(instance: dg.DagsterInstance, lanes: Sequence[str]) -> int:
    """Delete the partitions of these lanes and their runs, with events and captured output; returns how many runs."""
    count = 0
    for run_id in {run_id for lane in lanes for run_id in _runs(instance, lane)}:
        instance.compute_log_manager.delete_logs(prefix=[run_id])
        instance.delete_run(run_id)
        count += 1
    for lane in set(lanes) & set(instance.get_dynamic_partitions(LANES)):
        instance.delete_dynamic_partition(LANES, lane)
    return count


def _runs(instance: dg.DagsterInstance, lane: str) -> Iterator[str]:
    for tag in (PARTITION_TAG, LANE_TAG):
        yield from (run.run_id for run in instance.get_runs(dg.RunsFilter(tags={tag: lane})))
