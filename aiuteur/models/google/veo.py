"""Video from Veo on the enterprise platform: a long operation, polled by name, its clip inline or in a bucket of yours.

Belongs here: the wire form of the operation. Does not belong here: waiting (`aiuteur.models.polling`), buckets (`bucket`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from aiuteur.craft.prices import Usage
from aiuteur.errors import Ambiguous, Corrupt, InvalidInput, NotFound, Refused
from aiuteur.film.crew import ModelCard
from aiuteur.models.calling import Ready, clean
from aiuteur.models.clips import fetched, filmed, watched
from aiuteur.models.google import bucket
from aiuteur.models.google.clients import Line
from aiuteur.models.protocols import Declined, Ended, Pending, Reference, Reply, Request

if TYPE_CHECKING:
    from google.genai.types import GenerateVideosResponse, Video

INTENT: Final = "aiuteur_intent"
"""The label under which the bill names the ledger's id of a call."""


class VeoCinematographer(Ready):
    """Answers `clip` by `:predictLongRunning` and `:fetchPredictOperation`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.card: ModelCard = line.model.card()

    def parameters(self, request: Request) -> Mapping[str, Any]:
        """Every parameter that is sent beside words and frames, written out."""
        asked = filmed(request, self._line.model)
        seed = {"seed": request.seed} if request.seed is not None else {}
        return {
            "number_of_videos": 1, "duration_seconds": int(asked.seconds), "aspect_ratio": asked.aspect_ratio,
            "resolution": asked.resolution, "generate_audio": False, "enhance_prompt": False, **seed, **request.parameters,
        }

    async def make(self, request: Request) -> Reply:
        """Hand in, ask after and wait; for who has no poller."""
        return await watched(self, request)

    async def submit(self, request: Request, intent: str) -> str:
        """Hand in one clip, to be written under a folder of its intent where a bucket is set."""
        asked, config = filmed(request, self._line.model), dict(self.parameters(request))
        if intent:
            config["labels"] = {INTENT: intent.lower()}
        if self._line.output and intent:
            config["output_gcs_uri"] = bucket.folder(self._line.output, intent)
        if asked.last is not None:
            config["last_frame"] = _image(asked.last)
        with self._line.explained():
            answer = await self._line.client.aio.models.generate_videos(
                model=self.card.name,
                source={"prompt": request.prompt, "image": _image(asked.start) if asked.start else None},  # pyright: ignore[reportArgumentType] - the client's own dict form
                config=config,  # pyright: ignore[reportArgumentType] - the same
            )
            operation = answer.name
        if not operation:
            message = f"{self._line.model.full_name} took the clip without saying under which name."
            raise Ambiguous(message)
        return operation

    async def poll(self, operation: str) -> Pending | Reply | Ended:
        """Ask once; the finished clip comes with the reply. An operation found in the bucket is that folder's address."""
        if operation.startswith("gs://"):
            return self._filmed(await bucket.read(operation, self._line.seconds), operation)
        from google.genai.types import GenerateVideosOperation

        try:
            with self._line.explained(paid=False):
                found = await self._line.client.aio.operations.get(GenerateVideosOperation.model_validate({"name": operation}))
                done, error, response = found.done, found.error, found.response
        except InvalidInput as gone:
            message = f"{self._line.model.full_name} does not know operation {operation} any more ({gone})"
            raise NotFound(message) from None
        if not done:
            return Pending()
        if error or response is None:
            said = clean((error or {}).get("message", "failed"), self._line.key)
            return Ended(f"{self._line.model.full_name}: {said}", billed=False)
        return await self._done(response, operation)

    async def cancel(self, operation: str) -> bool:
        """The platform's client cannot stop what was handed in."""
        del operation
        return False

    async def find(self, intent: str) -> str | None:
        """The clip in the folder of an intent, once it is finished; None where there is none yet.

        Raises `Refused` where no bucket is set.
        """
        if not self._line.output:
            message = f"{self._line.model.full_name} can only be searched where AIUTEUR_GOOGLE_OUTPUT names a bucket."
            raise Refused(message)
        return await bucket.first(bucket.folder(self._line.output, intent), self._line.seconds)

    async def _done(self, response: "GenerateVideosResponse", operation: str) -> Reply:
        made = next((one.video for one in response.generated_videos or () if one.video), None)
        if made is None and response.rai_media_filtered_count:
            why = clean("; ".join(response.rai_media_filtered_reasons or ()) or "its filter said no", self._line.key)
            message = f"{self._line.model.full_name} will not film this: {why}. Reword the shot, or cast another model."
            raise Declined(message, Reply(cost_usd=0.0))  # only what was made is charged for
        if made is None:
            message = f"{self._line.model.full_name} says operation {operation} is done, and sent no clip."
            raise Corrupt(message)
        return self._filmed(await self._bytes(made), operation)

    def _filmed(self, data: bytes, operation: str) -> Reply:
        """A finished clip with what it used: the platform tells nothing, so its seconds are counted."""
        reply = fetched(data, self._line.model.full_name, Usage(), operation)
        seconds = round(reply.media[0].seconds or 0.0)
        told = Usage(seconds=seconds, resolution="720p", audio=False)
        return Reply(media=reply.media, usage=told.document(), operation=operation)

    async def _bytes(self, made: "Video") -> bytes:
        if made.video_bytes:
            return made.video_bytes
        return await bucket.read(str(made.uri), self._line.seconds)


def _image(frame: Reference) -> dict[str, Any]:
    return {"image_bytes": frame.data, "mime_type": frame.mime}
