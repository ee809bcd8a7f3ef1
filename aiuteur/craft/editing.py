"""Editing: when everything happens. Start times follow from order and durations; they are derived here and stored nowhere.

Belongs here: the timeline of a film. Does not belong here: joining anything (`aiuteur.media.assemble`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose.segments import Span, sentences
from aiuteur.craft.timing import spoken_seconds
from aiuteur.film.formats import FPS
from aiuteur.film.shots import DialogueLine, ScreenSide, Shot

LEAD_IN: Final = 0.25
"""Seconds a shot breathes before its first line."""

BETWEEN_LINES: Final = 0.2
HALF_A_FRAME: Final = 0.5 / FPS
_HEADING: Final = re.compile(r"(?:INT|EXT|EST|I/E)[ ./]")
_ENDED: Final = re.compile(r"[.!?…。！？؟۔।][\"'”’»)」』]*$")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A spoken line in its scene: start and slot in seconds from the scene's start, and the side it is heard from."""

    shot_id: str
    line: DialogueLine
    start: float
    seconds: float
    side: ScreenSide


@dataclass(frozen=True, slots=True)
class PlacedShot:
    """A shot in its scene: start from the scene's start, and how long it is on screen, in seconds."""

    shot: Shot
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class PlacedScene:
    """A scene in the film: start from the film's start and length in seconds, its shots and lines."""

    scene_id: str
    start: float
    seconds: float
    shots: tuple[PlacedShot, ...]
    lines: tuple[PlacedLine, ...]


def timeline(scenes: Sequence[str], shots: Mapping[str, Sequence[Shot]], head_seconds: float) -> tuple[PlacedScene, ...]:
    """Place every scene, shot and line of a film that begins with a title card of `head_seconds`."""
    placed: list[PlacedScene] = []
    start = head_seconds
    for scene in scenes:
        found = _scene(scene, start, shots.get(scene, ()))
        placed.append(found)
        start += found.seconds
    return tuple(placed)


def fitted(shot: Shot, seconds: float | None) -> Shot:
    """A shot as its clip of so many seconds can show it: no longer than the clip, which may wait to be made again."""
    if seconds is None or seconds >= shot.duration - HALF_A_FRAME:
        return shot
    out = min(shot.out_point if shot.out_point is not None else seconds, seconds)
    return shot.model_copy(update={"duration": seconds, "out_point": out, "in_point": min(shot.in_point, out)})


def is_whole(shot: Shot, seconds: float | None) -> bool:
    """Whether a shot shows all of its clip of so many seconds."""
    longer = seconds is not None and seconds > shot.duration + HALF_A_FRAME
    return shot.in_point == 0 and shot.out_point in {None, shot.duration} and not longer


@dataclass(frozen=True, slots=True)
class Told:
    """A shot in which nobody speaks: start in the film and length in seconds, and the story's sentences that it shows."""

    start: float
    seconds: float
    sentences: tuple[str, ...]


def narration(scenes: Sequence[PlacedScene], fountain: str) -> tuple[Told, ...]:
    """What a film tells without speech: the sentences of each silent shot's action that stand in the script as action."""
    written = " ".join(line for line in fountain.split("\n") if not _HEADING.match(line))
    script = re.sub(r"\s+", " ", written)
    spoken = " ".join(line.line.text for scene in scenes for line in scene.lines)
    return tuple(
        Told(scene.start + placed.start, placed.seconds, found)
        for scene in scenes for placed in scene.shots
        if not placed.shot.dialogue and (found := _told(placed.shot.action, script, spoken))
    )


def _told(action: str, script: str, spoken: str) -> tuple[str, ...]:
    found = [span.of(action) for span in sentences(action, Span(0, len(action)))]
    return tuple(text for text in found if _ENDED.search(text) and text in script and text not in spoken)


def on_screen(shot: Shot) -> float:
    """Seconds a shot is in the film: from its in point to its out point."""
    return (shot.out_point if shot.out_point is not None else shot.duration) - shot.in_point


def placed_lines(shot: Shot) -> list[PlacedLine]:
    """A shot's lines, placed from where it begins on screen."""
    return _lines(shot, 0.0)


def _scene(scene: str, start: float, shots: Sequence[Shot]) -> PlacedScene:
    placed: list[PlacedShot] = []
    lines: list[PlacedLine] = []
    at = 0.0
    for shot in shots:
        placed.append(PlacedShot(shot, at, on_screen(shot)))
        lines += _lines(shot, at)
        at += on_screen(shot)
    return PlacedScene(scene, start, at, tuple(placed), tuple(lines))


def _lines(shot: Shot, at: float) -> list[PlacedLine]:
    """A shot's lines one after another, each in the slot it needs; where they are too much for the shot they share it."""
    wanted = [spoken_seconds(line.text) for line in shot.dialogue]
    if not wanted:
        return []
    room = max(0.1, on_screen(shot) - LEAD_IN - BETWEEN_LINES * (len(wanted) - 1))
    scale = min(1.0, room / sum(wanted)) if sum(wanted) else 1.0
    sides = {block.character_id: block.side for block in shot.blocking}
    placed: list[PlacedLine] = []
    start = at + LEAD_IN
    for line, seconds in zip(shot.dialogue, wanted, strict=True):
        side = sides.get(line.speaker_id or "", ScreenSide.CENTRE)
        placed.append(PlacedLine(shot.id, line, round(start, 3), round(seconds * scale, 3), side))
        start += seconds * scale + BETWEEN_LINES
    return placed
