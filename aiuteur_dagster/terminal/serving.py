"""`aiuteur up` and `aiuteur down`: Postgres, the Dagster webserver and its daemon, on this machine only.

Belongs here: starting, watching and ending those processes. Does not belong here: the embedded server
(`aiuteur.registry.embedded`), which `up` starts and only `down` stops, since films may be in the making in other terminals.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from pydantic import TypeAdapter

from aiuteur.errors import Conflict, InvalidInput, Unavailable
from aiuteur.settings import Settings
from aiuteur_dagster import locks, stopping
from aiuteur_dagster.home import WORKSPACE, opened, prepare
from aiuteur_dagster.orphans import sweep

HOST: Final = "127.0.0.1"
PORT: Final = 3000
_READY_SECONDS: Final = 120.0
_STOP_SECONDS: Final = 20.0
_PORTS: Final = 65_535
_STATE: Final = "up.json"


@dataclass(frozen=True, slots=True)
class Serving:
    """A studio that is up: its address, the process that keeps it so, its children, and how many orphaned runs it ended."""

    address: str
    pid: int
    children: tuple[int, ...]
    orphans: int


_SERVING: Final = TypeAdapter(Serving)


def up(settings: Settings, port: int | None, ready: Callable[[Serving], None]) -> None:
    """Serve until interrupted or told to stop.

    Raises `Conflict` where the port or the studio is taken, `Unavailable` where a part does not start or dies.
    """
    chosen = _port(port)
    home = prepare(settings)
    with _ended_by_down(), locks.held_by_me(home, locks.UP, _already(home)):
        _end_leftovers(home)
        with opened(home) as instance:
            ended = sweep(instance, home=home, held=lambda lane: locks.held(home, locks.lane_lock(lane)), served=False)
        lock_held = locks.held_by_me(home, locks.SERVING, "")
        with stopping.concluded(home), lock_held as lock, _children(home, chosen, lock) as children:
            serving = Serving(f"http://{HOST}:{chosen}", os.getpid(), tuple(child.pid for child in children), len(ended))
            (home / _STATE).write_bytes(_SERVING.dump_json(serving))
            _wait_until_ready(serving.address, children, home)
            ready(serving)
            _watch(children, home)


def down(settings: Settings) -> tuple[bool, bool]:
    """Stop what `up` started, then the embedded Postgres; tells whether each was there to stop."""
    from aiuteur.registry import embedded

    home = settings.home / "dagster"
    was_up = False
    if home.is_dir():
        state, alive = _state(home), locks.held(home, locks.UP)
        was_up = alive or locks.held(home, locks.SERVING)
        if alive and state is not None:
            _end(state.pid, lambda: locks.held(home, locks.UP))
        _end_leftovers(home)
    had_server = settings.database_url is None and embedded.running(settings.home)
    if had_server:
        embedded.stop(settings.home)
    return was_up, had_server


def _port(asked: int | None) -> int:
    """The port asked for, else the usual one, else any free one."""
    if asked is not None and not 0 < asked <= _PORTS:
        message = f"{asked} is no port: give one from 1 to {_PORTS}."
        raise InvalidInput(message)
    if asked is not None and not _free(asked):
        message = f"Port {asked} on {HOST} is taken: give another --port, or none for a free one."
        raise Conflict(message)
    if asked is not None or _free(PORT):
        return asked or PORT
    with socket.socket() as anywhere:
        anywhere.bind((HOST, 0))
        return int(anywhere.getsockname()[1])


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _already(home: Path) -> str:
    state = _state(home)
    where = f" at {state.address}" if state is not None else ""
    return f"This studio is already up{where}: open it there, or run `aiuteur down` first."


def _state(home: Path) -> Serving | None:
    try:
        return _SERVING.validate_json((home / _STATE).read_bytes())
    except (OSError, ValueError):
        return None


@contextmanager
def _children(home: Path, port: int, lock: int) -> Generator[list[subprocess.Popen[bytes]]]:
    """The webserver and the daemon, each in a session of its own and both holding `lock`; stopped with all they started."""
    workspace = ["-w", str(WORKSPACE)]
    commands = {
        "webserver": ["dagster_webserver", *workspace, "-h", HOST, "-p", str(port)],
        "daemon": ["dagster._daemon", "run", *workspace],
    }
    children: list[subprocess.Popen[bytes]] = []
    try:
        for name, command in commands.items():
            with _log(home, name).open("wb") as log:
                children.append(subprocess.Popen(  # noqa: S603 - our own commands, no shell
                    [sys.executable, "-m", *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True, pass_fds=[lock],
                ))
        yield children
    finally:
        if children:
            stopping.announce(home)
        _stop([child.pid for child in children], lambda: any(child.poll() is None for child in children))


def _log(home: Path, name: str) -> Path:
    folder = home / "servers"  # Dagster empties its own `logs`
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


def _wait_until_ready(address: str, children: Sequence[subprocess.Popen[bytes]], home: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        _raise_if_dead(children, home)
        with suppress(URLError, OSError), urlopen(f"{address}/server_info", timeout=2):  # noqa: S310 - our own http address
            return
        time.sleep(0.2)
    message = f"The webserver did not answer within {_READY_SECONDS:.0f} s: read {_log(home, 'webserver')}."
    raise Unavailable(message)


def _watch(children: Sequence[subprocess.Popen[bytes]], home: Path) -> None:
    """Stay until a child dies, which raises `Unavailable`."""
    while True:
        _raise_if_dead(children, home)
        time.sleep(0.5)


@contextmanager
def _ended_by_down() -> Generator[None]:
    """A SIGTERM, which `down` sends, or a closed terminal leaves in good order and with success."""

    def leave(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise SystemExit(0)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_if_dead(children: Sequence[subprocess.Popen[bytes]], home: Path) -> None:
    for child, name in zip(children, ("webserver", "daemon"), strict=False):
        if child.poll() is not None:
            message = f"The Dagster {name} ended with code {child.returncode}: read {_log(home, name)}."
            raise Unavailable(message)


def _end_leftovers(home: Path) -> None:
    """Stop the children of an `up` that was killed: they hold a lock that tells they are ours and alive."""
    if locks.held(home, locks.SERVING):
        state = _state(home)
        _stop(state.children if state is not None else (), lambda: locks.held(home, locks.SERVING))


def _end(pid: int, alive: Callable[[], bool]) -> None:
    """Ask one process to end, and wait until it has."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 2 * _STOP_SECONDS
    while alive() and time.monotonic() < deadline:
        time.sleep(0.1)


def _stop(pids: Sequence[int], alive: Callable[[], bool]) -> None:
    """End process groups that we started: asked first, then without asking; run workers are in their groups too."""
    for number, patience in ((signal.SIGTERM, _STOP_SECONDS), (signal.SIGKILL, 2.0)):
        for pid in pids:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, number)
        deadline = time.monotonic() + patience
        while alive() and time.monotonic() < deadline:
            time.sleep(0.1)
