"""Asking ComfyUI: a filled-in workflow is queued under an id of ours, asked after, and its file fetched.

Belongs here: ComfyUI's HTTP API. Does not belong here: workflows (`workflow`), waiting (`aiuteur.models.polling`).

The id is the ledger's: a call whose answer was lost is found in the queue or the history by it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from aiuteur.craft.prices import Usage
from aiuteur.errors import Ambiguous, Corrupt, InvalidInput, NotFound, Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.formats import FPS
from aiuteur.models.calling import MAX_BYTES, client, cut, told, wait_asked
from aiuteur.models.catalogue import Model
from aiuteur.models.clips import fetched, filmed, watched
from aiuteur.models.comfyui.workflow import NEGATIVE, filled, places
from aiuteur.models.protocols import Ended, Pending, Reference, Reply, Request
from aiuteur.models.understanding import pictured
from aiuteur.settings import Settings

_SHOWN: Final = ("start_frame", "end_frame", "key_image", "continues", "refine")
_STEP: Final = 16


@dataclass(slots=True)
class ComfyMaker:
    """Answers key_image and frame, or clip, by `POST /prompt`, `GET /history/{id}` and `GET /view`."""

    model: Model
    role: Role
    settings: Settings
    nodes: Mapping[str, Any]

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return self.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside words and pictures, written out: the workflow itself is one."""
        return {"workflow": dict(self.nodes), **self._measures(request), **request.parameters}

    async def make(self, request: Request) -> Reply:
        """Hand in, ask after and wait; for who has no poller."""
        return await watched(self, request)

    async def submit(self, request: Request, intent: str) -> str:
        """Queue one workflow under the intent's id."""
        if not request.prompt:
            message = f"The request for a {request.task} has no words for {self.model.full_name}."
            raise InvalidInput(message)
        item = intent or str(uuid.uuid4())
        shown = {one.role: one for one in request.references if one.role in _SHOWN and one.role in places(self.nodes)}
        names = {role: await self._uploaded(one) for role, one in shown.items()}
        values = {"prompt": request.prompt, "negative": NEGATIVE, "seed": request.seed or 0, **self._measures(request), **names}
        answer = await self._json("POST", "/prompt", {"prompt": filled(self.nodes, values), "prompt_id": item})
        if not answer.get("prompt_id"):
            message = f"{self.model.full_name} took the workflow without saying under which id."
            raise Ambiguous(message)
        return str(answer["prompt_id"])

    async def poll(self, operation: str) -> Pending | Reply | Ended:
        """Ask once; what was made is fetched and comes with the reply."""
        found = (await self._json("GET", f"/history/{operation}", paid=False)).get(operation)
        if found is None:
            if await self._queued(operation):
                return Pending(after=2.0)
            message = f"{self.model.full_name} does not know workflow {operation} any more."
            raise NotFound(message)
        status = found.get("status", {})
        if status.get("status_str") == "error":
            return Ended(f"{self.model.full_name}: {_why(status)}", billed=False)
        file = _file(found.get("outputs", {}))
        if file is None:
            message = f"{self.model.full_name} made the workflow and saved nothing: give it a node that saves."
            raise Corrupt(message)
        data = await self._bytes(file)
        if self.role is Role.CINEMATOGRAPHER:
            return fetched(data, self.model.full_name, Usage(), operation)
        return pictured(data, self.model.full_name, Usage())

    async def cancel(self, operation: str) -> bool:
        """Take it out of the queue, or stop it where it runs."""
        await self._json("POST", "/queue", {"delete": [operation]}, paid=False)
        await self._json("POST", "/interrupt", {"prompt_id": operation}, paid=False)
        return True

    async def find(self, intent: str) -> str | None:
        """The workflow queued or made under an intent; None where there is none."""
        known = intent in await self._json("GET", f"/history/{intent}", paid=False)
        return intent if known or await self._queued(intent) else None

    def _measures(self, request: Request) -> dict[str, int]:
        if self.role is Role.CINEMATOGRAPHER:
            asked = filmed(request, self.model)
            return {"width": asked.width, "height": asked.height, "frames": round(asked.seconds * FPS) + 1}
        picture = cast("Mapping[str, int]", request.payload["picture"])
        return {side: -(-picture[side] // _STEP) * _STEP for side in ("width", "height")}

    async def _queued(self, item: str) -> bool:
        found = await self._json("GET", "/queue", paid=False)
        return any(item in entry for name in ("queue_running", "queue_pending") for entry in found.get(name, ()))

    async def _uploaded(self, one: Reference) -> str:
        import httpx2

        files = {"image": (f"{one.sha256}.png", one.data, one.mime)}
        try:
            async with client(self.settings.call_seconds) as http:
                address = self.settings.comfyui_url.rstrip("/") + "/upload/image"
                answer = await http.post(address, files=files, data={"overwrite": "true"})
        except httpx2.HTTPError as error:
            raise cut(error, self.model.full_name, paid=False) from None
        return str(self._read(answer, paid=False)["name"])

    async def _json(self, method: str, path: str, body: object = None, *, paid: bool = True) -> dict[str, Any]:
        import httpx2

        try:
            async with client(self.settings.call_seconds) as http:
                answer = await http.request(method, self.settings.comfyui_url.rstrip("/") + path, json=body)
        except httpx2.HTTPError as error:
            raise cut(error, self.model.full_name, paid=paid) from None
        return self._read(answer, paid=paid)

    def _read(self, answer: Any, *, paid: bool) -> dict[str, Any]:  # noqa: ANN401 - a response of the HTTP library
        if answer.is_error:
            raise told(answer.status_code, answer.text[:200], self.model.full_name, wait_asked(answer.headers), paid=paid)
        try:
            return cast("dict[str, Any]", answer.json() if answer.content else {})
        except ValueError:
            message = f"{self.model.full_name} sent an answer that is no JSON: is {self.settings.comfyui_url} a ComfyUI?"
            raise Refused(message) from None

    async def _bytes(self, file: Mapping[str, str]) -> bytes:
        import httpx2

        query = {name: file.get(name, "") for name in ("filename", "subfolder", "type")}
        kept = bytearray()
        try:
            address = self.settings.comfyui_url.rstrip("/") + "/view"
            async with client(self.settings.call_seconds) as http, http.stream("GET", address, params=query) as answer:
                if answer.is_error:
                    raise told(answer.status_code, "", self.model.full_name, paid=False)
                async for piece in answer.aiter_bytes():
                    kept += piece
                    if len(kept) > MAX_BYTES:
                        message = f"A file has more than {MAX_BYTES >> 20} MiB: it is not fetched any further."
                        raise Corrupt(message)
        except httpx2.HTTPError as error:
            raise cut(error, self.model.full_name, paid=False) from None
        return bytes(kept)


def _file(outputs: Mapping[str, Mapping[str, list[dict[str, str]]]]) -> dict[str, str] | None:
    """The first file that was saved: pictures and videos come under different names."""
    for made in outputs.values():
        for kind in ("videos", "gifs", "images"):
            for file in made.get(kind, ()):
                return file
    return None


def _why(status: Mapping[str, Any]) -> str:
    """What ComfyUI says went wrong."""
    for message in status.get("messages", ()):
        if message[0] == "execution_error":
            return f"{message[1].get('node_type', 'a node')}: {message[1].get('exception_message', 'failed')}"
    return "failed"
