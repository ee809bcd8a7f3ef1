"""What the commands of `aiuteur` answer, as plain JSON values: the same for people and for machines.

Belongs here: which facts a command tells, under which names. Does not belong here: looks (`aiuteur_dagster.terminal.screen`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.stages import STAGES

if TYPE_CHECKING:
    from aiuteur.digest import Json
    from aiuteur.lane import Lane
    from aiuteur.studio import Studio
    from aiuteur_dagster.terminal.making import Made


def made(lane: "Lane", film: "Made", took: float, *, new: bool) -> "dict[str, Json]":
    """The end of `make`; `took` is in seconds, from the command's start."""
    return {
        "lane": str(lane), "new": new, "length_seconds": round(film.seconds, 2), "shots": film.shots,
        "calls_made": film.calls_made, "calls_reused": film.calls_reused, "cost_usd": round(film.cost_usd, 4),
        "took_seconds": round(took, 1), "run_id": film.run_id, "folder": str(film.files[0].parent),
        "files": [str(path) for path in film.files], "notes": list(film.notes),
    }


def lanes(studio: "Studio") -> "list[dict[str, Json]]":
    """Every lane."""
    return [
        {"lane": str(info.lane), "revision": info.revision, "items": info.items, "versions": info.versions,
         "created_at": plain(info.created_at), "from": info.parent, "at": info.forked_at_stage, "message": info.message or None,
         "archived": info.archived_at is not None}
        for info in studio.lanes()
    ]


def status(studio: "Studio", lane: "Lane") -> "list[dict[str, Json]]":
    """Every artifact of a lane."""
    return [
        {"artifact": row.artifact, "item": row.item, "label": row.label, "state": str(row.state), "version": row.version,
         "cost_usd": plain(row.cost_usd), "cause": row.cause}
        for row in studio.status(lane)
    ]


def summed(rows: "list[dict[str, Json]]") -> "list[dict[str, Json]]":
    """One row an artifact, for the eye: items by state, the newest version, the sum of costs, the first cause."""
    found: dict[str, list[dict[str, Json]]] = {}
    for row in rows:
        found.setdefault(str(row["artifact"]), []).append(row)
    return [_sum(artifact, items) for artifact, items in found.items()]


def _sum(artifact: str, items: "list[dict[str, Json]]") -> "dict[str, Json]":
    states: dict[str, int] = {}
    for item in items:
        states[str(item["state"])] = states.get(str(item["state"]), 0) + 1
    causes = [str(item["cause"]) for item in items if item["cause"]]
    costs = [cost for item in items if isinstance(cost := item["cost_usd"], float)]
    versions = [version for item in items if isinstance(version := item["version"], int)]
    return {
        "artifact": artifact,
        "state": next(iter(states)) if len(states) == 1 else ", ".join(f"{count} {state}" for state, count in states.items()),
        "items": len(items), "version": max(versions, default=None), "cost_usd": f"{sum(costs):.2f}" if costs else None,
        "cause": causes[0] if causes else None,
    }


def is_list(path: str) -> bool:
    """Whether a path names an artifact of many items and none of them."""
    return path in STAGES and STAGES[path].item != "lane"


def items(studio: "Studio", lane: "Lane", artifact: str) -> "list[dict[str, Json]]":
    """The items of one artifact; raises `InvalidInput` for what is none, `NotFound` where the lane has none of it."""
    if artifact not in STAGES:
        message = f"{artifact!r} is no artifact: choose one of {', '.join(STAGES)}."
        raise InvalidInput(message)
    rows = [row for row in status(studio, lane) if row["artifact"] == artifact]
    if not rows:
        message = f"{lane} has no {artifact} yet: `aiuteur make` makes it."
        raise NotFound(message)
    return rows


def version(studio: "Studio", lane: "Lane", path: str, n: int | None) -> "dict[str, Json]":
    """One version of an item: its content, and how it came to be."""
    if n is not None and n < 1:
        message = f"{n} is no version: they count from 1."
        raise InvalidInput(message)
    found = studio.branches.find(lane, path)
    row = studio.version(lane, found, n)
    newest = max(each.n for each in studio.history(lane, found))
    return {
        "lane": str(lane), "artifact": found.artifact, "item": found.item, "version": row.n, "newest": newest,
        "selected": row.selected, "best": row.best, "rejected": row.rejected, "origin": row.origin, "provider": row.provider,
        "model": row.model, "cost_usd": plain(row.cost_usd), "created_at": plain(row.created_at), "digest": row.digest,
        "basis": dict(row.basis), "final_prompt": row.final_prompt, "content": row.noun.document() if row.noun else None,
    }


def events(studio: "Studio", lane: "Lane") -> "list[dict[str, Json]]":
    """What happened on a lane, oldest first."""
    return [{part.name: plain(getattr(row, part.name)) for part in fields(row)} for row in studio.events(lane)]


def plain(value: object) -> "Json":
    """A value of the registry as JSON says it: times as ISO 8601, ids as text, money as a number."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in cast("Mapping[object, object]", value).items()}
    if isinstance(value, Sequence):
        return [plain(part) for part in cast("Sequence[object]", value)]
    return str(value)
