"""Lanes of the registry become partitions of Dagster.

Belongs here: the rule by which a lane comes and goes, and the sensor around it. Does not belong here: making films of new lanes;
that is for a person to start.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import dagster as dg

from aiuteur.errors import AiuteurError
from aiuteur.film.stages import STAGES
from aiuteur_dagster.partitions import lanes
from aiuteur_dagster.resources.studio import Studio

if TYPE_CHECKING:
    from aiuteur.registry.lanes import LaneInfo

EVERY_SECONDS: Final = 10
_BETWEEN: Final = "\n"
_UNKNOWN: Final = 50
"""Partitions that are no lanes, remembered from tick to tick: a lane that is just being made may be among them."""

_LIVE: Final = (
    dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
)


@dataclass(frozen=True, slots=True)
class Changes:
    """Partitions to add and to drop."""

    add: frozenset[str]
    drop: frozenset[str]


def changes(
    registered: "Collection[LaneInfo]", partitions: Collection[str], busy: Collection[str], strays: Collection[str] = (),
) -> Changes:
    """What makes the partitions say what the registry says.

    Dropping a partition under a live run throws finished work away, so that an archived lane leaves only when no run is on it. A
    partition that is no lane of the registry stays, but for `strays`: another studio may share the instance.
    """
    wanted = {str(info.lane) for info in registered if info.archived_at is None}
    archived = {str(info.lane) for info in registered if info.archived_at is not None}
    leaving = (archived | set(strays) - wanted) & set(partitions)
    return Changes(add=frozenset(wanted - set(partitions)), drop=frozenset(leaving - set(busy)))


@dg.sensor(
    name="lanes", minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="Lanes of the registry become partitions; archived ones leave when no run is on them.",
)
def lanes_sensor(context: dg.SensorEvaluationContext, studio: dg.ResourceParam[Studio]) -> dg.SensorResult | dg.SkipReason:
    """Compare once, change what differs; a registry that cannot be read changes nothing."""
    try:
        registered = studio.lanes()
    except AiuteurError as error:
        return dg.SkipReason(f"The registry could not be read, so no partition changes: {error}")
    partitions = context.instance.get_dynamic_partitions(lanes.name or "")
    unknown = sorted(set(partitions) - {str(info.lane) for info in registered})
    strays = _strays(context.instance, set(unknown) & set((context.cursor or "").split(_BETWEEN)))
    change = changes(registered, partitions, _busy(context.instance), strays)
    cursor = _BETWEEN.join(unknown[:_UNKNOWN])
    if not change.add and not change.drop:
        said = f"Lanes of the registry, all as Dagster has them: {len(registered)}."
        return dg.SensorResult(skip_reason=said, cursor=cursor)
    parts = (("partitions added", change.add), ("partitions dropped", change.drop))
    said = "; ".join(f"{what}: {', '.join(sorted(names))}" for what, names in parts if names)
    return dg.SensorResult(skip_reason=f"{said[0].upper()}{said[1:]}.", cursor=cursor, dynamic_partitions_requests=[
        *([lanes.build_add_request(sorted(change.add))] if change.add else []),
        *([lanes.build_delete_request(sorted(change.drop))] if change.drop else []),
    ])


def _strays(instance: dg.DagsterInstance, unknown: "Collection[str]") -> set[str]:
    """Of partitions that were no lanes at the last tick either, those that nothing was ever made for: added by mistake."""
    found = set(unknown)
    for asset in STAGES if found else ():
        found -= instance.event_log_storage.get_materialized_partitions(dg.AssetKey(asset))
    return found


def _busy(instance: dg.DagsterInstance) -> set[str]:
    """The lanes that a run is on or waits for."""
    runs = instance.get_runs(dg.RunsFilter(statuses=list(_LIVE)))
    return {run.tags["dagster/partition"] for run in runs if "dagster/partition" in run.tags}
