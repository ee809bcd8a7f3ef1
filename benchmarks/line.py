"""What one changed line of dialogue costs in a film of three minutes: what is made again, and how soon the new film is there.

Belongs here: the edit of a line. Does not belong here: the edit of a shot's action (`benchmarks.film`).
"""

from collections.abc import Iterator
from typing import Final, cast

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.film.shots import Shot
from aiuteur.lane import Lane
from aiuteur.settings import load
from aiuteur.studio import Studio
from benchmarks.film import told
from benchmarks.meter import Usage
from benchmarks.place import Place, answer
from benchmarks.table import Found, group

LENGTH: Final = 188
WORDS: Final = 4600
LANE: Final = Lane("line")
PLACE: Final = Place("line")
_PAPERS: Final = {"quote", "dailies", "metrics", "forecast"}


@group("line", f"One line of dialogue edited in a film of {LENGTH} s (about 60 shots of 3 s), then made again by the command.")
def line() -> Iterator[Found]:
    """What is made again, and the wall time of the whole command with its start."""
    PLACE.fresh()
    (PLACE.folder / "story.txt").write_text(told(WORDS), encoding="utf-8")
    shots = cast("float", answer(_make())["shots"])
    with Studio.open(load(home=PLACE.folder / "home", out=PLACE.folder / "films")) as studio:
        before = _versions(studio)
        shot = next(shot for shot in _shots(studio) if shot.dialogue)
        lines: list[Json] = [said.document() for said in shot.dialogue]
        lines[0] = {**shot.dialogue[0].document(), "text": f"{shot.dialogue[0].text} I never said so before."}
        studio.edit(LANE, Key("shot_list", shot.id), {"dialogue": lines})
    used = _make()
    with Studio.open(load(home=PLACE.folder / "home", out=PLACE.folder / "films")) as studio:
        moved = {key for key, n in _versions(studio).items() if before.get(key) != n and key.artifact not in _PAPERS}
    PLACE.leave()
    touched = {Key("shot_list", shot.id), Key("prompts", shot.id), Key("clips", shot.id), Key("film")}
    yield Found("wall from the command to the new film", used.wall, "s", 10)
    yield Found("items made again that the line does not touch", len(moved - touched), "", 0)
    yield Found("items forgotten", len({Key("shot_list", shot.id), Key("film")} - moved), "", 0)
    yield Found("calls made: the line spoken, its scene mixed", cast("float", answer(used)["calls_made"]), "", 2)
    yield Found("shots", shots, "", 60, least=True)


def _make() -> Usage:
    story = str(PLACE.folder / "story.txt")
    return PLACE.aiuteur("make", story, "--project", LANE.project, "--length", str(LENGTH), "--json")


def _versions(studio: Studio) -> dict[Key, int]:
    return {key: found.n for key, found in studio.world(LANE).items.items()}


def _shots(studio: Studio) -> list[Shot]:
    world = studio.world(LANE)
    return [shot for scene in world.order("scenes") for item in world.order(scene)
            if isinstance(shot := world.items[Key("shot_list", item)].noun, Shot)]
