"""The sweep: a slow proof that the sensor `stale` missed nothing.

Belongs here: the tick. Does not belong here: planning. `stale` looks only at lanes whose revision moved or whose plan was not
empty; what could change a plan without either (a new release that reads more, a restored database) is found here.
"""

from typing import Final

import dagster as dg

from aiuteur.errors import AiuteurError
from aiuteur.lane import Lane
from aiuteur_dagster.resources.watch import Watch

EVERY_SECONDS: Final = 900
SECONDS: Final = 20.0
"""How long one tick may take: a sweep that needs longer goes on at the next."""


@dg.sensor(
    name="sweep", minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="Plans every lane that is believed to need nothing, to prove that nothing was missed.",
)
def sweep_sensor(context: dg.SensorEvaluationContext, watch: dg.ResourceParam[Watch]) -> dg.SensorResult:
    """Go on where the last tick ended; lanes that were missed are looked at by the next tick of `stale`."""
    try:
        swept = watch.sweep(SECONDS, Lane.parse(context.cursor) if context.cursor else None)
    except AiuteurError as error:
        return dg.SensorResult(skip_reason=f"The registry could not be read, so nothing is swept: {error}", cursor=context.cursor)
    found = f"missed: {', '.join(map(str, swept.missed))}" if swept.missed else "nothing was missed"
    more = f", up to {swept.last}; the next tick goes on" if swept.last is not None else ", which are all"
    cursor = str(swept.last) if swept.last is not None else ""
    return dg.SensorResult(skip_reason=f"Looked at {swept.looked_at} lanes{more}: {found}.", cursor=cursor)
