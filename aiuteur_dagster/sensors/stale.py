"""Stale lanes ask for runs.

Belongs here: the tick: which lanes are looked at, what is asked of Dagster, what the tick says. Does not belong here: the rule by
which a lane is given a run (`aiuteur_dagster.sensors.deciding`), or planning (`aiuteur.stages.plan`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import dagster as dg

from aiuteur.errors import AiuteurError
from aiuteur.film.stages import GRAPH
from aiuteur.film.watch import Due, Mark, Work
from aiuteur.lane import Lane
from aiuteur_dagster import labels, locks, runs
from aiuteur_dagster.jobs.film import film
from aiuteur_dagster.partitions import lanes
from aiuteur_dagster.resources.watch import Watch
from aiuteur_dagster.runs import Run
from aiuteur_dagster.sensors.deciding import Decision, Verdict, decide, under_way

EVERY_SECONDS: Final = 10
REQUESTS: Final = 20
"""Runs asked for in a tick at most: the others are asked for at the next."""

LANES: Final = 100
"""Lanes looked at in a tick at most; those that moved come first, the others take turns."""

_TOLD: Final = 12


@dataclass(slots=True)
class _Tick:
    """A tick as it goes: what the instance knows, what is asked for, what is said."""

    instance: dg.DagsterInstance
    watch: Watch
    live: Mapping[str, Sequence[Run]]
    known: frozenset[str]
    requests: list[dg.RunRequest] = field(default_factory=list[dg.RunRequest])
    marks: list[Mark] = field(default_factory=list[Mark])
    said: list[str] = field(default_factory=list[str])


@dg.sensor(
    name="stale", job=film, minimum_interval_seconds=EVERY_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING,
    description="Lanes whose plan is not empty are given a run, as far as their project's policy allows; never twice in vain.",
)
def stale_sensor(
    context: dg.SensorEvaluationContext, watch: dg.ResourceParam[Watch],
) -> dg.SensorResult | dg.SkipReason:
    """Look at the lanes that are due, and ask for what they need."""
    try:
        due = watch.due(LANES, Lane.parse(context.cursor) if context.cursor else None)
    except AiuteurError as error:
        return dg.SkipReason(f"The registry could not be read, so nothing is asked for: {error}")
    if not due:
        return dg.SkipReason("Every lane is current, or waits for a person.")
    known = frozenset(context.instance.get_dynamic_partitions(lanes.name or ""))
    tick = _Tick(context.instance, watch, runs.live(context.instance), known)
    last = _go_through(tick, due)
    watch.mark(tick.marks)
    for sentence in tick.said:
        context.log.info(sentence)
    if not tick.requests:
        return dg.SensorResult(skip_reason=_summary(tick.said), cursor=str(last))
    new = sorted({request.partition_key for request in tick.requests if request.partition_key} - tick.known)
    adding = [lanes.build_add_request(new)] if new else []
    return dg.SensorResult(run_requests=tick.requests, dynamic_partitions_requests=adding, cursor=str(last))


def _go_through(tick: _Tick, due: Sequence[Due]) -> Lane:
    """Look at one lane after another until a tick has asked for enough; returns the last one looked at."""
    last = due[0].lane
    for one in due:
        if len(tick.requests) == REQUESTS:
            tick.said.append(f"{REQUESTS} runs are enough for a tick: {one.lane} and those after it are next.")
            break
        last = one.lane
        try:
            tick.said.append(f"{one.lane}: {_look_at(tick, one)}.")
        except AiuteurError as error:
            tick.said.append(f"{one.lane} could not be planned: {error}")
    return last


def _look_at(tick: _Tick, due: Due) -> str:
    """Plan one lane, do what follows, and say it."""
    name = str(due.lane)
    running = under_way(tick.live.get(name, ())) or _in_a_terminal(tick.instance, name)
    if running is not None:
        return running
    work = tick.watch.plan(due)
    queued = tick.live.get(name, ())
    past = runs.past(tick.instance, name, due.policy.max_failures + 2) if work.stages or queued else runs.Past()
    decision = decide(due, work, queued, past)
    off = [run_id for run_id in decision.call_off if runs.call_off(tick.instance, run_id)]
    if len(off) < len(decision.call_off):
        return "a run has just begun on it"
    ended = past.count + len(off)
    empty = not work.stages and not work.waiting
    tick.marks.append(Mark(due.lane, work.revision, empty, work.fingerprint, ended, decision.failures))
    if decision.verdict is Verdict.ASK:
        tick.requests.append(request(work, ended))
    return _said(decision, len(off))


def _said(decision: Decision, off: int) -> str:
    older = "; the run of an older plan is called off" if off else ""
    return f"{'asks for a run: ' if decision.verdict is Verdict.ASK else ''}{decision.sentence}{older}".rstrip(".")


def _in_a_terminal(instance: dg.DagsterInstance, lane: str) -> str | None:
    """`aiuteur make` holds its lane before its run is in the instance."""
    return "a terminal makes it" if locks.held(Path(instance.root_directory), locks.lane_lock(lane)) else None


def request(work: Work, ended: int) -> dg.RunRequest:
    """The run that a lane's work asks for: the stages it names and all that depends on them, once for each plan and try."""
    name = str(work.lane)
    return dg.RunRequest(
        run_key=f"{name}:{work.fingerprint}:{ended}", partition_key=name, tags=tags(work),
        asset_selection=[dg.AssetKey(stage) for stage in affected(work.stages)],
    )


def affected(stages: Sequence[str]) -> list[str]:
    """These stages and every one that depends on them, in the order of the stage graph."""
    found: set[str] = set(stages)
    for stage in GRAPH:
        if found.intersection(stage.reads):
            found.add(stage.name)
    return [stage.name for stage in GRAPH if stage.name in found]


def tags(work: Work) -> dict[str, str]:
    """Why a run was asked for, on the run itself."""
    why = "; ".join(work.reasons)
    short = why if len(why) <= labels.TAG_LENGTH else f"{why[:labels.TAG_LENGTH - 1].rstrip()}…"
    found = {
        labels.PLAN_TAG: work.fingerprint, labels.WORLD_TAG: work.world, labels.UNITS_TAG: str(work.units), labels.WHY_TAG: short,
    }
    return found if work.spends else found | {labels.SPENDS_TAG: labels.NOTHING}


def _summary(said: Sequence[str]) -> str:
    more = len(said) - _TOLD
    return " ".join(said[:_TOLD]) + (f" And {more} more." if more > 0 else "")
