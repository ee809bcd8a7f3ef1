"""Gemini's `generateContent` (words, pictures, speech) and `streamGenerateContent`, as google-genai 3.4 speaks them.

From the wire facts: keys in either case are taken, unknown ones are refused, tools are refused; a filtered answer is a success
without content.
"""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, Final, cast

from google.genai import types
from pydantic import ValidationError

from aiuteur.craft.prices import Usage
from tests.wire import actor, medium
from tests.wire.base import Answer, Call, House, Route, Wrong

_TOP: Final = frozenset({"contents", "systemInstruction", "generationConfig", "safetySettings"})
_SIDES: Final = {"1K": 1024, "2K": 2048, "4K": 4096}
_RATE: Final = 24_000


def routes(house: House, *, plain: bool) -> list[tuple[str, str, Route]]:
    """The routes of the developer API's content methods."""
    def generate(call: Call) -> Answer:
        found = _content(house, call, plain=plain)
        return _cut(found) if call.fault == "truncated" else Answer(found)

    def stream(call: Call) -> Answer:
        pieces = _pieces(_content(house, call, plain=plain))
        return Answer("".join(f"data: {json.dumps(one)}\r\n\r\n" for one in pieces).encode(), mime="text/event-stream")

    return [("POST", r"/v1(?:beta1?)?/(?:publishers/google/)?models/[^:/]+:generateContent", generate),
            ("POST", r"/v1(?:beta1?)?/(?:publishers/google/)?models/[^:/]+:streamGenerateContent", stream)]


def _cut(content: dict[str, Any]) -> Answer:
    """Half of what was promised."""
    data = json.dumps(content).encode()
    return Answer(data[: len(data) // 2], promised=len(data))


def _pieces(content: dict[str, Any]) -> list[dict[str, Any]]:
    """An answer's words as they are streamed: in thirds, the last with how it ended and what it used."""
    first = content["candidates"][0]
    said = "".join(part.get("text", "") for part in first.get("content", {}).get("parts", ()))
    if not said:
        return [content]
    size = -(-len(said) // 3)
    parts = [{"role": "model", "parts": [{"text": said[at:at + size]}]} for at in range(0, len(said), size)]
    *before, last = parts
    return [*({"candidates": [{"content": part, "index": 0}]} for part in before),
            {**content, "candidates": [{**first, "content": last}]}]


def _content(house: House, call: Call, *, plain: bool) -> dict[str, Any]:
    asked = call.json
    strange = set(asked) - _TOP
    if strange:
        message = f"Unknown name {min(strange)!r}: Cannot find field."
        raise Wrong(message)
    model = re.search(r"models/([^:]+):", call.path)
    name = model[1] if model else ""
    config = _config(dict(asked.get("generationConfig") or {}))
    contents = _contents(asked)
    modalities = [str(one).upper() for one in config.get("response_modalities") or ["TEXT"]]
    parts = [part for turn in contents for part in turn.parts or ()]
    words = "\n".join(part.text for part in parts if part.text)
    shown = sum(part.inline_data is not None for part in parts)
    match modalities[0]:
        case "IMAGE":
            made = _picture(house, call, name, words, shown, config, plain=plain)
        case "AUDIO":
            made = _speech(house, call, name, words)
        case _:
            made = _text(house, call, name, words, shown, config)
    return made


def _text(house: House, call: Call, model: str, words: str, shown: int, config: Mapping[str, Any]) -> dict[str, Any]:
    schema = cast("Mapping[str, Any]", config.get("response_json_schema") or {})
    if not schema or config.get("response_mime_type") != "application/json":
        message = "This service answers only with a responseJsonSchema and responseMimeType application/json."
        raise Wrong(message)
    said = json.dumps(actor.answer(words, schema), ensure_ascii=False)
    if call.fault == "malformed":
        said = said[: len(said) // 2]
    if call.fault == "wrong_schema":
        said = '{"title": 3}'
    usage = Usage(input=len(words) // 4 + 258 * shown, output=len(said) // 4)
    house.charge(call, "google", model, actor.task(schema), usage)
    if call.fault == "refusal":
        return _refused("SAFETY", usage)
    reason = "MAX_TOKENS" if call.fault == "cut_off" else "STOP"
    return _answer([{"text": said if reason == "STOP" else said[: len(said) // 3]}], usage, reason)


def _picture(
    house: House, call: Call, model: str, words: str, shown: int, config: Mapping[str, Any], *, plain: bool,
) -> dict[str, Any]:
    wanted = types.ImageConfig.model_validate(config.get("image_config") or {})
    wide, tall = (int(part) for part in (wanted.aspect_ratio or "1:1").split(":"))
    side = _SIDES[wanted.image_size or "1K"]
    width, height = (side, round(side * tall / wide)) if wide >= tall else (round(side * wide / tall), side)
    usage = Usage(input=len(words) // 4, image_input=258 * shown, image_output=1120, images=1, size=wanted.image_size or "1K")
    house.charge(call, "google", model, "picture", usage)
    if call.fault == "refusal":
        return _refused("IMAGE_SAFETY", usage)
    data = medium.picture(words, width, height, plain=plain)
    if call.fault == "wrong_media":
        data = b"this is no picture" * 50
    return _answer([{"inlineData": {"mimeType": "image/png", "data": base64.b64encode(data).decode()}}], usage, "STOP")


def _speech(house: House, call: Call, model: str, words: str) -> dict[str, Any]:
    samples = medium.speech(words, _RATE)
    usage = Usage(input=len(words) // 4, audio_output=round(len(samples) / _RATE * 25))
    house.charge(call, "google", model, "line", usage)
    mime, data = (f"audio/L16;codec=pcm;rate={_RATE}", samples.tobytes()) if call.fault != "wrong_media" else \
        ("audio/wav", b"no sound at all" * 100)
    return _answer([{"inlineData": {"mimeType": mime, "data": base64.b64encode(data).decode()}}], usage, "STOP")


def _answer(parts: list[dict[str, Any]], usage: Usage, reason: str) -> dict[str, Any]:
    return {
        "candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": reason, "index": 0}],
        "usageMetadata": _usage(usage), "responseId": "loopback", "modelVersion": "loopback",
    }


def _refused(reason: str, usage: Usage) -> dict[str, Any]:
    return {"candidates": [{"finishReason": reason, "index": 0}], "usageMetadata": _usage(usage), "responseId": "loopback"}


def _usage(usage: Usage) -> dict[str, Any]:
    shown = [{"modality": "TEXT", "tokenCount": usage.input}, {"modality": "IMAGE", "tokenCount": usage.image_input}]
    given = [{"modality": "TEXT", "tokenCount": usage.output}, {"modality": "IMAGE", "tokenCount": usage.image_output},
             {"modality": "AUDIO", "tokenCount": usage.audio_output}]
    whole = usage.output + usage.image_output + usage.audio_output
    return {
        "promptTokenCount": usage.input + usage.image_input, "candidatesTokenCount": whole,
        "totalTokenCount": usage.input + usage.image_input + whole,
        "promptTokensDetails": [one for one in shown if one["tokenCount"]],
        "candidatesTokensDetails": [one for one in given if one["tokenCount"]],
    }


def _config(found: dict[str, Any]) -> dict[str, Any]:
    """The generation's settings by the client's own field names, unknown ones refused."""
    image = found.pop("imageConfig", found.pop("image_config", None))
    try:
        checked = types.GenerationConfig.model_validate(found).model_dump(exclude_none=True, mode="json")
        return {**checked, **({"image_config": types.ImageConfig.model_validate(image)} if image else {})}
    except ValidationError as wrong:
        raise Wrong(str(wrong.errors()[0])) from wrong


def _contents(asked: Mapping[str, Any]) -> list[types.Content]:
    try:
        types.Content.model_validate(asked["systemInstruction"]) if "systemInstruction" in asked else None
        return [types.Content.model_validate(one) for one in asked["contents"]]
    except (ValidationError, KeyError) as wrong:
        raise Wrong(str(wrong)) from wrong
