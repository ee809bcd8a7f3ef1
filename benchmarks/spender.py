"""A spender: a process that buys from the loopback services through the real crew, and may be killed, stopped or started anew.

Belongs here: what one such process does. Does not belong here: how many there are, when they die, what is counted (`chaos`,
`paying`).

Spenders are forked from a server that has loaded everything once (`forkserver`), so that a hundred deaths take no hundred starts.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from aiuteur.commitpoints import arm
from aiuteur.craft.world import Key
from aiuteur.errors import AiuteurError
from aiuteur.film.crew import Role
from aiuteur.film.shots import CameraMovement
from aiuteur.film.takes import Motion
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models import arrival, calling, catalogue
from aiuteur.models.casting import Cast
from aiuteur.models.policy import Policy
from aiuteur.models.protocols import Maker, Request, Submitting
from aiuteur.models.recovery import Grace
from aiuteur.models.routing import Crew
from aiuteur.registry import locks
from aiuteur.registry.database import Registry, local_user
from aiuteur.settings import Settings

__all__ = ["Job", "spend"]

CLIP: Final = "google/veo-3.1-generate-001"
PICTURE: Final = "openai/gpt-image-2"
IN_FLIGHT: Final = "in flight"
"""The point between a call's sending and its answer, which only the services know of."""

_ROLES: Final = {CLIP: Role.CINEMATOGRAPHER, PICTURE: Role.ILLUSTRATOR}
_PRELOADED: Final = (arrival, calling)


@dataclass(frozen=True, slots=True)
class Job:
    """What one spender buys, where it dies, and how it behaves.

    `keys` name what is bought; `point` and `ordinal` the commit point at which it dies, or `IN_FLIGHT`: while the services hold
    its call back. `locked` takes the lane's lock, as a run does. `settings` are those of the studio.
    """

    url: str
    media: str
    settings: dict[str, object]
    lane: str
    model: str
    keys: tuple[str, ...]
    worker: str
    point: str = ""
    ordinal: int = 1
    grace: float = 2.0
    locked: bool = True
    at_once: int = 16
    resend_under: str = "0"


def spend(job: Job) -> None:
    """Buy everything; what cannot be had is left as the ledger has it."""
    os.environ["STORAGE_EMULATOR_HOST"] = str(job.settings["google_base_url"])
    if job.point and job.point != IN_FLIGHT:
        arm(job.point, job.ordinal)
    registry, lane = Registry.connect(job.url, local_user()), Lane.parse(job.lane)
    try:
        if job.locked:
            with locks.live_run(registry, lane, 30.0):
                asyncio.run(_buy(job, registry, lane))
        else:
            asyncio.run(_buy(job, registry, lane))
    finally:
        registry.close()


async def _buy(job: Job, registry: Registry, lane: Lane) -> None:
    settings = Settings.model_validate(job.settings)
    role = _ROLES[job.model]
    maker = _maker(job, settings)
    policy = Policy(
        first_wait=0.05, longest_wait=1.0, look_every=0.2, first_poll=0.1, longest_poll=0.5,
        resend_under=Decimal(job.resend_under), looks_failed=200,
    )
    cast = Cast.of({role: maker}, job.at_once, settings=settings)
    crew = Crew(registry, Storage.open(job.media), cast, lane, worker=job.worker, policy=policy)
    try:
        await asyncio.gather(*(_one(crew, role, job.model, key) for key in job.keys))
    finally:
        await crew.close()


async def _one(crew: Crew, role: Role, model: str, key: str) -> None:
    try:
        await crew.ask(role, request(model, key), Key("clips" if model == CLIP else "frames", key), {})
    except AiuteurError:
        return  # the ledger says why


def named(key: str) -> str:
    """The prompt that asks for a name, by which the services know the call."""
    return f"A boat named {key}."


def request(model: str, key: str) -> Request:
    """What is asked for under a name."""
    if model == CLIP:
        motion = Motion(movement=CameraMovement.STATIC, seconds=4, seed=1)
        return Request("clip", {"motion": motion.document(), "width": 1280, "height": 720}, prompt=named(key))
    return Request("frame", {"picture": {"width": 1024, "height": 1024}, "end": "start"}, prompt=named(key))


def _maker(job: Job, settings: Settings) -> Maker:
    provider, _, name = job.model.partition("/")
    made = catalogue.engage(provider, name, _ROLES[job.model], settings)
    if job.model == CLIP:
        made.grace = Grace(job.grace)  # pyright: ignore[reportAttributeAccessIssue] - as patient as a benchmark can be
    if job.point == IN_FLIGHT and isinstance(made, Submitting):
        made.submit = _dying(made)  # pyright: ignore[reportAttributeAccessIssue] - the adapters are plain classes
    return made


def _dying(maker: Submitting) -> Callable[[Request, str], Awaitable[str]]:
    """Send, and die before the answer is there: the services are asked to hold it back."""
    submit = maker.submit

    async def sent(request: Request, intent: str) -> str:
        task = asyncio.ensure_future(submit(request, intent))
        await asyncio.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)
        return await task

    return sent
