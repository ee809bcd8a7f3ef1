"""A failed run becomes an interrupt, with the sentence of what went wrong: real runs on an ephemeral instance."""

from collections.abc import Generator

import dagster as dg
import pytest

from aiuteur.errors import AiuteurError, Conflict, Refused
from aiuteur_dagster import labels
from aiuteur_dagster.definitions import build
from aiuteur_dagster.sensors.failures import failures_sensor
from tests.orchestra.studios import FakeStudio
from tests.orchestra.watches import FakeWatch

SECRET = "sk-not-to-be-told"  # noqa: S105 - a pretended one


@pytest.fixture
def instance() -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        opened.add_dynamic_partitions("lanes", ["a@main"])
        yield opened


def fail(instance: dg.DagsterInstance, watch: FakeWatch, **studio: dict[str, AiuteurError] | dict[str, str]) -> dg.DagsterRun:
    """Run the film with a studio that fails, and let the sensor see it."""
    job = build(resources={"studio": FakeStudio(**studio)}).resolve_job_def("film")  # pyright: ignore[reportArgumentType] - by keyword
    tags = {labels.PLAN_TAG: "p1"}
    done = job.execute_in_process(instance=instance, partition_key="a@main", tags=tags, raise_on_error=False)
    assert not done.success
    failure = next(event for event in done.all_events if event.event_type is dg.DagsterEventType.RUN_FAILURE)
    context = dg.build_run_status_sensor_context("failures", failure, instance, done.dagster_run, resources={"watch": watch})
    failures_sensor(context.for_run_failure())
    found = instance.get_run_by_id(done.run_id)
    assert found is not None
    return found


def test_a_failed_stage_is_told_with_the_studios_own_sentence(instance: dg.DagsterInstance) -> None:
    watch = FakeWatch()
    run = fail(instance, watch, failing={"bible": Refused("A provider said no.")})
    (failure,) = watch.failures
    assert (str(failure.lane), failure.run_id, failure.fingerprint) == ("a@main", run.run_id, "p1")
    assert (failure.error, failure.reason) == ("Refused", "A provider said no.")


@pytest.mark.parametrize(("permanent", "kept"), [(False, None), (True, labels.PERMANENT)], ids=["may-pass", "would-fail-again"])
def test_a_run_that_would_fail_again_is_marked(permanent: bool, kept: str | None, instance: dg.DagsterInstance) -> None:
    run = fail(instance, FakeWatch(permanent=permanent), failing={"bible": Conflict("Somebody else has it.")})
    assert run.tags.get(labels.FAILURE_TAG) == kept


def test_a_check_that_did_not_hold_is_told_with_its_sentence(instance: dg.DagsterInstance) -> None:
    watch = FakeWatch()
    fail(instance, watch, unsound={"every_shot_has_a_frame": "No frame for shot 3A."})
    assert watch.failures[0].reason == "No frame for shot 3A."


def test_a_strangers_words_are_left_in_the_log(instance: dg.DagsterInstance) -> None:
    watch = FakeWatch()
    fail(instance, watch, failing={"bible": ValueError(f"token {SECRET} expired")})  # pyright: ignore[reportArgumentType] - a stranger
    assert SECRET not in watch.failures[0].reason
    assert watch.failures[0].error == ""
