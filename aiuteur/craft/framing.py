"""From a planned shot to a finished one: lens, angle and move from its mood, people blocked, light set.

Belongs here: how one plan is shot. Does not belong here: which plans a scene gets (`coverage`).
"""

import re
from collections.abc import Mapping
from typing import Final

from aiuteur.craft.blocking import block, pose_of
from aiuteur.craft.moments import Moment, Plan
from aiuteur.digest import Json
from aiuteur.film.bible import Lighting, TimeOfDay
from aiuteur.film.shots import (
    Blocking,
    CameraAngle,
    CameraMovement,
    Cinematography,
    Composition,
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


def mood(plan: Plan, moment: Moment, *, turning: bool) -> None:
    """Set a plan's angle, size and move by what its moment shows: threat from below, defeat from above, a push in at the turn."""
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


_MOMENTARY: Final = frozenset({Pose.WALKING, Pose.RUNNING, Pose.REACHING})
"""Poses of one moment: by the next shot it is over, and a face seen close shows nothing of it."""
_FACES: Final = frozenset({ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP})


def _blocked(plan: Plan, line: Mapping[str, ScreenSide], poses: dict[str, Pose]) -> list[Blocking]:
    alone = len(line) < 2  # noqa: PLR2004 - nobody to face
    blocked: list[Blocking] = []
    for person in plan.people:
        acting = person in plan.acting or (bool(plan.lines) and person == plan.subject)
        if person in plan.acting:
            poses[person] = pose_of(plan.action, poses.get(person, Pose.STANDING))
        pose = poses.get(person, Pose.STANDING)
        if pose in _MOMENTARY:
            poses[person] = Pose.STANDING
            pose = Pose.STANDING if plan.size in _FACES else pose
        over = plan.kind is ShotType.OVER_SHOULDER and person != plan.subject
        blocked.append(
            block(
                person,
                line[person],
                plan.action if acting else "",
                pose=pose,
                foreground=over,
                alone=alone,
                things=tuple(plan.things),
            )
        )
    return blocked


def shot(
    plan: Plan,
    length: float,
    line: Mapping[str, ScreenSide],
    poses: dict[str, Pose],
    scene: Scene,
    location: Mapping[str, Json] | None,
) -> Shot:
    """A plan with its length, on the sides of `line`; `poses` holds each person's last pose and is brought up to date."""
    blocked = _blocked(plan, line, poses)
    people = plan.people
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
        props=plan.props,
        duration=length,
        in_point=0.0,
        out_point=length,
    )


def _light(scene: Scene, location: Mapping[str, Json] | None) -> Lighting:
    base = Lighting.model_validate(location["lighting"]) if location and location.get("lighting") else Lighting()
    if scene.time_of_day is TimeOfDay.NIGHT:
        return base.model_copy(update={"intensity": 0.4, "colour_temperature": min(base.colour_temperature, 3400)})
    return base
