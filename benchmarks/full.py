"""A disk that is full: what spenders lose and pay twice where nothing can be stored until somebody makes room.

Belongs here: a small file system of its own, filled up and emptied. Does not belong here: a store that is away (`outages`).

The file system lives in a namespace that any person may make (`unshare`), with the spenders in it, and is gone when they are.
"""

import json
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from aiuteur.media.storage import Storage
from aiuteur.registry.database import Registry, local_user
from benchmarks.counter import shop, stored
from benchmarks.outages import CLIPS, held
from benchmarks.place import ROOT
from benchmarks.spender import CLIP, PICTURE, Job, spend
from benchmarks.table import Found, group

FULL: Final = 8.0
"""Seconds for which it is full, each time."""

_SIZE: Final = "512m"
_MOUNTED: Final = f'mount -t tmpfs -o size={_SIZE} none "$1" && exec "$0" -m benchmarks.full "$1" "$2"'


@group("disk-full", f"{CLIPS} clips, then as many pictures, on a disk that is full for {FULL:g} s each time.")
def disk_full() -> Iterator[Found]:
    """What is lost, paid twice, or booked without its bytes."""
    with shop("disk-full", pace={"clip": 1.0, "picture": 0.2}) as place:
        keys = [f"d{number}" for number in range(CLIPS)]
        jobs = [
            place.job(place.lane(name), keys, model, f"w-{name}", at_once=4, locked=False)
            for name, model in (("clips", CLIP), ("pictures", PICTURE))
        ]
        told = _inside(Path(place.media), place.folder / "jobs.pickle", jobs)
        yield Found("times the disk was full", told["full"], "", len(jobs), least=True)
        yield Found("seconds in which nothing could be stored", told["seconds"], "s", FULL * len(jobs), least=True)
        yield from held(place, int(told["lost"]))


def _inside(media: Path, file: Path, jobs: Sequence[Job]) -> dict[str, float]:
    """Run the jobs with a file system of their own at the store's folder; raises `RuntimeError` where none can be had."""
    media.mkdir(exist_ok=True)
    file.write_bytes(pickle.dumps(list(jobs)))
    leave = [] if os.geteuid() == 0 else ["--map-root-user"]  # anybody may mount as the root of a world of their own
    command = ["unshare", *leave, "--mount", "sh", "-c", _MOUNTED, sys.executable, str(media), str(file)]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        message = f"A file system of its own could not be had, or the spenders failed in it: {done.stderr[-500:]}"
        raise RuntimeError(message)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Within: fill the disk, spend, make room after a while; then tell what is booked and not there."""
    media, jobs = Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes())  # noqa: S301 - written by the one above
    full, seconds = 0, 0.0
    for job in jobs:
        ballast = _filled(media)
        full += os.statvfs(media).f_bavail == 0
        began = time.monotonic()
        room = threading.Timer(FULL, ballast.unlink)
        room.start()
        spend(job)
        seconds += FULL if time.monotonic() - began >= FULL else 0.0
        room.join()
    registry = Registry.connect(jobs[0].url, local_user())
    lost = len(Storage.open(str(media)).lost(stored(registry)))
    registry.close()
    print(json.dumps({"full": full, "seconds": seconds, "lost": lost}))


def _filled(media: Path) -> Path:
    """A file that takes all there is."""
    ballast = media / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            return ballast


if __name__ == "__main__":
    main()
