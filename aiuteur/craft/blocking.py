"""Where people stand and what they do: screen sides that keep the 180° line, poses and things held from the words of the action.

Belongs here: one character's place in a shot. Does not belong here: which shots there are (`coverage`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.feelings import feeling
from aiuteur.craft.prose import words
from aiuteur.film.shots import Blocking, Facing, Pose, ScreenSide

_FALLS_ELSE: Final = (
    r"(?!\s+(?:silent|in\s+love|in\s+with|into\s+(?:step|talk|a)|upon|to\s+\w+ing|quiet|still|open|away|from|"
    r"(?:down\s+)?(?:on|to|upon)\s+(?:his|her|my|their|one)\s+knees?))"
)
_POSES: Final = (
    (
        Pose.LYING,
        rf"lay|lying|lies|fell{_FALLS_ELSE}|slept|collapsed|died",
        (
            r"(?:in|on|into|to)\s+(?:the\s+|his\s+|her\s+)?bed|asleep|sleeping|"
            r"(?:grew|fell|taken|lay)\s+(?:very\s+|so\s+|gravely\s+)?(?:ill|sick)"
        ),
    ),
    (Pose.RUNNING, r"ran|run|runs|running|hurried|rushed|dashed|fled|raced|chased", ""),
    (
        Pose.KNEELING,
        r"knelt|kneels?|kneeling|crouched|crouches|crouching|stooped",
        (
            r"(?:fell|sank|dropped|went|got|was|were|is|are|down|begged|prayed|crawled)\s+(?:\w+\s+)?(?:on|to|upon)\s+"
            r"(?:his|her|my|their)\s+(?:hands\s+and\s+)?knees"
        ),
    ),
    (
        Pose.REACHING,
        r"reached|reaching|held\s+out|handed|gave|grasped|took|pulled|drew|lifted|pointed|lit|struck|threw|knocked|opened",
        "",
    ),
    (
        Pose.SITTING,
        r"sat|sit|sits|sitting|seated|drove|drives|driving|rowed|rows|rowing|rode|rides|paddled|wrote|writes|writing",
        r"in\s+(?:the|a|an|his|her|my)\s+(?:\w+\s+)?(?:arm)?chair|on\s+(?:the|a|his|her)\s+(?:\w+\s+)?(?:bench|stool|seat)",
    ),
    (Pose.LEANING, r"leaned|leaning|leant|leans|bent|bending", ""),
    (
        Pose.WALKING,
        r"walk(?:s|ed|ing)?|went|came|moved|stepped|strolled|climbed|entered|crossed|passed|paced|strode|started\s+up|followed",
        "",
    ),
    (
        Pose.STANDING,
        r"stood|stands|standing|rose|rises|arose|got\s+up|gets\s+up|rolled|rolls|kneads|kneaded",
        r"(?:to|on)\s+(?:his|her|my|their)\s+feet",
    ),
)
"""Each pose with the verbs of which the person must be the subject, and phrases that say it by themselves."""

_COMPILED: Final = tuple(
    (pose, re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE), re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE) if phrases else None)
    for pose, verbs, phrases in _POSES
)
_OF_HANDS: Final = frozenset({Pose.REACHING, Pose.LEANING})
_BEFORE_VERB: Final = re.compile(
    r"(?P<word>[\w’'-]+)(?:\s+(?:\w+ly|had|has|have|was|were|is|are|then|again|never|just|now|also|soon|at\s+last))*\s+$"
)
_LEADS: Final = words.word_set("""
        he she i they we you who and but or then that to not did would could both all two three as when while
    """)
_IMPERSONAL: Final = words.word_set("""
        night silence darkness dusk dawn evening morning rain snow hair fog mist light shadow shadows tears twilight hush
        quiet stillness blood water dust ash smoke sunlight moonlight leaves time nothing it this that there everything
    """)
_TAKEN: Final = (
    r"\b(?:held|holding|holds|carried|carrying|took|takes|lifted|pulled out|drew|clutched|clutching|gripped|raised|lit|unfolded|"
    r"twirling|twirled|picked up|reads?|reading|with)\s+(?:up\s+|out\s+)?(?:the|a|an|his|her|their|my)\s+(?:[\w-]+\s){0,2}?"
)
_HELD: Final = re.compile(
    _TAKEN + r"(?P<thing>letter|note|watch|lantern|lamp|candle|"
    r"book|newspaper|paper|map|knife|gun|pistol|cup|glass|umbrella|stick|cane|club|cigar|pipe|bag|basket|"
    r"flower|flowers|rose|key|box|package|"
    r"brush|palette|sword|phone|suitcase|bottle|rope|oar|broom|hat|drawing board|match)\b",
    re.IGNORECASE,
)


def pose_of(text: str, default: Pose = Pose.STANDING) -> Pose:
    """The pose the words of an action say of a person, the strongest first; what hair, night or a hand does is no pose.

    `default` is the pose before: who lies goes on lying, whatever their hands do, until they rise or move.
    """
    for pose, verbs, phrases in _COMPILED:
        if default is Pose.LYING and pose in _OF_HANDS:
            continue
        if any(_done_by_person(text, verb.start()) for verb in verbs.finditer(text)) or (phrases and phrases.search(text)):
            return pose
    return default


def _done_by_person(text: str, verb: int) -> bool:
    """Whether the word before a verb can be its subject and a person: a pronoun, a name, a role, or a joint to an earlier one."""
    found = _BEFORE_VERB.search(text[max(0, verb - 48) : verb])
    if found is None:
        return True
    word = found["word"]
    if word.lower() in _IMPERSONAL:
        return False
    return word[0].isupper() or word in _LEADS or word.endswith("ly") or word in words.ROLES or text[max(0, verb - 2)] == ","


def held_in(text: str, things: Sequence[str] = ()) -> str | None:
    """The thing the words put in somebody's hand: one that hands are known to hold, or one of the scene's own."""
    found = _HELD.search(text)
    if found or not things:
        return found["thing"].lower() if found else None
    named = "|".join(re.escape(thing.lower()) for thing in sorted(things, key=lambda thing: (-len(thing), thing)))
    own = re.search(_TAKEN + rf"(?P<thing>{named})\b", text, re.IGNORECASE)
    return own["thing"].lower() if own else None


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


def block(
    person: str,
    side: ScreenSide,
    text: str,
    *,
    pose: Pose,
    foreground: bool = False,
    alone: bool = False,
    things: Sequence[str] = (),
) -> Blocking:
    """One person's blocking in a shot whose words are `text`; `things` are the names of the scene's props."""
    return Blocking(
        character_id=person,
        side=side,
        facing=facing(side, alone=alone),
        pose=pose,
        emotion=feeling(text),
        foreground=foreground,
        holding=held_in(text, things),
    )
