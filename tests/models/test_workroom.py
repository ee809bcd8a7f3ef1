import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = """
import os, sys, time
from aiuteur.models.animatic.workroom import workroom
if __name__ == "__main__":
    pool = workroom(2)
    print(*{pool.submit(os.getpid).result() for _ in range(8)}, flush=True)
    time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_workers_do_not_outlive_a_killed_master(tmp_path: Path) -> None:
    program = tmp_path / "master.py"
    program.write_text(PROGRAM, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    master = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True, env=environment)
    assert master.stdout is not None
    workers = [int(pid) for pid in master.stdout.readline().split()]
    assert workers
    assert all(map(alive, workers))
    master.send_signal(signal.SIGKILL)
    master.wait()
    master.stdout.close()
    patience = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < patience:
        time.sleep(0.2)
    assert not any(map(alive, workers))
