"""The nightly job that clears away what nothing refers to.

Belongs here: when it runs, and what it tells. Does not belong here: what may go (`aiuteur.housekeeping`).
"""

from typing import Final

import dagster as dg

from aiuteur_dagster.failures import told
from aiuteur_dagster.resources.housekeeping import Housekeeping


@dg.op(description="Remove media that no version, take or call has referred to for a week: what a crash left behind.")
def sweep_media(context: dg.OpExecutionContext, housekeeping: dg.ResourceParam[Housekeeping]) -> None:
    """Sweep once, and tell what went."""
    with told():
        swept = housekeeping.sweep()
    context.add_output_metadata({"objects": swept.objects, "bytes": swept.bytes})
    context.log.info("%d objects that nothing referred to are gone (%.1f MB).", swept.objects, swept.bytes / 1e6)


@dg.job(description="Clear away media that nothing refers to.", executor_def=dg.in_process_executor)
def housekeeping() -> None:
    """One step."""
    sweep_media()


nightly: Final = dg.ScheduleDefinition(
    name="housekeeping_nightly", job=housekeeping, cron_schedule="0 4 * * *", default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night. What was stored in the last week stays: a run may have yet to record it.",
)
