"""Everything Dagster is told, assembled in one place.

Belongs here: the one function that puts assets, checks, jobs, sensors and resources together, and policy that holds for all of
them: a run executes in one process, one step after another, since the fan-out is inside the studio. Does not belong here: any of
those.
"""

import itertools
from collections.abc import Iterable, Mapping

import dagster as dg

from aiuteur_dagster.assets import art_department, development, figures, post, previs, production
from aiuteur_dagster.jobs import anchors, calls, command, commands, film
from aiuteur_dagster.jobs import figures as counting
from aiuteur_dagster.jobs import housekeeping as clearing
from aiuteur_dagster.resources.housekeeping import HousekeepingResource
from aiuteur_dagster.resources.studio import StudioResource
from aiuteur_dagster.resources.watch import WatchResource
from aiuteur_dagster.sensors.calls import calls_sensor
from aiuteur_dagster.sensors.dailies import dailies_sensor
from aiuteur_dagster.sensors.edits import edits_sensor
from aiuteur_dagster.sensors.failures import failures_sensor
from aiuteur_dagster.sensors.lanes import lanes_sensor
from aiuteur_dagster.sensors.requests import requests_sensor
from aiuteur_dagster.sensors.stale import stale_sensor
from aiuteur_dagster.sensors.sweep import sweep_sensor


def build(
    *,
    resources: Mapping[str, object] | None = None,
    assets: Iterable[dg.AssetsDefinition] | None = None,
    checks: Iterable[dg.AssetChecksDefinition] | None = None,
) -> dg.Definitions:
    """The definitions of a studio; tests and the terminal give their own resources (by key), assets or checks."""
    departments = (development, art_department, previs, production, post, figures)
    checked = (development, previs, production, post)
    return dg.Definitions(
        assets=list(assets if assets is not None else itertools.chain.from_iterable(each.ASSETS for each in departments)),
        asset_checks=list(checks if checks is not None else itertools.chain.from_iterable(each.CHECKS for each in checked)),
        jobs=[
            film.film, film.previs, commands.create_project, command.command, counting.figures, counting.rebuild_figures,
            calls.bring_home, anchors.read_anchors, clearing.housekeeping,
        ],
        schedules=[*counting.SCHEDULES, anchors.daily, clearing.nightly],
        sensors=[
            lanes_sensor, requests_sensor, edits_sensor, stale_sensor, dailies_sensor, calls_sensor, sweep_sensor,
            failures_sensor,
        ],
        resources={
            "studio": StudioResource(), "watch": WatchResource(), "housekeeping": HousekeepingResource(), **(resources or {}),
        },
        executor=dg.in_process_executor,
    )


defs = build()
