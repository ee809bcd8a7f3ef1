"""Outages: a database that is killed and a store that takes nothing, again and again, while spenders buy.

Belongs here: taking things away and giving them back. Does not belong here: killed spenders and failing services (`chaos`).
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, TypeAlias

from aiuteur.media.storage import Storage
from aiuteur.registry import embedded
from aiuteur.registry.states import OPEN
from benchmarks.counter import Shop, by_key, shop, stored, twice
from benchmarks.spender import CLIP, PICTURE
from benchmarks.table import Found, group

SIZE: Final = float(os.environ.get("AIUTEUR_CHAOS", "1"))
RESTARTS: Final = max(2, round(20 * min(1.0, SIZE)))
OUTAGES: Final = max(1, round(10 * min(1.0, SIZE)))
AWAY: Final = 5.0
CLIPS: Final = max(8, round(60 * min(1.0, SIZE)))
_RUNS: Final = 60

Outage: TypeAlias = "Callable[[Shop], None]"


@group("restarts", f"{CLIPS} clips and as many pictures while Postgres is killed {RESTARTS} times.")
def restarts() -> Iterator[Found]:
    """What a film loses and pays twice."""
    with shop("restarts", pace={"clip": 2.0, "picture": 0.5}) as place:
        yield from _under(place, RESTARTS, _kill_postgres)


@group("unwritable", f"{CLIPS} clips and as many pictures while the store takes nothing {OUTAGES} times for {AWAY:g} s.")
def unwritable() -> Iterator[Found]:
    """The same with a store that is away."""
    with shop("unwritable", pace={"clip": 2.0, "picture": 0.5}) as place:
        yield from _under(place, OUTAGES, _take_store_away)


def _under(place: Shop, times: int, outage: Outage) -> Iterator[Found]:
    """Buy everything, under so many outages; a spender that gives up is started again, as a run is."""
    wanted = {CLIP: place.lane("clips"), PICTURE: place.lane("pictures")}
    keys = {model: [f"o{number}" for number in range(CLIPS)] for model in wanted}
    spenders = {
        model: place.start(place.job(lane, keys[model], model, f"w-{model}", at_once=4)) for model, lane in wanted.items()
    }
    done = runs = 0
    while runs < _RUNS and (done < times or any(spender.is_alive() for spender in spenders.values())):
        if done < times:
            outage(place)
            done += 1
        for model, spender in spenders.items():
            if not spender.is_alive() and (spender.exitcode != 0 or done < times):
                runs += 1
                job = place.job(wanted[model], keys[model], model, f"w-{model}-{runs}", at_once=4)
                spenders[model] = place.start(job)
        time.sleep(1.0)
    _ended(list(spenders.values()))
    for model, lane in wanted.items():
        place.spend(place.job(lane, keys[model], model, f"w-{model}-last"))
    yield Found("outages", done, "", times, least=True)
    yield from held(place, len(Storage.open(place.media).lost(stored(place.registry))))


def held(place: Shop, lost: int) -> Iterator[Found]:
    """What is booked against the bill; `lost` media are booked and not in the store."""
    rows = place.booked()
    short = [row for row in rows if not row.long]
    lines = sum(1 for line in place.services.bill().lines if not line["intent"])
    answered = {key for key, of_key in by_key(rows).items() if any(row.state in {"COMPLETED", "AMBIGUOUS"} for row in of_key)}
    yield Found("calls not answered", len(by_key(rows)) - len(answered), "", 0)
    yield Found("calls paid twice", twice(place, rows) + max(0, lines - len(by_key(short))), "", 0)
    yield Found("waiting for a person", sum(row.state == "AMBIGUOUS" for row in rows), "")
    yield Found("left open", sum(row.state in {*OPEN} - {"AMBIGUOUS"} for row in rows), "", 0)
    yield Found("rows without bytes", lost, "", 0)


def _kill_postgres(place: Shop) -> None:
    """Kill the server as a crash would, and start it again."""
    home = place.folder / "home"
    pid = int(next(home.rglob("postmaster.pid")).read_text().split("\n")[0])
    os.kill(pid, signal.SIGQUIT)  # Postgres calls it an immediate shutdown
    while Path(f"/proc/{pid}").exists():
        time.sleep(0.02)
    embedded.start(home)
    time.sleep(1.0)


def _take_store_away(place: Shop) -> None:
    """Put a file where the store's folder was, for a while."""
    folder = Path(place.media)
    away = folder.with_name("media-away")
    folder.mkdir(exist_ok=True)
    folder.rename(away)
    folder.write_text("no folder")
    time.sleep(AWAY)
    folder.unlink()
    away.rename(folder)
    time.sleep(1.0)


def _ended(spenders: list[BaseProcess]) -> None:
    for spender in spenders:
        spender.join(60)
        if spender.is_alive():
            spender.kill()
            spender.join()
