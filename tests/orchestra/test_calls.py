"""Calls that nobody asks after: a run is asked for while any is left, one at a time, and brings them home."""

from dataclasses import dataclass, field
from functools import cached_property

import dagster as dg

from aiuteur.errors import Unavailable
from aiuteur_dagster.definitions import build
from tests.orchestra.watches import FakeWatch, said, tick


@dataclass
class Shop:
    """Remembers who fetched what was left, and finds two answers."""

    workers: list[str] = field(default_factory=list[str])

    def adopt(self, worker: str) -> int:
        self.workers.append(worker)
        return 2


class Studio:
    @cached_property
    def purchases(self) -> Shop:
        return Shop()


def test_a_run_is_asked_for_while_calls_are_left_and_only_one_at_a_time() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        assert said(tick("calls", FakeWatch(), instance)) == "No call was left with a provider by a run that was killed."
        assert len(tick("calls", FakeWatch(orphans=3), instance).run_requests or ()) == 1
        job = build().resolve_job_def("bring_home")
        instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
        assert said(tick("calls", FakeWatch(orphans=3), instance)) == "3 calls are left, and a run fetches them."
        broken = FakeWatch(broken=Unavailable("Postgres is not reachable."))
        assert "not reachable" in said(tick("calls", broken, instance))


def test_the_run_brings_home_what_was_left_under_its_own_name() -> None:
    studio = Studio()
    done = build(resources={"studio": studio}).resolve_job_def("bring_home").execute_in_process()
    assert studio.purchases.workers == [f"adopter-{done.run_id[:8]}"]
    (told,) = [event for event in done.all_events if event.is_step_success or event.is_successful_output][:1]
    assert told.step_output_data.metadata["answers"].value == 2
