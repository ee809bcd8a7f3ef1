"""Dagster's home and instance: a folder in the studio's own, with the repository's `dagster.yaml` linked into it.

Belongs here: where the instance keeps things and which database it talks to. Does not belong here: what the instance is told to
do (`dagster.yaml`), or the studio's own tables (`aiuteur.registry`), which share the server but not the schema.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from aiuteur.errors import NotFound, Unavailable
from aiuteur.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

ADDRESS: Final = "AIUTEUR_DAGSTER_URL"
SCHEMA: Final = "dagster"
ROOT: Final = Path(__file__).resolve().parent.parent
WORKSPACE: Final = ROOT / "workspace.yaml"
_CONFIG: Final = "dagster.yaml"
_STATEMENT_MS: Final = 60_000
_RECYCLE_SECONDS: Final = 3600
_OVERFLOW: Final = 8
_UNCAPTURED: Final = "dagster._core.storage.noop_compute_log_manager"


def prepare(settings: Settings) -> Path:
    """Make the home ready, start the database if it is ours, and point the environment of this process and its children at both.

    Returns the home. Raises `Unavailable` where the folder or the database cannot be had, `NotFound` outside a checkout.
    """
    home = settings.home / "dagster"
    os.environ |= {"DAGSTER_HOME": str(home), ADDRESS: _database(settings)}
    _link(ROOT / _CONFIG, home / _CONFIG)
    return home


@contextmanager
def opened(home: Path, *, capture: bool = True) -> "Generator[DagsterInstance]":
    """The instance of a prepared home.

    Without `capture` what steps print stays on this process's own terminal: capturing takes its file descriptors away and starts
    four processes that copy them back.
    """
    from dagster import DagsterInstance
    from dagster._core.instance.ref import InstanceRef

    uncaptured: dict[str, Any] = {"compute_logs": {"module": _UNCAPTURED, "class": "NoOpComputeLogManager", "config": {}}}
    reference = InstanceRef.from_dir(str(home), overrides={} if capture else uncaptured)
    with DagsterInstance.from_ref(reference) as instance:
        # Connections are kept, as the webserver keeps them: one for each query would be 700 of them in a film's run.
        instance.optimize_for_webserver(statement_timeout=_STATEMENT_MS, pool_recycle=_RECYCLE_SECONDS, max_overflow=_OVERFLOW)
        yield instance


def _link(source: Path, target: Path) -> None:
    """Link the file, so that editing it takes effect; copy it anew where links cannot be had. It is there at every moment."""
    if not source.is_file():
        message = f"{source} is missing: run aiuteur from a checkout of its repository."
        raise NotFound(message)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_symlink() and target.resolve() == source:
            return
        with TemporaryDirectory(dir=target.parent) as beside:
            made = Path(beside) / target.name
            try:
                made.symlink_to(source)
            except OSError:
                shutil.copyfile(source, made)
            made.replace(target)
    except OSError as error:
        message = f"Dagster's home {target.parent} cannot be written to: {error.strerror}. Choose another AIUTEUR_HOME."
        raise Unavailable(message) from error


def _database(settings: Settings) -> str:
    """The address of Dagster's schema on the studio's server, the schema and its tables made if need be."""
    from aiuteur.registry import embedded
    from aiuteur.registry.guests import make_room

    given = settings.database_url
    return make_room(given.get_secret_value() if given is not None else embedded.start(settings.home), SCHEMA, _furnish)


def _furnish(address: str) -> None:
    """Let Dagster make its tables: it makes them one by one, and two that do so at once get in each other's way."""
    from dagster_postgres.storage import DagsterPostgresStorage

    storage = DagsterPostgresStorage(address)
    for part in (storage.run_storage, storage.event_log_storage, storage.schedule_storage):
        part.dispose()
