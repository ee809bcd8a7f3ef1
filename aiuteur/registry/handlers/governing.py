"""Commands about how far a project goes by itself: its policy, and letting a lane go on that had stopped.

Belongs here: writing that down. Does not belong here: heeding it (`aiuteur.watch`, the sensors).
"""

from sqlalchemy import update
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film import commands as c
from aiuteur.lane import Lane
from aiuteur.registry.handlers.handled import UNCHANGED, Handled
from aiuteur.registry.interrupts import resolve
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.tables import Project, RunMark


def set_policy(session: Session, lane: Lane, command: c.SetPolicy) -> Handled:
    """Write down what is said of the policy, and leave the rest of it."""
    said: dict[str, Json] = {"auto": command.auto, "max_failures": command.max_failures, "webhook": command.webhook}
    patch = {name: value for name, value in said.items() if value is not None} | _thresholds(command)
    if not patch:
        return UNCHANGED
    project = Project.id == lane_row(session, lane).project_id
    session.execute(update(Project).where(project).values(settings=Project.settings.op("||")(patch)))
    return Handled("policy_set", details=patch)


def resume(session: Session, lane: Lane, command: c.Resume) -> Handled:
    """Answer the failures that a lane waits with, and forget how many there were."""
    row = lane_row(session, lane)
    open_ones = resolve(session, lane, {"action": "resume", "note": command.note}, kind="failure")
    session.execute(update(RunMark).where(RunMark.branch_id == row.branch_id).values(failures=0))
    return Handled("resumed", details={"note": command.note, "interrupts": open_ones})


def _thresholds(command: c.SetPolicy) -> dict[str, Json]:
    wrong = [name for name, least in command.thresholds.items() if name not in {"frames", "clips"} or not 0 <= least <= 1]
    if wrong:
        message = f"A threshold is a score from 0 to 1 for frames or clips; {', '.join(wrong)} is not one."
        raise InvalidInput(message)
    return {"thresholds": dict(command.thresholds)} if command.thresholds else {}
