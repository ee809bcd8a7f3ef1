"""What a tick costs over ten thousand lanes: the sensor `stale` beside Dagster's own tick with `eager()` on the same ones.

Belongs here: measuring both in one run, on one database. Does not belong here: making the lanes (`benchmarks.crowd`).
"""

import os
import time
from collections.abc import Iterator
from statistics import median
from typing import Any, Final, cast

import dagster as dg
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import ModuleTarget
from dagster._daemon.asset_daemon import AssetDaemon

from aiuteur.desk import Desk
from aiuteur.film.commands import Edit
from aiuteur.film.stages import STAGES
from aiuteur.film.watch import Mark
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.settings import Settings, load
from aiuteur.studio import database_url
from aiuteur.watch import Watch
from aiuteur_dagster.home import opened
from aiuteur_dagster.home import prepare as prepare_dagster
from aiuteur_dagster.sensors.stale import stale_sensor
from benchmarks.crowd import materialized, registered
from benchmarks.place import Place
from benchmarks.storm import finished
from benchmarks.table import Found, group

LANES: Final = int(os.environ.get("TICK_LANES", "10000"))
CHANGED: Final = 10
TIMES: Final = 5
_SWEEP_SECONDS: Final = 600.0


@group("tick", f"{LANES:,} finished lanes, {CHANGED} of them edited before each tick: the sensor beside Dagster's own tick.")
def tick() -> Iterator[Found]:
    """Both ticks, and the sweep over all lanes."""
    place = Place("tick").fresh()
    os.environ |= {"AIUTEUR_HOME": str(place.folder / "home")}
    settings = load()
    url = database_url(settings)
    home = prepare_dagster(settings)
    prepare(url)
    registry, service = Registry.connect(url, local_user(url)), Registry.connect(url, None, "service")
    (first,) = finished(registry, 1)
    lanes = registered(url, first, LANES)
    watch = Watch(service, Storage.open(settings.media), settings)
    started = time.perf_counter()
    swept = watch.sweep(_SWEEP_SECONDS)
    took = time.perf_counter() - started
    with opened(home) as instance:
        materialized(url, instance, first, lanes, list(STAGES))
        ours = _ours(instance, watch, _desk(registry, settings), lanes)
        theirs = _theirs(instance, lanes)
    registry.close()
    service.close()
    place.leave()
    yield Found("tick of the sensor `stale`", median(ours), "s", 0.3)
    yield Found("tick of Dagster's daemon with eager()", median(theirs), "s")
    yield Found("times faster", median(theirs) / median(ours), "×", 4, least=True)
    yield Found("sweep over all lanes", took, "s", 60)
    yield Found("lanes swept", swept.looked_at, "")
    yield Found("lanes missed", len(swept.missed), "", 0)


def _desk(registry: Registry, settings: Settings) -> Desk:
    return Desk(registry, Storage.open(settings.media), settings)


def _ours(instance: dg.DagsterInstance, watch: Watch, desk: Desk, lanes: list[Lane]) -> list[float]:
    """Seconds of each tick, the first left out: it opens connections. Each finds just what was edited before it."""
    took: list[float] = []
    for number in range(TIMES + 1):
        edited = lanes[number * CHANGED:(number + 1) * CHANGED]
        for lane in edited:
            desk.do(lane, Edit(item="shot:1A", changes={"action": f"They row for the {number}th time."}))
        started = time.perf_counter()
        result = stale_sensor(dg.build_sensor_context(instance=instance, resources={"watch": watch}))
        took.append(time.perf_counter() - started)
        requests = (result.run_requests or []) if isinstance(result, dg.SensorResult) else []
        if {request.partition_key for request in requests} != {str(lane) for lane in edited}:
            message = f"The tick asked for {len(requests)} lanes, not for the {CHANGED} that were edited."
            raise RuntimeError(message)
        # As their runs would leave them.
        watch.mark([Mark(one.lane, one.revision, empty=True, fingerprint=one.fingerprint) for one in watch.due(LANES)])
    return took[1:]


def _theirs(instance: dg.DagsterInstance, lanes: list[Lane]) -> list[float]:
    """Seconds of each tick of the asset daemon, the first two left out: they read the past, and load the code."""
    took: list[float] = []
    with WorkspaceProcessContext(instance, ModuleTarget("benchmarks.eager", None, None, "eager")) as workspace:
        daemon = AssetDaemon(settings={}, pre_sensor_interval_seconds=0)
        for number in range(TIMES + 2):
            for lane in lanes[number * CHANGED:(number + 1) * CHANGED]:
                event = dg.AssetMaterialization("shot_list", partition=str(lane), tags={"dagster/data_version": f"v{number + 2}"})
                instance.report_runless_asset_event(event)
            time.sleep(1.1)
            started = time.perf_counter()
            cast("Any", daemon)._run_iteration_impl(workspace, None, {}, {})  # noqa: SLF001 - one turn of its endless loop
            took.append(time.perf_counter() - started)
    return took[2:]
