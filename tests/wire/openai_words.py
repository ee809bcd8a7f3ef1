"""OpenAI's Responses and chat completions, as openai 3.52 speaks them: strict schemas, refusals, answers that broke off."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming
from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming

from aiuteur.craft.prices import Usage
from tests.wire import actor
from tests.wire.base import Answer, Call, House, Route, Wrong
from tests.wire.forms import filled, form

_RESPONSE: Final = form(ResponseCreateParamsNonStreaming)
_CHAT: Final = form(CompletionCreateParamsNonStreaming)


def routes(house: House, *, plain: bool) -> list[tuple[str, str, Route]]:
    """The routes of words."""
    del plain

    def respond(call: Call) -> Answer:
        return _answer(_respond(house, call), call)

    def chat(call: Call) -> Answer:
        return _answer(_chat(house, call), call)

    return [("POST", "/v1/responses", respond), ("POST", "/v1/chat/completions", chat)]


def _answer(content: dict[str, Any], call: Call) -> Answer:
    if call.fault != "truncated":
        return Answer(content)
    data = json.dumps(content).encode()
    return Answer(data[: len(data) // 2], promised=len(data))


def _respond(house: House, call: Call) -> dict[str, Any]:
    asked = call.json
    filled(_RESPONSE, asked)
    asked_for = asked.get("text", {}).get("format", {})
    if asked_for.get("type") != "json_schema" or not asked_for.get("strict"):
        message = "This service answers only in a strict json_schema."
        raise Wrong(message)
    strict(asked_for["schema"])
    if asked.get("tools"):
        message = "No tools are served here."
        raise Wrong(message)
    words, shown = _words(asked["input"])
    said, usage = _said(house, call, asked["model"], words, shown, asked_for["schema"])
    part: dict[str, Any] = {"type": "output_text", "text": said, "annotations": []}
    if call.fault == "refusal":
        part = {"type": "refusal", "refusal": "I cannot help with that."}
    cut = call.fault == "cut_off"
    return {
        "id": "resp_loopback", "object": "response", "created_at": 1, "model": asked["model"],
        "status": "incomplete" if cut else "completed", "error": None, "instructions": None, "metadata": {},
        "incomplete_details": {"reason": "max_output_tokens"} if cut else None, "temperature": 1.0, "top_p": 1.0,
        "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "output": [{
            "id": "msg_1", "type": "message", "role": "assistant", "status": "completed", "content": [part],
        }],
        "usage": {
            "input_tokens": usage.input, "output_tokens": usage.output, "total_tokens": usage.input + usage.output,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }


def _chat(house: House, call: Call) -> dict[str, Any]:
    asked = call.json
    filled(_CHAT, asked)
    asked_for = asked.get("response_format", {})
    if asked_for.get("type") != "json_schema":
        message = "This service answers only in a json_schema."
        raise Wrong(message)
    schema = asked_for["json_schema"]["schema"]
    strict(schema)
    words, shown = _words(asked["messages"])
    said, usage = _said(house, call, asked["model"], words, shown, schema)
    refused = "I cannot help with that." if call.fault == "refusal" else None
    return {
        "id": "chat_loopback", "object": "chat.completion", "created": 1, "model": asked["model"],
        "choices": [{
            "index": 0, "finish_reason": "length" if call.fault == "cut_off" else "stop", "logprobs": None,
            "message": {"role": "assistant", "content": None if refused else said, "refusal": refused},
        }],
        "usage": {"prompt_tokens": usage.input, "completion_tokens": usage.output, "total_tokens": usage.input + usage.output},
    }


def _said(house: House, call: Call, model: str, words: str, shown: int, schema: Mapping[str, Any]) -> tuple[str, Usage]:
    said = json.dumps(actor.answer(words, schema), ensure_ascii=False)
    if call.fault in {"malformed", "cut_off"}:
        said = said[: len(said) // 2]
    if call.fault == "wrong_schema":
        said = '{"title": 3}'
    usage = Usage(input=len(words) // 4 + 300 * shown, output=len(said) // 4)
    provider = "openai" if "gpt" in model else "compatible"
    house.charge(call, provider, model, actor.task(schema), usage)
    return said, usage


def _words(turns: list[dict[str, Any]]) -> tuple[str, int]:
    """All that is said to the model, and how many pictures it is shown."""
    said: list[str] = []
    shown = 0
    for turn in turns:
        content = turn["content"]
        for part in [{"type": "text", "text": content}] if isinstance(content, str) else content:
            if "text" in part:
                said.append(part["text"])
            else:
                shown += 1
    return "\n".join(said), shown


def strict(schema: Mapping[str, Any]) -> None:
    """Hold a schema to the strict mode's rules: every object closed, and all of its fields required."""
    for node in _nodes(schema):
        fields = set(node.get("properties", ()))
        if fields and (node.get("additionalProperties") is not False or set(node["required"]) != fields):
            message = "Invalid schema: in strict mode every object is closed and requires all of its fields."
            raise Wrong(message)
        if "$ref" in node and set(node) != {"$ref"}:
            message = "Invalid schema: $ref cannot have siblings."
            raise Wrong(message)


def _nodes(found: object) -> Iterator[dict[str, Any]]:
    """Every object in a schema."""
    parts: Iterable[object] = cast("list[object]", found) if isinstance(found, list) else ()
    if isinstance(found, dict):
        node = cast("dict[str, Any]", found)
        yield node
        parts = node.values()
    for part in parts:
        yield from _nodes(part)
