"""What happens in a scene, moment by moment, and the shots planned for it before they have a length.

Belongs here: moments and plans. Does not belong here: which plan a moment gets (`coverage`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from aiuteur.craft.blocking import held_in
from aiuteur.craft.cues import known_as
from aiuteur.craft.prose.roles import sex_of_role
from aiuteur.craft.prose.speakers import pronoun_sex
from aiuteur.craft.rhythm import LONGEST_LINE, Held, split_line
from aiuteur.craft.timing import spoken_seconds
from aiuteur.digest import Json
from aiuteur.film.bible import Sex
from aiuteur.film.screenplay import ElementKind, ScriptScene
from aiuteur.film.shots import (
    CameraAngle,
    CameraMovement,
    DialogueLine,
    ShotSize,
    ShotType,
)


@dataclass(slots=True)
class Moment:
    """One thing that happens in a scene: an action, or a line with its speaker."""

    text: str
    speaker: str | None = None
    speaker_id: str | None = None
    manner: str | None = None
    off_screen: bool = False


@dataclass(slots=True)
class Plan:
    """A shot before it has a length."""

    kind: ShotType
    size: ShotSize
    action: str
    people: list[str]
    lines: list[DialogueLine] = field(default_factory=list[DialogueLine])
    subject: str | None = None
    acting: list[str] = field(default_factory=list[str])
    angle: CameraAngle = CameraAngle.EYE_LEVEL
    movement: CameraMovement = CameraMovement.STATIC
    things: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def props(self) -> tuple[str, ...]:
        """The ids of the things that the plan's action names, the one that is held first; `things` are ids by lower-case name."""
        said = self.action.lower()
        named = [name for name in self.things if not self.lines and re.search(rf"\b{re.escape(name)}(?:s|es)?\b", said)]
        held = held_in(self.action, tuple(named))
        return tuple(self.things[name] for name in sorted(named, key=lambda name: (name != held, said.find(name))))


def moments(script: ScriptScene, cast: Sequence[Mapping[str, Json]], longest: float) -> list[Moment]:
    """What happens in a scene, in order; lines of more than `longest` seconds in parts."""
    ids = {str(person["name"]).upper(): str(person["id"]) for person in cast}
    found: list[Moment] = []
    cue, manner, off = None, None, False
    for element in script.elements:
        if element.kind is ElementKind.CHARACTER:
            cue, manner, off = element.text, None, (element.extension or "") in {"V.O.", "O.S.", "O.C."}
        elif element.kind is ElementKind.PARENTHETICAL:
            manner = element.text
        elif element.kind is ElementKind.DIALOGUE and cue is not None:
            who = ids.get(known_as(cue, ids).upper())
            found += [Moment(part, cue, who, manner, off) for part in split_line(element.text, longest)]
            manner = None
        elif element.kind in {ElementKind.ACTION, ElementKind.LYRIC}:
            found.append(Moment(element.text))
    return found


def condensed(plans: list[Plan], seconds: float) -> list[Plan]:
    """Fewer shots where the scene has no time for all: a silent shot's action moves into its neighbour's."""
    while len(plans) > 1 and sum(Held(sum_lines(plan), plan.kind).least for plan in plans) > seconds:
        silent = [place for place, plan in enumerate(plans) if not plan.lines]
        if not silent:
            if not _together(plans):
                break
            continue
        place = silent[0] if len(silent) == 1 else silent[-1]
        gone = plans.pop(place)
        into = plans[min(place, len(plans) - 1)]
        into.action = f"{gone.action} {into.action}" if place < len(plans) else f"{into.action} {gone.action}"
    return plans


def _together(plans: list[Plan]) -> bool:
    """Let the two shortest neighbouring lines of one speaker share a shot; whether there were any that one shot can hold."""
    pairs = [
        (sum(map(spoken_seconds, (*sum_lines(one), *sum_lines(two)))), place)
        for place, (one, two) in enumerate(pairwise(plans))
        if one.subject == two.subject
    ]
    seconds, place = min(pairs, default=(LONGEST_LINE, 0))
    if seconds >= LONGEST_LINE:
        return False
    plans[place].lines += plans.pop(place + 1).lines
    return True


_AGAIN: Final = (
    (ShotSize.MEDIUM, CameraMovement.STATIC),
    (ShotSize.CLOSE_UP, CameraMovement.PUSH_IN),
    (ShotSize.WIDE, CameraMovement.PAN_RIGHT),
    (ShotSize.MEDIUM_CLOSE, CameraMovement.TRACK_LEFT),
    (ShotSize.FULL, CameraMovement.PULL_OUT),
    (ShotSize.MEDIUM_WIDE, CameraMovement.CRANE_UP),
)


def again(plan: Plan, time: int, present: Sequence[str]) -> Plan:
    """Another look at the same moment where a scene has time left: a listener's face, else another size and move."""
    listening = [person for person in present if person != plan.subject]
    size, movement = _AGAIN[(time - 1) % len(_AGAIN)]
    if plan.lines and listening:
        return Plan(ShotType.REACTION, ShotSize.CLOSE_UP, plan.action, listening[:1], subject=listening[0], movement=movement)
    kind = ShotType.SINGLE if len(plan.people) == 1 and size not in {ShotSize.WIDE, ShotSize.FULL} else ShotType.MASTER
    return Plan(kind, size, plan.action, list(plan.people), subject=plan.subject, movement=movement, angle=plan.angle)


def sum_lines(plan: Plan) -> tuple[str, ...]:
    """The words spoken in a planned shot."""
    return tuple(line.text for line in plan.lines)


def who_acts(text: str, present: Sequence[str], names: Mapping[str, Mapping[str, Json]]) -> list[str]:
    """The people an action is about: by a word of their name, else by a noun or pronoun of a sex that only one of them has."""
    said = set(re.findall(r"[^\W\d_]{2,}", text.lower()))
    named = [
        person for person in present if said & set(re.findall(r"[^\W\d_]{3,}", str(names[person]["name"]).lower())) - _ARTICLES
    ]
    opening = [
        sex_of_role(word) if (sex := pronoun_sex(word)) is Sex.UNKNOWN else sex for word in re.findall(r"\w+", text.lower())[:4]
    ]
    sexes = [sex for sex in opening if sex is not Sex.UNKNOWN][:1]
    alike = [person for person in present if sexes and names[person].get("sex") == sexes[0].value]
    return named or (alike if len(alike) == 1 else [])


_ARTICLES: Final = frozenset({"the", "old", "young", "man", "woman", "mrs", "miss", "captain", "doctor"})
