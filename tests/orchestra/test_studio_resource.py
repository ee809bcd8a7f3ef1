"""The studio as a resource: settings by field, keys by the names of variables, and no key in anything Dagster keeps."""

from pathlib import Path
from typing import cast

import dagster as dg
import pytest

from aiuteur.settings import load
from aiuteur.studio import Studio as TheStudio
from aiuteur_dagster.resources.studio import Studio, StudioResource

CANARY = "sk-canary-b41c7d90aa3f"


@dg.op
def told(context: dg.OpExecutionContext, studio: dg.ResourceParam[Studio]) -> None:
    """Look whether the settings came through; tells no secret."""
    settings = cast("TheStudio", studio).settings
    key = settings.openai_api_key
    same = key is not None and key.get_secret_value() == CANARY
    context.add_output_metadata({"same": same, "address": str(settings.openai_base_url), "said": repr(settings)})


@dg.job(executor_def=dg.in_process_executor)
def look() -> None:
    told()


def test_a_key_is_read_where_the_run_is_and_kept_by_nobody(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"AIUTEUR_DATABASE_URL": database_url, "AIUTEUR_HOME": str(tmp_path), "MY_KEY": CANARY,
                        "AIUTEUR_OPENAI_API_KEY": "another", "AIUTEUR_OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}.items():
        monkeypatch.setenv(name, value)
    resource = StudioResource(openai_api_key=dg.EnvVar("MY_KEY"))
    defs = dg.Definitions(jobs=[look], resources={"studio": resource})
    with dg.DagsterInstance.ephemeral() as instance:
        done = defs.resolve_job_def("look").execute_in_process(instance=instance)
        (event,) = [event for event in done.all_events if event.is_successful_output]
        metadata = event.step_output_data.metadata
        assert (metadata["same"].value, metadata["address"].value) == (True, "http://127.0.0.1:9/v1")
        kept = "".join(str(entry) for entry in instance.all_logs(done.run_id)) + str(done.dagster_run.run_config)
    assert CANARY not in kept + repr(resource) + str(resource)


def test_a_key_given_in_plain_is_not_shown_either() -> None:
    assert CANARY not in repr(StudioResource(google_api_key=CANARY)) + str(StudioResource(compatible_api_key=CANARY))


def test_every_field_is_a_setting() -> None:
    assert set(StudioResource.model_fields) <= set(type(load()).model_fields)
