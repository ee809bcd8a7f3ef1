"""`aiuteur erase` beside runs: what lives is not erased, and keeps its record; what died is no hindrance."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import dagster as dg
import pytest

from aiuteur.errors import Conflict
from aiuteur.lane import Lane
from aiuteur.registry import embedded
from aiuteur.registry.erasing import Erased
from aiuteur.settings import Settings, load
from aiuteur_dagster import locks
from aiuteur_dagster.home import opened, prepare
from aiuteur_dagster.labels import HOME_TAG, TERMINAL_TAG
from aiuteur_dagster.orphans import home_of
from aiuteur_dagster.terminal.commands.erasing import erase
from tests.orchestra.studios import some_job


@dataclass
class Keeper:
    """Housekeeping of one project with two lanes, which remembers what was erased."""

    erased: list[str] = field(default_factory=list[str])

    @contextmanager
    def open(self, settings: Settings) -> Generator[Self]:
        yield self

    def lanes_of(self, project: str) -> list[Lane]:
        return [Lane(project), Lane(project, "dark")]

    def erase(self, project: str, reason: str) -> Erased:
        self.erased.append(f"{project}: {reason}")
        return Erased(3, (), 0)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIUTEUR_HOME", str(place))
        yield prepare(load())
    embedded.stop(place)


@pytest.fixture
def keeper(home: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    kept = Keeper()
    monkeypatch.setenv("AIUTEUR_HOME", str(home.parent))
    monkeypatch.setattr("aiuteur.housekeeping.Housekeeping.open", kept.open)
    return kept


def begun(home: Path, lane: str, **tags: str) -> str:
    """A run that the instance believes is under way."""
    with opened(home) as instance:
        on = {"dagster/partition": lane, **tags}
        return instance.create_run_for_job(some_job(), tags=on, status=dg.DagsterRunStatus.STARTED).run_id


def kept(home: Path, run_id: str) -> bool:
    """Whether the instance still knows a run."""
    with opened(home) as instance:
        return instance.has_run(run_id)


def test_a_project_with_a_run_of_the_ui_keeps_its_words_and_its_runs(home: Path, keeper: Keeper) -> None:
    run_id = begun(home, "lamp@dark")
    with locks.held_by_me(home, locks.UP, ""), pytest.raises(Conflict, match="A run started in the UI is on lamp@dark"):
        erase("lamp", yes=True)
    assert (keeper.erased, kept(home, run_id)) == ([], True)
    erase("lamp", "nobody serves the run any more", yes=True)
    assert (keeper.erased, kept(home, run_id)) == (["lamp: nobody serves the run any more"], False)


def test_a_project_that_a_terminal_makes_is_left_alone_between_its_stages_too(home: Path, keeper: Keeper) -> None:
    run_id = begun(home, "lamp@main", **{TERMINAL_TAG: "make", HOME_TAG: home_of(home)})
    with locks.held_by_me(home, locks.lane_lock("lamp@main"), ""), pytest.raises(Conflict, match="another `aiuteur make`"):
        erase("lamp", yes=True)
    assert (keeper.erased, kept(home, run_id)) == ([], True)
    erase("lamp", yes=True)  # its worker was killed
    assert (keeper.erased, kept(home, run_id)) == (["lamp: "], False)
    with locks.held_by_me(home, locks.lane_lock("lamp@main"), "still held"):
        pass
