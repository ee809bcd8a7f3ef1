"""The job of anchors: every day the same takes are judged again, so that a judge who drifts is noticed.

Belongs here: when and over which lanes. Does not belong here: which takes, or asking about them (`aiuteur.stages.anchoring`).
"""

from typing import Final

import dagster as dg

from aiuteur.errors import AiuteurError
from aiuteur_dagster.failures import told
from aiuteur_dagster.resources.studio import Studio

_MAIN: Final = "main"


@dg.op(description="Have each project's anchors judged once more; a project without any (the default) asks nobody.")
def judge_the_anchors_again(context: dg.OpExecutionContext, studio: dg.ResourceParam[Studio]) -> None:
    """Read the anchors of every project by its main branch, and tell what was read and what was not, and why.

    What fails on one lane is told like that, and not tried again: the judges of the others would be asked, and paid, once more.
    """
    read = anchors = 0
    silent: list[str] = []
    with told():
        for lane in (one.lane for one in studio.lanes() if one.lane.branch == _MAIN and one.archived_at is None):
            try:
                found = studio.read_anchors(lane)
            except AiuteurError as error:
                silent.append(f"{lane}: {error}")
                continue
            read, anchors = read + found.read, anchors + found.anchors
            silent += [f"{lane}: {why}" for why in found.silent]
    context.add_output_metadata({"anchors": anchors, "readings": read, "silent": dg.MetadataValue.json(silent)})
    for sentence in silent:
        context.log.warning(sentence)


@dg.job(
    description="Judge the anchors again, to tell a judge that drifts. One that was killed is not begun anew: the next day's is.",
    executor_def=dg.in_process_executor, tags={"dagster/max_retries": "0"},
)
def read_anchors() -> None:
    """One step."""
    judge_the_anchors_again()


daily: Final = dg.ScheduleDefinition(
    name="anchors_daily", job=read_anchors, cron_schedule="30 4 * * *", default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every morning. Asks nobody about projects that want no anchors, which is how projects begin.",
)
