"""Keeping: what a maker sent is brought to the house's terms, stored, and described for the ledger.

Belongs here: from a reply's media to stored media, and the words the ledger keeps of a request. Does not belong here: how a clip
is conformed (`arrival`), or what is booked (`till`).
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aiuteur.digest import Json, digest
from aiuteur.film.noun import MediaRef
from aiuteur.media.storage import Storage
from aiuteur.models.arrival import arrived
from aiuteur.models.protocols import Made, Maker, Repair, Request, Spelling
from aiuteur.models.purchase import BECAUSE, MALFORMED
from aiuteur.registry.calls import StoredMedia


@dataclass(frozen=True, slots=True)
class Keeper:
    """Stores what comes, off the event loop."""

    storage: Storage

    async def keep(self, request: Request, made: Sequence[Made]) -> tuple[StoredMedia, ...]:
        """Conform and put every medium of a reply; raises `InvalidInput` or `Corrupt` for what is none, `Unavailable`."""
        conformed = await asyncio.to_thread(arrived, request, made)
        return tuple([await asyncio.to_thread(self._put, item) for item in conformed])

    async def all_there(self, media: Sequence[StoredMedia]) -> bool:
        """Whether all of an answer's media are still in the store."""
        return all([await self.storage.ahas(stored.ref.sha256) for stored in media])

    def _put(self, made: Made) -> StoredMedia:
        sha256 = self.storage.put(made.data, made.mime)
        ref = MediaRef(
            sha256=sha256, mime=made.mime, size=len(made.data), width=made.width, height=made.height, seconds=made.seconds
        )
        return StoredMedia(role=made.role, ref=ref, depth=made.depth, overscan=made.overscan)


def put_to(maker: Maker, request: Request) -> Request:
    """A request as put to a maker: without words to one that reads none, else with every parameter it will send written out.

    Raises what the maker raises for a request it can never answer, as a shot longer than its longest clip.
    """
    if not maker.card.reads_words:
        return replace(request, prompt="", system="")
    return replace(request, parameters=dict(maker.parameters(request))) if isinstance(maker, Spelling) else request


def booked(request: Request, guidance: str | None = None) -> Json:
    """What the ledger keeps of a request: everything but the bytes and the bulk of the story, which its basis points at.

    A clip's size and length are kept, so that whoever takes its call up can conform what comes.
    """
    size = {side: request.payload[side] for side in ("width", "height") if request.task == "clip" and side in request.payload}
    motion = request.payload.get("motion")
    size |= {"seconds": motion["seconds"]} if size and isinstance(motion, Mapping) and "seconds" in motion else {}
    return {
        "task": request.task, "prompt": request.prompt, "system": request.system, "parameters": dict(request.parameters),
        "references": [[reference.role, reference.sha256] for reference in request.references], "seed": request.seed,
        "payload": digest(request.payload), **({"size": size} if size else {}), **({"guidance": guidance} if guidance else {}),
    }


def malformed(content: Json) -> Repair | None:
    """What is wrong with an answer that is not what was asked for; None for any other."""
    if isinstance(content, Mapping) and set(content) == {MALFORMED, BECAUSE}:
        return Repair(str(content[MALFORMED]), str(content[BECAUSE]))
    return None
