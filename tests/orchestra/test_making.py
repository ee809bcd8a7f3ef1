"""`aiuteur make` on a real instance in Postgres, with a studio that makes nothing."""

import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from pathlib import Path

import dagster as dg
import pytest

from aiuteur.craft.gating import Gate
from aiuteur.craft.merging import ACCOUNTS
from aiuteur.craft.world import Key
from aiuteur.errors import AiuteurError, Conflict, Refused, Unavailable
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.noun import MediaRef
from aiuteur.film.stages import STAGES
from aiuteur.film.takes import Film
from aiuteur.lane import Lane
from aiuteur.registry import embedded
from aiuteur.settings import Settings, load
from aiuteur.stages.run import Progress
from aiuteur_dagster import locks
from aiuteur_dagster.failures import RETRIES
from aiuteur_dagster.home import opened, prepare
from aiuteur_dagster.labels import TERMINAL_TAG
from aiuteur_dagster.orders import Order
from aiuteur_dagster.terminal import making
from tests.orchestra.studios import FakeStudio, some_job

LANE = Lane("lamp")
STORY = Narrative(title="The Lamp", text="The lamp went out.", format=SourceFormat.PROSE)
BRIEF = Brief(length_seconds=10)
REF = MediaRef(sha256="0" * 64, mime="video/mp4", size=1)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Generator[Settings]:
    home = tmp_path_factory.mktemp("home")
    yield load(home=home, out=home / "out")
    embedded.stop(home)


@pytest.fixture
def home(settings: Settings) -> Path:
    return prepare(settings)


def make(studio: FakeStudio, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> making.Made:
    def opened_fake(settings: Settings, *, progress: Progress) -> FakeStudio:
        return studio

    monkeypatch.setattr("aiuteur.studio.Studio.open", opened_fake)
    return making.make_film(Order(LANE, STORY, BRIEF), settings, unshown)[1]


def unshown(stage: str, done: int, total: int) -> None: ...


def left(home: Path, **tags: str) -> dg.DagsterRun:
    """A run that was begun on the lane and has no worker."""
    with opened(home) as instance:
        every = {"dagster/partition": "lamp@main", **tags}
        return instance.create_run_for_job(some_job(), tags=every, status=dg.DagsterRunStatus.STARTED)


def runs(home: Path) -> Sequence[dg.DagsterRun]:
    with opened(home) as instance:
        return instance.get_runs()


def test_a_film_is_a_run_of_the_job_on_its_lane_that_the_ui_shows(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = make(FakeStudio(), settings, monkeypatch)
    run = runs(home)[0]
    assert (run.run_id, run.job_name, run.status) == (made.run_id, "film", dg.DagsterRunStatus.SUCCESS)
    assert run.tags["dagster/partition"] == "lamp@main"
    assert run.tags[TERMINAL_TAG] == "make"
    assert run.tags["dagster/max_retries"] == "0"
    with opened(home) as instance:
        assert instance.get_dynamic_partitions("lanes") == ["lamp@main"]


def test_the_summary_adds_up_what_the_stages_did(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    film = Film(video=REF, captions=REF, screenplay=REF, storyboard=REF, seconds=10.0, shots=3, lines=0, lines_voiced=0)
    made = make(FakeStudio({Key("film"): film}), settings, monkeypatch)
    assert (made.seconds, made.shots) == (10.0, 3)
    stages = len(STAGES.keys() - ACCOUNTS)  # figures tell of all runs of the lane, not of this one
    assert (made.calls_made, made.calls_reused, made.cost_usd) == (stages * 4, stages * 5, stages * 0.25)
    assert made.files == (Path("/out/lamp/main/film.mp4"),)
    assert made.notes == ("It was told in a whisper.",)
    waits = FakeStudio({Key("film"): film}, gate=Gate("Needs approval of $3.40.", closed=True))
    assert make(waits, settings, monkeypatch).notes[-1] == (
        "Needs approval of $3.40. All else is made; `aiuteur allow lamp@main` lets it go on."
    )


def test_a_failed_stage_ends_the_command_with_its_own_error(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(Refused, match="A provider said no"):
        make(FakeStudio(failing={"bible": Refused("A provider said no.")}), settings, monkeypatch)
    assert runs(home)[0].status is dg.DagsterRunStatus.FAILURE


def test_a_stage_that_is_tried_again_in_vain_ends_the_command_with_its_own_error(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aiuteur_dagster.failures.WAIT_SECONDS", 0.0)
    studio = FakeStudio(failing={"bible": Unavailable("The disk is full.")})
    with pytest.raises(Unavailable, match=r"^The disk is full\.$"):
        make(studio, settings, monkeypatch)
    assert [stage for stage, _ in studio.ran].count("bible") == 1 + RETRIES
    assert runs(home)[0].status is dg.DagsterRunStatus.FAILURE


def test_a_check_that_does_not_hold_ends_the_command_with_its_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(AiuteurError, match=r"The film is not right: it is silent\.") as failed:
        make(FakeStudio(unsound={"film_plays": "The film is not right: it is silent."}), settings, monkeypatch)
    assert failed.value.exit_code == 1


def test_two_terminals_do_not_make_one_lane(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, done = threading.Event(), threading.Event()

    def other() -> None:
        with locks.held_by_me(home, locks.lane_lock("lamp@main"), ""):
            held.set()
            done.wait()

    thread = threading.Thread(target=other)
    thread.start()
    held.wait()
    with pytest.raises(Conflict, match="lamp@main is being made by another"):
        make(FakeStudio(), settings, monkeypatch)
    done.set()
    thread.join()


def test_a_run_left_by_a_killed_terminal_is_ended_before_the_next(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = left(home, **{TERMINAL_TAG: "make"})
    make(FakeStudio(), settings, monkeypatch)
    assert {each.run_id: each.status for each in runs(home)}[run.run_id] is dg.DagsterRunStatus.FAILURE


def test_a_run_of_the_ui_on_the_lane_is_not_worked_beside(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = left(home)
    with locks.held_by_me(home, locks.UP, ""), pytest.raises(Conflict, match="A run started in the UI is on lamp@main"):
        make(FakeStudio(), settings, monkeypatch)
    with opened(home) as instance:
        instance.report_run_failed(run)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
def test_an_interrupt_ends_the_run_in_good_order(number: signal.Signals, settings: Settings, home: Path) -> None:
    program = f"""
import sys, time, typer
from aiuteur import studio
from aiuteur.settings import load
from aiuteur_dagster import cli
from aiuteur_dagster.orders import Order
from aiuteur_dagster.terminal import making
from tests.orchestra.studios import FakeStudio, some_job
from tests.orchestra.test_making import BRIEF, LANE, STORY, unshown

class Slow(FakeStudio):
    def run(self, stage, lane, *, spend=True, anew=False):
        print("running", flush=True)
        time.sleep(60)

studio.Studio.open = lambda *_, **__: Slow()

cli.app = typer.Typer()
cli.app.callback()(lambda: None)

@cli.app.command()
def slowly():
    making.make_film(Order(LANE, STORY, BRIEF), load(home={str(settings.home)!r}), unshown)

sys.argv = ["aiuteur", "slowly"]
cli.main()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "running\n"
        working.send_signal(number)
        _, said = working.communicate(timeout=30)
    assert working.returncode == 130
    assert said == "aiuteur: Stopped. What is made is kept: run the same command again to go on.\n"
    assert runs(home)[0].status in {dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED}


def test_editing_the_repositorys_configuration_takes_effect(home: Path) -> None:
    assert (home / "dagster.yaml").resolve() == Path(__file__).resolve().parents[2] / "dagster.yaml"
    with opened(home) as instance:
        assert instance.telemetry_enabled is False
        assert instance.nux_enabled is False
        assert instance.run_retries_enabled is True
        assert instance.run_retries_max_retries == 2
        assert instance.run_monitoring_enabled is True
