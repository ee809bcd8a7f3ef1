"""Gemini Omni by the Interactions API, and the file service its clips are fetched from, as google-genai 3.4 speaks them."""

import base64
import threading
import time
from collections.abc import Mapping
from typing import Any, Final, cast
from uuid import uuid4

from google.genai._gaos.types.interactions.createmodelinteraction import CreateModelInteraction
from google.genai._gaos.types.interactions.videoconfig import VideoConfig
from google.genai._gaos.types.interactions.videoresponseformat import VideoResponseFormat

from aiuteur.craft.prices import Usage
from tests.wire import hooks, medium
from tests.wire.base import UNPAID, Answer, Call, Gone, House, Route, Wrong
from tests.wire.forms import read

_TASKS: Final = frozenset({"text_to_video", "image_to_video", "reference_to_video", "edit", "extend", "upscale"})
_LINES: Final = {"360p": 360, "720p": 720, "1080p": 1080, "4k": 2160}
_TOKENS_A_SECOND: Final = 5792


def routes(house: House, *, plain: bool) -> list[tuple[str, str, Route]]:
    """The routes of interactions and of files."""
    kept: dict[str, dict[str, Any]] = house.things.setdefault("interactions", {})

    def create(call: Call) -> Answer:
        return Answer(_create(house, call, kept))

    def get(call: Call) -> Answer:
        return Answer(_state(house, _known(kept, call, 3), plain=plain))

    def cancel(call: Call) -> Answer:
        found = _known(kept, call, 3)
        found["cancelled"] = True
        return Answer(_state(house, found, plain=plain))

    def download(call: Call) -> Answer:
        return _download(_known(kept, call, 3), call)

    return [
        ("POST", r"/v1(?:beta)?/interactions", create), ("GET", r"/v1(?:beta)?/interactions/[\w-]+", get),
        ("POST", r"/v1(?:beta)?/interactions/[\w-]+/cancel", cancel), ("GET", r"/v1(?:beta)?/files/\w+:download", download),
    ]


def _create(house: House, call: Call, kept: dict[str, dict[str, Any]]) -> dict[str, Any]:
    asked = call.json
    read(CreateModelInteraction, asked)
    form = read(VideoResponseFormat, asked.get("response_format"))
    task = read(VideoConfig, cast("dict[str, object]", asked.get("generation_config") or {}).get("video_config")).task
    seconds = float(str(form.duration).removesuffix("s"))
    if not (asked.get("background") and asked.get("store")) or task not in _TASKS or not 3 <= seconds <= 15:
        message = "A video is made in the background, stored, by a known task, in 3 to 15 seconds."
        raise Wrong(message)
    if form.aspect_ratio not in {"16:9", "9:16"} or form.resolution not in _LINES:
        message = f"{form.aspect_ratio} at {form.resolution} is not offered."
        raise Wrong(message)
    content = [part for step in asked["input"] for part in step["content"]]
    return _taken(house, call, kept, asked, content, form, seconds)


def _taken(
    house: House, call: Call, kept: dict[str, dict[str, Any]], asked: Mapping[str, Any], content: list[dict[str, Any]],
    form: VideoResponseFormat, seconds: float,
) -> dict[str, Any]:
    images = [base64.b64decode(part["data"]) for part in content if part["type"] == "image"]
    words = "\n".join(part["text"] for part in content if part["type"] == "text")
    item = uuid4().hex
    usage = Usage(input=len(words) // 4 + 258 * len(images), video_output=round(_TOKENS_A_SECOND * seconds))
    tall = _LINES[str(form.resolution)]
    wide = tall * 16 // 9
    labels: dict[str, str] = asked.get("labels") or {}
    intent = labels.get("aiuteur_intent")
    found: dict[str, Any] = {
        "id": item, "model": asked["model"], "words": words, "start": images[0] if images else None, "seconds": seconds,
        "size": (wide, tall) if form.aspect_ratio == "16:9" else (tall, wide), "usage": usage, "fault": call.fault,
        "ready": time.monotonic() + house.pace("clip"), "intent": intent, "webhook": asked.get("webhook_config"),
        "cancelled": False, "data": None, "appears": time.monotonic() + house.pace("late") if call.fault == "late" else 0.0,
    }
    kept[item] = found
    hooked = cast("dict[str, list[str]]", asked.get("webhook_config") or {})
    for address in hooked.get("uris") or ():
        threading.Thread(target=hooks.told, args=(address, found, house.pace("webhook")), daemon=True).start()
    if call.fault not in UNPAID:
        house.charge(call, "google", asked["model"], "clip", usage, intent)
    return {**_told(found), "status": "in_progress"}


def _state(house: House, found: dict[str, Any], *, plain: bool) -> dict[str, Any]:
    del house
    fault = found["fault"]
    if fault == "lost":
        message = "Interaction not found."
        raise Gone(message)
    if found["cancelled"]:
        return {**_told(found), "status": "cancelled"}
    if fault == "never_ends" or time.monotonic() < found["ready"]:
        return {**_told(found), "status": "in_progress"}
    if fault in {"failed", "refusal"}:
        error = {"code": "SAFETY", "message": "Blocked by safety settings."} if fault == "refusal" else \
            {"code": "INTERNAL", "message": "The video could not be made."}
        return {**_told(found), "status": "failed", "errors": [error]}
    if found["data"] is None:
        found["data"] = medium.clip(found["words"], found["start"], found["seconds"], *found["size"], plain=plain)
    usage: Usage = found["usage"]
    uri = f"https://generativelanguage.googleapis.com/v1/files/{found['id']}"
    video = {"data": "no base64!"} if fault == "garbled" else {"uri": uri}
    return {
        **_told(found), "status": "completed",
        "steps": [{"type": "model_output", "content": [{"type": "video", **video, "mime_type": "video/mp4"}]}],
        "usage": {
            "total_input_tokens": usage.input, "total_output_tokens": usage.video_output,
            "total_tokens": usage.input + usage.video_output,
            "output_tokens_by_modality": [{"modality": "video", "tokens": usage.video_output}],
        },
    }


def _told(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": found["id"], "object": "interaction", "model": found["model"], "created": "2026-11-20T12:00:00Z",
            "updated": "2026-11-20T12:00:00Z"}


def _known(kept: Mapping[str, dict[str, Any]], call: Call, place: int) -> dict[str, Any]:
    item = call.path.split("/")[place].partition(":")[0]
    if item not in kept or time.monotonic() < kept[item]["appears"]:
        message = "Interaction not found."
        raise Gone(message)
    return kept[item]


def _download(found: Mapping[str, Any], call: Call) -> Answer:
    data: bytes = found["data"] or b""
    match call.fault or found["fault"]:
        case "truncated":
            return Answer(data[: len(data) // 2], mime="video/mp4", promised=len(data))
        case "wrong_media":
            return Answer(b"no video at all " * 4096, mime="video/mp4")
        case "endless":
            return Answer(data, mime="video/mp4", endless=True)
        case _:
            return Answer(data, mime="video/mp4")
