"""Commands about how far a project goes by itself: its policy, and letting a lane go on that had stopped.

Belongs here: writing that down. Does not belong here: heeding it (`aiuteur.watch`, the sensors).
"""

from collections.abc import Mapping
from typing import cast

from pydantic import ValidationError
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film import commands as c
from aiuteur.film.dailies import Thresholds
from aiuteur.film.noun import Noun
from aiuteur.film.rules import Standards
from aiuteur.lane import Lane
from aiuteur.registry.handlers.handled import UNCHANGED, Handled
from aiuteur.registry.interrupts import resolve
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.tables import Project, RunMark


def set_policy(session: Session, lane: Lane, command: c.SetPolicy) -> Handled:
    """Write down what is said of the policy, and leave the rest of it."""
    said: dict[str, Json] = {"auto": command.auto, "max_failures": command.max_failures, "webhook": command.webhook}
    project = Project.id == lane_row(session, lane).project_id
    patch = {name: value for name, value in said.items() if value is not None} | _standards(session, project, command)
    if not patch:
        return UNCHANGED
    session.execute(update(Project).where(project).values(settings=Project.settings.op("||")(patch)))
    return Handled("policy_set", details=patch)


def resume(session: Session, lane: Lane, command: c.Resume) -> Handled:
    """Answer the failures that a lane waits with, and forget how many there were."""
    row = lane_row(session, lane)
    open_ones = resolve(session, lane, {"action": "resume", "note": command.note}, kind="failure")
    session.execute(update(RunMark).where(RunMark.branch_id == row.branch_id).values(failures=0))
    return Handled("resumed", details={"note": command.note, "interrupts": open_ones})


def _standards(session: Session, project: ColumnElement[bool], command: c.SetPolicy) -> dict[str, Json]:
    """What is said of thresholds and takes, with what was said before; raises `InvalidInput` for what neither knows."""
    said: dict[str, tuple[type[Noun], Mapping[str, object]]] = {
        "thresholds": (Thresholds, command.thresholds), "standards": (Standards, command.takes),
    }
    before = cast("Mapping[str, Mapping[str, Json]]", session.execute(select(Project.settings).where(project)).scalar_one())
    try:
        return {
            name: {**before.get(name, {}), **{key: value for key, value in noun(**given).document().items() if key in given}}
            for name, (noun, given) in said.items() if given
        }
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:3])
        message = f"That is no policy for takes ({wrong}): thresholds are {_names(Thresholds)}; takes are {_names(Standards)}."
        raise InvalidInput(message) from error


def _names(noun: type[Noun]) -> str:
    return ", ".join(noun.model_fields)
