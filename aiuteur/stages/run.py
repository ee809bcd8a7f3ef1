"""Running a stage: what is missing or stale is made, at once where it can be, and recorded unit by unit.

Belongs here: concurrency, order, recording, progress. Does not belong here: what any stage makes.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from aiuteur.commitpoints import reach
from aiuteur.craft.gating import say
from aiuteur.craft.planning import total
from aiuteur.craft.world import Blocked, Key, Selected, World
from aiuteur.errors import AiuteurError, OverBudget
from aiuteur.lane import Lane
from aiuteur.registry import versions
from aiuteur.registry.database import Registry
from aiuteur.registry.ledger_rows import all_completed
from aiuteur.registry.retrying import steadily
from aiuteur.registry.versions import Outcome
from aiuteur.registry.worlds import chosen
from aiuteur.stages.asks import costs, todays
from aiuteur.stages.needs import Labels, label, needs
from aiuteur.stages.plan import plan
from aiuteur.stages.slate import Slate
from aiuteur.stages.standing import standing
from aiuteur.stages.work import Bench, Stage, Unit

Progress = Callable[[str, int, int], None]
"""Told of a stage, how many of its units are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class StageReport:
    """What a run of one stage did: the lane's data version of the artifact, its version, what was recorded, asked and spent.

    `waits` says which units a closed gate kept back, and what would open it.
    """

    stage: str
    lane: Lane
    data_version: str
    version: int
    items: int
    made: int
    calls_made: int
    calls_reused: int
    cost_usd: Decimal
    seconds: float
    notes: tuple[str, ...]
    world: World
    waits: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """One run of a stage in progress: the world as it grows, and what has happened so far."""

    stage: Stage
    bench: Bench
    registry: Registry
    items: dict[Key, Selected]
    counters: dict[str, int]
    recorded: int = 0
    reasons: dict[str, str] = field(default_factory=dict[str, str])
    waits: dict[str, str] = field(default_factory=dict[str, str])


async def run_stage(stage: Stage, bench: Bench, registry: Registry, progress: Progress | None = None) -> StageReport:
    """Bring one stage of a lane up to date with what it reads now; raises the first failure, what was made being kept."""
    started = time.monotonic()
    items, counters = dict(bench.world.items), dict(bench.world.counters)
    world = replace(bench.world, items=items, counters=counters)
    run = _Run(stage, replace(bench, world=world), registry, items, counters)
    run.bench = replace(run.bench, slate=Slate(registry, world.lane, partial(_record, run)))
    units, known = stage.units(world), set[str]()
    await _clear(run, units)
    while units:  # what one unit made may be what another is about: an entry's key image
        await _make_all(run, units, progress)
        known |= {unit.anchor for unit in units}
        units = [unit for unit in stage.units(world) if unit.anchor not in known]
    return _report(run, stage.units(world), time.monotonic() - started)


async def _clear(run: _Run, units: Sequence[Unit]) -> None:
    """Tombstone the items that no unit answers for any more: their shot or scene has left the lane.

    What a person pinned or locked stays.
    """
    wanted = {key for unit in units for key in unit.keys}
    gone = tuple(
        key for key, found in run.items.items()
        if key.artifact == run.stage.name and key not in wanted and not (found.pinned or found.locked)
    )
    if gone:
        await _record(run, Outcome(drafts=(), gone=gone))


async def _make_all(run: _Run, units: Sequence[Unit], progress: Progress | None) -> None:
    """Make every unit that needs it, each after those it waits for; one that fails stops only what waits for it."""
    tasks: dict[str, asyncio.Task[None]] = {}
    finished = 0

    async def one(unit: Unit) -> None:
        nonlocal finished
        for anchor in unit.after:
            if anchor in tasks:
                await tasks[anchor]
        await _make(run, unit)
        finished += 1
        if progress is not None:
            progress(run.stage.name, finished, len(units))

    for unit in units:
        tasks[unit.anchor] = asyncio.ensure_future(one(unit))
    try:
        results = await asyncio.gather(*tasks.values(), return_exceptions=True)
    finally:
        for task in tasks.values():
            task.cancel()
    failures = [result for result in results if isinstance(result, BaseException)]
    if failures:
        raise _told(_first(failures), run)


async def _make(run: _Run, unit: Unit) -> None:
    reason = needs(unit, run.bench.world) or _lost(run, unit)
    if reason is None:
        return
    gate, crew = run.bench.gate, run.bench.crew
    shut = gate is not None and gate.closed and not unit.always
    if shut and costs(run.stage.name, unit, run.bench.world, crew.card, todays(run.bench.world)):
        run.waits[unit.anchor] = reason
        return
    run.reasons[unit.anchor] = reason
    try:
        await _record(run, await run.stage.make(unit, run.bench))
    except Exception as error:
        await crew.settle_left(unit.keys[0])
        if not (shut and isinstance(error, Blocked)):
            raise
        run.waits[unit.anchor] = str(error)  # what it needs waits itself
    crew.recorded(unit.keys[0])


def _lost(run: _Run, unit: Unit) -> str | None:
    """The reason to make a unit again although nothing moved: its bytes are gone from the media folder."""
    refs = [ref.sha256 for key in unit.keys if key in run.items for ref in run.items[key].noun.media_refs()]
    return "its media are gone from the store" if run.bench.storage.lost(refs) else None


async def _record(run: _Run, outcome: Outcome) -> None:
    """Commit an outcome, and let the units that follow see it."""
    recorded, instead = await asyncio.to_thread(_commit, run, outcome)
    reach("recorded")
    run.recorded += sum(1 for one in recorded if one.written and one.key.artifact == run.stage.name)
    for draft, one in zip(outcome.drafts, recorded, strict=True):
        if one.selected:
            run.items[one.key] = Selected(
                one.key, one.version_id, one.n, draft.noun, one.digest, draft.noun.field_digests(), draft.basis, score=draft.score
            )
    run.items.update(instead)
    for key in outcome.gone:
        run.items.pop(key, None)
    run.counters.update(outcome.counters)


def _commit(run: _Run, outcome: Outcome) -> tuple[Sequence[versions.Recorded], dict[Key, Selected]]:
    """Commit an outcome; also what is shown in place of a draft that was not selected, where that is news to the run.

    A server that goes away is waited for; where nobody knows whether the commit arrived, the answers that it settled tell.
    """
    def change(session: Session, what: Outcome = outcome) -> tuple[Sequence[versions.Recorded], dict[Key, Selected]]:
        lane = run.bench.world.lane
        recorded = versions.record(session, lane, replace(what, event=run.stage.name))
        other = [one for one in recorded if not one.selected and one.shows is not None and one.shows != _shown(run, one.key)]
        found = [shown for one in other if (shown := chosen(session, lane, one.key)) is not None]
        return recorded, {shown.key: shown for shown in found}

    def stands(session: Session) -> tuple[Sequence[versions.Recorded], dict[Key, Selected]] | None:
        arrived = all_completed(session, [one.generation_id for one in outcome.completions])
        return change(session, replace(outcome, completions=())) if arrived else None

    return steadily(run.registry, change, stands)


def _shown(run: _Run, key: Key) -> UUID | None:
    return run.items[key].version_id if key in run.items else None


def _first(failures: Sequence[BaseException]) -> BaseException:
    """The failure a person should read first: one of ours before a stranger's."""
    return next((error for error in failures if isinstance(error, AiuteurError)), failures[0])


def _told(error: BaseException, run: _Run) -> BaseException:
    """A budget's no says what all that is left of the stage would cost."""
    if not isinstance(error, OverBudget):
        return error
    world = run.bench.world
    left = [item for item in plan(world, run.bench.crew.card, todays(world)).items if item.stage == run.stage.name]
    price = say(total(item.price for item in left))
    return OverBudget(f"{error} What is left of {run.stage.name} ({len(left)}) would cost {price}.")


def _report(run: _Run, units: Sequence[Unit], seconds: float) -> StageReport:
    now, tally = standing(run.stage.name, units, run.bench.world), run.bench.crew.tally
    return StageReport(
        stage=run.stage.name, lane=run.bench.world.lane,
        data_version=now.data_version, version=now.version, items=now.items, made=run.recorded,
        calls_made=tally.made, calls_reused=tally.reused, cost_usd=tally.cost_usd, seconds=seconds,
        notes=tuple(f"{anchor or run.stage.name}: {reason}" for anchor, reason in run.reasons.items()), world=run.bench.world,
        waits=_waits(run),
    )


def _waits(run: _Run) -> tuple[str, ...]:
    """What is kept back, and what would let it go on."""
    if not run.waits or run.bench.gate is None:
        return ()
    labels = Labels(run.bench.world)
    named = [label(Key(run.stage.name, anchor), labels) or run.stage.name for anchor in run.waits]
    return (f"{run.bench.gate.sentence} {', '.join(named)} {'waits' if len(named) == 1 else 'wait'}.",)
