"""Dagster forgets the lanes of an erased project, and nothing else; the nightly job tells what it swept."""

from types import SimpleNamespace

import dagster as dg
import pytest
from dagster._core.execution.plan import active

from aiuteur.errors import Unavailable
from aiuteur.housekeeping import Swept
from aiuteur_dagster.forgetting import forget
from aiuteur_dagster.jobs.housekeeping import housekeeping
from aiuteur_dagster.labels import LANE_TAG
from tests.orchestra.studios import some_job


def test_runs_and_partitions_of_the_lanes_go_and_others_stay() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("lanes", ["a@main", "a@dark", "b@main"])
        tags = (("dagster/partition", "a@main"), (LANE_TAG, "a@dark"), ("dagster/partition", "b@main"), (LANE_TAG, "b@dark"))
        runs = [instance.create_run_for_job(some_job(), tags=dict([tag]), status=dg.DagsterRunStatus.SUCCESS) for tag in tags]
        instance.report_engine_event("Ada leaves", runs[0])
        assert forget(instance, ["a@main", "a@dark", "a@never"]) == 2
        assert {run.run_id for run in instance.get_runs()} == {run.run_id for run in runs[2:]}
        assert instance.all_logs(runs[0].run_id) == []
        assert instance.get_dynamic_partitions("lanes") == ["b@main"]
        assert forget(instance, ["a@main"]) == 0


class Keeper:
    """Housekeeping that swept something, or could not."""

    def __init__(self, failing: Exception | None = None) -> None:
        self._failing = failing

    def sweep(self) -> Swept:
        if self._failing is not None:
            raise self._failing
        return Swept(3, 4_000_000)


def test_the_nightly_job_tells_what_it_swept() -> None:
    done = housekeeping.execute_in_process(resources={"housekeeping": Keeper()})
    (event,) = [one for one in done.all_node_events if one.event_type is dg.DagsterEventType.STEP_OUTPUT]
    assert {name: value.value for name, value in event.step_output_data.metadata.items()} == {"objects": 3, "bytes": 4_000_000}


@pytest.fixture
def waiting_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Dagster sleeps before a step's next attempt passes at once."""
    slept: list[float] = []
    monkeypatch.setattr(active, "time", SimpleNamespace(time=lambda: sum(slept), sleep=slept.append))


@pytest.mark.usefixtures("waiting_takes_no_time")
def test_a_store_that_does_not_answer_fails_the_job_with_its_sentence() -> None:
    keeper = Keeper(Unavailable("The bucket does not answer."))
    done = housekeeping.execute_in_process(resources={"housekeeping": keeper}, raise_on_error=False)
    assert not done.success
    assert "The bucket does not answer." in str(done.all_events)
