"""Updates that get lost: an upstream that changes while its downstream runs, and a run that was asked for and fails once.

Belongs here: the same two accidents, once with this studio's sensor and once with Dagster's declarative condition `eager()`. Does
not belong here: how often such accidents happen (`benchmarks.storm`).
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import dagster as dg
from dagster._core.definitions.asset_daemon_cursor import AssetDaemonCursor
from dagster._core.events import StepMaterializationData

from aiuteur.film.commands import Edit
from aiuteur.lane import Lane
from aiuteur.registry import embedded
from aiuteur.registry.database import prepare
from benchmarks.place import Place
from benchmarks.storm import QUIET, Orchestra, orchestra
from benchmarks.table import Found, group

TICKS: Final = 3
"""Ticks that are waited for after an accident, with nothing else happening."""


@group("lost-updates", f"Upstream changes while downstream runs; a requested run fails once; {TICKS} ticks without an event.")
def lost_updates() -> Iterator[Found]:
    """How many of the two accidents leave something stale that is never asked for again."""
    place = Place("lost").fresh()
    url = embedded.start(place.folder / "home")
    prepare(url)
    with orchestra(url, str(place.folder / "media"), 2) as (ours, (first, second)):
        lost = [not changed_meanwhile(ours, first), not failed_once(ours, second)]
    place.leave()
    yield Found("runs that failed although nothing was made to fail", ours.astray, "", 0)
    yield Found("lost by the sensor `stale`", sum(lost), "of 2", 0)
    yield Found("lost by eager() in the same accidents", sum([not eager_changed_meanwhile(), not eager_failed_once()]), "of 2")


def changed_meanwhile(ours: Orchestra, lane: Lane) -> bool:
    """Whether a lane becomes current whose shot is edited while its clips are made."""
    edited: list[str] = []

    def edit(stage: str, on: Lane) -> None:
        if stage == "clips" and on == lane and not edited:
            edited.append(stage)
            ours.desk.do(lane, Edit(item="shot:1A", changes={"action": "They row back."}))

    ours.desk.do(lane, Edit(item="shot:1A", changes={"action": "They row out."}))
    ours.studio.before = edit
    return _settled(ours, lane) and bool(edited)


def failed_once(ours: Orchestra, lane: Lane) -> bool:
    """Whether a lane becomes current whose run fails once."""
    failed: list[str] = []

    def fail(stage: str, on: Lane) -> None:
        if stage == "frames" and on == lane and not failed:
            failed.append(stage)
            ours.fail("The brush broke.")

    ours.desk.do(lane, Edit(item="shot:1B", changes={"action": "They sleep."}))
    ours.studio.before = fail
    return _settled(ours, lane) and bool(failed)


def _settled(ours: Orchestra, lane: Lane) -> bool:
    for _ in range(TICKS + 1):
        ours.tick()
    return ours.current(lane)


_BROKEN: Final = set[str]()


@dg.asset
def up() -> None:
    """What changes."""


@dg.asset(deps=[up], automation_condition=dg.AutomationCondition.eager())
def down() -> None:
    """What should follow."""
    if _BROKEN:
        message = "The brush broke."
        raise RuntimeError(message)


_DEFS: Final = dg.Definitions(assets=[up, down])
_DOWN: Final = dg.AssetKey("down")


@dataclass
class _Eager:
    """Two assets under `eager()` on an instance of their own, ticked the way Dagster's own tests tick them."""

    instance: dg.DagsterInstance
    cursor: AssetDaemonCursor | None = None
    changes: int = 0

    def tick(self) -> bool:
        """Whether a tick asks for the downstream."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dg.BetaWarning)  # Dagster's own, of its own call
            result = dg.evaluate_automation_conditions(_DEFS, instance=self.instance, cursor=self.cursor)
        self.cursor = result.cursor
        return result.get_num_requested(_DOWN) > 0

    def change(self) -> None:
        """The upstream is another."""
        self.changes += 1
        event = dg.AssetMaterialization("up", tags={"dagster/data_version": str(self.changes)})
        self.instance.report_runless_asset_event(event)

    def begin(self) -> dg.DagsterRun:
        """The run that was asked for, under way in some other process."""
        job = _DEFS.resolve_implicit_global_asset_job_def().get_subset(asset_selection={_DOWN})
        selection = frozenset({_DOWN})
        return self.instance.create_run_for_job(job, asset_selection=selection, status=dg.DagsterRunStatus.STARTED)

    def end(self, run: dg.DagsterRun) -> None:
        """Its downstream is made, and it is over."""
        made = StepMaterializationData(dg.AssetMaterialization("down"))
        for kind, data in ((dg.DagsterEventType.ASSET_MATERIALIZATION, made), (dg.DagsterEventType.RUN_SUCCESS, None)):
            event = dg.DagsterEvent(event_type_value=kind.value, job_name=run.job_name, event_specific_data=data)
            self.instance.report_dagster_event(event, run.run_id)

    def later(self) -> bool:
        """Whether any of the next ticks asks again."""
        return max(self.tick() for _ in range(TICKS))


def eager_changed_meanwhile() -> bool:
    """Whether `eager()` asks again for a downstream whose upstream changed while it ran."""
    with dg.DagsterInstance.ephemeral() as instance:
        eager = _asked(instance)
        run = eager.begin()
        eager.change()
        eager.tick()
        eager.end(run)
        return eager.later()


def eager_failed_once() -> bool:
    """Whether `eager()` asks again for a run that failed."""
    with dg.DagsterInstance.ephemeral() as instance:
        eager = _asked(instance)
        _BROKEN.add("brush")
        try:
            dg.materialize([up, down], selection=[down], instance=instance, raise_on_error=False, run_config=QUIET)
        finally:
            _BROKEN.clear()
        return eager.later()


def _asked(instance: dg.DagsterInstance) -> _Eager:
    """A change, and the tick that asks for what follows from it."""
    eager = _Eager(instance)
    eager.tick()
    eager.change()
    if not eager.tick():
        message = "eager() did not ask for the downstream of a change."
        raise RuntimeError(message)
    return eager
