"""The watch: what sensors ask of the studio, answered from the registry without making anything.

Belongs here: which lanes need a look, what they ask for, what Dagster has not been told yet, and what went wrong. Does not
belong here: making (`aiuteur.studio`), or when a run is asked for (`aiuteur_dagster.sensors`). The watch works as the service,
which sees every person's lanes.
"""

import time
from collections.abc import Mapping
from functools import cache
from typing import Final

from aiuteur import webhooks
from aiuteur.craft.gravity import gravity, remedy
from aiuteur.craft.world import World
from aiuteur.desk import Desk
from aiuteur.digest import digest
from aiuteur.film.stages import GRAPH
from aiuteur.film.watch import Changed, Drained, Due, Failed, Mark, Noted, Swept, Work
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import interrupts, marks
from aiuteur.registry.database import Registry, prepare
from aiuteur.registry.outlines import Outlines
from aiuteur.settings import load
from aiuteur.studio import database_url

_SHORT: Final = 16
"""Characters of a digest that go into tags and run keys."""


class Watch:
    """Answers about all lanes of all people; keeps a connection pool, and nothing else."""

    def __init__(self, registry: Registry, desk: Desk) -> None:
        self._registry, self._desk, self._outlines = registry, desk, Outlines()

    def due(self, most: int, after: Lane | None = None) -> list[Due]:
        """The lanes to look at in a tick: those that moved, then some that wait, beginning after a lane."""
        with self._registry.transaction() as session:
            return marks.due(session, most, after)

    def plan(self, due: Due) -> Work:
        """What a lane asks for, as far as its project's policy allows; raises `NotFound` and `Corrupt`."""
        with self._registry.transaction() as session:
            world = self._outlines.fetch(session, due.lane).world
        return work(world)

    def mark(self, stood: Mark) -> None:
        """Keep where automation stands with a lane."""
        with self._registry.transaction() as session:
            marks.mark(session, stood)

    def sweep(self, seconds: float, after: Lane | None = None) -> Swept:
        """Plan lanes that are believed to need nothing, for so many seconds; one that does need something is due again."""
        ends, looked_at, last, missed = time.monotonic() + seconds, 0, after, list[Lane]()
        while True:
            with self._registry.transaction() as session:
                lanes = marks.resting(session, _AT_ONCE, last)
            for lane in lanes:
                if time.monotonic() > ends:
                    return Swept(looked_at, tuple(missed), last)
                missed += self._missed(lane)
                looked_at, last = looked_at + 1, lane
            if len(lanes) < _AT_ONCE:
                return Swept(looked_at, tuple(missed), None)

    def changed(self, most: int, after: Lane | None = None) -> list[Changed]:
        """Lanes whose artifacts may have other data versions than were last reported; each with how it stands now."""
        with self._registry.transaction() as session:
            moved = marks.unreported(session, most, after)
            return [self._changed(one, self._outlines.fetch(session, one.lane).world) for one in moved]

    def reported(self, lane: Lane, revision: int, told: Mapping[str, str]) -> None:
        """Keep that Dagster has these data versions of a lane's artifacts, as of a revision."""
        with self._registry.transaction() as session:
            marks.reported(session, lane, revision, told)

    def failed(self, failure: Failed) -> Noted:
        """Make a failed run an interrupt on its lane, in place of the last failure, and tell the webhook; raises `NotFound`."""
        lane, grave = failure.lane, gravity(failure.error)
        fingerprint = interrupts.CRITICAL if grave.critical else failure.fingerprint or failure.run_id
        help_ = remedy(failure.error, str(lane))
        with self._registry.transaction() as session:
            interrupts.resolve(session, lane, {"overtaken_by": failure.run_id}, kind="failure")
            interrupts.interrupt(session, lane, "failure", failure.reason, help_, fingerprint=fingerprint)
            told = marks.policy(session, lane.project).webhook
        if told is not None:
            webhooks.tell(told, {
                "lane": str(lane), "what": "failure", "run": failure.run_id, "reason": failure.reason, "remedy": help_,
                "held": grave.critical,
            })
        return Noted(grave.permanent, f"{lane}: {failure.reason} {help_}")

    def drain(self, most: int) -> list[Drained]:
        """Do the commands that wait in the inbox, oldest first, each on behalf of who gave it."""
        return [
            Drained(result.state == "done", f"{one.lane}: {one.command.kind} {result.state}. {result.reason or ''}".rstrip())
            for one, result in self._desk.drain(most)
        ]

    def note_invalidations(self, most: int) -> list[str]:
        """Write down what changes made stale; sentences of what was written."""
        del most
        return []

    def _missed(self, lane: Lane) -> list[Lane]:
        with self._registry.transaction() as session:
            if not work(self._outlines.fetch(session, lane).world).stages:
                return []
            marks.forget(session, lane)
        return [lane]

    def _changed(self, before: marks.Unreported, world: World) -> Changed:
        from aiuteur.stages.graph import STAGES
        from aiuteur.stages.standing import standing

        found = {stage.name: standing(stage.name, STAGES[stage.name].units(world), world) for stage in GRAPH}
        known = {name: one for name, one in found.items() if one.version or name in before.reported}
        differing = tuple(name for name, one in known.items() if before.reported.get(name) != one.data_version)
        return Changed(before.lane, world.revision, known, differing)


_AT_ONCE: Final = 200


def work(world: World) -> Work:
    """What a lane in this state asks for."""
    from aiuteur.stages.plan import plan

    found = plan(world)
    asked = [item for item in found.items if item.causes or item.missing or item.remake is not None]
    stages = dict.fromkeys([item.stage for item in asked] + [key.artifact for key in found.gone])
    reasons = dict.fromkeys(f"{item.stage}{f' {item.label}' if item.label else ''}: {item.why}" for item in asked)
    ordered = tuple(stage.name for stage in GRAPH if stage.name in stages)
    return Work(
        world.lane, world.revision, found.fingerprint[:_SHORT], state_of(world), ordered, tuple(reasons), len(found.items),
    )


def state_of(world: World) -> str:
    """The state of a lane, whatever its revision: a run that leaves it the same has done nothing."""
    items = sorted([str(key), found.digest, str(found.pinned), str(found.locked)] for key, found in world.items.items())
    return digest([list(item) for item in items])[:_SHORT]


@cache
def the_watch() -> Watch:
    """The watch of this process, opened as the service at the first call and kept; raises `Unavailable`."""
    settings = load()
    url = database_url(settings)
    prepare(url)
    registry = Registry.connect(url, None, "service")
    return Watch(registry, Desk(registry, Storage.open(settings.media), settings))
