"""Stopping: whether trying a shot again is worth it, from how its own takes and the project's have fared.

Belongs here: what a loop believes and says. Does not belong here: the model (`aiuteur.craft.figures.attempts`: a shot's chance is
Beta distributed over the shots of a project, each shot's tries independent given its chance), the loop that obeys
(`aiuteur.stages.takes`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.figures.attempts import FLAT, A, B, Floats, Record, chance_within, updated

UNKNOWN: Final[Floats] = FLAT * (A / (A + B)) ** 0.5 / float(FLAT @ (A / (A + B)) ** 0.5)
"""Before a project has a history: three takes in five pass, with every spread alike."""

_NUMBERS: Final = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}


@dataclass(frozen=True, slots=True)
class Tried:
    """How a shot fared: takes that failed, and whether one was accepted after them (else it is still open, or was given up)."""

    failed: int
    accepted: bool


def learnt(history: Sequence[Tried]) -> Floats:
    """What is believed of a project's shots after its history; one that was given up has failed so far, not for ever."""
    accepted = [one.failed + 1 for one in history if one.accepted]
    return updated(UNKNOWN, Record(accepted, [one.failed for one in history if not one.accepted]))


def said(belief: Floats, failures: int, tries: int) -> str:
    """The forecast as a sentence."""
    more = "One more try has" if tries == 1 else f"{_NUMBERS.get(tries, str(tries)).capitalize()} more tries have"
    return f"{more} a {chance_within(belief, failures, tries):.0%} chance of an accepted take."
