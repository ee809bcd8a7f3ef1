"""One `generateContent` call: what its answer holds, what it used, and whether it was filtered.

Belongs here: reading an answer that says no with a success. Does not belong here: what is asked for.
"""

from typing import TYPE_CHECKING, Any, Final

from aiuteur.craft.prices import Usage
from aiuteur.errors import Refused
from aiuteur.models.google.clients import Line
from aiuteur.models.protocols import Declined, Reply

if TYPE_CHECKING:
    from google.genai import types

STOPPED: Final = frozenset({"STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED"})
"""Ends of an answer that no filter brought about."""


async def generated(line: Line, contents: list[Any], config: dict[str, Any]) -> "types.GenerateContentResponse":
    """Ask once; raises `Refused` or `Declined` where the question or the answer was filtered."""
    with line.explained():
        answer = await line.client.aio.models.generate_content(
            model=line.model.name, contents=contents, config=config,  # pyright: ignore[reportArgumentType] - the config's own dict form
        )
        blocked = answer.prompt_feedback.block_reason if answer.prompt_feedback else None
        reason = finished(answer)
    if blocked is not None:
        message = f"{line.model.full_name} would not read this ({blocked.value}): reword the item, or cast another model."
        raise Refused(message)
    if reason not in STOPPED:
        message = f"{line.model.full_name} would not make this ({reason}): reword the item, or cast another model."
        raise Declined(message, Reply(usage=usage(answer).document()))
    return answer


def finished(answer: "types.GenerateContentResponse") -> str:
    """Why the answer ended."""
    first = next(iter(answer.candidates or ()), None)
    return first.finish_reason.value if first is not None and first.finish_reason is not None else "FINISH_REASON_UNSPECIFIED"


def blob(answer: "types.GenerateContentResponse") -> tuple[bytes, str] | None:
    """The first bytes of an answer and their kind."""
    for candidate in answer.candidates or ():
        for part in (candidate.content.parts or ()) if candidate.content else ():
            if part.inline_data is not None and part.inline_data.data:
                return part.inline_data.data, part.inline_data.mime_type or ""
    return None


def usage(answer: "types.GenerateContentResponse", **made: Any) -> Usage:
    """What a call used: thinking counts as output, and tokens of pictures and sound are told apart from those of words."""
    told = answer.usage_metadata
    if told is None:
        return Usage(**made)
    shown = _by_kind(told.prompt_tokens_details)
    given = _by_kind(told.candidates_tokens_details)
    cached = told.cached_content_token_count or 0
    whole = told.candidates_token_count or 0
    drawn, said = given.get("IMAGE", 0), given.get("AUDIO", 0)
    return Usage(
        input=(told.prompt_token_count or 0) - cached - shown.get("IMAGE", 0), cached=cached, image_input=shown.get("IMAGE", 0),
        output=max(0, whole - drawn - said) + (told.thoughts_token_count or 0), image_output=drawn, audio_output=said, **made,
    )


def _by_kind(details: "list[types.ModalityTokenCount] | None") -> dict[str, int]:
    return {
        one.modality.value: one.token_count or 0 for one in details or () if one.modality is not None
    }
