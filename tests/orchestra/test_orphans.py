"""Runs that nobody works on any more."""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from aiuteur.errors import Conflict
from aiuteur_dagster import locks
from aiuteur_dagster.labels import TERMINAL_TAG
from aiuteur_dagster.orphans import LiveRun, orphans, sweep, under_way
from tests.orchestra.studios import some_job

LANES = {"a@main"}
RUNS = [LiveRun("1", "a@main", terminal=True), LiveRun("2", "b@main", terminal=True), LiveRun("3", "c@main", terminal=False)]


@pytest.mark.parametrize(
    ("served", "held", "lost"),
    [
        (True, {"a@main"}, ["2"]), (False, {"a@main"}, ["2", "3"]), (True, set[str](), ["1", "2"]),
        (False, {"a@main", "b@main"}, ["3"]),
    ],
    ids=["served", "not-served", "nobody-in-a-terminal", "terminals-alive"],
)
def test_a_run_lives_as_long_as_its_worker(*, served: bool, held: set[str], lost: list[str]) -> None:
    assert [run.run_id for run in orphans(RUNS, held=held.__contains__, served=served)] == lost


def test_an_orphan_is_failed_and_its_slot_freed() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        storage = instance.event_log_storage
        storage.set_concurrency_slots("illustrator", 1)
        run = started(instance)
        assert storage.claim_concurrency_slot("illustrator", run.run_id, "frames").is_claimed
        (lost,) = sweep(instance, home=Path("store"), held=nobody, served=True)
        assert lost == LiveRun(run.run_id, "a@main", terminal=True)
        after = instance.get_run_by_id(run.run_id)
        assert after is not None
        assert after.status is dg.DagsterRunStatus.FAILURE
        assert storage.get_concurrency_info("illustrator").active_slot_count == 0
        assert under_way(instance) == []


def test_a_run_whose_worker_lives_is_left_alone() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        started(instance)
        assert sweep(instance, home=Path("store"), held=LANES.__contains__, served=False) == []
        assert len(under_way(instance)) == 1


def test_a_lock_is_let_go_when_its_holder_is_killed(tmp_path: Path) -> None:
    program = f"""
import time
from pathlib import Path
from aiuteur_dagster import locks
with locks.held_by_me(Path({str(tmp_path)!r}), "up", ""):
    print("held", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert locks.held(tmp_path, "up")
        with pytest.raises(Conflict, match="already up"), locks.held_by_me(tmp_path, "up", "already up"):
            pass
        os.kill(holder.pid, 9)
        holder.wait()
    assert not locks.held(tmp_path, "up")


def nobody(lane: str) -> bool:
    return lane not in LANES


def started(instance: dg.DagsterInstance) -> dg.DagsterRun:
    tags = {TERMINAL_TAG: "make", "dagster/partition": "a@main"}
    return instance.create_run_for_job(some_job(), tags=tags, status=dg.DagsterRunStatus.STARTED)
