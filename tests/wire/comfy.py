"""ComfyUI over its HTTP API: a workflow is handed in under an id of the caller's, asked after, and its files are fetched."""

import json
import time
from collections.abc import Mapping
from typing import Any, cast
from uuid import uuid4

from aiuteur.craft.prices import Usage
from tests.wire import medium
from tests.wire.base import Answer, Call, Gone, House, Route, Wrong
from tests.wire.openai_media import multipart


def routes(house: House, *, plain: bool) -> list[tuple[str, str, Route]]:
    """The routes of a ComfyUI."""
    kept: dict[str, dict[str, Any]] = house.things.setdefault("prompts", {})
    files: dict[str, bytes] = house.things.setdefault("files", {})

    def upload(call: Call) -> Answer:
        _, given = multipart(call)
        name = f"{uuid4().hex}.png"
        files[name] = given["image"][0]
        return Answer({"name": name, "subfolder": "", "type": "input"})

    def prompt(call: Call) -> Answer:
        return _prompt(house, call, kept)

    def history(call: Call) -> Answer:
        item = call.path.rpartition("/")[2]
        found = kept.get(item)
        if found is None or found["fault"] in {"never_ends", "lost"} or time.monotonic() < found["ready"]:
            return Answer({})
        return Answer({item: _history(found, files, plain=plain)})

    def queue(_: Call) -> Answer:
        running = [
            [0, item] for item, found in list(kept.items()) if time.monotonic() < found["ready"] or found["fault"] == "never_ends"
        ]
        return Answer({"queue_running": running, "queue_pending": []})

    def view(call: Call) -> Answer:
        data = files.get(call.query.get("filename", ""))
        if data is None:
            message = "No such file."
            raise Gone(message)
        return Answer(data, mime="application/octet-stream")

    return [
        ("POST", "/upload/image", upload), ("POST", "/prompt", prompt), ("GET", r"/history/[\w-]+", history),
        ("GET", "/queue", queue), ("GET", "/view", view), ("POST", "/queue", lambda _: Answer({})),
        ("POST", "/interrupt", lambda _: Answer({})),
    ]


def _prompt(house: House, call: Call, kept: dict[str, dict[str, Any]]) -> Answer:
    asked = call.json
    strange = set(asked) - {"prompt", "prompt_id", "client_id", "extra_data", "front"}
    nodes = cast("dict[str, dict[str, Any]]", asked.get("prompt") or {})
    if strange or not nodes or not all({"class_type", "inputs"} <= set(node) for node in nodes.values()):
        message = f"A prompt is nodes with class_type and inputs; {strange or 'it'} is not."
        raise Wrong(message)
    if "{{" in json.dumps(nodes):
        message = "The workflow holds a place that was not filled in."
        raise Wrong(message)
    item = asked.get("prompt_id") or str(uuid4())
    kept[item] = {"nodes": nodes, "fault": call.fault, "ready": time.monotonic() + house.pace("clip"), "data": None}
    house.charge(call, "comfyui", "workflow", "prompt", Usage())
    return Answer({"prompt_id": item, "number": len(kept), "node_errors": {}})


def _history(found: dict[str, Any], files: dict[str, bytes], *, plain: bool) -> dict[str, Any]:
    if found["fault"] == "failed":
        told = ["execution_error", {"exception_message": "CUDA out of memory", "node_type": "KSampler"}]
        return {"outputs": {}, "status": {"status_str": "error", "completed": False, "messages": [told]}}
    name, kind = _made(found, files, plain=plain)
    return {
        "outputs": {"9": {kind: [{"filename": name, "subfolder": "", "type": "output"}]}},
        "status": {"status_str": "success", "completed": True, "messages": []},
    }


def _made(found: dict[str, Any], files: dict[str, bytes], *, plain: bool) -> tuple[str, str]:
    """The file a workflow leads to, made when it is first asked for."""
    inputs: Mapping[str, Any] = {name: value for node in found["nodes"].values() for name, value in node["inputs"].items()}
    words = str(inputs.get("text", ""))
    width, height = int(inputs.get("width", 512)), int(inputs.get("height", 512))
    frames = inputs.get("length")
    kind = "images" if frames is None else "videos"
    if found["data"] is None:
        start = files.get(str(inputs.get("image", "")))
        data = medium.picture(words, width, height, plain=plain) if frames is None else \
            medium.clip(words, start, frames / 24, width, height, plain=plain)
        found["data"] = f"{uuid4().hex}.{'png' if frames is None else 'mp4'}"
        files[found["data"]] = b"nothing of the kind" * 99 if found["fault"] == "wrong_media" else data
    return found["data"], kind
