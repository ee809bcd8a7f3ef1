"""The jobs and schedules of figures: the nightly rebuild tells what differed, the weekly one asks for every lane once."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import dagster as dg

from aiuteur.errors import Unavailable
from aiuteur.film.figures import Curve, CurvePoint, Forecast, Metrics, Range
from aiuteur.lane import Lane
from aiuteur.registry.figure_rebuild import Difference
from aiuteur.registry.interrupts import InterruptRow
from aiuteur.stages.anchoring import Anchored
from aiuteur.stages.kinship import Proxy
from aiuteur_dagster.curves import numbers
from aiuteur_dagster.definitions import build, defs
from aiuteur_dagster.jobs.figures import weekly
from aiuteur_dagster.metadata import interrupts
from aiuteur_dagster.proxies import proxies
from tests.orchestra.studios import FakeStudio, lane_info


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


def test_the_anchors_of_each_project_are_judged_again_and_what_is_silent_is_told() -> None:
    lanes = [lane_info("ferry@main"), lane_info("ferry@noir"), lane_info("old@main", archived=True), lane_info("quiet@main")]
    job = build(resources={"studio": FakeStudio(registered=lanes)}).resolve_job_def("read_anchors")
    result = job.execute_in_process()
    (output,) = [event for event in result.all_events if event.is_successful_output]
    told = {name: value.value for name, value in output.step_output_data.metadata.items()}
    assert told == {"anchors": 2, "readings": 1, "silent": ["ferry@main: eyes rated nothing."]}


class Asked(FakeStudio):
    """Remembers on which lanes judges were asked; the registry went away while the barge's was."""

    def read_anchors(self, lane: Lane) -> Anchored:
        self.ran.append(("anchors", str(lane)))
        if lane.project == "barge":
            message = "Postgres is away."
            raise Unavailable(message)
        return super().read_anchors(lane)


def test_judges_are_not_asked_again_because_another_lane_s_could_not_be() -> None:
    studio = Asked(registered=[lane_info("ferry@main"), lane_info("barge@main")])
    job = build(resources={"studio": studio}).resolve_job_def("read_anchors")
    (output,) = [event for event in job.execute_in_process().all_events if event.is_successful_output]
    silent = output.step_output_data.metadata["silent"].value
    assert silent == ["ferry@main: eyes rated nothing.", "barge@main: Postgres is away."]
    assert studio.ran == [("anchors", "ferry@main"), ("anchors", "barge@main")]
    assert job.tags["dagster/max_retries"] == "0", "nor because the run was killed"


def test_proxies_are_told_by_their_means_and_the_least_alike() -> None:
    found = [Proxy("colour_continuity_proxy", f"{at}A", f"{at + 1}A", at / 100) for at in range(50)]
    made = proxies([*found, Proxy("character_colour_proxy", "1A", "Ada", 0.5)])
    assert (made["colour_continuity_proxy"].value, made["character_colour_proxy"].value) == (0.245, 0.5)
    table = made["proxies"]
    assert isinstance(table, dg.TableMetadataValue)
    assert [record.data["shot"] for record in table.records[:2]] == ["0A", "1A"]
    assert proxies([]) == {}


def test_taking_stock_makes_figures_anew(tmp_path: Path) -> None:
    studio = FakeStudio()
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        instance.add_dynamic_partitions("lanes", ["ferry@main"])
        job = build(resources={"studio": studio}).resolve_job_def("figures")
        assert job.execute_in_process(partition_key="ferry@main", instance=instance).success
    assert sorted(studio.anew) == ["forecast", "metrics"]


def test_what_waits_for_a_person_is_shown_with_the_id_to_answer_it_by() -> None:
    lane, now = Lane("ferry"), datetime(2026, 11, 23, tzinfo=UTC)
    row = InterruptRow(UUID(int=7), lane, "attempts", "clips/x1", "", "4 takes were made.", "Change the prompt.", now, None)
    made = interrupts([row], lane)
    table = made["interrupts"]
    assert isinstance(table, dg.TableMetadataValue)
    assert table.records[0].data["id"] == str(UUID(int=7))
    assert made["waiting"].value == 1
    assert set(interrupts([], lane)) == {"waiting"}


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
