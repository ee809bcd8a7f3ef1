"""Whether a lane is given a run: the rule, as a function of what is known.

Belongs here: the rule and its sentences. Does not belong here: finding out (`aiuteur.watch`, `aiuteur_dagster.runs`) or asking
(`aiuteur_dagster.sensors.stale`). The rule is level-triggered: it looks at how things stand, never at what just happened, so
that a lost event loses nothing. Nothing is asked twice in vain: a lane that a run left as it was waits until something changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import dagster as dg

from aiuteur.film.watch import Due, Work
from aiuteur_dagster.runs import Past, Run

_ENDS = {
    dg.DagsterRunStatus.SUCCESS: "ended and left it as it was", dg.DagsterRunStatus.FAILURE: "failed",
    dg.DagsterRunStatus.CANCELED: "was stopped",
}

_UNTIL = "it goes on when something changes, or with resume"


class Verdict(StrEnum):
    """What is done with a lane."""

    ASK = "ask"
    WAIT = "wait"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a lane and why; `call_off` are queued runs of an older plan, `failures` how often this plan failed."""

    verdict: Verdict
    sentence: str
    call_off: tuple[str, ...] = ()
    failures: int = 0


def under_way(runs: Sequence[Run]) -> str | None:
    """Why a lane is left alone for now: a run is on it, or a person's waits; a sensor's in the queue may still be called off."""
    on_it = next((run for run in runs if not run.waits), None)
    if on_it is None:
        return None
    return "a run waits for it" if on_it.status is dg.DagsterRunStatus.QUEUED else "a run is on it"


def decide(due: Due, work: Work, queued: Sequence[Run], past: Past) -> Decision:
    """Ask for a run, wait, or rest; `queued` are the lane's runs that wait by a sensor's wish."""
    same = [run for run in queued if (run.plan, run.world) == (work.fingerprint, work.world)]
    older = tuple(run.run_id for run in queued if run not in same)
    if not work.stages:
        return Decision(Verdict.REST, _resting(work), tuple(run.run_id for run in queued))
    if same:
        return Decision(Verdict.WAIT, "its run waits in the queue", older)
    if due.held is not None:
        return Decision(Verdict.WAIT, f"held until a person resolves it: {due.held}", older)
    tried = _tried(due, work, past.newest)
    failures = sum(run.status is dg.DagsterRunStatus.FAILURE for run in tried)
    why = _in_vain(due, work, past.newest, tried)
    return Decision(Verdict.WAIT if why else Verdict.ASK, why or "; ".join(work.reasons), older, failures)


def _resting(work: Work) -> str:
    return f"nothing to do without a person: {'; '.join(work.waiting)}" if work.waiting else "current"


def _tried(due: Due, work: Work, newest: Sequence[Run]) -> list[Run]:
    """The last runs, as far back as they were asked for by this plan and nothing was changed since."""
    found: list[Run] = []
    for run in newest:
        if run.superseded:
            continue
        if run.plan != work.fingerprint or _changed_since(due, run):
            break
        found.append(run)
    return found


def _in_vain(due: Due, work: Work, newest: Sequence[Run], tried: Sequence[Run]) -> str | None:
    """Why asking again would be in vain, None where it would not."""
    last = next((run for run in newest if not run.superseded), None)
    if last is not None and last.status is dg.DagsterRunStatus.CANCELED and not _changed_since(due, last):
        return f"its last run was stopped: {_UNTIL}"
    if last is not None and last.permanent and last in tried:
        return f"its last run failed for good: {_UNTIL}"
    if len(tried) >= due.policy.max_failures:
        return f"{len(tried)} runs of this plan, the last of which {_ENDS[tried[0].status]}: {_UNTIL}"
    if tried and tried[0].status is dg.DagsterRunStatus.SUCCESS and tried[0].world == work.world:
        return f"its last run ended and left it as it was: {_UNTIL}"
    return None


def _changed_since(due: Due, run: Run) -> bool:
    return due.changed_at is not None and due.changed_at.timestamp() > run.begun
