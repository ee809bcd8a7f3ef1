"""The desk: where people's commands arrive, one at a time or through the inbox.

Belongs here: transactions and keys around a command. Does not belong here: what any command does (`aiuteur.registry.handlers`).
"""

from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from aiuteur.errors import AiuteurError, Conflict, Permanent
from aiuteur.film.commands import CastModel, Command, Remake
from aiuteur.film.crew import Role
from aiuteur.film.rules import Rule
from aiuteur.film.stages import STAGES
from aiuteur.film.watch import Policy
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import inbox, interrupts, marks, rules
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.inbox import CommandResult, Posted
from aiuteur.registry.interrupts import InterruptRow
from aiuteur.registry.lanes import lane_row, on_behalf_of, person
from aiuteur.registry.naming import resolve
from aiuteur.settings import Settings

__all__ = ["CommandResult", "Desk"]


class Desk:
    """Carries commands out, each in a transaction of its own: all of it happens or nothing."""

    def __init__(self, registry: Registry, storage: Storage, settings: Settings) -> None:
        self._registry, self.storage, self.settings = registry, storage, settings

    def do(
        self, lane: Lane, command: Command, *, key: str | None = None, expects_revision: int | None = None
    ) -> CommandResult:
        """Carry a command out now; one that was given before under the same key is answered as it was then.

        `expects_revision` is the lane's revision that the person saw. Raises `NotFound`, `InvalidInput`, `Refused`, `Conflict`
        (the lane has moved, or the key is another command's), nothing being written.
        """
        name = key or uuid4().hex
        for _ in range(2):
            try:
                return self._do(lane, command, name, expects_revision, known=key is not None)
            except _Taken:  # by somebody who gave it at the same moment: what they were answered is there now
                continue
        message = f"The key {name!r} keeps being taken: try again."
        raise Conflict(message)

    def post(self, lane: Lane, command: Command, *, key: str | None = None) -> UUID:
        """Put a command into the inbox, once for its key; raises `NotFound`, and `Conflict` for a key of another command."""
        name = key or uuid4().hex
        with self._registry.transaction() as session:
            made = inbox.put(session, lane, command, name, CommandResult("pending"))
            if made is not None:
                return made
            posted = inbox.known(session, name)
            if posted is None:
                message = f"The key {name!r} is in use by somebody else: give the command another."
                raise Conflict(message)
            return inbox.the_same(posted, lane, command).id

    def drain(self, limit: int = 100) -> list[tuple[Posted, CommandResult]]:
        """Carry out what waits in the inbox, oldest first; what is refused is kept with its sentence.

        Stops at the first that cannot be tried now, which waits on; raises what made it stop.
        """
        done: list[tuple[Posted, CommandResult]] = []
        while len(done) < limit and (one := self._drain_one()) is not None:
            done.append(one)
        return done

    def waiting(self, lane: Lane | None = None) -> list[InterruptRow]:
        """What waits for a person on a lane, or on all of them, oldest first; raises `NotFound`."""
        with self._registry.transaction() as session:
            return interrupts.waiting(session, lane)

    def rules(self, lane: Lane) -> list[Rule]:
        """What a lane's project has learnt about its takes, oldest first; raises `NotFound`."""
        with self._registry.transaction() as session:
            return rules.rules(session, lane)

    def policy(self, lane: Lane) -> Policy:
        """How far automation may go on a lane's project; raises `NotFound`."""
        with self._registry.transaction() as session:
            lane_row(session, lane)
            return marks.policy(session, lane.project)

    def _do(self, lane: Lane, command: Command, name: str, expects_revision: int | None, *, known: bool) -> CommandResult:
        with self._registry.transaction() as session:
            posted = inbox.known(session, name) if known else None
            if posted is not None and inbox.the_same(posted, lane, command).result.state != "pending":
                return posted.result
            result = self._perform(session, lane, command, expects_revision)
            if posted is not None:
                inbox.settle(session, posted.id, result)
            elif inbox.put(session, lane, command, name, result) is None:
                raise _Taken
        return result

    def _perform(self, session: Session, lane: Lane, command: Command, expects_revision: int | None = None) -> CommandResult:
        """Carry a command out; who is named to make something has to be in the catalogue, of which the registry knows nothing."""
        from aiuteur.models.casting import castable

        if isinstance(command, CastModel) and command.model:
            castable([command.role], command.model, self.settings)
        if isinstance(command, Remake) and command.model:
            artifacts = {resolve(session, lane, item).artifact for item in command.items}
            for artifact in artifacts & STAGES.keys():
                castable([Role(one) for one in STAGES[artifact].roles], command.model, self.settings)
        return perform(session, lane, command, expects_revision)

    def _drain_one(self) -> tuple[Posted, CommandResult] | None:
        taken: list[Posted] = []
        try:
            with self._registry.transaction() as session:
                posted = inbox.next_pending(session)
                if posted is None:
                    return None
                taken.append(posted)
                with on_behalf_of(session, posted.by or person(session)):
                    result = self._perform(session, posted.lane, posted.command)
                inbox.settle(session, posted.id, result)
                return posted, result
        except Permanent as error:
            result = CommandResult("refused", reason=str(error))
            with self._registry.transaction() as session:
                inbox.settle(session, taken[0].id, result)
            return taken[0], result


class _Taken(AiuteurError):
    """The key was given to another command while this one was carried out."""
