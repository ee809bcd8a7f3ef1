"""Guidance: what the next take is told beyond its prompt, and how that prompt says so.

Belongs here: which corrections are carried over, the words of a take's prompt, seeds of takes, and the few wishes that even a
maker who reads no words understands. Does not belong here: what was asked for in the first place (`aiuteur.craft.prompting`).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from aiuteur.craft import templates
from aiuteur.digest import Json
from aiuteur.film.dailies import Correction, Department, Verdict
from aiuteur.film.rules import Rule

_GRAVITY: Final = MappingProxyType({"critical": 3, "major": 2, "minor": 1})
_WISHES: Final = MappingProxyType({
    "light": (("darker", -1), ("dimmer", -1), ("moodier", -1), ("brighter", 1), ("lighter", 1)),
    "warmth": (("cooler", -1), ("colder", -1), ("bluer", -1), ("warmer", 1), ("golden", 1)),
    "nearness": (("wider", -1), ("farther", -1), ("further away", -1), ("closer", 1), ("tighter", 1), ("nearer", 1)),
})
"""Words that lean a picture one way or the other, by what they lean."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a take is told beyond its prompt: a person's words, the corrections it answers, the rules it is made under.

    `trials` are the rules on trial (by id) that speak of it, and whether it was drawn for them.
    """

    words: str | None = None
    corrections: tuple[Correction, ...] = ()
    rules: tuple[Rule, ...] = ()
    trials: Mapping[str, bool] = field(default_factory=dict[str, bool])

    def said(self) -> str | None:
        """All of it in one line, kept with the version; None where there is nothing."""
        parts = [*([self.words] if self.words else []), *(f"{one.department}: {one.text}" for one in self.corrections),
                 *(f"rule: {rule.text}" for rule in self.rules)]
        return " · ".join(parts) or None

    def prompt(self, words: str) -> str:
        """A prompt that says what this take has to do otherwise, and why; the prompt as it is where there is nothing."""
        if self.said() is None:
            return words
        return f"{words}\n{templates.render('take', {'guidance': self})}"

    def parameters(self, attempt: int) -> dict[str, Json]:
        """What is kept with the version: the attempt, the corrections, the rules by id, and what was drawn of those on trial."""
        return {
            "attempt": attempt, "corrections": [one.document() for one in self.corrections],
            "rules": [str(rule.id) for rule in self.rules], **({"trials": dict(self.trials)} if self.trials else {}),
        }


def mending(verdict: Verdict) -> tuple[Correction, ...]:
    """The corrections of the departments that failed a take: those with its gravest issues; all of them where none is told."""
    worst = max((_GRAVITY.get(issue.severity, 2) for issue in verdict.issues), default=0)
    failing = {issue.department for issue in verdict.issues if _GRAVITY.get(issue.severity, 2) == worst}
    return tuple(dict.fromkeys(one for one in verdict.corrections if not failing or one.department in failing))


def seed(base: int | None, attempt: int) -> int | None:
    """The seed of an attempt: the first keeps the one that was asked for, every other rolls its own dice."""
    if base is None or attempt == 1:
        return base
    return int.from_bytes(hashlib.sha256(f"{base}/{attempt}".encode()).digest()[:4], "big") >> 1


def leanings(*words: str | None) -> dict[str, int]:
    """How some words lean a picture: `light`, `warmth` and `nearness`, each −1 or 1; what they do not speak of is left out."""
    said = " ".join(filter(None, words)).lower()
    found = {name: sum(way for word, way in pairs if re.search(rf"\b{word}\b", said)) for name, pairs in _WISHES.items()}
    return {name: 1 if way > 0 else -1 for name, way in found.items() if way}


def bare(corrections: Sequence[str]) -> tuple[Correction, ...]:
    """Corrections that came as words: with their department before them (`gaffer: …`), or without one."""
    return tuple(_correction(text) for text in corrections if text)


def _correction(text: str) -> Correction:
    head, _, rest = text.partition(": ")
    known = rest and head in set(Department)
    return Correction(department=Department(head), text=rest) if known else Correction.model_validate(text)
