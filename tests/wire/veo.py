"""Veo's long operations and the bucket they may write to, as google-genai 3.4 speaks them in enterprise mode."""

import base64
import re
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import unquote
from uuid import uuid4

from google.genai import types

from aiuteur.craft.prices import Usage
from tests.wire import medium
from tests.wire.base import UNPAID, Answer, Call, Gone, House, Route, Wrong
from tests.wire.forms import read

_PARAMETERS: Final = MappingProxyType({
    "sampleCount": "number_of_videos", "durationSeconds": "duration_seconds", "seed": "seed", "aspectRatio": "aspect_ratio",
    "resolution": "resolution", "personGeneration": "person_generation", "negativePrompt": "negative_prompt",
    "generateAudio": "generate_audio", "storageUri": "output_gcs_uri", "enhancePrompt": "enhance_prompt",
})
"""The wire's names for what the client calls otherwise."""

_IMAGE: Final = MappingProxyType({"bytesBase64Encoded": "image_bytes", "mimeType": "mime_type", "gcsUri": "gcs_uri"})
_INSTANCE: Final = frozenset({"prompt", "image", "lastFrame"})


def routes(house: House, *, plain: bool) -> list[tuple[str, str, Route]]:
    """The routes of predictions and of the bucket."""
    kept: dict[str, dict[str, Any]] = house.things.setdefault("operations", {})

    def predict(call: Call) -> Answer:
        return Answer({"name": _predict(house, call, kept)})

    def fetch(call: Call) -> Answer:
        return Answer(_fetch(call.json, kept, plain=plain))

    def listed(call: Call) -> Answer:
        prefix = call.query.get("prefix", "")
        return Answer({"items": [{"name": name} for name in _objects(kept, plain=plain) if name.startswith(prefix)]})

    def lifted(call: Call) -> Answer:
        found = _objects(kept, plain=plain).get(unquote(call.path.rpartition("/o/")[2]))
        if found is None:
            message = "No such object."
            raise Gone(message)
        return Answer(found, mime="video/mp4")

    model = r"/v1(?:beta1)?/(?:projects/[^/]+/locations/[^/]+/)?publishers/google/models/[^:/]+"
    return [
        ("POST", f"{model}:predictLongRunning", predict), ("POST", f"{model}:fetchPredictOperation", fetch),
        ("GET", r"/storage/v1/b/[^/]+/o", listed), ("GET", r"/storage/v1/b/[^/]+/o/.+", lifted),
    ]


def _predict(house: House, call: Call, kept: dict[str, dict[str, Any]]) -> str:
    asked = call.json
    instance = _checked(asked)
    told = asked["parameters"]
    seconds = told.get("durationSeconds", 8)
    if seconds not in {4, 6, 8}:
        message = f"durationSeconds {seconds} is not one of 4, 6, 8."
        raise Wrong(message)
    found = re.search(r"models/([^:]+):", call.path)
    model = found[1] if found else ""
    name = f"{call.path.partition('/models/')[0].split('/', 2)[2]}/models/{model}/operations/{uuid4().hex}"
    image = instance.get("image", {}).get("bytesBase64Encoded")
    size = (1280, 720) if told.get("aspectRatio", "16:9") == "16:9" else (720, 1280)
    labels: dict[str, str] = asked.get("labels") or {}
    intent = labels.get("aiuteur_intent")
    late = house.pace("late") if call.fault == "late" else 0.0
    kept[name] = {
        "words": instance["prompt"], "start": base64.b64decode(image) if image else None, "seconds": float(seconds), "size": size,
        "fault": call.fault, "ready": time.monotonic() + house.pace("clip") + late, "storage": told.get("storageUri"),
        "data": None,
    }
    usage = Usage(seconds=float(seconds), resolution=told.get("resolution", "720p"), audio=bool(told.get("generateAudio", True)))
    if call.fault not in UNPAID:
        house.charge(call, "google", model, "clip", usage, intent)
    return name


def _checked(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The one instance of a request that holds to the client's own types."""
    instance: dict[str, Any] = asked["instances"][0]
    strange = set(asked) - {"instances", "parameters", "labels"} or set(instance) - _INSTANCE
    if strange:
        message = f"Unknown name {min(strange)!r}: Cannot find field."
        raise Wrong(message)
    read(types.GenerateVideosConfig, {**_named(asked["parameters"], _PARAMETERS), "labels": asked.get("labels")})
    for frame in ("image", "lastFrame"):
        if frame in instance:
            read(types.Image, _named(instance[frame], _IMAGE))
    return instance


def _named(found: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in found.items()}


def _fetch(asked: Mapping[str, Any], kept: Mapping[str, dict[str, Any]], *, plain: bool) -> dict[str, Any]:
    name = asked.get("operationName")
    found = kept.get(str(name))
    if found is None or found["fault"] == "lost":
        message = "Operation not found."
        raise Gone(message)
    if found["fault"] == "never_ends" or time.monotonic() < found["ready"]:
        return {"name": name}
    if found["fault"] == "failed":
        return {"name": name, "done": True, "error": {"code": 13, "message": "The video could not be made."}}
    if found["fault"] == "refusal":
        return {"name": name, "done": True, "response": {
            "raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["It was blocked by the safety filter."], "videos": []}}
    if found["storage"]:
        return {"name": name, "done": True, "response": {"videos": [
            {"gcsUri": f"{found['storage'].rstrip('/')}/sample_0.mp4", "mimeType": "video/mp4"}]}}
    data = base64.b64encode(_film(found, plain=plain)).decode()
    return {"name": name, "done": True, "response": {"videos": [{"bytesBase64Encoded": data, "mimeType": "video/mp4"}]}}


def _objects(kept: Mapping[str, dict[str, Any]], *, plain: bool) -> dict[str, bytes]:
    """What lies in the bucket by name: the clips of finished operations."""
    return {
        f"{found['storage'].removeprefix('gs://').partition('/')[2].rstrip('/')}/sample_0.mp4": _film(found, plain=plain)
        for found in list(kept.values())
        if found["storage"] and time.monotonic() >= found["ready"] and found["fault"] != "never_ends"
    }


def _film(found: dict[str, Any], *, plain: bool) -> bytes:
    if found["data"] is None:
        found["data"] = medium.clip(found["words"], found["start"], found["seconds"], *found["size"], plain=plain)
    return b"no video at all " * 4096 if found["fault"] == "wrong_media" else found["data"]
