"""Projects: making one from a narrative and a brief, or finding that it is there already.

Belongs here: what starts a lane. Does not belong here: what happens on it afterwards (`versions`).
"""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from aiuteur.craft.world import Key
from aiuteur.digest import digest
from aiuteur.errors import Conflict, InvalidInput
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.noun import Noun
from aiuteur.lane import MAIN, Lane
from aiuteur.registry.lanes import LaneInfo, LaneRow, lane_row, lanes, person
from aiuteur.registry.tables import Branch, Project
from aiuteur.registry.versions import Draft, Origin, Outcome, record
from aiuteur.registry.worlds import chosen

__all__ = ["Creation", "LaneInfo", "LaneRow", "create_project", "lane_row", "lanes"]


class Creation(StrEnum):
    """What `create_project` found."""

    CREATED = "created"
    RESUMED = "resumed"


def create_project(session: Session, lane: Lane, narrative: Narrative, brief: Brief) -> Creation:
    """Start a project with its main branch, narrative and brief, or resume it when it has the very same ones.

    Raises `Conflict` when the lane has another narrative or brief, and `InvalidInput` when a new project is not started on main.
    Two callers at once: one creates, the other waits for it and resumes.
    """
    owner = person(session)
    if owner is None:
        message = "A project needs an owner: connect as a person, not as the service."
        raise InvalidInput(message)
    made = session.execute(
        upsert(Project).values(name=lane.project, owner_id=owner).on_conflict_do_nothing().returning(Project.id),
    ).scalar_one_or_none()
    if made is None:
        return _resume(session, lane, narrative, brief)
    if lane.branch != MAIN:
        message = f"{lane.project} has no branch {lane.branch}: a film begins on {lane.project}@{MAIN}; leave --branch out."
        raise InvalidInput(message)
    _fill(session, lane, made, owner, (narrative, brief))
    return Creation.CREATED


def _fill(session: Session, lane: Lane, project_id: UUID, owner: UUID, roots: tuple[Narrative, Brief]) -> None:
    narrative, brief = roots
    session.execute(insert(Branch), {
        "project_id": project_id, "owner_id": owner, "name": MAIN, "is_main": True,
        # The ids minted on the branch follow from what was given, so that a rerun elsewhere gives the same.
        "seed": digest([narrative.digest(), brief.digest()]),
    })
    drafts = [Draft(Key("narrative"), narrative, {}, Origin.IMPORTED), Draft(Key("brief"), brief, {}, Origin.IMPORTED)]
    record(session, lane, Outcome(drafts, event="project_created"))


def _resume(session: Session, lane: Lane, narrative: Narrative, brief: Brief) -> Creation:
    if session.execute(select(Project.id).where(Project.name == lane.project)).scalar_one_or_none() is None:
        message = f"The name {lane.project} is taken by somebody else's project: choose another with --project."
        raise Conflict(message)
    lane_row(session, lane)
    differing = [*_differing(session, lane, "narrative", narrative), *_differing(session, lane, "brief", brief)]
    if differing:
        message = (
            f"{lane} was made from another story or brief ({'; '.join(differing)}), and both are fixed once a film is begun: "
            f"start another project with --project {lane.project[:57]}-2, or give the same ones to resume."
        )
        raise Conflict(message)
    return Creation.RESUMED


def _differing(session: Session, lane: Lane, artifact: str, given: Narrative | Brief) -> list[str]:
    """What differs between the lane's selected narrative or brief and the one given, in words."""
    stored = chosen(session, lane, Key(artifact))
    if stored is None:
        return [f"it has no selected {artifact}"]
    if stored.digest == given.digest():
        return []
    return [_difference(artifact, name, stored.noun, given) for name, mark in given.field_digests().items()
            if stored.fields.get(name) != mark]


def _difference(artifact: str, name: str, stored: Noun, given: Noun) -> str:
    before, now = (str(noun.document().get(name)) for noun in (stored, given))
    if max(len(before), len(now)) > 40:  # noqa: PLR2004 - a story does not fit a sentence
        return f"{artifact} {name} differs"
    return f"{artifact} {name.replace('_', ' ')} was {before}, now {now}"
