"""The coverage of a scene: from its script and breakdown to shots, by the grammar of establishing, two-shot, singles and inserts.

Belongs here: which shots there are, their size, angle, lens and movement. Does not belong here: where people stand (`blocking`), how
long shots last (`rhythm`).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from aiuteur.craft.blocking import block, held_in, pose_of, sides
from aiuteur.craft.feelings import intensity
from aiuteur.craft.moments import Moment, Plan, again, condensed, moments, sum_lines, who_acts
from aiuteur.craft.rhythm import LONGEST_LINE, Held, pace
from aiuteur.digest import Json
from aiuteur.film.bible import Lighting, TimeOfDay
from aiuteur.film.screenplay import ScriptScene
from aiuteur.film.shots import (
    Blocking,
    CameraAngle,
    CameraMovement,
    Cinematography,
    Composition,
    DialogueLine,
    Pose,
    Scene,
    ScreenSide,
    Shot,
    ShotSize,
    ShotType,
)

_LENSES: Final = {
    ShotSize.EXTREME_WIDE: 18,
    ShotSize.WIDE: 24,
    ShotSize.FULL: 28,
    ShotSize.MEDIUM_WIDE: 35,
    ShotSize.MEDIUM: 40,
    ShotSize.MEDIUM_CLOSE: 50,
    ShotSize.CLOSE_UP: 85,
    ShotSize.EXTREME_CLOSE_UP: 100,
    ShotSize.INSERT: 90,
}


_THREAT: Final = re.compile(
    r"\b(?:loomed|towered|threat|threatened|arrest|gun|knife|snapped|shouted|roared|ordered|commanded|giant|fierce|officer)\b",
    re.IGNORECASE,
)


_DEFEAT: Final = re.compile(
    r"\b(?:wept|sobbed|fell|collapsed|alone|helpless|defeated|knelt|lay|dying|died|weak|begged|trembled|ashamed)\b", re.IGNORECASE
)


def shot_list(
    scene: Scene,
    script: ScriptScene,
    cast: Sequence[Mapping[str, Json]],
    location: Mapping[str, Json] | None,
    seconds: float,
    max_seconds: float,
) -> list[Shot]:
    """The shots of a scene, in order, filling `seconds`; none longer than `max_seconds`; ids, scene ids and labels are left empty."""
    happening = moments(script, cast, min(LONGEST_LINE, max_seconds - 0.8)) or [Moment(scene.excerpt or str(script.slug))]
    present = _present(happening, scene, cast)
    line = sides(present, [moment.speaker_id for moment in happening if moment.speaker_id in present])
    plans = _plans(happening, present, line, {str(person["id"]): person for person in cast}, scene)
    plans = condensed(plans, seconds)
    held = pace([Held(sum_lines(plan), plan.kind) for plan in plans], seconds, max_seconds)
    poses: dict[str, Pose] = {}
    made: list[Shot] = []
    shown: Counter[int] = Counter()
    for place, length in held:
        plan = again(plans[place], shown[place], present) if shown[place] else plans[place]
        made.append(_shot(plan, length, line, poses, scene, location))
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
    two_shot = False
    last: str | None = None
    for place, moment in enumerate(happening):
        if moment.speaker is None and place == 0:
            continue
        share = place / max(1, len(happening) - 1)
        partner = _partner(moment.speaker_id, last, present, line)
        plan = (
            _line(moment, present, partner, share, two_shot=two_shot)
            if moment.speaker
            else _action(moment, present, names, share)
        )
        two_shot |= plan.kind is ShotType.TWO_SHOT
        _mood(plan, moment, turning=place == peak)
        last = moment.speaker_id or last
        plans.append(plan)
    return plans


def _opening(first: Moment, present: Sequence[str], names: Mapping[str, Mapping[str, Json]], scene: Scene) -> Plan:
    """The establishing shot: the place, with whom the first action names, or with those of the scene who stand in it anyway."""
    named = who_acts(first.text, present, names) if first.speaker is None else []
    shown = named or list(present)[:2]
    return Plan(
        ShotType.ESTABLISHING,
        ShotSize.WIDE,
        first.text if first.speaker is None else scene.slug,
        shown,
        acting=named,
        movement=CameraMovement.PUSH_IN,
    )


def _partner(speaker: str | None, last: str | None, present: Sequence[str], line: Mapping[str, ScreenSide]) -> str | None:
    """Whom a speaker talks to: the one who spoke before, if across the line, else anybody across it."""
    across = [person for person in present if speaker is not None and speaker in line and line[person] is not line[speaker]]
    return last if last in across else next(iter(across), None)


def _line(moment: Moment, present: Sequence[str], partner: str | None, share: float, *, two_shot: bool) -> Plan:
    said = DialogueLine(
        speaker=moment.speaker or "",
        speaker_id=moment.speaker_id,
        text=moment.text,
        parenthetical=moment.manner,
        off_screen=moment.off_screen,
    )
    if moment.speaker_id is None or moment.off_screen:
        return Plan(ShotType.MASTER, ShotSize.MEDIUM_WIDE, moment.manner or moment.text, list(present)[:2], [said])
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


def _action(moment: Moment, present: Sequence[str], names: Mapping[str, Mapping[str, Json]], share: float) -> Plan:
    held = held_in(moment.text)
    named = who_acts(moment.text, present, names)
    if len(named) >= 2:  # noqa: PLR2004 - two people in one sentence
        return Plan(ShotType.TWO_SHOT, ShotSize.MEDIUM_WIDE, moment.text, named[:2], acting=named[:1])
    if named and held and share > 0.1 and pose_of(moment.text) is Pose.REACHING:  # noqa: PLR2004 - never the first look
        return Plan(ShotType.INSERT, ShotSize.INSERT, moment.text, named, subject=named[0], acting=named)
    if named:
        size = ShotSize.FULL if pose_of(moment.text) in {Pose.WALKING, Pose.RUNNING, Pose.LYING} else ShotSize.MEDIUM
        return Plan(ShotType.SINGLE, size, moment.text, named, subject=named[0], acting=named)
    return Plan(ShotType.MASTER, ShotSize.WIDE if share < 0.5 else ShotSize.MEDIUM_WIDE, moment.text, list(present)[:2])  # noqa: PLR2004 - half


def _mood(plan: Plan, moment: Moment, *, turning: bool) -> None:
    if turning:
        plan.movement = CameraMovement.PUSH_IN
        if plan.kind is ShotType.SINGLE:
            plan.size = ShotSize.CLOSE_UP
    if _THREAT.search(moment.text) and plan.kind is ShotType.SINGLE:
        plan.angle = CameraAngle.LOW
    elif _DEFEAT.search(moment.text):
        plan.angle = CameraAngle.HIGH
    if plan.movement is CameraMovement.STATIC and moment.speaker is None:
        pose = pose_of(moment.text)
        plan.movement = {Pose.RUNNING: CameraMovement.HANDHELD, Pose.WALKING: CameraMovement.TRACK_RIGHT}.get(
            pose, CameraMovement.STATIC
        )


def _shot(
    plan: Plan,
    length: float,
    line: Mapping[str, ScreenSide],
    poses: dict[str, Pose],
    scene: Scene,
    location: Mapping[str, Json] | None,
) -> Shot:
    people = plan.people
    alone = len(line) < 2  # noqa: PLR2004 - nobody to face
    blocked: list[Blocking] = []
    for person in people:
        acting = person in plan.acting or (bool(plan.lines) and person == plan.subject)
        if person in plan.acting:
            poses[person] = pose_of(plan.action, poses.get(person, Pose.STANDING))
        over = plan.kind is ShotType.OVER_SHOULDER and person != plan.subject
        blocked.append(
            block(
                person,
                line[person],
                plan.action if acting else "",
                pose=poses.get(person, Pose.STANDING),
                foreground=over,
                alone=alone,
            )
        )
    subject = plan.subject or (people[0] if len(people) == 1 else None)
    camera = Cinematography(
        shot_type=plan.kind,
        size=plan.size,
        angle=plan.angle,
        movement=plan.movement,
        lens_mm=_LENSES[plan.size],
        composition=Composition(subject_side=line[subject] if subject else ScreenSide.CENTRE),
    )
    return Shot(
        id="",
        scene_id="",
        label="",
        cinematography=camera,
        lighting=_light(scene, location),
        action=plan.action,
        dialogue=tuple(plan.lines),
        blocking=tuple(blocked),
        props=tuple(plan.props),
        duration=length,
        in_point=0.0,
        out_point=length,
    )


def _light(scene: Scene, location: Mapping[str, Json] | None) -> Lighting:
    base = Lighting.model_validate(location["lighting"]) if location and location.get("lighting") else Lighting()
    if scene.time_of_day is TimeOfDay.NIGHT:
        return base.model_copy(update={"intensity": 0.4, "colour_temperature": min(base.colour_temperature, 3400)})
    return base
