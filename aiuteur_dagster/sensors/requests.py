"""The inbox: commands that wait in the registry are done.

Belongs here: the tick. Does not belong here: what a command does (`aiuteur.desk`).
"""

from typing import Final

import dagster as dg

from aiuteur.errors import AiuteurError
from aiuteur_dagster.resources.watch import Watch

EVERY_SECONDS: Final = 5
COMMANDS: Final = 50


@dg.sensor(
    name="requests", minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="Commands that wait in the inbox are done, each at once or not at all; a refused one keeps its reason.",
)
def requests_sensor(context: dg.SensorEvaluationContext, watch: dg.ResourceParam[Watch]) -> dg.SkipReason:
    """Do what waits, oldest first, and say what became of each."""
    try:
        done = watch.drain(COMMANDS)
    except AiuteurError as error:
        return dg.SkipReason(f"The inbox could not be read: {error}")
    for one in done:
        context.log.info(one.sentence)
    if not done:
        return dg.SkipReason("The inbox is empty.")
    refused = sum(not one.done for one in done)
    return dg.SkipReason(f"{len(done) - refused} commands done, {refused} refused. {' '.join(one.sentence for one in done[:5])}")
