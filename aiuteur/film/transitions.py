"""Transitions: what a command does to an item or a lane, from which standing to which, and where it is refused.

Belongs here: the one table, read by the handlers of commands and rendered into the guide. Does not belong here: whether an item
is current or stale, which is derived (`aiuteur.craft.staleness`) and forbids nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from aiuteur.errors import Refused


class Standing(StrEnum):
    """How an item, or a lane as a whole, stands to being changed."""

    OPEN = "open"
    MISSING = "missing"
    PINNED = "pinned"
    LOCKED = "locked"
    FIXED = "fixed"
    LIVE = "live"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Transition:
    """From these standings a command leads to `to` (None: as it was) where the condition holds, with these effects."""

    commands: tuple[str, ...]
    sources: tuple[Standing, ...]
    to: Standing | None
    condition: str
    effects: str


_O, _M, _P, _L, _F = Standing.OPEN, Standing.MISSING, Standing.PINNED, Standing.LOCKED, Standing.FIXED

TRANSITIONS: Final = (
    Transition(("edit", "select_variant"), (_O, _P), _P, "the changes fit the item",
               "a new version, edited and selected; whoever read the changed fields is stale"),
    Transition(("insert",), (_O, _M, _P), _P, "the list is there", "a new item and a new order, both edited"),
    Transition(("move", "split"), (_O, _P), _P, "the item is in its list", "a new order; of a split, a new item beside the old"),
    Transition(("delete",), (_O, _M, _P), _M, "nothing made for it is locked",
               "it leaves its list, with all that was made for it; history stays"),
    Transition(("approve", "pin"), (_O, _P), _P, "something is selected", "automation makes nothing in its place"),
    Transition(("promote", "update_scene_asset"), (_O, _M, _P), _P, "the version exists",
               "it is selected, its rejection withdrawn; with no version, `update_scene_asset` leaves it missing"),
    Transition(("reject",), (_O, _M, _P), _O, "the version exists", "the next best is selected, or it is missing"),
    Transition(("unpin",), (_P, _O), _O, "", "the best take with the present inputs is selected"),
    Transition(("keep",), (_O, _P), _P, "something is selected", "a new version of the same content, on the present inputs"),
    Transition(("lock",), (_O, _M, _P, _L, _F), _L, "", "nobody changes it or makes it again, nor selects another version"),
    Transition(("unlock",), (_L, _O, _M, _P), None, "", "it is open, pinned or missing as it was before"),
    Transition(("star", "unstar"), (_O, _P, _L, _F), None, "the version exists", "none: it is for people's eyes"),
    Transition(("remake", "regenerate_scene"), (_O, _M, _P), None, "somebody can make it",
               "an ask that the next run answers; beside what is pinned the answer is a proposal"),
    Transition(("merge",), (_O, _M, _P), _P, "not both sides changed it", "the other branch's content, as a new version"),
    Transition(("archive",), (Standing.LIVE,), Standing.ARCHIVED, "no run is making it", "it leaves lists and partitions"),
    Transition(("restore",), (Standing.ARCHIVED,), Standing.LIVE, "", "it is as it was"),
    Transition(
        ("apply_rule",), (Standing.LIVE,), None, "the rule is the project's",
        "takes to come are made under it, or no more; applied, also an ask for those made without it that are not held",
    ),
    Transition(
        ("fork", "set_budget", "approve_spend", "acknowledge_invalidation", "set_policy", "cast_model", "resolve_interrupt",
         "resume"), (Standing.LIVE,), None, "", "what the command says; nothing is stale for it"),
)
"""Every transition there is; what is not here is refused."""

_REMEDY: Final[Mapping[Standing, str]] = MappingProxyType({
    Standing.OPEN: "there is nothing to do that for",
    Standing.MISSING: "nothing of it is selected: promote one of its versions, or make it",
    Standing.PINNED: "it is pinned: unpin it first",
    Standing.LOCKED: "it is locked: unlock it first",
    Standing.FIXED: "it is fixed since a treatment or script was made from it: fork the lane at `brief` and change it there",
    Standing.LIVE: "it is not archived",
    Standing.ARCHIVED: "it is archived: restore it first",
})

_BY_COMMAND: Final = {command: row for row in TRANSITIONS for command in row.commands}
ITEMWISE: Final = frozenset(
    command for command, row in _BY_COMMAND.items() if not {Standing.LIVE, Standing.ARCHIVED} & set(row.sources)
)
"""Commands that act on items, of a lane that must be live."""


def standing(artifact: str, *, selected: bool, pinned: bool, locked: bool, begun: bool) -> Standing:
    """How an item stands; `begun` says that stage 2 exists on its branch (of a screenplay, the script)."""
    if locked:
        return Standing.LOCKED
    if begun and artifact in {"narrative", "brief"}:
        return Standing.FIXED
    if not selected:
        return Standing.MISSING
    return Standing.PINNED if pinned else Standing.OPEN


def check(command: str, what: str, now: Standing) -> None:
    """Let a command through, or raise `Refused` with the reason and the remedy; `what` names the item or the lane."""
    row = _BY_COMMAND[command]
    if now not in row.sources:
        message = f"{what}: {command.replace('_', ' ')} is refused, {_REMEDY[now]}."
        raise Refused(message)


def check_lane(command: str, lane: str, *, archived: bool) -> None:
    """Let a command at a lane, or raise `Refused`: an archived one takes nothing but a restore."""
    now = Standing.ARCHIVED if archived else Standing.LIVE
    if now not in ((Standing.LIVE,) if command in ITEMWISE else _BY_COMMAND[command].sources):
        message = f"{lane}: {command.replace('_', ' ')} is refused, {_REMEDY[now]}."
        raise Refused(message)
