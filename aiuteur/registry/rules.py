"""Rules as rows: what a project has learnt, from suggestion to switch-off.

Belongs here: keeping and reading them. Does not belong here: whom a rule applies to (`aiuteur.craft.rules`), or asking for
remakes under one (`aiuteur.registry.handlers.dailies`).
"""

from typing import Final, cast
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from aiuteur.craft.rules import begun
from aiuteur.errors import NotFound
from aiuteur.film.dailies import RuleSuggestion, Thresholds
from aiuteur.film.noun import Noun
from aiuteur.film.rules import Rule, RuleState, Standards
from aiuteur.lane import Lane
from aiuteur.registry.lanes import lane_row, person
from aiuteur.registry.tables import Rule as Row

_COLUMNS: Final = (Row.id, Row.text, Row.scope, Row.about, Row.state, Row.share, Row.origin, Row.since)
_COUNTING: Final = (RuleState.TRIAL, RuleState.IN_FORCE)
_SETTINGS: Final = text("SELECT settings FROM aiuteur.projects WHERE name = :name")


def suggest(session: Session, lane: Lane, suggestion: RuleSuggestion, origin: str | None = None) -> Rule:
    """Keep a suggestion, once: the same words of the same scope are the rule that is there. Raises `NotFound`.

    Where the project lets suggestions in without a person, it begins at once.
    """
    row = lane_row(session, lane)
    wanted = standards(session, lane)
    values = {
        "owner_id": row.owner_id, "project_id": row.project_id, "text": suggestion.text, "scope": suggestion.scope,
        "about": suggestion.about, "state": RuleState.SUGGESTED, "share": wanted.trial_share or 1.0, "origin": origin,
        "by": person(session) if origin is None else None,
    }
    made = session.execute(insert(Row).values(values).on_conflict_do_nothing().returning(*_COLUMNS)).one_or_none()
    if made is None:
        same = (Row.project_id == row.project_id, Row.scope == suggestion.scope, Row.about == suggestion.about,
                Row.text == suggestion.text)
        return _rule(session.execute(select(*_COLUMNS).where(*same)).one())
    found = _rule(made)
    return _put(session, begun(found, wanted)) if wanted.accept_rules else found


def accept(session: Session, lane: Lane, rule: UUID) -> Rule:
    """Let a rule in, a suggestion or one that was off: on trial first where the project agreed. Raises `NotFound`."""
    found = one(session, lane, rule)
    if found.state in _COUNTING:
        return found
    return _put(session, begun(found, standards(session, lane)))


def put(session: Session, lane: Lane, rule: UUID, state: RuleState) -> Rule:
    """Say how far a rule counts from now on; raises `NotFound`."""
    found = one(session, lane, rule)
    return found if found.state is state else _put(session, found.model_copy(update={"state": state}))


def one(session: Session, lane: Lane, rule: UUID) -> Rule:
    """A rule of a lane's project by id; raises `NotFound`."""
    row = lane_row(session, lane)
    found = session.execute(select(*_COLUMNS).where(Row.id == rule, Row.project_id == row.project_id)).one_or_none()
    if found is None:
        message = f"{lane.project} has no rule {rule}: see `aiuteur rules {lane}`."
        raise NotFound(message)
    return _rule(found)


def rules(session: Session, lane: Lane, *, counting: bool = False) -> list[Rule]:
    """A project's rules, oldest first; `counting` leaves out suggestions and what is switched off. Raises `NotFound`."""
    row = lane_row(session, lane)
    wanted = select(*_COLUMNS).where(Row.project_id == row.project_id).order_by(Row.at, Row.id)
    if counting:
        wanted = wanted.where(Row.state.in_(_COUNTING))
    return [_rule(found) for found in session.execute(wanted)]


def standards(session: Session, lane: Lane) -> Standards:
    """How a lane's project wants its takes made; what its settings do not say has the default."""
    return Standards.model_validate(_said(session, lane, "standards", Standards))


def thresholds(session: Session, lane: Lane) -> Thresholds:
    """What a lane's project holds takes against; what its settings do not say has the default."""
    return Thresholds.model_validate(_said(session, lane, "thresholds", Thresholds))


def _said(session: Session, lane: Lane, part: str, noun: type[Noun]) -> dict[str, object]:
    """One part of a project's settings, as far as the noun knows it."""
    found = cast("dict[str, object] | None", session.execute(_SETTINGS, {"name": lane.project}).scalar_one_or_none())
    given = cast("dict[str, object]", (found or {}).get(part) or {})
    return {name: value for name, value in given.items() if name in noun.model_fields}


def _put(session: Session, rule: Rule) -> Rule:
    changed = update(Row).where(Row.id == rule.id).values(state=rule.state, share=rule.share, since=func.now())
    return _rule(session.execute(changed.returning(*_COLUMNS)).one())


def _rule(row: object) -> Rule:
    return Rule.model_validate(row, from_attributes=True)
