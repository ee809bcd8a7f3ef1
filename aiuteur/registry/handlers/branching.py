"""Commands about whole lanes: fork, merge, archive, restore.

Belongs here: what is answered, and the sentences for what is refused. Does not belong here: the pointers that a fork copies
(`aiuteur.registry.branches`), or what comes over in a merge (`aiuteur.registry.merges`).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sqlalchemy.orm import Session

from aiuteur.craft.taking import Left, Taking, Why
from aiuteur.digest import Json
from aiuteur.errors import Conflict, Refused
from aiuteur.film import commands as c
from aiuteur.lane import Lane
from aiuteur.registry import branches, merges
from aiuteur.registry.handlers.handled import UNCHANGED, Handled

_SHOWN: Final = 5
_REASONS: Final[Mapping[Why, str]] = MappingProxyType({
    Why.CONFLICT: "{fields} changed on both branches",
    Why.LOCKED: "it is locked here: `aiuteur unlock {lane} {item}` opens it",
    Why.PINNED: "it is pinned here: take it by name with --theirs, or `aiuteur unpin {lane} {item}`",
    Why.ORDER: "it has other scenes, and their order is locked here: `aiuteur unlock {lane} order/scenes` opens it",
    Why.FIXED: "it is fixed once a film is begun: work on {source} instead",
    Why.NOTHING: "there is nothing to take: what it is there it is here, or only here it changed",
})


def fork(session: Session, lane: Lane, command: c.Fork) -> Handled:
    """Begin a branch."""
    made, items = branches.fork(session, lane, command.branch, command.at or branches.EVERYTHING, command.message)
    details: dict[str, Json] = {"branch": made.branch, "message": command.message.strip()}
    return Handled("forked", details=details, answer={"lane": str(made), "inherited": items})


def merge(session: Session, lane: Lane, command: c.Merge) -> Handled:
    """Take items over; those named all or none, else all that can be had."""
    source = Lane.parse(command.source) if "@" in command.source else Lane(lane.project, command.source)
    done = merges.merge(session, lane, source, command.take, theirs=command.theirs, message=command.message)
    _refuse(lane, source, done.taking, named=bool(command.take))
    return Handled(None, made=done.made, answer=_answer(lane, source, done.taking))


def archive(session: Session, lane: Lane, command: c.Archive) -> Handled:
    """Put a lane away."""
    return Handled(None) if branches.archive(session, lane, command.reason) else UNCHANGED


def restore(session: Session, lane: Lane, command: c.Restore) -> Handled:
    """Bring it back."""
    del command
    branches.restore(session, lane)
    return UNCHANGED


def _refuse(lane: Lane, source: Lane, taking: Taking, *, named: bool) -> None:
    """Raise for what was named and cannot be had, and where conflicts are all there is."""
    torn = [one for one in taking.left if one.why is Why.CONFLICT]
    barred = [one for one in taking.left if one.why not in {Why.CONFLICT, Why.NOTHING}]
    nothing = not taking.takes and not taking.gone
    if torn and (named or nothing):
        items = ",".join(one.label for one in torn[:_SHOWN])
        message = (
            f"{_sentences(lane, source, torn)} Nothing was merged: take theirs with "
            f"`aiuteur merge {lane} {source} --take {items} --theirs`, or leave them out to keep yours."
        )
        raise Conflict(message)
    if barred and named:
        message = f"{_sentences(lane, source, barred)} Nothing was merged."
        raise Refused(message)


def _sentences(lane: Lane, source: Lane, left: Sequence[Left]) -> str:
    said = " ".join(f"{one.label}: {_reason(lane, source, one)}." for one in left[:_SHOWN])
    return said + (f" So it is with {len(left) - _SHOWN} more." if len(left) > _SHOWN else "")


def _reason(lane: Lane, source: Lane, left: Left) -> str:
    return _REASONS[left.why].format(lane=lane, source=source, item=left.label, fields=", ".join(left.fields) or "it")


def _answer(lane: Lane, source: Lane, taking: Taking) -> dict[str, Json]:
    return {
        "lane": str(lane), "source": str(source),
        "taken": [{"item": take.label, "how": take.how.value, "fields": list(take.fields)} for take in taking.takes],
        "gone": [label for _, label in taking.gone],
        "left": [
            {"item": one.label, "why": one.why.value, "fields": list(one.fields), "reason": _reason(lane, source, one)}
            for one in taking.left
        ],
    }
