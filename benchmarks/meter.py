"""What a command costs: wall time, CPU of it and of everything it started, and the most memory they held together.

Belongs here: measuring processes. Does not belong here: which commands, or what they may cost.
"""

import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_EVERY: Final = 0.1
_PATIENCE: Final = 10.0
_PR_SET_CHILD_SUBREAPER: Final = 36
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took: seconds of wall and CPU, bytes at the peak, its exit code and what it printed."""

    wall: float
    cpu: float
    peak: int
    code: int
    out: str
    err: str


def metered(command: Sequence[str], environment: Mapping[str, str], log: Path, server: int | None = None) -> Usage:
    """Run a command to its end.

    CPU is that of the command and of all its descendants: this process adopts and awaits those that the command leaves behind,
    such as a fork server's workers. To it comes what the database server `server` (its postmaster's process id) used meanwhile.
    Memory is the proportional set size, in which what processes share counts once, summed over the living ten times a second.
    """
    _adopt_orphans(wanted=True)
    own, served = set(_mine()), _server_cpu(server)
    started = time.monotonic()
    with log.open("w+b") as out, log.with_suffix(".err").open("w+b") as err:
        process = subprocess.Popen(command, env=dict(environment), stdout=out, stderr=err)
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = max(watch.stop(), usage.ru_maxrss * 1024)
    cpu = usage.ru_utime + usage.ru_stime + _orphans_cpu(own) + _server_cpu(server) - served
    _adopt_orphans(wanted=False)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in (log, log.with_suffix(".err"))]
    return Usage(wall, cpu, peak, process.returncode, texts[0], texts[1])


def _adopt_orphans(*, wanted: bool) -> None:
    """Become the parent of descendants whose own parent ends, as Linux lets a process do."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_CHILD_SUBREAPER, int(wanted))


def _mine() -> list[int]:
    return _children().get(os.getpid(), [])


def _orphans_cpu(own: set[int]) -> float:
    """Await what was left behind, but for a database server, which stays; its CPU seconds."""
    spent = 0.0
    until = time.monotonic() + _PATIENCE
    while (left := [child for child in _mine() if child not in own and _name(child) != "postgres"]) and time.monotonic() < until:
        for child in left:
            ended, _, usage = os.wait4(child, os.WNOHANG)
            spent += usage.ru_utime + usage.ru_stime if ended else 0.0
        time.sleep(_EVERY / 2)
    return spent


class _Watch:
    """Looks at a tree of processes from a thread of its own until it is stopped."""

    def __init__(self, root: int) -> None:
        self._root, self._peak, self._done = root, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            self._peak = max(self._peak, sum(_memory(process) for process in tree(self._root)))

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._peak


def tree(root: int) -> list[int]:
    """A process and all its living descendants; empty once it ended."""
    children = _children()
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    return children


def _name(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def _memory(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def _server_cpu(server: int | None) -> float:
    """CPU seconds of a postmaster, of the backends it has, and of those it had."""
    return 0.0 if server is None else sum(_spent(process) for process in tree(server))


def _spent(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / _TICKS
