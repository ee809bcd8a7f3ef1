"""A studio whose makers take no time: the registry, the plan, the basis and the versions are real, only the content is made up.

Belongs here: the stand-in that sensors are measured around. Does not belong here: what is measured.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from aiuteur.craft.gating import FREE, Gate
from aiuteur.craft.planning import Planned
from aiuteur.craft.world import ABSENT, Key, World
from aiuteur.digest import Json, digest
from aiuteur.exports.deliver import Delivery
from aiuteur.film.bible import KeyImage
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.stages import STAGES as SPECS
from aiuteur.film.takes import Clip, Film, Frame, Prompt
from aiuteur.lane import Lane
from aiuteur.registry import versions
from aiuteur.registry.database import Registry
from aiuteur.registry.interrupts import InterruptRow
from aiuteur.registry.versions import Draft, Outcome
from aiuteur.stages.graph import STAGES
from aiuteur.stages.kinship import Proxy
from aiuteur.stages.plan import plan
from aiuteur.stages.reported import CheckReport
from aiuteur.stages.run import StageReport
from aiuteur.stages.standing import standing

Before = Callable[[str, Lane], None]
_RANGE: Final[dict[str, Json]] = {"median": 1, "low50": 1, "high50": 1, "low90": 1, "high90": 1}
FIGURES: Final[Mapping[str, Mapping[str, Json]]] = {
    "metrics": {"shots": 1, "completed_shots": 1, "takes": 1, "mean_score": None, "accepted_seconds": 3, "cost_usd": 0,
                "cost_per_accepted_second": None, "calls_made": 0, "calls_reused": 0},
    "forecast": {"shots_left": 0, "attempts_made": 1, "attempts": _RANGE, "cost_usd": None, "seconds": _RANGE, "first_pass": 1,
                 "stuck": 0, "estimated_attempts": None},
}
"""The stages that `benchmarks.lanes` leaves out, and what they may say."""


def _nothing(stage: str, lane: Lane) -> None:
    del stage, lane


class Unasked:
    """What a studio says of a lane on which nothing costs anything, nothing was measured and nothing waits for a person."""

    def gate(self, lane: Lane) -> Gate:
        """Open: nothing costs anything."""
        del lane
        return FREE

    def proxies(self, world: World) -> Sequence[Proxy]:
        """None were taken."""
        del world
        return ()

    def waiting(self, lane: Lane) -> Sequence[InterruptRow]:
        """Nothing does."""
        del lane
        return ()


@dataclass
class Light:
    """Makes what a stage's plan names: `before` is called first, and may raise as a model would; `ran` remembers each stage."""

    registry: Registry
    before: Before = _nothing
    ran: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    desk: Unasked = field(default_factory=Unasked)
    accounts: Unasked = field(default_factory=Unasked)
    measurements: Unasked = field(default_factory=Unasked)

    def run(self, stage: str, lane: Lane, *, spend: bool = True, anew: bool = False) -> StageReport:
        """Bring one stage of a lane up to date, as a run does: one snapshot, one reading, one transaction."""
        del spend, anew
        with self.registry.transaction() as session:
            world = versions.world(session, lane)
        self.before(stage, lane)
        self.ran.append((stage, str(lane)))
        due = [item for item in plan(world).items if item.stage == stage and (item.causes or item.missing or item.remake)]
        drafts = [draft for item in due for draft in _drafts(item, world)]
        with self.registry.transaction() as session:
            recorded = versions.record(session, lane, Outcome(drafts=drafts, event=stage)) if drafts else ()
            world = versions.world(session, lane)
        now = standing(stage, STAGES[stage].units(world), world)
        return StageReport(
            stage=stage, lane=lane, data_version=now.data_version, version=now.version, items=now.items, made=len(recorded),
            calls_made=len(recorded), calls_reused=0, cost_usd=Decimal(0), seconds=0.0, notes=(), world=world,
        )

    def check(self, name: str, lane: Lane) -> CheckReport:
        """Nothing is wrong with what is made up."""
        return CheckReport(True, f"{lane}: {name} holds.", {})  # noqa: FBT003 - it passed

    def media(self, ref: MediaRef) -> bytes:
        """A picture for whoever wants to look."""
        del ref
        return _png()

    def play(self, lane: Lane) -> None:
        """There is no film to play."""
        del lane

    def deliver(self, lane: Lane, out: Path | None = None) -> Delivery:
        """Nowhere."""
        folder = (out or Path("/nowhere")) / lane.project / lane.branch
        return Delivery(folder, (folder / "film.mp4",))


def _drafts(item: Planned, world: World) -> list[Draft]:
    return [_again(key, world) for key in item.keys if key in world.items or key.artifact in FIGURES]


def _again(key: Key, world: World) -> Draft:
    """An item made again of what it read, as that is now."""
    found = world.items.get(key)
    if found is None:
        return Draft(key, SPECS[key.artifact].nouns[0].model_validate(FIGURES[key.artifact]), {})
    basis = {path: _now(path, world) for path in found.basis}
    return Draft(key, _remade(found.noun, digest(dict(basis))), basis, seen=found.version_id)


def _now(path: str, world: World) -> str:
    artifact, item, name = path.split(":", 2)
    found = world.items.get(Key(artifact, item))
    return found.fields.get(name, ABSENT) if found is not None else ABSENT


_PICTURED: Final[Mapping[type[Noun], str]] = {Frame: "picture", Clip: "video", Film: "video", KeyImage: "picture"}


def _remade(noun: Noun, mark: str) -> Noun:
    """Content that follows from what was read, where anything reads it; the rest comes out as it was."""
    if isinstance(noun, Prompt):
        return noun.model_copy(update={"frame": f"They row. {mark}", "video": f"They row. {mark}"})
    name = _PICTURED.get(type(noun))
    if name is None:
        return noun
    return noun.model_copy(update={name: getattr(noun, name).model_copy(update={"sha256": mark})})


def _png() -> bytes:
    import cv2
    import numpy as np

    return cv2.imencode(".png", np.full((18, 32, 3), 128, np.uint8))[1].tobytes()
