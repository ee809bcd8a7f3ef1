"""The studio's web address, asked the way the UI asks it."""

import json
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.request import Request, urlopen

LAUNCH = """mutation($params: ExecutionParams!) { launchRun(executionParams: $params) {
    __typename ... on PythonError { message } ... on RunConfigValidationInvalid { errors { message } } } }"""
RUNS = "{ runsOrError { ... on Runs { results { jobName status tags { key value } } } } }"
TICKS = """{ sensorOrError(
    sensorSelector: {repositoryLocationName: "aiuteur", repositoryName: "__repository__", sensorName: "NAME"}
) { ... on Sensor { sensorState { ticks(limit: 100) { status skipReason runKeys error { message } } } } } }"""


def free_port() -> int:
    with socket.socket() as anywhere:
        anywhere.bind(("127.0.0.1", 0))
        return int(anywhere.getsockname()[1])


def ask(address: str, query: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    request = Request(f"{address}/graphql", body, {"content-type": "application/json"})  # noqa: S310 - our own address
    with urlopen(request, timeout=30) as reply:  # noqa: S310 - our own address
        return json.load(reply)["data"]


def until(address: str, query: str, holds: Callable[[dict[str, Any]], bool], seconds: float = 60.0) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while not holds(found := ask(address, query)):
        assert time.monotonic() < deadline, found
        time.sleep(0.5)
    return found


def launch(address: str, job: str, config: Mapping[str, object]) -> None:
    selector = {"repositoryLocationName": "aiuteur", "repositoryName": "__repository__", "jobName": job}
    params = {"selector": selector, "runConfigData": config, "mode": "default"}
    assert ask(address, LAUNCH, {"params": params})["launchRun"]["__typename"] == "LaunchRunSuccess"


def runs(found: Mapping[str, Any]) -> list[tuple[str, str, dict[str, str]]]:
    """Job, status and tags of every run, the newest first."""
    return [(run["jobName"], run["status"], {tag["key"]: tag["value"] for tag in run["tags"]})
            for run in found["runsOrError"]["results"]]


def ticks(address: str, sensor: str) -> list[dict[str, Any]]:
    """The ticks of a sensor, the newest first."""
    return ask(address, TICKS.replace("NAME", sensor))["sensorOrError"]["sensorState"]["ticks"]
