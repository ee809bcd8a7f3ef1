"""The job of calls: bringing home what providers made for workers that are gone.

Belongs here: the step. Does not belong here: when it is asked for (`aiuteur_dagster.sensors.calls`), or how an answer is fetched
(`aiuteur.models.adoption`).
"""

import dagster as dg

from aiuteur_dagster.failures import told
from aiuteur_dagster.resources.studio import Studio


@dg.op(description="Ask after every call that a dead worker left with its provider, and settle what comes.")
def fetch_what_was_left(context: dg.OpExecutionContext, studio: dg.ResourceParam[Studio]) -> None:
    """Wait for what was paid for; providers keep it for a day or two."""
    with told():
        found = studio.purchases.adopt(f"adopter-{context.run_id[:8]}")
    context.add_output_metadata({"answers": found})


@dg.job(
    description="Fetch what providers made for runs that were killed; whoever asks for it next finds it in the ledger.",
    executor_def=dg.in_process_executor,
)
def bring_home() -> None:
    """One step."""
    fetch_what_was_left()
