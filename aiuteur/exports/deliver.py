"""Delivery: a lane's film and its papers, as files in a folder.

Belongs here: which files, under which names, written whole or not at all. Does not belong here: making any of them.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiuteur.commitpoints import reach
from aiuteur.errors import Unavailable
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Film
from aiuteur.lane import Lane


@dataclass(frozen=True, slots=True)
class Delivery:
    """The folder of a delivered film, and its files by name."""

    folder: Path
    files: tuple[Path, ...]


def deliver(film: Film, lane: Lane, out: Path, fetch: Callable[[MediaRef], bytes]) -> Delivery:
    """Write a film to `out/<project>/<branch>/`; raises `Unavailable` where the folder cannot be written."""
    folder = out / lane.project / lane.branch
    wanted = {
        "film.mp4": film.video, "film.srt": film.captions,
        "screenplay.fountain": film.screenplay, "storyboard.png": film.storyboard,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = tuple(_write(folder / name, ref, fetch) for name, ref in wanted.items())
    except OSError as error:
        message = f"The film is made, but {folder} cannot be written ({error.strerror}): free some space or choose another --out."
        raise Unavailable(message) from error
    return Delivery(folder, files)


def _write(path: Path, ref: MediaRef, fetch: Callable[[MediaRef], bytes]) -> Path:
    """Write beside and rename, so that nobody ever sees half a film; what a killed delivery left beside is written over."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(fetch(ref))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    reach("delivered")
    return path
