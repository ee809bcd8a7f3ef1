"""The form in the launchpad."""

from collections.abc import Generator
from pathlib import Path

import dagster as dg
import pytest

from aiuteur.film.brief import AspectRatio, Rating
from aiuteur.lane import Lane
from aiuteur_dagster.definitions import build
from tests.orchestra.studios import FakeStudio

STORY = "The lamp went out. Ida lit it again, and the ship came in.\n"


@pytest.fixture
def instance() -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        yield opened


def create(studio: FakeStudio, instance: dg.DagsterInstance, **form: object) -> dg.ExecuteInProcessResult:
    job = build(resources={"studio": studio}).resolve_job_def("create_project")
    return job.execute_in_process(instance=instance, run_config={"ops": {"new_project": {"config": form}}}, raise_on_error=False)


def sentence(result: dg.ExecuteInProcessResult) -> str:
    (event,) = [event for event in result.all_events if event.is_step_failure]
    failure = event.step_failure_data.user_failure_data
    return (failure.description or "") if failure else ""


def test_a_pasted_story_begins_a_lane_and_its_partition(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    form = {"length_seconds": 30, "aspect_ratio": "TALL", "rating": "PG_13", "genres": ["Sea, Mystery"]}
    result = create(studio, instance, project="lamp", text=STORY, **form)
    assert result.success
    narrative, brief = studio.created[Lane("lamp")]
    assert narrative.text.strip() == STORY.strip()
    assert (brief.length_seconds, brief.aspect_ratio, brief.rating) == (30, AspectRatio.TALL, Rating.PG_13)
    assert brief.genres == ("sea", "mystery")
    assert instance.get_dynamic_partitions("lanes") == ["lamp@main"]


def test_a_story_by_its_path_begins_a_lane(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(STORY)
    studio = FakeStudio()
    assert create(studio, instance, project="lamp", path=str(tmp_path / "lamp.txt")).success
    assert Lane("lamp") in studio.created


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"project": "lamp"}, "There is no story"),
        ({"text": STORY}, "give the project a name"),
        ({"project": "../lamp", "text": STORY}, "is not a valid project name"),
        ({"project": "lamp", "path": "/nowhere/lamp.txt"}, "/nowhere/lamp.txt"),
    ],
    ids=["no-story", "no-name", "bad-name", "no-file"],
)
def test_a_bad_form_is_refused_with_a_sentence_and_leaves_nothing(
    form: dict[str, object], says: str, instance: dg.DagsterInstance,
) -> None:
    studio = FakeStudio()
    result = create(studio, instance, **form)
    assert not result.success
    assert says in sentence(result)
    assert not studio.created
    assert instance.get_dynamic_partitions("lanes") == []


def test_another_story_under_the_same_name_is_a_conflict(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    assert create(studio, instance, project="lamp", text=STORY).success
    result = create(studio, instance, project="lamp", text="Another story.")
    assert not result.success
    assert sentence(result) == "lamp@main is another story."
