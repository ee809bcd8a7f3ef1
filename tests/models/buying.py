"""A lane, a store and makers that speak to the loopback services: what the tests of paid calls have in common."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from aiuteur.craft.world import Key
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.film.shots import CameraMovement
from aiuteur.film.takes import Motion
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models import catalogue
from aiuteur.models.casting import Cast
from aiuteur.models.policy import Policy
from aiuteur.models.protocols import Maker, Request
from aiuteur.models.recovery import Grace
from aiuteur.models.routing import Asked, Crew
from aiuteur.registry import projects
from aiuteur.registry.database import Registry
from aiuteur.registry.tables import Generation
from aiuteur.settings import Settings
from tests.wire.serving import Services

LANE = Lane("bought")
CLIP, FRAME = Key("clips", "s1"), Key("frames", "s1/start")
HASTY = Policy(
    first_wait=0.02, longest_wait=0.1, look_every=0.1, first_poll=0.05, longest_poll=0.2, keep_for=0.3, deadline=20.0,
    looks_failed=5,
)
VEO, OMNI, PAINTER = "google/veo-3.1-generate-001", "google/gemini-omni-1.2-flash", "openai/gpt-image-2"


def clip(words: str = "A boat.", seconds: float = 4.0) -> Request:
    """A clip of so many seconds, in words."""
    motion = Motion(movement=CameraMovement.STATIC, seconds=seconds, seed=1)
    return Request("clip", {"motion": motion.document(), "width": 1280, "height": 720}, prompt=words)


def picture(words: str = "A boat at dusk.") -> Request:
    """A frame, in words."""
    return Request("frame", {"picture": {"width": 1280, "height": 720}, "end": "start"}, prompt=words)


@dataclass
class Shop:
    """A lane on which things are bought from the loopback services."""

    registry: Registry
    storage: Storage
    settings: Settings
    services: Services
    policy: Policy = HASTY

    @classmethod
    def opened(cls, registry: Registry, folder: Path, services: Services, **given: object) -> "Shop":
        """A shop with its lane made."""
        with registry.transaction() as session:
            narrative = Narrative(title="B", text="She rowed.", format=SourceFormat.PROSE)
            projects.create_project(session, LANE, narrative, Brief(length_seconds=30))
        settings = services.settings(google_enterprise=True, google_output="gs://films/out", call_seconds=20.0, **given)  # pyright: ignore[reportArgumentType] - fields of Settings by name
        return cls(registry, Storage.open(str(folder / "media")), settings, services)

    def maker(self, name: str, role: Role, grace: float | None = 1.0) -> Maker:
        """A maker of the catalogue, with a grace that fits a test's patience."""
        provider, _, model = name.partition("/")
        made = catalogue.engage(provider, model, role, self.settings)
        if name == VEO:
            made.grace = Grace(grace)  # pyright: ignore[reportAttributeAccessIssue] - the adapters are plain classes
        return made

    def crew(self, *makers: Maker, role: Role, worker: str = "w1") -> Crew:
        """A crew that asks these makers one after the other."""
        cast = Cast.of({role: makers[0]}, 16, *makers, settings=self.settings)
        crew = Crew(self.registry, self.storage, cast, LANE, worker=worker, policy=self.policy)
        self.model = "+".join(f"{maker.card.provider}/{maker.card.name}" for maker in makers)
        return crew

    def film(self, request: Request | None = None, *, worker: str = "w1", grace: float | None = 1.0, **more: object) -> Asked:
        """Buy one clip from Veo."""
        crew = self.crew(self.maker(VEO, Role.CINEMATOGRAPHER, grace), role=Role.CINEMATOGRAPHER, worker=worker)
        return run(lambda: crew.ask(Role.CINEMATOGRAPHER, request or clip(), CLIP, {}, **more), crew)  # pyright: ignore[reportArgumentType] - a test's own keywords

    def paint(self, request: Request | None = None, *names: str, worker: str = "w1", **more: object) -> Asked:
        """Buy one picture."""
        makers = [self.maker(name, Role.ILLUSTRATOR) for name in names or (PAINTER,)]
        crew = self.crew(*makers, role=Role.ILLUSTRATOR, worker=worker)
        asked = {"model": self.model, **more}
        return run(lambda: crew.ask(Role.ILLUSTRATOR, request or picture(), FRAME, {}, **asked), crew)  # pyright: ignore[reportArgumentType] - a test's own keywords

    def booked(self) -> list[tuple[str, Decimal | None]]:
        """State and cost of every call, oldest first."""
        with self.registry.transaction() as session:
            rows = session.execute(select(Generation.state, Generation.cost_usd).order_by(Generation.created_at, Generation.id))
            return [(str(state), cost) for state, cost in rows]

    def states(self) -> list[str]:
        """The states alone."""
        return [state for state, _ in self.booked()]

    def known(self) -> Decimal:
        """The sum of all costs that are known."""
        return sum((cost for _, cost in self.booked() if cost is not None), Decimal(0))


def run(ask: Callable[[], Awaitable[Asked]], crew: Crew) -> Asked:
    """Ask on an event loop of its own, and leave nothing behind."""

    async def asked() -> Asked:
        try:
            return await ask()
        finally:
            await crew.close()

    return asyncio.run(asked())
