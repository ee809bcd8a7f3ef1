"""A film keeps itself current: the real daemon, queue and webserver, an edit from the terminal, and nobody pressing a button."""

import json
import signal
from collections.abc import Generator

import pytest

from aiuteur_dagster.labels import PLAN_TAG, WHY_TAG
from tests.journeys.browser import RUNS, ask, free_port, runs, ticks, until
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.slow

STORY = """The Lamp

Ida climbed the stair of the lighthouse at night. "Who is there?" she asked. Nobody answered. She lit the lamp.
"""
LATEST = """{ assetNodeOrError(assetKey: {path: ["NAME"]}) { ... on AssetNode {
    assetMaterializations(limit: 1, partitions: ["lamp@main"]) { runId tags { key value } } } } }"""

SENSORS = ("dailies", "edits", "failures", "lanes", "requests", "stale", "sweep")


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Generator[Terminal]:
    opened = Terminal(tmp_path_factory.mktemp("studio"))
    (opened.folder / "lamp.txt").write_text(STORY)
    yield opened
    opened.run("down")


def data_version(address: str, asset: str) -> tuple[str, str]:
    """The run and the data version of an asset's latest materialization."""
    (found,) = ask(address, LATEST.replace("NAME", asset))["assetNodeOrError"]["assetMaterializations"]
    return found["runId"], next(tag["value"] for tag in found["tags"] if tag["key"] == "dagster/data_version")


def current(terminal: Terminal) -> bool:
    return {row["state"] for row in terminal.rows("status", "lamp")} == {"current"}


def test_an_edit_is_followed_by_the_film_without_anybody_pressing_a_button(terminal: Terminal) -> None:
    port = free_port()
    with terminal.start("up", "--port", str(port), "--json") as up:
        assert up.stdout is not None
        with terminal.start("make", "lamp.txt", "--length", "10", "--json") as make:
            address = json.loads("".join(up.stdout.readline() for _ in range(5)))["address"]
            said = make.communicate(timeout=120)
            assert make.returncode == 0, said
        made = data_version(address, "film")
        before = runs(ask(address, RUNS))
        assert [run[:2] for run in before] == [("film", "SUCCESS")], "the terminal's run is the only one: nothing asks beside it"

        terminal.run("edit", "lamp", "shot:1A", "action=Ida shields the flame with her hand.")
        found = until(address, RUNS, lambda data: len(runs(data)) > 1 and runs(data)[0][1] == "SUCCESS")
        job, _, tags = runs(found)[0]
        assert (job, tags["dagster/sensor_name"], tags["dagster/partition"]) == ("film", "stale", "lamp@main")
        assert "action" in tags[WHY_TAG]
        assert tags["dagster/run_key"].startswith(f"lamp@main:{tags[PLAN_TAG]}:")
        assert current(terminal)
        assert data_version(address, "film")[1] != made[1]

        asked = [tick["runKeys"] for tick in ticks(address, "stale") if tick["runKeys"]]
        assert asked == [[tags["dagster/run_key"]]]
        failed = {name: tick["error"] for name in SENSORS for tick in ticks(address, name) if tick["error"] is not None}
        assert failed == {}
        up.send_signal(signal.SIGINT)
        up.communicate(timeout=60)
