"""The embedded Postgres: the default server, its data under a home folder, started on demand and shared by processes.

Belongs here: starting, finding and stopping it. Does not belong here: what is stored in it (`database`, `tables`).

The server listens on a Unix socket only and trusts whoever reaches it, so the folder of the socket is the door: it is the data
folder itself (mode 0700), or, where that path is too long for a socket, a private temporary folder noted in `home/socket`.
Run by root, pgserver makes an account `pgserver` and runs the server under it; the parents of the data folder and of the package
then gain the right to be passed through (`go+x`), which the account needs, and nothing more. Without root no mode changes.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

import psycopg

from aiuteur.errors import Unavailable

DATABASE: Final = "aiuteur"
_SOCKET_LIMIT: Final = 100
"""Bytes of a socket's path: the kernel takes 107 on Linux, 103 on macOS."""
_START_SECONDS: Final = 120
_STOP_SECONDS: Final = 30


class _Server(NamedTuple):
    pid: int
    sockets: Path


def start(home: Path) -> str:
    """The admin URL of the server over `home/postgres`, started if it is not running; raises `Unavailable`.

    The first start makes the data folder (two seconds); finding it running costs a connection (a few milliseconds).
    """
    home = home.absolute()
    found = _find(home)
    if found is not None and _answers(found.sockets):
        return admin_url(found.sockets)
    with _only_one(home):
        found = _find(home)
        sockets = found.sockets if found is not None and _answers(found.sockets) else _launch(home)
        _make_database(sockets)
    return admin_url(sockets)


def running(home: Path) -> bool:
    """Whether the server over `home/postgres` answers."""
    found = _find(home.absolute())
    return found is not None and _answers(found.sockets)


def stop(home: Path) -> None:
    """Stop the server over `home/postgres` and wait until it is gone; does nothing where none runs. Raises `Unavailable`.

    Open transactions are rolled back; committed work is safe.
    """
    home = home.absolute()
    if not home.is_dir():
        return
    with _only_one(home):
        found = _find(home)
        if found is not None and _is_postgres(found.pid):
            with suppress(ProcessLookupError):
                os.kill(found.pid, signal.SIGINT)  # Postgres calls it a fast shutdown
            _wait_until_gone(home, found.pid)
        _forget_runtime(home)


def admin_url(sockets: Path, database: str = DATABASE) -> str:
    """The administrator's URL of a database behind a socket folder."""
    return f"postgresql+psycopg://postgres@/{database}?host={sockets}"


def _data(home: Path) -> Path:
    return home / "postgres"


def _find(home: Path) -> _Server | None:
    """The server that the pid file tells of, if its process exists; whether it answers is another question."""
    try:
        lines = (_data(home) / "postmaster.pid").read_text().splitlines()
        server = _Server(int(lines[0]), Path(lines[4]))
        os.kill(server.pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return server


def _answers(sockets: Path) -> bool:
    try:
        psycopg.connect(host=str(sockets), user="postgres", dbname=DATABASE, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _only_one(home: Path) -> Generator[None]:
    """Hold the start lock of a home; the kernel lets go of it when the process dies."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with (home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        message = f"The studio's database cannot be kept in {home}: {error.strerror}. Choose a folder that can be written to."
        raise Unavailable(message) from error


def _launch(home: Path) -> Path:
    data = _data(home)
    data.mkdir(mode=0o700, exist_ok=True)
    runtime = _runtime(home)
    command = [sys.executable, "-P", str(Path(__file__).with_name("postmaster.py")), str(data)]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "TMPDIR": str(runtime)}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command, env=environment, capture_output=True, text=True, timeout=_START_SECONDS, check=False, start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(_did_not_start(data, f"no answer in {_START_SECONDS} s")) from error
    if done.returncode:
        raise Unavailable(_did_not_start(data, (done.stderr.strip().splitlines() or ["no reason given"])[-1]))
    return Path(done.stdout.strip())


def _did_not_start(data: Path, why: str) -> str:
    return (
        f"The embedded Postgres did not start over {data} ({why}). Its log is {data / 'log'}; "
        "look there for a full disk or wrong rights, or set AIUTEUR_DATABASE_URL to a server of your own."
    )


def _runtime(home: Path) -> Path:
    """A private folder for pgserver's own lock, and for the socket where the data folder's path is too long for one."""
    if len(str(_data(home) / ".s.PGSQL.5432").encode()) <= _SOCKET_LIMIT:
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        return runtime
    note = home / "socket"
    with suppress(OSError):
        noted = Path(note.read_text())
        if noted.is_dir() and not noted.is_symlink() and noted.stat().st_uid == os.geteuid():
            return noted
    made = Path(tempfile.mkdtemp(prefix="aiuteur-", dir="/tmp"))  # $TMPDIR may be long too
    note.write_text(str(made))
    return made


def _forget_runtime(home: Path) -> None:
    note = home / "socket"
    with suppress(OSError):
        shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink()


def _make_database(sockets: Path) -> None:
    try:
        _make_if_missing(sockets)
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[-1]
        message = f"The embedded Postgres behind {sockets} runs but lets nobody in ({why}): end what else uses it, and try again."
        raise Unavailable(message) from error


def _make_if_missing(sockets: Path) -> None:
    with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _is_postgres(pid: int) -> bool:
    """Whether the pid file's number still is a Postgres's: after a crash it may be a stranger's, which is not ours to stop."""
    from aiuteur.registry.postmaster import is_server  # brings psutil, which only stopping needs

    return is_server(pid)


def _wait_until_gone(home: Path, pid: int) -> None:
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        found = _find(home)
        if found is None or found.pid != pid:
            return
        time.sleep(0.02)
    message = f"The embedded Postgres (process {pid}) did not stop in {_STOP_SECONDS} s: look at {_data(home) / 'log'}."
    raise Unavailable(message)
