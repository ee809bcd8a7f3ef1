"""What a novel costs: ten megabytes of text condensed to a film.

Belongs here: length. Does not belong here: stories of a common length (`benchmarks.film`).
"""

from collections.abc import Iterator
from typing import Final

from benchmarks.film import GIGABYTE, STORY
from benchmarks.place import Place, answer
from benchmarks.table import Found, group

BYTES: Final = 10_000_000
SECONDS: Final = 30


@group("novel", f"A film of {SECONDS} s from a novel of {BYTES // 10**6} MB.")
def novel() -> Iterator[Found]:
    """Memory, and how long it takes to read."""
    place = Place("novel")
    place.fresh()
    text = place.folder / "novel.txt"
    text.write_text(_written(), encoding="utf-8")
    used = place.aiuteur("make", str(text), "--project", "novel", "--length", str(SECONDS), "--json")
    place.leave()
    yield Found("peak memory", used.peak / GIGABYTE, "GB", 1.5)
    yield Found("wall", used.wall, "s")
    yield Found("length off what was asked", abs(float(str(answer(used)["length_seconds"])) - SECONDS) / SECONDS, "", 0.1)


def _written() -> str:
    """Chapter after chapter of the same story, each in a year of its own, so that no two are the same text."""
    story = STORY.read_text(encoding="utf-8").strip()
    chapters = BYTES // (len(story.encode()) + 60) + 1
    return "\n\n".join(f"Chapter {n}\n\nThis was in the year {n}.\n\n{story}" for n in range(1, chapters + 1))
