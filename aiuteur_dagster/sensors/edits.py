"""What changed outside Dagster becomes materializations, so that the UI is at most a tick behind.

Belongs here: comparing what Dagster has with what the registry has, and the events that close the gap. Does not belong here:
runs, which tell of themselves. Nothing is marked as told before Dagster has it: an event lost on the way is told again.
"""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import dagster as dg
from dagster._core.storage.tags import REPORTING_USER_TAG

from aiuteur.errors import AiuteurError
from aiuteur.film.stages import STAGES
from aiuteur.lane import Lane
from aiuteur_dagster import labels, runs
from aiuteur_dagster.exhibits import look
from aiuteur_dagster.partitions import lanes
from aiuteur_dagster.resources.watch import Watch

if TYPE_CHECKING:
    from aiuteur.craft.world import World
    from aiuteur.film.watch import Changed
    from aiuteur_dagster.exhibits import Values

EVERY_SECONDS: Final = 10
LANES: Final = 25
"""Lanes told of in a tick at most: an event takes Dagster 30 ms to keep."""

SECONDS: Final = 5.0
"""How long a tick goes on to another lane: pictures are laid out on sheets, which takes a moment each."""

_VERSION_TAG: Final = "dagster/data_version"


@dg.sensor(
    name="edits", minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="What people changed, merged or forked outside Dagster becomes materializations with its data version: no runs.",
)
def edits_sensor(context: dg.SensorEvaluationContext, watch: dg.ResourceParam[Watch]) -> dg.SensorResult | dg.SkipReason:
    """Tell Dagster what it has not got, and keep what it has."""
    try:
        noted = watch.note_invalidations(LANES)
        moved = watch.changed(LANES, Lane.parse(context.cursor) if context.cursor else None)
    except AiuteurError as error:
        return dg.SkipReason(f"The registry could not be read, so nothing is told: {error}")
    for sentence in noted:
        context.log.info(sentence)
    changed = _settled(context.instance, moved)
    had = _versions(context.instance, changed)
    events, said, ends = list[dg.AssetMaterialization](), list[str](), time.monotonic() + SECONDS
    reached = changed
    for place, one in enumerate(changed):
        if time.monotonic() > ends:
            reached = changed[:place]
            break
        untold = [name for name in one.differing if had.get(name, {}).get(str(one.lane)) != one.standing[name].data_version]
        if not untold:
            watch.reported(one.lane, one.revision, {name: found.data_version for name, found in one.standing.items()})
            continue
        events += _told(one, untold, watch)
        said.append(f"{one.lane}: {', '.join(untold)} changed outside Dagster.")
        context.log.info(said[-1])
    seen = moved if reached is changed else reached  # the next tick goes on after the last that was told of
    cursor = str(seen[-1].lane) if seen else context.cursor
    told = " ".join(said) or _summary(moved, changed, len(reached))
    return dg.SensorResult(asset_events=events, skip_reason=told, cursor=cursor)


def _settled(instance: dg.DagsterInstance, moved: "Sequence[Changed]") -> "list[Changed]":
    """The lanes that have a partition and no run on them: a run tells what it made itself, at its end."""
    if not moved:
        return []
    busy = {lane for lane, found in runs.live(instance).items() if any(not run.waits for run in found)}
    known = set(instance.get_dynamic_partitions(lanes.name or ""))
    return [one for one in moved if str(one.lane) in known and str(one.lane) not in busy]


def _versions(instance: dg.DagsterInstance, changed: "Sequence[Changed]") -> dict[str, dict[str, str]]:
    """The data versions that Dagster has, by artifact and lane: one question for each artifact that may differ."""
    names = [str(one.lane) for one in changed]
    found: dict[str, dict[str, str]] = {}
    for artifact in sorted({name for one in changed for name in one.differing}):
        tags: Mapping[str, Mapping[str, str]] = instance.event_log_storage.get_latest_tags_by_partition(
            dg.AssetKey(artifact), dg.DagsterEventType.ASSET_MATERIALIZATION, [_VERSION_TAG], asset_partitions=names,
        )
        found[artifact] = {lane: values[_VERSION_TAG] for lane, values in tags.items() if _VERSION_TAG in values}
    return found


def _told(one: "Changed", artifacts: Sequence[str], watch: Watch) -> list[dg.AssetMaterialization]:
    """Artifacts of a lane as they are now, made by nobody in Dagster and at no cost, with what there is to see of them."""
    try:
        world = watch.world(one.lane)
    except AiuteurError:  # what cannot be shown is told all the same: its digest is what tells it apart
        return [_event(one, artifact, {}) for artifact in artifacts]
    return [_event(one, artifact, _look(artifact, world, watch)) for artifact in artifacts]


def _look(artifact: str, world: "World", watch: Watch) -> "Values":
    """How an artifact looks; nothing where one of its own pictures is lost, which takes nothing from the others."""
    try:
        return look(artifact, world, watch.media)
    except AiuteurError:
        return {}


def _event(one: "Changed", artifact: str, look: "Values") -> dg.AssetMaterialization:
    standing = one.standing[artifact]
    return dg.AssetMaterialization(
        artifact, partition=str(one.lane), description=f"The {STAGES[artifact].name} of {one.lane} changed outside Dagster.",
        tags={_VERSION_TAG: standing.data_version, REPORTING_USER_TAG: "edits"},
        metadata={
            labels.DATA_VERSION: standing.data_version, labels.VERSION: standing.version, labels.ITEMS: standing.items,
            labels.MADE: 0, labels.CALLS_MADE: 0, labels.COST_USD: 0.0,
        } | look,
    )


def _summary(moved: "Sequence[Changed]", changed: "Sequence[Changed]", reached: int) -> str:
    """What a tick says that had nothing to tell of the lanes it reached."""
    told = {
        "Lanes that moved, and Dagster has what they are now": reached,
        "Left to the next tick, since this one took long": len(changed) - reached,
        "Until their run has ended or they have a partition, lanes wait": len(moved) - len(changed),
    }
    return " ".join(f"{what}: {count}." for what, count in told.items() if count) or "Dagster has all that changed."
