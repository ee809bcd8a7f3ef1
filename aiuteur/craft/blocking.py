"""Where people stand and what they do: screen sides that keep the 180° line, poses and things held from the words of the action.

Belongs here: one character's place in a shot. Does not belong here: which shots there are (`coverage`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.feelings import feeling
from aiuteur.film.shots import Blocking, Facing, Pose, ScreenSide

_POSES: Final = (
    (Pose.LYING, r"lay|lying|lies|fell|bed|bedside|asleep|sleeping|slept|collapsed|dead|died"),
    (Pose.RUNNING, r"ran|run|runs|running|hurried|rushed|dashed|fled|raced|chased"),
    (Pose.KNEELING, r"knelt|kneel|kneeling|knees|crouched|crouching|stooped"),
    (
        Pose.REACHING,
        r"reached|reaching|held out|handed|gave|grasped|took|pulled|drew|lifted|pointed|lit|struck|threw|knocked|opened",
    ),
    (Pose.SITTING, r"sat|sit|sits|sitting|seated|seat|chair|armchair|bench|stool"),
    (Pose.LEANING, r"leaned|leaning|leant|leans|bent|bending"),
    (
        Pose.WALKING,
        r"walk(?:s|ed|ing)?|went|came|moved|stepped|strolled|climbed|entered|crossed|passed|paced|strode|started up|followed",
    ),
)
_COMPILED: Final = tuple((pose, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for pose, words in _POSES)
_HELD: Final = re.compile(
    r"\b(?:held|holding|holds|carried|carrying|took|takes|lifted|pulled out|drew|clutched|clutching|"
    r"gripped|raised|lit|unfolded|twirling|twirled|"
    r"picked up|with)\s+(?:up\s+|out\s+)?(?:the|a|an|his|her|their|"
    r"my)\s+(?:[\w-]+\s){0,2}?(?P<thing>letter|note|watch|lantern|lamp|candle|"
    r"book|newspaper|paper|map|knife|gun|pistol|cup|glass|umbrella|stick|cane|club|cigar|pipe|bag|basket|"
    r"flower|flowers|rose|key|box|package|"
    r"brush|palette|sword|phone|suitcase|bottle|rope|oar|broom|hat|drawing board|match)\b",
    re.IGNORECASE,
)


def pose_of(text: str, default: Pose = Pose.STANDING) -> Pose:
    """The pose the words of an action say, the strongest verb first."""
    return next((pose for pose, pattern in _COMPILED if pattern.search(text)), default)


def held_in(text: str) -> str | None:
    """The thing the words put in somebody's hand."""
    found = _HELD.search(text)
    return found["thing"].lower() if found else None


def sides(cast: Sequence[str], spoken: Sequence[str] = ()) -> Mapping[str, ScreenSide]:
    """One side of the screen for each of a scene's people, for the whole scene, so that who talk to each other face each other.

    The first is left; each other stands across from the one they speak after in `spoken`, the
    speakers of the scene's lines in order; and who never speaks stands across from the one named before.
    """
    found: dict[str, ScreenSide] = {}
    for before, person in zip([None, *spoken], spoken, strict=False):
        if person not in found:
            found[person] = _across(found.get(before or "", ScreenSide.RIGHT))
    for place, person in enumerate(cast):
        if person not in found:
            found[person] = _across(found.get(cast[place - 1], ScreenSide.RIGHT) if place else ScreenSide.RIGHT)
    return {person: found[person] for person in cast}


def _across(side: ScreenSide) -> ScreenSide:
    return ScreenSide.RIGHT if side is ScreenSide.LEFT else ScreenSide.LEFT


def facing(side: ScreenSide, *, alone: bool = False) -> Facing:
    """Where somebody on a side looks: across the line, at their partner."""
    if alone or side is ScreenSide.CENTRE:
        return Facing.CAMERA
    return Facing.RIGHT if side is ScreenSide.LEFT else Facing.LEFT


def block(person: str, side: ScreenSide, text: str, *, pose: Pose, foreground: bool = False, alone: bool = False) -> Blocking:
    """One person's blocking in a shot whose words are `text`."""
    return Blocking(
        character_id=person,
        side=side,
        facing=facing(side, alone=alone),
        pose=pose,
        emotion=feeling(text),
        foreground=foreground,
        holding=held_in(text),
    )
