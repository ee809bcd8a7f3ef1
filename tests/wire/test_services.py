"""The loopback services themselves: they take what the real ones take, and refuse what those refuse."""

import asyncio
import base64
import json
from copy import deepcopy
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from aiuteur.film.crew import Role
from aiuteur.models.catalogue import engage
from tests.models.asked import FRAME, treatment
from tests.wire.serving import KEY, Services

PICTURE = base64.b64encode(FRAME).decode()
SCHEMA = treatment().schema
TURN = {"role": "user", "parts": [{"text": treatment().prompt}, {"inlineData": {"mimeType": "image/png", "data": PICTURE}}]}
GEMINI = {
    "contents": [TURN], "systemInstruction": {"parts": [{"text": "You write."}]},
    "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": SCHEMA, "temperature": 1.0},
}
OMNI = {
    "model": "gemini-omni-1.2-flash", "background": True, "store": True,
    "input": [{"type": "user_input", "content": [{"type": "text", "text": "She turns."}, {
        "type": "image", "data": PICTURE, "mime_type": "image/png"}]}],
    "response_format": {
        "type": "video", "resolution": "720p", "duration": "4s", "aspect_ratio": "16:9", "delivery": "uri"},
    "generation_config": {"video_config": {"task": "image_to_video"}},
    "webhook_config": {"user_metadata": {"aiuteur_intent": "i"}},
}
VEO = {
    "instances": [{"prompt": "She turns.", "image": {"bytesBase64Encoded": PICTURE, "mimeType": "image/png"}}],
    "parameters": {"sampleCount": 1, "durationSeconds": 4, "aspectRatio": "16:9"},
}
RESPONSES = {
    "model": "gpt-6.1-terra", "instructions": "You write.",
    "input": [{"role": "user", "content": [{"type": "input_text", "text": treatment().prompt}]}],
    "text": {"format": {"type": "json_schema", "strict": True, "name": "treatment", "schema": SCHEMA}}, "store": False,
}
CHAT = {
    "model": "words-1", "messages": [{"role": "user", "content": treatment().prompt}],
    "response_format": {"type": "json_schema", "json_schema": {"name": "treatment", "strict": True, "schema": SCHEMA}},
}
IMAGES = {"model": "gpt-image-2", "prompt": "A boat.", "size": "1024x1024", "quality": "medium", "n": 1}
SPEECH = {"model": "gpt-4o-mini-tts", "input": "Hello.", "voice": "sage", "response_format": "wav"}
COMFY = {"prompt": {"9": {"class_type": "SaveImage", "inputs": {"text": "A boat.", "width": 64, "height": 64}}}, "prompt_id": "i"}
GENERATE = "/v1/models/gemini-3.8-flash:generateContent"
PREDICT = "/v1beta1/publishers/google/models/veo-3.1-generate-001:predictLongRunning"
PROTOCOLS = [
    (GENERATE, GEMINI, ()), (GENERATE, GEMINI, ("contents", 0)), (GENERATE, GEMINI, ("contents", 0, "parts", 1, "inlineData")),
    (GENERATE, GEMINI, ("generationConfig",)), (GENERATE, GEMINI, ("systemInstruction",)),
    ("/v1/interactions", OMNI, ()), ("/v1/interactions", OMNI, ("input", 0, "content", 1)),
    ("/v1/interactions", OMNI, ("response_format",)), ("/v1/interactions", OMNI, ("generation_config", "video_config")),
    ("/v1/interactions", OMNI, ("webhook_config",)),
    (PREDICT, VEO, ()), (PREDICT, VEO, ("instances", 0)), (PREDICT, VEO, ("instances", 0, "image")),
    (PREDICT, VEO, ("parameters",)),
    ("/v1/responses", RESPONSES, ()), ("/v1/responses", RESPONSES, ("input", 0, "content", 0)),
    ("/v1/responses", RESPONSES, ("text", "format")),
    ("/v1/chat/completions", CHAT, ()), ("/v1/chat/completions", CHAT, ("messages", 0)),
    ("/v1/chat/completions", CHAT, ("response_format", "json_schema")),
    ("/v1/images/generations", IMAGES, ()), ("/v1/audio/speech", SPEECH, ()), ("/prompt", COMFY, ()),
]


def post(serve: Services, path: str, content: object) -> int:
    """The status that a request is answered with."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    request = Request(serve.address + path, json.dumps(content).encode(), headers)  # noqa: S310 - an address of our own
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
            return answer.status
    except HTTPError as refused:
        with refused:
            return refused.code


@pytest.mark.parametrize(("path", "sound", "place"), PROTOCOLS, ids=lambda part: str(part)[:40])
def test_a_request_is_taken_and_one_with_an_unknown_field_is_refused_unpaid(
    path: str, sound: dict[str, Any], place: tuple[str | int, ...], serve: Services,
) -> None:
    assert post(serve, path, sound) == 200
    strange = found = deepcopy(sound)
    for step in place:
        found = found[step]  # pyright: ignore[reportArgumentType, reportUnknownVariableType] - a way into JSON
    found["unheard_of"] = 1
    assert post(serve, path, strange) == 400
    assert len(serve.bill().lines) == 1


@pytest.mark.parametrize(("path", "sound", "place", "value"), [
    (GENERATE, GEMINI, ("generationConfig", "temperature"), "hot"),
    ("/v1/interactions", OMNI, ("response_format", "duration"), "2s"),
    (PREDICT, VEO, ("parameters", "durationSeconds"), 5), ("/v1/images/generations", IMAGES, ("size",), "1000x1000"),
    ("/v1/responses", RESPONSES, ("text", "format", "strict"), False), ("/v1/audio/speech", SPEECH, ("speed",), "fast"),
], ids=lambda part: str(part)[:40])
def test_a_value_that_is_not_offered_is_refused_unpaid(
    path: str, sound: dict[str, Any], place: tuple[str, ...], value: object, serve: Services,
) -> None:
    wrong = found = deepcopy(sound)
    for step in place[:-1]:
        found = found[step]
    found[place[-1]] = value
    assert post(serve, path, wrong) == 400
    assert serve.bill().lines == []


def test_words_are_streamed_in_pieces_that_make_the_whole(serve: Services) -> None:
    maker = engage("google", "gemini-3.8-flash", Role.WRITER, serve.settings())
    asked = treatment()
    config = {"response_mime_type": "application/json", "response_json_schema": asked.schema}

    async def streamed() -> list[str]:
        client = vars(maker)["_line"].client
        pieces = await client.aio.models.generate_content_stream(model="gemini-3.8-flash", contents=asked.prompt, config=config)
        return [piece.text async for piece in pieces]

    pieces = asyncio.run(streamed())
    assert len(pieces) == 3
    assert len(json.loads("".join(pieces))["variants"]) == 3
    assert len(serve.bill().lines) == 1


def test_whoever_shows_no_key_is_refused(serve: Services) -> None:
    request = Request(serve.address + "/v1/responses", b"{}")  # noqa: S310 - an address of our own
    with pytest.raises(HTTPError, match="401"):
        urlopen(request, timeout=30)  # noqa: S310 - the same
