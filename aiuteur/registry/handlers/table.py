"""The table of handlers, and how a command is carried out: checked, handled, told, the lane's revision moved, all or nothing.

Belongs here: who handles what. Does not belong here: keys and the inbox (`aiuteur.registry.inbox`), or any command's work.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from aiuteur.errors import Conflict, InvalidInput
from aiuteur.film import commands as c
from aiuteur.film.transitions import check_lane
from aiuteur.lane import Lane
from aiuteur.registry.handlers import (
    answering,
    asking,
    branching,
    casting,
    deleting,
    edits,
    governing,
    learning,
    lists,
    money,
    selection,
)
from aiuteur.registry.handlers.handled import Handled
from aiuteur.registry.inbox import CommandResult
from aiuteur.registry.lanes import LaneRow, at_lane, lane_row, told

Handler: TypeAlias = Callable[[Session, Lane, Any], Handled]
"""What carries a command out; its third argument is the command it stands beside in the table."""

HANDLERS: Final[Mapping[type[c.Command], Handler]] = MappingProxyType({
    c.Edit: edits.edit, c.SelectVariant: edits.select_variant, c.Keep: edits.keep,
    c.Insert: lists.insert, c.Move: lists.move, c.Split: lists.split, c.Delete: deleting.delete,
    c.Remake: asking.remake, c.RegenerateScene: asking.regenerate_scene,
    c.SetBudget: money.set_budget, c.ApproveSpend: money.approve_spend, c.AcknowledgeInvalidation: money.acknowledge,
    c.ApplyRule: learning.apply_rule, c.ResolveInterrupt: answering.resolve_interrupt,
    c.SetPolicy: governing.set_policy, c.Resume: governing.resume,
    c.Approve: selection.approve, c.Reject: selection.reject, c.Promote: selection.promote,
    c.UpdateSceneAsset: selection.update_scene_asset, c.Pin: selection.pin, c.Unpin: selection.unpin,
    c.Lock: selection.lock, c.Unlock: selection.unlock, c.Star: selection.star, c.Unstar: selection.unstar,
    c.CastModel: casting.cast_model,
    c.Fork: branching.fork, c.Merge: branching.merge, c.Archive: branching.archive, c.Restore: branching.restore,
})


def perform(session: Session, lane: Lane, command: c.Command, expects_revision: int | None = None) -> CommandResult:
    """Carry a command out in this transaction; raises `NotFound`, `Refused`, `InvalidInput`, `Conflict`, nothing being written.

    With `expects_revision` it is carried out on that revision of the lane alone.
    """
    row = lane_row(session, lane)
    check_lane(command.kind, str(lane), archived=row.archived_at is not None)
    if expects_revision is not None and row.revision != expects_revision:
        raise _moved(lane, expects_revision, row.revision)
    handler = HANDLERS.get(type(command))
    if handler is None:
        message = f"Nobody carries out {command.kind} in this studio."
        raise InvalidInput(message)
    with at_lane(session, lane, row):
        handled = handler(session, lane, command)
    if handled.event is None:
        return CommandResult("done", lane_row(session, lane).revision, tuple(handled.made), answer=handled.answer)
    event_id, revision = _tell(session, row, handled)
    if expects_revision is not None and revision != expects_revision + 1:
        raise _moved(lane, expects_revision, revision - 1)
    return CommandResult("done", revision, tuple(handled.made), event_id=event_id, answer=handled.answer)


def _tell(session: Session, row: LaneRow, handled: Handled) -> tuple[int, int]:
    items = [str(key) for key in handled.items]
    versions = {str(made.key): made.n for made in handled.made}
    return told(session, row, handled.event or "", {"items": items, "versions": versions, **handled.details})


def _moved(lane: Lane, expected: int, found: int) -> Conflict:
    message = (
        f"{lane} was changed meanwhile (revision {found}, you saw {expected}): look at `aiuteur log {lane}`, then say it again."
    )
    return Conflict(message)
