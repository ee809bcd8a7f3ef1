"""Takes that waited go on when a person or a new policy permits it.

Belongs here: noticing what was permitted since the last tick. Does not belong here: retakes, which happen inside the run that
makes the take (`aiuteur.stages.takes`), or asking for runs: a lane that may go on is looked at by the sensor `stale`.
"""

from datetime import UTC, datetime
from typing import Final

import dagster as dg

from aiuteur.errors import AiuteurError
from aiuteur_dagster.resources.watch import Watch

EVERY_SECONDS: Final = 10
AT_ONCE: Final = 100
_SHOWN: Final = 8


@dg.sensor(
    name="dailies", minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="Takes that waited for a person go on when somebody answers, or a budget or a policy now permits it; never else.",
)
def dailies_sensor(context: dg.SensorEvaluationContext, watch: dg.ResourceParam[Watch]) -> dg.SensorResult | dg.SkipReason:
    """Have lanes looked at again on which something that waited may go on."""
    since = datetime.fromisoformat(context.cursor) if context.cursor else datetime.fromtimestamp(0, UTC)
    try:
        found = watch.permitted(since, AT_ONCE)
    except AiuteurError as error:
        return dg.SkipReason(f"The registry could not be read, so nothing goes on: {error}")
    if not found:
        return dg.SkipReason("Nobody answered anything that waits.")
    said = list(dict.fromkeys(f"{one.lane}: {one.why}" for one in found))
    for sentence in said:
        context.log.info(sentence)
    more = f" And {len(said) - _SHOWN} more." if len(said) > _SHOWN else ""
    last = max(one.at for one in found)
    return dg.SensorResult(skip_reason=f"Goes on: {'; '.join(said[:_SHOWN])}.{more}", cursor=last.isoformat())
