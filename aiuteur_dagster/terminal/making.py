"""`aiuteur make`: the `film` job, run in this process on the same instance that the UI shows.

Belongs here: one film from a story to its files. Does not belong here: how the terminal shows it
(`aiuteur_dagster.terminal.screen`).
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import uuid4

from aiuteur.craft.gating import opening
from aiuteur.craft.merging import ACCOUNTS
from aiuteur.errors import AiuteurError, OverBudget
from aiuteur.film.commands import CastModel, SetBudget
from aiuteur.lane import Lane
from aiuteur.settings import Settings
from aiuteur_dagster import labels, locks
from aiuteur_dagster.home import opened, prepare
from aiuteur_dagster.interrupts import interruptible
from aiuteur_dagster.orders import Order
from aiuteur_dagster.orphans import home_of
from aiuteur_dagster.terminal.clearing import clear_the_way

if TYPE_CHECKING:
    import dagster as dg

    from aiuteur.stages.run import Progress
    from aiuteur.studio import Studio

_JOB: Final = "film"
# The terminal belongs to the progress bars; Dagster's events are in the UI.
_QUIETLY: Final = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True, slots=True)
class Made:
    """A film that stands, as its run tells it: `seconds` is its length, `calls_reused` those answered from the ledger.

    `cut` says whether the run cut it, of whatever there was, or found it as it ought to be.
    `notes` say what was beyond whoever made it, and what waits for a person to permit it.
    """

    run_id: str
    seconds: float
    shots: int
    calls_made: int
    calls_reused: int
    cost_usd: float
    files: tuple[Path, ...]
    cut: bool
    notes: tuple[str, ...] = ()


def make_film(
    order: Order, settings: Settings, progress: "Progress", terms: Sequence[CastModel | SetBudget] = (),
) -> tuple[bool, Made]:
    """Make an order's film, or what is missing of it, on the terms of who is cast and what it may cost; tells whether it is new.

    Raises what stands in the way; everything made until then is kept.
    """
    from aiuteur.studio import Studio

    lane, home = order.lane, prepare(settings)
    busy = f"{lane} is being made by another `aiuteur make`: wait until it is done, or give another --project."
    mine = locks.held_by_me(home, locks.lane_lock(str(lane)), busy)
    with interruptible(), mine, Studio.open(settings, progress=progress) as studio:
        new = studio.create(lane, order.narrative, order.brief)
        for term in terms:
            studio.desk.do(lane, term)
        if new and terms and (gate := studio.accounts.gate(lane)).closed:
            message = f"{gate.sentence} Give `--budget USD`, `--unknown USD` for a price nobody knows, or `aiuteur allow {lane}`."
            raise OverBudget(message)
        return new, replace(_run(home, studio, lane), notes=(*studio.limits(lane), *_waits(studio, lane)))


def _waits(studio: "Studio", lane: Lane) -> tuple[str, ...]:
    """What was left for a person to permit, in a sentence; empty where nothing was."""
    gate = studio.accounts.gate(lane)
    return (f"{gate.sentence} All else is made; {opening(str(lane), short=gate.short)}.",) if gate.closed else ()


def _run(home: Path, studio: "Studio", lane: Lane) -> Made:
    """One run of the job; its own retries are off for the daemon, since nobody but this process can go on with it."""
    from aiuteur_dagster.definitions import build
    from aiuteur_dagster.partitions import LANES

    job = build(resources={"studio": studio}).resolve_job_def(_JOB)
    tags = {labels.TERMINAL_TAG: "make", labels.HOME_TAG: home_of(home), "dagster/max_retries": "0"}
    with opened(home, capture=False) as instance:
        clear_the_way(home, instance, {str(lane)})
        instance.add_dynamic_partitions(LANES, [str(lane)])
        run_id = str(uuid4())
        with _in_sentences(instance, run_id):
            result = job.execute_in_process(
                instance=instance, partition_key=str(lane), run_id=run_id, tags=tags, run_config=_QUIETLY,
            )
    return _made(result)


def _made(result: "dg.ExecuteInProcessResult") -> Made:
    """What the run's materializations tell: sums over all of them, and the film's own."""
    events = [event.materialization for event in result.get_asset_materialization_events()]
    told = [event.metadata for event in events]
    # The figures of a lane bear the same names, and tell of all its runs.
    here = [event.metadata for event in events if event.asset_key.path[-1] not in ACCOUNTS]
    film = next(metadata for metadata in told if labels.FILES in metadata)

    def total(name: str) -> float:
        return sum(_number(metadata, name) for metadata in here)

    files = cast("list[str]", film[labels.FILES].value)
    return Made(
        run_id=result.run_id, seconds=_number(film, labels.FILM_SECONDS), shots=int(_number(film, labels.SHOTS)),
        calls_made=int(total(labels.CALLS_MADE)), calls_reused=int(total(labels.CALLS_REUSED)), cost_usd=total(labels.COST_USD),
        files=tuple(Path(file) for file in files), cut=bool(_number(film, labels.MADE)),
    )


def _number(metadata: "Mapping[str, dg.MetadataValue[Any]]", name: str) -> float:
    value = metadata[name].value if name in metadata else 0
    return value if isinstance(value, int | float) else 0


@contextmanager
def _in_sentences(instance: "dg.DagsterInstance", run_id: str) -> Generator[None]:
    """A run's failure as the studio error behind it, or as the sentences of the checks that did not hold."""
    import dagster as dg
    from dagster._core.errors import (
        DagsterAssetCheckFailedError,
        DagsterExecutionInterruptedError,
        DagsterMaxRetriesExceededError,
    )

    try:
        yield
    except (dg.Failure, dg.RetryRequested, DagsterMaxRetriesExceededError) as failure:
        # What was tried again until there was no use in it is told while the last try's wish for another is handled.
        last = failure.__context__ if isinstance(failure, DagsterMaxRetriesExceededError) else failure
        if last is not None and isinstance(last.__cause__, AiuteurError):
            raise last.__cause__ from None
        raise
    except DagsterExecutionInterruptedError:
        raise KeyboardInterrupt from None
    except DagsterAssetCheckFailedError as failure:
        records = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION).records
        events = (record.event_log_entry.dagster_event for record in records)
        found = [event.asset_check_evaluation_data for event in events if event is not None]
        sentences = [evaluation.description or evaluation.check_name for evaluation in found if not evaluation.passed]
        raise AiuteurError(" ".join(sentences)) from failure
