"""Words from Gemini: structured answers, of writers and of judges, who look at pictures and watch clips.

Belongs here: the wire form of a question. Does not belong here: what is asked, how the answer is read (`aiuteur.craft.asking`).
"""

import base64
from collections.abc import Mapping
from typing import Any, Final

from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready
from aiuteur.models.google.clients import Line
from aiuteur.models.google.content import finished, generated, usage
from aiuteur.models.protocols import Malformed, Reply, Request
from aiuteur.models.showing import shown
from aiuteur.models.understanding import repairs, understood, worded

_CUT_OFF: Final = "The answer broke off before its end: answer again, in fewer words."


class GeminiWriter(Ready):
    """Answers textual tasks and reviews by `generateContent` with a JSON schema."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside the words, written out."""
        seed = {"seed": request.seed} if request.seed is not None else {}
        return {"max_output_tokens": self._line.model.output_tokens, "temperature": 1.0, **seed, **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Ask once; raises `Malformed` where the words are not what was asked for."""
        worded(request)
        config = {
            "system_instruction": request.system, "response_mime_type": "application/json",
            "response_json_schema": request.schema, **self.parameters(request),
        }
        answer = await generated(self._line, _contents(request, self._line.model.references), config)
        said, reply = answer.text or "", Reply(usage=usage(answer).document(), operation=answer.response_id)
        if finished(answer) == "MAX_TOKENS":
            raise Malformed(_CUT_OFF, said, reply)
        return understood(request, self.card, said, reply)


def _contents(request: Request, references: int) -> list[dict[str, Any]]:
    parts = [part for one in shown(request, references, video=True) for part in (
        {"text": one.caption}, {"inline_data": {"mime_type": one.mime, "data": base64.b64encode(one.data).decode()}},
    )]
    turns = [{"role": "user", "parts": [*parts, {"text": request.prompt}]}]
    mending = repairs(request)
    if mending is not None:
        turns += [{"role": "model", "parts": [{"text": mending[0]}]}, {"role": "user", "parts": [{"text": mending[1]}]}]
    return turns
