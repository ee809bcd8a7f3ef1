"""What a crash costs: a film killed at every commit point and at random moments, then made by running the command again.

Belongs here: killing, and comparing what comes of it. Does not belong here: what the commit points are (`aiuteur.commitpoints`).
Speech differs from call to call by a few samples, so these films have no voice; all that is heard is compared.
"""

import hashlib
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import psycopg

from aiuteur.commitpoints import POINTS, VARIABLE
from aiuteur.registry import embedded
from aiuteur.registry.addresses import conninfo, parse
from benchmarks.film import STORY
from benchmarks.place import AIUTEUR, Place
from benchmarks.table import Found, group

SECONDS: Final = 15
TIMES: Final = 2
MOMENTS: Final = 20
_WORDS: Final = ("make", str(STORY), "--project", "crash", "--length", str(SECONDS), "--json")
_ANEW: Final = 5
_MUTE: Final = "import sys\nsys.modules['espeakng_loader'] = None\n"
_COMPLETED: Final = "SELECT count(*) FROM aiuteur.generations WHERE state = 'COMPLETED'"
_DIFFERENT: Final = "SELECT count(DISTINCT request_key) FROM aiuteur.generations WHERE state = 'COMPLETED'"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A film as it can be compared: digests of its video packets and of its sound, and the ledger's counts."""

    video: str
    sound: str
    completed: int
    twice: int


@group("crash", f"A film of {SECONDS} s killed {TIMES} times at each commit point and at {MOMENTS} random moments; then again.")
def crash() -> Iterator[Found]:
    """Films that differ from the undisturbed one, and calls that were made although they had been completed."""
    undisturbed, took = _undisturbed()
    points = [_killed_at(point) for point in POINTS]
    chance = random.Random(SECONDS)  # noqa: S311 - moments to be tried again, not secrets
    moments = [_killed_after(chance.uniform(0.5, took)) for _ in range(MOMENTS)]
    found = points + moments
    yield Found("films with other video packets", sum(one.video != undisturbed.video for one in found), "", 0)
    yield Found("films with other sound", sum(one.sound != undisturbed.sound for one in found), "", 0)
    yield Found("completed requests made twice", sum(one.twice for one in found), "", 0)
    yield Found("films with other purchases", sum(one.completed != undisturbed.completed for one in found), "", 0)
    kills = len(points) * TIMES + len(moments)
    yield Found("kills", kills, "", len(POINTS) * TIMES + MOMENTS, least=True)


def _undisturbed() -> tuple[Outcome, float]:
    place = _place()
    used = place.aiuteur(*_WORDS, **_muted(place))
    return _outcome(place), used.wall


def _killed_at(point: str) -> Outcome:
    """Let the process kill itself where it first comes to a commit point, run again and again; then let it finish.

    Two that pass a point at once leave none to die at: then it is begun anew. Raises `RuntimeError` where it is never killed.
    """
    codes: list[int] = []
    for _ in range(_ANEW):
        place = _place()
        dying = {**_muted(place), VARIABLE: f"{point}:1"}
        codes = [place.attempt(*_WORDS, **dying).code for _ in range(TIMES)]
        if all(code == -signal.SIGKILL for code in codes):
            place.aiuteur(*_WORDS, **_muted(place))
            return _outcome(place)
    message = f"The film was not killed at {point} {TIMES} times: it ended with {codes}."
    raise RuntimeError(message)


def _killed_after(seconds: float) -> Outcome:
    """Kill the process so many seconds after its start."""
    place = _place()
    with (place.folder / "killed.log").open("wb") as log:
        process = subprocess.Popen([AIUTEUR, *_WORDS], env=place.environment | _muted(place), stdout=log, stderr=log)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    place.aiuteur(*_WORDS, **_muted(place))
    return _outcome(place)


def _place() -> Place:
    return Place("crash").fresh()


def _muted(place: Place) -> dict[str, str]:
    """An environment in which the voice extra is not found."""
    folder = place.folder / "mute"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_MUTE, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def _outcome(place: Place) -> Outcome:
    path = place.folder / "films" / "crash" / "main" / "film.mp4"
    with psycopg.connect(conninfo(parse(embedded.start(place.folder / "home")))) as connection:
        completed, different = ((connection.execute(query).fetchone() or (0,))[0] for query in (_COMPLETED, _DIFFERENT))
    place.leave()
    return Outcome(_packets(path, "video"), _packets(path, "audio"), completed, completed - different)


def _packets(path: Path, kind: str) -> str:
    """The digest of a stream's packets: their times and their bytes."""
    digest = hashlib.sha256()
    with av.open(str(path)) as film:
        for packet in film.demux(next(stream for stream in film.streams if stream.type == kind)):
            if packet.size:
                digest.update(f"{packet.pts} {packet.dts} {packet.duration}\n".encode() + bytes(packet))
    return digest.hexdigest()
