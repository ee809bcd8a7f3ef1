"""The coverage of a scene, by the grammar of establishing shot, two-shot, singles and inserts.

Belongs here: which shots there are, their size, angle, lens and movement. Does not belong here: where people stand
(`blocking`), how long shots last (`rhythm`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from aiuteur.craft.blocking import held_in, pose_of, sides
from aiuteur.craft.feelings import intensity
from aiuteur.craft.framing import mood, shot
from aiuteur.craft.moments import Moment, Plan, again, condensed, moments, sum_lines, who_acts
from aiuteur.craft.rhythm import LONGEST_LINE, Held, pace
from aiuteur.digest import Json
from aiuteur.film.screenplay import ScriptScene
from aiuteur.film.shots import (
    CameraAngle,
    CameraMovement,
    DialogueLine,
    Pose,
    Scene,
    ScreenSide,
    Shot,
    ShotSize,
    ShotType,
)


def shot_list(
    scene: Scene,
    script: ScriptScene,
    cast: Sequence[Mapping[str, Json]],
    location: Mapping[str, Json] | None,
    seconds: float,
    max_seconds: float,
    props: Sequence[Mapping[str, Json]] = (),
) -> list[Shot]:
    """The shots of a scene in order, filling `seconds`, none longer than `max_seconds`; ids and labels are left empty.

    `props` are the scene's things, each with id and name; a shot gets the ids of those its action names.
    """
    happening = moments(script, cast, min(LONGEST_LINE, max_seconds - 0.8)) or [Moment(scene.excerpt or str(script.slug))]
    present = _present(happening, scene, cast)
    line = sides(present, [moment.speaker_id for moment in happening if moment.speaker_id in present])
    plans = _plans(happening, present, line, {str(person["id"]): person for person in cast}, scene)
    plans = condensed(plans, seconds)
    held = pace([Held(sum_lines(plan), plan.kind) for plan in plans], seconds, max_seconds)
    things = {str(prop["name"]).lower(): str(prop["id"]) for prop in props}
    poses: dict[str, Pose] = {}
    made: list[Shot] = []
    shown: Counter[int] = Counter()
    for place, length in held:
        plan = again(plans[place], shown[place], present) if shown[place] else plans[place]
        plan.things = things
        made.append(shot(plan, length, line, poses, scene, location))
        shown[place] += 1
    return made


def continuing(shots: Sequence[Shot]) -> list[int | None]:
    """For each shot the index of the one it continues: the camera rolls on where a set-up is held over a cut."""
    return [None, *(place if _same_set_up(one, two) else None for place, (one, two) in enumerate(pairwise(shots)))][: len(shots)]


def _same_set_up(one: Shot, two: Shot) -> bool:
    """Whether two shots are one set-up: the same still frame on the same people, who have not moved."""
    stand = [[(block.character_id, block.side, block.facing, block.pose) for block in shot.blocking] for shot in (one, two)]
    still = one.cinematography.movement is CameraMovement.STATIC
    return still and one.cinematography == two.cinematography and stand[0] == stand[1] and bool(one.blocking)


def _present(happening: Sequence[Moment], scene: Scene, cast: Sequence[Mapping[str, Json]]) -> list[str]:
    """The people of the scene: who speaks first stands first."""
    known = {str(person["id"]) for person in cast}
    speaking = [moment.speaker_id for moment in happening if moment.speaker_id and not moment.off_screen]
    return list(dict.fromkeys([*speaking, *(person for person in scene.cast if person in known)]))


def _plans(
    happening: Sequence[Moment],
    present: Sequence[str],
    line: Mapping[str, ScreenSide],
    names: Mapping[str, Mapping[str, Json]],
    scene: Scene,
) -> list[Plan]:
    peak = max(
        range(len(happening)), key=lambda place: (abs(intensity(happening[place].text)) + 0.5 * place / len(happening), place)
    )
    first = happening[0]
    plans = [_opening(first, present, names, scene)]
    two_shot, masters = False, 0
    last: str | None = None
    for place, moment in enumerate(happening):
        if moment.speaker is None and place == 0:
            continue
        share = place / max(1, len(happening) - 1)
        partner = _partner(moment.speaker_id, last, present, line)
        plan = (
            _line(moment, present, partner, share, masters, two_shot=two_shot)
            if moment.speaker
            else _action(moment, present, names, share, masters)
        )
        masters += plan.kind is ShotType.MASTER
        two_shot |= plan.kind is ShotType.TWO_SHOT
        mood(plan, moment, turning=place == peak)
        last = moment.speaker_id or last
        plans.append(plan)
    return plans


def _opening(first: Moment, present: Sequence[str], names: Mapping[str, Mapping[str, Json]], scene: Scene) -> Plan:
    """The establishing shot: the place, with whom the first action names, or with those of the scene who stand in it anyway."""
    named = who_acts(first.text, present, names) if first.speaker is None else []
    shown = named or list(present)[:2]
    return Plan(
        ShotType.ESTABLISHING,
        ShotSize.EXTREME_WIDE if scene.slug.startswith("EXT") else ShotSize.WIDE,
        first.text if first.speaker is None else scene.slug,
        shown,
        acting=named,
        movement=CameraMovement.PUSH_IN,
    )


def _partner(speaker: str | None, last: str | None, present: Sequence[str], line: Mapping[str, ScreenSide]) -> str | None:
    """Whom a speaker talks to: the one who spoke before, if across the line, else anybody across it."""
    across = [person for person in present if speaker is not None and speaker in line and line[person] is not line[speaker]]
    return last if last in across else next(iter(across), None)


def _line(moment: Moment, present: Sequence[str], partner: str | None, share: float, masters: int, *, two_shot: bool) -> Plan:
    said = DialogueLine(
        speaker=moment.speaker or "",
        speaker_id=moment.speaker_id,
        text=moment.text,
        parenthetical=moment.manner,
        off_screen=moment.off_screen,
    )
    if moment.speaker_id is None or moment.off_screen:
        size, angle = _MASTERS[masters % len(_MASTERS)]
        return Plan(ShotType.MASTER, size, moment.manner or moment.text, list(present)[:2], [said], angle=angle)
    if partner and not two_shot:
        return Plan(ShotType.TWO_SHOT, ShotSize.MEDIUM_WIDE, moment.text, [moment.speaker_id, partner], [said], moment.speaker_id)
    size = _tightness(share + 0.15 * abs(intensity(moment.text)))
    if partner and len(moment.text) % 2 and size is not ShotSize.CLOSE_UP:
        return Plan(ShotType.OVER_SHOULDER, size, moment.text, [moment.speaker_id, partner], [said], moment.speaker_id)
    return Plan(ShotType.SINGLE, size, moment.text, [moment.speaker_id], [said], moment.speaker_id)


def _tightness(share: float) -> ShotSize:
    """Closer as the scene tightens."""
    if share < 0.35:  # noqa: PLR2004 - the first third
        return ShotSize.MEDIUM
    return ShotSize.MEDIUM_CLOSE if share < 0.7 else ShotSize.CLOSE_UP  # noqa: PLR2004 - the last third


_MASTERS: Final = (
    (ShotSize.MEDIUM_WIDE, CameraAngle.LOW), (ShotSize.WIDE, CameraAngle.HIGH), (ShotSize.FULL, CameraAngle.EYE_LEVEL),
    (ShotSize.MEDIUM_WIDE, CameraAngle.HIGH), (ShotSize.WIDE, CameraAngle.LOW), (ShotSize.MEDIUM_WIDE, CameraAngle.EYE_LEVEL),
)
"""How a scene's masters are shot in turn, after it was established: no two neighbours from the same height and distance."""


def _action(
    moment: Moment, present: Sequence[str], names: Mapping[str, Mapping[str, Json]], share: float, masters: int
) -> Plan:
    held = held_in(moment.text)
    named = who_acts(moment.text, present, names)
    if len(named) >= 2:  # noqa: PLR2004 - two people in one sentence
        return Plan(ShotType.TWO_SHOT, ShotSize.MEDIUM_WIDE, moment.text, named[:2], acting=named[:1])
    if named and held and share > 0.1 and pose_of(moment.text) is Pose.REACHING:  # noqa: PLR2004 - never the first look
        return Plan(ShotType.INSERT, ShotSize.INSERT, moment.text, named, subject=named[0], acting=named)
    if named:
        size = ShotSize.FULL if pose_of(moment.text) in {Pose.WALKING, Pose.RUNNING, Pose.LYING} else ShotSize.MEDIUM
        return Plan(ShotType.SINGLE, size, moment.text, named, subject=named[0], acting=named)
    size, angle = _MASTERS[masters % len(_MASTERS)]
    return Plan(ShotType.MASTER, size, moment.text, list(present)[:2], angle=angle)
