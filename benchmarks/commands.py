"""What a command costs on a lane of 60 shots and on one of a thousand: the slowest of twenty, command by command.

Belongs here: commands as a person gives them, each in its own transaction. Does not belong here: the lane (`benchmarks.lanes`),
or how fast versions can be appended at all (`benchmarks.appends`).
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np

from aiuteur.desk import Desk
from aiuteur.film import commands as c
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import embedded
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.settings import Settings
from benchmarks.lanes import fill
from benchmarks.place import Place
from benchmarks.table import Found, group

LENGTHS: Final = (60, 1000)
TIMES: Final = 24
BOUND: Final = 0.05

Given = Callable[[int], c.Command]
"""The command of a turn; turns differ in their items, so that each has something to do."""


@group("commands", f"Each command {TIMES} times on lanes of {' and of '.join(map(str, LENGTHS))} shots, on the embedded server.")
def measure() -> Iterator[Found]:
    """The 95th percentile of each command, in seconds, from giving it to its commit."""
    with _desk() as (registry, desk):
        for length in LENGTHS:
            lane = Lane(f"film-{length}")
            fill(registry, lane, length)
            slowest = 0.0
            for name, given in _given(length).items():
                took = _p95(desk, lane, given)
                slowest = max(slowest, took)
                yield Found(f"{name}, {length} shots, p95", took, "s", BOUND)
            yield Found(f"the slowest, {length} shots, p95", slowest, "s", BOUND)


def _given(length: int) -> dict[str, Given]:
    """Commands by name: one item of a lane after the other."""

    def shot(n: int) -> str:
        return f"shot_list/shot{n * 7 % length:06d}"

    def clip(n: int) -> str:
        return f"clips/shot{n * 7 % length:06d}"

    return {
        "edit a shot": lambda n: c.Edit(item=shot(n), changes={"action": f"They row, {n}."}),
        "edit by label": lambda n: c.Edit(item=f"shot:{n % 3 + 1}B", changes={"action": f"They rest, {n}."}),
        "edit a scene of the script": lambda n: c.Edit(item=f"script:{n % 3 + 1}", changes={"text": f"She rows on, {n}."}),
        "edit a character": lambda n: c.Edit(item="bible:person-3", changes={"wardrobe.headwear": f"cap {n}"}),
        "approve": lambda n: c.Approve(items=(clip(n),)),
        "promote": lambda n: c.Promote(item=clip(n), version=1),
        "unpin": lambda n: c.Unpin(items=(clip(n),)),
        "remake": lambda n: c.Remake(items=(clip(n),), force=True),
        "reject": lambda n: c.Reject(items=(f"frames/shot{n * 7 % length:06d}/start",)),
        "lock, unlock": lambda n: (c.Unlock if n % 2 else c.Lock)(items=(clip(n // 2),)),
        "keep": lambda n: c.Keep(items=(f"looks/scene0000/person{n % 2 + 1:03d}",)),
        "insert a shot": lambda n: c.Insert(what="shot", after="shot:2A", content={"action": f"Hands, {n}."}),
        "move a scene": lambda n: c.Move(item="scene:3", after="scene:1" if n % 2 else None),
        "insert a scene": lambda n: c.Insert(what="scene", after="scene:1", content={"slug": f"EXT. QUAY {n} - DAY"}),
        "split a shot": lambda n: c.Split(item=f"shot_list/shot{16 + n % 16:06d}", at=0.5 / (n // 16 + 1)),
        "delete a shot": lambda n: c.Delete(items=(f"shot_list/shot{length - 1 - n:06d}",)),
    }


def _p95(desk: Desk, lane: Lane, given: Given) -> float:
    took: list[float] = []
    for n in range(TIMES):
        command = given(n)
        began = time.perf_counter()
        desk.do(lane, command)
        took.append(time.perf_counter() - began)
    return float(np.percentile(took, 95))


@contextmanager
def _desk() -> Generator[tuple[Registry, Desk]]:
    place = Place("commands").fresh()
    settings = Settings(home=place.folder / "home")
    url = embedded.start(settings.home)
    prepare(url)
    registry = Registry.connect(url, local_user())
    try:
        yield registry, Desk(registry, Storage.open(settings.media), settings)
    finally:
        registry.close()
        embedded.stop(settings.home)
