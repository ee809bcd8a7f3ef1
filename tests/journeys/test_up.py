"""The studio in the browser: what `aiuteur up` serves, and how it ends."""

import json
import signal
import socket
import time
from collections.abc import Callable, Generator
from typing import Any
from urllib.request import Request, urlopen

import pytest

from aiuteur.film.stages import STAGES
from tests.journeys.terminal import STORY, Terminal

pytestmark = pytest.mark.slow


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Generator[Terminal]:
    opened = Terminal(tmp_path_factory.mktemp("studio"))
    (opened.folder / "lamp.txt").write_text(STORY)
    yield opened
    opened.run("down")


def free_port() -> int:
    with socket.socket() as anywhere:
        anywhere.bind(("127.0.0.1", 0))
        return int(anywhere.getsockname()[1])


def ask(address: str, query: str) -> dict[str, Any]:
    request = Request(f"{address}/graphql", json.dumps({"query": query}).encode(), {"content-type": "application/json"})  # noqa: S310 - our own address
    with urlopen(request, timeout=30) as reply:  # noqa: S310 - our own address
        return json.load(reply)["data"]


def until(address: str, query: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while not holds(found := ask(address, query)):
        assert time.monotonic() < deadline, found
        time.sleep(1)
    return found


def launch(address: str, job: str, config: dict[str, object]) -> None:
    mutation = """mutation($params: ExecutionParams!) { launchRun(executionParams: $params) {
        __typename ... on PythonError { message } ... on RunConfigValidationInvalid { errors { message } } } }"""
    selector = {"repositoryLocationName": "aiuteur", "repositoryName": "__repository__", "jobName": job}
    params = {"selector": selector, "runConfigData": config, "mode": "default"}
    body = json.dumps({"query": mutation, "variables": {"params": params}}).encode()
    with urlopen(Request(f"{address}/graphql", body, {"content-type": "application/json"}), timeout=30) as reply:  # noqa: S310 - ours
        assert json.load(reply)["data"]["launchRun"]["__typename"] == "LaunchRunSuccess"


RUNS = "{ runsOrError { ... on Runs { results { jobName status } } } }"


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
        until(address, RUNS, lambda data: [run["status"] for run in data["runsOrError"]["results"]] == ["SUCCESS"])
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
