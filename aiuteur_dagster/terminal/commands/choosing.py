"""`approve`, `reject`, `promote`, `pin`, `unpin`, `keep`, `lock`, `unlock`, `star`, `unstar`: which version is shown."""

from typing import Annotated

import typer

from aiuteur.film.commands import Approve, Keep, Lock, Pin, Promote, Reject, Star, Unlock, Unpin, Unstar
from aiuteur_dagster.terminal.doing import give
from aiuteur_dagster.terminal.fields import ratings
from aiuteur_dagster.terminal.options import AsJson, OfItem, OfItems, OfLane

_Version = Annotated[int | None, typer.Option("--version", help="Which version; the selected one if not given.", min=1)]


_Rated = Annotated[
    list[str] | None, typer.Option("--rate", metavar="DIMENSION=RATING", help="What you say of a take, such as continuity=fail."),
]


def approve(
    lane: OfLane, items: OfItems, note: Annotated[str, typer.Option(help="What to say of it.")] = "", rate: _Rated = None,
    as_json: AsJson = False,
) -> None:
    """Accept what is selected now, and pin it."""
    command = Approve(items=tuple(items), note=note, ratings=ratings(rate or ()))
    give(lane, command, f"Approved {', '.join(items)}", as_json=as_json)


def reject(
    lane: OfLane, items: OfItems, version: _Version = None, rate: _Rated = None,
    reason: Annotated[str, typer.Option(help="Why.")] = "", as_json: AsJson = False,
) -> None:
    """Say no to a version; the next best takes its place."""
    command = Reject(items=tuple(items), version=version, reason=reason, ratings=ratings(rate or ()))
    give(lane, command, f"Rejected {', '.join(items)}", as_json=as_json)


def promote(
    lane: OfLane, item: OfItem, version: Annotated[int, typer.Argument(metavar="N", help="The version's number.", min=1)],
    as_json: AsJson = False,
) -> None:
    """Select one version and pin it."""
    give(lane, Promote(item=item, version=version), f"Promoted version {version} of {item}", as_json=as_json)


def pin(lane: OfLane, items: OfItems, *, as_json: AsJson = False) -> None:
    """Hold what is selected: automation makes nothing in its place."""
    give(lane, Pin(items=tuple(items)), f"Pinned {', '.join(items)}", as_json=as_json)


def unpin(lane: OfLane, items: OfItems, *, as_json: AsJson = False) -> None:
    """Let go: the best take with the present inputs is selected again."""
    give(lane, Unpin(items=tuple(items)), f"Unpinned {', '.join(items)}", as_json=as_json)


def keep(lane: OfLane, items: OfItems, *, as_json: AsJson = False) -> None:
    """Keep what is selected although what it was made from has moved."""
    give(lane, Keep(items=tuple(items)), f"Kept {', '.join(items)}", as_json=as_json)


def lock(lane: OfLane, items: OfItems, *, as_json: AsJson = False) -> None:
    """Let nobody change an item, select another version, or make it again."""
    give(lane, Lock(items=tuple(items)), f"Locked {', '.join(items)}", as_json=as_json)


def unlock(lane: OfLane, items: OfItems, *, as_json: AsJson = False) -> None:
    """Open what was locked."""
    give(lane, Unlock(items=tuple(items)), f"Unlocked {', '.join(items)}", as_json=as_json)


def star(lane: OfLane, items: OfItems, version: _Version = None, as_json: AsJson = False) -> None:
    """Circle a version as a favourite."""
    give(lane, Star(items=tuple(items), version=version), f"Starred {', '.join(items)}", as_json=as_json)


def unstar(lane: OfLane, items: OfItems, version: _Version = None, as_json: AsJson = False) -> None:
    """Take a star away."""
    give(lane, Unstar(items=tuple(items), version=version), f"Took the star off {', '.join(items)}", as_json=as_json)
