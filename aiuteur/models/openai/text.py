"""Words from OpenAI and compatible servers: structured answers by the Responses API, or by chat completions.

Belongs here: the wire form of a question and of its answer. Does not belong here: what is asked and how the answer is read
(`aiuteur.craft.asking`), or connecting (`clients`).
"""

import base64
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from aiuteur.craft.prices import Usage
from aiuteur.errors import Ambiguous
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready, clean
from aiuteur.models.openai.clients import Line
from aiuteur.models.protocols import Declined, Malformed, Reply, Request
from aiuteur.models.showing import Shown, shown
from aiuteur.models.understanding import repairs, understood, worded

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion
    from openai.types.responses import Response

Part = dict[str, Any]
"""A piece of a message in the provider's own form."""

_CUT_OFF: Final = "The answer broke off before its end: answer again, in fewer words."


class ResponsesWriter(Ready):
    """Answers textual tasks and reviews by `POST /responses` with a strict schema."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside the words, written out."""
        return {"max_output_tokens": self._line.model.output_tokens, "store": False, **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Ask once; raises `Malformed` where the words are not what was asked for."""
        worded(request)
        form = {"type": "json_schema", "strict": True, "name": request.task, "schema": request.schema}
        with self._line.explained():
            create = cast("Callable[..., Awaitable[Response]]", self._line.client.responses.create)
            answer = await create(
                model=self.card.name, instructions=request.system, input=self._input(request), text={"format": form},
                **self.parameters(request),
            )
            status, said, refusal = answer.status, answer.output_text, _refusal(answer)
        reply = Reply(usage=_usage(answer), operation=answer.id)
        if refusal is not None or _reason(answer) == "content_filter":
            message = f"{self._line.model.full_name} will not answer: {clean(refusal or 'its filter said no', self._line.key)}."
            raise Declined(message, reply)
        if status == "failed":  # with its reason, and without a word about what it charges
            why = clean(answer.error.message if answer.error else "it does not say why", self._line.key)
            message = f"{self._line.model.full_name} gave up in the midst of it: {why}."
            raise Ambiguous(message)
        if status != "completed":
            raise Malformed(_CUT_OFF, said, reply)
        return understood(request, self.card, said, reply)

    def _input(self, request: Request) -> list[Part]:
        pictures = [part for one in shown(request, self._line.model.references) for part in (
            {"type": "input_text", "text": one.caption},
            {"type": "input_image", "image_url": _data_url(one), "detail": "auto"},
        )]
        turns: list[Part] = [{"role": "user", "content": [*pictures, {"type": "input_text", "text": request.prompt}]}]
        mending = repairs(request)
        if mending is not None:
            turns += [{"role": "assistant", "content": mending[0]}, {"role": "user", "content": mending[1]}]
        return turns


class ChatWriter(Ready):
    """Answers textual tasks and reviews by `POST /chat/completions`, for servers that offer no more."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside the words, written out."""
        return {"max_tokens": self._line.model.output_tokens, **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Ask once; raises `Malformed` where the words are not what was asked for."""
        worded(request)
        form = {"name": request.task, "strict": True, "schema": request.schema}
        with self._line.explained():
            create = cast("Callable[..., Awaitable[ChatCompletion]]", self._line.client.chat.completions.create)
            answer = await create(
                model=self.card.name, messages=self._messages(request),
                response_format={"type": "json_schema", "json_schema": form}, **self.parameters(request),
            )
            choice = answer.choices[0]
            said, refusal, why = choice.message.content or "", choice.message.refusal, choice.finish_reason
        reply = Reply(usage=_chat_usage(answer), operation=answer.id)
        if refusal or why == "content_filter":
            message = f"{self._line.model.full_name} will not answer: {clean(refusal or 'its filter said no', self._line.key)}."
            raise Declined(message, reply)
        if why == "length":
            raise Malformed(_CUT_OFF, said, reply)
        return understood(request, self.card, said, reply)

    def _messages(self, request: Request) -> list[Part]:
        pictures = [part for one in shown(request, self._line.model.references) for part in (
            {"type": "text", "text": one.caption}, {"type": "image_url", "image_url": {"url": _data_url(one)}},
        )]
        user: Any = [*pictures, {"type": "text", "text": request.prompt}] if pictures else request.prompt
        turns: list[Part] = [{"role": "system", "content": request.system}, {"role": "user", "content": user}]
        mending = repairs(request)
        if mending is not None:
            turns += [{"role": "assistant", "content": mending[0]}, {"role": "user", "content": mending[1]}]
        return turns


def _data_url(one: Shown) -> str:
    return f"data:{one.mime};base64,{base64.b64encode(one.data).decode()}"


def _refusal(answer: "Response") -> str | None:
    """The model's own words where it refuses."""
    if not answer.output:
        return None
    for item in answer.output:
        for part in item.content if item.type == "message" else ():
            if part.type == "refusal":
                return part.refusal
    return None


def _reason(answer: "Response") -> str | None:
    return answer.incomplete_details.reason if answer.incomplete_details else None


def _usage(answer: "Response") -> dict[str, Any]:
    told = answer.usage
    if told is None:
        return {}
    cached = told.input_tokens_details.cached_tokens
    return dict(Usage(input=told.input_tokens - cached, cached=cached, output=told.output_tokens).document())


def _chat_usage(answer: "ChatCompletion") -> dict[str, Any]:
    told = answer.usage
    if told is None:
        return {}
    cached = (told.prompt_tokens_details.cached_tokens or 0) if told.prompt_tokens_details else 0
    return dict(Usage(input=told.prompt_tokens - cached, cached=cached, output=told.completion_tokens).document())
