"""The jobs and schedules of figures: the nightly rebuild tells what differed, the weekly one asks for every lane once."""

from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from aiuteur.film.figures import Curve, CurvePoint, Forecast, Metrics, Range
from aiuteur.registry.figure_rebuild import Difference
from aiuteur_dagster.curves import numbers
from aiuteur_dagster.definitions import build, defs
from aiuteur_dagster.jobs.figures import weekly
from tests.orchestra.studios import FakeStudio


class Forgetful(FakeStudio):
    """A studio whose figures differ from their sources."""

    def rebuild_figures(self) -> list[Difference]:
        return [Difference("ferry", "cost of a shot", "s1"), Difference("ferry", "state", "cost")]


def test_the_rebuild_tells_what_differed() -> None:
    job = build(resources={"studio": Forgetful()}).resolve_job_def("rebuild_figures")
    result = job.execute_in_process()
    assert result.success
    (output,) = [event for event in result.all_events if event.is_successful_output]
    assert output.step_output_data.metadata["differences"].value == 2
    assert output.step_output_data.metadata["what"].value == ["ferry: cost of a shot s1", "ferry: state cost"]


def test_the_weekly_schedule_asks_for_each_lane_once_a_week(tmp_path: Path) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        instance.add_dynamic_partitions("lanes", ["b@main", "a@noir"])
        context = dg.build_schedule_context(
            instance=instance, scheduled_execution_time=datetime(2026, 11, 23, 6, tzinfo=UTC),
            repository_def=defs.get_repository_def(),
        )
        asked = weekly.evaluate_tick(context).run_requests or []
    assert [(one.partition_key, one.run_key) for one in asked] == [
        ("a@noir", "figures:a@noir:2026-11-23"), ("b@main", "figures:b@main:2026-11-23")]


def test_every_number_has_a_constant_name_and_the_unknown_none() -> None:
    found = numbers(Metrics(
        shots=3, completed_shots=1, takes=4, mean_score=None, accepted_seconds=4.0, cost_usd=1.5, cost_per_accepted_second=0.375,
        calls_made=5, calls_reused=0, quality=Curve(n=1, mean=0.9),
    ))
    assert found["quality_mean"] == 0.9
    assert found["cost_usd"] == 1.5
    assert "mean_score" not in found
    assert "quality_claim" not in found
    zero = Range(median=0, low50=0, high50=0, low90=0, high90=0)
    ahead = Forecast(shots_left=2, attempts_made=1, attempts=zero, cost_usd=None, seconds=zero, first_pass=0.5, stuck=0,
                     estimated_attempts=None, curve=(CurvePoint(ordinal=1, score=0.9, attempts=1),))
    assert numbers(ahead)["attempts_high90"] == 0
    assert not any(name.startswith("cost_usd") for name in numbers(ahead))
