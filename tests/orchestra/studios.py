"""A studio that makes nothing and remembers what it was asked: it fits wherever the real one does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Self
from uuid import NAMESPACE_URL, uuid5

import cv2
import dagster as dg
import numpy as np
from dagster._core.remote_origin import GrpcServerCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin

from aiuteur.craft.gating import FREE, Gate
from aiuteur.craft.world import Key, Selected, World
from aiuteur.errors import AiuteurError, Conflict
from aiuteur.exports.deliver import Delivery
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.commands import Command
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.lane import Lane
from aiuteur.registry.inbox import CommandResult
from aiuteur.registry.interrupts import InterruptRow
from aiuteur.registry.lanes import LaneInfo
from aiuteur.stages.anchoring import Anchored
from aiuteur.stages.kinship import Proxy
from aiuteur.stages.reported import CheckReport
from aiuteur.stages.run import StageReport

PICTURE = MediaRef(sha256="0" * 64, mime="image/png", size=1)


def png() -> bytes:
    return cv2.imencode(".png", np.full((180, 320, 3), (20, 40, 90), np.uint8))[1].tobytes()


def world_of(lane: Lane, nouns: Mapping[Key, Noun]) -> World:
    items = {
        key: Selected(key, uuid5(NAMESPACE_URL, str(key)), 1, noun, noun.digest(), noun.field_digests(), {})
        for key, noun in nouns.items()
    }
    return World(lane, "seed", 1, items)


def lane_info(name: str, *, archived: bool = False) -> LaneInfo:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return LaneInfo(Lane.parse(name), 1, now, now if archived else None, 0, 0)


@dataclass
class FakeDesk:
    failing: dict[str, AiuteurError] = field(default_factory=dict[str, AiuteurError])
    open: list[InterruptRow] = field(default_factory=list[InterruptRow])
    told: list[tuple[Lane, Command, str | None]] = field(default_factory=list[tuple[Lane, Command, str | None]])

    def do(self, lane: Lane, command: Command, *, key: str | None = None) -> CommandResult:
        if "desk" in self.failing:
            raise self.failing["desk"]
        self.told.append((lane, command, key))
        return CommandResult("done", revision=8)

    def waiting(self, lane: Lane | None = None) -> list[InterruptRow]:
        return self.open


@dataclass
class FakeAccounts:
    found: Gate

    def gate(self, lane: Lane) -> Gate:
        return self.found


@dataclass
class FakeMeasurements:
    found: list[Proxy] = field(default_factory=list[Proxy])

    def proxies(self, world: World) -> list[Proxy]:
        return self.found


@dataclass
class FakeStudio:
    nouns: dict[Key, Noun] = field(default_factory=dict[Key, Noun])
    media_bytes: bytes = b""
    failing: dict[str, AiuteurError] = field(default_factory=dict[str, AiuteurError])
    unsound: dict[str, str] = field(default_factory=dict[str, str])
    registered: list[LaneInfo] = field(default_factory=list[LaneInfo])
    created: dict[Lane, tuple[Narrative, Brief]] = field(default_factory=dict[Lane, tuple[Narrative, Brief]])
    ran: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    delivered: list[Path | None] = field(default_factory=list[Path | None])
    played: list[Lane] = field(default_factory=list[Lane])
    gate: Gate = FREE
    spent: list[bool] = field(default_factory=list[bool])
    anew: list[str] = field(default_factory=list[str])

    @cached_property
    def measurements(self) -> FakeMeasurements:
        return FakeMeasurements()

    def read_anchors(self, lane: Lane) -> Anchored:
        return Anchored(2, 1, ("eyes rated nothing.",)) if str(lane) == "ferry@main" else Anchored()

    @cached_property
    def desk(self) -> FakeDesk:
        return FakeDesk(self.failing)

    def create(self, lane: Lane, narrative: Narrative, brief: Brief) -> bool:
        found = self.created.setdefault(lane, (narrative, brief))
        if found != (narrative, brief):
            message = f"{lane} is another story."
            raise Conflict(message)
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def lanes(self) -> list[LaneInfo]:
        if "lanes" in self.failing:
            raise self.failing["lanes"]
        return self.registered

    @cached_property
    def accounts(self) -> FakeAccounts:
        return FakeAccounts(self.gate)

    def run(self, stage: str, lane: Lane, *, spend: bool = True, anew: bool = False) -> StageReport:
        self.anew += [stage] if anew else []
        self.ran.append((stage, str(lane)))
        self.spent.append(spend)
        if stage in self.failing:
            raise self.failing[stage]
        return StageReport(
            stage=stage, lane=lane, data_version=f"digest-of-{stage}", version=3, items=2, made=1, calls_made=4, calls_reused=5,
            cost_usd=Decimal("0.25"), seconds=1.5, notes=("3A: there was none",), world=world_of(lane, self.nouns),
        )

    def check(self, name: str, lane: Lane) -> CheckReport:
        if name in self.failing:
            raise self.failing[name]
        if name in self.unsound:
            return CheckReport(False, self.unsound[name], {"shots": 3, "bare": 1})
        return CheckReport(True, f"{lane}: {name} holds.", {"shots": 3})

    def limits(self, lane: Lane) -> tuple[str, ...]:
        return ("It was told in a whisper.",)

    def media(self, ref: MediaRef) -> bytes:
        return self.media_bytes

    def play(self, lane: Lane) -> None:
        self.played.append(lane)

    def deliver(self, lane: Lane, out: Path | None = None) -> Delivery:
        self.delivered.append(out)
        folder = (out or Path("/out")) / lane.project / lane.branch
        return Delivery(folder, (folder / "film.mp4",))


def some_job() -> dg.JobDefinition:
    @dg.op
    def nothing() -> None: ...

    @dg.job
    def work() -> None:
        nothing()

    return work


def some_origin() -> RemoteJobOrigin:
    """Where a job is, which a run in the queue has to know."""
    location = GrpcServerCodeLocationOrigin(host="localhost", socket="none", location_name="aiuteur")
    return RemoteJobOrigin(RemoteRepositoryOrigin(location, "__repository__"), "work")
