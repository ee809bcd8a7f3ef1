"""The jobs of figures: working them out anew every night, and taking stock of every lane once a week.

Belongs here: when and over which lanes. Does not belong here: what figures are (`aiuteur.figures`, `aiuteur.stages.metrics`).
"""

from collections.abc import Iterator
from typing import Final

import dagster as dg

from aiuteur_dagster import labels
from aiuteur_dagster.failures import told
from aiuteur_dagster.partitions import LANES
from aiuteur_dagster.resources.studio import Studio

NAMED: Final = 50
"""Differences told by name; the number tells of the rest."""

figures: Final = dg.define_asset_job(
    "figures", selection=dg.AssetSelection.assets("metrics", "forecast"),
    description="Take stock of a lane: its figures now, and what is left of it.", tags={labels.ANEW_TAG: "yes"},
)


@dg.op(description="Work every row of figures out anew from versions, verdicts and the ledger, and mend what differs.")
def hold_figures_to_their_sources(context: dg.OpExecutionContext, studio: dg.ResourceParam[Studio]) -> None:
    """Rebuild, and tell what differed: nothing, but for costs that a provider settled late."""
    with told():
        found = studio.rebuild_figures()
    named = [f"{one.project}: {one.kind} {one.what}" for one in found[:NAMED]]
    context.add_output_metadata({"differences": len(found), "what": dg.MetadataValue.json(named)})
    for sentence in named:
        context.log.warning(sentence)


@dg.job(description="Hold the rows of figures to their sources; nothing should differ.", executor_def=dg.in_process_executor)
def rebuild_figures() -> None:
    """One step."""
    hold_figures_to_their_sources()


nightly: Final = dg.ScheduleDefinition(
    name="rebuild_figures_nightly", job=rebuild_figures, cron_schedule="30 3 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night. What differs is mended and told: nothing should, but for costs that were settled late.",
)


@dg.schedule(
    name="figures_weekly", job=figures, cron_schedule="0 6 * * 1", default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Every Monday, for every lane. Off until a person wants it: each lane's run is a run more in the list.",
)
def weekly(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    """A run for each lane there is."""
    for lane in sorted(context.instance.get_dynamic_partitions(LANES)):
        yield dg.RunRequest(run_key=f"figures:{lane}:{context.scheduled_execution_time:%Y-%m-%d}", partition_key=lane)


SCHEDULES: Final = (nightly, weekly)
