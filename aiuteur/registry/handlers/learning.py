"""Commands about what a project has learnt: a rule is let in, switched off, or made retroactive.

Belongs here: which takes a rule is to be applied to. Does not belong here: keeping rules (`aiuteur.registry.rules`), whom they
speak of (`aiuteur.craft.rules`).
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from aiuteur.craft.rules import applying
from aiuteur.craft.world import Key, World
from aiuteur.errors import InvalidInput, Refused
from aiuteur.film import commands as c
from aiuteur.film.rules import Rule, RuleState
from aiuteur.film.takes import FrameEnd, Prompt
from aiuteur.lane import Lane
from aiuteur.registry import remakes, rules
from aiuteur.registry.handlers.handled import UNCHANGED, Handled
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.naming import resolve
from aiuteur.registry.worlds import world

_UNDER = text("SELECT id FROM aiuteur.versions WHERE id = ANY(:ids) AND parameters->'rules' ? :rule")
_TASKS = {"frames": "frame", "clips": "clip"}


def apply_rule(session: Session, lane: Lane, command: c.ApplyRule) -> Handled:
    """Let a rule in, switch it off, or ask for the takes made without it again; what is pinned or locked is left alone."""
    rule = rules.one(session, lane, _id(command.rule))
    if command.do == "off":
        return _put(session, lane, rule, RuleState.OFF)
    if command.do == "accept":
        now = rules.accept(session, lane, rule.id)
        return UNCHANGED if now.state is rule.state else Handled("rule_accepted", details=_told(now))
    now = rules.put(session, lane, rule.id, RuleState.IN_FORCE)
    keys = _without(session, lane, now, {resolve(session, lane, name) for name in command.items})
    if not keys:
        message = f"There is no take left to make again under “{rule.text}”: none it speaks of was made without it and is free."
        raise Refused(message)
    row = lane_row(session, lane)
    remakes.ask(session, row, keys, force=True, rules=[str(rule.id)])
    return Handled("rule_applied", keys, details=_told(now))


def _put(session: Session, lane: Lane, rule: Rule, state: RuleState) -> Handled:
    now = rules.put(session, lane, rule.id, state)
    return UNCHANGED if now.state is rule.state else Handled("rule_put", details=_told(now))


def _told(rule: Rule) -> dict[str, str]:
    return {"rule": str(rule.id), "text": rule.text, "state": rule.state.value}


def _without(session: Session, lane: Lane, rule: Rule, only: Collection[Key]) -> list[Key]:
    """The frames and clips that a rule speaks of and that were made without it; among `only`, where any are named."""
    seen = world(session, lane)
    found = [key for key, one in seen.items.items() if key.artifact in _TASKS and not (one.pinned or one.locked)]
    asked = [key for key in found if _speaks(rule, key, seen) and (not only or _named(key, only))]
    ids = [seen.items[key].version_id for key in asked]
    under = set(session.execute(_UNDER, {"ids": ids, "rule": str(rule.id)}).scalars())
    return [key for key in asked if seen.items[key].version_id not in under]


def _speaks(rule: Rule, key: Key, seen: World) -> bool:
    shot = key.item.partition("/")[0]
    prompt = seen.items.get(Key("prompts", shot))
    figures = prompt.noun.picture.figures if prompt is not None and isinstance(prompt.noun, Prompt) else ()
    return bool(applying((rule,), shot, _TASKS[key.artifact], {figure.name for figure in figures}))


def _named(key: Key, only: Collection[Key]) -> bool:
    """Whether a take, its shot or its scene is among what a person named."""
    shot = key.item.partition("/")[0]
    return not {key, Key("shot_list", shot), *(Key("frames", f"{shot}/{end}") for end in FrameEnd if key.artifact == "frames")} \
        .isdisjoint(only)


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        message = f"{written!r} is no rule's id: `aiuteur rules` lists them."
        raise InvalidInput(message) from None
