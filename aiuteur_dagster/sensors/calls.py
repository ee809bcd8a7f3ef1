"""Calls that nobody asks after any more are brought home.

Belongs here: the tick. Does not belong here: fetching, which takes as long as the provider does and so is a job
(`aiuteur_dagster.jobs.calls`).
"""

from typing import Final

import dagster as dg

from aiuteur.errors import AiuteurError
from aiuteur_dagster.jobs.calls import bring_home
from aiuteur_dagster.resources.watch import Watch
from aiuteur_dagster.runs import LIVE

EVERY_SECONDS: Final = 60


@dg.sensor(
    name="calls", job_name=bring_home.name, minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="What providers still make for runs that were killed is fetched: it is paid for, and they keep it for a day.",
)
def calls_sensor(context: dg.SensorEvaluationContext, watch: dg.ResourceParam[Watch]) -> dg.SensorResult | dg.SkipReason:
    """Ask for one run, as long as anything is left."""
    try:
        left = watch.left()
    except AiuteurError as error:
        return dg.SkipReason(f"The ledger could not be read, so nothing is fetched: {error}")
    if not left:
        return dg.SkipReason("No call was left with a provider by a run that was killed.")
    if context.instance.get_runs_count(dg.RunsFilter(job_name=bring_home.name, statuses=list(LIVE))):
        return dg.SkipReason(f"{left} calls are left, and a run fetches them.")
    return dg.SensorResult(run_requests=[dg.RunRequest()])
