"""Stopping the studio: runs under way are called off, not left to look like accidents.

Belongs here: telling the instance what a stop does to runs. Does not belong here: ending processes
(`aiuteur_dagster.terminal.serving`), or runs whose process was killed (`aiuteur_dagster.orphans`). A worker that is interrupted
without a word ends its run as failed, and a failed run without a failed step is tried again at the next start.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiuteur_dagster.labels import SUPERSEDED_TAG
from aiuteur_dagster.orphans import LiveRun, under_way

if TYPE_CHECKING:
    from dagster import DagsterInstance

_WHY: Final = "the studio was stopped"


def announce(home: Path) -> None:
    """Say of every run in the UI's hands that it is being called off, before its worker is asked to end."""
    from aiuteur_dagster.home import opened

    with opened(home) as instance:
        for live in _ours(instance):
            run = instance.get_run_by_id(live.run_id)
            if run is not None:
                instance.add_run_tags(run.run_id, {SUPERSEDED_TAG: _WHY})
                instance.report_run_canceling(run, message=f"Called off: {_WHY}. What is made is kept.")


@contextmanager
def concluded(home: Path) -> Generator[None]:
    """At the end of the block, say so of those whose worker was gone before it could."""
    from aiuteur_dagster.home import opened

    try:
        yield
    finally:
        with opened(home) as instance:
            for live in _ours(instance):
                run = instance.get_run_by_id(live.run_id)
                if run is not None:
                    instance.report_run_canceled(run)
                instance.event_log_storage.free_concurrency_slots_for_run(live.run_id)


def _ours(instance: "DagsterInstance") -> list[LiveRun]:
    """Runs whose workers are children of the studio: a terminal's run goes on."""
    return [run for run in under_way(instance) if not run.terminal]
