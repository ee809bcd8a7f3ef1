"""What every test may ask for: one embedded Postgres for the whole run, and a fresh registry in it for each test."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from aiuteur.registry import embedded
from aiuteur.registry.database import Registry, local_user
from tests.databases import fresh_database, make_template
from tests.wire.serving import Services, serving

_HOME = "AIUTEUR_TEST_HOME"
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_ROOM = 4 << 30


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _quick() -> Path:
    """Where a database is made and dropped the soonest: in memory, where there is some to spare."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else Path(tempfile.gettempdir())


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        os.environ[_HOME] = tempfile.mkdtemp(prefix="aiuteur-test-", dir=_quick())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with tests that take long come first, so that no worker is left alone with one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        home = Path(os.environ.pop(_HOME))
        embedded.stop(home)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> str:
    """The admin URL of one embedded server, shared by all workers and stopped when the run ends."""
    home = Path(os.environ[_HOME])
    url = embedded.start(home)
    with (home / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_template(url)
    return url


@pytest.fixture
def database_url(postgres: str) -> Generator[str]:
    """The admin URL of a fresh, prepared database."""
    with fresh_database(postgres) as url:
        yield url


@pytest.fixture
def registry(database_url: str) -> Generator[Registry]:
    """A registry of the local user in a fresh database."""
    opened = Registry.connect(database_url, local_user(database_url))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def services() -> Generator[Services]:
    """Every provider's services on the loopback, for one module of tests."""
    with serving() as running:
        yield running


@pytest.fixture
def serve(services: Services) -> Services:
    """The services with no fault asked for and an empty bill."""
    services.reset()
    return services
