"""Clearing the way: nobody works on lanes while a terminal does, and what died there is ended.

Belongs here: whether a terminal may go to work on lanes. Does not belong here: which runs are orphans
(`aiuteur_dagster.orphans`).
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from aiuteur.errors import Conflict
from aiuteur_dagster import locks
from aiuteur_dagster.orphans import sweep, under_way

if TYPE_CHECKING:
    import dagster as dg


def clear_the_way(home: Path, instance: "dg.DagsterInstance", mine: Collection[str]) -> None:
    """End what died on the way here, so that no dead run holds a pool slot; refuse to work beside a run that lives.

    `mine` are the lanes whose locks this process holds. Raises `Conflict`.
    """

    def held(lane: str) -> bool:
        return lane not in mine and locks.held(home, locks.lane_lock(lane))

    sweep(instance, home=home, held=held, served=locks.held(home, locks.UP))
    for run in under_way(instance):
        if run.lane in mine:
            message = f"A run started in the UI is on {run.lane}: wait until it is done, or terminate it there."
            raise Conflict(message)
