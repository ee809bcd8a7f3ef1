"""The inbox: commands by their key, waiting, done or refused, and what was answered.

Belongs here: rows of `commands`. Does not belong here: carrying a command out (`handlers`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast
from uuid import UUID

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.craft.naming import key_of
from aiuteur.digest import Json
from aiuteur.errors import Conflict
from aiuteur.film.commands import COMMAND, Command
from aiuteur.lane import Lane
from aiuteur.registry.drafts import Recorded
from aiuteur.registry.lanes import lane_row, person
from aiuteur.registry.tables import Command as Row

_PUT: Final = text("""
INSERT INTO aiuteur.commands (owner_id, lane, branch_id, key, kind, payload, state, result, reason, by, done_at)
VALUES (:owner, :lane, :branch, :key, :kind, :payload, :state, :result, :reason, :by,
    CASE WHEN :state <> 'pending' THEN now() END)
ON CONFLICT DO NOTHING RETURNING id
""").bindparams(bindparam("payload", type_=JSONB), bindparam("result", type_=JSONB))

State = Literal["pending", "done", "refused"]


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What became of a command: the lane's revision after it, the versions it made, why it was refused, the event of it."""

    state: State
    revision: int = 0
    made: tuple[Recorded, ...] = ()
    reason: str | None = None
    event_id: int | None = None
    answer: Mapping[str, Json] = field(default_factory=dict[str, Json])

    def document(self) -> dict[str, Json]:
        """The form that is stored."""
        made = [{
            "key": str(one.key), "version_id": str(one.version_id), "n": one.n, "digest": one.digest, "written": one.written,
            "selected": one.selected,
        } for one in self.made]
        return {"revision": self.revision, "made": made, "event_id": self.event_id, "answer": dict(self.answer)}


@dataclass(frozen=True, slots=True)
class Posted:
    """A command as the inbox has it; `by` is who gave it."""

    id: UUID
    lane: Lane
    command: Command
    key: str
    by: UUID | None
    result: CommandResult


def known(session: Session, key: str) -> Posted | None:
    """The command that bears a key, held until the transaction ends; None where none does."""
    found = session.execute(select(Row).where(Row.key == key).with_for_update()).scalar_one_or_none()
    return _posted(found) if found is not None else None


def next_pending(session: Session) -> Posted | None:
    """The oldest command that waits and that nobody is at, held until the transaction ends."""
    wanted = select(Row).where(Row.state == "pending").order_by(Row.at, Row.id).limit(1).with_for_update(skip_locked=True)
    found = session.execute(wanted).scalar_one_or_none()
    return _posted(found) if found is not None else None


def put(session: Session, lane: Lane, command: Command, key: str, result: CommandResult) -> UUID | None:
    """Keep a command under its key, waiting or with its result; None where another bears the key. Raises `NotFound`."""
    row = lane_row(session, lane)
    return session.execute(_PUT, {
        "owner": row.owner_id, "lane": str(lane), "branch": row.branch_id, "key": key, "kind": command.kind,
        "payload": command.document(), "state": result.state, "result": result.document(), "reason": result.reason,
        "by": person(session),
    }).scalar_one_or_none()


def settle(session: Session, command_id: UUID, result: CommandResult) -> None:
    """Write down what became of a command that waited."""
    session.execute(update(Row).where(Row.id == command_id, Row.state == "pending").values(
        state=result.state, result=result.document(), reason=result.reason, done_at=func.now(),
    ))


def the_same(posted: Posted, lane: Lane, command: Command) -> Posted:
    """The command that bears the key, if it is this very one; raises `Conflict` where it is another."""
    if (posted.lane, posted.command) != (lane, command):
        message = (
            f"The key {posted.key!r} was used for another command ({posted.command.kind} on {posted.lane}): give a new command a "
            "key of its own."
        )
        raise Conflict(message)
    return posted


def _posted(row: Row) -> Posted:
    found = cast("Mapping[str, Json]", row.result or {})
    made = tuple(_recorded(one) for one in cast("list[Mapping[str, Json]]", found.get("made", [])))
    revision, event_id = cast("int", found.get("revision", 0)), cast("int | None", found.get("event_id"))
    answer = cast("Mapping[str, Json]", found.get("answer", {}))
    result = CommandResult(cast("State", row.state), revision, made, row.reason, event_id, answer)
    return Posted(row.id, Lane.parse(row.lane), COMMAND.validate_python(row.payload), row.key, row.by, result)


def _recorded(found: Mapping[str, Json]) -> Recorded:
    return Recorded(
        key_of(str(found["key"])), UUID(str(found["version_id"])), cast("int", found["n"]), str(found["digest"]),
        written=bool(found["written"]), selected=bool(found["selected"]),
    )
