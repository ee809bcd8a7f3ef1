"""The run queue of `dagster.yaml`: what waits for what."""

from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

import dagster as dg
import pytest
import yaml
from dagster._utils.tags import TagConcurrencyLimitsCounter

from aiuteur_dagster.runs import PARTITION_TAG
from tests.orchestra.studios import some_job

FILE = Path(__file__).parents[2] / "dagster.yaml"
RUNS = cast("dict[str, Any]", yaml.safe_load(FILE.read_text("utf-8"))["concurrency"]["runs"])


@pytest.fixture
def instance() -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        yield opened


@pytest.mark.parametrize(
    ("lane", "under_way", "waits"),
    [
        ("a@main", ["a@main"], True), ("b@main", ["a@main"], False), ("c@main", ["a@main", "b@main"], True),
        (None, ["a@main", "b@main"], False),
    ],
    ids=["same-lane", "second-lane", "third-lane", "a-command"],
)
def test_a_command_waits_for_no_film_and_a_film_only_for_its_lane_or_two_others(
    lane: str | None, under_way: list[str], waits: bool, instance: dg.DagsterInstance,
) -> None:
    def run(tag: str | None) -> dg.DagsterRun:
        return instance.create_run_for_job(some_job(), tags={PARTITION_TAG: tag} if tag is not None else {})

    counter = TagConcurrencyLimitsCounter(RUNS["tag_concurrency_limits"], [run(one) for one in under_way])
    assert counter.is_blocked(run(lane)) is waits
    assert len(under_way) < RUNS["max_concurrent_runs"]
