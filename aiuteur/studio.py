"""The studio: everything a lane needs, opened once: the registry, the media, the crew and the stages.

Belongs here: wiring. Does not belong here: any stage's work, any question of how things are shown.
"""

import asyncio
import os
import socket
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from uuid import uuid4

from aiuteur.accounts import Accounts
from aiuteur.branches import Branches
from aiuteur.craft import templates
from aiuteur.craft.gating import SHUT
from aiuteur.craft.world import Key, World
from aiuteur.desk import Desk
from aiuteur.digest import Json
from aiuteur.errors import NotFound
from aiuteur.exports.deliver import Delivery, deliver
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.commands import Edit
from aiuteur.film.noun import MediaRef
from aiuteur.film.remakes import Remake
from aiuteur.film.takes import Film
from aiuteur.lane import Lane
from aiuteur.measurements import Measurements
from aiuteur.media.storage import Storage
from aiuteur.models.casting import Cast, scenes_of
from aiuteur.models.policy import Policy
from aiuteur.models.routing import Crew
from aiuteur.purchases import Purchases
from aiuteur.registry import embedded, events, locks, projects, sums, template_rows, versions
from aiuteur.registry.castings import castings
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.recall import recall
from aiuteur.registry.sync import sync
from aiuteur.settings import Settings, load
from aiuteur.stages.run import Progress, StageReport, run_stage
from aiuteur.stages.work import Bench

if TYPE_CHECKING:  # the stages are heavy, and most commands run none
    from aiuteur.registry.figure_rebuild import Difference
    from aiuteur.stages.anchoring import Anchored
    from aiuteur.stages.checks import CheckReport
    from aiuteur.stages.status import ItemStatus

LOCK_SECONDS: Final = 30.0
"""How long a stage waits for another run of its lane before it says so."""


class Studio:
    """One open studio, for one user; a context manager that gives back its connections and workers."""

    def __init__(self, settings: Settings, registry: Registry, storage: Storage, progress: Progress | None) -> None:
        self.settings = settings
        self._registry, self._storage, self._progress = registry, storage, progress
        self._cast: Cast | None = None
        self._worlds: dict[Lane, World] = {}

    @classmethod
    def open(cls, settings: Settings | None = None, *, progress: Progress | None = None) -> Self:
        """Start what has to run (the embedded server), bring the schema up to date and connect; raises `Unavailable`."""
        settings = settings or load()
        url = database_url(settings)
        prepare(url)
        return cls(settings, Registry.connect(url, local_user()), Storage.open(settings.media), progress)

    def close(self) -> None:
        """Give back connections and workers; what runs on its own (the embedded server) stays up."""
        if self._cast is not None:
            self._cast.close()
        self.measurements.close()
        self._registry.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @cached_property
    def desk(self) -> Desk:
        """Where people's commands are carried out."""
        return Desk(self._registry, self._storage, self.settings)

    @cached_property
    def branches(self) -> Branches:
        """What differs between branches, and the past of their items."""
        return Branches(self._registry, self._storage, self.settings)

    @cached_property
    def accounts(self) -> Accounts:
        """What a lane's plan would cost, what it has cost, and what may be spent."""
        return Accounts(self._registry, self._storage, self.settings)

    @cached_property
    def purchases(self) -> Purchases:
        """Who is asked on a lane, and what was asked and has not ended."""
        return Purchases(self._registry, self._storage, self.settings)

    @cached_property
    def measurements(self) -> Measurements:
        """What is measured of media once."""
        return Measurements(self._registry, self._storage)

    def create(self, lane: Lane, narrative: Narrative, brief: Brief) -> bool:
        """Create a project with its story, or resume it; False where it was there. Raises `Conflict` for another story."""
        with self._registry.transaction() as session:
            return projects.create_project(session, lane, narrative, brief) is projects.Creation.CREATED

    def lanes(self) -> list[projects.LaneInfo]:
        """Every lane the user has."""
        with self._registry.transaction() as session:
            return projects.lanes(session)

    def run(self, stage: str, lane: Lane, *, spend: bool = True, anew: bool = False) -> StageReport:
        """Bring one stage of a lane up to date; raises what its makers raise, everything made until then being kept.

        Where it may not `spend`, what costs something waits whatever was approved. `anew` makes all of it again, moved or not.
        """
        from aiuteur.stages.graph import STAGES

        with locks.live_run(self._registry, lane, LOCK_SECONDS):
            self.accounts.note_changes(lane)
            with self._registry.transaction() as session:
                world = recall(session, self.world(lane))
            if anew:
                asked = {key: Remake(id=uuid4()) for unit in STAGES[stage].units(world) for key in unit.keys}
                world = replace(world, remakes={**asked, **world.remakes})
            bench = Bench(world, self._crew(lane), self._storage, gate=self.accounts.gate(lane) if spend else SHUT)
            return asyncio.run(run_stage(STAGES[stage], bench, self._registry, self._progress))

    def limits(self, lane: Lane) -> tuple[str, ...]:
        """What of a lane's story is beyond the built-in writer, in sentences; empty for most English stories."""
        from aiuteur.craft.prose.language import limits

        found = self.world(lane).items.get(Key("narrative"))
        if found is None or not isinstance(found.noun, Narrative) or found.noun.format is not SourceFormat.PROSE:
            return ()
        return limits(found.noun.text)

    def edit(self, lane: Lane, key: Key, changes: Mapping[str, Json]) -> versions.Recorded:
        """Change some fields of an item's selected version, as the command `edit` does; raises what that raises."""
        return self.desk.do(lane, Edit.model_validate({"item": str(key), "changes": changes})).made[0]

    def world(self, lane: Lane) -> World:
        """A snapshot of a lane's selected versions, fetched anew only where the lane's revision has moved."""
        known = self._worlds.get(lane)
        with self._registry.transaction() as session:
            if known is None or lane_row(session, lane).revision != known.revision:
                known = self._worlds[lane] = versions.world(session, lane)
        return known

    def history(self, lane: Lane, key: Key) -> list[versions.VersionRow]:
        """Every version of one item, newest first, through forks; raises `NotFound`."""
        with self._registry.transaction() as session:
            return versions.history(session, lane, key)

    def version(self, lane: Lane, key: Key, n: int | None = None) -> versions.VersionRow:
        """One version of an item, the selected one without `n`; raises `NotFound`."""
        with self._registry.transaction() as session:
            wanted = n if n is not None else next(row.n for row in versions.history(session, lane, key) if row.selected)
            return versions.version(session, lane, key, wanted)

    def events(self, lane: Lane) -> list[events.EventRow]:
        """What happened on a lane, oldest first."""
        with self._registry.transaction() as session:
            return events.events(session, lane)

    def status(self, lane: Lane) -> "list[ItemStatus]":
        """Every item of a lane: state, version, cost, and what moved where it is stale; beats tell of an edited script."""
        from aiuteur.stages.status import status

        with self._registry.transaction() as session:
            rows = status(versions.world(session, lane), sums.item_costs(session, lane))
            told = "the script was edited by hand since" if sync(session, lane).beats_follow is False else ""
        return [replace(row, cause=row.cause or told) if told and row.artifact == "beats" else row for row in rows]

    def check(self, name: str, lane: Lane) -> "CheckReport":
        """Ask one of the checks of `aiuteur.stages.checks` about a lane; raises `KeyError` for an unknown name."""
        from aiuteur.stages.checks import CHECKS

        check, world = CHECKS[name][1], self.world(lane)
        return check(world, lambda film: self.measurements.film(world, film))

    def play(self, lane: Lane) -> None:
        """Begin to play a lane's film to its end, for the check that will ask how it plays; raises `NotFound`."""
        self.measurements.play(self.world(lane), self._film(lane))

    def deliver(self, lane: Lane, out: Path | None = None) -> Delivery:
        """Write a lane's film and its papers into a folder, `settings.out` where none is given; raises `NotFound`."""
        return deliver(self._film(lane), lane, out or self.settings.out, self.media)

    def read_anchors(self, lane: Lane) -> "Anchored":
        """Have the takes judged again that tell a judge who drifts, as many as the lane's project wants."""
        from aiuteur.stages.anchoring import read_anchors

        bench = Bench(self.world(lane), self._crew(lane), self._storage, gate=self.accounts.gate(lane))
        return asyncio.run(read_anchors(bench, self._registry))

    def rebuild_figures(self) -> "list[Difference]":
        """Hold every row of figures to its sources, mend what differs, and tell it: mostly nothing."""
        from aiuteur.registry.figure_rebuild import rebuild

        with self._registry.transaction() as session:
            return rebuild(session)

    def media(self, ref: MediaRef) -> bytes:
        """Stored bytes, their digest checked."""
        return self._storage.get(ref.sha256)

    def _film(self, lane: Lane) -> Film:
        found = self.world(lane).items.get(Key("film"))
        if found is None or not isinstance(found.noun, Film):
            message = f"{lane} has no film yet: make it first."
            raise NotFound(message)
        return found.noun

    def _crew(self, lane: Lane) -> Crew:
        from aiuteur.stages.plan import plan

        if self._cast is None:
            with self._registry.transaction() as session:
                template_rows.file(session, templates.every())
            self._cast = Cast.built_in(processes=self.settings.processes, calls=self.settings.calls, settings=self.settings)
            if plan(self.world(lane)).items:
                self._cast.expect()
        world = self.world(lane)
        with self._registry.transaction() as session:
            cast = self._cast.on(castings(session, lane), scenes_of(world))
        policy = Policy(resend_under=self.settings.resend_under)
        return Crew(self._registry, self._storage, cast, lane, worker=_worker(), policy=policy)


def database_url(settings: Settings) -> str:
    """The administrator's URL: the one configured, else that of the embedded server, started if need be."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return embedded.start(settings.home)


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
