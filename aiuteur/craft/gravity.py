"""Failed runs in a person's words: how grave each is, and what can be done about it.

Belongs here: one line for each class of `aiuteur.errors`. Does not belong here: catching them, or keeping what waits
(`aiuteur.registry.interrupts`).
"""

from dataclasses import dataclass
from typing import Final

from aiuteur import errors
from aiuteur.errors import AiuteurError


@dataclass(frozen=True, slots=True)
class Gravity:
    """How grave a failure is: `permanent` would fail again the same way, `critical` holds the whole lane back until resolved."""

    permanent: bool
    critical: bool
    remedy: str


_UNKNOWN: Final = Gravity(permanent=False, critical=False, remedy="Read the log of the run; else {resume}.")
_PERMANENT: Final = Gravity(permanent=True, critical=False, remedy="Change what the sentence names, then {resume}.")
_TRANSIENT: Final = Gravity(permanent=False, critical=False, remedy="Nothing, if it passes; {lane} is tried again. Or {resume}.")
_SPECIAL: Final = {
    "OverBudget": Gravity(permanent=True, critical=False, remedy="Raise the budget (set_budget), cast a cheaper model, or skip."),
    "Refused": Gravity(permanent=True, critical=False, remedy=(
        "Do what the sentence says, change the prompt, cast another model, or skip the item; then {resume}."
    )),
    "Corrupt": Gravity(permanent=True, critical=True, remedy="Restore the media or make the item again, then {resume}."),
    "Ambiguous": Gravity(permanent=True, critical=True, remedy="See with the provider whether the call was made, then {resume}."),
    "Conflict": _TRANSIENT,
}


def gravity(error: str) -> Gravity:
    """How grave a failure is by the name of its class; one that is not ours, or says no more than that, may pass."""
    found = getattr(errors, error, None)
    if error in _SPECIAL:
        return _SPECIAL[error]
    if not isinstance(found, type) or not issubclass(found, AiuteurError) or found is AiuteurError:
        return _UNKNOWN
    return _TRANSIENT if issubclass(found, errors.Transient) else _PERMANENT


def remedy(error: str, lane: str) -> str:
    """What a person can do about it."""
    return gravity(error).remedy.format(lane=lane, resume=f"resume {lane}")
