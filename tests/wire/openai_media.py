"""OpenAI's pictures, edits, speech, and the video protocol that gateways kept, as openai 3.52 speaks them."""

import base64
import time
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Final
from uuid import uuid4

from openai.types.audio.speech_create_params import SpeechCreateParams
from openai.types.image_edit_params import ImageEditParamsNonStreaming
from openai.types.image_generate_params import ImageGenerateParamsNonStreaming
from openai.types.video_create_params import VideoCreateParams

from aiuteur.craft.prices import Usage
from tests.wire import medium
from tests.wire.base import UNPAID, Answer, Call, Gone, House, Route, Wrong, error
from tests.wire.forms import filled, form

_PICTURE: Final = form(ImageGenerateParamsNonStreaming)
_EDIT: Final = form(ImageEditParamsNonStreaming, multipart=True)
_SPEECH: Final = form(SpeechCreateParams)
_CLIP: Final = form(VideoCreateParams, multipart=True)
_RATE: Final = 24_000
_LENGTHS: Final = {
    f"garbled{fault}": {"seconds": said}
    for fault, said in {"": "four", "_nan": "NaN", "_endless": "Infinity", "_negative": "-5", "_absurd": "1e12"}.items()
}
"""What a gateway says of a clip's length that is none."""


def routes(house: House, *, plain: bool) -> list[tuple[str, str, Route]]:
    """The routes of media."""
    videos: dict[str, dict[str, Any]] = house.things.setdefault("videos", {})

    def generate(call: Call) -> Answer:
        asked = call.json
        filled(_PICTURE, asked)
        return _picture(house, call, asked, 0, plain=plain)

    def edit(call: Call) -> Answer:
        fields, files = multipart(call)
        filled(_EDIT, fields)
        _only(files, "image", "image[]", "mask")
        pictures = files.get("image[]", []) or files.get("image", [])
        if not 1 <= len(pictures) <= 16 or any(not data.startswith((b"\x89PNG", b"\xff\xd8")) for data in pictures):
            message = "An edit takes one to sixteen PNG or JPEG pictures."
            raise Wrong(message)
        return _picture(house, call, fields, len(pictures), plain=plain)

    def speak(call: Call) -> Answer:
        asked = call.json
        filled(_SPEECH, asked)
        house.charge(call, "openai", asked["model"], "line", Usage(characters=len(asked["input"])))
        data = medium.wav(medium.speech(asked["input"], _RATE), _RATE)
        if call.fault == "wrong_media":
            data = b"no sound at all" * 100
        return Answer(data if call.fault != "truncated" else data[: len(data) // 2], mime="audio/wav",
                      promised=len(data) if call.fault == "truncated" else None)

    return [
        ("POST", "/v1/images/generations", generate), ("POST", "/v1/images/edits", edit), ("POST", "/v1/audio/speech", speak),
        ("POST", "/v1/videos", lambda call: _filmed(house, call, videos)),
        ("GET", r"/v1/videos/\w+", lambda call: _state(call, videos)),
        ("GET", r"/v1/videos/\w+/content", lambda call: _content(call, videos, plain=plain)),
    ]


def multipart(call: Call) -> tuple[dict[str, str], dict[str, list[bytes]]]:
    """The fields and files of a multipart body."""
    head = f"Content-Type: {call.headers.get('content-type', '')}\r\n\r\n".encode()
    found = BytesParser(policy=HTTP).parsebytes(head + call.body)
    fields: dict[str, str] = {}
    files: dict[str, list[bytes]] = {}
    for part in found.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            message = f"The part {name!r} cannot be read."
            raise Wrong(message)
        if part.get_filename():
            files.setdefault(name, []).append(data)
        else:
            fields[name] = data.decode()
    return fields, files


def _picture(house: House, call: Call, asked: dict[str, Any], shown: int, *, plain: bool) -> Answer:
    width, height = (int(side) for side in asked["size"].split("x"))
    if width % 16 or height % 16 or not 1 / 3 <= width / height <= 3:
        message = "Width and height are multiples of 16, and no more than three times each other."
        raise Wrong(message)
    if call.fault == "refusal":
        return _moderated()
    usage = Usage(
        input=len(asked["prompt"]) // 4, image_input=400 * shown, image_output=width * height // 750, images=1,
        size=asked["size"], quality=asked.get("quality", "auto"),
    )
    house.charge(call, "openai", asked["model"], "picture", usage)
    data = medium.picture(asked["prompt"], width, height, plain=plain)
    if call.fault == "wrong_media":
        data = b"this is no picture" * 50
    if call.fault == "truncated":
        data = data[: len(data) // 2]
    return Answer({
        "created": 1, "data": [{"b64_json": base64.b64encode(data).decode()}], "size": asked["size"], "output_format": "png",
        "usage": {
            "input_tokens": usage.input + usage.image_input, "output_tokens": usage.image_output,
            "total_tokens": usage.input + usage.image_input + usage.image_output,
            "input_tokens_details": {"text_tokens": usage.input, "image_tokens": usage.image_input},
        },
    })


def _moderated() -> Answer:
    found = error(400, "Your request was rejected by the safety system.")
    return Answer({"error": {**found.content["error"], "code": "moderation_blocked"}}, 400)


def _filmed(house: House, call: Call, videos: dict[str, dict[str, Any]]) -> Answer:
    fields, files = multipart(call)
    filled(_CLIP, fields)
    _only(files, "input_reference")
    item = f"video_{uuid4().hex}"
    seconds = float(fields["seconds"])
    videos[item] = {
        **fields, "start": next(iter(files.get("input_reference", [])), None), "fault": call.fault,
        "ready": time.monotonic() + house.pace("clip"),
    }
    if call.fault not in UNPAID:
        house.charge(call, "compatible", fields["model"], "clip", Usage(seconds=seconds, resolution=fields["size"]))
    return Answer({"id": item, "object": "video", "status": "queued", "model": fields["model"], "seconds": fields["seconds"],
                   "size": fields["size"]})


def _state(call: Call, videos: dict[str, dict[str, Any]]) -> Answer:
    item = call.path.split("/")[3]
    found = videos.get(item)
    if found is None or found["fault"] == "lost":
        message = "Video not found."
        raise Gone(message)
    told = {"id": item, "object": "video", "model": found["model"], "seconds": found["seconds"], "size": found["size"]}
    if found["fault"] == "never_ends" or time.monotonic() < found["ready"]:
        return Answer({**told, "status": "in_progress"})
    if found["fault"] in {"failed", "refusal"}:
        code = "moderation_blocked" if found["fault"] == "refusal" else "internal"
        return Answer({**told, "status": "failed", "error": {"code": code, "message": "It could not be made."}})
    return Answer({**told, "status": "completed", **_LENGTHS.get(found["fault"], {})})


def _content(call: Call, videos: dict[str, dict[str, Any]], *, plain: bool) -> Answer:
    found = videos[call.path.split("/")[3]]
    width, height = (int(side) for side in found["size"].split("x"))
    data = medium.clip(found["prompt"], found["start"], float(found["seconds"]), width, height, plain=plain)
    match call.fault or found["fault"]:
        case "truncated":
            return Answer(data[: len(data) // 2], mime="video/mp4", promised=len(data))
        case "wrong_media":
            return Answer(b"no video at all " * 4096, mime="video/mp4")
        case "endless":
            return Answer(data, mime="video/mp4", endless=True)
        case _:
            return Answer(data, mime="video/mp4")


def _only(files: dict[str, list[bytes]], *known: str) -> None:
    """Refuse files under other names."""
    for name in files:
        if name not in known:
            message = f"Unknown file: {name!r}."
            raise Wrong(message)
