"""The watch: what sensors ask of the studio, answered from the registry without making anything.

Belongs here: which lanes need a look, what they ask for, what Dagster has not been told yet, and what went wrong. Does not
belong here: making (`aiuteur.studio`), or when a run is asked for (`aiuteur_dagster.sensors`). The watch works as the service,
which sees every person's lanes.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final

from sqlalchemy.orm import Session

from aiuteur import webhooks
from aiuteur.craft.gating import FREE, Gate
from aiuteur.craft.gravity import gravity, remedy
from aiuteur.craft.planning import Plan, Planned
from aiuteur.craft.world import World
from aiuteur.desk import Desk
from aiuteur.digest import digest_bytes
from aiuteur.film.noun import MediaRef
from aiuteur.film.stages import GRAPH
from aiuteur.film.watch import WITHIN_BUDGET, Changed, Drained, Due, Failed, Mark, Noted, Permitted, Policy, Swept, Work
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import interrupts, invalidations, leases, marks, worlds
from aiuteur.registry.database import Registry, prepare
from aiuteur.registry.lanes import at_lane, lane_row
from aiuteur.registry.outlines import Outlines
from aiuteur.settings import Settings, load
from aiuteur.studio import database_url

_SHORT: Final = 16
"""Characters of a digest that go into tags and run keys."""

_AT_ONCE: Final = 200
_BEHIND: Final = 1000


class Watch:
    """Answers about all lanes of all people; keeps a connection pool, and nothing else."""

    def __init__(self, registry: Registry, storage: Storage, settings: Settings) -> None:
        self._registry, self._storage, self._settings = registry, storage, settings
        self._desk = Desk(registry, storage, settings)
        self._outlines, self._logged = Outlines(), 0

    def due(self, most: int, after: Lane | None = None) -> list[Due]:
        """The lanes to look at in a tick: those that moved, then some that wait, beginning after a lane."""
        with self._registry.transaction() as session:
            return marks.due(session, most, after)

    def plan(self, due: Due) -> Work:
        """What a lane asks for, as far as its project's policy allows; raises `NotFound` and `Corrupt`."""
        with self._registry.transaction() as session:
            world, plan, gate = self._planned(session, due)
            if due.moved:  # before a run answers the change, and the log could no longer tell what it reached
                _note(session, world, plan)
        return work(world, plan, gate, due.policy)

    def mark(self, stood: Sequence[Mark]) -> None:
        """Keep where automation stands with lanes; what failed on one that is current by now waits for nobody any more."""
        with self._registry.transaction() as session:
            marks.mark(session, *stood)
            interrupts.overcome(session, [one.lane for one in stood if one.empty])

    def sweep(self, seconds: float, after: Lane | None = None) -> Swept:
        """Plan lanes that are believed to need nothing, for so many seconds; one that does need something is due again."""
        ends, looked_at, last, missed = time.monotonic() + seconds, 0, after, list[Lane]()
        while True:
            with self._registry.transaction() as session:
                resting = marks.resting(session, _AT_ONCE, last)
                for one in resting:
                    if time.monotonic() > ends:
                        return Swept(looked_at, tuple(missed), last)
                    missed += self._missed(session, one)
                    looked_at, last = looked_at + 1, one.lane
            if len(resting) < _AT_ONCE:
                return Swept(looked_at, tuple(missed), None)

    def changed(self, most: int, after: Lane | None = None) -> list[Changed]:
        """Lanes whose artifacts may have other data versions than were last reported; each with how it stands now."""
        with self._registry.transaction() as session:
            moved = marks.unreported(session, most, after)
            return [self._changed(one, self._outlines.fetch(session, one.lane).world) for one in moved]

    def world(self, lane: Lane) -> World:
        """A lane as it is now, to be shown; raises `NotFound` and `Corrupt`."""
        with self._registry.transaction() as session:
            return worlds.world(session, lane)

    def media(self, ref: MediaRef) -> bytes:
        """Stored bytes, their digest checked; raises `NotFound`, `Corrupt` and `Unavailable`."""
        return self._storage.get(ref.sha256)

    def reported(self, lane: Lane, revision: int, told: Mapping[str, str]) -> None:
        """Keep that Dagster has these data versions of a lane's artifacts, as of a revision."""
        with self._registry.transaction() as session:
            marks.reported(session, lane, revision, told)

    def left(self) -> int:
        """How many calls providers still work on for workers that are gone."""
        with self._registry.transaction() as session:
            return leases.left(session)

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
        with self._registry.transaction() as session:
            changed = invalidations.changed(session, self._logged, most)
        said: list[str] = []
        for lane in changed:
            with self._registry.transaction() as session:
                said += self._log(session, lane)
        # A transaction that is slow to commit may write an event behind others: the last few are looked at again.
        self._logged = max([self._logged, *(event - _BEHIND for event in changed.values())])
        return said

    def permitted(self, since: datetime, most: int) -> list[Permitted]:
        """What waited and may go on since a moment: its lanes are planned again at the next tick, whatever their marks say."""
        with self._registry.transaction() as session:
            found = marks.permitted(session, since, most)
            for lane in {lane for lane, _, _ in found}:
                marks.forget(session, lane)
        return [Permitted(lane, at, why) for lane, at, why in found]

    def _log(self, session: Session, lane: Lane) -> list[str]:
        from aiuteur.stages.invalidating import log_invalidations

        reached = log_invalidations(session, lane, self._outlines, self._settings)
        return [f"{lane}: a change reaches {len(one.items)} items ({one.scope.value.replace('_', ' ')})." for one in reached]

    def _planned(self, session: Session, due: Due) -> tuple[World, Plan, Gate]:
        """A lane and its plan, priced where anybody but the built-in studio may be asked."""
        from aiuteur.stages.plan import plan
        from aiuteur.stages.spending import priced

        outline = self._outlines.fetch(session, due.lane)
        if not due.cast and all(remake.model is None for remake in outline.world.remakes.values()):
            return outline.world, plan(outline.world), FREE
        found = priced(session, outline, self._settings)
        return outline.world, found.plan, found.gate

    def _missed(self, session: Session, due: Due) -> list[Lane]:
        world, plan, gate = self._planned(session, due)
        if not work(world, plan, gate, due.policy).stages:
            return []
        marks.forget(session, due.lane)
        return [due.lane]

    def _changed(self, before: marks.Unreported, world: World) -> Changed:
        from aiuteur.stages.graph import STAGES
        from aiuteur.stages.standing import standing

        found = {stage.name: standing(stage.name, STAGES[stage.name].units(world), world) for stage in GRAPH}
        known = {name: one for name, one in found.items() if one.version or name in before.reported}
        differing = tuple(name for name, one in known.items() if before.reported.get(name) != one.data_version)
        return Changed(before.lane, world.revision, known, differing)


def work(world: World, plan: Plan, gate: Gate, policy: Policy) -> Work:
    """What a lane in this state asks for: what moved, is missing or was asked for, as far as it may be paid.

    What only may come out differently asks for nothing by itself: it is looked at when what it reads has been made. A plan that a
    person approved is paid for whatever the project's policy is.
    """
    begun = [item for item in plan.items if item.begun]
    may_pay = not gate.closed and (policy.auto == WITHIN_BUDGET or gate.opened_by is not None)
    asked = [item for item in begun if may_pay or not item.paid]
    stages = {item.stage for item in asked} | {key.artifact for key in plan.gone}
    reasons = dict.fromkeys(f"{item.stage}{f' {item.label}' if item.label else ''}: {item.why}" for item in asked)
    return Work(
        world.lane, world.revision, plan.fingerprint[:_SHORT], state_of(world) if stages else "",
        tuple(stage.name for stage in GRAPH if stage.name in stages), tuple(reasons), len(plan.items),
        (_waits(begun, gate, policy),) if len(asked) < len(begun) else (), spends=may_pay,
    )


def _note(session: Session, world: World, plan: Plan) -> None:
    """Write down what the changes of a lane reach of its plan, as far as they are not in the log yet."""
    from aiuteur.stages.invalidating import reach

    with at_lane(session, world.lane, lane_row(session, world.lane)):
        for change in invalidations.unlogged(session, world.lane):
            invalidations.log(session, world.lane, change, reach(plan, world, change))


def _waits(begun: Sequence[Planned], gate: Gate, policy: Policy) -> str:
    """What of a plan waits for a person, and for what."""
    paid = sum(item.paid for item in begun)
    what = f"{paid} that {'costs' if paid == 1 else 'cost'} something"
    if policy.auto != WITHIN_BUDGET:
        return f"{what}: this project's automation makes only what is free"
    return f"{what}: {gate.sentence.rstrip('.')}"


def state_of(world: World) -> str:
    """The state of a lane, whatever its revision: a run that leaves it the same has done nothing."""
    items = sorted(f"{key}\t{found.digest}\t{found.pinned}\t{found.locked}" for key, found in world.items.items())
    return digest_bytes("\n".join(items).encode())[:_SHORT]


@cache
def the_watch() -> Watch:
    """The watch of this process, opened as the service at the first call and kept; raises `Unavailable`."""
    settings = load()
    url = database_url(settings)
    prepare(url)
    registry = Registry.connect(url, None, "service")
    return Watch(registry, Storage.open(settings.media), settings)
