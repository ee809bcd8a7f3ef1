"""Studio errors as Dagster understands them: what is permanent fails at once, what may pass is asked for again.

Belongs here: the translation. Does not belong here: retries of model calls (`aiuteur.models.routing`, in one place for all of
them), or what counts as permanent (`aiuteur.errors`).
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import dagster as dg

from aiuteur.craft.gravity import gravity
from aiuteur.errors import AiuteurError, RateLimited, Transient
from aiuteur_dagster.interrupts import interruptible
from aiuteur_dagster.labels import FAILURE_TAG, PERMANENT

RETRIES: Final = 3
WAIT_SECONDS: Final = 5.0


def as_dagster(error: AiuteurError) -> dg.Failure | dg.RetryRequested:
    """What to raise for a studio error: `RetryRequested` for a transient one, after the wait it asks for, else a final `Failure`.

    An ambiguous error is final too: whether a paid call happened is for a person to find out, not for a second call.
    """
    if isinstance(error, Transient):
        wait = error.retry_after if isinstance(error, RateLimited) else None
        return dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=WAIT_SECONDS if wait is None else wait)
    return dg.Failure(description=str(error), metadata={"error": _kind(error)}, allow_retries=False)


def _kind(error: AiuteurError) -> str:
    """The class that says how permanent an error is: its own, or the one that a floor below made a finer one of."""
    return next(one.__name__ for one in type(error).__mro__ if one.__module__ == AiuteurError.__module__)


@contextmanager
def told() -> Generator[None]:
    """Let studio errors out of the block as Dagster's, each raised from its cause; an interrupt ends the block at once."""
    try:
        with interruptible():
            yield
    except AiuteurError as error:
        raise as_dagster(error) from error


@contextmanager
def marked(instance: dg.DagsterInstance, run_id: str) -> Generator[None]:
    """Mark the run of a studio error that the same call would meet again, before the run ends.

    The sensor `stale` looks at ended runs as soon as there are any: a mark that came later would let it ask once more in vain.
    """
    try:
        yield
    except AiuteurError as error:
        if gravity(_kind(error)).permanent:
            instance.add_run_tags(run_id, {FAILURE_TAG: PERMANENT})
        raise
