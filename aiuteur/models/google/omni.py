"""Video from Gemini Omni by the Interactions API: handed in to run in the background, kept by the provider, asked after by id.

Belongs here: the wire form of an interaction, and reading its end. Does not belong here: waiting (`aiuteur.models.polling`), the
webhook that tells of lost ones (`webhook`), or the house format (`aiuteur.models.arrival`).
"""

import asyncio
import base64
import binascii
import io
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from aiuteur.craft.prices import Usage
from aiuteur.errors import Ambiguous, Corrupt, InvalidInput, NotFound, Refused
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready, clean
from aiuteur.models.clips import MAX_BYTES, Filmed, fetched, filmed, watched
from aiuteur.models.google.clients import Line
from aiuteur.models.protocols import Declined, Ended, Pending, Reference, Reply, Request, Spoiled

if TYPE_CHECKING:
    from google.genai.interactions import Interaction

INTENT: Final = "aiuteur_intent"
"""The name under which an interaction carries the ledger's id of its call: as a label, and in every webhook event."""

_RUNNING: Final = frozenset({"in_progress", "queued"})
_SAFETY: Final = ("safety", "prohibited", "blocked", "moderation", "policy")


class OmniCinematographer(Ready):
    """Answers `clip` by `POST /interactions`, `GET /interactions/{id}` and the file it names."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside words and frames, written out."""
        asked = filmed(request, self._line.model)
        task = "image_to_video" if asked.start else "text_to_video"
        return {
            "resolution": asked.resolution, "duration": f"{asked.seconds:g}s", "aspect_ratio": asked.aspect_ratio,
            "delivery": "uri", "task": "reference_to_video" if asked.guide else task, **request.parameters,
        }

    async def make(self, request: Request) -> Reply:
        """Hand in, ask after and wait; for who has no poller."""
        return await watched(self, request)

    async def submit(self, request: Request, intent: str) -> str:
        """Hand in one clip, labelled with its intent, which every webhook event about it repeats."""
        asked, sent = filmed(request, self._line.model), dict(self.parameters(request))
        task = sent.pop("task")
        marked = self._marked(intent) if intent else {}
        with self._line.explained():
            create = cast("Callable[..., Awaitable[Interaction]]", self._line.client.aio.interactions.create)
            answer = await create(
                model=self.card.name, background=True, store=True, input=_input(request, asked),
                response_format={"type": "video", **sent}, generation_config={"video_config": {"task": task}}, **marked,
            )
            operation = answer.id
        if not operation:
            message = f"{self._line.model.full_name} took the clip without saying under which id."
            raise Ambiguous(message)
        return operation

    async def poll(self, operation: str) -> Pending | Reply | Ended:
        """Ask once; the finished clip is fetched and comes with the reply."""
        try:
            with self._line.explained(paid=False):
                found: Interaction = await self._line.client.aio.interactions.get(id=operation)
                status = str(found.status)
            if status in _RUNNING:
                return Pending(state=status)
            return await self._done(found, operation) if status == "completed" else self._ended(found, status)
        except InvalidInput as error:
            message = f"{self._line.model.full_name} does not know operation {operation} or its clip any more ({error})"
            raise NotFound(message) from None

    async def cancel(self, operation: str) -> bool:
        """Ask for it to be stopped; what was made until then may still be charged."""
        with self._line.explained(paid=False):
            found = await self._line.client.aio.interactions.cancel(id=operation)
        return str(found.status) == "cancelled"

    async def find(self, intent: str) -> str | None:
        """Interactions cannot be listed: only the webhook, which repeats the intent, tells of one whose answer was lost."""
        message = f"{self._line.model.full_name} cannot be asked what became of call {intent}: its webhook tells."
        raise Refused(message)

    def _marked(self, intent: str) -> dict[str, Any]:
        """What an interaction carries of its intent; the events go to the address that is set, else to those registered."""
        told = {"uris": [self._line.webhook]} if self._line.webhook is not None else {}
        return {"labels": {INTENT: intent.lower()}, "webhook_config": {"user_metadata": {INTENT: intent}, **told}}

    async def _done(self, found: "Interaction", operation: str) -> Reply:
        """The clip of a finished interaction, with what it used."""
        who, video, used = self._line.model.full_name, found.output_video, _usage(found)
        if video is None or not (video.uri or video.data):
            message = f"{who} says operation {operation} is done, and sent no clip."
            raise Spoiled(message, Reply(usage=used.document(), operation=operation))
        try:
            data = _decoded(video.data, who) if video.data else await self._file(str(video.uri))
        except Corrupt as error:
            raise Spoiled(str(error), Reply(usage=used.document(), operation=operation)) from None
        return fetched(data, who, used, operation)

    async def _file(self, uri: str) -> bytes:
        """The bytes of a file of the provider; only its id is taken from the address, so that no other host is ever asked."""
        kept = _Capped()
        with self._line.explained(paid=False):
            async with asyncio.timeout(self._line.seconds):
                await self._line.client.aio.files.download(file=uri, destination=kept)
        return kept.getvalue()

    def _ended(self, found: "Interaction", status: str) -> Ended:
        errors = [f"{error.code or ''} {error.message or ''}" for error in found.errors or ()]
        said = clean("; ".join(errors) or status, self._line.key)
        if any(word in said.lower() for word in _SAFETY):
            message = f"{self._line.model.full_name} will not film this: {said}. Reword the shot, or cast another model."
            raise Declined(message, Reply(usage=_usage(found).document()))
        return Ended(f"{self._line.model.full_name}: {status}: {said}", billed=bool(_usage(found).video_output))


class _Capped(io.BytesIO):
    """Bytes up to a bound: a file that never ends is not taken to its end."""

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever buffer the client hands over
        if self.tell() + len(data) > MAX_BYTES:
            message = f"A clip has more than {MAX_BYTES >> 20} MiB: it is not fetched any further."
            raise Corrupt(message)
        return super().write(data)


def _input(request: Request, asked: Filmed) -> Any:  # noqa: ANN401 - the client's own dict form
    """The words, and the frames in the order the words name them."""
    frames = [frame for frame in (asked.start, asked.guide) if frame is not None]
    told = "" if asked.guide is None else "\nThe first picture is how the shot starts, the second how it ends."
    return [{"type": "user_input", "content": [{"type": "text", "text": request.prompt + told}, *map(_image, frames)]}]


def _decoded(text: str, who: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        message = f"{who} sent a clip that is no base64."
        raise Corrupt(message) from None


def _image(frame: Reference) -> dict[str, str]:
    return {"type": "image", "data": base64.b64encode(frame.data).decode(), "mime_type": frame.mime}


def _usage(found: "Interaction") -> Usage:
    told = found.usage
    if told is None:
        return Usage()
    made = {one.modality: one.tokens or 0 for one in told.output_tokens_by_modality or ()}
    film = made.get("video", 0)
    return Usage(
        input=told.total_input_tokens or 0, output=max(0, (told.total_output_tokens or 0) - film), video_output=film,
    )
