"""A failed run becomes an interrupt on its lane, with its reason and remedy.

Belongs here: reading why a run failed out of its events. Does not belong here: what an interrupt is
(`aiuteur.registry.interrupts`) or how grave a failure is (`aiuteur.craft.gravity`).
"""

from typing import Final

import dagster as dg

from aiuteur.errors import AiuteurError, InvalidInput
from aiuteur.film.watch import Failed
from aiuteur.lane import Lane
from aiuteur_dagster.labels import FAILURE_TAG, LANE_TAG, PERMANENT, PLAN_TAG
from aiuteur_dagster.resources.watch import Watch
from aiuteur_dagster.runs import PARTITION_TAG

EVERY_SECONDS: Final = 10
_STRANGE: Final = "Something went wrong that should not: the run's log tells what."


@dg.run_failure_sensor(
    name="failures", minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="A failed run becomes an interrupt on its lane, with its reason and what can be done about it.",
)
def failures_sensor(context: dg.RunFailureSensorContext, watch: dg.ResourceParam[Watch]) -> dg.SkipReason:
    """Write it down, and mark the run where trying again would be in vain."""
    run = context.dagster_run
    try:
        lane = Lane.parse(run.tags[PARTITION_TAG])
    except (KeyError, InvalidInput):
        about = f"was about {run.tags[LANE_TAG]} and left it as it was" if LANE_TAG in run.tags else "is of no lane"
        return dg.SkipReason(f"Run {run.run_id[:8]} {about}: nothing waits for it.")
    error, reason = why(context.instance, context)
    try:
        done = watch.failed(Failed(lane, run.run_id, run.tags.get(PLAN_TAG, ""), error, reason))
    except AiuteurError as gone:
        return dg.SkipReason(f"{lane}: the failure could not be written down: {gone}")
    if done.permanent:
        context.instance.add_run_tags(run.run_id, {FAILURE_TAG: PERMANENT})
    context.log.info(done.sentence)
    return dg.SkipReason(done.sentence)


def why(instance: dg.DagsterInstance, context: dg.RunFailureSensorContext) -> tuple[str, str]:
    """The class of the studio error behind a failed run (empty for a stranger's) and its sentence.

    A stranger's words are left in the run's log: nobody can vouch for what is in them.
    """
    unsound = [said for said in failed_checks(instance, context.dagster_run.run_id) if said]
    if unsound:
        return "", " ".join(unsound)
    for event in context.get_step_failure_events():
        told = event.step_failure_data.user_failure_data
        if told is not None and told.description:
            return str(told.metadata["error"].value) if "error" in told.metadata else "", told.description
    return "", _STRANGE


def failed_checks(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    """What the checks that did not hold say, of a run."""
    records = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION).records
    events = (record.event_log_entry.dagster_event for record in records)
    found = [event.asset_check_evaluation_data for event in events if event is not None]
    return [one.description or one.check_name for one in found if not one.passed and one.blocking]
