"""Video behind a gateway that kept OpenAI's video protocol, which its own service gave up on 24 September 2026.

Belongs here: handing in, asking after and fetching. Does not belong here: waiting (`aiuteur.models.polling`), or bringing a
clip to the house format (`aiuteur.models.arrival`).
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import quote

from aiuteur.craft.prices import Usage
from aiuteur.digest import Json
from aiuteur.errors import Ambiguous, Corrupt, InvalidInput, NotFound, Refused, Unavailable
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready, clean
from aiuteur.models.clips import MAX_BYTES, fetched, filmed, watched
from aiuteur.models.downloads import Source, fetch
from aiuteur.models.openai.clients import Line
from aiuteur.models.protocols import Declined, Ended, Pending, Reply, Request, Spoiled

_RUNNING: Final = frozenset({"queued", "in_progress"})


class VideosCinematographer(Ready):
    """Answers `clip` by `POST /videos`, `GET /videos/{id}` and `GET /videos/{id}/content`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside words and frame, written out."""
        asked = filmed(request, self._line.model)
        return {"seconds": f"{asked.seconds:g}", "size": f"{asked.width}x{asked.height}", **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Hand in, ask after and wait; for who has no poller."""
        return await watched(self, request)

    async def submit(self, request: Request, intent: str) -> str:
        """Hand in one clip; the protocol has no place for an intent."""
        del intent
        asked = filmed(request, self._line.model)
        body: dict[str, object] = {"model": self.card.name, "prompt": request.prompt, **self.parameters(request)}
        files = [("input_reference", ("start.png", asked.start.data, asked.start.mime))] if asked.start else []
        with self._line.explained():
            answer = await self._line.client.post(
                "/videos", cast_to=object, body=body, files=cast("Any", files),
                options={"headers": {"Content-Type": "multipart/form-data"}},
            )
            operation = _fields(answer).get("id")
        if not operation:
            message = f"{self._line.model.full_name} took the clip without saying under which id."
            raise Ambiguous(message)
        return str(operation)

    async def poll(self, operation: str) -> Pending | Reply | Ended:
        """Ask once; the finished clip is fetched and comes with the reply."""
        try:
            with self._line.explained(paid=False):
                found = _fields(await self._line.client.get(f"/videos/{operation}", cast_to=object))
                status = str(found.get("status"))
            if status in _RUNNING:
                return Pending(state=status)
            return await self._done(found, operation) if status == "completed" else self._ended(status, found)
        except InvalidInput as error:
            message = f"{self._line.model.full_name} does not know operation {operation} or its clip any more ({error})"
            raise NotFound(message) from None

    async def cancel(self, operation: str) -> bool:
        """The protocol cannot stop what was handed in."""
        del operation
        return False

    async def find(self, intent: str) -> str | None:
        """The protocol keeps no intents: nothing can be found by one."""
        message = f"{self._line.model.full_name} cannot say what became of call {intent}: see its own records."
        raise Refused(message)

    async def _done(self, found: Mapping[str, Json], operation: str) -> Reply:
        """The clip of a finished job, fetched from the gateway itself, and no more of it than is allowed."""
        who, base = self._line.model.full_name, str(self._line.client.base_url).rstrip("/")
        used = _usage(found)
        headers = {"Authorization": f"Bearer {self._line.key.get_secret_value()}"}
        source = Source(f"{base}/videos/{quote(operation, safe='')}/content", who, (), base, headers, max_bytes=MAX_BYTES)
        try:
            async with asyncio.timeout(self._line.seconds):
                data = await fetch(source, self._line.seconds)
        except TimeoutError:
            message = f"{who} sends its clip too slowly: ask again."
            raise Unavailable(message) from None
        except Corrupt as error:
            raise Spoiled(str(error), Reply(usage=used.document(), operation=operation)) from None
        return fetched(data, who, used, operation)

    def _ended(self, status: str, found: Mapping[str, Json]) -> Ended:
        error = found.get("error")
        said = clean(error.get("message", status) if isinstance(error, dict) else status, self._line.key)
        if isinstance(error, dict) and "moderation" in str(error.get("code")):
            message = f"{self._line.model.full_name} will not film this: {said}. Reword the shot, or cast another model."
            raise Declined(message, Reply())
        return Ended(f"{self._line.model.full_name}: {said}")


def _usage(found: Mapping[str, Json]) -> Usage:
    """What a job says it used; nothing where that is no number, so that its cost stays unknown rather than nought."""
    try:
        return Usage(seconds=float(str(found.get("seconds"))), resolution=str(found.get("size") or ""))
    except ValueError:
        return Usage()


def _fields(answer: object) -> Mapping[str, Json]:
    if not isinstance(answer, dict):
        message = "The gateway's answer is no object: ask again later."
        raise Unavailable(message)
    return cast("Mapping[str, Json]", answer)
