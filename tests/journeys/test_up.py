"""The studio in the browser: what `aiuteur up` serves, and how it ends."""

import json
import signal
import socket
from collections.abc import Generator

import pytest

from aiuteur.film.stages import STAGES
from tests.journeys.browser import RUNS, ask, free_port, launch, runs, until
from tests.journeys.terminal import STORY, Terminal

pytestmark = pytest.mark.slow


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Generator[Terminal]:
    opened = Terminal(tmp_path_factory.mktemp("studio"))
    (opened.folder / "lamp.txt").write_text(STORY)
    yield opened
    opened.run("down")


def test_up_serves_the_assets_and_a_project_made_in_the_launchpad_and_ends_with_ctrl_c(terminal: Terminal) -> None:
    port = free_port()
    with terminal.start("up", "--port", str(port), "--json") as up:
        assert up.stdout is not None
        address = json.loads("".join(up.stdout.readline() for _ in range(5)))["address"]
        assert address == f"http://127.0.0.1:{port}"
        found = until(address, "{ assetNodes { assetKey { path } } }", lambda data: len(data["assetNodes"]) == len(STAGES))
        assert {node["assetKey"]["path"][0] for node in found["assetNodes"]} == set(STAGES)

        form = {"project": "lamp", "path": str(terminal.folder / "lamp.txt"), "length_seconds": 12}
        launch(address, "create_project", {"ops": {"new_project": {"config": form}}})
        until(address, RUNS, lambda data: ("create_project", "SUCCESS") in [run[:2] for run in runs(data)])
        partitions = '{ assetNodeOrError(assetKey: {path: ["film"]}) { ... on AssetNode { partitionKeys } } }'
        assert ask(address, partitions)["assetNodeOrError"]["partitionKeys"] == ["lamp@main"]

        assert "is taken" in terminal.run("up", "--port", str(port), code=4)
        assert f"already up at {address}" in terminal.run("up", code=4)
        up.send_signal(signal.SIGINT)
        up.communicate(timeout=60)
    assert up.returncode == 130
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_what_a_killed_up_left_behind_is_ended_by_down(terminal: Terminal) -> None:
    port = free_port()
    with terminal.start("up", "--port", str(port), "--json") as up:
        assert up.stdout is not None
        up.stdout.readline()
        up.kill()
    assert terminal.json("down") == {"dagster_stopped": True, "postgres_stopped": True}
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
