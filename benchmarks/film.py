"""What a film costs: made from nothing, made again unchanged, and made again after one shot's action was edited.

Belongs here: whole films through the real command line. Does not belong here: crashes (`benchmarks.crash`).
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Final, cast

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.film.shots import Pose, Shot
from aiuteur.lane import Lane
from aiuteur.settings import Settings, load
from aiuteur.studio import Studio
from benchmarks.meter import Usage
from benchmarks.place import ROOT, Place, answer
from benchmarks.table import Found, group

STORY: Final = ROOT / "tests" / "fixtures" / "story.txt"
OTHER: Final = ROOT / "examples" / "the-lamplighter.txt"
WORDS: Final = 2300
LENGTH: Final = 90
LANE: Final = Lane("benchmark")
GIGABYTE: Final = 1e9
PLACE: Final = Place("film")

Versions = Mapping[tuple[str, str], int]


@group("film", f"A film of {LENGTH} s from a story of {WORDS:,} words, 1280×720, the set-up done.")
def film() -> Iterator[Found]:
    """CPU against encoding alone, wall against length, memory."""
    used = _from_nothing()
    said = answer(used)
    seconds = cast("float", said["length_seconds"])
    alone = _encoding(Path(str(said["folder"])) / "film.mp4")
    PLACE.leave()
    yield Found("CPU of the run / CPU of encoding its frames alone", used.cpu / alone["drawn"], "×", 2.2)
    yield Found("CPU per film second", used.cpu / seconds, "s", 1.2)
    yield Found("wall / film length", used.wall / seconds, "×", 0.8)
    yield Found("length off what was asked", abs(seconds - LENGTH) / LENGTH, "", 0.1)
    yield Found("peak memory", used.peak / GIGABYTE, "GB", 1.5)
    yield Found("wall", used.wall, "s")
    yield Found("shots", cast("float", said["shots"]), "")
    yield Found("calls made", cast("float", said["calls_made"]), "")
    yield Found("CPU of encoding alone, from rgb24", alone["drawn"], "s")
    yield Found("CPU of encoding alone, from yuv420p", alone["planar"], "s")


@group("again", "The same film made again, nothing having changed: three times.")
def again() -> Iterator[Found]:
    """Generations made, and wall with process start."""
    _there()
    runs = [_make() for _ in range(3)]
    PLACE.leave()
    yield Found("generations made", max(cast("int", answer(used)["calls_made"]) for used in runs), "", 0)
    yield Found("wall with process start", median(used.wall for used in runs), "s", 8)


@group("edit", "One shot's action edited, then made again; every item's version is compared.")
def edit() -> Iterator[Found]:
    """Items made again beyond what the edit calls for, and items that were forgotten."""
    _there()
    with Studio.open(_settings()) as studio:
        shot = _editable(studio)
        before, wanted = _versions(), _called_for(studio, shot)
        studio.edit(LANE, Key("shot_list", shot.id), _sitting(shot))
    said = answer(_make())
    moved = {item for item, version in _versions().items() if before.get(item) != version}
    PLACE.leave()
    about = {item for item in moved if item[0] in {"dailies", "metrics", "forecast", "quote"}}
    yield Found("items made again that need not be", len(moved - wanted - about - {("shot_list", shot.id)}), "", 0)
    yield Found("items forgotten", len(wanted - moved), "", 0)
    yield Found("items made again", len(moved - about - {("shot_list", shot.id)}), "")
    yield Found("generations made", cast("float", said["calls_made"]), "")


def _make() -> Usage:
    story = str(PLACE.folder / "story.txt")
    return PLACE.aiuteur("make", story, "--project", LANE.project, "--length", str(LENGTH), "--json")


def _from_nothing() -> Usage:
    """Make the film where nothing is yet but the set-up."""
    PLACE.fresh()
    (PLACE.folder / "story.txt").write_text(told(WORDS), encoding="utf-8")
    return _make()


def told(words: int) -> str:
    """A story of so many words, to the end of a paragraph: the two at hand, one after the other, as often as need be."""
    paragraphs: list[str] = []
    count = 0
    for paragraph in cycle([*STORY.read_text(encoding="utf-8").split("\n\n"), *OTHER.read_text(encoding="utf-8").split("\n\n")]):
        if count >= words:
            return "\n\n".join(paragraphs)
        paragraphs.append(paragraph.strip())
        count += len(paragraph.split())
    raise AssertionError


def _there() -> None:
    """Have the film made, once, for what comes after it."""
    if not (PLACE.folder / "films" / LANE.project / LANE.branch / "film.mp4").exists():
        _from_nothing()


def _encoding(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.encoding", str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def _settings() -> Settings:
    return load(home=PLACE.folder / "home", out=PLACE.folder / "films")


def _versions() -> Versions:
    """Every item's selected version."""
    rows = cast("list[dict[str, object]]", json.loads(PLACE.aiuteur("status", str(LANE), "--json").out))
    return {(str(row["artifact"]), str(row["item"])): cast("int", row["version"]) for row in rows}


def _editable(studio: Studio) -> Shot:
    """A shot that another continues from, where there is one; else the third."""
    world = studio.world(LANE)
    shots = [shot for scene in world.order("scenes") for item in world.order(scene)
             if isinstance(shot := world.items[Key("shot_list", item)].noun, Shot)]
    continued = {shot.continues_from for shot in shots}
    return next((shot for shot in shots if shot.id in continued), shots[2])


def _sitting(shot: Shot) -> dict[str, Json]:
    """Another action, and what it does to the bodies, to the end of the shot: both its pictures change with it."""
    blocking: list[Json] = [{**block.document(), "pose": Pose.SITTING.value} for block in shot.blocking]
    return {"action": f"{shot.action.rstrip('.')}, and sits down, listening.", "blocking": blocking}


def _called_for(studio: Studio, shot: Shot) -> set[tuple[str, str]]:
    """Exactly that shot's prompts, frames and clip; the start frame and clip of one that continues from it; the film."""
    world = studio.world(LANE)
    frames = {("frames", key.item) for key in world.items if key.artifact == "frames" and key.item.startswith(f"{shot.id}/")}
    following = [found.noun for found in world.of("shot_list").values()
                 if isinstance(found.noun, Shot) and found.noun.continues_from == shot.id]
    after = {item for noun in following for item in (("frames", f"{noun.id}/start"), ("clips", noun.id))}
    return {("prompts", shot.id), ("clips", shot.id), ("film", ""), *frames, *after}
