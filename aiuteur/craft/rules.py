"""Rules at work: which of a project's rules a take is made under, and what becomes of a suggestion.

Belongs here: who is treated, decided from ids alone, and scopes. Does not belong here: keeping rules
(`aiuteur.registry.rules`), what a rule achieved (`aiuteur.craft.figures.effects`).
"""

import hashlib
from collections.abc import Collection, Iterable
from types import MappingProxyType
from typing import Final
from uuid import UUID

from aiuteur.film.dailies import Department
from aiuteur.film.rules import Rule, RuleState, Standards

DEPARTMENTS: Final = MappingProxyType({
    "frame": frozenset(Department) - {Department.SOUND},
    "clip": frozenset(Department),
})
"""The departments whose work a prompt speaks to."""

_WHOLE: Final = 2**64


def treated(rule: UUID, shot: str, share: float) -> bool:
    """Whether a trial gives a rule to a shot, by a hash of both: each rule draws its own half, and always the same one."""
    drawn = int.from_bytes(hashlib.sha256(f"{rule}/{shot}".encode()).digest()[:8], "big")
    return drawn < share * _WHOLE


def applying(rules: Iterable[Rule], shot: str, task: str, cast: Collection[str]) -> tuple[Rule, ...]:
    """The rules that a take of a shot is made under; `cast` are the names of who is seen in it, `task` is frame or clip."""
    names = {name.casefold() for name in cast}
    return tuple(rule for rule in rules if _counts(rule, shot) and _speaks(rule, task, names))


def drawn(rules: Iterable[Rule], shot: str, task: str, cast: Collection[str]) -> dict[str, bool]:
    """The rules on trial that speak of a take, by id, and whether its shot was drawn for them: what a trial is judged by."""
    names = {name.casefold() for name in cast}
    trials = (rule for rule in rules if rule.state is RuleState.TRIAL and _speaks(rule, task, names))
    return {str(rule.id): treated(rule.id, shot, rule.share) for rule in trials}


def begun(suggested: Rule, standards: Standards) -> Rule:
    """A suggestion once it is accepted: on trial where the project agreed to trials, else in force."""
    if standards.trial_share is None:
        return suggested.model_copy(update={"state": RuleState.IN_FORCE})
    return suggested.model_copy(update={"state": RuleState.TRIAL, "share": standards.trial_share})


def _counts(rule: Rule, shot: str) -> bool:
    return rule.state is RuleState.IN_FORCE or (rule.state is RuleState.TRIAL and treated(rule.id, shot, rule.share))


def _speaks(rule: Rule, task: str, names: Collection[str]) -> bool:
    match rule.scope:
        case "character":
            return rule.about.casefold() in names
        case "department":
            return rule.about in DEPARTMENTS.get(task, frozenset())
        case _:
            return True
