"""A studio that is stopped calls its runs off: they did not fail, and are not tried again by themselves."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from aiuteur_dagster import stopping
from aiuteur_dagster.labels import SUPERSEDED_TAG, TERMINAL_TAG
from tests.orchestra.studios import some_job

CANCELED, CANCELING, STARTED = dg.DagsterRunStatus.CANCELED, dg.DagsterRunStatus.CANCELING, dg.DagsterRunStatus.STARTED


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch) -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as found:

        @contextmanager
        def opened(home: Path) -> Generator[dg.DagsterInstance]:
            yield found

        monkeypatch.setattr("aiuteur_dagster.home.opened", opened)
        yield found


def test_a_run_under_way_is_called_off_before_its_worker_ends_and_a_terminals_goes_on(instance: dg.DagsterInstance) -> None:
    ours = instance.create_run_for_job(some_job(), status=STARTED)
    theirs = instance.create_run_for_job(some_job(), tags={TERMINAL_TAG: "make"}, status=STARTED)
    with stopping.concluded(Path()):
        stopping.announce(Path())
        now = {run.run_id: run for run in instance.get_runs()}
        assert (now[ours.run_id].status, now[theirs.run_id].status) == (CANCELING, STARTED)
        assert now[ours.run_id].tags[SUPERSEDED_TAG] == "the studio was stopped"
    assert {run.run_id: run.status for run in instance.get_runs()} == {ours.run_id: CANCELED, theirs.run_id: STARTED}
